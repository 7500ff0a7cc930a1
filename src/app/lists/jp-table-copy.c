/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-table-private.h"

/* Copying the selected rows as text that every spreadsheet understands. Rows that are not loaded
 * yet are held until they are: their model loads what is held. */
#define COPY_WAIT_MS   50
#define MAX_COPY_WAITS 100

/* A tab or line break inside a cell would tear the row apart. */
static void
append_cell (GString *tsv, const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    g_string_append_c (tsv, *p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p);
}

static gboolean
append_row (JpTable *self, GString *tsv, gpointer item)
{
  gboolean complete = TRUE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      JpColumn *column = g_array_index (self->columns, JpTableColumn, i).column;
      g_auto (JpCell) cell = { 0 };

      jp_column_bind (column, item, &cell);
      complete = complete && !cell.pending;
      if (i > 0)
        g_string_append_c (tsv, '\t');
      append_cell (tsv, cell.text);
    }

  g_string_append_c (tsv, '\n');
  return complete;
}

static GPtrArray *
hold_selected (JpTable *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint         position = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more && items->len < JP_TABLE_MAX_COPY_ROWS; more = gtk_bitset_iter_next (&iter, &position))
    {
      gpointer item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return items;
}

static char *
write_rows (JpTable *self, GPtrArray *items, gboolean *out_complete)
{
  GString *tsv = g_string_new (NULL);

  *out_complete = TRUE;
  for (guint i = 0; i < items->len; i++)
    {
      if (!append_row (self, tsv, g_ptr_array_index (items, i)))
        *out_complete = FALSE;
    }

  return g_string_free (tsv, FALSE);
}

static gboolean
copy_if_complete (JpTable *self)
{
  gboolean         complete = FALSE;
  g_autofree char *tsv = write_rows (self, self->copying, &complete);

  if (complete && self->copying->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), tsv);
  return complete;
}

static gboolean
wait_for_rows_cb (gpointer user_data)
{
  JpTable *self = JP_TABLE (user_data);

  if (!copy_if_complete (self) && ++self->n_copy_waits < MAX_COPY_WAITS)
    return G_SOURCE_CONTINUE;

  self->copy_id = 0;
  g_clear_pointer (&self->copying, g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_table_copy (JP_TABLE (widget));
}

/**
 * jp_table_copy_class_init:
 * @widget_class: the class of the table
 *
 * Installs the action and its key.
 */
void
jp_table_copy_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
}

/**
 * jp_table_copy_dispose:
 * @self: a table
 *
 * Gives up a copy that still waits for its rows.
 */
void
jp_table_copy_dispose (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  g_clear_handle_id (&self->copy_id, g_source_remove);
  g_clear_pointer (&self->copying, g_ptr_array_unref);
}

/**
 * jp_table_dup_tsv:
 * @self: a table
 * @out_complete: (out): %FALSE if some rows are not loaded, so that their cells are empty
 *
 * Writes the selected rows, at most %JP_TABLE_MAX_COPY_ROWS, as lines of tab-separated cells, in
 * the order of the columns as they were set.
 *
 * Returns: (transfer full): the text
 */
char *
jp_table_dup_tsv (JpTable *self, gboolean *out_complete)
{
  g_return_val_if_fail (JP_IS_TABLE (self), NULL);
  g_return_val_if_fail (out_complete != NULL, NULL);

  g_autoptr (GPtrArray) items = hold_selected (self);

  return write_rows (self, items, out_complete);
}

/**
 * jp_table_copy:
 * @self: a table
 *
 * Copies the selected rows (Ctrl+C), as soon as all of them are loaded. A copy that cannot be
 * complete does not happen.
 */
void
jp_table_copy (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  jp_table_copy_dispose (self);
  self->copying = hold_selected (self);
  self->n_copy_waits = 0;
  if (copy_if_complete (self))
    g_clear_pointer (&self->copying, g_ptr_array_unref);
  else
    self->copy_id = g_timeout_add (COPY_WAIT_MS, wait_for_rows_cb, self);
}
