/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

/**
 * JpChoice:
 * @code: what is stored
 * @label: what people read, translated
 *
 * One of the values a [class@Jp.ChoiceRow] offers; both strings are copied.
 */
typedef struct
{
  const char *code;
  const char *label;
} JpChoice;

#define JP_TYPE_CHOICE_ROW (jp_choice_row_get_type ())

G_DECLARE_FINAL_TYPE (JpChoiceRow, jp_choice_row, JP, CHOICE_ROW, AdwComboRow)

GtkWidget *jp_choice_row_new (const char *title);
void       jp_choice_row_set_choices (JpChoiceRow *self, const JpChoice *choices, guint n_choices);

G_END_DECLS
