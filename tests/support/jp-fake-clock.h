/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-clock.h"

G_BEGIN_DECLS

/* A clock that stands still until the test moves it. Thread-safe. */

/* 2026-11-24 09:12:44 in China: the "now" of every test that does not care. */
#define JP_FAKE_CLOCK_NOW_US G_GINT64_CONSTANT (1795482764000000)

#define JP_TYPE_FAKE_CLOCK (jp_fake_clock_get_type ())

G_DECLARE_FINAL_TYPE (JpFakeClock, jp_fake_clock, JP, FAKE_CLOCK, GObject)

JpFakeClock *jp_fake_clock_new (gint64 now_us);
void         jp_fake_clock_advance (JpFakeClock *self, gint64 us);
void         jp_fake_clock_set_wall (JpFakeClock *self, gint64 now_us);

G_END_DECLS
