/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-validate.h"

#include "jp-attachment.h"
#include "jp-check-id.h"
#include "jp-codes.h"
#include "jp-licence.h"

#include <glib/gi18n-lib.h>

#define LICENCE_LIST_MAX 20

/**
 * jp_validate_licence_type:
 * @text: a licence type, e.g. "C1"
 *
 * Returns: %JP_PROBLEM_NONE if there is such a type
 */
JpProblem
jp_validate_licence_type (const char *text)
{
  return jp_code_lookup (jp_licence_codes, text) != NULL ? JP_PROBLEM_NONE
                                                         : JP_PROBLEM_LICENCE_UNKNOWN;
}

/**
 * jp_validate_licence_list:
 * @text: licence types with commas between, e.g. "C1,C2"
 *
 * Returns: %JP_PROBLEM_NONE if all of them exist
 */
JpProblem
jp_validate_licence_list (const char *text)
{
  g_auto (GStrv) types = g_strsplit (text, ",", LICENCE_LIST_MAX);

  for (char **type = types; *type != NULL; type++)
    if (jp_validate_licence_type (*type) != JP_PROBLEM_NONE)
      return JP_PROBLEM_LICENCE_UNKNOWN;

  return types[0] != NULL ? JP_PROBLEM_NONE : JP_PROBLEM_LICENCE_UNKNOWN;
}

/**
 * jp_validate_district:
 * @text: a district code of six digits
 *
 * Only the form: codes of other cities and former codes are stored as they come.
 *
 * Returns: %JP_PROBLEM_NONE if it has the form of a code
 */
JpProblem
jp_validate_district (const char *text)
{
  return jp_text_is_digits (text, 6) ? JP_PROBLEM_NONE : JP_PROBLEM_DISTRICT_FORM;
}

static JpProblem
validate_text (const JpField *field, const char *text)
{
  gsize length = jp_text_length (text);

  if (length < (gsize)field->min)
    return JP_PROBLEM_TOO_SHORT;
  if (field->max > 0 && length > (gsize)field->max)
    return JP_PROBLEM_TOO_LONG;
  return field->check != NULL ? field->check (text) : JP_PROBLEM_NONE;
}

static JpProblem
validate_integer (const JpField *field, gint64 value)
{
  switch (field->type)
    {
    case JP_FIELD_DATE:
      return value == (JpDate)value && jp_date_is_valid ((JpDate)value) ? JP_PROBLEM_NONE
                                                                        : JP_PROBLEM_NOT_A_DATE;
    case JP_FIELD_BOOLEAN:
      return value == 0 || value == 1 ? JP_PROBLEM_NONE : JP_PROBLEM_NOT_A_NUMBER;
    case JP_FIELD_INTEGER:
      if (value < field->min)
        return JP_PROBLEM_TOO_SMALL;
      return value > field->max ? JP_PROBLEM_TOO_LARGE : JP_PROBLEM_NONE;
    case JP_FIELD_INSTANT:
      return value >= jp_date_to_instant (JP_DATE_MIN, 0, 0) &&
                 value < jp_date_to_instant (JP_DATE_MAX, 0, 0)
               ? JP_PROBLEM_NONE
               : JP_PROBLEM_NOT_A_DATE;
    case JP_FIELD_TEXT:
    case JP_FIELD_CODE:
    case JP_FIELD_REF:
    default:
      return JP_PROBLEM_NONE;
    }
}

/**
 * jp_validate_field:
 * @draft: a draft
 * @field: a field of its kind
 *
 * Judges one field by its description alone. Pure.
 *
 * Returns: the first thing wrong with it, or %JP_PROBLEM_NONE
 */
