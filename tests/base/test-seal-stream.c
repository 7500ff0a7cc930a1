/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal-stream.h"

#include <string.h>

#define N_MESSAGES 3

typedef struct
{
  JpSealKey *key;
  guint8     header[JP_SEAL_STREAM_HEADER_BYTES];
  GBytes    *messages[N_MESSAGES];
} Fixture;

static const char *const plain[N_MESSAGES] = { "一", "", "third message" };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->key = jp_seal_key_new_random ();

  g_autoptr (JpSealStream) writer =
    jp_seal_stream_new_writer (fixture->key, "test", fixture->header);

  for (int i = 0; i < N_MESSAGES; i++)
    fixture->messages[i] =
      jp_seal_stream_close_message (writer, plain[i], strlen (plain[i]), i == N_MESSAGES - 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_seal_key_unref (fixture->key);
  for (int i = 0; i < N_MESSAGES; i++)
    g_bytes_unref (fixture->messages[i]);
}

static gboolean
open_message (JpSealStream *reader, GBytes *message, gboolean *out_last, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize         size = 0;
  gconstpointer sealed = g_bytes_get_data (message, &size);
  g_autoptr (GBytes) opened = jp_seal_stream_open_message (reader, sealed, size, out_last, &error);

  if (opened == NULL)
    {
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
      return FALSE;
    }
  g_assert_no_error (error);
  if (expected != NULL)
    g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), expected,
                     strlen (expected));
  return TRUE;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpSealStream) reader =
    jp_seal_stream_new_reader (fixture->key, "test", fixture->header);
  gboolean last = TRUE;

  for (int i = 0; i < N_MESSAGES; i++)
    {
      g_assert_true (open_message (reader, fixture->messages[i], &last, plain[i]));
      g_assert_cmpint (last, ==, i == N_MESSAGES - 1);
    }
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpSealStream) reader =
    jp_seal_stream_new_reader (fixture->key, "test", fixture->header);
  gboolean last = FALSE;

  g_assert_true (open_message (reader, fixture->messages[0], &last, NULL));
  g_assert_false (open_message (reader, fixture->messages[2], &last, NULL));

  /* After a break nothing is believed any more. */
  g_assert_false (open_message (reader, fixture->messages[1], &last, NULL));
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpSealKey) other_key = jp_seal_key_new_random ();
  g_autoptr (JpSealStream) other = jp_seal_stream_new_reader (other_key, "test", fixture->header);
  g_autoptr (JpSealStream) purpose =
    jp_seal_stream_new_reader (fixture->key, "tes", fixture->header);
  gboolean last = FALSE;

  g_assert_false (open_message (other, fixture->messages[0], &last, NULL));
  g_assert_false (open_message (purpose, fixture->messages[0], &last, NULL));
}

static void
test_each_byte (Fixture *fixture, gconstpointer data)
{
  gsize size = g_bytes_get_size (fixture->messages[0]);

  for (gsize at = 0; at < JP_SEAL_STREAM_HEADER_BYTES + size; at++)
    {
      guint8             header[JP_SEAL_STREAM_HEADER_BYTES];
      gboolean           last = FALSE;
      g_autofree guint8 *message = g_memdup2 (g_bytes_get_data (fixture->messages[0], NULL), size);

      memcpy (header, fixture->header, sizeof header);
      if (at < sizeof header)
        header[at] ^= 1;
      else
        message[at - sizeof header] ^= 0x80;

      g_autoptr (GBytes) changed = g_bytes_new (message, size);
      g_autoptr (JpSealStream) reader = jp_seal_stream_new_reader (fixture->key, "test", header);

      g_assert_false (open_message (reader, changed, &last, NULL));
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/base/seal-stream/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("order", test_order);
  ADD ("wrong", test_wrong);
  ADD ("each-byte", test_each_byte);
  return g_test_run ();
}
