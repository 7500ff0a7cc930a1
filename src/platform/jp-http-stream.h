/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpHttpStreamClosedFunc:
 * @user_data: as given to [ctor@Jp.HttpStream.new]
 *
 * Learns that a stream was closed; called once.
 */
typedef void (*JpHttpStreamClosedFunc) (gpointer user_data);

/* What libsoup gets to read from and write to: a TLS connection, with a remedy for what libsoup
 * 3.2.3 does when a client ends a connection between two requests. It then forgets to let go of it
 * (SoupServerMessageIOHTTP1 finishes a message that has no completion function yet), so that each
 * such connection would stay for ever, in the state CLOSE-WAIT. In the place of that end the stream
 * gives libsoup a request that is none, which it answers, into the void, and then closes. Main
 * thread only. */
#define JP_TYPE_HTTP_STREAM (jp_http_stream_get_type ())

G_DECLARE_FINAL_TYPE (JpHttpStream, jp_http_stream, JP, HTTP_STREAM, GIOStream)

GIOStream *jp_http_stream_new (GIOStream *base, JpHttpStreamClosedFunc closed, gpointer user_data);
void       jp_http_stream_set_between_requests (JpHttpStream *self);

G_END_DECLS
