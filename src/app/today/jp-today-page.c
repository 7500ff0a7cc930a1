/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-page.h"

#include "jp-finance-repo.h"
#include "jp-page-header.h"
#include "jp-page.h"
#include "jp-today-cards.h"
#include "jp-today-columns.h"
#include "jp-today-requests.h"
#include "jp-today-words.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY_MS 200  /* collects what one sync brings */
#define AGE_REFRESH_S    60   /* "3 minutes ago" grows */
#define STUCK_DELAY_MS   1500 /* what goes through the whole school waits for what is looked at */

struct _JpTodayPage
{
  GtkWidget parent_instance;

  GtkWidget *box;    /* child */
  GtkWidget *header; /* (borrowed): in the box */
  GtkWidget *states; /* (borrowed): in the box */
  GtkWidget *lists;  /* (borrowed): in the states */
  GtkWidget *cards;  /* (borrowed): in the states */

  JpOffice     *office;        /* (owned) */
  GCancellable *cancellable;   /* (owned): cancelled in dispose */
  guint         refresh_id;    /* (source) 0 = none */
  guint         age_id;        /* (source) */
  guint         stuck_id;      /* (source) 0 = none */
  gboolean      stuck_known;   /* since the store changed last */
  gboolean      stuck_running; /* is being read: the next time waits for the end */
};

static void jp_today_page_page_init (JpPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpTodayPage,
                               jp_today_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_today_page_page_init))

/* Reading. */

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_today_repo_read (vault, error);
}

static void want_stuck (JpTodayPage *self);

static void
show_today (JpTodayPage *self, const JpToday *today)
{
  JpStore         *store = jp_office_get_store (self->office);
  gint64           now_us = jp_clock_now_us (jp_store_get_clock (store));
  g_autofree char *day = jp_today_words_dup_day (jp_store_today (store));

  jp_page_header_set_subtitle (JP_PAGE_HEADER (self->header), day);
  jp_today_lists_show (JP_TODAY_LISTS (self->lists), today, now_us);
  jp_today_cards_show (JP_TODAY_CARDS (self->cards), today);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_CONTENT);
  want_stuck (self);
}

static gpointer
read_stuck_call (JpVault *vault, gpointer data, GError **error)
{
  JpFinanceOutlook *outlook = jp_finance_repo_read_outlook (vault, 1, error);
  gint64           *stuck_fen = NULL;

  if (outlook == NULL)
    return NULL;
  stuck_fen = g_memdup2 (&outlook->stuck_fen, sizeof outlook->stuck_fen);
  jp_finance_repo_free_outlook (outlook);
  return stuck_fen;
}

static void
stuck_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTodayPage) self = user_data;
  g_autofree gint64 *stuck_fen = NULL;

  self->stuck_running = FALSE;
  /* ignored: the page Finance says why it cannot be read */
  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&stuck_fen, NULL) &&
      self->box != NULL)
    jp_today_cards_show_stuck (JP_TODAY_CARDS (self->cards), *stuck_fen);
  if (self->box != NULL)
    want_stuck (self);
}

static void
read_stuck_cb (gpointer user_data)
{
  JpTodayPage *self = user_data;
  JpStoreCall  call = { read_stuck_call, NULL, NULL, g_free, 0 };

  self->stuck_id = 0;
  if (!jp_store_is_open (jp_office_get_store (self->office)))
    return;

  self->stuck_known = TRUE;
  self->stuck_running = TRUE;
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, stuck_read_cb,
                       g_object_ref (self));
}

/* Only while somebody sees it. */
static void
want_stuck (JpTodayPage *self)
{
  if (!self->stuck_known && !self->stuck_running && self->stuck_id == 0 &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stuck_id = g_timeout_add_once (STUCK_DELAY_MS, read_stuck_cb, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTodayPage) self = user_data;
  g_autoptr (JpToday) today = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&today, &error))
    {
      if (self->box != NULL)
        show_today (self, today);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;

  g_message ("the page Today could not be read: %s", error->message);
  sentence = jp_office_dup_error_sentence (error);
  jp_states_set_error_text (JP_STATES (self->states), _ ("Today could not be read"), sentence);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_ERROR);
}

