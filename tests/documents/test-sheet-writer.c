/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-id.h"
#include "jp-sheet-writer.h"
#include "jp-sheet.h"
#include "jp-xlsx-strings.h"

#include "jp-fake-clock.h"
#include "jp-sheet-text.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  JpTestDir *dir;
  GFile     *file;
  char      *path;
} Fixture;

static const JpSheetFormat formats[] = { JP_SHEET_FORMAT_XLSX, JP_SHEET_FORMAT_CSV };

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->dir = jp_test_dir_new ();
  fixture->path = jp_test_dir_build (fixture->dir, "表.out");
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_object (&fixture->file);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, jp_test_dir_free);
}

static void
end_row (JpSheetWriter *writer)
{
  g_autoptr (GError) error = NULL;

  jp_sheet_writer_end_row (writer, &error);
  g_assert_no_error (error);
}

static void
finish (JpSheetWriter *writer)
{
  g_autoptr (GError) error = NULL;

  jp_sheet_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (jp_test_dir_get_path (fixture->dir), 0, NULL);
  guint n_files = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static JpSheet *
read_back (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JpSheet *sheet = jp_sheet_read_file (fixture->file, NULL, &error);

  g_assert_no_error (error);
  return sheet;
}

static void
write_all_types (Fixture *fixture, JpSheetFormat format)
{
  g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, format, "学员/花名册[1]");

  jp_sheet_writer_add_column (writer, "姓名", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, "学时", JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, "比例", JP_SHEET_COLUMN_DECIMAL);
  jp_sheet_writer_add_column (writer, "学费", JP_SHEET_COLUMN_MONEY);
  jp_sheet_writer_add_column (writer, "日期", JP_SHEET_COLUMN_DATE);
  jp_sheet_writer_add_column (writer, "时间", JP_SHEET_COLUMN_INSTANT);

  jp_sheet_writer_put_text (writer, "张三");
  jp_sheet_writer_put_integer (writer, 62);
  jp_sheet_writer_put_decimal (writer, -0.25);
  jp_sheet_writer_put_money (writer, 358050);
  jp_sheet_writer_put_date (writer, 20261124);
  jp_sheet_writer_put_instant (writer,
                               jp_date_to_instant (20261124, 9, 30) + 44 * JP_SECOND_US + 7);
  end_row (writer);

  jp_sheet_writer_put_text (writer, NULL);
  jp_sheet_writer_put_integer (writer, -1234567890123456789);
  jp_sheet_writer_put_empty (writer);
  jp_sheet_writer_put_money (writer, -1);
  jp_sheet_writer_put_date (writer, JP_DATE_NONE);
  end_row (writer);

  jp_sheet_writer_put_text (writer, "=1+1");
  jp_sheet_writer_put_integer (writer, 0);
  jp_sheet_writer_put_text (writer, "-");
  jp_sheet_writer_put_money (writer, 0);
  jp_sheet_writer_put_date (writer, 19000228);
  jp_sheet_writer_put_instant (writer, 0);
  end_row (writer);
  end_row (writer);
  finish (writer);
}

static void
test_types_xlsx (Fixture *fixture, gconstpointer user_data)
{
  write_all_types (fixture, JP_SHEET_FORMAT_XLSX);

  g_autoptr (JpSheet) sheet = read_back (fixture);

  jp_sheet_text_assert (sheet, "=1:姓名|学时|比例|学费|日期|时间\n"
                               " 2:张三|62#|-0.25#|3580.5#|2026-11-24@|2026-11-24 09:30:44@\n"
                               " 3:|-1234567890123456789||-0.01#\n"
                               " 4:=1+1|0#|-|0#|1900-02-28|1970-01-01 08:00:00@\n");
  g_assert_cmpstr (jp_sheet_get_name (sheet), ==, "学员-花名册-1-");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* The decimal point of a workbook does not depend on where the program runs. */
static void
test_decimal_comma (Fixture *fixture, gconstpointer user_data)
{
  static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8" };
  locale_t                 comma = (locale_t)0;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && comma == (locale_t)0; i++)
    comma = newlocale (LC_NUMERIC_MASK, names[i], (locale_t)0);

  if (comma == (locale_t)0)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }

  locale_t         usual = uselocale (comma);
  g_autofree char *text = g_strdup_printf ("%.1f", 0.5);

  test_types_xlsx (fixture, user_data);
  g_assert_true (uselocale (usual) == comma);
  g_assert_cmpstr (text, ==, "0,5");
  freelocale (comma);
}

