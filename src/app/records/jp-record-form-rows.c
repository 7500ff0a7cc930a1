/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-form-rows.h"

#include "jp-check-name.h"
#include "jp-check-phone.h"
#include "jp-check-place.h"
#include "jp-choice-row.h"
#include "jp-codes.h"
#include "jp-date-row.h"
#include "jp-display.h"
#include "jp-district.h"
#include "jp-entry-row.h"
#include "jp-licence.h"
#include "jp-query.h"
#include "jp-switch-row.h"
#include "jp-text-row.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

#define CODE_MAX_CHARS 20 /* longer sealed texts are words, not numbers */

/**
 * jp_record_form_rows_is_shown:
 * @field: a field
 * @is_new: the record does not exist yet
 *
 * Returns: whether a form asks for it: what the program or the platform fills is not typed, and
 * what is fixed is typed once
 */
gboolean
jp_record_form_rows_is_shown (const JpField *field, gboolean is_new)
{
  if (field->flags & (JP_FIELD_COMPUTED | JP_FIELD_HIDDEN | JP_FIELD_JSON))
    return FALSE;
  if (field->owner == JP_OWNER_PLATFORM)
    return FALSE;
  /* On sale or not is a decision with a button of its own. */
  if (field->id == JP_CLASS_TIER_STATUS)
    return FALSE;
  return is_new || !(field->flags & JP_FIELD_FIXED);
}

static gboolean
is_licence (const JpField *field)
{
  return field->type == JP_FIELD_TEXT && field->check == jp_validate_licence_type;
}

static gboolean
is_district (const JpField *field)
{
  return field->type == JP_FIELD_TEXT && field->check == jp_validate_district;
}

static GtkWidget *
new_choice (const char *title, const JpCode *codes)
{
  GtkWidget *row = jp_choice_row_new (title);
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (JpChoice));

  for (const JpCode *code = codes; code->name != NULL; code++)
    {
      JpChoice choice = { code->name, jp_code_get_label (code) };

      g_array_append_val (choices, choice);
    }
  jp_choice_row_set_choices (JP_CHOICE_ROW (row), (const JpChoice *)choices->data, choices->len);
  return row;
}

static GtkWidget *
new_district (const char *title)
{
  GtkWidget           *row = jp_choice_row_new (title);
  guint                n_districts = 0;
  guint                n_choices = 0;
  const JpDistrict    *districts = jp_district_list (&n_districts);
  g_autofree JpChoice *choices = g_new0 (JpChoice, n_districts);

  for (guint i = 0; i < n_districts; i++)
    if (districts[i].successor == NULL)
      choices[n_choices++] = (JpChoice){ districts[i].code, districts[i].name };
  jp_choice_row_set_choices (JP_CHOICE_ROW (row), choices, n_choices);
  return row;
}

static JpEntryKind
get_entry_kind (const JpField *field)
{
  if (field->check == jp_check_phone_mobile || field->check == jp_check_phone)
    return JP_ENTRY_TEXT;
  if (field->check == jp_check_name || field->check == jp_check_place_polygon ||
      field->check == jp_validate_licence_list || field->check == jp_licence_check_types)
    return JP_ENTRY_TEXT;
  if (field->check != NULL || ((field->flags & JP_FIELD_SEALED) && field->max <= CODE_MAX_CHARS))
    return JP_ENTRY_CODE;
  return JP_ENTRY_TEXT;
}

static GtkWidget *
new_text_row (const JpField *field, const char *title)
{
  if (is_licence (field))
    return new_choice (title, jp_licence_codes);
  if (is_district (field))
    return new_district (title);
  if (field->flags & JP_FIELD_LONG)
    return jp_text_row_new (title);
  return jp_entry_row_new (title, get_entry_kind (field));
}

/**
 * jp_record_form_rows_new:
 * @field: a field
 *
 * Returns: (transfer floating): the row in which it is typed or chosen
 */
