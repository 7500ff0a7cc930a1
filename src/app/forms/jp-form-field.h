/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form.h"

G_BEGIN_DECLS

/**
 * JpFormField:
 *
 * A row of a form with its check and the line below it that says what is wrong.
 */
typedef struct _JpFormField JpFormField;

JpFormField *
jp_form_field_new (const char *id, JpFormRow *row, JpFormValidate validate, gpointer user_data);
void        jp_form_field_free (JpFormField *self);
const char *jp_form_field_get_id (JpFormField *self);
JpFormRow  *jp_form_field_get_row (JpFormField *self);
GtkWidget  *jp_form_field_get_error_row (JpFormField *self);
void        jp_form_field_set_required (JpFormField *self, gboolean required);
void        jp_form_field_set_visible (JpFormField *self, gboolean visible);
void        jp_form_field_set_error (JpFormField *self, const char *message);
const char *jp_form_field_get_error (JpFormField *self);
gboolean    jp_form_field_check (JpFormField *self);
void        jp_form_field_mark_saved (JpFormField *self);
gboolean    jp_form_field_is_dirty (JpFormField *self);

G_END_DECLS
