/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-count.h"

/**
 * jp_count_format:
 * @count: how many
 *
 * Writes a count as people read it, whatever the locale: "2,013", with U+2212 if it is negative.
 *
 * Returns: (transfer full): the text
 */
char *
jp_count_format (gint64 count)
{
  guint64  rest = count < 0 ? -(guint64)count : (guint64)count;
  GString *text = g_string_new (NULL);

  do
    {
      g_autofree char *group =
        g_strdup_printf (rest >= 1000 ? ",%03u" : "%u", (guint)(rest % 1000));

      g_string_prepend (text, group);
      rest /= 1000;
    }
  while (rest > 0);

  if (count < 0)
    g_string_prepend (text, "\u2212");
  return g_string_free (text, FALSE);
}
