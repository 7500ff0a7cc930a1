/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-table-private.h"

/* A table that is too narrow for all its columns leaves out the least important ones, instead of
 * scrolling sideways with the state of each row out of sight. What was left out stands in the pane
 * of the row, and comes back with the room for it. */

/* GTK does not ask the view again by itself: the title of a column that has just gone stands in a
 * header that waits for its layout already. */
static int
measure_width (JpTable *self)
{
  int natural = 0;

  gtk_widget_queue_resize (GTK_WIDGET (self->view));
  gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                      NULL);
  return natural;
}

/* The next to leave, or the last that left. */
static JpTableColumn *
find_next (JpTable *self, gboolean shown)
{
  JpTableColumn *next = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      JpTableColumn *column = &g_array_index (self->columns, JpTableColumn, i);
      guint          rank = jp_column_get_give_way (column->column);

      if (rank == 0 || (column->width == 0) != shown)
        continue;
      if (next == NULL || (rank < jp_column_get_give_way (next->column)) == shown)
        next = column;
    }
  return next;
}

static void
leave_out (JpTable *self, int room)
{
  JpTableColumn *column = NULL;
  int            width = measure_width (self);

  while (width > room && (column = find_next (self, TRUE)) != NULL)
    {
      int without = 0;

      gtk_column_view_column_set_visible (column->view_column, FALSE);
      without = measure_width (self);
      column->width = MAX (width - without, 1);
      width = without;
    }
}

static void
bring_back (JpTable *self, int room)
{
  JpTableColumn *column = NULL;

  while ((column = find_next (self, FALSE)) != NULL && measure_width (self) + column->width <= room)
    {
      gtk_column_view_column_set_visible (column->view_column, TRUE);
      column->width = 0;
    }
}

static gboolean
fit_cb (gpointer user_data)
{
  JpTable *self = JP_TABLE (user_data);
  int      room = gtk_widget_get_width (GTK_WIDGET (self->view));

  self->fit_id = 0;
  if (room > 0)
    {
      bring_back (self, room);
      leave_out (self, room);
    }
  return G_SOURCE_REMOVE;
}

/* Not at once: this is told in the middle of a layout. Before the next one, however. */
static void
adjustment_changed_cb (JpTable *self)
{
  g_assert (JP_IS_TABLE (self));

  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/**
 * jp_table_fit_init:
 * @self: a new table with its view
 *
 * Lets columns give way from now on.
 */
void
jp_table_fit_init (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * jp_table_fit_dispose:
 * @self: a table
 *
 * Stops.
 */
void
jp_table_fit_dispose (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  g_clear_handle_id (&self->fit_id, g_source_remove);
}
