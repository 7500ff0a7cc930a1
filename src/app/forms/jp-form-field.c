/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-form-field.h"

#include <glib/gi18n-lib.h>

struct _JpFormField
{
  char          *id;        /* (owned) */
  JpFormRow     *row;       /* (owned) */
  GtkWidget     *error_row; /* (owned): below the row, hidden while all is well */
  GtkLabel      *error;     /* (borrowed): in the error row */
  JpFormValidate validate;  /* (nullable) */
  gpointer       user_data; /* (borrowed): for validate */
  char          *saved;     /* (owned): text when it was last saved */
  gboolean       required;
};

static GtkWidget *
create_error_row (JpFormField *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "form-error");
  gtk_widget_set_visible (row, FALSE);
  self->error = GTK_LABEL (label);
  return row;
}

/**
 * jp_form_field_new:
 * @id: what code calls it
 * @row: (transfer none): where it is entered
 * @validate: (nullable): its check
 * @user_data: (transfer none): handed to @validate; must outlive the field
 *
 * Returns: (transfer full): a new field
 */
JpFormField *
jp_form_field_new (const char *id, JpFormRow *row, JpFormValidate validate, gpointer user_data)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (JP_IS_FORM_ROW (row), NULL);

  JpFormField *self = g_new0 (JpFormField, 1);

  self->id = g_strdup (id);
  self->row = g_object_ref_sink (row);
  self->error_row = g_object_ref_sink (create_error_row (self));
  self->validate = validate;
  self->user_data = user_data;
  self->saved = jp_form_row_dup_text (row);
  return self;
}

/**
 * jp_form_field_free:
 * @self: (nullable): a field
 *
 * Frees the field; its rows live as long as their group.
 */
void
jp_form_field_free (JpFormField *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_object_unref (self->row);
  g_object_unref (self->error_row);
  g_free (self->saved);
  g_free (self);
}

/**
 * jp_form_field_get_id:
 * @self: a field
 *
 * Returns: (transfer none): what code calls it
 */
const char *
jp_form_field_get_id (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * jp_form_field_get_row:
 * @self: a field
 *
 * Returns: (transfer none): where it is entered
 */
JpFormRow *
jp_form_field_get_row (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->row;
}

/**
 * jp_form_field_get_error_row:
 * @self: a field
 *
 * Returns: (transfer none): the row below, which says what is wrong
 */
GtkWidget *
jp_form_field_get_error_row (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->error_row;
}

/**
 * jp_form_field_set_required:
 * @self: a field
 * @required: whether it must not be empty
 *
 * Changes whether the field may be left empty.
 */
void
jp_form_field_set_required (JpFormField *self, gboolean required)
{
  g_return_if_fail (self != NULL);

  self->required = required;
}

/**
 * jp_form_field_set_visible:
 * @self: a field
 * @visible: whether it is asked
 *
 * Shows or hides the field; a hidden one is not checked.
 */
void
jp_form_field_set_visible (JpFormField *self, gboolean visible)
{
  g_return_if_fail (self != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->row), visible);
  gtk_widget_set_visible (self->error_row, visible && jp_form_field_get_error (self) != NULL);
}

/**
 * jp_form_field_set_error:
 * @self: a field
 * @message: (nullable): what is wrong and what to do, translated; %NULL if all is well
 *
 * Says what is wrong, below the field.
 */
void
jp_form_field_set_error (JpFormField *self, const char *message)
{
  g_return_if_fail (self != NULL);

  GtkWidget *row = GTK_WIDGET (self->row);

  gtk_label_set_text (self->error, message != NULL ? message : "");
  gtk_widget_set_visible (self->error_row, message != NULL && gtk_widget_get_visible (row));
  if (message == NULL)
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message, -1);
}

/**
 * jp_form_field_get_error:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): what is said to be wrong
 */
const char *
jp_form_field_get_error (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const char *message = gtk_label_get_text (self->error);

  return message[0] != '\0' ? message : NULL;
}

/**
 * jp_form_field_check:
 * @self: a field
 *
 * Checks what is entered and says below the field what is wrong.
 *
 * Returns: whether all is well
 */
gboolean
jp_form_field_check (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autofree char *text = jp_form_row_dup_text (self->row);
  g_autofree char *message = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->row)))
    return TRUE;

  if (text[0] == '\0' && self->required)
    message = g_strdup (_ ("Please fill this in"));
  if (message == NULL)
    message = jp_form_row_check (self->row);
  if (message == NULL && self->validate != NULL)
    message = self->validate (text, self->user_data);

  jp_form_field_set_error (self, message);
  return message == NULL;
}

/**
 * jp_form_field_mark_saved:
 * @self: a field
 *
 * Takes what is entered as saved.
 */
void
jp_form_field_mark_saved (JpFormField *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->saved);
  self->saved = jp_form_row_dup_text (self->row);
}

/**
 * jp_form_field_is_dirty:
 * @self: a field
 *
 * Returns: whether something else is entered than was saved
 */
gboolean
jp_form_field_is_dirty (JpFormField *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autofree char *text = jp_form_row_dup_text (self->row);

  return !g_str_equal (text, self->saved);
}