static void
refresh (JpTodayPage *self)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)jp_today_repo_free, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
refresh_cb (gpointer user_data)
{
  JpTodayPage *self = user_data;

  self->refresh_id = 0;
  refresh (self);
}

static void
store_changed_cb (JpTodayPage *self)
{
  self->stuck_known = FALSE;
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add_once (REFRESH_DELAY_MS, refresh_cb, self);
}

static gboolean
age_cb (gpointer user_data)
{
  JpTodayPage *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_CONTINUE;
}

static void
mapped_cb (JpTodayPage *self)
{
  want_stuck (self);
}

static void
retry_cb (JpTodayPage *self)
{
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  refresh (self);
}

/* The window's commands. */

static char *
dup_title (JpPage *page)
{
  return g_strdup (C_ ("place", "Today"));
}

static JpCommands
get_commands (JpPage *page)
{
  return jp_office_can_undo (JP_TODAY_PAGE (page)->office) ? JP_COMMAND_UNDO : JP_COMMAND_NONE;
}

static void
perform (JpPage *page, JpCommands command)
{
  if (command == JP_COMMAND_UNDO)
    jp_office_undo (JP_TODAY_PAGE (page)->office);
}

static void
jp_today_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpTodayPage *self = JP_TODAY_PAGE (widget);
  gboolean     enrolments = g_str_equal (g_variant_get_string (parameter, NULL), "enrolments");

  gtk_window_present (GTK_WINDOW (
    jp_today_requests_new (self->office, enrolments ? JP_TODAY_ENROLMENTS : JP_TODAY_COMPLAINTS)));
}

/* Class. */

static void
jp_today_page_dispose (GObject *object)
{
  JpTodayPage *self = JP_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->age_id, g_source_remove);
  g_clear_handle_id (&self->stuck_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_today_page_parent_class)->dispose (object);
}

static void
jp_today_page_finalize (GObject *object)
{
  g_clear_object (&JP_TODAY_PAGE (object)->cancellable);
  G_OBJECT_CLASS (jp_today_page_parent_class)->finalize (object);
}

static void
jp_today_page_class_init (JpTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_today_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_today_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "today.open", "s", open_cb);
}

static void
jp_today_page_init (JpTodayPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *columns = NULL;

  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->header = jp_page_header_new ();
  self->states = jp_states_new ();
  self->lists = jp_today_lists_new ();
  self->cards = jp_today_cards_new ();
  columns = jp_today_columns_new (self->lists, self->cards);

  gtk_widget_add_css_class (columns, "today");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), columns);
  jp_page_header_set_title (JP_PAGE_HEADER (self->header), C_ ("place", "Today"));
  jp_states_set_content (JP_STATES (self->states), scroller);
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->header);
  gtk_box_append (GTK_BOX (self->box), self->states);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * jp_today_page_new:
 * @office: the office
 *
 * Returns: (transfer floating): the page; it reads by itself and follows the store
 */
GtkWidget *
jp_today_page_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpTodayPage *self = g_object_new (JP_TYPE_TODAY_PAGE, NULL);

  self->office = g_object_ref (office);
  self->age_id = g_timeout_add_seconds (AGE_REFRESH_S, age_cb, self);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "undo-changed", G_CALLBACK (jp_page_commands_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  refresh (self);
  return GTK_WIDGET (self);
}

static GtkWidget *
create_page (gpointer user_data)
{
  return jp_today_page_new (user_data);
}

/**
 * jp_today_page_register:
 * @registry: the pages of the window
 * @office: the office
 *
 * Makes the page known.
 */
void
jp_today_page_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));

  jp_page_registry_add (registry, "today", create_page, g_object_ref (office), g_object_unref);
}

/**
 * jp_today_page_get_states:
 * @self: the page
 *
 * Returns: (transfer none): which of the four states it is in
 */
JpStates *
jp_today_page_get_states (JpTodayPage *self)
{
  g_return_val_if_fail (JP_IS_TODAY_PAGE (self), NULL);

  return JP_STATES (self->states);
}

/**
 * jp_today_page_get_lists:
 * @self: the page
 *
 * Returns: (transfer none): its work-lists
 */
JpTodayLists *
jp_today_page_get_lists (JpTodayPage *self)
{
  g_return_val_if_fail (JP_IS_TODAY_PAGE (self), NULL);

  return JP_TODAY_LISTS (self->lists);
}
