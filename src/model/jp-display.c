/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-display.h"

#include <glib/gi18n-lib.h>

#define MASK_TAIL          4
#define MASK_HEAD_LONG     6 /* of an ID number: the district */
#define MASK_HEAD_SHORT    3 /* of a phone number */
#define MICRODEGREES       1000000
#define METRES_PER_KM      1000
#define ADDRESS_HEAD_CHARS 6

static char *
mask (const JpField *field, const char *text)
{
  gsize length = jp_text_length (text);

  if (field->flags & JP_FIELD_JSON)
    return g_strdup ("••••");
  if (length > 2 * (MASK_HEAD_LONG + MASK_TAIL))
    return jp_text_mask (text, ADDRESS_HEAD_CHARS, 0);
  return jp_text_mask (text, length >= 15 ? MASK_HEAD_LONG : MASK_HEAD_SHORT, MASK_TAIL);
}

/**
 * jp_display_text:
 * @field: a text or code field
 * @text: its value
 * @reveal: show a sensitive value in clear
 *
 * Returns: (transfer full): the value as people read it
 */
char *
jp_display_text (const JpField *field, const char *text, gboolean reveal)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (field->type == JP_FIELD_CODE)
    {
      const JpCode *code = jp_code_lookup (field->codes, text);

      return g_strdup (code != NULL ? jp_code_get_label (code) : text);
    }
  if ((field->flags & JP_FIELD_SEALED) && !reveal)
    return mask (field, text);

  return g_strdup (text);
}

static char *
display_number (const JpField *field, gint64 value)
{
  g_autofree char *number = NULL;

  switch (field->unit)
    {
    case JP_UNIT_FEN:
      return jp_money_format (value);
    case JP_UNIT_MINUTE:
      return jp_minutes_format_hours (value);
    case JP_UNIT_BASIS_POINT:
      return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d%%", value / 100, (int)ABS (value % 100));
    case JP_UNIT_MICRODEGREE:
      return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%06d", value < 0 ? "−" : "",
                              ABS (value) / MICRODEGREES, (int)(ABS (value) % MICRODEGREES));
    case JP_UNIT_METRE:
      number = g_strdup_printf ("%" G_GINT64_FORMAT ".%d", value / METRES_PER_KM,
                                (int)(value % METRES_PER_KM / 100));
      return g_strdup_printf (C_ ("unit", "%s km"), number);
    case JP_UNIT_SQUARE_METRE:
      number = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      return g_strdup_printf (C_ ("unit", "%s m²"), number);
    case JP_UNIT_NONE:
    case JP_UNIT_COUNT:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
}

/**
 * jp_display_integer:
 * @field: an integer, boolean, date or instant field
 * @value: its value
 * @reveal: show a sensitive value in clear
 *
 * Returns: (transfer full): the value as people read it, with its unit
 */
