/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-notice.h"

#include "jp-conflict-repo.h"
#include "jp-conflict-window.h"
#include "jp-plural.h"
#include "jp-row-call.h"

#include <glib/gi18n-lib.h>

#define GAP_PX 8

struct _JpConflictNotice
{
  GtkWidget parent_instance;

  GtkWidget *box;   /* child */
  GtkWidget *label; /* (borrowed): in the box */

  JpOffice     *office;      /* (owned) */
  JpRecord     *record;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the running read */
  guint         n_questions;
};

G_DEFINE_FINAL_TYPE (JpConflictNotice, jp_conflict_notice, GTK_TYPE_WIDGET)

static void
show (JpConflictNotice *self, guint n_questions)
{
  g_autofree char *text =
    jp_plural_format (NP_ ("Conflict: %d thing to decide", "Conflict: %d things to decide"),
                      n_questions);

  self->n_questions = n_questions;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (GTK_WIDGET (self), n_questions > 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpConflictNotice) self = user_data;
  g_autoptr (GPtrArray) conflicts = NULL;

  /* ignored: the next change looks again, and the sync page has them too */
  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&conflicts, NULL) &&
      self->office != NULL)
    show (self, conflicts->len);
}

static void
refresh (JpConflictNotice *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->record == NULL)
    {
      show (self, 0);
      return;
    }

  JpStoreCall call = jp_row_call_new (jp_conflict_repo_list_row, jp_record_get_kind (self->record),
                                      jp_record_get_id (self->record));

  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpConflictNotice *self = JP_CONFLICT_NOTICE (widget);

  if (self->record != NULL)
    jp_conflict_window_open (self->office, jp_record_get_kind (self->record),
                             jp_record_get_id (self->record));
}

static void
jp_conflict_notice_dispose (GObject *object)
{
  JpConflictNotice *self = JP_CONFLICT_NOTICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->record, jp_record_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_conflict_notice_parent_class)->dispose (object);
}

static void
jp_conflict_notice_class_init (JpConflictNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_conflict_notice_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "conflict.open", NULL, open_cb);
}

static void
jp_conflict_notice_init (JpConflictNotice *self)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Look and Decide…"));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "conflict.open");
  gtk_widget_add_css_class (self->box, "notice");
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * jp_conflict_notice_new:
 * @office: the office
 *
 * Returns: (transfer floating): a strip that is only seen where there is something to decide
 */
GtkWidget *
jp_conflict_notice_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpConflictNotice *self = g_object_new (JP_TYPE_CONFLICT_NOTICE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * jp_conflict_notice_set_record:
 * @self: a strip
 * @record: (nullable): the record in the pane
 */
void
jp_conflict_notice_set_record (JpConflictNotice *self, JpRecord *record)
{
  g_return_if_fail (JP_IS_CONFLICT_NOTICE (self));

  gboolean same = record != NULL && self->record != NULL &&
                  jp_record_get_kind (record) == jp_record_get_kind (self->record) &&
                  jp_id_equal (jp_record_get_id (record), jp_record_get_id (self->record));

  if (same)
    return;
  g_clear_pointer (&self->record, jp_record_unref);
  self->record = record != NULL ? jp_record_ref (record) : NULL;
  show (self, 0);
  refresh (self);
}

/**
 * jp_conflict_notice_get_n_questions:
 * @self: a strip
 *
 * Returns: how many things are to be decided about the record
 */
guint
jp_conflict_notice_get_n_questions (JpConflictNotice *self)
{
  g_return_val_if_fail (JP_IS_CONFLICT_NOTICE (self), 0);

  return self->n_questions;
}
