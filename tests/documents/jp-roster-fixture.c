/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-roster-fixture.h"

#include "jp-check-id.h"
#include "jp-sheet-writer.h"

#include <string.h>

#define ID_CHARS     18
#define MOBILE_CHARS 11

static const char *const families[] = { "王", "李", "张", "刘", "陈", "单", "仇", "解", "欧阳" };
static const char *const given[] = { "伟", "秀英", "明朗", "静", "志远", "雅楠", "海涛" };
static const char *const types[] = { "C1", "C1", "C2" };

char *
jp_roster_fixture_dup_id_number (guint i)
{
  JpDate           birth_date = jp_date_add_days (19750101, (int)(i * 5 % 10000));
  g_autofree char *body = g_strdup_printf ("371702%08d%03u", birth_date, i % 1000);

  return g_strdup_printf ("%s%c", body, jp_check_id_compute_last (body));
}

char *
jp_roster_fixture_dup_mobile (guint i)
{
  return g_strdup_printf ("199%08u", 53000000 + i);
}

static void
put_row (JpSheetWriter *writer, guint i)
{
  g_autofree char *name =
    g_strconcat (families[i % G_N_ELEMENTS (families)], given[i / 9 % G_N_ELEMENTS (given)], NULL);
  g_autofree char *number = jp_roster_fixture_dup_id_number (i);
  g_autofree char *mobile = jp_roster_fixture_dup_mobile (i);
  g_autofree char *address = g_strdup_printf ("菏泽市牡丹区人民路%u号", i + 1);
  gboolean         male = jp_check_id_is_male (number);

  jp_sheet_writer_put_text (writer, name);
  jp_sheet_writer_put_text (writer, male ? "男" : "女");
  jp_sheet_writer_put_text (writer, number);
  jp_sheet_writer_put_text (writer, mobile);
  jp_sheet_writer_put_text (writer, address);
  jp_sheet_writer_put_text (writer, types[i % G_N_ELEMENTS (types)]);
  jp_sheet_writer_put_date (writer, jp_date_add_days (20250101, (int)(i % 600)));
}

void
jp_roster_fixture_write (const char *path, guint n_rows)
{
  static const char *const labels[] = { "学员姓名", "性别",     "身份证号码", "联系电话",
                                        "家庭住址", "准驾车型", "报名日期" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file), "花名册");

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    jp_sheet_writer_add_column (writer, labels[i],
                                i == 6 ? JP_SHEET_COLUMN_DATE : JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; i < n_rows; i++)
    {
      put_row (writer, i);
      jp_sheet_writer_end_row (writer, &error);
      g_assert_no_error (error);
    }
  jp_sheet_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_known (GHashTable *numbers, const char *at, gsize length)
{
  g_autofree char *number = g_strndup (at, length);

  return g_hash_table_contains (numbers, number);
}

gboolean
jp_roster_fixture_leaks (const char *bytes, gsize length_bytes, guint n_rows)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      g_hash_table_add (numbers, jp_roster_fixture_dup_id_number (i));
      g_hash_table_add (numbers, jp_roster_fixture_dup_mobile (i));
    }
  for (gsize at = 0; at + MOBILE_CHARS <= length_bytes; at++)
    {
      if (!g_ascii_isdigit (bytes[at]) || !g_ascii_isdigit (bytes[at + MOBILE_CHARS - 1]))
        continue;
      if (is_known (numbers, bytes + at, MOBILE_CHARS) ||
          (at + ID_CHARS <= length_bytes && is_known (numbers, bytes + at, ID_CHARS)))
        return TRUE;
    }
  return FALSE;
}

void
jp_roster_fixture_assert_no_leak (const char *folder, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);

  g_assert_no_error (error);
  for (const char *name = NULL; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length_bytes = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          jp_roster_fixture_assert_no_leak (path, n_rows);
          continue;
        }
      g_assert_true (g_file_get_contents (path, &bytes, &length_bytes, &error));
      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", name, length_bytes);
      g_assert_false (jp_roster_fixture_leaks (bytes, length_bytes, n_rows));
    }
}
