/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-csv-text.h"

#include <string.h>

/* Text files carry no name of their encoding. Excel and WPS in China write GBK, of which GB18030 is
 * the superset; "Unicode text" is UTF-16 with a byte order mark; everything else is UTF-8. */

typedef struct
{
  const char *mark;
  gsize       n_mark;
  const char *encoding;
} ByteOrderMark;

static const ByteOrderMark byte_order_marks[] = {
  { "\xef\xbb\xbf", 3, "UTF-8" },
  { "\xff\xfe", 2, "UTF-16LE" },
  { "\xfe\xff", 2, "UTF-16BE" },
};

static char *
convert (const char *data, gsize n_bytes, const char *encoding, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize            n_out = 0;
  g_autofree char *text =
    g_convert (data, (gssize)n_bytes, "UTF-8", encoding, NULL, &n_out, &reason);

  if (text == NULL)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_ENCODING,
                   "the text is not valid %s", encoding);
      return NULL;
    }

  if (!g_utf8_validate_len (text, n_out, NULL))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_ENCODING,
                   "the text contains NUL characters");
      return NULL;
    }

  return g_steal_pointer (&text);
}

static char *
decode_as (const char *data, gsize n_bytes, const char *encoding, GError **error)
{
  if (!g_str_equal (encoding, "UTF-8"))
    return convert (data, n_bytes, encoding, error);

  if (g_utf8_validate_len (data, n_bytes, NULL))
    return g_strndup (data, n_bytes);

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_ENCODING,
               "the text is not valid UTF-8");
  return NULL;
}

/**
 * jp_csv_text_decode:
 * @bytes: the contents of a text file
 * @out_encoding: (out) (transfer none): the encoding found, a constant; untouched on error
 * @error: return location for a #JpDocumentsError
 *
 * Turns the text into UTF-8. A byte order mark decides (and goes); without one it is UTF-8 if every
 * byte agrees, else GB18030. Any thread.
 *
 * Returns: (transfer full): the text, or %NULL with %JP_DOCUMENTS_ERROR_ENCODING
 */
char *
jp_csv_text_decode (GBytes *bytes, const char **out_encoding, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (out_encoding != NULL, NULL);

  gsize       n_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &n_bytes);
  const char *encoding = NULL;

  if (data == NULL)
    data = ""; /* an empty GBytes has no data */

  for (gsize i = 0; encoding == NULL && i < G_N_ELEMENTS (byte_order_marks); i++)
    {
      const ByteOrderMark *mark = &byte_order_marks[i];

      if (n_bytes >= mark->n_mark && memcmp (data, mark->mark, mark->n_mark) == 0)
        {
          encoding = mark->encoding;
          data += mark->n_mark;
          n_bytes -= mark->n_mark;
        }
    }

  if (encoding == NULL)
    encoding = g_utf8_validate_len (data, n_bytes, NULL) ? "UTF-8" : "GB18030";

  char *text = decode_as (data, n_bytes, encoding, error);

  if (text != NULL)
    *out_encoding = encoding;
  return text;
}
