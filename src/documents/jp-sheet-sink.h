/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet-writer.h"

G_BEGIN_DECLS

/* What JpSheetWriter needs of a file format. */

/**
 * JpSheetValueType:
 *
 * What a cell holds.
 */
typedef enum {
  JP_SHEET_VALUE_EMPTY,
  JP_SHEET_VALUE_TEXT,
  JP_SHEET_VALUE_INTEGER,
  JP_SHEET_VALUE_DECIMAL,
  JP_SHEET_VALUE_MONEY,
  JP_SHEET_VALUE_DATE,
  JP_SHEET_VALUE_INSTANT,
} JpSheetValueType;

/* One value on its way into a cell. */
typedef struct
{
  JpSheetValueType type;
  char            *text;    /* (owned) (nullable): of a text; valid UTF-8, not empty */
  gint64           integer; /* number, fen, JpDate or µs since 1970 */
  double           decimal; /* finite */
} JpSheetValue;

/* A column: what its cells hold and how wide it is shown. */
typedef struct
{
  char             *label; /* (owned): never NULL */
  JpSheetColumnType type;
  guint             width; /* in half-width characters, without margin */
} JpSheetColumn;

typedef struct _JpSheetSink JpSheetSink;

/* What a file format does; every function but free () may fail. */
typedef struct
{
  gboolean (*begin) (JpSheetSink *self, GError **error);
  gboolean (*add_row) (JpSheetSink *self, const JpSheetValue *values, GError **error);
  gboolean (*end) (JpSheetSink *self, GError **error);
  void (*free) (JpSheetSink *self);
} JpSheetSinkClass;

struct _JpSheetSink
{
  const JpSheetSinkClass *klass;   /* (borrowed) */
  const JpSheetColumn    *columns; /* (borrowed) (array length=n_columns): set before begin() */
  guint                   n_columns;
  const char             *name; /* (borrowed) (nullable): of the table */
};

char *jp_sheet_sink_format (const JpSheetValue *value);

JpSheetSink *jp_csv_sink_new (GFile *file, GError **error);
JpSheetSink *jp_xlsx_sink_new (GFile *file, GError **error);

G_END_DECLS
