/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-page.h"

#include "jp-finance-repo.h"
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
  JpBoardPage parent_instance;

  GtkWidget *lists; /* (borrowed): in the content */
  GtkWidget *cards; /* (borrowed): in the content */

  guint    age_id;        /* (source) */
  guint    stuck_id;      /* (source) 0 = none */
  gboolean stuck_known;   /* since the store changed last */
  gboolean stuck_running; /* is being read: the next time waits for the end */
};

G_DEFINE_FINAL_TYPE (JpTodayPage, jp_today_page, JP_TYPE_BOARD_PAGE)

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
  JpStore         *store = jp_office_get_store (jp_board_page_get_office (JP_BOARD_PAGE (self)));
  gint64           now_us = jp_clock_now_us (jp_store_get_clock (store));
  g_autofree char *day = jp_today_words_dup_day (jp_store_today (store));

  jp_page_header_set_subtitle (jp_board_page_get_header (JP_BOARD_PAGE (self)), day);
  jp_today_lists_show (JP_TODAY_LISTS (self->lists), today, now_us);
  jp_today_cards_show (JP_TODAY_CARDS (self->cards), today);
  jp_states_set_state (jp_board_page_get_states (JP_BOARD_PAGE (self)), JP_STATE_CONTENT);
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
      !jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    jp_today_cards_show_stuck (JP_TODAY_CARDS (self->cards), *stuck_fen);
  if (!jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    want_stuck (self);
}

static void
read_stuck_cb (gpointer user_data)
{
  JpTodayPage *self = user_data;
  JpStoreCall  call = { read_stuck_call, NULL, NULL, g_free, 0 };

  self->stuck_id = 0;
  if (!jp_store_is_open (jp_office_get_store (jp_board_page_get_office (JP_BOARD_PAGE (self)))))
    return;

  self->stuck_known = TRUE;
  self->stuck_running = TRUE;
  jp_board_page_read (JP_BOARD_PAGE (self), &call, stuck_read_cb);
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

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&today, &error))
    jp_board_page_show_error (JP_BOARD_PAGE (self), _ ("Today could not be read"), error);
  else if (!jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    show_today (self, today);
}

static void
refresh (JpBoardPage *page)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)jp_today_repo_free, 0 };

  jp_board_page_read (page, &call, read_cb);
}

static void
store_changed_cb (JpTodayPage *self)
{
  self->stuck_known = FALSE;
  jp_board_page_refresh_later (JP_BOARD_PAGE (self), REFRESH_DELAY_MS);
}

static gboolean
age_cb (gpointer user_data)
{
  if (gtk_widget_get_mapped (user_data))
    jp_board_page_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
mapped_cb (JpTodayPage *self)
{
  want_stuck (self);
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpTodayPage *self = JP_TODAY_PAGE (widget);
  gboolean     enrolments = g_str_equal (g_variant_get_string (parameter, NULL), "enrolments");

  gtk_window_present (
    GTK_WINDOW (jp_today_requests_new (jp_board_page_get_office (JP_BOARD_PAGE (self)),
                                       enrolments ? JP_TODAY_ENROLMENTS : JP_TODAY_COMPLAINTS)));
}

/* Class. */

static void
jp_today_page_dispose (GObject *object)
{
  JpTodayPage *self = JP_TODAY_PAGE (object);

  g_clear_handle_id (&self->age_id, g_source_remove);
  g_clear_handle_id (&self->stuck_id, g_source_remove);
  G_OBJECT_CLASS (jp_today_page_parent_class)->dispose (object);
}

static void
jp_today_page_constructed (GObject *object)
{
  JpTodayPage *self = JP_TODAY_PAGE (object);
  JpBoardPage *page = JP_BOARD_PAGE (object);

  G_OBJECT_CLASS (jp_today_page_parent_class)->constructed (object);
  self->age_id = g_timeout_add_seconds (AGE_REFRESH_S, age_cb, self);
  g_signal_connect_object (jp_office_get_store (jp_board_page_get_office (page)), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  jp_board_page_refresh (page);
}

static void
jp_today_page_class_init (JpTodayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = jp_today_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = jp_today_page_dispose;
  JP_BOARD_PAGE_CLASS (klass)->refresh = refresh;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "today.open", "s", open_cb);
}

static void
jp_today_page_init (JpTodayPage *self)
{
  GtkWidget *columns = NULL;

  self->lists = jp_today_lists_new ();
  self->cards = jp_today_cards_new ();
  columns = jp_today_columns_new (self->lists, self->cards);
  gtk_widget_add_css_class (columns, "today");
  jp_board_page_set_title (JP_BOARD_PAGE (self), C_ ("place", "Today"));
  jp_board_page_set_content (JP_BOARD_PAGE (self), columns);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
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

  return g_object_new (JP_TYPE_TODAY_PAGE, "office", office, NULL);
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
