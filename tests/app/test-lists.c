/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-rows.h"
#include "jp-line.h"
#include "jp-list-page.h"
#include "jp-sort-probe.h"
#include "jp-table.h"
#include "jp-ui-test.h"

#define N_MANY 100000

static void
bind_name (gpointer item, JpCell *cell, gpointer user_data)
{
  cell->pending = !jp_fake_row_is_loaded (item);
  if (!cell->pending)
    jp_cell_take_text (cell, g_strdup_printf ("name %d", (int)jp_fake_row_get_id (item)));
}

static void
bind_money (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_money (cell, jp_fake_row_get_id (item) * -100);
  jp_cell_take_tooltip (cell, g_strdup ("because"));
}

static void
bind_state (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_pill (cell, "a\tb\nc", JP_TINT_WARN);
}

static void
bind_strip (gpointer item, JpCell *cell, gpointer user_data)
{
  const guint16 permille[] = { 1000, 500 };

  jp_cell_set_strip (cell, permille, G_N_ELEMENTS (permille));
}

static const JpColumnSpec columns[] = {
  { "name", "Name", 10, JP_COLUMN_TEXT, TRUE, FALSE, bind_name },
  { "money", "Money", 10, JP_COLUMN_MONEY, TRUE, FALSE, bind_money },
  { "state", "State", 0, JP_COLUMN_PILL, FALSE, FALSE, bind_state },
  { "progress", "Progress", 0, JP_COLUMN_STRIP, FALSE, FALSE, bind_strip },
  { "link", "Link", 8, JP_COLUMN_LINK, TRUE, TRUE, bind_name },
};

static void
count_cb (guint *n_calls)
{
  (*n_calls)++;
}

static void
test_cell (void)
{
  g_auto (JpCell) cell = { 0 };

  jp_cell_set_money (&cell, 110400);
  g_assert_cmpstr (cell.text, ==, "1,104.00");
  jp_cell_set_money (&cell, -27600);
  g_assert_cmpstr (cell.text, ==, "\u2212276.00");
  jp_cell_set_pill (&cell, "late", JP_TINT_INFO);
  g_assert_cmpstr (cell.text, ==, "late");
  g_assert_cmpint (cell.tint, ==, JP_TINT_INFO);
  jp_cell_clear (&cell);
  g_assert_null (cell.text);
  g_assert_cmpint (cell.tint, ==, JP_TINT_MUTE);
}

static JpListSelection *
create_selection (JpFakeRows *rows, gboolean with_find)
{
  JpListSelection *selection = jp_list_selection_new ();

  jp_list_selection_set_ids (selection, jp_fake_rows_get_item_id,
                             with_find ? jp_fake_rows_find : NULL, NULL);
  jp_list_selection_set_model (selection, G_LIST_MODEL (rows));
  return selection;
}

static void
test_selection_follows (void)
{
  for (guint with_find = 0; with_find < 2; with_find++)
    {
      g_autoptr (JpFakeRows) rows = jp_fake_rows_new (100);
      JpListSelection   *selection = create_selection (rows, with_find);
      GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

      gtk_selection_model_select_item (model, 9, TRUE);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 9);

      jp_fake_rows_insert (rows, 0, 1000);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 10);
      jp_fake_rows_remove (rows, 3);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 9);
      jp_fake_rows_reverse (rows);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 90);
      g_assert_cmpuint (jp_list_selection_find (selection, 10), ==, 90);

      /* A row that is gone is selected again when it comes back. */
      jp_fake_rows_remove (rows, 90);
      g_assert_cmpuint (jp_list_selection_get_n_selected (selection), ==, 0);
      jp_fake_rows_insert (rows, 5, 10);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 5);

      /* Unless somebody selected another one. */
      jp_fake_rows_remove (rows, 5);
      gtk_selection_model_select_item (model, 0, TRUE);
      jp_fake_rows_insert (rows, 5, 10);
      g_assert_cmpuint (jp_list_selection_get_single (selection), ==, 0);

      jp_list_selection_set_model (selection, NULL);
      g_assert_cmpuint (jp_list_selection_get_n_selected (selection), ==, 0);
      g_assert_cmpuint (jp_list_selection_find (selection, 10), ==, GTK_INVALID_LIST_POSITION);
      g_assert_finalize_object (selection);
    }
}

