/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-id.h"

G_BEGIN_DECLS

/* When to try again: full jitter, so that a hundred stations do not come back at the same moment
 * (sync.md §3.4). */

#define JP_TRANSPORT_BACKOFF_BASE_MS     1000
#define JP_TRANSPORT_BACKOFF_MAX_MS      300000
#define JP_TRANSPORT_BACKOFF_MAX_RETRY_S 3600

typedef struct _JpTransportBackoff JpTransportBackoff;

JpTransportBackoff *jp_transport_backoff_new (JpIdSource *ids);
void                jp_transport_backoff_free (JpTransportBackoff *self);
guint               jp_transport_backoff_next_ms (JpTransportBackoff *self, guint retry_after_s);
void                jp_transport_backoff_reset (JpTransportBackoff *self);
guint               jp_transport_backoff_get_n_failures (JpTransportBackoff *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTransportBackoff, jp_transport_backoff_free)

G_END_DECLS
