/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cell.h"

#include "jp-money.h"

/**
 * jp_cell_clear:
 * @self: a cell
 *
 * Frees what it holds and leaves an empty cell.
 */
void
jp_cell_clear (JpCell *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self->tooltip);
  memset (self, 0, sizeof *self);
}

/**
 * jp_cell_set_text:
 * @self: a cell
 * @text: (nullable): what it says
 *
 * Sets the text.
 */
void
jp_cell_set_text (JpCell *self, const char *text)
{
  jp_cell_take_text (self, g_strdup (text));
}

/**
 * jp_cell_take_text:
 * @self: a cell
 * @text: (transfer full) (nullable): what it says
 *
 * Sets the text without a copy.
 */
void
jp_cell_take_text (JpCell *self, char *text)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  self->text = text;
}

/**
 * jp_cell_set_money:
 * @self: a cell
 * @amount_fen: an amount, in fen
 *
 * Sets an amount as text. The column's title says that it is money, so the sign is left out:
 * "1,104.00", "\u2212276.00".
 */
void
jp_cell_set_money (JpCell *self, gint64 amount_fen)
{
  g_return_if_fail (self != NULL);

  g_autofree char *money = jp_money_format (amount_fen);
  g_auto (GStrv) parts = g_strsplit (money, "¥", 2);

  jp_cell_take_text (self, g_strjoinv ("", parts));
}

/**
 * jp_cell_take_tooltip:
 * @self: a cell
 * @tooltip: (transfer full) (nullable): more, for a pointer that rests on it
 *
 * Sets the tooltip.
 */
void
jp_cell_take_tooltip (JpCell *self, char *tooltip)
{
  g_return_if_fail (self != NULL);

  g_free (self->tooltip);
  self->tooltip = tooltip;
}

/**
 * jp_cell_set_pill:
 * @self: a cell
 * @text: (nullable): the word, translated
 * @tint: its tint
 *
 * Sets text and tint.
 */
void
jp_cell_set_pill (JpCell *self, const char *text, JpTint tint)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (tint < JP_N_TINTS);

  jp_cell_set_text (self, text);
  self->tint = tint;
}

/**
 * jp_cell_set_strip:
 * @self: a cell; its text should say the same
 * @permille: (array length=n_parts): how much of each part is done, in thousandths
 * @n_parts: ≤ %JP_PROGRESS_STRIP_MAX_PARTS
 *
 * Sets a progress.
 */
void
jp_cell_set_strip (JpCell *self, const guint16 *permille, guint n_parts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (permille != NULL || n_parts == 0);
  g_return_if_fail (n_parts <= JP_PROGRESS_STRIP_MAX_PARTS);

  for (guint i = 0; i < n_parts; i++)
    self->permille[i] = permille[i];
  self->n_parts = n_parts;
}
