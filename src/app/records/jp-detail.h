/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_TYPE_DETAIL (jp_detail_get_type ())

G_DECLARE_INTERFACE (JpDetail, jp_detail, JP, DETAIL, GtkWidget)

/**
 * JpDetailInterface:
 * @set_row: shows another line, or the newer state of the same; %NULL for nothing
 * @get_button: (nullable): a widget for the head of the pane, e.g. the main thing to do with the
 * record
 *
 * The pane beside a list.
 */
struct _JpDetailInterface
{
  GTypeInterface parent_interface;

  void (*set_row) (JpDetail *self, JpRow *row);
  GtkWidget *(*get_button) (JpDetail *self);
};

void       jp_detail_set_row (JpDetail *self, JpRow *row);
GtkWidget *jp_detail_get_button (JpDetail *self);

G_END_DECLS
