/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-column.h"
#include "jp-detail.h"
#include "jp-office.h"
#include "jp-query.h"
#include "jp-row.h"

G_BEGIN_DECLS

/**
 * JpRecordsView:
 * @name: name of the saved view, e.g. "unsigned"
 * @title: English, in the context "view"
 * @field: a code field whose value the view asks for; 0 for none
 * @is: (nullable): the stored name of that value
 * @rows: which rows at all
 * @narrow: (nullable): what the view asks beyond that
 *
 * A question the desk asks, as a toggle with its count.
 */
typedef struct
{
  const char *name;
  const char *title;
  JpFieldId   field;
  const char *is;
  JpQueryRows rows;
  void (*narrow) (JpQuery *query, JpDate today);
} JpRecordsView;

/**
 * JpRecordsColumn:
 * @id: unique in the list
 * @field: the field it shows and is sorted by; 0 for none
 * @title: (nullable): English, in the context "column"; %NULL: the field's label
 * @width_chars: width
 * @kind: how it looks
 * @expand: takes a share of the room that is left, as every text does
 * @bind: (nullable): fills the cell; %NULL: the field as a list shows it, a money column an amount
 * @give_way: when it leaves a narrow list: 1 first, 0 never
 *
 * One column of a list of records.
 */
typedef struct
{
  const char  *id;
  JpFieldId    field;
  const char  *title;
  guint        width_chars;
  JpColumnKind kind;
  gboolean     expand;
  void (*bind) (JpRow *row, JpCell *cell);
  guint give_way;
} JpRecordsColumn;

/**
 * JpRecordsAction:
 * @name: name of the action, behind the name of the kind: "draft" is "trainee.draft"
 * @title: English, in the context "button"
 * @run: does it with the selected record
 *
 * More that can be done with the selected record, from the context menu.
 */
typedef struct
{
  const char *name;
  const char *title;
  void (*run) (JpOffice *office, JpRecord *record);
} JpRecordsAction;

/**
 * JpRecordsSpec:
 * @place: the place in the sidebar
 * @kind: kind of the records
 * @primary: (nullable): English label of the button that makes a new one; %NULL: nothing can be
 * made here
 * @can_edit: F2 opens the form of the selected record
 * @can_delete: Delete puts records into the trash
 * @views: (array length=n_views): saved views, the first is shown first
 * @n_views: how many
 * @columns: (array length=n_columns): columns
 * @n_columns: how many
 * @order: field of the first order
 * @descending: largest first
 * @empty_icon: icon of the empty state
 * @empty_title: English
 * @empty_text: English: what to do
 * @new_detail: (nullable): makes the pane; %NULL: the fields of the description
 * @make_new: (nullable): what "new" does; %NULL: opens an empty form
 * @may_edit: (nullable): which records can be edited; %NULL: all
 * @edit: (nullable): what "edit" does; %NULL: opens the form of the record
 * @actions: (nullable) (array length=n_actions): more entries of the context menu
 * @n_actions: how many
 *
 * A page of records as a table: adding a page is adding a spec.
 */
typedef struct
{
  const char            *place;
  JpKind                 kind;
  const char            *primary;
  gboolean               can_edit;
  gboolean               can_delete;
  const JpRecordsView   *views;
  guint                  n_views;
  const JpRecordsColumn *columns;
  guint                  n_columns;
  JpFieldId              order;
  gboolean               descending;
  const char            *empty_icon;
  const char            *empty_title;
  const char            *empty_text;
  GtkWidget *(*new_detail) (JpOffice *office);
  void (*make_new) (JpOffice *office);
  gboolean (*may_edit) (JpRecord *record);
  void (*edit) (JpOffice *office, JpRecord *record);
  const JpRecordsAction *actions;
  guint                  n_actions;
} JpRecordsSpec;

G_END_DECLS