/* Random edits against a set of ids. */
static void
test_selection_random (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (50);
  JpListSelection   *selection = create_selection (rows, TRUE);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (GHashTable) expected = g_hash_table_new (NULL, NULL);
  gint64 next_id = 1000;

  for (guint round = 0; round < 2000; round++)
    {
      guint n_items = g_list_model_get_n_items (G_LIST_MODEL (rows));
      guint position = n_items > 0 ? (guint)g_test_rand_int_range (0, (gint32)n_items) : 0;
      g_autoptr (JpFakeRow) row = g_list_model_get_item (G_LIST_MODEL (rows), position);
      gpointer id = row != NULL ? GINT_TO_POINTER ((int)jp_fake_row_get_id (row)) : NULL;

      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          jp_fake_rows_insert (rows, position, next_id++);
          break;
        case 1:
          if (n_items > 0)
            {
              g_hash_table_remove (expected, id);
              jp_fake_rows_remove (rows, position);
            }
          break;
        case 2:
          if (n_items > 0)
            {
              gtk_selection_model_select_item (model, position, FALSE);
              g_hash_table_add (expected, id);
            }
          break;
        case 3:
          if (n_items > 0)
            {
              gtk_selection_model_unselect_item (model, position);
              g_hash_table_remove (expected, id);
            }
          break;
        default:
          jp_fake_rows_reverse (rows);
        }

      n_items = g_list_model_get_n_items (G_LIST_MODEL (rows));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, n_items);
      g_assert_cmpuint (jp_list_selection_get_n_selected (selection), ==,
                        g_hash_table_size (expected));
      for (guint i = 0; i < n_items; i++)
        {
          g_autoptr (JpFakeRow) each = g_list_model_get_item (G_LIST_MODEL (rows), i);

          g_assert_cmpint (gtk_selection_model_is_selected (model, i), ==,
                           g_hash_table_contains (expected, GINT_TO_POINTER (
                                                              (int)jp_fake_row_get_id (each))));
        }
    }

  g_assert_finalize_object (selection);
}

static void
test_selection_all (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (N_MANY);
  JpListSelection *selection = create_selection (rows, TRUE);

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (jp_list_selection_get_n_selected (selection), ==, N_MANY);
  g_assert_cmpuint (jp_fake_rows_get_n_asked (rows), ==, 0);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (jp_list_selection_get_n_selected (selection), ==, 0);
  g_assert_cmpuint (jp_fake_rows_get_n_asked (rows), ==, 0);
  g_assert_finalize_object (selection);
}

typedef struct
{
  GtkWidget  *window;
  JpTable    *table;
  JpFakeRows *rows;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer n_rows)
{
  fixture->rows = jp_fake_rows_new (GPOINTER_TO_UINT (n_rows));
  fixture->table = JP_TABLE (jp_table_new ());
  jp_table_set_columns (fixture->table, columns, G_N_ELEMENTS (columns), NULL);
  jp_table_set_ids (fixture->table, jp_fake_rows_get_item_id, jp_fake_rows_find, NULL);
  jp_table_set_model (fixture->table, G_LIST_MODEL (fixture->rows));

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->table));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer n_rows)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->table), (gpointer *)&fixture->table);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  jp_ui_test_settle ();
  g_assert_null (fixture->table);
  g_assert_finalize_object (fixture->rows);
}

/* Never all rows, whatever happens. */
static void
test_table_lazy (Fixture *fixture, gconstpointer n_rows)
{
  g_assert_cmpuint (jp_fake_rows_get_n_alive (fixture->rows), <, 1000);

  jp_table_scroll_to (fixture->table, 90000);
  gtk_test_widget_wait_for_draw (fixture->window);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (jp_table_get_selection (fixture->table)));
  jp_fake_rows_remove (fixture->rows, 0);
  jp_fake_rows_insert (fixture->rows, 0, 1);
  gtk_test_widget_wait_for_draw (fixture->window);
  jp_fake_rows_reverse (fixture->rows);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (jp_fake_rows_get_n_alive (fixture->rows), <, 1000);
  g_assert_cmpuint (jp_fake_rows_get_n_asked (fixture->rows), <, 20000);
}

