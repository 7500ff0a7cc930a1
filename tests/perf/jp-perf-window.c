/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-window.h"

#include "jp-expiry.h"
#include "jp-pages.h"

static void
show_window (JpPerfWindow *self)
{
  JpPageRegistry *pages = jp_application_get_pages (self->application);

  self->sync = jp_sync_new (self->store);
  self->office = jp_office_new (self->store, self->sync);
  jp_expiry_set_today (jp_store_today (self->store));
  jp_pages_register (pages, self->office);
  self->window = jp_window_new (GTK_APPLICATION (self->application), pages);
  jp_office_set_window (self->office, self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  self->shown (self);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpPerfWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jp_store_open_finish (self->store, result, &error))
    g_error ("%s", error->message);
  show_window (self);
  g_application_release (G_APPLICATION (self->application));
}

/* As the program does it: the store opens while GTK loads its style. */
static void
prepare_cb (gpointer user_data)
{
  JpPerfWindow *self = user_data;
  g_autoptr (GSettings) settings = g_settings_new (JP_APP_ID);

  g_settings_set_string (settings, "last-page", "trainees");
  g_application_hold (G_APPLICATION (self->application));
  self->school = jp_perf_school_new ();
  self->store = jp_store_new (self->school->path, self->school->key, self->school->clock,
                              self->school->ids, "前台");
  jp_store_open_async (self->store, NULL, store_opened_cb, self);
}

static void
open_cb (gpointer user_data)
{
  /* the window comes when the store is open */
}

/**
 * jp_perf_window_init:
 * @self: memory for it
 * @shown: called when the window has been presented
 *
 * Makes the program; it opens its window when it is activated.
 */
void
jp_perf_window_init (JpPerfWindow *self, void (*shown) (gpointer self))
{
  *self = (JpPerfWindow){ .shown = shown };
  self->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  jp_application_set_opener (self->application, open_cb, self);
  jp_application_set_preparer (self->application, prepare_cb);
}

/**
 * jp_perf_window_clear:
 * @self: a window
 *
 * Closes it and the store, so that the next start finds an orderly end.
 */
void
jp_perf_window_clear (JpPerfWindow *self)
{
  jp_sync_stop (self->sync);
  jp_office_set_window (self->office, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->application);
  g_object_unref (self->office);
  g_object_unref (self->sync);
  jp_perf_school_close_store (self->store);
  jp_perf_school_free (self->school);
}

/**
 * jp_perf_window_get_list:
 * @self: a window that is shown
 *
 * Returns: (transfer none): the list of the page Trainees
 */
JpListPage *
jp_perf_window_get_list (JpPerfWindow *self)
{
  return jp_records_page_get_list (JP_RECORDS_PAGE (jp_window_get_page (self->window)));
}

/**
 * jp_perf_window_is_filled:
 * @self: a window that is shown
 *
 * Returns: whether the roster is there and its first row shows its record
 */
gboolean
jp_perf_window_is_filled (JpPerfWindow *self)
{
  GListModel *model = jp_table_get_model (jp_list_page_get_table (jp_perf_window_get_list (self)));
  g_autoptr (JpRow) row = model != NULL ? g_list_model_get_item (model, 0) : NULL;

  return row != NULL && jp_row_get_record (row) != NULL;
}
