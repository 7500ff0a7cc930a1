/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-form-window.h"

/**
 * JpFormWindow:
 *
 * A form in a modal window, for what is made in one go. "Cancel", Esc and the window's button emit
 * the form's [signal@Jp.Form::cancelled], so that the draft is kept, and close it. After saving,
 * whoever saved closes it with gtk_window_destroy().
 */
struct _JpFormWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;    /* template child */
  GtkButton      *save;     /* template child */
  GtkViewport    *viewport; /* template child */

  JpForm *form; /* (borrowed): in the viewport */
};

G_DEFINE_FINAL_TYPE (JpFormWindow, jp_form_window, ADW_TYPE_WINDOW)

static void
save_clicked_cb (JpFormWindow *self)
{
  g_assert (JP_IS_FORM_WINDOW (self));

  jp_form_submit (self->form);
}

static void
cancel_clicked_cb (JpFormWindow *self)
{
  g_assert (JP_IS_FORM_WINDOW (self));

  g_signal_emit_by_name (self->form, "cancelled");
}

/* However it is closed, what was typed is kept. */
static gboolean
jp_form_window_close_request (GtkWindow *window)
{
  JpFormWindow *self = JP_FORM_WINDOW (window);

  g_signal_emit_by_name (self->form, "cancelled");
  return TRUE;
}

static void
close_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  cancel_clicked_cb (JP_FORM_WINDOW (widget));
}

static void
jp_form_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_FORM_WINDOW);

  G_OBJECT_CLASS (jp_form_window_parent_class)->dispose (object);
}

static void
jp_form_window_class_init (JpFormWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_form_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = jp_form_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/forms/jp-form-window.ui");
  gtk_widget_class_bind_template_child (widget_class, JpFormWindow, title);
  gtk_widget_class_bind_template_child (widget_class, JpFormWindow, save);
  gtk_widget_class_bind_template_child (widget_class, JpFormWindow, viewport);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_install_action (widget_class, "form-window.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form-window.close", NULL);
}

static void
jp_form_window_init (JpFormWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_form_window_new:
 * @parent: the window it belongs to
 * @title: what is made or changed, translated
 * @form: a new form
 *
 * Returns: (transfer none): a new window, owned by GTK, not shown yet
 */
JpFormWindow *
jp_form_window_new (GtkWindow *parent, const char *title, JpForm *form)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (JP_IS_FORM (form), NULL);

  JpFormWindow *self =
    g_object_new (JP_TYPE_FORM_WINDOW, "transient-for", parent, "title", title, NULL);

  self->form = form;
  adw_window_title_set_title (self->title, title);
  gtk_viewport_set_child (self->viewport, GTK_WIDGET (form));
  g_object_bind_property (form, "busy", self->save, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  /* Esc inside the form. */
  g_signal_connect_object (form, "cancelled", G_CALLBACK (gtk_window_destroy), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

/**
 * jp_form_window_get_form:
 * @self: a window
 *
 * Returns: (transfer none): its form
 */
JpForm *
jp_form_window_get_form (JpFormWindow *self)
{
  g_return_val_if_fail (JP_IS_FORM_WINDOW (self), NULL);

  return self->form;
}

/**
 * jp_form_window_set_save_label:
 * @self: a window
 * @label: what saving means here, translated
 *
 * Changes the label of the save button, e.g. "Enrol".
 */
void
jp_form_window_set_save_label (JpFormWindow *self, const char *label)
{
  g_return_if_fail (JP_IS_FORM_WINDOW (self));
  g_return_if_fail (label != NULL);

  gtk_button_set_label (self->save, label);
}