JpProblem
jp_validate_field (JpDraft *draft, JpFieldId field)
{
  g_return_val_if_fail (draft != NULL, JP_PROBLEM_REQUIRED);

  const JpField *description = jp_field_get (field);

  if (!jp_draft_has (draft, field))
    return (description->flags & JP_FIELD_REQUIRED) ? JP_PROBLEM_REQUIRED : JP_PROBLEM_NONE;
  if (description->type == JP_FIELD_TEXT)
    return validate_text (description, jp_draft_get_text (draft, field));
  if (description->type == JP_FIELD_CODE)
    return jp_draft_get_code (draft, field) == JP_CODE_UNKNOWN ? JP_PROBLEM_UNKNOWN_CODE
                                                               : JP_PROBLEM_NONE;
  if (description->type == JP_FIELD_REF)
    return JP_PROBLEM_NONE;
  return validate_integer (description, jp_draft_get_integer (draft, field));
}

static void
add_issue (GArray *issues, JpFieldId field, JpProblem problem)
{
  if (problem == JP_PROBLEM_NONE)
    return;

  /* One sentence under a field is enough. */
  for (guint i = 0; i < issues->len; i++)
    if (g_array_index (issues, JpIssue, i).field == field)
      return;

  JpIssue issue = { field, problem };

  g_array_append_val (issues, issue);
}

static JpProblem
check_document (int id_type, const char *number, JpDate today)
{
  switch (id_type)
    {
    case JP_ID_TYPE_RESIDENT:
      return jp_check_id_number_on (number, today);
    case JP_ID_TYPE_PASSPORT:
      return jp_check_id_passport (number);
    case JP_ID_TYPE_OFFICER:
      return jp_check_id_officer (number);
    default:
      return JP_PROBLEM_NONE;
    }
}

/* The field that has to change: the type one is too young for, the application that has to be an
 * addition, the present licence that is missing. */
static JpFieldId
get_licence_field (JpProblem problem)
{
  if (problem == JP_PROBLEM_LICENCE_ONLY_ADDITION)
    return JP_TRAINEE_BUSI_TYPE;
  if (problem == JP_PROBLEM_LICENCE_PRESENT_MISSING ||
      problem == JP_PROBLEM_LICENCE_PRESENT_UNKNOWN)
    return JP_TRAINEE_PRESENT_TYPE;
  if (problem == JP_PROBLEM_LICENCE_PRESENT_SHORT)
    return JP_TRAINEE_PRESENT_LICENCE_DATE;
  return JP_TRAINEE_LICENCE_TYPE;
}

/* Who may apply for which type: order no. 172 of the Ministry of Public Security, in force
 * 2025-01-01, as data in licence-types/2025.json. Judged as of the day of the application, so that
 * an old file stays valid. What rests on weak sources only (the years a licence must have been
 * held) is a hint of the forms and no reason to refuse. An application that is neither a first
 * licence nor an addition (9 其他 of `busitype`) is judged by age alone. */
static void
validate_application (JpDraft *draft, JpDate today, GArray *issues)
{
  JpLicenceApplication application = {
    .type = jp_draft_get_text (draft, JP_TRAINEE_LICENCE_TYPE),
    .is_addition = jp_draft_get_code (draft, JP_TRAINEE_BUSI_TYPE) == JP_BUSI_TYPE_ADDITION,
    .present_types = jp_draft_get_text (draft, JP_TRAINEE_PRESENT_TYPE),
    .present_since = jp_draft_get_date (draft, JP_TRAINEE_PRESENT_LICENCE_DATE),
    .birth_date = jp_draft_get_date (draft, JP_TRAINEE_BIRTH_DATE),
    .on = jp_draft_get_date (draft, JP_TRAINEE_APPLIED_ON),
  };
  JpDataConfidence confidence = JP_DATA_CONFIDENCE_HIGH;
  JpProblem        problem = JP_PROBLEM_NONE;

  if (application.on == JP_DATE_NONE)
    application.on = today;
  if (application.type == NULL || !jp_date_is_valid (application.on) ||
      (application.birth_date != JP_DATE_NONE && !jp_date_is_valid (application.birth_date)))
    return; /* said already */

  if (application.is_addition ||
      jp_draft_get_code (draft, JP_TRAINEE_BUSI_TYPE) == JP_BUSI_TYPE_FIRST)
    problem = jp_licence_check_application (&application, &confidence);
  else if (application.birth_date != JP_DATE_NONE)
    problem = jp_licence_check_age (application.type, application.birth_date, application.on);

  if (confidence != JP_DATA_CONFIDENCE_LOW)
    add_issue (issues, get_licence_field (problem), problem);
}

