/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-test-random.h"

/**
 * jp_test_random_get_seed:
 *
 * Tells the seed of this test run, and prints it once. It differs from run to run; JP_TEST_SEED in
 * the environment repeats one.
 *
 * Returns: the seed
 */
guint64
jp_test_random_get_seed (void)
{
  static gsize   ready = 0;
  static guint64 seed = 0;

  if (g_once_init_enter (&ready))
    {
      const char *wanted = g_getenv ("JP_TEST_SEED");

      if (wanted != NULL)
        seed = g_ascii_strtoull (wanted, NULL, 10);
      else
        seed = ((guint64)g_random_int () << 32) | g_random_int ();
      g_test_message ("JP_TEST_SEED=%" G_GUINT64_FORMAT, seed);
      g_once_init_leave (&ready, 1);
    }
  return seed;
}

/**
 * jp_test_random_new_source:
 * @clock: the clock of the test
 *
 * Returns: (transfer full): a source of ids and random numbers with the seed of this run
 */
JpIdSource *
jp_test_random_new_source (JpClock *clock)
{
  return jp_id_source_new_seeded (clock, jp_test_random_get_seed ());
}
