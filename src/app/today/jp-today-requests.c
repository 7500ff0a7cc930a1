/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-requests.h"

#include "jp-desk.h"
#include "jp-record-form.h"
#include "jp-states.h"
#include "jp-today-words.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX   520
#define HEIGHT_PX  460
#define MARGIN_PX  18
#define TEXT_LINES 3

struct _JpTodayRequests
{
  AdwWindow parent_instance;

  GtkWidget *states; /* (borrowed): in the window */
  GtkWidget *list;   /* (borrowed): list box in the states */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  GPtrArray    *records;     /* (owned) (nullable) (element-type JpRecord): as listed */
  JpTodayTask   task;
};

G_DEFINE_FINAL_TYPE (JpTodayRequests, jp_today_requests, ADW_TYPE_WINDOW)

/* Accepting an enrolment. */

typedef struct
{
  JpId  enrolment;
  char *actor; /* (owned) */
} Accept;

static void
accept_free (gpointer data)
{
  Accept *accept = data;

  g_free (accept->actor);
  g_free (accept);
}

static gpointer
accept_call (JpVault *vault, gpointer data, GError **error)
{
  const Accept *accept = data;
  JpDraft      *trainee = jp_desk_new_trainee (vault, &accept->enrolment, error);

  if (trainee == NULL)
    return NULL;
  return jp_desk_accept_enrolment (vault, &accept->enrolment, trainee, accept->actor, error);
}

static void
change_built_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTodayRequests) self = user_data;
  g_autoptr (JpChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&change, &error))
    {
      if (self->office != NULL)
        jp_office_commit (self->office, g_steal_pointer (&change),
                          _ ("The enrolment is accepted; the trainee's file is made"), NULL, NULL);
    }
  else if (self->office != NULL && error->domain == JP_DESK_ERROR)
    jp_office_tell (self->office, jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  else if (self->office != NULL)
    jp_office_tell_error (self->office, error);
}

static void
accept (JpTodayRequests *self, JpRecord *enrolment)
{
  JpStore    *store = jp_office_get_store (self->office);
  Accept     *data = g_new0 (Accept, 1);
  JpStoreCall call = { accept_call, data, accept_free, (GDestroyNotify)jp_change_free, 0 };

  data->enrolment = *jp_record_get_id (enrolment);
  data->actor = g_strdup (jp_store_get_actor (store));
  jp_store_read_async (store, &call, self->cancellable, change_built_cb, g_object_ref (self));
}

static JpChange *
decline_call (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  g_autoptr (JpDraft) typed = draft;

  return jp_desk_decline_enrolment (vault, jp_record_get_id (before),
                                    jp_draft_get_text (typed, JP_ENROLMENT_REASON), actor, error);
}

static void
decline (JpTodayRequests *self, JpRecord *enrolment)
{
  static const JpFieldId fields[] = { JP_ENROLMENT_REASON };
  g_autofree char       *title =
    /* Translators: name of a person. */
    g_strdup_printf (_ ("Decline the Enrolment of %s"), jp_record_get_title (enrolment));
  JpRecordFormSpec spec = {
    .kind = JP_KIND_ENROLMENT,
    .record = enrolment,
    .title = title,
    .save_label = _ ("Decline"),
    .hint = _ ("The person reads the reason on the platform after the next sync."),
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .only_these = TRUE,
    .sentence = _ ("The enrolment is declined"),
    .build = decline_call,
    .problem_field = JP_ENROLMENT_REASON,
  };

  jp_record_form_open (self->office, &spec);
}

static void
act (JpTodayRequests *self, guint index)
{
  JpRecord *record = g_ptr_array_index (self->records, index);

  if (self->task == JP_TODAY_ENROLMENTS)
    accept (self, record);
  else
    jp_record_form_edit (self->office, record);
}

/* Returns whether the row of @button is still listed; writes its number. */
static gboolean
find_row (JpTodayRequests *self, GtkButton *button, guint *out_index)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  int        index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (self->records == NULL || index < 0 || (guint)index >= self->records->len)
    return FALSE;
  *out_index = (guint)index;
  return TRUE;
}

static void
button_clicked_cb (GtkButton *button, JpTodayRequests *self)
{
  guint index = 0;

  if (find_row (self, button, &index))
    act (self, index);
}

static void
decline_clicked_cb (GtkButton *button, JpTodayRequests *self)
{
  guint index = 0;

  if (find_row (self, button, &index))
    decline (self, g_ptr_array_index (self->records, index));
}

/* Showing. */

static char *
dup_subtitle (JpTodayRequests *self, JpRecord *record)
{
  if (self->task == JP_TODAY_ENROLMENTS)
    {
      g_autofree char *licence = jp_record_dup_display (record, JP_ENROLMENT_LICENCE_TYPE, FALSE);
      g_autofree char *phone = jp_record_dup_display (record, JP_ENROLMENT_PHONE, FALSE);
      g_autofree char *asked = jp_record_dup_display (record, JP_ENROLMENT_ASKED_AT, FALSE);

      /* Translators: licence type, phone number, when. */
      return g_strdup_printf (C_ ("enrolment", "%1$s · %2$s · %3$s"), licence, phone, asked);
    }
  return jp_record_dup_display (record, JP_COMPLAINT_CONTENT, FALSE);
}

static const char *
get_title (JpTodayRequests *self, JpRecord *record)
{
  const char *title = self->task == JP_TODAY_COMPLAINTS
                        ? jp_record_get_text (record, JP_COMPLAINT_TRAINEE_NAME)
                        : jp_record_get_title (record);

  return title != NULL ? title : "";
}