static void
test_types_csv (Fixture *fixture, gconstpointer user_data)
{
  write_all_types (fixture, JP_SHEET_FORMAT_CSV);

  g_autofree char *contents = NULL;

  g_file_get_contents (fixture->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==,
                   "\xef\xbb\xbf姓名,学时,比例,学费,日期,时间\r\n"
                   "张三,62,-0.25,3580.50,2026-11-24,2026-11-24 09:30:44\r\n"
                   ",-1234567890123456789,,-0.01,,\r\n"
                   "'=1+1,0,'-,0.00,1900-02-28,1970-01-01 08:00:00\r\n"
                   ",,,,,\r\n");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_csv_quotes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, JP_SHEET_FORMAT_CSV, NULL);
  g_autofree char *contents = NULL;

  jp_sheet_writer_add_column (writer, "=a", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, "sep=b", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_put_text (writer, "x\"y\",z");
  jp_sheet_writer_put_text (writer, " ＝1");
  end_row (writer);
  jp_sheet_writer_put_text (writer, "\r\n");
  jp_sheet_writer_put_text (writer, "＝1");
  end_row (writer);
  finish (writer);

  g_file_get_contents (fixture->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==,
                   "\xef\xbb\xbf'=a,\"sep=b\"\r\n"
                   "\"x\"\"y\"\",z\",\" ＝1\"\r\n"
                   "\"'\r\n\",'＝1\r\n");
}

static void
test_no_rows (Fixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, formats[i], "");

      jp_sheet_writer_add_column (writer, "a", JP_SHEET_COLUMN_TEXT);
      finish (writer);

      g_autoptr (JpSheet) sheet = read_back (fixture);

      jp_sheet_text_assert (sheet, "=1:a\n");
    }
}

/* Pieces that are special to one of the formats, or to a spreadsheet program. */
static const char *const pieces[] = {
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "\r\n",
  "＝",
  "＋",
  "－",
  "＠",
  "'",
  "\"",
  ",",
  ";",
  "张三",
  "𠮷",
  "é",
  "e\xcc\x81",
  " ",
  "\x01",
  "\x1f",
  "\x7f",
  "_x",
  "_x0041_",
  "_x0041",
  "x000D_",
  "_",
  "0",
  "&",
  "<",
  ">",
  "]]>",
  "&lt;",
  "sep=;",
  "=\"1\"",
  "372901",
  "\xef\xbf\xbe",
  "a",
  "\xef\xbb\xbf",
  "\xc2\xa0",
  "\xe3\x80\x80",
  "http://x",
  "=HYPERLINK(1)",
  "1e5",
  "TRUE",
  "\xf4\x8f\xbf\xbf",
  "\xe2\x80\xae",
  "\xc2\x85",
};

static char *
random_text (JpIdSource *random)
{
  GString *text = g_string_new (NULL);
  guint    n_pieces = jp_id_source_below (random, 6);

  for (guint i = 0; i < n_pieces; i++)
    g_string_append (text, pieces[jp_id_source_below (random, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static void
check_cell (const JpSheetRow *row, guint column, const char *expected)
{
  g_autofree char *seen = g_strescape (jp_sheet_row_get_text (row, column), NULL);
  g_autofree char *wanted = g_strescape (expected, NULL);

  g_assert_cmpstr (seen, ==, wanted);
  g_assert_cmpint (jp_sheet_row_get_flags (row, column), ==, 0);
}

/* Whatever text is written is read again: as text, and unchanged. */
static void
check_round_trip (Fixture *fixture, JpSheetFormat format, JpIdSource *random)
{
  guint n_columns = 1 + jp_id_source_below (random, 5);
  guint n_rows = jp_id_source_below (random, JP_SHEET_WRITER_SAMPLE_ROWS * 2);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, format, NULL);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *label = random_text (random);
      char            *visible = g_strconcat (label, "x", NULL);

      g_ptr_array_add (texts, visible);
      jp_sheet_writer_add_column (writer, visible, JP_SHEET_COLUMN_TEXT);
    }

  for (guint i = 0; i < n_rows; i++)
    {
      for (guint k = 0; k < n_columns; k++)
        {
          g_autofree char *text = random_text (random);
          char            *kept = k == 0 ? g_strconcat (text, "k", NULL) : g_strdup (text);

          g_ptr_array_add (texts, kept);
          jp_sheet_writer_put_text (writer, kept);
        }

      end_row (writer);
    }

  finish (writer);

  g_autoptr (JpSheet) sheet = read_back (fixture);

  /* The header is row 1: with one column another row may look like a better one. */
  g_assert_cmpuint (jp_sheet_get_n_preamble (sheet) + 1 + jp_sheet_get_n_rows (sheet), ==,
                    n_rows + 1);
  for (guint i = 0; i <= n_rows; i++)
    {
      guint             n_above = jp_sheet_get_n_preamble (sheet);
      const JpSheetRow *row = i < n_above    ? jp_sheet_get_preamble (sheet, i)
                              : i == n_above ? jp_sheet_get_header (sheet)
                                             : jp_sheet_get_row (sheet, i - n_above - 1);

      g_assert_cmpuint (jp_sheet_row_get_number (row), ==, i + 1);
      for (guint k = 0; k < n_columns; k++)
        check_cell (row, k, g_ptr_array_index (texts, i * n_columns + k));
    }
}

static void
test_round_trip (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (0);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint i = 0; i < 30; i++)
    {
      check_round_trip (fixture, JP_SHEET_FORMAT_XLSX, random);
      check_round_trip (fixture, JP_SHEET_FORMAT_CSV, random);
    }
}

static void
test_escapes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (0);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));
  static const char *const parts[] = { "_",      "x",  "0",    "0041",    "_x0041_",
                                       "_x000D", "\r", "\x02", "_x005F_", "a" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n_parts = jp_id_source_below (random, 8);

      for (guint k = 0; k < n_parts; k++)
        g_string_append (text, parts[jp_id_source_below (random, G_N_ELEMENTS (parts))]);

      g_autofree char *escaped = jp_xlsx_strings_escape (text->str);
      g_autoptr (GString) again = g_string_new (escaped);

      jp_xlsx_strings_unescape (again);
      g_assert_cmpstr (again->str, ==, text->str);
      g_assert_null (strpbrk (escaped, "\r\x02"));
    }
}

