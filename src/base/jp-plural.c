/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-plural.h"

#include <glib/gi18n-lib.h>

/**
 * jp_plural_format:
 * @one: English sentence for one thing, with a %d; marked with NP_() together with @many
 * @many: English sentence for any other number, with a %d
 * @n: how many, 0 … %G_MAXINT
 *
 * Translates and fills in a sentence that counts something. Any thread.
 *
 * Returns: (transfer full): the sentence
 */
char *
jp_plural_format (const char *one, const char *many, gint64 n)
{
  g_return_val_if_fail (one != NULL, NULL);
  g_return_val_if_fail (many != NULL, NULL);
  g_return_val_if_fail (n >= 0 && n <= G_MAXINT, NULL);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, one, many, (gulong)n), (int)n);
}
