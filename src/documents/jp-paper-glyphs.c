/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-private.h"

#include <string.h>

/* Text is drawn with fonts of our own that hold the outlines of the installed one. Cairo 1.16 loses
 * glyphs when it cuts down an OpenType font (CFF) for a PDF or a printer: with Noto Sans CJK a text
 * that has 如 may be printed with a hole instead (seen with 1.16.0; the subroutines that only such
 * a glyph calls are left out). In fonts of our own every glyph that is used is there, as it is
 * drawn on the screen, together with the characters it stands for. This file can go when the oldest
 * cairo that is supported passes the test /documents/paper/every-glyph without it. */

#define OUTLINE_SIZE 1000.0 /* units of an outline in an em: finer than any font */

/* Every run begins with a blank that is half an em wide and belongs to no font. Poppler guesses the
 * size of such a font from the width of its first glyph, taking it for half an em, and leaves
 * spaces out when it guesses too much (Poppler 22.12, TextPage::updateFont()). */
#define GAUGE       0x10000ul /* beyond all glyphs of an installed font */
#define GAUGE_WIDTH 0.5
#define GAUGE_TEXT  " "

static const cairo_user_data_key_t source_key;

/* Draws @glyph of the installed font as a shape, far larger than it is needed. */
static cairo_path_t *
copy_outline (cairo_scaled_font_t *source, unsigned long glyph)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t         *cairo = cairo_create (surface);
  cairo_glyph_t    one = { .index = glyph };
  cairo_path_t    *path = NULL;

  cairo_set_scaled_font (cairo, source);
  cairo_glyph_path (cairo, &one, 1);
  path = cairo_copy_path (cairo);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return path;
}

static cairo_status_t
render_cb (cairo_scaled_font_t  *font,
           unsigned long         glyph,
           cairo_t              *cairo,
           cairo_text_extents_t *extents)
{
  cairo_font_face_t   *face = cairo_scaled_font_get_font_face (font);
  cairo_scaled_font_t *source = cairo_font_face_get_user_data (face, &source_key);
  cairo_glyph_t        one = { .index = glyph };
  cairo_text_extents_t box = { 0 };
  cairo_path_t        *path = NULL;

  if (glyph == GAUGE)
    {
      extents->x_advance = GAUGE_WIDTH;
      cairo_rectangle (cairo, 0, 0, 0, 0);
      cairo_fill (cairo);
      return CAIRO_STATUS_SUCCESS;
    }

  path = copy_outline (source, glyph);
  cairo_scaled_font_glyph_extents (source, &one, 1, &box);
  extents->x_advance = box.x_advance / OUTLINE_SIZE;
  extents->y_advance = 0;

  cairo_scale (cairo, 1 / OUTLINE_SIZE, 1 / OUTLINE_SIZE);
  cairo_append_path (cairo, path);
  cairo_fill (cairo);
  cairo_path_destroy (path);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_font_face_t *
new_face (PangoFont *font)
{
  cairo_scaled_font_t  *scaled = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_face_t    *face = cairo_user_font_face_create ();
  cairo_scaled_font_t  *source = NULL;
  cairo_matrix_t        size;
  cairo_matrix_t        identity;

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_matrix_init_scale (&size, OUTLINE_SIZE, OUTLINE_SIZE);
  cairo_matrix_init_identity (&identity);
  source =
    cairo_scaled_font_create (cairo_scaled_font_get_font_face (scaled), &size, &identity, options);
  cairo_font_options_destroy (options);

  cairo_user_font_face_set_render_glyph_func (face, render_cb);
  cairo_font_face_set_user_data (face, &source_key, source,
                                 (cairo_destroy_func_t)cairo_scaled_font_destroy);
  return face;
}

static cairo_font_face_t *
get_face (JpPaper *self, PangoFont *font)
{
  PangoFontFace     *key = pango_font_get_face (font);
  cairo_font_face_t *face = g_hash_table_lookup (self->faces, key);

  if (face == NULL)
    {
      face = new_face (font);
      g_hash_table_insert (self->faces, key, face);
    }
  return face;
}

/* Widths that are rounded would be the widths in the PDF, and who copies its text would lose or
 * gain spaces. */
static void
set_exact (cairo_t *cairo)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_get_font_options (cairo, options);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (cairo, options);
  cairo_font_options_destroy (options);
}