static void
test_long_table (Fixture *fixture, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, formats[i], "x");

      jp_sheet_writer_add_column (writer, "n", JP_SHEET_COLUMN_INTEGER);
      jp_sheet_writer_add_column (writer, "text", JP_SHEET_COLUMN_TEXT);
      for (guint k = 0; k < 20000; k++)
        {
          jp_sheet_writer_put_integer (writer, k);
          jp_sheet_writer_put_text (writer, "学员");
          end_row (writer);
        }

      finish (writer);

      g_autoptr (JpSheet) sheet = read_back (fixture);

      g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, 20000);
      g_assert_cmpstr (jp_sheet_row_get_text (jp_sheet_get_row (sheet, 19999), 0), ==, "19999");
    }
}

static void
test_bad_texts (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *longest = g_strnfill (JP_SHEET_MAX_CELL_BYTES, 'x');
  g_autofree char *longer = g_strnfill (JP_SHEET_MAX_CELL_BYTES + 1, 'x');
  g_autofree char *controls = g_strnfill (JP_SHEET_MAX_CELL_BYTES, '\x01');
  const struct
  {
    const char      *text;
    JpDocumentsError code;
  } texts[] = {
    { longer, JP_DOCUMENTS_ERROR_TOO_LARGE },
    { "a\xff", JP_DOCUMENTS_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JpSheetWriter) writer =
        jp_sheet_writer_new (fixture->file, JP_SHEET_FORMAT_XLSX, NULL);
      g_autoptr (GError) error = NULL;

      jp_sheet_writer_add_column (writer, "a", JP_SHEET_COLUMN_TEXT);
      jp_sheet_writer_put_text (writer, texts[i].text);
      g_assert_false (jp_sheet_writer_end_row (writer, &error));
      g_assert_error (error, JP_DOCUMENTS_ERROR, (int)texts[i].code);
    }

  g_assert_cmpuint (count_files (fixture), ==, 0);

  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (fixture->file, JP_SHEET_FORMAT_XLSX, NULL);

  jp_sheet_writer_add_column (writer, "a", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_put_text (writer, longest);
  end_row (writer);
  finish (writer);

  g_autoptr (JpSheet) sheet = read_back (fixture);

  check_cell (jp_sheet_get_row (sheet, 0), 0, longest);
  g_assert_cmpuint (strlen (controls), ==, JP_SHEET_MAX_CELL_BYTES);
}

static void
write_rows (JpSheetWriter *writer, guint n_rows, GError **error)
{
  jp_sheet_writer_add_column (writer, "a", JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u %08x", i, i * 2654435761u);

      jp_sheet_writer_put_text (writer, text);
      if (!jp_sheet_writer_end_row (writer, error))
        return;
    }

  jp_sheet_writer_finish (writer, NULL, error);
}

static void
assert_old_file (Fixture *fixture)
{
  g_autofree char *contents = NULL;

  g_file_get_contents (fixture->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "old");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_replaces (Fixture *fixture, gconstpointer user_data)
{
  GStatBuf status;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) cancelled = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      g_file_set_contents (fixture->path, "old", -1, &error);
      g_assert_no_error (error);
      g_chmod (fixture->path, 0640);

      /* Dropped. */
      JpSheetWriter *dropped = jp_sheet_writer_new (fixture->file, formats[i], NULL);

      jp_sheet_writer_add_column (dropped, "a", JP_SHEET_COLUMN_TEXT);
      for (guint k = 0; k < JP_SHEET_WRITER_SAMPLE_ROWS * 2; k++)
        {
          jp_sheet_writer_put_text (dropped, "x");
          end_row (dropped);
        }

      jp_sheet_writer_put_text (dropped, "half a row");
      jp_sheet_writer_free (dropped);
      assert_old_file (fixture);

      /* Cancelled. */
      g_autoptr (JpSheetWriter) stopped = jp_sheet_writer_new (fixture->file, formats[i], NULL);

      jp_sheet_writer_add_column (stopped, "a", JP_SHEET_COLUMN_TEXT);
      g_cancellable_cancel (cancellable);
      g_assert_false (jp_sheet_writer_finish (stopped, cancellable, &cancelled));
      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&stopped, jp_sheet_writer_free);
      assert_old_file (fixture);

      /* Finished. */
      g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, formats[i], NULL);

      write_rows (writer, 3, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0640);
      g_assert_cmpint (status.st_size, >, 3);
    }
}

