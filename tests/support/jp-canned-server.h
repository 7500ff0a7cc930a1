/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that says the same to everybody, whatever they ask: a captive portal, a broken proxy, a
 * line that breaks. Runs in threads of its own. */

/**
 * JpCannedOptions:
 * @tls_folder: (nullable): certificate to show; NULL = no TLS at all
 * @text: what to say after the headers of a request
 * @length_bytes: length of @text; 0 = it is a string
 * @keep_open: do not end the connection afterwards
 *
 * What to do to a client.
 */
typedef struct
{
  const char *tls_folder;
  const char *text;
  gsize       length_bytes;
  gboolean    keep_open;
} JpCannedOptions;

typedef struct _JpCannedServer JpCannedServer;

JpCannedServer *jp_canned_server_new (const JpCannedOptions *options);
char           *jp_canned_server_dup_uri (JpCannedServer *self);
char           *jp_canned_server_dup_heard (JpCannedServer *self);
void            jp_canned_server_free (JpCannedServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCannedServer, jp_canned_server_free)

G_END_DECLS
