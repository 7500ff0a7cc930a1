/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-progress-strip.h"
#include "jp-tint.h"

G_BEGIN_DECLS

/**
 * JpCell:
 * @text: (owned) (nullable): what the cell says; also what is copied and what is read out
 * @tooltip: (owned) (nullable): more, for a pointer that rests on it
 * @tint: of a pill
 * @dim: whether the text is less important than its neighbours
 * @pending: whether the row is not loaded yet, so that the text does not count
 * @permille: of a strip
 * @n_parts: of a strip
 *
 * What one cell of a table shows. Filled by a column's bind function, without widgets, so that
 * copying, printing and tests use the same function as the screen.
 */
typedef struct
{
  char    *text;
  char    *tooltip;
  JpTint   tint;
  gboolean dim;
  gboolean pending;
  guint16  permille[JP_PROGRESS_STRIP_MAX_PARTS];
  guint    n_parts;
} JpCell;

void jp_cell_clear (JpCell *self);
void jp_cell_set_text (JpCell *self, const char *text);
void jp_cell_take_text (JpCell *self, char *text);
void jp_cell_set_money (JpCell *self, gint64 amount_fen);
void jp_cell_take_tooltip (JpCell *self, char *tooltip);
void jp_cell_set_pill (JpCell *self, const char *text, JpTint tint);
void jp_cell_set_strip (JpCell *self, const guint16 *permille, guint n_parts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpCell, jp_cell_clear)

G_END_DECLS
