/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-table-private.h"

/* The context menu of a table: by the secondary button on a row, or by the Menu key on the selected
 * one. */

/* The row at a place of the view, or GTK_INVALID_LIST_POSITION. */
static guint
find_row_at (JpTable *self, double x, double y)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != view &&
         g_strcmp0 (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL || widget == view)
    return GTK_INVALID_LIST_POSITION;

  return jp_table_get_row_position (self, widget);
}

/* Made when it is opened first: most tables are closed before. */
static void
popup_at (JpTable *self, const GdkRectangle *place)
{
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (self->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_pressed_cb (JpTable *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  g_assert (JP_IS_TABLE (self));

  guint            position = find_row_at (self, x, y);
  graphene_point_t point;

  if (self->menu_model == NULL || position == GTK_INVALID_LIST_POSITION)
    return;

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->view), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, &(GdkRectangle){ (int)point.x, (int)point.y, 1, 1 });
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpTable        *self = JP_TABLE (widget);
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;
  GdkRectangle    place = { 24, 48, 1, 1 };

  if (self->menu_model == NULL || jp_list_selection_get_n_selected (self->selection) == 0)
    return;

  /* Below the row that has the focus, if one has. */
  if (focus != NULL && g_strcmp0 (gtk_widget_get_css_name (focus), "row") == 0 &&
      gtk_widget_compute_bounds (focus, widget, &bounds))
    place = (GdkRectangle){ 24, (int)bounds.origin.y, 1, (int)bounds.size.height };
  popup_at (self, &place);
}

/**
 * jp_table_menu_class_init:
 * @widget_class: the class of the table
 *
 * Installs the action and the keys of the menu.
 */
void
jp_table_menu_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu",
                                       NULL);
}

/**
 * jp_table_menu_init:
 * @self: a new table
 *
 * Listens to the secondary button.
 */
void
jp_table_menu_init (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (secondary_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

/**
 * jp_table_set_context_menu:
 * @self: a table
 * @menu: (nullable) (transfer none): what one can do with the selected rows
 *
 * Changes the context menu. Its actions are looked up from the table upwards.
 */
void
jp_table_set_context_menu (JpTable *self, GMenuModel *menu)
{
  g_return_if_fail (JP_IS_TABLE (self));
  g_return_if_fail (menu == NULL || G_IS_MENU_MODEL (menu));

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_set_object (&self->menu_model, menu);
}
