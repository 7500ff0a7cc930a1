/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cursor.h"

#include "jp-json.h"

/**
 * jp_cursor_to_text:
 * @epoch: the epoch of the platform's database
 * @seq: number of a change, 0 = before the first
 *
 * Returns: (transfer full): the cursor
 */
char *
jp_cursor_to_text (const char *epoch, gint64 seq)
{
  g_return_val_if_fail (epoch != NULL, NULL);
  g_return_val_if_fail (seq >= 0, NULL);

  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, epoch, seq);
}

/**
 * jp_cursor_parse:
 * @text: a cursor
 * @out_epoch: (out) (transfer full): its epoch
 * @out_seq: (out): its number
 * @error: return location for a [error@Jp.WireError]
 *
 * Returns: %TRUE, or %FALSE with `JP_WIRE_ERROR_INVALID`
 */
gboolean
jp_cursor_parse (const char *text, char **out_epoch, gint64 *out_seq, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_epoch != NULL, FALSE);
  g_return_val_if_fail (out_seq != NULL, FALSE);

  const char *colon = strrchr (text, ':');
  guint64     seq = 0;

  if (strlen (text) > JP_CURSOR_MAX_BYTES || colon == NULL || colon == text ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 0, JP_JSON_INTEGER_MAX, &seq, NULL))
    {
      g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "not a cursor");
      return FALSE;
    }

  *out_epoch = g_strndup (text, (gsize)(colon - text));
  *out_seq = (gint64)seq;
  return TRUE;
}