static void
add_button (JpTodayRequests *self, GtkWidget *row, const char *label, GCallback clicked_cb)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked_cb, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (JpTodayRequests *self, JpRecord *record)
{
  g_autofree char *subtitle = dup_subtitle (self, record);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_title (self, record));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), TEXT_LINES);
  if (self->task == JP_TODAY_ENROLMENTS)
    {
      add_button (self, row, C_ ("button", "Decline…"), G_CALLBACK (decline_clicked_cb));
      add_button (self, row, C_ ("button", "Accept"), G_CALLBACK (button_clicked_cb));
    }
  else
    add_button (self, row, C_ ("button", "Answer…"), G_CALLBACK (button_clicked_cb));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
show_records (JpTodayRequests *self)
{
  GtkWidget *row = NULL;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < self->records->len; i++)
    add_row (self, self->records->pdata[i]);
  jp_states_set_state (JP_STATES (self->states),
                       self->records->len > 0 ? JP_STATE_CONTENT : JP_STATE_EMPTY);
}

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_query_fetch_all (vault, data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTodayRequests) self = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gboolean read = jp_store_read_finish (JP_STORE (source), result, (gpointer *)&records, &error);

  if (self->office == NULL)
    return;
  if (!read)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      g_message ("the requests could not be read: %s", error->message);
      jp_states_set_error_text (JP_STATES (self->states), _ ("The list could not be read"),
                                sentence);
      jp_states_set_state (JP_STATES (self->states), JP_STATE_ERROR);
      return;
    }

  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = g_steal_pointer (&records);
  show_records (self);
}

static void
read_records (JpTodayRequests *self)
{
  JpQuery    *query = jp_today_repo_new_query (self->task);
  JpStoreCall call = { read_call, query, (GDestroyNotify)jp_query_free,
                       (GDestroyNotify)g_ptr_array_unref, 0 };

  jp_query_set_limit (query, JP_TODAY_REQUESTS_MAX);
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

/* Class. */

static void
jp_today_requests_dispose (GObject *object)
{
  JpTodayRequests *self = JP_TODAY_REQUESTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_today_requests_parent_class)->dispose (object);
}

static void
jp_today_requests_finalize (GObject *object)
{
  g_clear_object (&JP_TODAY_REQUESTS (object)->cancellable);
  G_OBJECT_CLASS (jp_today_requests_parent_class)->finalize (object);
}

static void
jp_today_requests_class_init (JpTodayRequestsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_today_requests_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_today_requests_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
jp_today_requests_init (JpTodayRequests *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->states = jp_states_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->list, MARGIN_PX);
  gtk_widget_set_margin_bottom (self->list, MARGIN_PX);
  gtk_widget_set_margin_start (self->list, MARGIN_PX);
  gtk_widget_set_margin_end (self->list, MARGIN_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  jp_states_set_content (JP_STATES (self->states), scroller);
  jp_states_set_empty_text (JP_STATES (self->states), "emblem-ok-symbolic",
                            _ ("Nothing waits here"), _ ("This list is empty, as it should be."));
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->states);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_PX, HEIGHT_PX);
}

/**
 * jp_today_requests_new:
 * @office: the office
 * @task: online enrolments or complaints
 *
 * Returns: (transfer none): a new window, owned by GTK, not shown yet
 */
JpTodayRequests *
jp_today_requests_new (JpOffice *office, JpTodayTask task)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (task == JP_TODAY_ENROLMENTS || task == JP_TODAY_COMPLAINTS, NULL);

  JpTodayRequests *self =
    g_object_new (JP_TYPE_TODAY_REQUESTS, "title", jp_today_words_get_title (task), "transient-for",
                  jp_office_get_window (office), NULL);

  self->office = g_object_ref (office);
  self->task = task;
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (read_records), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (read_records), self,
                           G_CONNECT_SWAPPED);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  read_records (self);
  return self;
}

/**
 * jp_today_requests_get_n_rows:
 * @self: the window
 *
 * Returns: how many requests are listed
 */
guint
jp_today_requests_get_n_rows (JpTodayRequests *self)
{
  g_return_val_if_fail (JP_IS_TODAY_REQUESTS (self), 0);

  return self->records != NULL ? self->records->len : 0;
}

/**
 * jp_today_requests_act:
 * @self: the window
 * @row: number of a row
 *
 * Does what the button of the row does.
 *
 * Returns: whether there is such a row
 */
gboolean
jp_today_requests_act (JpTodayRequests *self, guint row)
{
  g_return_val_if_fail (JP_IS_TODAY_REQUESTS (self), FALSE);

  if (row >= jp_today_requests_get_n_rows (self))
    return FALSE;
  act (self, row);
  return TRUE;
}

/**
 * jp_today_requests_decline:
 * @self: the window, of enrolments
 * @row: number of a row
 *
 * Opens the form in which the enrolment is declined with a reason.
 *
 * Returns: whether there is such a row
 */
gboolean
jp_today_requests_decline (JpTodayRequests *self, guint row)
{
  g_return_val_if_fail (JP_IS_TODAY_REQUESTS (self), FALSE);
  g_return_val_if_fail (self->task == JP_TODAY_ENROLMENTS, FALSE);

  if (row >= jp_today_requests_get_n_rows (self))
    return FALSE;
  decline (self, g_ptr_array_index (self->records, row));
  return TRUE;
}