static void
test_table_row_height (Fixture *fixture, gconstpointer n_rows)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (jp_table_get_view (fixture->table)));
  GtkWidget *row = gtk_widget_get_first_child (list);

  g_assert_cmpstr (gtk_widget_get_css_name (row), ==, "row");
  /* The line below belongs to the row, but not to its content. */
  g_assert_cmpint (gtk_widget_get_height (row), >=, 29);
  g_assert_cmpint (gtk_widget_get_height (row), <=, 32);
}

typedef struct
{
  char    *column_id;
  gboolean descending;
  guint    n_calls;
} Sort;

static void
sort_changed_cb (Sort *sort, const char *column_id, gboolean descending)
{
  g_free (sort->column_id);
  sort->column_id = g_strdup (column_id);
  sort->descending = descending;
  sort->n_calls++;
}

static void
test_table_sort (Fixture *fixture, gconstpointer n_rows)
{
  Sort sort = { 0 };

  g_signal_connect_swapped (fixture->table, "sort-changed", G_CALLBACK (sort_changed_cb), &sort);

  jp_table_sort_by (fixture->table, "money", TRUE);
  g_assert_cmpstr (sort.column_id, ==, "money");
  g_assert_true (sort.descending);
  jp_table_sort_by (fixture->table, "name", FALSE);
  g_assert_cmpstr (sort.column_id, ==, "name");
  g_assert_false (sort.descending);
  g_assert_cmpuint (sort.n_calls, ==, 2);
  jp_table_sort_by (fixture->table, "name", FALSE);
  g_assert_cmpuint (sort.n_calls, ==, 2);
  jp_table_sort_by (fixture->table, NULL, FALSE);
  g_assert_null (sort.column_id);
  g_assert_cmpuint (sort.n_calls, ==, 3);
}

static void
test_table_selection (Fixture *fixture, gconstpointer n_rows)
{
  guint n_changes = 0;

  g_signal_connect_swapped (fixture->table, "selection-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_null (jp_table_ref_selected (fixture->table));
  g_assert_true (jp_table_select_id (fixture->table, 30));
  g_assert_false (jp_table_select_id (fixture->table, 12345678));
  g_assert_cmpuint (n_changes, ==, 1);

  g_autoptr (JpFakeRow) row = jp_table_ref_selected (fixture->table);
  g_assert_cmpint (jp_fake_row_get_id (row), ==, 30);

  /* The same row in another place is no change. */
  jp_fake_rows_reverse (fixture->rows);
  jp_ui_test_settle ();
  g_assert_cmpuint (n_changes, ==, 1);

  jp_fake_rows_remove (fixture->rows, jp_fake_rows_find (G_LIST_MODEL (fixture->rows), 30, NULL));
  jp_ui_test_settle ();
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_null (jp_table_ref_selected (fixture->table));
}

static void
test_table_type_ahead (Fixture *fixture, gconstpointer n_rows)
{
  g_assert_true (jp_table_type_ahead (fixture->table, "NAME 4"));
  g_autoptr (JpFakeRow) row = jp_table_ref_selected (fixture->table);
  g_assert_cmpint (jp_fake_row_get_id (row), ==, 4);

  /* One character goes on to the next row, more of them stay if they fit. */
  g_assert_true (jp_table_type_ahead (fixture->table, "n"));
  g_autoptr (JpFakeRow) next = jp_table_ref_selected (fixture->table);
  g_assert_cmpint (jp_fake_row_get_id (next), ==, 5);
  g_assert_true (jp_table_type_ahead (fixture->table, "name 5"));
  g_autoptr (JpFakeRow) same = jp_table_ref_selected (fixture->table);
  g_assert_cmpint (jp_fake_row_get_id (same), ==, 5);

  g_assert_false (jp_table_type_ahead (fixture->table, "nobody"));
  g_assert_false (jp_table_type_ahead (fixture->table, ""));
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **out_text = user_data;

  *out_text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (*out_text == NULL)
    *out_text = g_strdup ("");
}

static gboolean
has_text (gpointer user_data)
{
  return *(char **)user_data != NULL;
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_cb, &text);
  g_assert_true (jp_ui_test_wait_until (has_text, &text, 2000));
  return text;
}

