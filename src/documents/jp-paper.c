/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-private.h"

#include "jp-date.h"

#include <glib/gi18n-lib.h>

#define A4_WIDTH_PT  595.276
#define A4_HEIGHT_PT 841.890

/* The first that is there: what distributions, Flatpak runtimes and Windows have. */
#define FAMILIES                                                                                   \
  "Noto Sans CJK SC,Source Han Sans SC,Noto Sans SC,Microsoft YaHei,WenQuanYi Micro Hei,SimSun,"   \
  "Sans"
#define LANGUAGE "zh-cn"
#define PROBE    "驾培合同退费，。¥" /* a font for Chinese knows these */

#define LINE_HEIGHT 1.5 /* of the size of the type, whatever the font says */

#define SIGNATURE_HEIGHT_PT 86.0
#define SIGNATURE_GAP_PT    24.0
#define SIGNATURE_SIZE_PT   10.0

/* A style in numbers. */
typedef struct
{
  double       size;
  gboolean     is_bold;
  JpPaperAlign align;
  double       before;
  double       hang; /* of the lines but the first */
  double       gray;
  gboolean     keeps;
} Style;

/* Few sizes: each has its own copy of every glyph in the file. */
static const Style styles[] = {
  [JP_PAPER_TITLE] = { 18, TRUE, JP_PAPER_CENTER, 0, 0, 0, TRUE },
  [JP_PAPER_SUBTITLE] = { 9, FALSE, JP_PAPER_CENTER, 2, 0, 0.3, TRUE },
  [JP_PAPER_HEADING] = { 11.5, TRUE, JP_PAPER_START, 11, 0, 0, TRUE },
  [JP_PAPER_BODY] = { 10, FALSE, JP_PAPER_START, 4, 0, 0, FALSE },
  [JP_PAPER_CLAUSE] = { 10, FALSE, JP_PAPER_START, 3, 15, 0, FALSE },
  [JP_PAPER_SMALL] = { 9, FALSE, JP_PAPER_START, 4, 0, 0.3, FALSE },
};

/* No hinting and no snapping to pixels: the same lengths on every screen and printer. */
static void
set_up_context (JpPaper *self)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);

  self->fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->fonts), 72.0);
  self->context = pango_font_map_create_context (self->fonts);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_language (self->context, pango_language_from_string (LANGUAGE));
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
}

static gboolean
check_fonts (JpPaper *self, GError **error)
{
  PangoLayout *layout = jp_paper_new_layout (self, PROBE, styles[JP_PAPER_BODY].size, FALSE);

  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return TRUE;

  g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_NO_FONT,
                       "no installed font has Chinese characters");
  return FALSE;
}

static void
line_clear (gpointer data)
{
  pango_layout_line_unref (((JpPaperLine *)data)->line);
}

/**
 * jp_paper_new:
 * @setup: what holds for the whole paper
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): an empty paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT if no font
 *   that is installed can write Chinese
 */
