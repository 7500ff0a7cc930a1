/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-page.h"

#include "jp-answer-box.h"
#include "jp-join-window.h"
#include "jp-page-header.h"
#include "jp-page.h"
#include "jp-rehearsal-window.h"
#include "jp-sync-words.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY_MS 200 /* collects what one sync brings */
#define CLAMP_PX         900
#define GAP_PX           18
#define CARD_GAP_PX      10

struct _JpSyncPage
{
  GtkWidget parent_instance;

  GtkWidget *box;       /* child */
  GtkWidget *header;    /* (borrowed): in the box */
  GtkWidget *join;      /* (borrowed): button in the header */
  GtkWidget *states;    /* (borrowed): in the box */
  GtkWidget *answer;    /* (borrowed): the state in a sentence */
  GtkWidget *receipt;   /* (borrowed): label */
  GtkWidget *skew;      /* (borrowed): label */
  GtkWidget *conflicts; /* (borrowed): box with cards */
  GtkWidget *refused;   /* (borrowed): group */
  GtkWidget *queue;     /* (borrowed): group */
  GPtrArray *rows;      /* (owned) (element-type GtkWidget): rows in the groups, borrowed */

  JpOffice     *office;      /* (owned) */
  JpSyncData   *data;        /* (owned) (nullable): as shown */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  guint         refresh_id;  /* (source) 0 = none */
};

static void jp_sync_page_page_init (JpPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpSyncPage,
                               jp_sync_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_sync_page_page_init))

/* Showing. */

static void
show_state (JpSyncPage *self)
{
  JpSync          *sync = jp_office_get_sync (self->office);
  JpSyncState      state = jp_sync_get_state (sync);
  g_autofree char *title = jp_sync_dup_title (sync);
  g_autofree char *sentence = jp_sync_dup_sentence (sync);
  g_autofree char *receipt = jp_sync_words_dup_receipt (jp_sync_get_last_receipt (sync), sentence);
  g_autofree char *skew = jp_sync_words_dup_skew (jp_sync_get_clock_offset_us (sync));
  JpTint           tint = jp_sync_words_get_tint (state, jp_sync_get_n_waiting (sync));

  jp_page_header_set_subtitle (JP_PAGE_HEADER (self->header), title);
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
  g_autoptr (GPtrArray) cards = jp_conflict_card_new_all (self->office, self->data->conflicts);

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
  JpSync          *sync = jp_office_get_sync (self->office);
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
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSyncPage) self = user_data;
  g_autoptr (JpSyncData) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  gboolean read = jp_store_read_finish (JP_STORE (source), result, (gpointer *)&data, &error);

  if (self->box == NULL)
    return;
  if (read)
    {
      /* A choice that was not saved yet is not disturbed by news about other records. */
      gboolean same =
        self->data != NULL && jp_conflict_repo_equal_lists (self->data->conflicts, data->conflicts);

      g_clear_pointer (&self->data, jp_sync_data_free);
      self->data = g_steal_pointer (&data);
      if (!same)
        show_conflicts (self);
      show_operations (self);
      jp_states_set_state (JP_STATES (self->states), JP_STATE_CONTENT);
      return;
    }

  g_message ("the page Sync could not be read: %s", error->message);
  sentence = jp_office_dup_error_sentence (error);
  jp_states_set_error_text (JP_STATES (self->states), _ ("The list could not be read"), sentence);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_ERROR);
}

static void
refresh (JpSyncPage *self)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)jp_sync_data_free, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
refresh_cb (gpointer user_data)
{
  JpSyncPage *self = user_data;

  self->refresh_id = 0;
  refresh (self);
}

static void
store_changed_cb (JpSyncPage *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add_once (REFRESH_DELAY_MS, refresh_cb, self);
}

static void
sync_changed_cb (JpSyncPage *self)
{
  show_state (self);
  store_changed_cb (self);
}

static void
join_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_join_window_open (JP_SYNC_PAGE (widget)->office);
}

static void
rehearse_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_rehearsal_window_open (JP_SYNC_PAGE (widget)->office);
}

/* The window's commands. */

static char *
dup_title (JpPage *page)
{
  return g_strdup (C_ ("place", "Sync"));
}

static JpCommands
get_commands (JpPage *page)
{
  return jp_office_can_undo (JP_SYNC_PAGE (page)->office) ? JP_COMMAND_UNDO : JP_COMMAND_NONE;
}

static void
perform (JpPage *page, JpCommands command)
{
  if (command == JP_COMMAND_UNDO)
    jp_office_undo (JP_SYNC_PAGE (page)->office);
}

static void
jp_sync_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
}

/* Class. */

static void
jp_sync_page_dispose (GObject *object)
{
  JpSyncPage *self = JP_SYNC_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->data, jp_sync_data_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_sync_page_parent_class)->dispose (object);
}

static void
jp_sync_page_finalize (GObject *object)
{
  g_clear_object (&JP_SYNC_PAGE (object)->cancellable);
  G_OBJECT_CLASS (jp_sync_page_parent_class)->finalize (object);
}

static void
jp_sync_page_class_init (JpSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_sync_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_sync_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "sync.join", NULL, join_cb);
  gtk_widget_class_install_action (widget_class, "sync.rehearse", NULL, rehearse_cb);
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
jp_sync_page_init (JpSyncPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *now = gtk_button_new_with_label (C_ ("button", "Sync Now"));
  GtkWidget *rehearse = gtk_button_new_with_label (C_ ("button", "Rehearse…"));

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->header = jp_page_header_new ();
  self->states = jp_states_new ();
  self->join = gtk_button_new_with_label (C_ ("button", "Join the Platform…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (now), "app.sync-now");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->join), "sync.join");
  gtk_widget_add_css_class (self->join, "suggested-action");
  jp_page_header_set_title (JP_PAGE_HEADER (self->header), C_ ("place", "Sync"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (rehearse), "sync.rehearse");
  gtk_widget_set_tooltip_text (rehearse,
                               _ ("See what the next sync would change, without doing it"));
  jp_page_header_pack_start (JP_PAGE_HEADER (self->header), now);
  jp_page_header_pack_start (JP_PAGE_HEADER (self->header), rehearse);
  jp_page_header_pack_start (JP_PAGE_HEADER (self->header), self->join);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_content (self));
  jp_states_set_content (JP_STATES (self->states), scroller);
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->header);
  gtk_box_append (GTK_BOX (self->box), self->states);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
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

  JpSyncPage *self = g_object_new (JP_TYPE_SYNC_PAGE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_sync (office), "changed", G_CALLBACK (sync_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "undo-changed", G_CALLBACK (jp_page_commands_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  show_state (self);
  refresh (self);
  return GTK_WIDGET (self);
}

static GtkWidget *
create_page (gpointer user_data)
{
  return jp_sync_page_new (user_data);
}

/**
 * jp_sync_page_register:
 * @registry: the pages of the window
 * @office: the office
 *
 * Makes the page known.
 */
void
jp_sync_page_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));

  jp_page_registry_add (registry, "sync", create_page, g_object_ref (office), g_object_unref);
}

/**
 * jp_sync_page_get_states:
 * @self: the page
 *
 * Returns: (transfer none): which of the four states it is in
 */
JpStates *
jp_sync_page_get_states (JpSyncPage *self)
{
  g_return_val_if_fail (JP_IS_SYNC_PAGE (self), NULL);

  return JP_STATES (self->states);
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
