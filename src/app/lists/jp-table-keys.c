/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-table-private.h"

/* Arrows, Home, End, PageUp, PageDown, Ctrl+A and Enter are GTK's. Type-ahead is ours: it jumps to
 * the next row whose first column begins with what was typed. Longer lists have a search that takes
 * the keys instead. */
#define TYPE_AHEAD_PAUSE_MS 1000
#define TYPE_AHEAD_MAX_ROWS 5000

static gboolean
begins_with (JpTable *self, guint position, const char *folded)
{
  JpColumn *first = g_array_index (self->columns, JpTableColumn, 0).column;
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_auto (JpCell) cell = { 0 };

  if (item == NULL)
    return FALSE;

  jp_column_bind (first, item, &cell);
  if (cell.text == NULL)
    return FALSE;

  g_autofree char *text = g_utf8_casefold (cell.text, -1);
  return g_str_has_prefix (text, folded);
}

/**
 * jp_table_type_ahead:
 * @self: a table
 * @text: what was typed; repeats of one character go from row to row
 *
 * Selects the next row whose first column begins with @text, in any case.
 *
 * Returns: %FALSE if there is none, or too many rows to look through
 */
gboolean
jp_table_type_ahead (JpTable *self, const char *text)
{
  g_return_val_if_fail (JP_IS_TABLE (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  guint            n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint            start = jp_list_selection_get_single (self->selection);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (self->columns->len == 0 || n_items == 0 || n_items > TYPE_AHEAD_MAX_ROWS || text[0] == '\0')
    return FALSE;

  /* One character: the row after; more: this row may still be the one. */
  if (start == GTK_INVALID_LIST_POSITION)
    start = 0;
  else if (g_utf8_strlen (folded, -1) == 1)
    start++;

  for (guint i = 0; i < n_items; i++)
    {
      guint position = (start + i) % n_items;

      if (begins_with (self, position, folded))
        {
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
          jp_table_scroll_to (self, position);
          return TRUE;
        }
    }

  return FALSE;
}

static void
forget_typed_cb (gpointer user_data)
{
  JpTable *self = JP_TABLE (user_data);

  self->typed_id = 0;
  g_string_truncate (self->typed, 0);
}

static void
typed_cb (JpTable *self, const char *text)
{
  g_assert (JP_IS_TABLE (self));

  g_clear_handle_id (&self->typed_id, g_source_remove);
  self->typed_id = g_timeout_add_once (TYPE_AHEAD_PAUSE_MS, forget_typed_cb, self);

  /* A space at the beginning is GTK's: it selects. */
  if (self->typed->len == 0 && text[0] == ' ')
    return;

  /* "ooo" means: the next one with o, and the next. */
  if (self->typed->len > 0 && g_str_equal (self->typed->str, text))
    g_string_truncate (self->typed, 0);
  g_string_append (self->typed, text);
  jp_table_type_ahead (self, self->typed->str);
}

/**
 * jp_table_keys_init:
 * @self: a new table
 *
 * Listens to what is typed, through the input method, so that Chinese arrives as Chinese.
 */
void
jp_table_keys_init (JpTable *self)
{
  g_return_if_fail (JP_IS_TABLE (self));

  g_autoptr (GtkIMContext) context = gtk_im_multicontext_new ();

  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_key_set_im_context (GTK_EVENT_CONTROLLER_KEY (self->keys), context);
  g_signal_connect_object (context, "commit", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), self->keys);
}

/**
 * jp_table_set_type_ahead:
 * @self: a table
 * @type_ahead: whether typing jumps to a row; %TRUE at first
 *
 * Lets typing go to a search entry instead.
 */
void
jp_table_set_type_ahead (JpTable *self, gboolean type_ahead)
{
  g_return_if_fail (JP_IS_TABLE (self));

  gtk_event_controller_set_propagation_phase (self->keys,
                                              type_ahead ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}