JpPaper *
jp_paper_new (const JpPaperSetup *setup, GError **error)
{
  g_return_val_if_fail (setup != NULL, NULL);
  g_return_val_if_fail (setup->title != NULL, NULL);
  g_return_val_if_fail (setup->scale_percent == 0 || setup->scale_percent >= 50, NULL);
  g_return_val_if_fail (setup->scale_percent <= 200, NULL);

  g_autoptr (JpPaper) self = g_new0 (JpPaper, 1);

  self->title = g_strdup (setup->title);
  self->author = g_strdup (setup->author);
  self->footer = g_strdup (setup->footer);
  self->mark = g_strdup (setup->mark);
  self->created_at_us = setup->created_at_us;
  self->is_landscape = setup->is_landscape;
  self->scale = setup->scale_percent > 0 ? setup->scale_percent / 100.0 : 1.0;
  self->width = setup->is_landscape ? A4_HEIGHT_PT : A4_WIDTH_PT;
  self->height = setup->is_landscape ? A4_WIDTH_PT : A4_HEIGHT_PT;
  self->head = JP_PAPER_NO_HEAD;
  self->faces = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cairo_font_face_destroy);
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  self->pieces = g_array_new (FALSE, TRUE, sizeof (JpPaperPiece));
  self->lines = g_array_new (FALSE, TRUE, sizeof (JpPaperLine));
  self->rects = g_array_new (FALSE, TRUE, sizeof (JpPaperRect));
  g_array_set_clear_func (self->lines, line_clear);
  set_up_context (self);
  return check_fonts (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jp_paper_new_issue:
 * @issue: who issues it, and when
 * @setup: title, mark, footer and form; the rest comes from @issue
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * As jp_paper_new(), for a document of a school: it says on every page if it is of a school to
 * practise with, and at its foot who has made it when.
 *
 * Returns: (transfer full): an empty paper, or %NULL with an error
 */
JpPaper *
jp_paper_new_issue (const JpPaperIssue *issue, const JpPaperSetup *setup, GError **error)
{
  g_return_val_if_fail (issue != NULL, NULL);
  g_return_val_if_fail (issue->school != NULL, NULL);
  g_return_val_if_fail (setup != NULL, NULL);

  JpPaperSetup     full = *setup;
  g_autofree char *day = jp_date_to_iso (jp_date_from_instant (issue->issued_at_us));
  g_autofree char *maker =
    g_strdup_printf (C_ ("paper", "%1$s · printed %2$s"), issue->school, day);
  g_autofree char *footer =
    setup->footer != NULL ? g_strdup_printf ("%s\n%s", maker, setup->footer) : g_strdup (maker);
  g_autofree char *mark = NULL;

  if (issue->is_practice && setup->mark != NULL)
    mark = g_strdup_printf ("%s · %s", C_ ("paper", "Practice"), setup->mark);
  else
    mark = g_strdup (issue->is_practice ? C_ ("paper", "Practice") : setup->mark);

  full.author = issue->school;
  full.created_at_us = issue->issued_at_us;
  full.footer = footer;
  full.mark = mark;
  return jp_paper_new (&full, error);
}

/**
 * jp_paper_free:
 * @self: (nullable) (transfer full): a paper
 */
void
jp_paper_free (JpPaper *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->rects, g_array_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  g_clear_pointer (&self->faces, g_hash_table_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->fonts);
  g_free (self->title);
  g_free (self->author);
  g_free (self->footer);
  g_free (self->mark);
  g_free (self);
}

/**
 * jp_paper_get_text_width: (skip)
 * @self: a paper
 *
 * Returns: how wide the text is
 */
double
jp_paper_get_text_width (JpPaper *self)
{
  return self->width - JP_PAPER_LEFT_PT - JP_PAPER_RIGHT_PT;
}

/**
 * jp_paper_get_text_height: (skip)
 * @self: a paper
 *
 * Returns: how high the text of a page is
 */
double
jp_paper_get_text_height (JpPaper *self)
{
  return self->height - JP_PAPER_TOP_PT - JP_PAPER_BOTTOM_PT;
}

/**
 * jp_paper_new_layout: (skip)
 * @self: a paper
 * @text: a text
 * @size: of the type, in points
 * @is_bold: in bold type
 *
 * Returns: (transfer none): a layout that lives as long as the paper
 */
PangoLayout *
jp_paper_new_layout (JpPaper *self, const char *text, double size, gboolean is_bold)
{
  PangoLayout          *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, FAMILIES);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  g_ptr_array_add (self->layouts, layout);
  return layout;
}

/**
 * jp_paper_begin_piece: (skip)
 * @self: a paper that is not laid out
 * @before: room above it
 * @height: its height
 *
 * Begins a piece; what is put then belongs to it.
 *
 * Returns: (transfer none): the piece, valid until the next one
 */
JpPaperPiece *
jp_paper_begin_piece (JpPaper *self, double before, double height)
{
  JpPaperPiece piece = {
    .before = before + self->space,
    .height = height,
    .breaks = self->breaks,
    .head = JP_PAPER_NO_HEAD,
    .first_line = self->lines->len,
    .first_rect = self->rects->len,
  };

  g_assert (self->places == NULL);

  self->space = 0;
  self->breaks = FALSE;
  g_array_append_val (self->pieces, piece);
  return &g_array_index (self->pieces, JpPaperPiece, self->pieces->len - 1);
}

static JpPaperPiece *
last_piece (JpPaper *self)
{
  g_assert (self->pieces->len > 0);

  return &g_array_index (self->pieces, JpPaperPiece, self->pieces->len - 1);
}

/**
 * jp_paper_put_line: (skip)
 * @self: a paper with a piece
 * @line: the glyphs
 * @size: of the type
 * @room: where it goes, and how it is aligned
 * @y: top of the line, from the top of the piece
 *
 * Puts a line of text into the last piece, in the middle of its height.
 */
void
jp_paper_put_line (JpPaper           *self,
                   PangoLayoutLine   *line,
                   double             size,
                   const JpPaperCell *room,
                   double             y)
{
  PangoRectangle box = { 0 };
  JpPaperLine    put = { .line = pango_layout_line_ref (line) };

  pango_layout_line_get_extents (line, NULL, &box);

  double ascent = (double)-box.y / PANGO_SCALE;
  double height = (double)box.height / PANGO_SCALE;
  double free_width = MAX (0, room->width - (double)box.width / PANGO_SCALE);

  put.x = room->x;
  if (room->align == JP_PAPER_CENTER)
    put.x += free_width / 2;
  else if (room->align == JP_PAPER_END)
    put.x += free_width;
  put.y = y + (size * LINE_HEIGHT - height) / 2 + ascent;
  g_array_append_val (self->lines, put);
  last_piece (self)->n_lines++;
}

