/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-page.h"

#include "jp-answer-box.h"
#include "jp-join-window.h"
#include "jp-rehearsal-window.h"
#include "jp-sync-words.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY_MS 200 /* collects what one sync brings */
#define CLAMP_PX         900
#define GAP_PX           18
#define CARD_GAP_PX      10

struct _JpSyncPage
{
  JpBoardPage parent_instance;

  GtkWidget *join;      /* (borrowed): button in the header */
  GtkWidget *answer;    /* (borrowed): the state in a sentence */
  GtkWidget *receipt;   /* (borrowed): label */
  GtkWidget *skew;      /* (borrowed): label */
  GtkWidget *conflicts; /* (borrowed): box with cards */
  GtkWidget *refused;   /* (borrowed): group */
  GtkWidget *queue;     /* (borrowed): group */
  GPtrArray *rows;      /* (owned) (element-type GtkWidget): rows in the groups, borrowed */

  JpSyncData *data; /* (owned) (nullable): as shown */
};

G_DEFINE_FINAL_TYPE (JpSyncPage, jp_sync_page, JP_TYPE_BOARD_PAGE)

/* Showing. */

static void
show_state (JpSyncPage *self)
{
  JpSync          *sync = jp_office_get_sync (jp_board_page_get_office (JP_BOARD_PAGE (self)));
  JpSyncState      state = jp_sync_get_state (sync);
  g_autofree char *title = jp_sync_dup_title (sync);
  g_autofree char *sentence = jp_sync_dup_sentence (sync);
  g_autofree char *receipt = jp_sync_words_dup_receipt (jp_sync_get_last_receipt (sync), sentence);
  g_autofree char *skew = jp_sync_words_dup_skew (jp_sync_get_clock_offset_us (sync));
  JpTint           tint = jp_sync_words_get_tint (state, jp_sync_get_n_waiting (sync));

  jp_page_header_set_subtitle (jp_board_page_get_header (JP_BOARD_PAGE (self)), title);
  jp_answer_box_set_heading (JP_ANSWER_BOX (self->answer), title);
  jp_answer_box_set_pill (JP_ANSWER_BOX (self->answer), jp_sync_words_get_state (state), tint);
  jp_answer_box_set_tint (JP_ANSWER_BOX (self->answer), tint);
  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), sentence);
  gtk_label_set_text (GTK_LABEL (self->receipt), receipt);
  gtk_widget_set_visible (self->receipt, state != JP_SYNC_STATE_LOCAL);
  gtk_label_set_text (GTK_LABEL (self->skew), skew != NULL ? skew : "");
  gtk_widget_set_visible (self->skew, skew != NULL);
  gtk_widget_set_visible (self->join, state == JP_SYNC_STATE_LOCAL ||
                                        jp_sync_words_can_join_again (jp_sync_get_problem (sync)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sync.rehearse", state != JP_SYNC_STATE_LOCAL);
}

static void
show_conflicts (JpSyncPage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->conflicts);
  g_autoptr (GPtrArray) cards =
    jp_conflict_card_new_all (jp_board_page_get_office (JP_BOARD_PAGE (self)),
                              self->data->conflicts);

  /* The heading stays. */
  while (gtk_widget_get_next_sibling (child) != NULL)
    gtk_box_remove (GTK_BOX (self->conflicts), gtk_widget_get_next_sibling (child));
  for (guint i = 0; i < cards->len; i++)
    gtk_box_append (GTK_BOX (self->conflicts), cards->pdata[i]);
  gtk_widget_set_visible (self->conflicts, cards->len > 0);
}

static void
add_row (JpSyncPage *self, GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (JpSyncPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_operations (JpSyncPage *self)
{
  JpSync          *sync = jp_office_get_sync (jp_board_page_get_office (JP_BOARD_PAGE (self)));
  JpSyncState      state = jp_sync_get_state (sync);
  g_autofree char *since =
    jp_sync_words_dup_queue (jp_sync_get_n_waiting (sync), jp_sync_get_oldest_us (sync));

  clear_rows (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->queue), since);
  for (guint i = 0; i < self->data->queue->len; i++)
    {
      g_autofree char *title = jp_sync_words_dup_op (self->data->queue->pdata[i]);
      g_autofree char *detail = jp_sync_words_dup_op_detail (self->data->queue->pdata[i], state);

      add_row (self, self->queue, title, detail);
    }
  if (self->data->queue->len == 0)
    add_row (self, self->queue, _ ("Nothing waits. Everything has been sent."), NULL);
  for (guint i = 0; i < self->data->refused->len; i++)
    {
      g_autofree char *title = jp_sync_words_dup_op (self->data->refused->pdata[i]);
      g_autofree char *words = jp_sync_words_dup_refusal (self->data->refused->pdata[i]);

      add_row (self, self->refused, title, words);
    }
  gtk_widget_set_visible (self->refused, self->data->refused->len > 0);
}

/* Reading. */

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_sync_data_read (vault, error);
}

static void
show_data (JpSyncPage *self, JpSyncData *data)
{
  /* A choice that was not saved yet is not disturbed by news about other records. */
  gboolean same =
    self->data != NULL && jp_conflict_repo_equal_lists (self->data->conflicts, data->conflicts);

  g_clear_pointer (&self->data, jp_sync_data_free);
  self->data = data;
  if (!same)
    show_conflicts (self);
  show_operations (self);
  jp_states_set_state (jp_board_page_get_states (JP_BOARD_PAGE (self)), JP_STATE_CONTENT);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSyncPage) self = user_data;
  g_autoptr (JpSyncData) data = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&data, &error))
    jp_board_page_show_error (JP_BOARD_PAGE (self), _ ("The list could not be read"), error);
  else if (!jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    show_data (self, g_steal_pointer (&data));
}

