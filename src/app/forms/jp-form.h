/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

/**
 * JpFormValidate:
 * @text: what is entered, tidy; "" for nothing
 * @user_data: as given with the field
 *
 * Checks one field. Pure and quick.
 *
 * Returns: (transfer full) (nullable): a translated sentence that says what to do; %NULL if all is
 *   well
 */
typedef char *(*JpFormValidate) (const char *text, gpointer user_data);

#define JP_TYPE_FORM (jp_form_get_type ())

G_DECLARE_FINAL_TYPE (JpForm, jp_form, JP, FORM, GtkWidget)

GtkWidget  *jp_form_new (void);
void        jp_form_begin_group (JpForm *self, const char *title, const char *description);
void        jp_form_add (JpForm        *self,
                         const char    *id,
                         JpFormRow     *row,
                         JpFormValidate validate,
                         gpointer       user_data);
void        jp_form_add_plain_row (JpForm *self, GtkWidget *row);
void        jp_form_set_required (JpForm *self, const char *id, gboolean required);
JpFormRow  *jp_form_get_row (JpForm *self, const char *id);
char       *jp_form_dup_text (JpForm *self, const char *id);
void        jp_form_set_text (JpForm *self, const char *id, const char *text);
void        jp_form_set_visible (JpForm *self, const char *id, gboolean visible);
void        jp_form_set_error (JpForm *self, const char *id, const char *message);
const char *jp_form_get_error (JpForm *self, const char *id);
gboolean    jp_form_check (JpForm *self);
gboolean    jp_form_submit (JpForm *self);
void        jp_form_mark_saved (JpForm *self);
gboolean    jp_form_get_dirty (JpForm *self);
gboolean    jp_form_get_busy (JpForm *self);
void        jp_form_set_busy (JpForm *self, gboolean busy);
GVariant   *jp_form_dup_draft (JpForm *self);
void        jp_form_load_draft (JpForm *self, GVariant *draft);

G_END_DECLS
