/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-net.h"

#include "jp-sync-error.h"

const JpNet *jp_net = NULL; /* set once, the same by whatever thread */

/**
 * jp_net_load:
 * @error: return location for a [error@Jp.SyncError]
 *
 * Makes #jp_net usable on this thread; whatever needs the network or a key begins with it.
 *
 * Returns: whether it is there; %FALSE with `JP_SYNC_ERROR_MISSING`
 */
gboolean
jp_net_load (GError **error)
{
  g_autoptr (GError) reason = NULL;
  const JpModuleHead *head = NULL;

  if (g_atomic_pointer_get (&jp_net) != NULL)
    return TRUE;

  head = jp_module_load (JP_NET_MODULE, sizeof (JpNet), &reason);
  if (head == NULL)
    {
      g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_MISSING, reason->message);
      return FALSE;
    }
  g_atomic_pointer_set (&jp_net, (const JpNet *)head);
  return TRUE;
}
