/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-clock.h"

#include "jp-fake-clock.h"

static void
test_system (void)
{
  g_autoptr (JpClock) clock = jp_system_clock_new ();
  gint64 before_us = g_get_real_time ();
  gint64 now_us = jp_clock_now_us (clock);
  gint64 first_us = jp_clock_monotonic_us (clock);

  g_assert_cmpint (now_us, >=, before_us);
  g_assert_cmpint (now_us, <=, g_get_real_time ());
  g_assert_cmpint (first_us, <=, jp_clock_monotonic_us (clock));
  g_assert_finalize_object (g_steal_pointer (&clock));
}

static void
test_fake (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);

  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (clock)), ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpint (jp_clock_monotonic_us (JP_CLOCK (clock)), ==, 0);

  jp_fake_clock_advance (clock, 7);
  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (clock)), ==, JP_FAKE_CLOCK_NOW_US + 7);
  g_assert_cmpint (jp_clock_monotonic_us (JP_CLOCK (clock)), ==, 7);

  jp_fake_clock_set_wall (clock, 1);
  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (clock)), ==, 1);
  g_assert_cmpint (jp_clock_monotonic_us (JP_CLOCK (clock)), ==, 7);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/clock/fake", test_fake);

  return g_test_run ();
}
