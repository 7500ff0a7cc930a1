/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-choice-row.h"

#include <glib/gi18n-lib.h>

/**
 * JpChoiceRow:
 *
 * One value out of a few, stored as a code. Nothing is chosen at first, so that nobody saves a
 * default by oversight. A code that is not offered (from an older record, say) is kept and shown.
 */
struct _JpChoiceRow
{
  AdwComboRow parent_instance;

  GPtrArray *codes; /* (owned) (element-type utf8): the first is "": nothing chosen */
};

static void form_row_iface_init (JpFormRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpChoiceRow,
                               jp_choice_row,
                               ADW_TYPE_COMBO_ROW,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_FORM_ROW, form_row_iface_init))

static char *
dup_text (JpFormRow *row)
{
  JpChoiceRow *self = JP_CHOICE_ROW (row);
  guint        selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return g_strdup (selected < self->codes->len ? g_ptr_array_index (self->codes, selected) : "");
}

static void
append_choice (JpChoiceRow *self, const char *code, const char *label)
{
  GtkStringList *labels = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self)));

  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (labels, label);
}

static void
set_text (JpFormRow *row, const char *text)
{
  JpChoiceRow *self = JP_CHOICE_ROW (row);
  guint        index = 0;

  if (!g_ptr_array_find_with_equal_func (self->codes, text, g_str_equal, &index))
    {
      append_choice (self, text, text);
      index = self->codes->len - 1;
    }

  adw_combo_row_set_selected (ADW_COMBO_ROW (self), index);
}

static void
form_row_iface_init (JpFormRowInterface *iface)
{
  iface->dup_text = dup_text;
  iface->set_text = set_text;
}

static void
jp_choice_row_finalize (GObject *object)
{
  JpChoiceRow *self = JP_CHOICE_ROW (object);

  g_clear_pointer (&self->codes, g_ptr_array_unref);

  G_OBJECT_CLASS (jp_choice_row_parent_class)->finalize (object);
}

static void
jp_choice_row_class_init (JpChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_choice_row_finalize;
}

static void
jp_choice_row_init (JpChoiceRow *self)
{
  self->codes = g_ptr_array_new_with_free_func (g_free);
  jp_choice_row_set_choices (self, NULL, 0);
  g_signal_connect (self, "notify::selected", G_CALLBACK (jp_form_row_edited), NULL);
  jp_form_row_track_focus (JP_FORM_ROW (self));
}

/**
 * jp_choice_row_new:
 * @title: what is chosen, translated
 *
 * Returns: (transfer floating): a new row without choices
 */
GtkWidget *
jp_choice_row_new (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  return g_object_new (JP_TYPE_CHOICE_ROW, "title", title, NULL);
}

/**
 * jp_choice_row_set_choices:
 * @self: a row
 * @choices: (array length=n_choices) (nullable): what to choose from, in order; no code is ""
 * @n_choices: how many
 *
 * Changes the choices; what was chosen stays chosen.
 */
void
jp_choice_row_set_choices (JpChoiceRow *self, const JpChoice *choices, guint n_choices)
{
  g_return_if_fail (JP_IS_CHOICE_ROW (self));
  g_return_if_fail (choices != NULL || n_choices == 0);

  g_autofree char *before = dup_text (JP_FORM_ROW (self));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->codes, 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  append_choice (self, "", _ ("Please choose"));
  for (guint i = 0; i < n_choices; i++)
    append_choice (self, choices[i].code, choices[i].label);

  set_text (JP_FORM_ROW (self), before);
}