static void
test_table_copy (Fixture *fixture, gconstpointer n_rows)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (jp_table_get_selection (fixture->table));
  gboolean           complete = FALSE;

  gtk_selection_model_select_range (selection, 0, 2, TRUE);
  g_autofree char *tsv = jp_table_dup_tsv (fixture->table, &complete);
  g_assert_true (complete);
  g_assert_cmpstr (tsv, ==,
                   "name 1\t\u22121.00\ta b c\t\tname 1\nname 2\t\u22122.00\ta b c\t\tname 2\n");

  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "table.copy", NULL);
  g_autofree char *copied = read_clipboard (GTK_WIDGET (fixture->table));
  g_assert_cmpstr (copied, ==, tsv);
}

static void
test_table_copy_waits (Fixture *fixture, gconstpointer n_rows)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (jp_table_get_selection (fixture->table));
  gboolean           complete = TRUE;

  jp_fake_rows_set_loaded (fixture->rows, FALSE);
  gtk_selection_model_select_range (selection, 90, 1, TRUE);
  g_autofree char *tsv = jp_table_dup_tsv (fixture->table, &complete);
  g_assert_false (complete);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->table)), "before");
  jp_table_copy (fixture->table);
  g_autofree char *before = read_clipboard (GTK_WIDGET (fixture->table));
  g_assert_cmpstr (before, ==, "before");

  jp_fake_rows_set_loaded (fixture->rows, TRUE);
  jp_ui_test_wait_ms (200);
  g_autofree char *after = read_clipboard (GTK_WIDGET (fixture->table));
  g_assert_cmpstr (after, ==, "name 91\t\u221291.00\ta b c\t\tname 91\n");
}

static void
test_table_menu (Fixture *fixture, gconstpointer n_rows)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, "Copy", "table.copy");
  jp_table_set_context_menu (fixture->table, G_MENU_MODEL (menu));

  /* Nothing selected, no menu. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "table.menu", NULL);
  g_assert_false (GTK_IS_POPOVER_MENU (gtk_widget_get_last_child (GTK_WIDGET (fixture->table))));

  jp_table_select_id (fixture->table, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "table.menu", NULL);
  GtkWidget *popover = gtk_widget_get_last_child (GTK_WIDGET (fixture->table));
  g_assert_true (GTK_IS_POPOVER_MENU (popover));
  g_assert_true (gtk_widget_get_visible (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  jp_table_set_context_menu (fixture->table, NULL);
}

/* The keyboard goes on from the selected row. */
static void
test_table_focus (Fixture *fixture, gconstpointer n_rows)
{
  jp_table_select_id (fixture->table, 5);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->table)));

  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *cell = gtk_widget_get_first_child (focus);
  JpLine    *text = JP_LINE (gtk_widget_get_first_child (cell));

  g_assert_cmpstr (gtk_widget_get_css_name (focus), ==, "row");
  g_assert_cmpstr (jp_line_get_text (text), ==, "name 5");
}

/* A row that is loaded while it is seen shows its text. */
static void
test_table_late_row (Fixture *fixture, gconstpointer n_rows)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (jp_table_get_view (fixture->table)));
  GtkWidget *cell = gtk_widget_get_first_child (gtk_widget_get_first_child (list));
  JpLine    *text = JP_LINE (gtk_widget_get_first_child (cell));

  g_assert_cmpstr (jp_line_get_text (text), ==, "name 1");
  jp_fake_rows_set_loaded (fixture->rows, FALSE);
  g_assert_cmpstr (jp_line_get_text (text), ==, NULL);
  jp_fake_rows_set_loaded (fixture->rows, TRUE);
  g_assert_cmpstr (jp_line_get_text (text), ==, "name 1");
}

