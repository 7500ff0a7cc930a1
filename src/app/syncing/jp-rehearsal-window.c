/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-rehearsal-window.h"

#include "jp-answer-box.h"
#include "jp-sync-error.h"
#include "jp-sync-rehearsal.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX  640
#define HEIGHT_PX 480
#define MARGIN_PX 18

struct _JpRehearsalWindow
{
  AdwWindow parent_instance;

  GtkWidget *answer; /* (borrowed): the whole in a sentence */
  GtkWidget *lines;  /* (borrowed): group */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (JpRehearsalWindow, jp_rehearsal_window, ADW_TYPE_WINDOW)

static void
add_line (JpRehearsalWindow *self, const JpSyncRehearsalLine *line)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = jp_sync_rehearsal_line_dup_text (line);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), jp_sync_rehearsal_what_get_label (line->what));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->lines), row);
}

static void
show (JpRehearsalWindow *self, const JpSyncRehearsal *rehearsal)
{
  g_autofree char *sentence = jp_sync_rehearsal_dup_sentence (rehearsal);
  gboolean         asks = rehearsal->n[JP_SYNC_REHEARSAL_ASKED] > 0;
  gint64           n_all = 0;

  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), sentence);
  jp_answer_box_set_tint (JP_ANSWER_BOX (self->answer), asks ? JP_TINT_WARN : JP_TINT_OK);
  for (guint i = 0; i < rehearsal->lines->len; i++)
    add_line (self, rehearsal->lines->pdata[i]);
  for (int i = 0; i < JP_SYNC_REHEARSAL_N; i++)
    n_all += rehearsal->n[i];
  gtk_widget_set_visible (self->lines, rehearsal->lines->len > 0);
  if (!rehearsal->complete || n_all > rehearsal->lines->len)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->lines),
                                           _ ("There are more than are shown here."));
}

static char *
dup_error_sentence (const GError *error)
{
  if (error->domain == JP_SYNC_ERROR)
    return g_strdup (jp_sync_error_get_sentence ((JpSyncError)error->code));
  return jp_office_dup_error_sentence (error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpRehearsalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSyncRehearsal) rehearsal =
    jp_sync_rehearsal_finish (JP_STORE (source), result, &error);

  if (self->office == NULL)
    return;
  if (rehearsal != NULL)
    {
      show (self, rehearsal);
      return;
    }

  g_autofree char *sentence = dup_error_sentence (error);

  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), sentence);
  jp_answer_box_set_tint (JP_ANSWER_BOX (self->answer), JP_TINT_WARN);
}

static void
jp_rehearsal_window_dispose (GObject *object)
{
  JpRehearsalWindow *self = JP_REHEARSAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_rehearsal_window_parent_class)->dispose (object);
}

static void
jp_rehearsal_window_finalize (GObject *object)
{
  g_clear_object (&JP_REHEARSAL_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_rehearsal_window_parent_class)->finalize (object);
}

static void
jp_rehearsal_window_class_init (JpRehearsalWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_rehearsal_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_rehearsal_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
jp_rehearsal_window_init (JpRehearsalWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN_PX);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->answer = jp_answer_box_new (_ ("What would the next sync change?"));
  self->lines = adw_preferences_group_new ();
  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), _ ("Looking…"));
  gtk_widget_set_visible (self->lines, FALSE);
  gtk_box_append (GTK_BOX (inner), self->answer);
  gtk_box_append (GTK_BOX (inner), self->lines);
  gtk_widget_set_margin_top (inner, MARGIN_PX);
  gtk_widget_set_margin_bottom (inner, MARGIN_PX);
  gtk_widget_set_margin_start (inner, MARGIN_PX);
  gtk_widget_set_margin_end (inner, MARGIN_PX);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), inner);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), scroller);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Rehearsal"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/**
 * jp_rehearsal_window_open:
 * @office: the office of a school with a platform
 *
 * Returns: (transfer none): the window; it fills when the platform has answered
 */
JpRehearsalWindow *
jp_rehearsal_window_open (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpTransport       *transport = jp_sync_get_transport (jp_office_get_sync (office));
  JpRehearsalWindow *self =
    g_object_new (JP_TYPE_REHEARSAL_WINDOW, "transient-for", jp_office_get_window (office), NULL);

  self->office = g_object_ref (office);
  if (transport != NULL)
    jp_sync_rehearsal_async (jp_office_get_store (office), transport, self->cancellable, looked_cb,
                             g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * jp_rehearsal_window_get_sentence:
 * @self: the window
 *
 * Returns: (transfer none): what it says
 */
const char *
jp_rehearsal_window_get_sentence (JpRehearsalWindow *self)
{
  g_return_val_if_fail (JP_IS_REHEARSAL_WINDOW (self), NULL);

  return jp_answer_box_get_text (JP_ANSWER_BOX (self->answer));
}
