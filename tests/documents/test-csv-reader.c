/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-csv-guard.h"
#include "jp-sheet.h"

#include "jp-sheet-text.h"

#include <string.h>

static JpSheet *
read_bytes (const char *data, gsize n_bytes, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_bytes);

  return jp_sheet_read_bytes (bytes, NULL, error);
}

static void
assert_reads (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = read_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  jp_sheet_text_assert (sheet, expected);
}

static void
assert_fails (const char *data, gsize n_bytes, JpDocumentsError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = read_bytes (data, n_bytes, &error);

  g_assert_error (error, JP_DOCUMENTS_ERROR, (int)code);
  g_assert_null (sheet);
}

static void
test_plain (void)
{
  assert_reads ("a,b\n1,2\n", "=1:a|b\n 2:1|2\n");
  assert_reads ("a,b\n1,2", "=1:a|b\n 2:1|2\n");
  assert_reads ("a,b\r\n1,2\r\n", "=1:a|b\n 2:1|2\n");
  assert_reads ("a,b\r1,2\r", "=1:a|b\n 2:1|2\n");
  assert_reads ("a,b\n1,,\n", "=1:a|b\n 2:1\n");
  assert_reads ("", "");
  assert_reads ("\n\n", "");
}

static void
test_quotes (void)
{
  assert_reads ("a,b\n\"x,\"\"y\"\"\r\nz\",2\n", "=1:a|b\n 2:x,\"y\"\\x0d\\x0az|2\n");
  assert_reads ("a,b\n\"\",2\n", "=1:a|b\n 2:|2\n");
  assert_reads ("a,b\nx\"y,2\n", "=1:a|b\n 2:x\"y|2\n");
  assert_reads ("a,b\n\"x\"y,2\n", "=1:a|b\n 2:xy|2\n");
  assert_fails ("a,b\n\"x,2\n", 9, JP_DOCUMENTS_ERROR_INVALID);
}

/* A quoted line end does not count, as in a spreadsheet program; a blank row does. */
static void
test_row_numbers (void)
{
  assert_reads ("a,b\n\n\"1\n2\",x\n,\n \t,\343\200\200\n3,4\n", "=1:a|b\n 3:1\\x0a2|x\n 6:3|4\n");
}

static void
test_delimiters (void)
{
  assert_reads ("a;b;c\n1,5;2;3\n", "=1:a|b|c\n 2:1,5|2|3\n");
  assert_reads ("a\tb\n1,5\t2\n", "=1:a|b\n 2:1,5|2\n");
  assert_reads ("\"a;b;c\",d\n1,2\n", "=1:a;b;c|d\n 2:1|2\n");
  assert_reads ("Title\na;b\n1;2\n", "-1:Title\n=2:a|b\n 3:1|2\n");
  assert_reads ("sep=;\na,x;b\n1;2\n", "=1:a,x|b\n 2:1|2\n");
  assert_reads ("sep=ab\n1\n", "=1:sep=ab\n 2:1\n");
  assert_reads ("a\n1\n", "=1:a\n 2:1\n");
}

static void
test_text_formulas (void)
{
  assert_reads ("a,b\n=\"00123\",\"=\"\"372\"\"\"\n", "=1:a|b\n 2:00123|372\n");
  assert_reads ("a,b\n'=\"1\",=1+1\n", "=1:a|b\n 2:=\"1\"|=1+1\n");
  assert_reads ("a,b\n=\"\",=\"\"\"\"\n", "=1:a|b\n 2:|\"\n");
}

static void
test_guards (void)
{
  static const char *const needed[] = {
    "=1",
    "+1",
    "-1",
    "@a",
    "\ta",
    "\ra",
    "\na",
    "'=1",
    "''-",
    "\357\274\235a",
    "\357\274\213a",
    "\357\274\215a",
    "\357\274\240a",
  };
  static const char *const not_needed[] = { "", "a", "1", " =", "'", "'a", "a=1" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *guarded = g_strconcat ("'", needed[i], NULL);

      g_assert_true (jp_csv_guard_is_needed (needed[i]));
      g_assert_cmpstr (jp_csv_guard_strip (guarded), ==, needed[i]);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (not_needed); i++)
    {
      g_assert_false (jp_csv_guard_is_needed (not_needed[i]));
      g_assert_cmpstr (jp_csv_guard_strip (not_needed[i]), ==, not_needed[i]);
    }

  assert_reads ("a,b\n'+86,-5\n", "=1:a|b\n 2:+86|-5\n");
  assert_reads ("a,b\n'a,''=\n", "=1:a|b\n 2:'a|'=\n");
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *name;
    const char *encoding;
  } files[] = {
    { "roster-utf8-bom.csv", "UTF-8" },
    { "roster-gb18030.csv", "GB18030" },
    { "roster-utf16le.txt", "UTF-16LE" },
    { "roster-utf16be.txt", "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpSheet) sheet = jp_sheet_text_read_data (files[i].name, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (jp_sheet_get_encoding (sheet), ==, files[i].encoding);
      g_assert_null (jp_sheet_get_name (sheet));
      jp_sheet_text_assert (sheet, "=1:姓名|证件号码|手机号|备注\n"
                                   " 2:张三|372901199003078888|13805300001\n"
                                   " 4:李𠮷,四|37290119910101123X|13905300002|第一行\\x0a第二行\n");
    }
}

