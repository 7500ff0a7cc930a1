/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper.h"

#include "jp-date.h"
#include "jp-paper-reader.h"
#include "jp-test-dir.h"

#include <string.h>

#define MADE_AT_US (G_GINT64_CONSTANT (1795500000) * JP_SECOND_US)

static JpPaper *
new_paper (gboolean is_landscape)
{
  const JpPaperSetup setup = { .title = "布局测试",
                               .author = "菏泽市曹州驾校",
                               .footer = "页脚",
                               .created_at_us = MADE_AT_US,
                               .is_landscape = is_landscape };
  g_autoptr (GError) error = NULL;
  JpPaper *paper = jp_paper_new (&setup, &error);

  g_assert_no_error (error);
  return paper;
}

static void
add_table (JpPaper *paper, guint n_rows)
{
  const JpPaperColumn columns[] = {
    { "行号", 40, JP_PAPER_END, FALSE },
    { "学员", 0, JP_PAPER_START, FALSE },
    { "金额", 90, JP_PAPER_END, TRUE },
  };

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *name = g_strdup_printf ("学员第%u号", i + 1);

      jp_paper_add_row (paper, (const char *[]){ number, name, "¥1,104.00" });
    }
  jp_paper_add_total (paper, (const char *[]){ NULL, "合计", "¥220,800.00" });
}

static guint
count (const char *text, const char *needle)
{
  guint n = 0;

  for (const char *p = strstr (text, needle); p != NULL; p = strstr (p + 1, needle))
    n++;
  return n;
}

static void
test_text (void)
{
  static const char *const needles[] = { "一段中文，有标点。", "第二行", "项目",
                                         "值在这里",           "甲方",   NULL };
  const JpPaperPair pairs[] = { { "项目", "值在这里", FALSE }, { "空", NULL, FALSE } };
  const char *const labels[] = { "甲方", "乙方", NULL };
  g_autoptr (JpPaper) paper = new_paper (FALSE);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fonts = NULL;
  g_autofree char *info = NULL;
  g_auto (GStrv) lines = NULL;

  if (jp_paper_reader_skip ())
    return;

  jp_paper_add_text (paper, JP_PAPER_TITLE, "标题");
  jp_paper_add_text (paper, JP_PAPER_BODY, "一段中文，有标点。\n第二行");
  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
  jp_paper_add_answer (paper, "一句话的回答。");
  jp_paper_add_signatures (paper, labels);
  pdf = jp_paper_reader_write (paper, "paper-text");
  text = jp_paper_reader_get_text (pdf, FALSE);
  jp_paper_reader_assert_has (text, needles);

  /* Every font is embedded, cut down to what is used, and can be read back. */
  fonts = jp_paper_reader_get_fonts (pdf);
  lines = g_strsplit (fonts, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 4);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_regex_match_simple (" yes (yes|no) +yes +\\d+ +\\d+$", lines[i], 0, 0));
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 300000);

  info = jp_paper_reader_get_info (pdf);
  g_assert_nonnull (strstr (info, "布局测试"));
  g_assert_nonnull (strstr (info, "菏泽市曹州驾校"));
  g_assert_nonnull (strstr (info, "CreationDate:    20261124"));
  g_assert_nonnull (strstr (info, "A4"));
}

/* No glyph is lost on the way: 如 is one that cairo 1.16 leaves out of a font that it cuts down.
 * The page is drawn by poppler, and the lines with and without it must differ. */
static void
test_every_glyph (void)
{
  static const char *const texts[] = { "终端如实记录", "终端　实记录" };
  GBytes                  *pictures[G_N_ELEMENTS (texts)] = { NULL };

  if (jp_paper_reader_skip ())
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JpPaper) paper = new_paper (FALSE);
      g_autoptr (GBytes) pdf = NULL;

      jp_paper_add_text (paper, JP_PAPER_BODY, texts[i]);
      pdf = jp_paper_reader_write (paper, "paper-glyph");
      pictures[i] = jp_paper_reader_draw (pdf);
    }
  g_assert_false (g_bytes_equal (pictures[0], pictures[1]));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_bytes_unref (pictures[i]);
}

/* Nothing but the input decides: not the time, not what was made before. */
static void
test_same_bytes (void)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JpPaper) paper = new_paper (FALSE);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (GError) error = NULL;

      jp_paper_add_text (paper, JP_PAPER_HEADING, "同样的输入");
      add_table (paper, 60);
      other = jp_paper_to_pdf (paper, &error);
      g_assert_no_error (error);
      if (i == 0)
        first = g_steal_pointer (&other);
      else
        second = g_steal_pointer (&other);
    }
  g_assert_true (g_bytes_equal (first, second));
}

