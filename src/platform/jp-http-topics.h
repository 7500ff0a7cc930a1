/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When a topic was woken last, so that a request which was looked at before and is parked after
 * does not miss it. Main thread only. */

typedef struct _JpHttpTopics JpHttpTopics;

JpHttpTopics *jp_http_topics_new (void);
void          jp_http_topics_free (JpHttpTopics *self);
guint64       jp_http_topics_get_serial (JpHttpTopics *self);
void          jp_http_topics_wake (JpHttpTopics *self, const char *topic);
gboolean jp_http_topics_was_woken (JpHttpTopics *self, const char *topic, guint64 since_serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpTopics, jp_http_topics_free)

G_END_DECLS