static void
test_bad_places (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GFile) missing = g_file_get_child (fixture->file, "no/such/folder.xlsx");
  g_autoptr (GFile) folder = g_file_new_for_path (jp_test_dir_get_path (fixture->dir));
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.org/a.xlsx");
  GFile *const files[] = { missing, folder, remote };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (formats); k++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (files[i], formats[k], NULL);

          write_rows (writer, 1, &error);
          g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO);
        }
    }

  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A limit on file sizes acts like a full disk: on the file itself, and on the temporary ones of
 * libxlsxwriter, which does not look. */
static void
test_disk_full (Fixture *fixture, gconstpointer user_data)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      for (rlim_t n_bytes = 64; n_bytes <= 64 * 1024; n_bytes *= 4)
        {
          struct rlimit full = { .rlim_cur = n_bytes, .rlim_max = limit.rlim_max };
          g_autoptr (GError) error = NULL;
          g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (fixture->file, formats[i], NULL);

          g_file_set_contents (fixture->path, "old", -1, NULL);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
          write_rows (writer, 5000, &error);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
          g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_NO_SPACE);
          g_clear_pointer (&writer, jp_sheet_writer_free);
          assert_old_file (fixture);
        }
    }
}

static void
test_guess_format (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char   *name;
    JpSheetFormat format;
  } names[] = {
    { "a.csv", JP_SHEET_FORMAT_CSV },    { "a.CSV", JP_SHEET_FORMAT_CSV },
    { "a.txt", JP_SHEET_FORMAT_CSV },    { "a.xlsx", JP_SHEET_FORMAT_XLSX },
    { "a.csv.x", JP_SHEET_FORMAT_XLSX }, { "csv", JP_SHEET_FORMAT_XLSX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (names[i].name);

      g_assert_cmpint (jp_sheet_writer_guess_format (file), ==, names[i].format);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/documents/sheet-writer/types-xlsx", Fixture, NULL, set_up, test_types_xlsx,
              tear_down);
  g_test_add ("/documents/sheet-writer/decimal-comma", Fixture, NULL, set_up, test_decimal_comma,
              tear_down);
  g_test_add ("/documents/sheet-writer/types-csv", Fixture, NULL, set_up, test_types_csv,
              tear_down);
  g_test_add ("/documents/sheet-writer/csv-quotes", Fixture, NULL, set_up, test_csv_quotes,
              tear_down);
  g_test_add ("/documents/sheet-writer/no-rows", Fixture, NULL, set_up, test_no_rows, tear_down);
  g_test_add ("/documents/sheet-writer/round-trip", Fixture, NULL, set_up, test_round_trip,
              tear_down);
  g_test_add ("/documents/sheet-writer/escapes", Fixture, NULL, set_up, test_escapes, tear_down);
  g_test_add ("/documents/sheet-writer/long-table", Fixture, NULL, set_up, test_long_table,
              tear_down);
  g_test_add ("/documents/sheet-writer/bad-texts", Fixture, NULL, set_up, test_bad_texts,
              tear_down);
  g_test_add ("/documents/sheet-writer/replaces", Fixture, NULL, set_up, test_replaces, tear_down);
  g_test_add ("/documents/sheet-writer/bad-places", Fixture, NULL, set_up, test_bad_places,
              tear_down);
  g_test_add ("/documents/sheet-writer/disk-full", Fixture, NULL, set_up, test_disk_full,
              tear_down);
  g_test_add ("/documents/sheet-writer/guess-format", Fixture, NULL, set_up, test_guess_format,
              tear_down);

  return g_test_run ();
}
