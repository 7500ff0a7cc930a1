/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "jp-clock.h"
#include "jp-id.h"

G_BEGIN_DECLS

/* The platform's own certificate authority: a folder with ca.pem, ca-key.pem, server.pem and
 * server-key.pem. Stations trust ca.pem and nothing else, whatever the desktop trusts (sync.md
 * §7.1). */

#define JP_TLS_MAX_HOST_NAMES 32

/**
 * JpTlsOptions:
 * @clock: (not nullable): tells the dates of validity
 * @ids: (not nullable): makes the serial numbers
 * @host_names: (nullable) (array zero-terminated=1): names and addresses under which the server is
 *   reached, besides localhost, 127.0.0.1 and ::1
 *
 * What a certificate authority needs to work.
 */
typedef struct
{
  JpClock           *clock;
  JpIdSource        *ids;
  const char *const *host_names;
} JpTlsOptions;

gboolean         jp_tls_ensure_authority (const char         *folder,
                                          const JpTlsOptions *options,
                                          gboolean           *out_renewed,
                                          GError            **error);
GTlsCertificate *jp_tls_load_certificate (const char *folder, GError **error);
GTlsDatabase    *jp_tls_load_authority (const char *folder, GError **error);
char            *jp_tls_sign_station (const char         *folder,
                                      const JpTlsOptions *options,
                                      const JpId         *station,
                                      const char         *request_pem,
                                      GError            **error);
GBytes          *jp_tls_sign (const char *folder, GBytes *bytes, GError **error);
gboolean
      jp_tls_verify (const char *certificate_pem, GBytes *bytes, GBytes *signature, GError **error);
char *jp_tls_authority_path (const char *folder);

G_END_DECLS
