/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-private.h"

#include <glib/gi18n-lib.h>

#define RULE_WIDTH_PT  0.5
#define FOOTER_SIZE_PT 7.5
#define FOOTER_LINE    1.35
#define FOOTER_GAP_PT  16.0 /* below the text */
#define RUNNING_GAP_PT 22.0 /* above the text */
#define RUNNING_GRAY   0.4
#define MARK_SHARE     0.6 /* of the width of the sheet */
#define MARK_SIZE_PT   100.0
#define MARK_MAX_PT    150.0
#define MARK_ANGLE     (-G_PI / 6)
#define MARK_GRAY      0.91

static const JpPaperPiece *
get_piece (JpPaper *self, guint index)
{
  return &g_array_index (self->pieces, JpPaperPiece, index);
}

/* Height of the pieces that stay together with the one at @from, without the room above it. */
static double
get_group_height (JpPaper *self, guint from)
{
  double height = get_piece (self, from)->height;

  for (guint i = from; i + 1 < self->pieces->len && get_piece (self, i)->keeps; i++)
    height += get_piece (self, i + 1)->before + get_piece (self, i + 1)->height;
  return height;
}

static void
place (JpPaper *self, guint piece, double *y)
{
  JpPaperPlace at = { piece, self->n_pages - 1, *y };

  g_array_append_val (self->places, at);
  *y += get_piece (self, piece)->height;
}

/* A group that is higher than a page is cut where it must be. */
static gboolean
fits (JpPaper *self, guint index, double y, gboolean follows)
{
  double room = jp_paper_get_text_height (self);
  double before = get_piece (self, index)->before;
  double group = get_group_height (self, index);

  if (follows || group > room)
    group = get_piece (self, index)->height;
  return y + before + group <= room;
}

static void
lay_out (JpPaper *self)
{
  double y = 0;

  if (self->places != NULL)
    return;

  self->places = g_array_new (FALSE, FALSE, sizeof (JpPaperPlace));
  self->n_pages = 1;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const JpPaperPiece *piece = get_piece (self, i);
      gboolean            follows = i > 0 && get_piece (self, i - 1)->keeps;

      if (y > 0 && (piece->breaks || !fits (self, i, y, follows)))
        {
          self->n_pages++;
          y = 0;
          if (piece->head != JP_PAPER_NO_HEAD)
            place (self, (guint)piece->head, &y);
        }
      else if (y > 0)
        y += piece->before;
      place (self, i, &y);
    }
}

/**
 * jp_paper_get_n_pages:
 * @self: a paper; nothing can be added to it afterwards
 *
 * Returns: how many pages it has
 */
guint
jp_paper_get_n_pages (JpPaper *self)
{
  g_return_val_if_fail (self != NULL, 0);

  lay_out (self);
  return self->n_pages;
}

/**
 * jp_paper_get_size:
 * @self: a paper
 * @out_width: (out): width of the sheet
 * @out_height: (out): height of the sheet
 */
void
jp_paper_get_size (JpPaper *self, double *out_width, double *out_height)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (out_width != NULL);
  g_return_if_fail (out_height != NULL);

  *out_width = self->width;
  *out_height = self->height;
}

/**
 * jp_paper_is_landscape:
 * @self: a paper
 *
 * Returns: whether the sheets lie on their long side
 */
gboolean
jp_paper_is_landscape (JpPaper *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_landscape;
}

/**
 * jp_paper_get_title:
 * @self: a paper
 *
 * Returns: the title of the document
 */
