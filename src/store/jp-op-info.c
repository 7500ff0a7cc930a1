/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-op-repo.h"

/**
 * jp_op_info_free:
 * @self: (nullable) (transfer full): an entry
 */
void
jp_op_info_free (JpOpInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->actor);
  g_free (self->result);
  g_free (self->problem);
  g_free (self->detail);
  g_free (self);
}
