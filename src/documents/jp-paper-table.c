/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-private.h"

#define CELL_SIZE_PT     9.0
#define CELL_LINE_HEIGHT 1.5
#define CELL_PAD_X_PT    4.0
#define CELL_PAD_Y_PT    2.5
#define GRID_GRAY        0.6
#define SHADE_GRAY       0.93
#define LABEL_WIDTH_PT   82.0
#define TABLE_BEFORE_PT  8.0
#define ANSWER_SIZE_PT   10.0
#define ANSWER_PAD_PT    8.0
#define MAX_ACROSS       3

/* Leaves the first lines, the last of which ends in "…". */
static void
cut_off (PangoLayout *layout, int n_lines)
{
  const PangoLayoutLine *last = pango_layout_get_line_readonly (layout, n_lines - 1);
  const char            *text = pango_layout_get_text (layout);
  const char            *end = g_utf8_prev_char (text + last->start_index + last->length);
  g_autofree char       *kept = g_strndup (text, (gsize)(end - text));
  g_autofree char       *shown = g_strconcat (kept, "…", NULL);

  pango_layout_set_text (layout, shown, -1);
}

/* The tallest cell must fit on one page below the head of its table: what is longer ends in "…". */
static PangoLayout *
new_cell_layout (JpPaper *self, const JpPaperCell *cell)
{
  double       size = CELL_SIZE_PT * self->scale;
  PangoLayout *layout = jp_paper_new_layout (self, cell->text, size, cell->is_bold);
  double       room = cell->width - 2 * CELL_PAD_X_PT * self->scale;
  double       line_height = size * CELL_LINE_HEIGHT;
  int          max_lines = (int)(jp_paper_get_text_height (self) * 0.8 / line_height);

  pango_layout_set_width (layout, (int)(MAX (room, size) * PANGO_SCALE));
  if (pango_layout_get_line_count (layout) > max_lines)
    cut_off (layout, max_lines);
  return layout;
}

static void
put_cell (JpPaper *self, const JpPaperCell *cell, PangoLayout *layout, double height)
{
  double      size = CELL_SIZE_PT * self->scale;
  double      line_height = size * CELL_LINE_HEIGHT;
  int         n_lines = layout != NULL ? pango_layout_get_line_count (layout) : 0;
  double      y = (height - n_lines * line_height) / 2;
  JpPaperRect box = { cell->x, 0, cell->width, height, SHADE_GRAY, TRUE };
  JpPaperCell room = *cell;

  if (cell->is_shaded)
    jp_paper_put_rect (self, &box);
  box.gray = GRID_GRAY;
  box.is_filled = FALSE;
  jp_paper_put_rect (self, &box);

  room.x += CELL_PAD_X_PT * self->scale;
  room.width -= 2 * CELL_PAD_X_PT * self->scale;
  for (int i = 0; i < n_lines; i++)
    jp_paper_put_line (self, pango_layout_get_line_readonly (layout, i), size, &room,
                       y + i * line_height);
}

/**
 * jp_paper_add_cells: (skip)
 * @self: a paper
 * @cells: (array length=n_cells): the cells of a row, from left to right
 * @n_cells: how many
 * @before: room above it
 *
 * Adds a row that is as high as its highest cell.
 */
void
jp_paper_add_cells (JpPaper *self, const JpPaperCell *cells, guint n_cells, double before)
{
  PangoLayout *layouts[JP_PAPER_MAX_COLUMNS] = { NULL };
  double       line_height = CELL_SIZE_PT * self->scale * CELL_LINE_HEIGHT;
  int          n_lines = 1;

  g_assert (n_cells <= JP_PAPER_MAX_COLUMNS);

  for (guint i = 0; i < n_cells; i++)
    if (cells[i].text != NULL)
      {
        layouts[i] = new_cell_layout (self, &cells[i]);
        n_lines = MAX (n_lines, pango_layout_get_line_count (layouts[i]));
      }

  double height = n_lines * line_height + 2 * CELL_PAD_Y_PT * self->scale;

  jp_paper_begin_piece (self, before, height);
  for (guint i = 0; i < n_cells; i++)
    put_cell (self, &cells[i], layouts[i], height);
}

static JpPaperPiece *
last_piece (JpPaper *self)
{
  return &g_array_index (self->pieces, JpPaperPiece, self->pieces->len - 1);
}

/**
 * jp_paper_begin_table:
 * @self: a paper that nobody has drawn yet
 * @columns: (array length=n_columns): the columns
 * @n_columns: 1 … %JP_PAPER_MAX_COLUMNS
 *
 * Begins a table. Its head is repeated on every page; it ends with the next block that is not a
 * row.
 */
void
jp_paper_begin_table (JpPaper *self, const JpPaperColumn *columns, guint n_columns)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (columns != NULL);
  g_return_if_fail (n_columns > 0 && n_columns <= JP_PAPER_MAX_COLUMNS);

  JpPaperCell head[JP_PAPER_MAX_COLUMNS] = { 0 };
  double      rest = jp_paper_get_text_width (self);
  guint       n_sharing = 0;
  double      x = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      rest -= columns[i].width * self->scale;
      n_sharing += columns[i].width > 0 ? 0 : 1;
    }

  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    {
      double width = columns[i].width > 0 ? columns[i].width * self->scale : rest / n_sharing;

      self->columns[i] = (JpPaperCell){
        .x = x, .width = width, .align = columns[i].align, .is_bold = columns[i].is_strong
      };
      head[i] = self->columns[i];
      head[i].text = columns[i].title;
      head[i].is_bold = TRUE;
      head[i].is_shaded = TRUE;
      x += width;
    }

  self->head = (int)self->pieces->len;
  jp_paper_add_cells (self, head, n_columns, TABLE_BEFORE_PT * self->scale);
  last_piece (self)->keeps = TRUE;
}

