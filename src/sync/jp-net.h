/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-module.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What this layer calls of GnuTLS and libsoup, which come with Kerberos and 15 more libraries. They
 * are loaded when there is a platform to talk to. */

#define JP_NET_MODULE "jp-net"

/* clang-format off */
#define JP_NET_FUNCTIONS(X) \
  X (gnutls_memset) \
  X (gnutls_privkey_deinit) \
  X (gnutls_privkey_import_x509) \
  X (gnutls_privkey_init) \
  X (gnutls_privkey_sign_data2) \
  X (gnutls_pubkey_deinit) \
  X (gnutls_pubkey_import_x509) \
  X (gnutls_pubkey_init) \
  X (gnutls_pubkey_verify_data2) \
  X (gnutls_strerror) \
  X (gnutls_x509_crq_deinit) \
  X (gnutls_x509_crq_export2) \
  X (gnutls_x509_crq_init) \
  X (gnutls_x509_crq_privkey_sign) \
  X (gnutls_x509_crq_set_dn_by_oid) \
  X (gnutls_x509_crq_set_key) \
  X (gnutls_x509_crq_set_version) \
  X (gnutls_x509_crt_deinit) \
  X (gnutls_x509_crt_import) \
  X (gnutls_x509_crt_init) \
  X (gnutls_x509_privkey_deinit) \
  X (gnutls_x509_privkey_export2_pkcs8) \
  X (gnutls_x509_privkey_generate) \
  X (gnutls_x509_privkey_import2) \
  X (gnutls_x509_privkey_init) \
  X (soup_content_decoder_get_type) \
  X (soup_message_add_flags) \
  X (soup_message_get_request_headers) \
  X (soup_message_get_response_headers) \
  X (soup_message_get_status) \
  X (soup_message_get_tls_peer_certificate_errors) \
  X (soup_message_headers_get_one) \
  X (soup_message_headers_replace) \
  X (soup_message_new_from_uri) \
  X (soup_message_set_request_body_from_bytes) \
  X (soup_message_set_tls_client_certificate) \
  X (soup_session_abort) \
  X (soup_session_error_quark) \
  X (soup_session_new_with_options) \
  X (soup_session_remove_feature_by_type) \
  X (soup_session_send_async) \
  X (soup_session_send_finish)
/* clang-format on */

/**
 * JpNet:
 * @free_memory: gnutls_free(), which is a variable and a macro
 *
 * The table of the module: each function under its own name.
 */
typedef struct
{
  JpModuleHead head;
  JP_NET_FUNCTIONS (JP_MODULE_MEMBER)
  void (*free_memory) (void *memory);
} JpNet;

/* (nullable): none before jp_net_load() */
extern const JpNet *jp_net;

gboolean jp_net_load (GError **error);

G_END_DECLS
