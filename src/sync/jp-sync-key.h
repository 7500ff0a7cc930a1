/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* The station's own key: made here, never sent; and the certificate that the platform gave for it.
 * A new key waits beside the old one until its certificate has come, so that a lost answer can be
 * asked for again. */

#define JP_SYNC_SECRET_KEY          "station_key"
#define JP_SYNC_SETTING_CERTIFICATE "station_certificate"
#define JP_SYNC_SECRET_NEXT_KEY     "station_next_key"
#define JP_SYNC_SETTING_REQUEST     "station_request"

gboolean jp_sync_key_prepare (JpVault *vault, char **out_request, GError **error);
gboolean jp_sync_key_accept (JpVault *vault, const char *certificate, GError **error);
gboolean jp_sync_key_read_identity (JpVault *vault, char **out_pem, GError **error);
gboolean jp_sync_key_is_ending (JpVault *vault, gboolean *out_ending, GError **error);
GBytes  *jp_sync_key_sign (JpVault *vault, GBytes *bytes, GError **error);
gboolean
jp_sync_key_verify (const char *authority_path, GBytes *bytes, GBytes *signature, GError **error);

G_END_DECLS
