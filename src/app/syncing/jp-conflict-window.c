/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-window.h"

#include "jp-conflict-card.h"
#include "jp-row-call.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX  860
#define HEIGHT_PX 520
#define MARGIN_PX 18

struct _JpConflictWindow
{
  AdwWindow parent_instance;

  GtkWidget *box; /* (borrowed): with the card */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpKind        kind;
  JpId          id;
};

G_DEFINE_FINAL_TYPE (JpConflictWindow, jp_conflict_window, ADW_TYPE_WINDOW)

/* A choice that was not saved yet is not disturbed by news about other records. */
static gboolean
shows (JpConflictWindow *self, GPtrArray *conflicts)
{
  GtkWidget *card = gtk_widget_get_first_child (self->box);

  return card != NULL &&
         jp_conflict_repo_equal_lists (jp_conflict_card_get_conflicts (JP_CONFLICT_CARD (card)),
                                       conflicts);
}

static void
show (JpConflictWindow *self, GPtrArray *conflicts)
{
  if (shows (self, conflicts))
    return;
  while (gtk_widget_get_first_child (self->box) != NULL)
    gtk_box_remove (GTK_BOX (self->box), gtk_widget_get_first_child (self->box));
  gtk_box_append (GTK_BOX (self->box), jp_conflict_card_new (self->office, conflicts));
}

/* When there is nothing left to decide, here or at another PC, there is nothing to show. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpConflictWindow) self = user_data;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&conflicts, &error))
    {
      if (self->office != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        jp_office_tell_error (self->office, error);
      return;
    }
  if (self->office == NULL)
    return;
  if (conflicts->len == 0)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show (self, conflicts);
}

static void
refresh (JpConflictWindow *self)
{
  JpStoreCall call = jp_row_call_new (jp_conflict_repo_list_row, self->kind, &self->id);

  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
jp_conflict_window_dispose (GObject *object)
{
  JpConflictWindow *self = JP_CONFLICT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_conflict_window_parent_class)->dispose (object);
}

static void
jp_conflict_window_finalize (GObject *object)
{
  g_clear_object (&JP_CONFLICT_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_conflict_window_parent_class)->finalize (object);
}

static void
jp_conflict_window_class_init (JpConflictWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_conflict_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_conflict_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
jp_conflict_window_init (JpConflictWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_top (self->box, MARGIN_PX);
  gtk_widget_set_margin_bottom (self->box, MARGIN_PX);
  gtk_widget_set_margin_start (self->box, MARGIN_PX);
  gtk_widget_set_margin_end (self->box, MARGIN_PX);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Edited on Both Sides"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/**
 * jp_conflict_window_open:
 * @office: the office
 * @kind: a kind
 * @id: a record of it about which something is to be decided
 *
 * Returns: (transfer none): the window; it closes when everything is decided
 */
JpConflictWindow *
jp_conflict_window_open (JpOffice *office, JpKind kind, const JpId *id)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  JpConflictWindow *self =
    g_object_new (JP_TYPE_CONFLICT_WINDOW, "transient-for", jp_office_get_window (office), NULL);

  self->office = g_object_ref (office);
  self->kind = kind;
  self->id = *id;
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