GtkWidget *
jp_record_form_rows_new (const JpField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  const char *title = jp_field_get_label (field);

  switch (field->type)
    {
    case JP_FIELD_CODE:
      return new_choice (title, field->codes);
    case JP_FIELD_REF:
      return jp_choice_row_new (title);
    case JP_FIELD_BOOLEAN:
      return jp_switch_row_new (title);
    case JP_FIELD_DATE:
      return jp_date_row_new (title);
    case JP_FIELD_INTEGER:
      return jp_entry_row_new (title, field->unit == JP_UNIT_FEN ? JP_ENTRY_MONEY : JP_ENTRY_TEXT);
    case JP_FIELD_TEXT:
      return new_text_row (field, title);
    case JP_FIELD_INSTANT:
    default:
      return jp_entry_row_new (title, JP_ENTRY_TEXT);
    }
}

/**
 * jp_record_form_rows_dup_text:
 * @draft: a draft
 * @field: a field of its kind
 *
 * Returns: (transfer full): its value as the row has it
 */
char *
jp_record_form_rows_dup_text (JpDraft *draft, JpFieldId field)
{
  if (!jp_draft_has (draft, field))
    return g_strdup ("");

  switch (jp_field_get (field)->type)
    {
    case JP_FIELD_CODE:
      return g_strdup (jp_draft_get_text (draft, field));
    case JP_FIELD_REF:
      return jp_id_dup_text (jp_draft_get_ref (draft, field));
    case JP_FIELD_BOOLEAN:
      return g_strdup (jp_draft_get_integer (draft, field) != 0 ? JP_SWITCH_ROW_ON : "");
    case JP_FIELD_DATE:
      return jp_date_to_iso (jp_draft_get_date (draft, field));
    case JP_FIELD_TEXT:
      if (is_district (jp_field_get (field)))
        return g_strdup (jp_draft_get_text (draft, field));
      return jp_display_dup_typed (draft, field);
    case JP_FIELD_INTEGER:
    case JP_FIELD_INSTANT:
    default:
      return jp_display_dup_typed (draft, field);
    }
}

/**
 * jp_record_form_rows_parse:
 * @draft: where the value goes
 * @field: a field of its kind
 * @text: what the row has
 *
 * Returns: %JP_PROBLEM_NONE, or why it was not understood; then the draft is as before
 */
JpProblem
jp_record_form_rows_parse (JpDraft *draft, JpFieldId field, const char *text)
{
  JpFieldType type = jp_field_get (field)->type;
  JpId        id = JP_ID_NONE;

  if (type == JP_FIELD_BOOLEAN)
    jp_draft_set_integer (draft, field, *text != '\0');
  else if (*text == '\0')
    jp_draft_clear (draft, field);
  else if (type == JP_FIELD_CODE)
    jp_draft_set_text (draft, field, text);
  else if (type == JP_FIELD_REF)
    {
      if (!jp_id_parse (text, &id, NULL))
        return JP_PROBLEM_UNKNOWN_CODE;
      jp_draft_set_ref (draft, field, &id);
    }
  else
    return jp_display_parse (draft, field, text);
  return JP_PROBLEM_NONE;
}

/* Choices of a reference. */

static char *
dup_choice_label (JpRecord *record)
{
  g_autofree char *status = NULL;

  if (jp_record_get_kind (record) == JP_KIND_TERMINAL)
    {
      status = jp_record_dup_display (record, JP_TERMINAL_STATUS, TRUE);
      return g_strdup_printf ("%s · %s", jp_record_get_title (record), status);
    }
  if (jp_record_get_kind (record) != JP_KIND_CLASS_TIER)
    return g_strdup (jp_record_get_title (record));

  g_autofree char *price = jp_money_format (jp_record_get_integer (record, JP_CLASS_TIER_PRICE));
  const char      *licence = jp_record_get_text (record, JP_CLASS_TIER_LICENCE_TYPE);

  /* A long label would be cut, and with it the price. */
  if (g_str_has_prefix (jp_record_get_title (record), licence))
    return g_strdup_printf ("%s · %s", jp_record_get_title (record), price);

  /* Translators: name of a class tier, licence type, price. */
  return g_strdup_printf (C_ ("tier choice", "%s · %s · %s"), jp_record_get_title (record), licence,
                          price);
}