/**
 * jp_paper_put_rect: (skip)
 * @self: a paper with a piece
 * @rect: a box
 *
 * Puts a box into the last piece.
 */
void
jp_paper_put_rect (JpPaper *self, const JpPaperRect *rect)
{
  g_array_append_vals (self->rects, rect, 1);
  last_piece (self)->n_rects++;
}

/* A paragraph neither leaves its first line at the end of a page nor takes its last to the next. */
static void
add_paragraph (JpPaper *self, const Style *style, const char *text)
{
  double       size = style->size * self->scale;
  PangoLayout *layout = jp_paper_new_layout (self, text, size, style->is_bold);
  int          hang = (int)(style->hang * self->scale * PANGO_SCALE);
  JpPaperCell  room = { .width = jp_paper_get_text_width (self), .align = style->align };

  pango_layout_set_width (layout, (int)(room.width * PANGO_SCALE));

  /* Makes the other lines shorter; where they begin is up to us. */
  if (hang > 0)
    pango_layout_set_indent (layout, -hang);

  int n_lines = pango_layout_get_line_count (layout);

  for (int i = 0; i < n_lines; i++)
    {
      double        before = i == 0 ? style->before * self->scale : 0;
      JpPaperPiece *piece = jp_paper_begin_piece (self, before, size * LINE_HEIGHT);
      JpPaperCell   own = room;

      piece->keeps = style->keeps || (n_lines > 1 && (i == 0 || i == n_lines - 2));
      if (hang > 0 && i > 0)
        own.x += (double)hang / PANGO_SCALE;
      own.width -= own.x;
      jp_paper_put_line (self, pango_layout_get_line_readonly (layout, i), size, &own, 0);
      g_array_index (self->lines, JpPaperLine, self->lines->len - 1).gray = style->gray;
    }
}

/**
 * jp_paper_add_text:
 * @self: a paper that nobody has drawn yet
 * @style: how it is set
 * @text: the text; each of its lines is a paragraph
 */
void
jp_paper_add_text (JpPaper *self, JpPaperStyle style, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail ((guint)style < G_N_ELEMENTS (styles));
  g_return_if_fail (text != NULL);

  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  self->head = JP_PAPER_NO_HEAD;
  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    add_paragraph (self, &styles[style], *paragraph);
}

/**
 * jp_paper_add_space:
 * @self: a paper that nobody has drawn yet
 * @height: room to leave, in points at 100 %
 *
 * Leaves room, but not at the top of a page.
 */
void
jp_paper_add_space (JpPaper *self, double height)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (height >= 0);

  self->space += height * self->scale;
}

/**
 * jp_paper_break_page:
 * @self: a paper that nobody has drawn yet
 *
 * What follows begins a page.
 */
void
jp_paper_break_page (JpPaper *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);

  self->breaks = TRUE;
  self->head = JP_PAPER_NO_HEAD;
}

static void
put_signature (JpPaper *self, const char *label, const JpPaperCell *room)
{
  double              size = SIGNATURE_SIZE_PT * self->scale;
  double              line_height = size * LINE_HEIGHT;
  const char *const   texts[] = { label, _ ("Signature or seal:"), _ ("Date:") };
  static const double tops[] = { 0, 1.6, 3.9 }; /* in lines */

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      PangoLayout *layout = jp_paper_new_layout (self, texts[i], size, i == 0);
      double       top = tops[i] * line_height;
      JpPaperRect  rule = { room->x, top + line_height + 2, room->width, 0, 0.4, FALSE };

      jp_paper_put_line (self, pango_layout_get_line_readonly (layout, 0), size, room, top);
      if (i > 0)
        jp_paper_put_rect (self, &rule);
    }
}

/**
 * jp_paper_add_signatures:
 * @self: a paper that nobody has drawn yet
 * @labels: (array zero-terminated=1): who signs, up to %JP_PAPER_MAX_SIGNATURES
 *
 * Leaves room to sign, side by side.
 */
void
jp_paper_add_signatures (JpPaper *self, const char *const *labels)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->places == NULL);
  g_return_if_fail (labels != NULL);

  guint       n_labels = g_strv_length ((GStrv)labels);
  double      gap = SIGNATURE_GAP_PT * self->scale;
  JpPaperCell room = { 0 };

  g_return_if_fail (n_labels > 0 && n_labels <= JP_PAPER_MAX_SIGNATURES);

  /* Nobody signs a page on which nothing else stands. */
  if (self->pieces->len > 0)
    last_piece (self)->keeps = TRUE;

  self->head = JP_PAPER_NO_HEAD;
  room.width = (jp_paper_get_text_width (self) - gap * (n_labels - 1)) / n_labels;
  jp_paper_begin_piece (self, SIGNATURE_GAP_PT * self->scale, SIGNATURE_HEIGHT_PT * self->scale);
  for (guint i = 0; i < n_labels; i++)
    {
      put_signature (self, labels[i], &room);
      room.x += room.width + gap;
    }
}
