/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-problem.h"

G_BEGIN_DECLS

/* One answer to a request: immutable, reference-counted, any thread. */

/**
 * JpTransportReplyFields:
 * @status: the HTTP status
 * @sync_protocol: (nullable): the header by which the platform's answers are known
 * @content_type: (nullable): the type of @body, with its parameters
 * @body: (nullable): the body, unpacked
 * @etag: (nullable): the entity tag, with its quotes
 * @retry_after_s: when to come again, in seconds; 0 = not told
 *
 * What an answer is made from.
 */
typedef struct
{
  guint       status;
  const char *sync_protocol;
  const char *content_type;
  GBytes     *body;
  const char *etag;
  guint       retry_after_s;
} JpTransportReplyFields;

typedef struct _JpTransportReply JpTransportReply;

JpTransportReply *jp_transport_reply_new (const JpTransportReplyFields *fields);
JpTransportReply *jp_transport_reply_ref (JpTransportReply *self);
void              jp_transport_reply_unref (JpTransportReply *self);

guint       jp_transport_reply_get_status (JpTransportReply *self);
const char *jp_transport_reply_get_content_type (JpTransportReply *self);
GBytes     *jp_transport_reply_get_body (JpTransportReply *self);
const char *jp_transport_reply_get_etag (JpTransportReply *self);
guint       jp_transport_reply_get_retry_after_s (JpTransportReply *self);

gboolean jp_transport_reply_is_ours (JpTransportReply *self, GError **error);
gboolean
jp_transport_reply_check (JpTransportReply *self, JpSyncProblem **out_problem, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTransportReply, jp_transport_reply_unref)

G_END_DECLS
