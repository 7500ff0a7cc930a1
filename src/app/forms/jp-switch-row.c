/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-switch-row.h"

/**
 * JpSwitchRow:
 *
 * Yes or no.
 */
struct _JpSwitchRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle; /* (borrowed): in the row */
};

static void form_row_iface_init (JpFormRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpSwitchRow,
                               jp_switch_row,
                               ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_FORM_ROW, form_row_iface_init))

static char *
dup_text (JpFormRow *row)
{
  return g_strdup (gtk_switch_get_active (JP_SWITCH_ROW (row)->toggle) ? JP_SWITCH_ROW_ON : "");
}

static void
set_text (JpFormRow *row, const char *text)
{
  gtk_switch_set_active (JP_SWITCH_ROW (row)->toggle, g_str_equal (text, JP_SWITCH_ROW_ON));
}

static void
form_row_iface_init (JpFormRowInterface *iface)
{
  iface->dup_text = dup_text;
  iface->set_text = set_text;
}

static void
jp_switch_row_class_init (JpSwitchRowClass *klass)
{
}

static void
jp_switch_row_init (JpSwitchRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (jp_form_row_edited), self,
                           G_CONNECT_SWAPPED);
  jp_form_row_track_focus (JP_FORM_ROW (self));
}

/**
 * jp_switch_row_new:
 * @title: what is on or off, translated
 *
 * Returns: (transfer floating): a new row, off
 */
GtkWidget *
jp_switch_row_new (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  return g_object_new (JP_TYPE_SWITCH_ROW, "title", title, NULL);
}
