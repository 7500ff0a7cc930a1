/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "jp-id.h"

G_BEGIN_DECLS

/* X.509 with GnuTLS, for jp-tls only: keys and certificates (ECDSA on P-256) and their PEM. */

/**
 * JpTlsSubject:
 * @common_name: who the certificate is for
 * @host_names: (nullable) (array zero-terminated=1): DNS names and IP addresses of a server
 * @now_us: the present
 * @valid_days: how long it is valid from now on
 * @serial: any number that this authority has not used before
 *
 * What a new certificate says.
 */
typedef struct
{
  const char        *common_name;
  const char *const *host_names;
  gint64             now_us;
  int                valid_days;
  JpId               serial;
} JpTlsSubject;

gnutls_x509_crt_t     jp_tls_issue_station (const JpTlsSubject   *subject,
                                            const char           *request_pem,
                                            gnutls_x509_crt_t     authority,
                                            gnutls_x509_privkey_t authority_key,
                                            GError              **error);
gnutls_x509_privkey_t jp_tls_issue_key (GError **error);
gnutls_x509_crt_t
jp_tls_issue_authority (const JpTlsSubject *subject, gnutls_x509_privkey_t key, GError **error);
gnutls_x509_crt_t jp_tls_issue_server (const JpTlsSubject   *subject,
                                       gnutls_x509_privkey_t key,
                                       gnutls_x509_crt_t     authority,
                                       gnutls_x509_privkey_t authority_key,
                                       GError              **error);

char                 *jp_tls_issue_certificate_to_pem (gnutls_x509_crt_t certificate);
char                 *jp_tls_issue_key_to_pem (gnutls_x509_privkey_t key);
gnutls_x509_crt_t     jp_tls_issue_certificate_from_pem (const char *pem, GError **error);
gnutls_x509_privkey_t jp_tls_issue_key_from_pem (const char *pem, GError **error);

GBytes  *jp_tls_issue_sign (gnutls_x509_privkey_t key, GBytes *bytes, GError **error);
gboolean jp_tls_issue_verify (gnutls_x509_crt_t certificate,
                              GBytes           *bytes,
                              GBytes           *signature,
                              GError          **error);
gboolean jp_tls_issue_is_pair (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key);
gboolean jp_tls_issue_is_signed_by (gnutls_x509_crt_t certificate, gnutls_x509_crt_t authority);
gint64   jp_tls_issue_get_valid_from_us (gnutls_x509_crt_t certificate);
gint64   jp_tls_issue_get_valid_until_us (gnutls_x509_crt_t certificate);

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crq_t, gnutls_x509_crq_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_privkey_t, gnutls_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pubkey_t, gnutls_pubkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)

G_END_DECLS
