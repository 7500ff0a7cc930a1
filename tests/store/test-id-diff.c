/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-id-diff.h"
#include "jp-test-random.h"

#define N_RANDOM 4000

static GArray *
ids (const char *letters)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *letters != '\0'; letters++)
    {
      gint64 id = *letters;

      g_array_append_val (array, id);
    }
  return array;
}

/* Does what the ranges say; returns how many ids they touch. */
static guint
replay (GArray *before, GArray *after, GArray *ranges)
{
  g_autoptr (GArray) list = g_array_copy (before);
  guint touched = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const JpIdRange *range = &g_array_index (ranges, JpIdRange, i);

      g_assert_cmpuint (range->removed + range->added, >, 0);
      g_assert_cmpuint (range->position + range->removed, <=, list->len);
      if (range->removed > 0)
        g_array_remove_range (list, range->position, range->removed);
      if (range->added > 0)
        g_array_insert_vals (list, range->position, &g_array_index (after, gint64, range->position),
                             range->added);
      touched += range->removed + range->added;
    }

  g_assert_cmpmem (list->data, list->len * sizeof (gint64), after->data,
                   after->len * sizeof (gint64));
  return touched;
}

static void
check (const char *before_letters, const char *after_letters, guint n_ranges, guint touched)
{
  g_autoptr (GArray) before = ids (before_letters);
  g_autoptr (GArray) after = ids (after_letters);
  g_autoptr (GArray) ranges = jp_id_diff (before, after, 16);

  g_assert_nonnull (ranges);
  g_assert_cmpuint (ranges->len, ==, n_ranges);
  g_assert_cmpuint (replay (before, after, ranges), ==, touched);
}

static void
test_exact (void)
{
  check ("", "", 0, 0);
  check ("abc", "abc", 0, 0);
  check ("", "abc", 1, 3);
  check ("abc", "", 1, 3);
  check ("abcdef", "abef", 1, 2);
  check ("abef", "abcdef", 1, 2);
  check ("abcdef", "Xabcdef", 1, 1);
  check ("abcdef", "abcdefX", 1, 1);
  check ("abcdef", "aXcdYf", 2, 4);
  /* One row is moved, far down and far up: the rest stays. */
  check ("abcdefghij", "acdefghijb", 2, 2);
  check ("abcdefghij", "ajbcdefghi", 2, 2);
  /* Moved, and others come and go around it. */
  check ("abcdefghij", "cXdefgbhi", 4, 5);
}

static void
test_too_many (void)
{
  g_autoptr (GArray) before = ids ("abcdefgh");
  g_autoptr (GArray) after = ids ("aXcXdYeZg");
  g_autoptr (GArray) few = ids ("aXcdefgh");
  g_autoptr (GArray) enough = jp_id_diff (before, few, 1);

  g_assert_nonnull (enough);
  g_assert_cmpuint (enough->len, ==, 1);
  g_assert_null (jp_id_diff (before, after, 2));
}

static void
shuffle_some (GArray *array, JpIdSource *random, gint64 *next)
{
  guint n = jp_id_source_below (random, 6);

  for (guint i = 0; i < n; i++)
    {
      guint  what = jp_id_source_below (random, 3);
      gint64 id = what == 0 || array->len == 0 ? ++*next : 0;

      if (id == 0)
        {
          guint from = jp_id_source_below (random, array->len);

          id = g_array_index (array, gint64, from);
          g_array_remove_index (array, from);
        }
      if (what != 1)
        g_array_insert_val (array, jp_id_source_below (random, array->len + 1), id);
    }
}

static void
test_random (void)
{
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_test_random_new_source (clock);
  g_autoptr (GArray) before = ids ("");
  gint64 next = 0;

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GArray) after = g_array_copy (before);

      shuffle_some (after, random, &next);

      g_autoptr (GArray) ranges = jp_id_diff (before, after, G_MAXUINT);

      replay (before, after, ranges);
      g_array_unref (before);
      before = g_array_ref (after);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/id-diff/exact", test_exact);
  g_test_add_func ("/store/id-diff/too-many", test_too_many);
  g_test_add_func ("/store/id-diff/random", test_random);
  return g_test_run ();
}
