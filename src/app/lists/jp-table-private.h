/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-table.h"

G_BEGIN_DECLS

/* What the table set, and what GTK shows of it. */
typedef struct
{
  JpColumn            *column;      /* (owned) */
  GtkColumnViewColumn *view_column; /* (owned) */
  int                  width;       /* px it needed when it gave way; 0 = it is shown */
} JpTableColumn;

struct _JpTable
{
  GtkWidget parent_instance;

  GtkWidget     *scroller;   /* (owned): first child */
  GtkColumnView *view;       /* (borrowed): in the scroller */
  GtkWidget     *menu;       /* (owned) (nullable): popover, a child; made when it is opened */
  GMenuModel    *menu_model; /* (owned) (nullable): what is in it */

  JpListSelection *selection; /* (owned) */
  GArray          *columns;   /* (owned) (element-type JpTableColumn) */
  GString         *typed;     /* (owned): what was typed ahead */
  GPtrArray       *copying;   /* (owned) (nullable): rows that are loaded to be copied */
  char            *sort_id;   /* (owned) (nullable): column sorted by */

  GtkEventController *keys; /* (borrowed): of the view, for type-ahead */

  JpItemId item_id;      /* (nullable) */
  gpointer ids_data;     /* (borrowed): for item_id */
  gint64   told_id;      /* of the single selected row when last told; 0 = none */
  guint64  told_n;       /* selected rows when last told */
  guint    typed_id;     /* (source) 0 = none: forgets what was typed, cleared in dispose */
  guint    check_id;     /* (source) 0 = none: cleared in dispose */
  guint    refocus_id;   /* (source) 0 = none: cleared in dispose */
  guint    fit_id;       /* (source) 0 = none: cleared in dispose */
  guint    copy_id;      /* (source) 0 = none: cleared in dispose */
  guint    map_tick_id;  /* (source) 0 = none: a tick callback, goes with the widget */
  guint    n_map_ticks;  /* frames since it was shown again */
  guint    n_copy_waits; /* rounds waited for the rows to be copied */
  gboolean descending;
  gboolean was_at_top; /* when it was last seen */
};

guint jp_table_get_row_position (JpTable *self, GtkWidget *row);
void  jp_table_fit_init (JpTable *self);
void  jp_table_fit_dispose (JpTable *self);
void  jp_table_menu_init (JpTable *self);
void  jp_table_menu_class_init (GtkWidgetClass *widget_class);
void  jp_table_keys_init (JpTable *self);
void  jp_table_copy_class_init (GtkWidgetClass *widget_class);
void  jp_table_copy_dispose (JpTable *self);

G_END_DECLS
