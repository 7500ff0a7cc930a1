/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

/* A table as a spreadsheet or a text file holds it, before anybody knows what the columns mean.
 *
 * Glossary: a *row number* counts from 1 the way the spreadsheet program shows it beside the row,
 * blank rows included; the *header* is the row with the column labels; the *preamble* are the rows
 * above it (a title, a date); the *rows* are those below it that are not blank. */

#define JP_SHEET_MAX_ROWS           200000u
#define JP_SHEET_MAX_COLUMNS        256u
#define JP_SHEET_MAX_CELLS          10000000u          /* 16 bytes each */
#define JP_SHEET_MAX_CELL_BYTES     (32u * 1024u - 1u) /* Excel: 32,767 characters */
#define JP_SHEET_MAX_FILE_BYTES     (64u * 1024u * 1024u)
#define JP_SHEET_MAX_INFLATED_BYTES (512u * 1024u * 1024u)
#define JP_SHEET_MAX_HEADER_DEPTH   10u /* rows searched for the header */

/**
 * JpSheetCellFlags:
 * @JP_SHEET_CELL_NUMBER: the file says it is a number
 * @JP_SHEET_CELL_DATE: the file says it is a date or a time; the text is ISO 8601
 * @JP_SHEET_CELL_IMPRECISE: a number of more than 15 digits: the spreadsheet program has already
 *   replaced the last ones (an ID number typed without text format), so the text must not be used
 * @JP_SHEET_CELL_ERROR: the result of a formula that failed; the text is its name, e.g. `#REF!`
 * @JP_SHEET_CELL_MERGED: the text comes from the merged cell that begins in a row above
 *
 * What the file knows about a cell beside its text.
 */
typedef enum {
  JP_SHEET_CELL_NUMBER = 1 << 0,
  JP_SHEET_CELL_DATE = 1 << 1,
  JP_SHEET_CELL_IMPRECISE = 1 << 2,
  JP_SHEET_CELL_ERROR = 1 << 3,
  JP_SHEET_CELL_MERGED = 1 << 4,
} JpSheetCellFlags;

typedef struct _JpSheet    JpSheet;
typedef struct _JpSheetRow JpSheetRow;

JpSheet *jp_sheet_ref (JpSheet *self);
void     jp_sheet_unref (JpSheet *self);

const char       *jp_sheet_get_name (const JpSheet *self);
const char       *jp_sheet_get_encoding (const JpSheet *self);
guint             jp_sheet_get_n_columns (const JpSheet *self);
const JpSheetRow *jp_sheet_get_header (const JpSheet *self);
guint             jp_sheet_get_n_rows (const JpSheet *self);
const JpSheetRow *jp_sheet_get_row (const JpSheet *self, guint index);
guint             jp_sheet_get_n_preamble (const JpSheet *self);
const JpSheetRow *jp_sheet_get_preamble (const JpSheet *self, guint index);
void              jp_sheet_choose_header (JpSheet *self, const char *const *labels);
char             *jp_sheet_normalize_label (const char *text);

guint            jp_sheet_row_get_number (const JpSheetRow *row);
guint            jp_sheet_row_get_n_cells (const JpSheetRow *row);
const char      *jp_sheet_row_get_text (const JpSheetRow *row, guint column);
JpSheetCellFlags jp_sheet_row_get_flags (const JpSheetRow *row, guint column);

JpSheet *jp_sheet_read_file (GFile *file, GCancellable *cancellable, GError **error);
JpSheet *jp_sheet_read_bytes (GBytes *bytes, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSheet, jp_sheet_unref)

G_END_DECLS
