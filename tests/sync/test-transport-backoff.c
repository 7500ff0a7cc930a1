/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport-backoff.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

#define N_DRAWS 2000

typedef struct
{
  JpFakeClock        *clock;   /* (owned) */
  JpIdSource         *ids;     /* (owned) */
  JpTransportBackoff *backoff; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  fixture->ids = jp_test_random_new_source (JP_CLOCK (fixture->clock));
  fixture->backoff = jp_transport_backoff_new (fixture->ids);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_transport_backoff_free (fixture->backoff);
  g_assert_finalize_object (g_steal_pointer (&fixture->ids));
  g_assert_finalize_object (g_steal_pointer (&fixture->clock));
}

/* The k-th wait lies within 0 … 1 s · 2^k, in each quarter of it about as often as in the others.
 */
static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  static const guint bounds_ms[] = { 1000,  2000,   4000,   8000,   16000,  32000,
                                     64000, 128000, 256000, 300000, 300000, 300000 };
  guint              quarters[G_N_ELEMENTS (bounds_ms)][4] = { 0 };

  for (guint i = 0; i < N_DRAWS; i++)
    {
      jp_transport_backoff_reset (fixture->backoff);
      for (guint k = 0; k < G_N_ELEMENTS (bounds_ms); k++)
        {
          guint wait_ms = jp_transport_backoff_next_ms (fixture->backoff, 0);

          g_assert_cmpuint (wait_ms, <=, bounds_ms[k]);
          g_assert_cmpuint (jp_transport_backoff_get_n_failures (fixture->backoff), ==, k + 1);
          quarters[k][MIN (wait_ms * 4 / bounds_ms[k], 3)]++;
        }
    }
  for (guint k = 0; k < G_N_ELEMENTS (bounds_ms); k++)
    {
      for (guint quarter = 0; quarter < 4; quarter++)
        {
          g_assert_cmpuint (quarters[k][quarter], >, N_DRAWS / 4 - N_DRAWS / 10);
          g_assert_cmpuint (quarters[k][quarter], <, N_DRAWS / 4 + N_DRAWS / 10);
        }
    }
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    {
      jp_transport_backoff_reset (fixture->backoff);
      guint wait_ms = jp_transport_backoff_next_ms (fixture->backoff, 20);
      g_assert_cmpuint (wait_ms, >=, 20000);
      g_assert_cmpuint (wait_ms, <=, 21000);
      wait_ms = jp_transport_backoff_next_ms (fixture->backoff, 20);
      g_assert_cmpuint (wait_ms, >=, 20000);
      g_assert_cmpuint (wait_ms, <=, 22000);
    }

  /* Nobody can send a station to sleep for ever. */
  jp_transport_backoff_reset (fixture->backoff);
  guint longest_ms = jp_transport_backoff_next_ms (fixture->backoff, G_MAXUINT);
  g_assert_cmpuint (longest_ms, <=, JP_TRANSPORT_BACKOFF_MAX_RETRY_S * 1000 + 1000);
}

/* A day of failures. */
static void
test_many_failures (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10000; i++)
    g_assert_cmpuint (jp_transport_backoff_next_ms (fixture->backoff, 0), <=,
                      JP_TRANSPORT_BACKOFF_MAX_MS);
  jp_transport_backoff_reset (fixture->backoff);
  g_assert_cmpuint (jp_transport_backoff_get_n_failures (fixture->backoff), ==, 0);
  g_assert_cmpuint (jp_transport_backoff_next_ms (fixture->backoff, 0), <=, 1000);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/sync/transport-backoff/bounds", test_bounds);
  ADD ("/sync/transport-backoff/retry-after", test_retry_after);
  ADD ("/sync/transport-backoff/many-failures", test_many_failures);

  return g_test_run ();
}
