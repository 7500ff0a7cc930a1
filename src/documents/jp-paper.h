/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Printed matter: blocks that flow over A4 pages. A document adds its blocks one after the other;
 * the same paper is then drawn for the printer or written as PDF. Lengths are points, 1/72 inch.
 *
 * A paper belongs to one thread at a time: it may be made on one and drawn on another. The same
 * input makes the same bytes, because nothing here asks for the time. */

#define JP_PAPER_MAX_COLUMNS    12
#define JP_PAPER_MAX_SIGNATURES 3

typedef struct _JpPaper JpPaper;

/**
 * JpPaperSetup:
 * @title: title of the document, for its metadata and the head of the second and later pages
 * @author: (nullable): who issues it, for the metadata
 * @footer: (nullable): stands at the bottom of every page
 * @mark: (nullable): a word like "Draft", large and pale behind every page
 * @created_at_us: when it is made, for the metadata
 * @is_landscape: A4 the other way round
 * @scale_percent: size of the type, 50 … 200; 0 = 100
 *
 * What holds for a whole paper.
 */
typedef struct
{
  const char *title;
  const char *author;
  const char *footer;
  const char *mark;
  gint64      created_at_us;
  gboolean    is_landscape;
  guint       scale_percent;
} JpPaperSetup;

/**
 * JpPaperIssue:
 * @school: who issues it
 * @issued_at_us: when
 * @is_practice: of a school to practise with: marked on every page
 * @reveal: ID and phone numbers in clear; else masked
 *
 * What every document of a school says of itself.
 */
typedef struct
{
  const char *school;
  gint64      issued_at_us;
  gboolean    is_practice;
  gboolean    reveal;
} JpPaperIssue;

/**
 * JpPaperStyle:
 * @JP_PAPER_TITLE: title of the document
 * @JP_PAPER_SUBTITLE: what stands below it
 * @JP_PAPER_HEADING: heading of a section; stays with what follows
 * @JP_PAPER_BODY: a paragraph
 * @JP_PAPER_CLAUSE: a paragraph with a number, which hangs out
 * @JP_PAPER_SMALL: remarks
 *
 * How a text is set.
 */
typedef enum {
  JP_PAPER_TITLE,
  JP_PAPER_SUBTITLE,
  JP_PAPER_HEADING,
  JP_PAPER_BODY,
  JP_PAPER_CLAUSE,
  JP_PAPER_SMALL,
} JpPaperStyle;

/**
 * JpPaperAlign:
 * @JP_PAPER_START: to the left
 * @JP_PAPER_CENTER: in the middle
 * @JP_PAPER_END: to the right, for money and numbers
 *
 * Where a line of text begins.
 */
typedef enum {
  JP_PAPER_START,
  JP_PAPER_CENTER,
  JP_PAPER_END,
} JpPaperAlign;

/**
 * JpPaperColumn:
 * @title: head of the column
 * @width: in points at 100 %; 0 = an equal share of what the others leave
 * @align: where its texts begin
 * @is_strong: in bold type
 *
 * A column of a table.
 */
typedef struct
{
  const char  *title;
  double       width;
  JpPaperAlign align;
  gboolean     is_strong;
} JpPaperColumn;

/**
 * JpPaperPair:
 * @label: what it is
 * @value: (nullable): what is known of it; %NULL leaves room to write
 * @is_wide: takes a row of its own
 *
 * One cell of a form.
 */
typedef struct
{
  const char *label;
  const char *value;
  gboolean    is_wide;
} JpPaperPair;

JpPaper *jp_paper_new (const JpPaperSetup *setup, GError **error);
JpPaper *jp_paper_new_issue (const JpPaperIssue *issue, const JpPaperSetup *setup, GError **error);
void     jp_paper_free (JpPaper *self);

void jp_paper_add_text (JpPaper *self, JpPaperStyle style, const char *text);
void jp_paper_add_space (JpPaper *self, double height);
void jp_paper_break_page (JpPaper *self);
void jp_paper_add_signatures (JpPaper *self, const char *const *labels);

void jp_paper_begin_table (JpPaper *self, const JpPaperColumn *columns, guint n_columns);
void jp_paper_add_row (JpPaper *self, const char *const *cells);
void jp_paper_add_total (JpPaper *self, const char *const *cells);
void jp_paper_add_pairs (JpPaper *self, const JpPaperPair *pairs, guint n_pairs, guint n_across);
void jp_paper_add_answer (JpPaper *self, const char *text);

guint       jp_paper_get_n_pages (JpPaper *self);
void        jp_paper_get_size (JpPaper *self, double *out_width, double *out_height);
gboolean    jp_paper_is_landscape (JpPaper *self);
const char *jp_paper_get_title (JpPaper *self);
void        jp_paper_draw_page (JpPaper *self, cairo_t *cairo, guint page);

GBytes  *jp_paper_to_pdf (JpPaper *self, GError **error);
gboolean jp_paper_save (JpPaper *self, GFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPaper, jp_paper_free)

G_END_DECLS