static void
test_bad_encodings (void)
{
  assert_fails ("a,b\n\xff\x80,\x81\n", 9, JP_DOCUMENTS_ERROR_ENCODING);
  assert_fails ("\xef\xbb\xbf"
                "a\xff",
                5, JP_DOCUMENTS_ERROR_ENCODING);
  assert_fails ("\xff\xfe"
                "a\0\0\xd8",
                6, JP_DOCUMENTS_ERROR_ENCODING);
  assert_fails ("a,b\n\0,1\n", 8, JP_DOCUMENTS_ERROR_ENCODING);
}

static void
test_other_formats (void)
{
  static const char old_excel[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on E\0E\0n\0";
  static const char encrypted[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 "
                                  "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

  assert_fails (old_excel, sizeof old_excel, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_fails (encrypted, sizeof encrypted, JP_DOCUMENTS_ERROR_ENCRYPTED);
  assert_fails (" <html>", 7, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_fails ("<?xml version='1.0'?>", 21, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_fails ("<!DOCTYPE html>", 15, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_fails ("<META charset='gbk'>", 20, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_fails ("<table>", 7, JP_DOCUMENTS_ERROR_UNSUPPORTED);
  assert_reads ("<5,b\n1,2\n", "=1:<5|b\n 2:1|2\n");
  assert_reads ("\"<table>\",b\n1,2\n", "=1:<table>|b\n 2:1|2\n");
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");

  for (guint i = 0; i < JP_SHEET_MAX_CELL_BYTES; i++)
    g_string_append_c (text, 'x');

  g_autoptr (JpSheet) sheet = read_bytes (text->str, text->len, NULL);

  g_assert_nonnull (sheet);
  g_string_append_c (text, 'x');
  assert_fails (text->str, text->len, JP_DOCUMENTS_ERROR_TOO_LARGE);

  g_string_assign (text, "a,b\n");
  for (guint i = 1; i < JP_SHEET_MAX_COLUMNS; i++)
    g_string_append (text, "x,");

  g_autoptr (JpSheet) wide = NULL;

  g_string_append (text, "x,,,,,,\n");
  wide = read_bytes (text->str, text->len, NULL);
  g_assert_nonnull (wide);
  g_assert_cmpuint (jp_sheet_get_n_columns (wide), ==, JP_SHEET_MAX_COLUMNS);
  g_string_append (text, ",,");
  for (guint i = 1; i < JP_SHEET_MAX_COLUMNS; i++)
    g_string_append (text, "x,");
  assert_fails (text->str, text->len, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
test_files (void)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/roster.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\n", 4);

  g_assert_null (jp_sheet_read_file (file, NULL, &missing));
  g_assert_error (missing, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO);

  g_cancellable_cancel (cancellable);
  g_assert_null (jp_sheet_read_bytes (bytes, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/csv-reader/plain", test_plain);
  g_test_add_func ("/documents/csv-reader/quotes", test_quotes);
  g_test_add_func ("/documents/csv-reader/row-numbers", test_row_numbers);
  g_test_add_func ("/documents/csv-reader/delimiters", test_delimiters);
  g_test_add_func ("/documents/csv-reader/text-formulas", test_text_formulas);
  g_test_add_func ("/documents/csv-reader/guards", test_guards);
  g_test_add_func ("/documents/csv-reader/encodings", test_encodings);
  g_test_add_func ("/documents/csv-reader/bad-encodings", test_bad_encodings);
  g_test_add_func ("/documents/csv-reader/other-formats", test_other_formats);
  g_test_add_func ("/documents/csv-reader/limits", test_limits);
  g_test_add_func ("/documents/csv-reader/files", test_files);

  return g_test_run ();
}
