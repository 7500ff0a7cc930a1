/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpChaosFate:
 * @JP_CHAOS_PASS: all goes well
 * @JP_CHAOS_DROP: closed before a byte has come
 * @JP_CHAOS_STALL: taken, and nothing comes for a while
 * @JP_CHAOS_DELAY: each piece comes late
 * @JP_CHAOS_TRUNCATE: closed in order in the middle
 * @JP_CHAOS_RESET: broken off in the middle
 * @JP_CHAOS_DUPLICATE: a piece comes twice
 * @JP_CHAOS_FLIP: a bit is turned
 * @JP_CHAOS_PORTAL: a page of somebody else answers, with status 200
 *
 * What becomes of a connection.
 */
typedef enum {
  JP_CHAOS_PASS,
  JP_CHAOS_DROP,
  JP_CHAOS_STALL,
  JP_CHAOS_DELAY,
  JP_CHAOS_TRUNCATE,
  JP_CHAOS_RESET,
  JP_CHAOS_DUPLICATE,
  JP_CHAOS_FLIP,
  JP_CHAOS_PORTAL,
} JpChaosFate;

#define JP_CHAOS_N_FATES 9

/* A proxy on loopback that does to connections what networks do. */
typedef struct _JpChaos JpChaos;

JpChaos *jp_chaos_new (guint16 to_port, guint32 seed);
void     jp_chaos_free (JpChaos *self);
guint16  jp_chaos_get_port (JpChaos *self);
void     jp_chaos_set_calm (JpChaos *self, gboolean calm);
guint    jp_chaos_count (JpChaos *self, JpChaosFate fate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpChaos, jp_chaos_free)

G_END_DECLS
