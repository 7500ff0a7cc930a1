/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-dispute-window.h"

#include "jp-evidence-save.h"
#include "jp-money.h"
#include "jp-plural.h"
#include "jp-switch-row.h"
#include "jp-text-row.h"

#include <glib/gi18n-lib.h>

#define REASON      "reason"
#define DRAFT       "draft"
#define REVEAL      "reveal"
#define SHOWN_LINES 6

struct _JpDisputeWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */

  JpOffice        *office; /* (owned) */
  JpDisputedLines *lines;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (JpDisputeWindow, jp_dispute_window, G_TYPE_OBJECT)

static gboolean
is_on (JpDisputeWindow *self, const char *id)
{
  g_autofree char *text = jp_form_dup_text (self->form, id);

  return *text != '\0';
}

/* --- contesting --- */

typedef struct
{
  JpDisputedLines *lines;  /* (owned) */
  char            *reason; /* (owned) */
  gboolean         send;
} Open;

static void
open_free (gpointer data)
{
  Open *open = data;

  jp_disputed_lines_free (open->lines);
  g_free (open->reason);
  g_free (open);
}

static JpChange *
build (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  Open         *open = data;
  JpDeskDispute dispute = jp_disputed_lines_describe (open->lines);

  dispute.reason = open->reason;
  dispute.send = open->send;
  return jp_desk_open_disputes (vault, &dispute, actor, error);
}

static void
opened_cb (gpointer user_data)
{
  g_autoptr (JpDisputeWindow) self = user_data;

  if (self->window == NULL)
    return;
  if (!is_on (self, DRAFT))
    jp_office_tell (self->office, _ ("Contested. The platform gets it with the next sync."));
  jp_form_mark_saved (self->form);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
failed_cb (const GError *error, gpointer user_data)
{
  g_autoptr (JpDisputeWindow) self = user_data;

  if (self->window != NULL)
    jp_form_set_busy (self->form, FALSE);
  jp_office_tell_error (self->office, error);
}

/* A draft can be undone; what goes to the platform is taken back where it is shown. */
static void
save_cb (JpForm *form, JpDisputeWindow *self)
{
  Open       *open = g_new0 (Open, 1);
  JpOfficeAct act = { .build = build,
                      .data = open,
                      .data_free = open_free,
                      .kinds =
                        jp_store_kind_bit (JP_KIND_DISPUTE) | jp_store_kind_bit (JP_KIND_CONTRACT),
                      .done = opened_cb,
                      .failed = failed_cb,
                      .user_data = g_object_ref (self) };

  open->lines = jp_disputed_lines_copy (self->lines);
  open->reason = jp_form_dup_text (form, REASON);
  open->send = !is_on (self, DRAFT);
  if (!open->send)
    act.sentence = _ ("Kept as a draft");
  jp_form_set_busy (form, TRUE);
  jp_office_act (self->office, &act);
}

/* --- the window --- */

static void
evidence_cb (GtkWidget *button, JpDisputeWindow *self)
{
  jp_evidence_save (self->office, GTK_WINDOW (self->window), self->lines, is_on (self, REVEAL));
}

static GtkWidget *
new_line (const JpSettlementRow *row)
{
  GtkWidget       *line = adw_action_row_new ();
  g_autofree char *number = row->line_no > 0 ? g_strdup_printf (_ ("Line %d"), (int)row->line_no)
                                             : g_strdup (_ ("On no statement"));
  /* Translators: number of a line, name of a trainee, verdict. */
  g_autofree char *title = g_strdup_printf (C_ ("dispute", "%1$s, %2$s: %3$s"), number,
                                            row->trainee_name != NULL ? row->trainee_name : "",
                                            jp_settlement_verdict_get_label (row->verdict));
  g_autofree char *amount = jp_money_format (row->difference_fen);
  GtkWidget       *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), row->sentence);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), label);
  return line;
}

static GtkWidget *
new_rest (guint n_more)
{
  GtkWidget       *line = adw_action_row_new ();
  g_autofree char *title = jp_plural_format (NP_ ("And %d line more", "And %d lines more"), n_more);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  return line;
}

static void
add_lines (JpDisputeWindow *self, GPtrArray *rows)
{
  jp_form_begin_group (self->form, _ ("What is contested"),
                       _ ("The platform gets these words and amounts, as the check gives them."));
  for (guint i = 0; i < MIN (rows->len, SHOWN_LINES); i++)
    jp_form_add_plain_row (self->form, new_line (jp_verdict_row_get (rows->pdata[i])));
  if (rows->len > SHOWN_LINES)
    jp_form_add_plain_row (self->form, new_rest (rows->len - SHOWN_LINES));
}

static void
add_words (JpDisputeWindow *self)
{
  jp_form_begin_group (self->form, _ ("To the platform"), NULL);
  jp_form_add (self->form, REASON, JP_FORM_ROW (jp_text_row_new (_ ("Words of the school"))), NULL,
               NULL);
  jp_form_add (self->form, DRAFT, JP_FORM_ROW (jp_switch_row_new (_ ("Only keep it as a draft"))),
               NULL, NULL);
}

static void
add_evidence (JpDisputeWindow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Save the Evidence…"));

  jp_form_begin_group (self->form, _ ("Evidence"),
                       _ ("One file with the letter, the lines, sessions, exams and payments, and "
                          "the checksum of each."));
  jp_form_add (self->form, REVEAL, JP_FORM_ROW (jp_switch_row_new (_ ("ID numbers in clear"))),
               NULL, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("To send along or to print"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (evidence_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  jp_form_add_plain_row (self->form, row);
}

static void
jp_dispute_window_dispose (GObject *object)
{
  JpDisputeWindow *self = JP_DISPUTE_WINDOW (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->lines, jp_disputed_lines_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_dispute_window_parent_class)->dispose (object);
}

static void
jp_dispute_window_class_init (JpDisputeWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_dispute_window_dispose;
}

static void
jp_dispute_window_init (JpDisputeWindow *self)
{
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_dispute_window_open:
 * @office: the office, with its window
 * @statement: a statement
 * @rows: (element-type JpVerdictRow): lines of it that are wrong and not contested yet, at least 1
 *
 * Asks what to say about the lines and contests them.
 *
 * Returns: (transfer none): the window, which is shown
 */
JpFormWindow *
jp_dispute_window_open (JpOffice *office, const JpId *statement, GPtrArray *rows)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (statement != NULL, NULL);
  g_return_val_if_fail (rows != NULL && rows->len > 0, NULL);

  JpDisputeWindow *self = g_object_new (JP_TYPE_DISPUTE_WINDOW, NULL);

  self->office = g_object_ref (office);
  self->lines = jp_disputed_lines_new (statement);
  for (guint i = 0; i < rows->len; i++)
    jp_disputed_lines_add (self->lines, jp_verdict_row_get (rows->pdata[i]));
  self->form = JP_FORM (jp_form_new ());
  add_lines (self, rows);
  add_words (self);
  add_evidence (self);
  g_set_weak_pointer (&self->window, jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                                         _ ("Contest Lines"), self->form));
  jp_form_window_set_save_label (self->window, _ ("Contest"));
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}
