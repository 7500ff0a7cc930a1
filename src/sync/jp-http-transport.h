/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-transport.h"

G_BEGIN_DECLS

/**
 * JpHttpTransportOptions:
 * @base_uri: where the platform is, e.g. "https://platform.example:8443"; always https
 * @authority_path: the PEM file of the platform's own authority, the only one that is trusted
 * @client_certificate: (nullable): what this station proves to own, with its key
 *
 * Which platform, and how to know it.
 */
typedef struct
{
  const char      *base_uri;
  const char      *authority_path;
  GTlsCertificate *client_certificate;
} JpHttpTransportOptions;

#define JP_TYPE_HTTP_TRANSPORT (jp_http_transport_get_type ())

G_DECLARE_FINAL_TYPE (JpHttpTransport, jp_http_transport, JP, HTTP_TRANSPORT, GObject)

JpTransport *jp_http_transport_new (const JpHttpTransportOptions *options, GError **error);

G_END_DECLS
