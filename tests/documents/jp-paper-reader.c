/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-reader.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/**
 * jp_paper_reader_use_chinese:
 *
 * Prints in Chinese from now on; the translations are those of the build.
 */
void
jp_paper_reader_use_chinese (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("JP_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/**
 * jp_paper_reader_skip:
 *
 * Returns: whether the test is skipped because poppler's tools are not installed
 */
gboolean
jp_paper_reader_skip (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");

  if (program == NULL)
    g_test_skip ("poppler-utils is not installed");
  return program == NULL;
}

/**
 * jp_paper_reader_write:
 * @paper: a paper
 * @name: a name for the file, without its ending
 *
 * Returns: (transfer full): the paper as PDF
 */
GBytes *
jp_paper_reader_write (JpPaper *paper, const char *name)
{
  const char *folder = g_getenv ("JP_PAPER_FOLDER");
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jp_paper_to_pdf (paper, &error);

  g_assert_no_error (error);
  if (folder != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.pdf", folder, name);

      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf),
                           &error);
      g_assert_no_error (error);
    }
  return pdf;
}

/* Runs a tool with @options, the file and, for those that write one, "-". */
static GBytes *
run (GBytes *pdf, const char *const *options, gboolean to_output)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) tool = NULL;
  GBytes *output = NULL;
  int     descriptor = g_file_open_tmp ("paper-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);

  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)options[i]);
  g_ptr_array_add (arguments, path);
  if (to_output)
    g_ptr_array_add (arguments, (gpointer) "-");
  g_ptr_array_add (arguments, NULL);

  tool = g_subprocess_newv ((const char *const *)arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                            &error);
  g_assert_no_error (error);
  g_subprocess_communicate (tool, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (tool));
  g_remove (path);
  return output;
}

static char *
run_for_text (GBytes *pdf, const char *const *options, gboolean to_output)
{
  g_autoptr (GBytes) output = run (pdf, options, to_output);
  char *text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));

  g_assert_true (g_utf8_validate (text, -1, NULL));
  return text;
}

/**
 * jp_paper_reader_draw:
 * @pdf: a PDF
 *
 * Returns: (transfer full): a picture of its first page
 */
GBytes *
jp_paper_reader_draw (GBytes *pdf)
{
  const char *const options[] = { "pdftoppm", "-r", "72", "-gray", "-l", "1", NULL };

  return run (pdf, options, FALSE);
}

/**
 * jp_paper_reader_get_text:
 * @pdf: a PDF
 * @with_layout: as it stands on the page, else as it was written
 *
 * Returns: (transfer full): its text
 */
char *
jp_paper_reader_get_text (GBytes *pdf, gboolean with_layout)
{
  const char *const options[] = { "pdftotext", "-enc", "UTF-8", with_layout ? "-layout" : "-raw",
                                  NULL };

  return run_for_text (pdf, options, TRUE);
}

/**
 * jp_paper_reader_get_page:
 * @pdf: a PDF
 * @page: which page, from 0
 *
 * Returns: (transfer full): the text of one page
 */
char *
jp_paper_reader_get_page (GBytes *pdf, guint page)
{
  g_autofree char  *number = g_strdup_printf ("%u", page + 1);
  const char *const options[] = { "pdftotext", "-enc", "UTF-8", "-raw", "-f",
                                  number,      "-l",   number,  NULL };

  return run_for_text (pdf, options, TRUE);
}

/**
 * jp_paper_reader_get_fonts:
 * @pdf: a PDF
 *
 * Returns: (transfer full): what pdffonts says of its fonts, a line each below two of head
 */
char *
jp_paper_reader_get_fonts (GBytes *pdf)
{
  const char *const options[] = { "pdffonts", NULL };

  return run_for_text (pdf, options, FALSE);
}

/**
 * jp_paper_reader_get_info:
 * @pdf: a PDF
 *
 * Returns: (transfer full): its metadata, with the dates as they are in the file
 */
char *
jp_paper_reader_get_info (GBytes *pdf)
{
  const char *const options[] = { "pdfinfo", "-enc", "UTF-8", "-rawdates", NULL };

  return run_for_text (pdf, options, FALSE);
}

/* Lines of a cell and gaps of the layout are no difference. */
static char *
squeeze (const char *text)
{
  g_autoptr (GString) squeezed = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0x0c)
      g_string_append_unichar (squeezed, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&squeezed), FALSE);
}

/**
 * jp_paper_reader_assert_has:
 * @text: the text of a paper
 * @needles: (array zero-terminated=1): what must be in it, whatever the line ends
 */
void
jp_paper_reader_assert_has (const char *text, const char *const *needles)
{
  g_autofree char *hay = squeeze (text);

  for (guint i = 0; needles[i] != NULL; i++)
    {
      g_autofree char *needle = squeeze (needles[i]);

      if (strstr (hay, needle) == NULL)
        g_error ("“%s” is not in: %s", needles[i], text);
    }
}
