/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-csv-guard.h"

#include <string.h>

/**
 * jp_csv_guard_is_needed:
 * @text: the text of a cell, UTF-8
 *
 * Pure; any thread. Source: OWASP "CSV injection" (the half-width characters); the full-width ones
 * because Excel with an East Asian locale takes them for the half-width ones.
 *
 * Returns: whether the text needs an apostrophe in front in a CSV file
 */
gboolean
jp_csv_guard_is_needed (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  while (*text == '\'')
    text++;

  switch (g_utf8_get_char (text))
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case 0xff1d: /* ＝ */
    case 0xff0b: /* ＋ */
    case 0xff0d: /* － */
    case 0xff20: /* ＠ */
      return TRUE;

    default:
      return FALSE;
    }
}

/**
 * jp_csv_guard_strip:
 * @text: the text of a cell as read from a CSV file, UTF-8
 *
 * The reverse of writing: takes away one apostrophe if it was put there as a guard. Pure; any
 * thread.
 *
 * Returns: (transfer none): @text or the position behind its first character
 */
const char *
jp_csv_guard_strip (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return *text == '\'' && jp_csv_guard_is_needed (text) ? text + 1 : text;
}