static void
add_row (JpPaper *self, const char *const *cells, gboolean is_total)
{
  JpPaperCell row[JP_PAPER_MAX_COLUMNS] = { 0 };

  for (guint i = 0; i < self->n_columns; i++)
    {
      row[i] = self->columns[i];
      row[i].text = cells[i];
      row[i].is_bold |= is_total;
      row[i].is_shaded = is_total;
    }
  jp_paper_add_cells (self, row, self->n_columns, 0);
  last_piece (self)->head = self->head;
}

/**
 * jp_paper_add_row:
 * @self: a paper with a table
 * @cells: (array) (nullable-elements): a text for each column; %NULL for an empty one
 *
 * Adds a row to the table.
 */
void
jp_paper_add_row (JpPaper *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (self->head != JP_PAPER_NO_HEAD);
  g_return_if_fail (cells != NULL);

  add_row (self, cells, FALSE);
}

/**
 * jp_paper_add_total:
 * @self: a paper with a table that has a row
 * @cells: (array) (nullable-elements): a text for each column; %NULL for an empty one
 *
 * Adds a row with a sum; it does not stand alone on a page.
 */
void
jp_paper_add_total (JpPaper *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (self->head != JP_PAPER_NO_HEAD);
  g_return_if_fail (cells != NULL);

  last_piece (self)->keeps = TRUE;
  add_row (self, cells, TRUE);
}

static guint
put_pair (JpPaperCell *cells, guint n_cells, const JpPaperPair *pair, double x, double width)
{
  cells[n_cells].text = pair->label;
  cells[n_cells].x = x;
  cells[n_cells].is_shaded = TRUE;
  cells[n_cells + 1].text = pair->value;
  cells[n_cells + 1].x = x + cells[n_cells].width;
  cells[n_cells + 1].width = width - cells[n_cells].width;
  return n_cells + 2;
}

/**
 * jp_paper_add_pairs:
 * @self: a paper that nobody has drawn yet
 * @pairs: (array length=n_pairs): what is known
 * @n_pairs: how many
 * @n_across: pairs side by side, 1 … 3
 *
 * Adds a form: labels on grey with their values. A pair that would stand alone in its row takes all
 * of it.
 */
void
jp_paper_add_pairs (JpPaper *self, const JpPaperPair *pairs, guint n_pairs, guint n_across)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (pairs != NULL);
  g_return_if_fail (n_across > 0 && n_across <= MAX_ACROSS);

  double total = jp_paper_get_text_width (self);
  double before = TABLE_BEFORE_PT * self->scale;

  self->head = JP_PAPER_NO_HEAD;
  for (guint i = 0; i < n_pairs;)
    {
      JpPaperCell cells[2 * MAX_ACROSS] = { 0 };
      guint       n_cells = 0;
      guint       n_here = 1;

      while (n_here < n_across && i + n_here < n_pairs && !pairs[i].is_wide &&
             !pairs[i + n_here].is_wide)
        n_here++;

      for (guint j = 0; j < n_here; j++)
        {
          double width =
            n_here < n_across && j == n_here - 1 ? total - j * total / n_across : total / n_across;

          cells[n_cells].width = LABEL_WIDTH_PT * self->scale;
          n_cells = put_pair (cells, n_cells, &pairs[i + j], j * total / n_across, width);
        }
      jp_paper_add_cells (self, cells, n_cells, before);
      before = 0;
      i += n_here;
    }
}

/**
 * jp_paper_add_answer:
 * @self: a paper that nobody has drawn yet
 * @text: one sentence that answers the question the paper is about
 */
void
jp_paper_add_answer (JpPaper *self, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (text != NULL);

  double       size = ANSWER_SIZE_PT * self->scale;
  double       pad = ANSWER_PAD_PT * self->scale;
  double       line_height = size * CELL_LINE_HEIGHT;
  PangoLayout *layout = jp_paper_new_layout (self, text, size, FALSE);
  JpPaperCell  room = { .x = pad, .width = jp_paper_get_text_width (self) - 2 * pad };

  self->head = JP_PAPER_NO_HEAD;
  pango_layout_set_width (layout, (int)(room.width * PANGO_SCALE));

  int         n_lines = pango_layout_get_line_count (layout);
  double      height = n_lines * line_height + pad;
  JpPaperRect shade = { 0, 0, room.width + 2 * pad, height, SHADE_GRAY, TRUE };
  JpPaperRect edge = { 0, 0, 3, height, 0.35, TRUE };

  jp_paper_begin_piece (self, TABLE_BEFORE_PT * self->scale, height);
  jp_paper_put_rect (self, &shade);
  jp_paper_put_rect (self, &edge);
  for (int i = 0; i < n_lines; i++)
    jp_paper_put_line (self, pango_layout_get_line_readonly (layout, i), size, &room,
                       pad / 2 + i * line_height);
}
