/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Room around the text: more on the side of the binding. */
#define JP_PAPER_LEFT_PT   68.0
#define JP_PAPER_RIGHT_PT  48.0
#define JP_PAPER_TOP_PT    52.0
#define JP_PAPER_BOTTOM_PT 62.0

#define JP_PAPER_NO_HEAD (-1)

/**
 * JpPaperLine:
 * @line: (owned): the glyphs
 * @x: from the left edge of the text
 * @y: of the baseline, from the top of the piece
 * @gray: 0 = black
 *
 * A line of text inside a piece.
 */
typedef struct
{
  PangoLayoutLine *line;
  double           x;
  double           y;
  double           gray;
} JpPaperLine;

/**
 * JpPaperRect:
 * @x: from the left edge of the text
 * @y: from the top of the piece
 * @width: its width
 * @height: its height
 * @gray: its colour
 * @is_filled: not only its border
 *
 * A box or rule inside a piece.
 */
typedef struct
{
  double   x;
  double   y;
  double   width;
  double   height;
  double   gray;
  gboolean is_filled;
} JpPaperRect;

/**
 * JpPaperPiece:
 * @before: room above it, unless it begins a page
 * @height: its height
 * @keeps: stays on one page with the next piece
 * @breaks: begins a page
 * @head: piece that is repeated above this one where a page begins; or %JP_PAPER_NO_HEAD
 * @first_line: its first line in the lines of the paper
 * @n_lines: how many
 * @first_rect: its first box in the boxes of the paper
 * @n_rects: how many
 *
 * What cannot be cut by the end of a page: a line of a paragraph, a row of a table.
 */
typedef struct
{
  double   before;
  double   height;
  gboolean keeps;
  gboolean breaks;
  int      head;
  guint    first_line;
  guint    n_lines;
  guint    first_rect;
  guint    n_rects;
} JpPaperPiece;

/**
 * JpPaperPlace:
 * @piece: which piece
 * @page: on which page
 * @y: of its top, from the top of the text
 *
 * Where a piece has come to stand.
 */
typedef struct
{
  guint  piece;
  guint  page;
  double y;
} JpPaperPlace;

/**
 * JpPaperCell:
 * @text: (nullable): what stands in it
 * @x: from the left edge of the text
 * @width: its width
 * @align: where its lines begin
 * @is_bold: in bold type
 * @is_shaded: on grey
 *
 * A cell of a row.
 */
typedef struct
{
  const char  *text;
  double       x;
  double       width;
  JpPaperAlign align;
  gboolean     is_bold;
  gboolean     is_shaded;
} JpPaperCell;

struct _JpPaper
{
  char    *title;  /* (owned) */
  char    *author; /* (owned) (nullable) */
  char    *footer; /* (owned) (nullable) */
  char    *mark;   /* (owned) (nullable) */
  gint64   created_at_us;
  gboolean is_landscape;
  double   scale;
  double   width; /* of the sheet */
  double   height;

  PangoFontMap *fonts;   /* (owned) */
  PangoContext *context; /* (owned) */
  GHashTable   *faces;   /* (owned): PangoFontFace → cairo_font_face_t, see jp-paper-glyphs.c */
  GPtrArray    *layouts; /* (owned) (element-type PangoLayout): keeps the lines alive */

  GArray *pieces; /* (owned) (element-type JpPaperPiece) */
  GArray *lines;  /* (owned) (element-type JpPaperLine) */
  GArray *rects;  /* (owned) (element-type JpPaperRect) */
  GArray *places; /* (owned) (nullable) (element-type JpPaperPlace): once it is laid out */
  guint   n_pages;

  JpPaperCell columns[JP_PAPER_MAX_COLUMNS]; /* of the table being filled; no texts */
  guint       n_columns;
  int         head;  /* its head */
  double      space; /* asked for above the next piece */
  gboolean    breaks;
};

/* jp-paper.c */
double        jp_paper_get_text_width (JpPaper *self);
double        jp_paper_get_text_height (JpPaper *self);
PangoLayout  *jp_paper_new_layout (JpPaper *self, const char *text, double size, gboolean is_bold);
JpPaperPiece *jp_paper_begin_piece (JpPaper *self, double before, double height);
void          jp_paper_put_line (JpPaper           *self,
                                 PangoLayoutLine   *line,
                                 double             size,
                                 const JpPaperCell *room,
                                 double             y);
void          jp_paper_put_rect (JpPaper *self, const JpPaperRect *rect);

/* jp-paper-glyphs.c */
void jp_paper_show_line (JpPaper *self, cairo_t *cairo, PangoLayoutLine *line, double x, double y);

/* jp-paper-table.c */
void jp_paper_add_cells (JpPaper *self, const JpPaperCell *cells, guint n_cells, double before);

G_END_DECLS
