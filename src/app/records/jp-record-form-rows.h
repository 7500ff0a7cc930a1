/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"
#include "jp-store.h"

G_BEGIN_DECLS

/* Between a field of the description and a row of a form: which row, which choices, and the text of
 * the row. */

#define JP_RECORD_FORM_MAX_CHOICES 500 /* of a reference */

gboolean   jp_record_form_rows_is_shown (const JpField *field, gboolean is_new);
GtkWidget *jp_record_form_rows_new (const JpField *field);
char      *jp_record_form_rows_dup_text (JpDraft *draft, JpFieldId field);
JpProblem  jp_record_form_rows_parse (JpDraft *draft, JpFieldId field, const char *text);
void jp_record_form_rows_set_records (GtkWidget *row, const JpField *field, GPtrArray *records);
GPtrArray *jp_record_form_rows_read_choices (JpVault    *vault,
                                             JpKind      target,
                                             const JpId *chosen,
                                             GError    **error);

G_END_DECLS
