/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-import.h"
#include "jp-sheet.h"

G_BEGIN_DECLS

/* A table of a spreadsheet as a roster: which column is which field, and the way back for the rows
 * that were refused. */

/**
 * JpRoster:
 * @sheet: (owned): the table
 * @kind: what its rows are
 * @fields: (owned) (element-type JpFieldId): the field of each column, 0 for none
 * @unknown: (owned) (element-type utf8): labels of columns that nobody knows
 *
 * A table whose columns have been recognised.
 */
typedef struct
{
  JpSheet   *sheet;
  JpKind     kind;
  GArray    *fields;
  GPtrArray *unknown;
} JpRoster;

JpRoster *jp_roster_new (JpSheet *sheet, JpKind kind, GError **error);
void      jp_roster_free (JpRoster *self);
JpImport *jp_roster_read (JpRoster *self);
gboolean  jp_roster_write_refused (JpRoster     *self,
                                   JpImport     *import,
                                   GFile        *file,
                                   GCancellable *cancellable,
                                   GError      **error);
GFile    *jp_roster_name_refused (GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpRoster, jp_roster_free)

G_END_DECLS
