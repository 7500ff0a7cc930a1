/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-clock.h"

G_BEGIN_DECLS

/* The clock of the demo city: the PC's, but days can go by in a moment. How far it is ahead is kept
 * in a file, so that it never goes back. Thread-safe. */

#define JP_DEMO_CLOCK_MAX_ADVANCE_US (400 * G_GINT64_CONSTANT (86400000000))

#define JP_TYPE_DEMO_CLOCK (jp_demo_clock_get_type ())

G_DECLARE_FINAL_TYPE (JpDemoClock, jp_demo_clock, JP, DEMO_CLOCK, GObject)

JpDemoClock *jp_demo_clock_new (JpClock *base, const char *path);
gboolean     jp_demo_clock_advance (JpDemoClock *self, gint64 us, GError **error);

G_END_DECLS