static void
refresh (JpBoardPage *page)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)jp_sync_data_free, 0 };

  jp_board_page_read (page, &call, read_cb);
}

static void
store_changed_cb (JpBoardPage *page)
{
  jp_board_page_refresh_later (page, REFRESH_DELAY_MS);
}

static void
sync_changed_cb (JpSyncPage *self)
{
  show_state (self);
  store_changed_cb (JP_BOARD_PAGE (self));
}

static void
join_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_join_window_open (jp_board_page_get_office (JP_BOARD_PAGE (widget)));
}

static void
rehearse_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_rehearsal_window_open (jp_board_page_get_office (JP_BOARD_PAGE (widget)));
}

/* Class. */

static void
jp_sync_page_dispose (GObject *object)
{
  JpSyncPage *self = JP_SYNC_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->data, jp_sync_data_free);
  G_OBJECT_CLASS (jp_sync_page_parent_class)->dispose (object);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_group (GtkWidget *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (box), group);
  return group;
}

static GtkWidget *
new_content (JpSyncPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, CARD_GAP_PX);

  self->answer = jp_answer_box_new ("");
  gtk_box_append (GTK_BOX (top), self->answer);
  self->receipt = add_label (top, "", "dim-label");
  self->skew = add_label (top, "", "warning");
  gtk_box_append (GTK_BOX (content), top);
  self->conflicts = gtk_box_new (GTK_ORIENTATION_VERTICAL, CARD_GAP_PX);
  add_label (self->conflicts, _ ("To Be Decided"), "heading");
  gtk_box_append (GTK_BOX (content), self->conflicts);
  self->refused = add_group (content, _ ("Refused by the Platform"));
  self->queue = add_group (content, _ ("Waiting to Be Sent"));

  gtk_widget_add_css_class (content, "today");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CLAMP_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), CLAMP_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  return clamp;
}

static void
jp_sync_page_constructed (GObject *object)
{
  JpSyncPage  *self = JP_SYNC_PAGE (object);
  JpBoardPage *page = JP_BOARD_PAGE (object);
  JpOffice    *office = jp_board_page_get_office (page);

  G_OBJECT_CLASS (jp_sync_page_parent_class)->constructed (object);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_sync (office), "changed", G_CALLBACK (sync_changed_cb),
                           self, G_CONNECT_SWAPPED);
  show_state (self);
  jp_board_page_refresh (page);
}

static void
jp_sync_page_class_init (JpSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jp_sync_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = jp_sync_page_dispose;
  JP_BOARD_PAGE_CLASS (klass)->refresh = refresh;
  gtk_widget_class_install_action (widget_class, "sync.join", NULL, join_cb);
  gtk_widget_class_install_action (widget_class, "sync.rehearse", NULL, rehearse_cb);
}

static void
jp_sync_page_init (JpSyncPage *self)
{
  JpPageHeader *header = jp_board_page_get_header (JP_BOARD_PAGE (self));
  GtkWidget    *now = gtk_button_new_with_label (C_ ("button", "Sync Now"));
  GtkWidget    *rehearse = gtk_button_new_with_label (C_ ("button", "Rehearse…"));

  self->rows = g_ptr_array_new ();
  self->join = gtk_button_new_with_label (C_ ("button", "Join the Platform…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (now), "app.sync-now");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->join), "sync.join");
  gtk_widget_add_css_class (self->join, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (rehearse), "sync.rehearse");
  gtk_widget_set_tooltip_text (rehearse,
                               _ ("See what the next sync would change, without doing it"));
  jp_page_header_pack_start (header, now);
  jp_page_header_pack_start (header, rehearse);
  jp_page_header_pack_start (header, self->join);
  jp_board_page_set_title (JP_BOARD_PAGE (self), C_ ("place", "Sync"));
  jp_board_page_set_content (JP_BOARD_PAGE (self), new_content (self));
}

/**
 * jp_sync_page_new:
 * @office: the office, with a sync engine
 *
 * Returns: (transfer floating): the page; it follows store and engine
 */
GtkWidget *
jp_sync_page_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (jp_office_get_sync (office) != NULL, NULL);

  return g_object_new (JP_TYPE_SYNC_PAGE, "office", office, NULL);
}

/**
 * jp_sync_page_get_data:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): what it shows, %NULL before it has been read
 */
const JpSyncData *
jp_sync_page_get_data (JpSyncPage *self)
{
  g_return_val_if_fail (JP_IS_SYNC_PAGE (self), NULL);

  return self->data;
}

/**
 * jp_sync_page_get_card:
 * @self: the page
 * @index: which
 *
 * Returns: (transfer none) (nullable): a card with what is to be decided about a record
 */
JpConflictCard *
jp_sync_page_get_card (JpSyncPage *self, guint index)
{
  g_return_val_if_fail (JP_IS_SYNC_PAGE (self), NULL);

  GtkWidget *child = gtk_widget_get_next_sibling (gtk_widget_get_first_child (self->conflicts));

  for (guint i = 0; i < index && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL ? JP_CONFLICT_CARD (child) : NULL;
}
