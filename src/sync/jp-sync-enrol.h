/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* Making a PC a station of its school: once, with a code that the platform gave the school. */

#define JP_SYNC_SETTING_URL       "platform_url"
#define JP_SYNC_SETTING_AUTHORITY "platform_authority" /* path of the platform's CA certificate */

/**
 * JpSyncPlace:
 * @url: (owned) (nullable): address of the platform, %NULL if none is set up
 * @authority_path: (owned) (nullable): file with the only CA that is trusted
 * @enrolled: the station has its token
 *
 * Where the platform is.
 */
typedef struct
{
  char    *url;
  char    *authority_path;
  gboolean enrolled;
} JpSyncPlace;

void     jp_sync_enrol_async (JpStore            *store,
                              JpTransport        *transport,
                              const JpSyncPlace  *place,
                              const char         *code,
                              const char         *station_name,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean jp_sync_enrol_finish (JpStore *store, GAsyncResult *result, GError **error);

gboolean jp_sync_enrol_accept (JpVault *vault, GBytes *answer, GError **error);

void         jp_sync_place_free (JpSyncPlace *self);
JpSyncPlace *jp_sync_place_read (JpVault *vault, GError **error);
JpTransport *jp_sync_place_open (const JpSyncPlace *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncPlace, jp_sync_place_free)

G_END_DECLS
