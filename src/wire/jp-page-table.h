/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-wire-record.h"

G_BEGIN_DECLS

/* A page of a first sync: rows of one table as arrays under a list of columns, which takes half the
 * bytes of objects (sync.md F10). The columns of what a record has beside its fields are "id", "v",
 * "deleted", "parked", "by", "created", "updated" and "x"; a field's column is "f." and its name.
 * Columns in which no row has a value are left out. */

#define JP_PAGE_TABLE_MAX_ROWS     5000
#define JP_PAGE_TABLE_DEFAULT_ROWS 5000

typedef struct _JpPageRows JpPageRows;

/**
 * JpPageTable:
 * @kind: kind of all rows; `JP_KIND_NONE` for one that this program does not know
 * @next: where the next page begins, 0 = this was the last
 * @cursor: (owned): place in the stream when the page was read
 * @records: (owned) (element-type JpRecord): the rows
 * @unread: (owned) (nullable): where the rows are, until they are read
 *
 * What came down.
 */
typedef struct
{
  JpKind      kind;
  gint64      next;
  char       *cursor;
  GPtrArray  *records;
  JpPageRows *unread;
} JpPageTable;

JpPageTable *jp_page_table_new (JpKind kind);
void         jp_page_table_free (JpPageTable *self);
GBytes      *jp_page_table_to_bytes (JpPageTable *self);
JpPageTable *jp_page_table_from_bytes (GBytes *bytes, GError **error);
JpPageTable *jp_page_table_open (GBytes *bytes, GError **error);
gboolean     jp_page_table_read (JpPageTable *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPageTable, jp_page_table_free)

G_END_DECLS
