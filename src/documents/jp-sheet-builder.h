/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet.h"

G_BEGIN_DECLS

/* Puts a JpSheet together, row by row, within its limits. Used by the readers. */

typedef struct _JpSheetBuilder JpSheetBuilder;

/**
 * JpSheetMerge:
 * @first_row: row number of the upper edge, from 1
 * @last_row: row number of the lower edge
 * @first_column: left edge, from 0
 * @last_column: right edge
 *
 * A merged cell.
 */
typedef struct
{
  guint first_row;
  guint last_row;
  guint first_column;
  guint last_column;
} JpSheetMerge;

JpSheetBuilder *jp_sheet_builder_new (void);
void            jp_sheet_builder_free (JpSheetBuilder *self);

void jp_sheet_builder_set_name (JpSheetBuilder *self, const char *name);
void jp_sheet_builder_set_encoding (JpSheetBuilder *self, const char *encoding);
const char *
jp_sheet_builder_intern (JpSheetBuilder *self, const char *text, gsize n_bytes, GError **error);
gboolean jp_sheet_builder_begin_row (JpSheetBuilder *self, guint number, GError **error);
gboolean jp_sheet_builder_set_cell (JpSheetBuilder  *self,
                                    guint            column,
                                    const char      *interned,
                                    JpSheetCellFlags flags,
                                    GError         **error);
gboolean jp_sheet_builder_end_row (JpSheetBuilder *self, GError **error);
gboolean jp_sheet_builder_apply_merges (JpSheetBuilder     *self,
                                        const JpSheetMerge *merges,
                                        guint               n_merges,
                                        GError            **error);
JpSheet *jp_sheet_builder_end (JpSheetBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSheetBuilder, jp_sheet_builder_free)

G_END_DECLS
