/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gzip.h"

#include <string.h>

static GBytes *
new_pattern (gsize length_bytes)
{
  guint8 *bytes = g_malloc (MAX (length_bytes, 1));

  for (gsize i = 0; i < length_bytes; i++)
    bytes[i] = (guint8)(i * i >> 3);

  return g_bytes_new_take (bytes, length_bytes);
}

static void
test_round_trip (void)
{
  static const gsize lengths[] = { 0, 1, 511, 16 * 1024, 16 * 1024 + 1, 300000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (int level = JP_GZIP_LEVEL_FAST; level <= 9; level += 4)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) plain = new_pattern (lengths[i]);
          g_autoptr (GBytes) packed = jp_gzip_pack (plain, level);
          g_autoptr (GBytes) again = jp_gzip_pack (plain, level);
          g_autoptr (GBytes) back = jp_gzip_unpack (packed, lengths[i], &error);

          g_assert_no_error (error);
          g_assert_true (g_bytes_equal (back, plain));
          g_assert_true (g_bytes_equal (again, packed));
        }
    }
}

static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (4 << 20), 4 << 20);
  g_autoptr (GBytes) bomb = jp_gzip_pack (zeros, 9);
  g_autoptr (GBytes) plain = jp_gzip_unpack (bomb, (4 << 20) - 1, &error);

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 8192);
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);
  g_assert_null (plain);
}

static void
assert_invalid (const guint8 *bytes, gsize length_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = g_bytes_new (bytes, length_bytes);
  g_autoptr (GBytes) plain = jp_gzip_unpack (packed, 1 << 20, &error);

  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
  g_assert_null (plain);
}

static void
test_invalid (void)
{
  g_autoptr (GBytes) plain = new_pattern (5000);
  g_autoptr (GBytes) packed = jp_gzip_pack (plain, 6);
  gsize              length_bytes = 0;
  const guint8      *bytes = g_bytes_get_data (packed, &length_bytes);
  g_autofree guint8 *copy = g_malloc (length_bytes + 1);

  for (gsize cut = 0; cut < length_bytes; cut += 97)
    assert_invalid (bytes, cut);

  memcpy (copy, bytes, length_bytes);
  copy[length_bytes] = 0;
  assert_invalid (copy, length_bytes + 1);

  /* The check sum. */
  copy[length_bytes - 6] ^= 1;
  assert_invalid (copy, length_bytes);
  assert_invalid ((const guint8 *)"{\"a\":1}", 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/gzip/round-trip", test_round_trip);
  g_test_add_func ("/base/gzip/limit", test_limit);
  g_test_add_func ("/base/gzip/invalid", test_invalid);

  return g_test_run ();
}