static void
validate_trainee (JpDraft *draft, JpDate today, GArray *issues)
{
  const char *number = jp_draft_get_text (draft, JP_TRAINEE_ID_NUMBER);

  if (number != NULL)
    add_issue (issues, JP_TRAINEE_ID_NUMBER,
               check_document (jp_draft_get_code (draft, JP_TRAINEE_ID_TYPE), number, today));
  validate_application (draft, today, issues);
}

static void
validate_order (JpDraft *draft, JpFieldId from, JpFieldId to, GArray *issues)
{
  if (jp_draft_has (draft, from) && jp_draft_has (draft, to) &&
      jp_draft_get_integer (draft, to) < jp_draft_get_integer (draft, from))
    add_issue (issues, to, JP_PROBLEM_DATE_ORDER);
}

/* "One fee to the end": the parts of the fee are a split of the price, never something beside it.
 */
static void
validate_tier (JpDraft *draft, GArray *issues)
{
  static const JpFieldId parts[] = { JP_CLASS_TIER_PART1_FEE, JP_CLASS_TIER_PART2_FEE,
                                     JP_CLASS_TIER_PART3_FEE, JP_CLASS_TIER_PART4_FEE,
                                     JP_CLASS_TIER_SERVICE_FEE };
  gint64                 sum = 0;
  gboolean               any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      any = any || jp_draft_has (draft, parts[i]);
      sum += jp_draft_get_integer (draft, parts[i]);
    }

  if (any && jp_draft_has (draft, JP_CLASS_TIER_PRICE) &&
      sum != jp_draft_get_integer (draft, JP_CLASS_TIER_PRICE))
    add_issue (issues, JP_CLASS_TIER_PRICE, JP_PROBLEM_SUM);
  validate_order (draft, JP_CLASS_TIER_VALID_FROM, JP_CLASS_TIER_VALID_UNTIL, issues);
}

/* A binding that was taken off says why: a swap in the middle of training is the first thing an
 * inspector asks about (domain.md §6.2, "binding changed in the middle"). */
static void
validate_assignment (JpDraft *draft, GArray *issues)
{
  validate_order (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, JP_TERMINAL_ASSIGNMENT_ENDED_AT,
                  issues);
  if (jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT) &&
      !jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_END_REASON))
    add_issue (issues, JP_TERMINAL_ASSIGNMENT_END_REASON, JP_PROBLEM_REQUIRED);
}

/* A paper lies in one file, and its bytes can be found. */
static void
validate_attachment (JpDraft *draft, GArray *issues)
{
  static const JpFieldId homes[] = { JP_ATTACHMENT_TRAINEE, JP_ATTACHMENT_CONTRACT,
                                     JP_ATTACHMENT_REFUND, JP_ATTACHMENT_DISPUTE };
  guint                  n_homes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if (jp_draft_has (draft, homes[i]) && ++n_homes > 1)
      add_issue (issues, homes[i], JP_PROBLEM_DUPLICATE);
  if (n_homes == 0 && jp_draft_has (draft, JP_ATTACHMENT_PURPOSE))
    add_issue (issues, JP_ATTACHMENT_TRAINEE, JP_PROBLEM_REQUIRED);
  if (jp_draft_has (draft, JP_ATTACHMENT_DIGEST) &&
      !jp_attachment_is_digest (jp_draft_get_text (draft, JP_ATTACHMENT_DIGEST)))
    add_issue (issues, JP_ATTACHMENT_DIGEST, JP_PROBLEM_CHARACTERS);
}