const char *
jp_paper_get_title (JpPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

static void
set_gray (cairo_t *cairo, double gray)
{
  cairo_set_source_rgb (cairo, gray, gray, gray);
}

static void
draw_rect (cairo_t *cairo, const JpPaperRect *rect)
{
  set_gray (cairo, rect->gray);
  if (rect->is_filled)
    {
      cairo_rectangle (cairo, rect->x, rect->y, rect->width, rect->height);
      cairo_fill (cairo);
      return;
    }

  cairo_set_line_width (cairo, RULE_WIDTH_PT);
  if (rect->height > 0)
    cairo_rectangle (cairo, rect->x, rect->y, rect->width, rect->height);
  else
    {
      cairo_move_to (cairo, rect->x, rect->y);
      cairo_rel_line_to (cairo, rect->width, 0);
    }
  cairo_stroke (cairo);
}

static void
draw_piece (JpPaper *self, cairo_t *cairo, const JpPaperPiece *piece)
{
  for (guint i = 0; i < piece->n_rects; i++)
    draw_rect (cairo, &g_array_index (self->rects, JpPaperRect, piece->first_rect + i));

  for (guint i = 0; i < piece->n_lines; i++)
    {
      const JpPaperLine *line = &g_array_index (self->lines, JpPaperLine, piece->first_line + i);

      set_gray (cairo, line->gray);
      jp_paper_show_line (self, cairo, line->line, line->x, line->y);
    }
}

/* As a shape, not as text: who copies the text of the page does not want it in between. */
static void
draw_mark (JpPaper *self, cairo_t *cairo)
{
  PangoLayout   *layout = jp_paper_new_layout (self, self->mark, MARK_SIZE_PT, TRUE);
  PangoRectangle box = { 0 };

  pango_layout_get_pixel_extents (layout, NULL, &box);

  double scale = MIN (self->width * MARK_SHARE / MAX (box.width, 1), MARK_MAX_PT / MARK_SIZE_PT);

  cairo_save (cairo);
  cairo_translate (cairo, self->width / 2, self->height / 2);
  cairo_rotate (cairo, MARK_ANGLE);
  cairo_scale (cairo, scale, scale);
  cairo_move_to (cairo, -box.width / 2.0, -box.height / 2.0);
  pango_cairo_layout_path (cairo, layout);
  set_gray (cairo, MARK_GRAY);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/* Small grey lines, the first with its top at @y. */
static void
draw_small (JpPaper *self, cairo_t *cairo, const char *text, double y, gboolean at_end)
{
  PangoLayout *layout = jp_paper_new_layout (self, text, FOOTER_SIZE_PT, FALSE);

  set_gray (cairo, RUNNING_GRAY);
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle   box = { 0 };
      double           x = JP_PAPER_LEFT_PT;

      pango_layout_line_get_extents (line, NULL, &box);
      if (at_end)
        x = self->width - JP_PAPER_RIGHT_PT - (double)box.width / PANGO_SCALE;
      jp_paper_show_line (self, cairo, line, x, y + (i + 1) * FOOTER_SIZE_PT * FOOTER_LINE);
    }
}

static void
draw_footer (JpPaper *self, cairo_t *cairo, guint page)
{
  double           y = self->height - JP_PAPER_BOTTOM_PT + FOOTER_GAP_PT;
  g_autofree char *number =
    g_strdup_printf (C_ ("paper", "page %1$u of %2$u"), page + 1, self->n_pages);

  set_gray (cairo, RUNNING_GRAY);
  cairo_set_line_width (cairo, RULE_WIDTH_PT);
  cairo_move_to (cairo, JP_PAPER_LEFT_PT, y - 3);
  cairo_line_to (cairo, self->width - JP_PAPER_RIGHT_PT, y - 3);
  cairo_stroke (cairo);
  if (self->footer != NULL)
    draw_small (self, cairo, self->footer, y, FALSE);
  draw_small (self, cairo, number, y, TRUE);
  if (page > 0)
    draw_small (self, cairo, self->title, JP_PAPER_TOP_PT - RUNNING_GAP_PT, FALSE);
}

/**
 * jp_paper_draw_page:
 * @self: a paper
 * @cairo: where to draw; its unit is the point
 * @page: which page, from 0
 *
 * Draws one page.
 */
void
jp_paper_draw_page (JpPaper *self, cairo_t *cairo, guint page)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (cairo != NULL);

  lay_out (self);
  g_return_if_fail (page < self->n_pages);

  cairo_save (cairo);
  if (self->mark != NULL)
    draw_mark (self, cairo);
  for (guint i = 0; i < self->places->len; i++)
    {
      const JpPaperPlace *at = &g_array_index (self->places, JpPaperPlace, i);

      if (at->page != page)
        continue;
      cairo_save (cairo);
      cairo_translate (cairo, JP_PAPER_LEFT_PT, JP_PAPER_TOP_PT + at->y);
      draw_piece (self, cairo, get_piece (self, at->piece));
      cairo_restore (cairo);
    }
  draw_footer (self, cairo, page);
  cairo_restore (cairo);
}
