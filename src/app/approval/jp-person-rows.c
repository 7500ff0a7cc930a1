/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-person-rows.h"

#include "jp-choice-row.h"
#include "jp-desk.h"
#include "jp-entry-row.h"
#include "jp-pin.h"

/**
 * jp_person_rows_add:
 * @form: a form
 * @name_title: what the person does here, translated
 * @pin_title: title of the PIN, translated
 *
 * Adds a choice of the people at this PC and an entry for the PIN to the last group.
 */
void
jp_person_rows_add (JpForm *form, const char *name_title, const char *pin_title)
{
  GtkWidget *name = jp_choice_row_new (name_title);
  GtkWidget *pin = jp_entry_row_new (pin_title, JP_ENTRY_SECRET);

  jp_entry_row_set_max_length (JP_ENTRY_ROW (pin), JP_PIN_MAX_BYTES);
  jp_form_add (form, JP_PERSON_ROWS_NAME, JP_FORM_ROW (name), NULL, NULL);
  jp_form_add (form, JP_PERSON_ROWS_PIN, JP_FORM_ROW (pin), NULL, NULL);
  jp_form_set_required (form, JP_PERSON_ROWS_NAME, TRUE);
  jp_form_set_required (form, JP_PERSON_ROWS_PIN, TRUE);
}

/**
 * jp_person_rows_set_users:
 * @form: a form with these rows
 * @users: (element-type JpUser): who works at this PC
 *
 * Offers the people who have a PIN at this PC, and keeps who is chosen.
 */
void
jp_person_rows_set_users (JpForm *form, GPtrArray *users)
{
  g_autofree JpChoice *choices = g_new0 (JpChoice, users->len);
  g_autofree char     *chosen = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
  guint                n_choices = 0;

  for (guint i = 0; i < users->len; i++)
    {
      const JpUser *user = g_ptr_array_index (users, i);

      if (!user->disabled && user->has_pin)
        choices[n_choices++] = (JpChoice){ user->name, user->name };
    }
  jp_choice_row_set_choices (JP_CHOICE_ROW (jp_form_get_row (form, JP_PERSON_ROWS_NAME)), choices,
                             n_choices);
  jp_form_set_text (form, JP_PERSON_ROWS_NAME, chosen);
}

/**
 * jp_person_rows_find_field:
 * @error: why something did not work
 *
 * Returns: (nullable) (transfer none): the row of these that the error is about
 */
const char *
jp_person_rows_find_field (const GError *error)
{
  if (error->domain != JP_DESK_ERROR)
    return NULL;
  switch (error->code)
    {
    case JP_DESK_PIN_WRONG:
    case JP_DESK_CODE_WRONG:
    case JP_DESK_PIN_BLOCKED:
      return JP_PERSON_ROWS_PIN;
    case JP_DESK_USER_UNKNOWN:
    case JP_DESK_PIN_MISSING:
    case JP_DESK_USER_ROLE:
    case JP_DESK_USER_FIRST:
    case JP_DESK_SAME_PERSON:
      return JP_PERSON_ROWS_NAME;
    default:
      return NULL;
    }
}