/**
 * jp_record_form_rows_set_records:
 * @row: the row of a reference
 * @field: its field
 * @records: (element-type JpRecord): what may be chosen
 *
 * Offers the records by their titles; what was chosen stays.
 */
void
jp_record_form_rows_set_records (GtkWidget *row, const JpField *field, GPtrArray *records)
{
  g_return_if_fail (JP_IS_CHOICE_ROW (row));
  g_return_if_fail (field->type == JP_FIELD_REF);

  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (JpChoice));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);
      JpChoice  choice = { jp_id_dup_text (jp_record_get_id (record)), dup_choice_label (record) };

      g_ptr_array_add (texts, (gpointer)choice.code);
      g_ptr_array_add (texts, (gpointer)choice.label);
      g_array_append_val (choices, choice);
    }
  jp_choice_row_set_choices (JP_CHOICE_ROW (row), (const JpChoice *)choices->data, choices->len);
}

static void
narrow (JpQuery *query, JpKind target)
{
  if (target == JP_KIND_CLASS_TIER)
    jp_query_where_code (query, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, JP_TIER_STATUS_PUBLISHED);
  else if (target == JP_KIND_TERMINAL)
    jp_query_where_code (query, JP_TERMINAL_STATUS, JP_QUERY_NOT_EQUAL, JP_TERMINAL_STATUS_RETIRED);
  else if (target == JP_KIND_VEHICLE)
    jp_query_where_code (query, JP_VEHICLE_STATUS, JP_QUERY_EQUAL, JP_VEHICLE_STATUS_IN_USE);
  else if (target == JP_KIND_COACH)
    jp_query_where_code (query, JP_COACH_EMPLOY_STATUS, JP_QUERY_EQUAL, JP_EMPLOY_STATUS_EMPLOYED);
}

static gboolean
may_be_chosen (JpRecord *record, JpDate today)
{
  JpDate until = JP_DATE_NONE;

  if (jp_record_get_head (record)->parked)
    return FALSE;
  if (jp_record_get_kind (record) != JP_KIND_CLASS_TIER)
    return TRUE;
  until = jp_record_get_date (record, JP_CLASS_TIER_VALID_UNTIL);
  return jp_record_get_date (record, JP_CLASS_TIER_VALID_FROM) <= today &&
         (until == JP_DATE_NONE || until >= today);
}

static gboolean
add_chosen (JpVault *vault, JpKind target, const JpId *chosen, GPtrArray *records, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) record = NULL;

  for (guint i = 0; i < records->len; i++)
    if (jp_id_equal (jp_record_get_id (records->pdata[i]), chosen))
      return TRUE;

  record = jp_record_table_find (vault->db, vault->key, target, chosen, &local_error);
  if (record != NULL)
    g_ptr_array_add (records, g_steal_pointer (&record));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return jp_vault_translate (error);
}

/**
 * jp_record_form_rows_read_choices:
 * @vault: a vault
 * @target: what a reference points to
 * @chosen: (nullable): what it points to now; offered even if it would not be any more
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpRecord): what may be chosen today, at most
 *   %JP_RECORD_FORM_MAX_CHOICES, or %NULL with an error
 */
GPtrArray *
jp_record_form_rows_read_choices (JpVault *vault, JpKind target, const JpId *chosen, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (target);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpFieldId title = jp_kind_get_info (target)->title;

  narrow (query, target);
  if (title != 0)
    jp_query_set_order (query, title, FALSE);
  jp_query_set_limit (query, JP_RECORD_FORM_MAX_CHOICES);
  found = jp_query_fetch_all (vault, query, error);
  if (found == NULL)
    return NULL;

  for (guint i = 0; i < found->len; i++)
    if (may_be_chosen (found->pdata[i], jp_vault_today (vault)))
      g_ptr_array_add (records, jp_record_ref (found->pdata[i]));
  if (chosen != NULL && !jp_id_is_none (chosen) &&
      !add_chosen (vault, target, chosen, records, error))
    return NULL;
  return g_steal_pointer (&records);
}
