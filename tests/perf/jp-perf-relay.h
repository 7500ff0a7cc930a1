/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A TCP relay on the loopback that counts what passes in each direction. */

typedef struct _JpPerfRelay JpPerfRelay;

JpPerfRelay *jp_perf_relay_new (guint16 port);
void         jp_perf_relay_free (JpPerfRelay *self);
guint16      jp_perf_relay_get_port (JpPerfRelay *self);
gint64       jp_perf_relay_get_up_bytes (JpPerfRelay *self);
gint64       jp_perf_relay_get_down_bytes (JpPerfRelay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPerfRelay, jp_perf_relay_free)

G_END_DECLS
