/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-strings.h"

#include <string.h>

#define ESCAPE_LENGTH 7u /* _xHHHH_ */
#define MAX_ITEM_BYTES                                                                             \
  (ESCAPE_LENGTH * JP_SHEET_MAX_CELL_BYTES) /* beyond, too long in any case                        \
                                             */

/* "_xHHHH", whatever follows. */
static gboolean
read_code (const char *text, gunichar *out_char)
{
  gunichar c = 0;

  if (text[0] != '_' || text[1] != 'x')
    return FALSE;

  for (guint i = 2; i < ESCAPE_LENGTH - 1; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;

      c = c * 16 + (gunichar)g_ascii_xdigit_value (text[i]);
    }

  *out_char = c;
  return TRUE;
}

static gboolean
read_escape (const char *text, gunichar *out_char)
{
  return read_code (text, out_char) && text[ESCAPE_LENGTH - 1] == '_';
}

/* What XML cannot hold, and the carriage return, which XML readers turn into a line feed. */
static gboolean
needs_escape (gunichar c)
{
  return (c < ' ' && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff;
}

/* Whether @text would be read as an escape, possibly together with the escape that follows it. */
static gboolean
looks_like_escape (const char *text)
{
  gunichar ignored = 0;

  if (!read_code (text, &ignored))
    return FALSE;

  text += ESCAPE_LENGTH - 1;
  return *text == '_' || (*text != '\0' && needs_escape (g_utf8_get_char (text)));
}

/**
 * jp_xlsx_strings_escape:
 * @text: a text, UTF-8
 *
 * The reverse of jp_xlsx_strings_unescape(). Pure; any thread.
 *
 * Returns: (transfer full): the text with escapes
 */
char *
jp_xlsx_strings_escape (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (needs_escape (c))
        g_string_append_printf (escaped, "_x%04X_", c);
      else if (looks_like_escape (text))
        g_string_append (escaped, "_x005F_");
      else
        g_string_append_unichar (escaped, c);
    }

  return g_string_free (escaped, FALSE);
}

static gunichar
join_surrogates (gunichar high, const char *next)
{
  gunichar low = 0;

  if (high < 0xd800 || high >= 0xdc00 || !read_escape (next, &low) || low < 0xdc00 || low >= 0xe000)
    return 0;

  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/**
 * jp_xlsx_strings_unescape:
 * @text: (inout): text of a workbook
 *
 * Replaces the escapes of characters that XML cannot hold, such as `_x000D_`. What cannot be a
 * character either becomes U+FFFD. Pure; any thread. Source: ECMA-376 part 1, 22.9.2.19.
 */
void
jp_xlsx_strings_unescape (GString *text)
{
  g_return_if_fail (text != NULL);

  if (strstr (text->str, "_x") == NULL)
    return;

  g_autofree char *escaped = g_strndup (text->str, text->len);
  const char      *p = escaped;
  gunichar         c = 0;

  g_string_truncate (text, 0);
  while (*p != '\0')
    {
      if (!read_escape (p, &c))
        {
          g_string_append_c (text, *p++);
          continue;
        }

      p += ESCAPE_LENGTH;

      gunichar joined = join_surrogates (c, p);

      if (joined != 0)
        {
          c = joined;
          p += ESCAPE_LENGTH;
        }

      g_string_append_unichar (text, c != 0 && g_unichar_validate (c) ? c : 0xfffd);
    }
}

/**
 * jp_xlsx_strings_read_item:
 * @xml: a walk at the start of @element
 * @element: `si` or `is`
 * @out_text: (out caller-allocates): the text; replaced
 * @error: return location for a #JpDocumentsError
 *
 * Reads one string: its plain text, or the runs of differently formatted text one after the other,
 * without the readings ("phonetic") that East Asian programs add.
 *
 * Returns: %TRUE at the end of @element, or %FALSE with an error
 */
gboolean
jp_xlsx_strings_read_item (JpXlsxXml *xml, const char *element, GString *out_text, GError **error)
{
  g_return_val_if_fail (xml != NULL, FALSE);
  g_return_val_if_fail (element != NULL, FALSE);
  g_return_val_if_fail (out_text != NULL, FALSE);

  gboolean in_text = FALSE;
  guint    n_phonetic = 0;

  g_string_truncate (out_text, 0);
  while (TRUE)
    {
      switch (jp_xlsx_xml_next (xml, error))
        {
        case JP_XLSX_XML_START:
          n_phonetic += jp_xlsx_xml_is (xml, "rPh");
          in_text = n_phonetic == 0 && jp_xlsx_xml_is (xml, "t");
          break;

        case JP_XLSX_XML_TEXT:
          if (in_text && out_text->len <= MAX_ITEM_BYTES)
            g_string_append (out_text, jp_xlsx_xml_get_text (xml));
          break;

        case JP_XLSX_XML_END:
          in_text = FALSE;
          n_phonetic -= n_phonetic > 0 && jp_xlsx_xml_is (xml, "rPh");
          if (jp_xlsx_xml_is (xml, element))
            {
              jp_xlsx_strings_unescape (out_text);
              return TRUE;
            }
          break;

        case JP_XLSX_XML_FINISHED:
        case JP_XLSX_XML_FAILED:
        default:
          return FALSE;
        }
    }
}

static gboolean
add_string (GPtrArray *strings, const GString *text, JpSheetBuilder *builder, GError **error)
{
  const char *interned = NULL;

  if (strings->len >= JP_SHEET_MAX_CELLS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the workbook has more than %u texts", JP_SHEET_MAX_CELLS);
      return FALSE;
    }

  /* Another worksheet may use it: only a cell that refers to it is refused. */
  if (text->len <= JP_SHEET_MAX_CELL_BYTES)
    {
      interned = jp_sheet_builder_intern (builder, text->str, text->len, error);
      if (interned == NULL)
        return FALSE;
    }

  g_ptr_array_add (strings, (gpointer)interned);
  return TRUE;
}

/**
 * jp_xlsx_strings_read:
 * @xml: a walk through the part with the shared strings
 * @builder: keeps the texts
 * @error: return location for a #JpDocumentsError
 *
 * Reads the texts that cells refer to by number.
 *
 * Returns: (transfer container) (element-type utf8): the texts; %NULL for one that is too long for
 *   a cell; or %NULL with an error
 */
GPtrArray *
jp_xlsx_strings_read (JpXlsxXml *xml, JpSheetBuilder *builder, GError **error)
{
  g_return_val_if_fail (xml != NULL, NULL);
  g_return_val_if_fail (builder != NULL, NULL);

  g_autoptr (GPtrArray) strings = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  while (TRUE)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return NULL;

      if (event == JP_XLSX_XML_FINISHED)
        return g_steal_pointer (&strings);

      if (event != JP_XLSX_XML_START || !jp_xlsx_xml_is (xml, "si"))
        continue;

      if (!jp_xlsx_strings_read_item (xml, "si", text, error) ||
          !add_string (strings, text, builder, error))
        return NULL;
    }
}