/* A paper may be drawn again, as print and preview do. */
static void
test_draw_twice (void)
{
  g_autoptr (JpPaper) paper = new_paper (FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  add_table (paper, 60);
  first = jp_paper_to_pdf (paper, &error);
  g_assert_no_error (error);
  second = jp_paper_to_pdf (paper, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_table_over_pages (void)
{
  const guint n_rows = 200;
  g_autoptr (JpPaper) paper = new_paper (TRUE);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint            n_pages = 0;

  if (jp_paper_reader_skip ())
    return;

  add_table (paper, n_rows);
  n_pages = jp_paper_get_n_pages (paper);
  g_assert_cmpuint (n_pages, >, 5);
  pdf = jp_paper_reader_write (paper, "paper-table");
  text = jp_paper_reader_get_text (pdf, FALSE);
  g_assert_cmpuint (count (text, "学员第"), ==, n_rows);
  g_assert_cmpuint (count (text, "行号"), ==, n_pages);

  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *part = jp_paper_reader_get_page (pdf, page);
      g_autofree char *number = g_strdup_printf ("page %u of %u", page + 1, n_pages);

      g_assert_nonnull (strstr (part, number));
      g_assert_nonnull (strstr (part, "页脚"));
      g_assert_cmpuint (count (part, "行号"), ==, 1);
      g_assert_cmpuint (count (part, "学员第"), >, 0);
    }
}

/* A heading is never the last line of a page; a paragraph is not cut at its first or last line. */
static void
test_kept_together (void)
{
  if (jp_paper_reader_skip ())
    return;

  for (guint n_before = 34; n_before < 52; n_before++)
    {
      g_autoptr (JpPaper) paper = new_paper (FALSE);
      g_autoptr (GBytes) pdf = NULL;
      gboolean found = FALSE;

      for (guint i = 0; i < n_before; i++)
        jp_paper_add_text (paper, JP_PAPER_BODY, "填充一行。");
      jp_paper_add_text (paper, JP_PAPER_HEADING, "这是小标题");
      jp_paper_add_text (paper, JP_PAPER_BODY, "紧跟其后的正文。");
      pdf = jp_paper_reader_write (paper, "paper-kept");
      for (guint page = 0; page < jp_paper_get_n_pages (paper); page++)
        {
          g_autofree char *part = jp_paper_reader_get_page (pdf, page);

          if (strstr (part, "这是小标题") == NULL)
            continue;
          found = TRUE;
          g_assert_nonnull (strstr (part, "紧跟其后的正文"));
        }
      g_assert_true (found);
    }
}

/* A cell that no page could hold ends in dots; one that fits is whole, and nothing is drawn twice.
 */
static void
test_long_cells (void)
{
  const JpPaperColumn columns[] = { { "说明", 0, JP_PAPER_START, FALSE },
                                    { "窄", 40, JP_PAPER_START, FALSE } };
  g_autoptr (JpPaper) paper = new_paper (FALSE);
  g_autoptr (GString) endless = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  for (guint i = 0; i < 1000; i++)
    g_string_append (endless, "很长的一句话。");
  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  jp_paper_add_row (paper, (const char *[]){ "阿卜杜热西提·阿卜杜拉热合曼江", "¥100,000.00" });
  jp_paper_add_row (paper, (const char *[]){ endless->str, endless->str });
  jp_paper_add_row (paper, (const char *[]){ "末行", NULL });
  g_assert_cmpuint (jp_paper_get_n_pages (paper), <=, 3);
  pdf = jp_paper_reader_write (paper, "paper-long");
  text = jp_paper_reader_get_text (pdf, FALSE);
  g_assert_nonnull (strstr (text, "阿卜杜热西提·阿卜杜拉热合曼江"));
  g_assert_nonnull (strstr (text, "…"));
  g_assert_nonnull (strstr (text, "末行"));
}

static void
test_save (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "文件.pdf");
  g_autofree char *nowhere = jp_test_dir_build (dir, "没有/文件.pdf");
  g_autofree char *data = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path (nowhere);
  g_autoptr (JpPaper) paper = new_paper (FALSE);
  g_autoptr (GError) error = NULL;

  jp_paper_add_text (paper, JP_PAPER_BODY, "正文");
  g_assert_true (jp_paper_save (paper, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, NULL, &error));
  g_assert_true (g_str_has_prefix (data, "%PDF-1."));

  g_assert_false (jp_paper_save (paper, missing, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO);
}

static void
no_font_subprocess (void)
{
  const JpPaperSetup setup = { .title = "无字体" };
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_paper_new (&setup, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_NO_FONT);
  g_assert_nonnull (strstr (jp_documents_error_get_sentence (error->code), "Noto Sans CJK"));
}

/* A machine whose only fonts are in a folder without Chinese ones. */
static void
test_no_font (void)
{
  g_autoptr (JpTestDir) dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *config = NULL;

  if (g_test_subprocess ())
    {
      no_font_subprocess ();
      return;
    }

  dir = jp_test_dir_new ();
  path = jp_test_dir_build (dir, "fonts.conf");
  config = g_strdup_printf ("<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                            "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>"
                            "<cachedir>%s</cachedir></fontconfig>",
                            jp_test_dir_get_path (dir));
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  g_setenv ("FONTCONFIG_FILE", path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("FONTCONFIG_FILE");
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/paper/text", test_text);
  g_test_add_func ("/documents/paper/every-glyph", test_every_glyph);
  g_test_add_func ("/documents/paper/same-bytes", test_same_bytes);
  g_test_add_func ("/documents/paper/draw-twice", test_draw_twice);
  g_test_add_func ("/documents/paper/table-over-pages", test_table_over_pages);
  g_test_add_func ("/documents/paper/kept-together", test_kept_together);
  g_test_add_func ("/documents/paper/long-cells", test_long_cells);
  g_test_add_func ("/documents/paper/save", test_save);
  g_test_add_func ("/documents/paper/no-font", test_no_font);

  return g_test_run ();
}
