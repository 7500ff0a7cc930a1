/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-id.h"

#include "jp-error.h"
#include "jp-fake-clock.h"

#include <string.h>

static void
test_text (void)
{
  const char      *text = "019aa0c4-7b3e-7c15-9d2f-00ff10203040";
  JpId             id = JP_ID_NONE;
  JpIdText         buffer;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_id_parse (text, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (id.bytes[0], ==, 0x01);
  g_assert_cmpint (id.bytes[15], ==, 0x40);
  g_assert_cmpstr (jp_id_to_text (&id, buffer), ==, text);
  copy = jp_id_dup_text (&id);
  g_assert_cmpstr (copy, ==, text);

  g_assert_true (jp_id_parse ("019AA0C4-7B3E-7C15-9D2F-00FF10203040", &id, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (jp_id_to_text (&id, buffer), ==, text);
}

static void
test_invalid (void)
{
  static const char *const texts[] = {
    "",
    "0",
    "-",
    "019aa0c4",
    "019aa0c4-",
    "019aa0c4-7b3e-7c15-9d2f-00ff1020304",
    "019aa0c4-7b3e-7c15-9d2f-00ff102030400",
    "019aa0c4-7b3e-7c15-9d2f-00ff1020304g",
    "019aa0c47b3e-7c15-9d2f-00ff10203040-",
    "019aa0c4 7b3e 7c15 9d2f 00ff10203040",
    "{019aa0c4-7b3e-7c15-9d2f-00ff10203040}",
    " 019aa0c4-7b3e-7c15-9d2f-00ff10203040",
    "00000000-0000-0000-0000-000000000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JpId id = jp_id_derive ("test", "untouched");
      JpId before = id;
      g_autoptr (GError) error = NULL;

      g_assert_false (jp_id_parse (texts[i], &id, &error));
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
      g_assert_true (jp_id_equal (&id, &before));
    }
}

static void
test_value (void)
{
  JpId             a = jp_id_derive ("test", "a");
  JpId             b = jp_id_derive ("test", "b");
  JpId             other = jp_id_derive ("tes", "ta");
  g_autofree JpId *copy = jp_id_copy (&a);

  g_assert_true (jp_id_is_none (&JP_ID_NONE));
  g_assert_false (jp_id_is_none (&a));
  g_assert_true (jp_id_equal (&a, copy));
  g_assert_cmpint (jp_id_compare (&a, copy), ==, 0);
  g_assert_cmpuint (jp_id_hash (&a), ==, jp_id_hash (copy));
  g_assert_false (jp_id_equal (&a, &b));
  g_assert_cmpuint (jp_id_hash (&a), !=, jp_id_hash (&b));
  g_assert_cmpint (jp_id_compare (&a, &b) < 0, !=, jp_id_compare (&b, &a) < 0);
  g_assert_false (jp_id_equal (&a, &other));
  g_assert_null (jp_id_copy (NULL));
}

static void
test_derive (void)
{
  JpId     id = jp_id_derive ("demo-school", "1");
  JpIdText text;

  /* Fixed: ids that were derived once are stored. */
  g_assert_cmpstr (jp_id_to_text (&id, text), ==, "692e7211-3cc5-87a1-904f-dcef06608455");
  g_assert_cmpint (id.bytes[6] >> 4, ==, 8);
  g_assert_cmpint (id.bytes[8] >> 6, ==, 2);
}

static void
test_next (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) source = jp_id_source_new (JP_CLOCK (clock));
  JpId   id = jp_id_source_next (source);
  gint64 ms = 0;

  for (gsize i = 0; i < 6; i++)
    ms = (ms << 8) | id.bytes[i];
  g_assert_cmpint (ms, ==, JP_FAKE_CLOCK_NOW_US / 1000);
  g_assert_cmpint (id.bytes[6] >> 4, ==, 7);
  g_assert_cmpint (id.bytes[8] >> 6, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&source));
}

/* Whatever the clock does, each id is larger than the one before. */
static void
test_monotonic (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) source = jp_id_source_new (JP_CLOCK (clock));
  JpId last = jp_id_source_next (source);

  for (guint i = 0; i < 200000; i++)
    {
      JpId id;

      if (i % 1000 == 999)
        jp_fake_clock_advance (clock, 400);
      if (i == 50000)
        jp_fake_clock_set_wall (clock, JP_FAKE_CLOCK_NOW_US - 3600000000);
      if (i == 60000)
        jp_fake_clock_set_wall (clock, -5);
      if (i == 150000)
        jp_fake_clock_set_wall (clock, JP_FAKE_CLOCK_NOW_US * 2);

      id = jp_id_source_next (source);
      g_assert_cmpint (jp_id_compare (&last, &id), <, 0);
      g_assert_cmpint (id.bytes[6] >> 4, ==, 7);
      g_assert_cmpint (id.bytes[8] >> 6, ==, 2);
      last = id;
    }
}

