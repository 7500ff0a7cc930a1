/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet.h"

G_BEGIN_DECLS

/* Shared by jp-sheet.c and jp-sheet-builder.c. */

/* A cell as it was read. */
typedef struct
{
  const char *text;  /* (borrowed) from the sheet's arena, never NULL */
  guint32     flags; /* JpSheetCellFlags */
} JpSheetCell;

struct _JpSheetRow
{
  guint       number;  /* as the spreadsheet program shows it, from 1 */
  guint       n_cells; /* without the empty ones at the end */
  JpSheetCell cells[];
};

struct _JpSheet
{
  gatomicrefcount ref_count;
  GStringChunk   *arena;   /* (owned): the text of every cell */
  GPtrArray      *rows;    /* (owned) (element-type JpSheetRow): header and preamble included */
  GArray         *widened; /* (owned) (element-type guint): numbers of rows with a cell that is
                              merged over several columns, ascending */
  char *name;              /* (owned) (nullable): of the worksheet */
  char *encoding;          /* (owned) (nullable): of a text file */
  guint header;            /* index into rows; 0 also for a sheet without rows */
  guint n_columns;
};

void jp_sheet_find_header (JpSheet *self);

G_END_DECLS