static void
validate_kind (JpDraft *draft, JpDate today, GArray *issues)
{
  switch ((int)jp_draft_get_kind (draft))
    {
    case JP_KIND_TRAINEE:
      validate_trainee (draft, today, issues);
      break;
    case JP_KIND_CLASS_TIER:
      validate_tier (draft, issues);
      break;
    case JP_KIND_COACH:
      validate_order (draft, JP_COACH_HIRED_ON, JP_COACH_LEFT_ON, issues);
      break;
    case JP_KIND_TERMINAL_ASSIGNMENT:
      validate_assignment (draft, issues);
      break;
    case JP_KIND_TRAINING_SESSION:
      validate_order (draft, JP_TRAINING_SESSION_STARTED_AT, JP_TRAINING_SESSION_ENDED_AT, issues);
      break;
    case JP_KIND_STATEMENT:
      validate_order (draft, JP_STATEMENT_PERIOD_FROM, JP_STATEMENT_PERIOD_TO, issues);
      break;
    case JP_KIND_ATTACHMENT:
      validate_attachment (draft, issues);
      break;
    default:
      break;
    }
}

static int
compare_issues (gconstpointer a, gconstpointer b)
{
  return (int)((const JpIssue *)a)->field - (int)((const JpIssue *)b)->field;
}

/**
 * jp_validate_draft:
 * @draft: a draft
 * @today: today's date, for what depends on age or the future
 *
 * Judges all fields, then the rules between fields of its kind. Pure.
 *
 * Returns: (transfer full) (element-type JpIssue): what is wrong, at most one issue per field, in
 * the order of the fields; empty if the record may be saved
 */
GArray *
jp_validate_draft (JpDraft *draft, JpDate today)
{
  g_return_val_if_fail (draft != NULL, NULL);
  g_return_val_if_fail (jp_date_is_valid (today), NULL);

  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (draft));
  g_autoptr (GArray) issues = g_array_new (FALSE, FALSE, sizeof (JpIssue));

  for (guint i = 0; i < info->n_fields; i++)
    add_issue (issues, info->fields[i].id, jp_validate_field (draft, info->fields[i].id));

  validate_kind (draft, today, issues);
  g_array_sort (issues, compare_issues);
  return g_steal_pointer (&issues);
}

/**
 * jp_validate_dup_sentence:
 * @issue: an issue
 *
 * Returns: (transfer full): a translated sentence with the name of the field in front
 */
char *
jp_validate_dup_sentence (const JpIssue *issue)
{
  g_return_val_if_fail (issue != NULL, NULL);

  g_autofree char *sentence = jp_problem_dup_sentence (issue->problem);

  /* Translators: a field of a form and what is wrong with it. */
  return g_strdup_printf (C_ ("issue", "%s: %s"), jp_field_get_label (jp_field_get (issue->field)),
                          sentence);
}

/**
 * jp_validate_derive:
 * @draft: a draft
 * @changed: the field that was just typed
 *
 * Fills what follows from a typed value: birth date and sex from a resident ID number. A value that
 * contradicts the ID number is replaced: the card is right.
 */
void
jp_validate_derive (JpDraft *draft, JpFieldId changed)
{
  g_return_if_fail (draft != NULL);

  if (changed == JP_TRAINEE_ID_NUMBER &&
      jp_draft_get_code (draft, JP_TRAINEE_ID_TYPE) == JP_ID_TYPE_RESIDENT)
    {
      const char *number = jp_draft_get_text (draft, changed);

      if (number == NULL || jp_check_id_number (number) != JP_PROBLEM_NONE)
        return;
      jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, jp_check_id_get_birth_date (number));
      jp_draft_set_code (draft, JP_TRAINEE_SEX,
                         jp_check_id_is_male (number) ? JP_SEX_MALE : JP_SEX_FEMALE);
    }
  else if (changed == JP_COACH_ID_NUMBER)
    {
      const char *number = jp_draft_get_text (draft, changed);

      if (number != NULL && jp_check_id_number (number) == JP_PROBLEM_NONE)
        jp_draft_set_code (draft, JP_COACH_SEX,
                           jp_check_id_is_male (number) ? JP_SEX_MALE : JP_SEX_FEMALE);
    }
}