static void
test_sort_probe_unset (void)
{
  g_autoptr (GtkSorter) probe = jp_sort_probe_new ("name");
  g_autoptr (GtkMultiSorter) sorter = gtk_multi_sorter_new ();
  gboolean descending = TRUE;

  g_assert_null (jp_sort_probe_ask (GTK_SORTER (sorter), &descending));
  g_assert_false (descending);
  gtk_multi_sorter_append (sorter, g_object_ref (probe));
  g_assert_cmpstr (jp_sort_probe_ask (GTK_SORTER (sorter), &descending), ==, "name");
  g_assert_false (descending);
}

static GtkWidget *
open_page (JpListPage *page, int width)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, 600);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static JpListPage *
create_page (JpFakeRows *rows)
{
  JpListPage *page = JP_LIST_PAGE (jp_list_page_new ());
  JpTable    *table = jp_list_page_get_table (page);

  g_object_set (page, "title", "Trainees", "subtitle", "100", NULL);
  jp_view_bar_add (jp_list_page_get_view_bar (page), "all", "All");
  jp_view_bar_add (jp_list_page_get_view_bar (page), "unsigned", "Unsigned");
  jp_table_set_columns (table, columns, G_N_ELEMENTS (columns), NULL);
  jp_table_set_ids (table, jp_fake_rows_get_item_id, jp_fake_rows_find, NULL);
  jp_table_set_model (table, G_LIST_MODEL (rows));
  jp_list_page_set_detail (page, gtk_label_new ("detail"));
  jp_list_page_add_detail_button (page, gtk_button_new ());
  jp_list_page_set_detail_title (page, "Somebody", NULL);
  jp_list_page_set_n_rows (page, g_list_model_get_n_items (G_LIST_MODEL (rows)));
  return page;
}

