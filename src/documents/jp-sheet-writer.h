/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"
#include "jp-documents-error.h"

G_BEGIN_DECLS

/* Writes a table to a workbook or a text file. The file appears only when it is complete. */

#define JP_SHEET_WRITER_MAX_ROWS    1048575u /* the rows of a worksheet without the header */
#define JP_SHEET_WRITER_SAMPLE_ROWS 200u     /* rows that decide how wide the columns are */

/**
 * JpSheetFormat:
 * @JP_SHEET_FORMAT_XLSX: a workbook for Excel, WPS and LibreOffice
 * @JP_SHEET_FORMAT_CSV: comma separated text, UTF-8 with byte order mark, CRLF
 */
typedef enum {
  JP_SHEET_FORMAT_XLSX,
  JP_SHEET_FORMAT_CSV,
} JpSheetFormat;

/**
 * JpSheetColumnType:
 * @JP_SHEET_COLUMN_TEXT: text; what is typed into the column later stays text too
 * @JP_SHEET_COLUMN_INTEGER: whole numbers
 * @JP_SHEET_COLUMN_DECIMAL: numbers, up to two decimals are shown
 * @JP_SHEET_COLUMN_MONEY: amounts in yuan, two decimals
 * @JP_SHEET_COLUMN_DATE: days
 * @JP_SHEET_COLUMN_INSTANT: days with a time, in China's time
 *
 * How a column looks; each of its cells may hold a text all the same.
 */
typedef enum {
  JP_SHEET_COLUMN_TEXT,
  JP_SHEET_COLUMN_INTEGER,
  JP_SHEET_COLUMN_DECIMAL,
  JP_SHEET_COLUMN_MONEY,
  JP_SHEET_COLUMN_DATE,
  JP_SHEET_COLUMN_INSTANT,
} JpSheetColumnType;

typedef struct _JpSheetWriter JpSheetWriter;

JpSheetWriter *jp_sheet_writer_new (GFile *file, JpSheetFormat format, const char *sheet_name);
void           jp_sheet_writer_free (JpSheetWriter *self);

void jp_sheet_writer_add_column (JpSheetWriter *self, const char *label, JpSheetColumnType type);

void     jp_sheet_writer_put_empty (JpSheetWriter *self);
void     jp_sheet_writer_put_text (JpSheetWriter *self, const char *text);
void     jp_sheet_writer_put_integer (JpSheetWriter *self, gint64 number);
void     jp_sheet_writer_put_decimal (JpSheetWriter *self, double number);
void     jp_sheet_writer_put_money (JpSheetWriter *self, gint64 amount_fen);
void     jp_sheet_writer_put_date (JpSheetWriter *self, JpDate date);
void     jp_sheet_writer_put_instant (JpSheetWriter *self, gint64 instant_us);
gboolean jp_sheet_writer_end_row (JpSheetWriter *self, GError **error);

gboolean jp_sheet_writer_finish (JpSheetWriter *self, GCancellable *cancellable, GError **error);

JpSheetFormat jp_sheet_writer_guess_format (GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSheetWriter, jp_sheet_writer_free)

G_END_DECLS