static double
get_size (PangoFont *font)
{
  PangoFontDescription *description = pango_font_describe_with_absolute_size (font);
  double                size = (double)pango_font_description_get_size (description) / PANGO_SCALE;

  pango_font_description_free (description);
  return size;
}

/* Which characters the glyphs of a run stand for. */
static GArray *
list_clusters (PangoGlyphItem *run, const char *text)
{
  cairo_text_cluster_t gauge = { .num_bytes = strlen (GAUGE_TEXT), .num_glyphs = 1 };
  GArray              *clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  PangoGlyphItemIter   iter = { 0 };
  gboolean             has_cluster = pango_glyph_item_iter_init_start (&iter, run, text);

  g_array_append_val (clusters, gauge);
  for (; has_cluster; has_cluster = pango_glyph_item_iter_next_cluster (&iter))
    {
      cairo_text_cluster_t cluster = { .num_bytes = iter.end_index - iter.start_index,
                                       .num_glyphs = ABS (iter.end_glyph - iter.start_glyph) };

      g_array_append_val (clusters, cluster);
    }
  return clusters;
}

/* Glyphs of a run from @x on, with their gauge; FALSE if the font lacks one of them. */
static gboolean
list_glyphs (PangoGlyphItem *run, double x, GArray *glyphs)
{
  cairo_glyph_t gauge = { .index = GAUGE, .x = x };
  int           advance = 0;

  g_array_append_val (glyphs, gauge);
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
      cairo_glyph_t         glyph = {
                .index = info->glyph == PANGO_GLYPH_EMPTY ? GAUGE : info->glyph,
                .x = x + (double)(advance + info->geometry.x_offset) / PANGO_SCALE,
                .y = (double)info->geometry.y_offset / PANGO_SCALE,
      };

      if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG && info->glyph != PANGO_GLYPH_EMPTY)
        return FALSE;
      g_array_append_val (glyphs, glyph);
      advance += info->geometry.width;
    }
  return TRUE;
}

static void
show_run (JpPaper *self, cairo_t *cairo, PangoGlyphItem *run, const char *text, double x)
{
  const PangoAnalysis *analysis = &run->item->analysis;
  gboolean             backward = (analysis->level & 1) != 0;
  g_autoptr (GArray) clusters = list_clusters (run, text);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  g_autoptr (GString) own_text = g_string_new (GAUGE_TEXT);

  /* A character that no font has is a box with its number, as everywhere. */
  if (!list_glyphs (run, x, glyphs))
    {
      cairo_move_to (cairo, x, 0);
      pango_cairo_show_glyph_item (cairo, text, run);
      return;
    }

  cairo_set_font_face (cairo, get_face (self, analysis->font));
  cairo_set_font_size (cairo, get_size (analysis->font));
  g_string_append_len (own_text, text + run->item->offset, run->item->length);
  cairo_show_text_glyphs (cairo, own_text->str, (int)own_text->len,
                          (const cairo_glyph_t *)(gpointer)glyphs->data, (int)glyphs->len,
                          (const cairo_text_cluster_t *)(gpointer)clusters->data,
                          (int)clusters->len, backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

/**
 * jp_paper_show_line: (skip)
 * @self: a paper
 * @cairo: where to draw
 * @line: the glyphs
 * @x: where the line begins
 * @y: its baseline
 *
 * Draws a line of text that can be copied from a PDF.
 */
void
jp_paper_show_line (JpPaper *self, cairo_t *cairo, PangoLayoutLine *line, double x, double y)
{
  const char *text = pango_layout_get_text (line->layout);
  double      at = 0;

  cairo_save (cairo);
  cairo_translate (cairo, x, y);
  set_exact (cairo);
  for (GSList *item = line->runs; item != NULL; item = item->next)
    {
      PangoGlyphItem *run = item->data;

      show_run (self, cairo, run, text, at);
      at += (double)pango_glyph_string_get_width (run->glyphs) / PANGO_SCALE;
    }
  cairo_restore (cairo);
}
