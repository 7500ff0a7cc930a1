/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The module: nothing but the table. */

#include "jp-net.h"

#include <gmodule.h>

static void
free_memory (void *memory)
{
  gnutls_free (memory);
}

G_MODULE_EXPORT const JpNet jp_module = {
  .head = JP_MODULE_HEAD (JpNet),
  JP_NET_FUNCTIONS (JP_MODULE_VALUE).free_memory = free_memory,
};