char *
jp_display_integer (const JpField *field, gint64 value, gboolean reveal)
{
  g_return_val_if_fail (field != NULL, NULL);

  if ((field->flags & JP_FIELD_SEALED) && !reveal)
    return g_strdup ("••••");

  switch (field->type)
    {
    case JP_FIELD_BOOLEAN:
      return g_strdup (value != 0 ? C_ ("boolean", "Yes") : C_ ("boolean", "No"));
    case JP_FIELD_DATE:
      return jp_date_to_iso ((JpDate)value);
    case JP_FIELD_INSTANT:
      return jp_instant_to_short (value);
    case JP_FIELD_INTEGER:
      return display_number (field, value);
    case JP_FIELD_TEXT:
    case JP_FIELD_CODE:
    case JP_FIELD_REF:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static JpProblem
parse_decimal (const char *typed, int decimals, gint64 *out_value)
{
  gint64   value = 0;
  int      seen = -1;
  gboolean negative = *typed == '-';

  for (const char *p = typed + (negative ? 1 : 0); *p != '\0'; p++)
    {
      if (*p == '.' && seen < 0)
        {
          seen = 0;
          continue;
        }
      if (!g_ascii_isdigit (*p) || seen >= decimals || value > JP_FEN_MAX)
        return JP_PROBLEM_NOT_A_NUMBER;
      value = value * 10 + (*p - '0');
      if (seen >= 0)
        seen++;
    }

  for (int i = MAX (seen, 0); i < decimals; i++)
    value *= 10;

  *out_value = negative ? -value : value;
  return JP_PROBLEM_NONE;
}

static JpProblem
parse_number (const JpField *field, const char *typed, gint64 *out_value)
{
  g_autofree char *clean = jp_text_clean_code (typed);
  gint64           tenths = 0;
  JpProblem        problem = JP_PROBLEM_NONE;

  if (*clean == '\0')
    return JP_PROBLEM_NOT_A_NUMBER;

  switch (field->unit)
    {
    case JP_UNIT_FEN:
      return jp_money_parse (typed, out_value, NULL) ? JP_PROBLEM_NONE : JP_PROBLEM_NOT_A_NUMBER;
    case JP_UNIT_MINUTE:
      problem = parse_decimal (clean, 1, &tenths);
      *out_value = tenths * 6; /* a tenth of an hour */
      return problem;
    case JP_UNIT_BASIS_POINT:
      g_strdelimit (clean, "%", '\0');
      return parse_decimal (clean, 2, out_value);
    case JP_UNIT_MICRODEGREE:
      return parse_decimal (clean, 6, out_value);
    case JP_UNIT_METRE:
      return parse_decimal (clean, 3, out_value);
    case JP_UNIT_NONE:
    case JP_UNIT_COUNT:
    case JP_UNIT_SQUARE_METRE:
    default:
      return parse_decimal (clean, 0, out_value);
    }
}

static JpProblem
parse_integer (const JpField *field, const char *typed, gint64 *out_value)
{
  JpDate date = JP_DATE_NONE;

  switch (field->type)
    {
    case JP_FIELD_BOOLEAN:
      *out_value = strcmp (typed, C_ ("boolean", "Yes")) == 0 || strcmp (typed, "1") == 0 ||
                   g_ascii_strcasecmp (typed, "yes") == 0;
      return JP_PROBLEM_NONE;
    case JP_FIELD_DATE:
      if (!jp_date_parse (typed, &date, NULL))
        return JP_PROBLEM_NOT_A_DATE;
      *out_value = date;
      return JP_PROBLEM_NONE;
    case JP_FIELD_INSTANT:
      return jp_instant_parse (typed, out_value, NULL) ? JP_PROBLEM_NONE : JP_PROBLEM_NOT_A_DATE;
    case JP_FIELD_INTEGER:
      return parse_number (field, typed, out_value);
    case JP_FIELD_TEXT:
    case JP_FIELD_CODE:
    case JP_FIELD_REF:
    default:
      g_return_val_if_reached (JP_PROBLEM_NOT_A_NUMBER);
    }
}

static char *
clean_text (const JpField *field, const char *typed)
{
  /* A field that has a check of its form is a number or a code of some sort, except people's names.
   */
  if (field->flags & (JP_FIELD_LONG | JP_FIELD_JSON))
    return g_strdup (typed);
  if (field->check != NULL && !(field->flags & JP_FIELD_SEARCHED && field->max == 64))
    return jp_text_clean_code (typed);
  return jp_text_clean (typed);
}

/**
 * jp_display_parse:
 * @draft: where the value goes
 * @field: a field of its kind, not a reference
 * @typed: what was typed or imported: in any of the forms people use, full-width digits too
 *
 * Sets the field from text, the reverse of [method@Jp.Record.dup_display]. "" takes the value away.
 * Nothing is set if the text cannot be understood. Whether the value is allowed is judged by
 * [func@Jp.validate_field].
 *
 * Returns: %JP_PROBLEM_NONE, or why it was not understood
 */
JpProblem
jp_display_parse (JpDraft *draft, JpFieldId field, const char *typed)
{
  g_return_val_if_fail (draft != NULL, JP_PROBLEM_CHARACTERS);
  g_return_val_if_fail (typed != NULL, JP_PROBLEM_CHARACTERS);

  const JpField   *description = jp_field_get (field);
  g_autofree char *clean = NULL;
  gint64           value = 0;

  g_return_val_if_fail (description->type != JP_FIELD_REF, JP_PROBLEM_CHARACTERS);
  if (!g_utf8_validate (typed, -1, NULL))
    return JP_PROBLEM_CHARACTERS;

  clean =
    description->type == JP_FIELD_TEXT ? clean_text (description, typed) : jp_text_clean (typed);
  if (*clean == '\0')
    {
      jp_draft_clear (draft, field);
      return JP_PROBLEM_NONE;
    }

  if (description->type == JP_FIELD_TEXT)
    {
      jp_draft_set_text (draft, field, clean);
      return JP_PROBLEM_NONE;
    }
  if (description->type == JP_FIELD_CODE)
    {
      const JpCode *code = jp_code_lookup_label (description->codes, clean);

      if (code == NULL)
        return JP_PROBLEM_UNKNOWN_CODE;
      jp_draft_set_text (draft, field, code->name);
      return JP_PROBLEM_NONE;
    }

  JpProblem problem = parse_integer (description, clean, &value);

  if (problem == JP_PROBLEM_NONE)
    jp_draft_set_integer (draft, field, value);
  return problem;
}

/**
 * jp_display_dup_typed:
 * @draft: a draft
 * @field: a field of its kind, not a reference
 *
 * Returns: (transfer full): the value in the plain form in which people type it: no currency sign,
 * no unit; jp_display_parse() reads it back
 */
char *
jp_display_dup_typed (JpDraft *draft, JpFieldId field)
{
  g_return_val_if_fail (draft != NULL, NULL);

  const JpField *description = jp_field_get (field);

  if (!jp_draft_has (draft, field))
    return g_strdup ("");
  if (jp_field_is_text (description))
    return jp_display_text (description, jp_draft_get_text (draft, field), TRUE);
  if (description->unit == JP_UNIT_FEN)
    return jp_money_format_plain (jp_draft_get_integer (draft, field));
  if (description->unit == JP_UNIT_METRE)
    return g_strdup_printf ("%.3f", (double)jp_draft_get_integer (draft, field) / METRES_PER_KM);
  if (description->unit == JP_UNIT_SQUARE_METRE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, jp_draft_get_integer (draft, field));
  if (description->type == JP_FIELD_INSTANT)
    return jp_instant_to_iso (jp_draft_get_integer (draft, field));

  return jp_display_integer (description, jp_draft_get_integer (draft, field), TRUE);
}