static void
test_seeded (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) a = jp_id_source_new_seeded (JP_CLOCK (clock), 42);
  g_autoptr (JpIdSource) b = jp_id_source_new_seeded (JP_CLOCK (clock), 42);
  g_autoptr (JpIdSource) other = jp_id_source_new_seeded (JP_CLOCK (clock), 43);
  g_autoptr (JpIdSource) unseeded = jp_id_source_new (JP_CLOCK (clock));
  guint8   bytes_a[3000];
  guint8   bytes_b[3000];
  JpId     id = jp_id_source_next (a);
  JpId     same = jp_id_source_next (b);
  JpId     different = jp_id_source_next (other);
  JpId     random = jp_id_source_next (unseeded);
  JpIdText text;

  /* Fixed: seeds of found bugs are kept. */
  g_assert_cmpstr (jp_id_to_text (&id, text), ==, "01a20b1c-c2e0-78d0-924b-6dec97a8073e");
  g_assert_true (jp_id_equal (&id, &same));
  g_assert_false (jp_id_equal (&id, &different));
  g_assert_false (jp_id_equal (&id, &random));

  jp_id_source_fill (a, bytes_a, sizeof bytes_a);
  jp_id_source_fill (b, bytes_b, 1);
  jp_id_source_fill (b, bytes_b + 1, sizeof bytes_b - 1);
  g_assert_cmpmem (bytes_a, sizeof bytes_a, bytes_b, sizeof bytes_b);
  g_assert_cmpint (memcmp (bytes_a, bytes_a + 1500, 1500), !=, 0);
  jp_id_source_fill (a, NULL, 0);
}

static void
test_below (void)
{
  static const guint32 bounds[] = { 1, 2, 3, 7, 1000, 0x80000001, G_MAXUINT32 };
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) source = jp_id_source_new_seeded (JP_CLOCK (clock), 7);
  guint counts[3] = { 0 };
  guint n_low = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    for (guint n = 0; n < 1000; n++)
      g_assert_cmpuint (jp_id_source_below (source, bounds[i]), <, bounds[i]);

  for (guint n = 0; n < 30000; n++)
    counts[jp_id_source_below (source, 3)]++;
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (ABS ((int)counts[i] - 10000), <, 500);

  /* With "number % bound" two thirds of these would be below 2^30. */
  for (guint n = 0; n < 30000; n++)
    n_low += jp_id_source_below (source, 0xc0000000) < 0x40000000;
  g_assert_cmpint (ABS ((int)n_low - 10000), <, 500);
}

static gpointer
make_ids (gpointer data)
{
  JpId *ids = g_new (JpId, 5000);

  for (gsize i = 0; i < 5000; i++)
    ids[i] = jp_id_source_next (data);
  return ids;
}

static void
test_threads (void)
{
  g_autoptr (JpClock) clock = jp_system_clock_new ();
  g_autoptr (JpIdSource) source = jp_id_source_new (clock);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ids", make_ids, source);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree JpId *ids = g_thread_join (threads[i]);

      for (gsize n = 0; n < 5000; n++)
        g_hash_table_add (seen, jp_id_copy (&ids[n]));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 4 * 5000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/id/text", test_text);
  g_test_add_func ("/base/id/invalid", test_invalid);
  g_test_add_func ("/base/id/value", test_value);
  g_test_add_func ("/base/id/derive", test_derive);
  g_test_add_func ("/base/id/next", test_next);
  g_test_add_func ("/base/id/monotonic", test_monotonic);
  g_test_add_func ("/base/id/seeded", test_seeded);
  g_test_add_func ("/base/id/below", test_below);
  g_test_add_func ("/base/id/threads", test_threads);

  return g_test_run ();
}
