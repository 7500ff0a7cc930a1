/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-text-row.h"

#include "jp-text.h"

/**
 * JpTextRow:
 *
 * Text of several lines: a note, an introduction. Tab goes on to the next field.
 */
struct _JpTextRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel    *label; /* template child */
  GtkTextView *view;  /* template child */
};

static void form_row_iface_init (JpFormRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpTextRow,
                               jp_text_row,
                               ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_FORM_ROW, form_row_iface_init))

static char *
dup_text (JpFormRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (JP_TEXT_ROW (row)->view);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return jp_text_clean_lines (text);
}

static void
set_text (JpFormRow *row, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (JP_TEXT_ROW (row)->view), text, -1);
}

static void
form_row_iface_init (JpFormRowInterface *iface)
{
  iface->dup_text = dup_text;
  iface->set_text = set_text;
}

static gboolean
jp_text_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JP_TEXT_ROW (widget)->view));
}

static void
jp_text_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_TEXT_ROW);

  G_OBJECT_CLASS (jp_text_row_parent_class)->dispose (object);
}

static void
jp_text_row_class_init (JpTextRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_text_row_dispose;
  widget_class->grab_focus = jp_text_row_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/forms/jp-text-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JpTextRow, label);
  gtk_widget_class_bind_template_child (widget_class, JpTextRow, view);
  gtk_widget_class_bind_template_callback (widget_class, jp_form_row_edited);
}

static void
jp_text_row_init (JpTextRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self, "title", self->label, "label", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->label, NULL, -1);
  jp_form_row_track_focus (JP_FORM_ROW (self));
}

/**
 * jp_text_row_new:
 * @title: what goes in, translated
 *
 * Returns: (transfer floating): a new empty row
 */
GtkWidget *
jp_text_row_new (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  return g_object_new (JP_TYPE_TEXT_ROW, "title", title, NULL);
}
