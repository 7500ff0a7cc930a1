/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fuzz.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

#include <string.h>

/* Runs a fuzz target as a test: with every file of the folder corpora/NAME, and with damaged copies
 * of them. JP_FUZZ_ROUNDS in the environment tells how many copies of each; JP_TEST_SEED repeats a
 * run. Usage: fuzz-NAME NAME */

#define DEFAULT_ROUNDS  200
#define MAX_INPUT_BYTES (1024 * 1024)

static const char *corpus; /* name of the folder, from the command line */

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  return paths;
}

static GByteArray *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length_bytes;

  g_file_get_contents (path, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length_bytes, <=, MAX_INPUT_BYTES);
  return g_byte_array_new_take ((guint8 *)bytes, length_bytes);
}

/* A copy in memory of exactly this size, so that a sanitizer sees each byte too many. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
damage (GByteArray *bytes, GByteArray *other, JpIdSource *random)
{
  static const guint8 interesting[] = "\"\\{}[],:0-9.eE+ \n\0\377\200\300\355";
  guint               at;

  if (bytes->len == 0)
    {
      g_byte_array_append (bytes, interesting, 1);
      return;
    }

  at = jp_id_source_below (random, bytes->len);
  switch (jp_id_source_below (random, 6))
    {
    case 0:
      bytes->data[at] ^= (guint8)(1u << jp_id_source_below (random, 8));
      break;
    case 1:
      bytes->data[at] = interesting[jp_id_source_below (random, sizeof interesting)];
      break;
    case 2:
      {
        guint n_removed = 1 + jp_id_source_below (random, 16);

        g_byte_array_remove_range (bytes, at, MIN (bytes->len - at, n_removed));
        break;
      }
    case 3:
      g_byte_array_set_size (bytes, at);
      break;
    case 4:
      if (bytes->len < MAX_INPUT_BYTES)
        {
          g_autofree guint8 *piece = g_memdup2 (bytes->data + at, bytes->len - at);

          g_byte_array_append (bytes, piece, bytes->len - at);
        }
      break;
    default:
      if (other->len > 0)
        {
          guint from = jp_id_source_below (random, other->len);

          g_byte_array_set_size (bytes, at);
          g_byte_array_append (bytes, other->data + from, other->len - from);
        }
      break;
    }
}

static GPtrArray *
read_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpora", corpus, NULL);
  g_autoptr (GPtrArray) paths = list_files (folder);
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);

  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (inputs, read_file (paths->pdata[i]));
  return inputs;
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) inputs = read_corpus ();

  run (NULL, 0);
  for (guint i = 0; i < inputs->len; i++)
    {
      GByteArray *input = inputs->pdata[i];

      run (input->data, input->len);
    }
}

static guint
get_rounds (void)
{
  const char *rounds = g_getenv ("JP_FUZZ_ROUNDS");

  return rounds != NULL ? (guint)g_ascii_strtoull (rounds, NULL, 10) : DEFAULT_ROUNDS;
}

static void
test_damaged (void)
{
  g_autoptr (GPtrArray) inputs = read_corpus ();
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint n = get_rounds () * inputs->len; n > 0; n--)
    {
      GByteArray *original = inputs->pdata[n % inputs->len];
      GByteArray *other = inputs->pdata[jp_id_source_below (random, inputs->len)];
      g_autoptr (GByteArray) bytes = g_byte_array_sized_new (original->len);

      g_byte_array_append (bytes, original->data, original->len);
      for (guint i = 1 + jp_id_source_below (random, 3); i > 0; i--)
        damage (bytes, other, random);
      run (bytes->data, bytes->len);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, ==, 2);
  corpus = argv[1];

  g_autofree char *corpus_path = g_strdup_printf ("/fuzz/%s/corpus", corpus);
  g_autofree char *damaged_path = g_strdup_printf ("/fuzz/%s/damaged", corpus);

  g_test_add_func (corpus_path, test_corpus);
  g_test_add_func (damaged_path, test_damaged);

  return g_test_run ();
}
