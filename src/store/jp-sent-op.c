/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-op-repo.h"

/**
 * jp_sent_op_free:
 * @self: (nullable) (transfer full): an operation on its way
 */
void
jp_sent_op_free (JpSentOp *self)
{
  if (self == NULL)
    return;

  jp_op_free (self->op);
  g_free (self);
}