static void
test_list_page_pane (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (100);
  JpListPage *page = create_page (rows);
  JpTable    *table = jp_list_page_get_table (page);
  GtkWidget  *window = open_page (page, 1200);

  g_assert_false (jp_list_page_get_pane_open (page));
  jp_table_select_id (table, 3);
  g_assert_true (jp_list_page_get_pane_open (page));

  /* Several rows have no pane. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (jp_table_get_selection (table)), 7, FALSE);
  g_assert_false (jp_list_page_get_pane_open (page));
  jp_table_select_id (table, 4);
  g_assert_true (jp_list_page_get_pane_open (page));

  /* Closed by hand it stays closed until a row is opened. */
  gtk_widget_activate_action (GTK_WIDGET (page), "list-page.close-pane", NULL);
  jp_table_select_id (table, 5);
  g_assert_false (jp_list_page_get_pane_open (page));
  g_autoptr (GObject) row = jp_table_ref_selected (table);
  g_signal_emit_by_name (table, "activated", row);
  g_assert_true (jp_list_page_get_pane_open (page));

  jp_list_page_set_detail (page, NULL);
  g_assert_false (jp_list_page_get_pane_open (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_list_page_narrow (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (100);
  JpListPage *page = create_page (rows);
  GtkWidget  *window = open_page (page, 640);

  /* A pane that would cover the list waits for Enter. */
  jp_table_select_id (jp_list_page_get_table (page), 3);
  g_assert_false (jp_list_page_get_pane_open (page));
  jp_list_page_set_pane_open (page, TRUE);
  g_assert_true (jp_list_page_get_pane_open (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Escape first closes the pane, then takes the search back. */
static void
test_list_page_escape (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (100);
  JpListPage *page = create_page (rows);
  GtkWidget  *window = open_page (page, 1200);

  jp_table_select_id (jp_list_page_get_table (page), 3);
  jp_list_page_set_search (page, "zyt");
  gtk_widget_activate_action (GTK_WIDGET (page), "list-page.close-pane", NULL);
  g_assert_false (jp_list_page_get_pane_open (page));
  g_assert_cmpstr (jp_list_page_get_search (page), ==, "zyt");
  gtk_widget_activate_action (GTK_WIDGET (page), "list-page.close-pane", NULL);
  g_assert_cmpstr (jp_list_page_get_search (page), ==, "");

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (page)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                         GTK_WIDGET (jp_list_page_get_table (page))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_list_page_filter (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (100);
  JpListPage *page = create_page (rows);
  GtkWidget  *window = open_page (page, 1200);
  guint       n_changes = 0;

  g_signal_connect_swapped (page, "filter-changed", G_CALLBACK (count_cb), &n_changes);
  jp_view_bar_set_selected (jp_list_page_get_view_bar (page), "unsigned");
  g_assert_cmpuint (n_changes, ==, 1);
  jp_list_page_set_search (page, "zyt");
  jp_ui_test_wait_ms (400);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpstr (jp_list_page_get_search (page), ==, "zyt");

  gtk_widget_activate_action (GTK_WIDGET (page), "list-page.clear-search", NULL);
  g_assert_cmpstr (jp_list_page_get_search (page), ==, "");
  jp_list_page_focus_search (page);
  gtk_window_destroy (GTK_WINDOW (window));
}

static const char *
get_empty_title (JpListPage *page)
{
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (jp_list_page_get_states (page)));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "empty");
  return adw_status_page_get_title (
    ADW_STATUS_PAGE (gtk_stack_get_visible_child (GTK_STACK (stack))));
}

static void
test_list_page_empty (void)
{
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (0);
  JpListPage *page = create_page (rows);
  GtkWidget  *window = open_page (page, 1200);

  jp_list_page_set_primary (page, "New Trainee");
  jp_list_page_set_empty_text (page, NULL, "No trainees yet", "Enrol the first one.");
  jp_list_page_set_n_rows (page, 0);
  g_assert_cmpstr (get_empty_title (page), ==, "No trainees yet");
  jp_view_bar_set_selected (jp_list_page_get_view_bar (page), "unsigned");
  jp_list_page_set_n_rows (page, 0);
  g_assert_cmpstr (get_empty_title (page), ==, "All done here");
  jp_list_page_set_search (page, "nobody");
  jp_list_page_set_n_rows (page, 0);
  g_assert_cmpstr (get_empty_title (page), ==, "Nothing found");

  jp_list_page_set_n_rows (page, 1);
  g_assert_cmpint (jp_states_get_state (jp_list_page_get_states (page)), ==, JP_STATE_CONTENT);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

#define ADD(path, n_rows, function)                                                                \
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_rows), set_up, function, tear_down)

  g_test_add_func ("/app/cell/set", test_cell);
  g_test_add_func ("/app/list-selection/follows", test_selection_follows);
  g_test_add_func ("/app/list-selection/random", test_selection_random);
  g_test_add_func ("/app/list-selection/all", test_selection_all);
  g_test_add_func ("/app/sort-probe/unset", test_sort_probe_unset);
  ADD ("/app/table/lazy", N_MANY, test_table_lazy);
  ADD ("/app/table/row-height", 100, test_table_row_height);
  ADD ("/app/table/sort", 100, test_table_sort);
  ADD ("/app/table/selection", 100, test_table_selection);
  ADD ("/app/table/type-ahead", 100, test_table_type_ahead);
  ADD ("/app/table/copy", 100, test_table_copy);
  ADD ("/app/table/copy-waits", 100, test_table_copy_waits);
  ADD ("/app/table/menu", 100, test_table_menu);
  ADD ("/app/table/focus", 100, test_table_focus);
  ADD ("/app/table/late-row", 100, test_table_late_row);
  g_test_add_func ("/app/list-page/pane", test_list_page_pane);
  g_test_add_func ("/app/list-page/narrow", test_list_page_narrow);
  g_test_add_func ("/app/list-page/escape", test_list_page_escape);
  g_test_add_func ("/app/list-page/filter", test_list_page_filter);
  g_test_add_func ("/app/list-page/empty", test_list_page_empty);

  return g_test_run ();
}
