/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet.h"

G_BEGIN_DECLS

/* What a number format makes of a number: a workbook stores a date as a number of days, and only
 * the format of the cell tells. */

/**
 * JpXlsxFormatKind:
 * @JP_XLSX_FORMAT_NUMBER: a number
 * @JP_XLSX_FORMAT_PADDED: a whole number shown with leading zeros
 * @JP_XLSX_FORMAT_DATE: a day
 * @JP_XLSX_FORMAT_TIME: a time of day, possibly with its day
 * @JP_XLSX_FORMAT_DURATION: hours, minutes and seconds beyond 24 hours
 */
typedef enum {
  JP_XLSX_FORMAT_NUMBER,
  JP_XLSX_FORMAT_PADDED,
  JP_XLSX_FORMAT_DATE,
  JP_XLSX_FORMAT_TIME,
  JP_XLSX_FORMAT_DURATION,
} JpXlsxFormatKind;

/* A number format, as far as its meaning goes. */
typedef struct
{
  guint8 kind;     /* JpXlsxFormatKind */
  guint8 n_digits; /* of a padded number */
} JpXlsxFormat;

JpXlsxFormat jp_xlsx_format_from_id (guint id);
JpXlsxFormat jp_xlsx_format_from_code (const char *code);
char        *jp_xlsx_format_number (JpXlsxFormat      format,
                                    double            value,
                                    gboolean          is_1904,
                                    JpSheetCellFlags *out_flags);

G_END_DECLS
