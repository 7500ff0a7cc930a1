/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-detail.h"

G_DEFINE_INTERFACE (JpDetail, jp_detail, GTK_TYPE_WIDGET)

static void
jp_detail_default_init (JpDetailInterface *iface)
{
}

/**
 * jp_detail_set_row:
 * @self: a pane
 * @row: (nullable): the line to show; its record may not have been read yet
 */
void
jp_detail_set_row (JpDetail *self, JpRow *row)
{
  g_return_if_fail (JP_IS_DETAIL (self));
  g_return_if_fail (row == NULL || JP_IS_ROW (row));

  JP_DETAIL_GET_IFACE (self)->set_row (self, row);
}

/**
 * jp_detail_get_button:
 * @self: a pane
 *
 * Returns: (nullable) (transfer none): a widget for the head of the pane
 */
GtkWidget *
jp_detail_get_button (JpDetail *self)
{
  g_return_val_if_fail (JP_IS_DETAIL (self), NULL);

  JpDetailInterface *iface = JP_DETAIL_GET_IFACE (self);

  return iface->get_button != NULL ? iface->get_button (self) : NULL;
}
