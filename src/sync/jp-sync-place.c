/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-transport.h"
#include "jp-net.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"
#include "jp-sync-round.h"

/**
 * jp_sync_place_free:
 * @self: (nullable) (transfer full): a place
 */
void
jp_sync_place_free (JpSyncPlace *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->authority_path);
  g_free (self);
}

/**
 * jp_sync_place_read:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): where the platform is, as set up by the enrolment; %NULL with an error
 */
JpSyncPlace *
jp_sync_place_read (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpSyncPlace) place = g_new0 (JpSyncPlace, 1);
  g_autofree char *token = NULL;

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_URL, &place->url, error) ||
      !jp_vault_get_setting (vault, JP_SYNC_SETTING_AUTHORITY, &place->authority_path, error) ||
      !jp_vault_get_setting (vault, JP_SYNC_SECRET_TOKEN, &token, error))
    return NULL;

  /* Here, so that the main thread need not wait for the libraries when it opens the place.
   * ignored: opening says what is missing */
  if (place->url != NULL)
    jp_net_load (NULL);
  place->enrolled = token != NULL;
  return g_steal_pointer (&place);
}

/**
 * jp_sync_place_open:
 * @self: where the platform is
 * @error: return location for a [error@Jp.SyncError]
 *
 * Returns: (transfer full): the way there; nothing has been sent yet. %NULL if none is set up or
 * its certificate cannot be read
 */
JpTransport *
jp_sync_place_open (const JpSyncPlace *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpHttpTransportOptions options = { .base_uri = self->url,
                                     .authority_path = self->authority_path };

  if (self->url == NULL || self->authority_path == NULL)
    {
      g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE, "no platform is set up");
      return NULL;
    }
  return jp_http_transport_new (&options, error);
}
