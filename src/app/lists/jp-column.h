/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cell.h"

G_BEGIN_DECLS

/**
 * JpColumnKind:
 * @JP_COLUMN_TEXT: plain text, cut at the end
 * @JP_COLUMN_NUMBER: a number with its unit: right-aligned, tabular figures
 * @JP_COLUMN_MONEY: like a number
 * @JP_COLUMN_PILL: a state: word and tint
 * @JP_COLUMN_BADGE: a short code on grey, e.g. a licence type
 * @JP_COLUMN_STRIP: a progress, see [class@Jp.ProgressStrip]
 * @JP_COLUMN_LINK: text that leads somewhere: a click emits [signal@Jp.Table::link]
 *
 * How a column shows its cells.
 */
typedef enum {
  JP_COLUMN_TEXT,
  JP_COLUMN_NUMBER,
  JP_COLUMN_MONEY,
  JP_COLUMN_PILL,
  JP_COLUMN_BADGE,
  JP_COLUMN_STRIP,
  JP_COLUMN_LINK,
} JpColumnKind;

/**
 * JpCellBind:
 * @item: (type GObject): an item of the model
 * @cell: an empty cell, to fill
 * @user_data: of the table's columns
 *
 * Says what one column shows of @item. Pure and quick: it runs for each visible cell.
 */
typedef void (*JpCellBind) (gpointer item, JpCell *cell, gpointer user_data);

/**
 * JpColumnSpec:
 * @id: what code calls it; also the key of the sort order
 * @title: translated
 * @width_chars: its natural width in digits; 0 = as wide as its first cells
 * @kind: how it shows its cells
 * @sortable: whether a click on the title sorts by it
 * @expand: whether it takes a share of the room that is left
 * @bind: fills a cell
 * @bind_data: (nullable): handed to @bind instead of the table's data; must outlive the table
 * @give_way: which column leaves a table without room for all of them: 1 first, then 2 …; 0 stays
 *   and is never cut
 *
 * One column of a [class@Jp.Table]; all strings are copied.
 */
typedef struct
{
  const char   *id;
  const char   *title;
  guint         width_chars;
  JpColumnKind  kind;
  gboolean      sortable;
  gboolean      expand;
  JpCellBind    bind;
  gconstpointer bind_data;
  guint         give_way;
} JpColumnSpec;

typedef struct _JpColumn JpColumn;

JpColumn            *jp_column_new (const JpColumnSpec *spec, gpointer user_data);
JpColumn            *jp_column_ref (JpColumn *self);
void                 jp_column_unref (JpColumn *self);
GtkColumnViewColumn *jp_column_create_view_column (JpColumn *self, GtkSorter *sorter);
const char          *jp_column_get_id (JpColumn *self);
JpColumnKind         jp_column_get_kind (JpColumn *self);
guint                jp_column_get_give_way (JpColumn *self);
gboolean             jp_column_is_numeric (JpColumn *self);
void                 jp_column_bind (JpColumn *self, gpointer item, JpCell *cell);
GtkListItem         *jp_column_find_list_item (JpColumn *self, GtkWidget *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpColumn, jp_column_unref)

G_END_DECLS
