/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-display.h"

#include "jp-check-name.h"
#include "jp-check-phone.h"
#include "jp-check-place.h"
#include "jp-curriculum.h"
#include "jp-district.h"
#include "jp-licence.h"
#include "jp-progress.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

#define MASKED            "••••"
#define MASK_TAIL         4
#define MASK_ID_CHARS     15
#define MASK_HEAD_ID      6 /* the district */
#define MASK_MOBILE_CHARS 11
#define MASK_HEAD_MOBILE  3
#define MASK_HEAD_ADDRESS 6
#define MINUS_SIGN        "−"
#define MINUS_CHARACTER   0x2212
#define SHARE_DECIMALS    2 /* of a percentage, in basis points */
#define KM_DECIMALS       3 /* of a distance, in metres */
#define DEGREE_DECIMALS   6 /* of an angle, in microdegrees */
#define HOUR_DECIMALS     2 /* of hours, as people write them: a quarter is 0.25 */
#define MINUTES_PER_HOUR  60
#define NUMBER_MAX        JP_FEN_MAX /* above every range; times a million it still fits */
#define CODE_MAX_CHARS    32         /* a sealed text up to this length is a number of some sort */

/* What stays is what helps to tell two people apart at the desk and is known to every caller. */
static char *
mask (const JpField *field, const char *text)
{
  gsize length = jp_text_length (text);

  if (field->flags & JP_FIELD_JSON)
    return g_strdup (MASKED);
  if (field->max > CODE_MAX_CHARS)
    return jp_text_mask (text, MASK_HEAD_ADDRESS, 0);
  if (length >= MASK_ID_CHARS)
    return jp_text_mask (text, MASK_HEAD_ID, MASK_TAIL);
  if (length >= MASK_MOBILE_CHARS)
    return jp_text_mask (text, MASK_HEAD_MOBILE, MASK_TAIL);
  return jp_text_mask (text, 0, length >= 2 * MASK_TAIL ? MASK_TAIL : 0);
}

static gboolean
is_district (const JpField *field)
{
  return field->type == JP_FIELD_TEXT && field->check == jp_validate_district;
}

/* Codes of other cities stand for themselves. */
static char *
display_district (const char *code)
{
  char *name = jp_district_dup_region_name (code);

  return name != NULL ? name : g_strdup (code);
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
  if (is_district (field))
    return display_district (text);

  return g_strdup (text);
}

/* A number with @decimals decimals; @shown of them are written, the rest is cut off. */
static char *
format_decimal (const char *minus, gint64 value, int decimals, int shown)
{
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
  guint64 one = 1;

  for (int i = 0; i < decimals - shown; i++)
    magnitude /= 10;
  for (int i = 0; i < shown; i++)
    one *= 10;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
                          value < 0 && magnitude > 0 ? minus : "", magnitude / one, shown,
                          magnitude % one);
}

/* An older or newer platform may know more than four: their numbers stand for themselves. */
static char *
display_of_four (gint64 value, const char *(*get_label) (int number))
{
  if (value < 1 || value > JP_CURRICULUM_N_PARTS)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  return g_strdup (get_label ((int)value));
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
      number = format_decimal (MINUS_SIGN, value, SHARE_DECIMALS, SHARE_DECIMALS);
      return g_strconcat (number, "%", NULL);
    case JP_UNIT_MICRODEGREE:
      return format_decimal (MINUS_SIGN, value, DEGREE_DECIMALS, DEGREE_DECIMALS);
    case JP_UNIT_METRE:
      number = format_decimal (MINUS_SIGN, value, KM_DECIMALS, 1);
      return g_strdup_printf (C_ ("unit", "%s km"), number);
    case JP_UNIT_SQUARE_METRE:
      number = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      return g_strdup_printf (C_ ("unit", "%s m²"), number);
    case JP_UNIT_PART:
      return display_of_four (value, jp_progress_get_part_label);
    case JP_UNIT_SUBJECT:
      return display_of_four (value, jp_progress_get_subject_label);
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
    return g_strdup (MASKED);

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

/* Full-width characters become ASCII, all dashes hyphens. */
static char *
normalize_signs (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) signs = g_string_new (NULL);

  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == MINUS_CHARACTER || g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION)
        character = '-';
      g_string_append_unichar (signs, character);
    }
  return g_string_free (g_steal_pointer (&signs), FALSE);
}

static const char *const *
list_suffixes (JpUnit unit)
{
  static const char *const none[] = { NULL };
  static const char *const percent[] = { "%", NULL };
  static const char *const hours[] = { "学时", "小时", "h", NULL };
  static const char *const kilometres[] = { "km", "公里", "千米", NULL };
  static const char *const squares[] = { "m2", "平方米", NULL };
  static const char *const degrees[] = { "°", NULL };

  switch (unit)
    {
    case JP_UNIT_BASIS_POINT:
      return percent;
    case JP_UNIT_MINUTE:
      return hours;
    case JP_UNIT_METRE:
      return kilometres;
    case JP_UNIT_SQUARE_METRE:
      return squares;
    case JP_UNIT_MICRODEGREE:
      return degrees;
    case JP_UNIT_NONE:
    case JP_UNIT_FEN:
    case JP_UNIT_COUNT:
    case JP_UNIT_PART:
    case JP_UNIT_SUBJECT:
    default:
      return none;
    }
}

static char *
clean_number (JpUnit unit, const char *typed)
{
  char *clean = normalize_signs (typed);

  for (const char *const *suffix = list_suffixes (unit); *suffix != NULL; suffix++)
    if (g_str_has_suffix (clean, *suffix))
      {
        clean[strlen (clean) - strlen (*suffix)] = '\0';
        break;
      }

  return g_strstrip (clean);
}

/* Whole digits, with or without a comma before every three of them. */
static gboolean
scan_whole (const char **position, gint64 *out_value)
{
  gint64   value = 0;
  guint    n_group = 0;
  gboolean grouped = FALSE;

  for (;; (*position)++)
    {
      if (g_ascii_isdigit (**position))
        {
          n_group++;
          value = MIN (value * 10 + g_ascii_digit_value (**position), NUMBER_MAX);
        }
      else if (**position == ',' && (grouped ? n_group == 3 : n_group >= 1 && n_group <= 3))
        {
          grouped = TRUE;
          n_group = 0;
        }
      else
        break;
    }

  *out_value = value;
  return grouped ? n_group == 3 : n_group > 0;
}

static JpProblem
parse_decimal (const char *typed, int decimals, gint64 *out_value)
{
  gboolean negative = *typed == '-';
  gint64   value = 0;
  int      seen = 0;

  if (negative)
    typed++;
  if (!scan_whole (&typed, &value))
    return JP_PROBLEM_NOT_A_NUMBER;
  if (*typed == '.' && !g_ascii_isdigit (*++typed))
    return JP_PROBLEM_NOT_A_NUMBER;
  for (; g_ascii_isdigit (*typed) && seen < decimals; seen++)
    value = value * 10 + g_ascii_digit_value (*typed++);
  while (*typed == '0') /* only behind a point: "5.0" */
    typed++;
  if (*typed != '\0')
    return JP_PROBLEM_NOT_A_NUMBER;
  for (; seen < decimals; seen++)
    value *= 10;

  *out_value = negative ? -value : value;
  return JP_PROBLEM_NONE;
}

/* Hours: "13.5", or "13:31" for what has no short decimal. */
static JpProblem
parse_minutes (const char *typed, gint64 *out_minutes)
{
  const char *colon = strchr (typed, ':');
  gint64      hours = 0;
  gint64      minutes = 0;
  JpProblem   problem = JP_PROBLEM_NONE;

  if (colon == NULL)
    {
      problem = parse_decimal (typed, HOUR_DECIMALS, &hours);
      if (problem == JP_PROBLEM_NONE && hours * MINUTES_PER_HOUR % 100 != 0)
        return JP_PROBLEM_NOT_A_NUMBER;
      *out_minutes = hours * MINUTES_PER_HOUR / 100;
      return problem;
    }

  g_autofree char *whole = g_strndup (typed, (gsize)(colon - typed));

  problem = parse_decimal (whole, 0, &hours);
  if (problem != JP_PROBLEM_NONE || !jp_text_is_digits (colon + 1, 2) || colon[1] > '5')
    return JP_PROBLEM_NOT_A_NUMBER;
  minutes = g_ascii_digit_value (colon[1]) * 10 + g_ascii_digit_value (colon[2]);
  *out_minutes = hours * MINUTES_PER_HOUR + (*typed == '-' ? -minutes : minutes);
  return JP_PROBLEM_NONE;
}

static JpProblem
parse_number (const JpField *field, const char *typed, gint64 *out_value)
{
  g_autofree char *clean = clean_number (field->unit, typed);

  switch (field->unit)
    {
    case JP_UNIT_FEN:
      return jp_money_parse (typed, out_value, NULL) ? JP_PROBLEM_NONE : JP_PROBLEM_NOT_A_NUMBER;
    case JP_UNIT_MINUTE:
      return parse_minutes (clean, out_value);
    case JP_UNIT_BASIS_POINT:
      return parse_decimal (clean, SHARE_DECIMALS, out_value);
    case JP_UNIT_MICRODEGREE:
      return parse_decimal (clean, DEGREE_DECIMALS, out_value);
    case JP_UNIT_METRE:
      return parse_decimal (clean, KM_DECIMALS, out_value);
    case JP_UNIT_NONE:
    case JP_UNIT_COUNT:
    case JP_UNIT_PART:
    case JP_UNIT_SUBJECT:
    case JP_UNIT_SQUARE_METRE:
    default:
      return parse_decimal (clean, 0, out_value);
    }
}

static JpProblem
parse_boolean (const char *typed, gint64 *out_value)
{
  gboolean yes = strcmp (typed, C_ ("boolean", "Yes")) == 0 || strcmp (typed, "1") == 0 ||
                 g_ascii_strcasecmp (typed, "yes") == 0;
  gboolean no = strcmp (typed, C_ ("boolean", "No")) == 0 || strcmp (typed, "0") == 0 ||
                g_ascii_strcasecmp (typed, "no") == 0;

  *out_value = yes ? 1 : 0;
  return yes || no ? JP_PROBLEM_NONE : JP_PROBLEM_UNKNOWN_CODE;
}

static JpProblem
parse_integer (const JpField *field, const char *typed, gint64 *out_value)
{
  JpDate date = JP_DATE_NONE;

  switch (field->type)
    {
    case JP_FIELD_BOOLEAN:
      return parse_boolean (typed, out_value);
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

/* Signs that mean something between digits or letters stay. */
static char *
clean_signs (const char *typed)
{
  g_autofree char *line = jp_text_clean (typed);
  g_autofree char *normal = normalize_signs (line);
  g_auto (GStrv) words = g_strsplit (normal, " ", -1);

  return g_strjoinv ("", words);
}

static char *
clean_list (const char *typed)
{
  g_autofree char *code = jp_text_clean_code (typed);
  g_autoptr (GString) list = g_string_new (code);

  g_string_replace (list, "、", ",", 0);
  g_string_replace (list, "/", ",", 0);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
clean_text (const JpField *field, const char *typed)
{
  if (field->flags & JP_FIELD_JSON)
    return g_strdup (typed);
  if (field->flags & JP_FIELD_LONG)
    return jp_text_clean_lines (typed);
  if (field->check == jp_validate_licence_list || field->check == jp_licence_check_types)
    return clean_list (typed);
  if (field->check == jp_check_phone || field->check == jp_check_place_polygon)
    return clean_signs (typed);

  /* Whatever else has a check of its form is a number of some sort, except people's names. */
  if ((field->check != NULL && field->check != jp_check_name) ||
      ((field->flags & JP_FIELD_SEALED) && field->max <= CODE_MAX_CHARS))
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
      const JpDistrict *district =
        is_district (description) ? jp_district_lookup_name (clean) : NULL;

      jp_draft_set_text (draft, field, district != NULL ? district->code : clean);
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

static char *
typed_number (const JpField *field, gint64 value)
{
  switch (field->unit)
    {
    case JP_UNIT_FEN:
      return jp_money_format_plain (value);
    case JP_UNIT_MINUTE:
      if (value % (MINUTES_PER_HOUR / 10) == 0)
        return format_decimal ("-", value / (MINUTES_PER_HOUR / 10), 1, 1);
      return g_strdup_printf ("%s%" G_GINT64_FORMAT ":%02d", value < 0 ? "-" : "",
                              ABS (value / MINUTES_PER_HOUR), (int)ABS (value % MINUTES_PER_HOUR));
    case JP_UNIT_BASIS_POINT:
      return format_decimal ("-", value, SHARE_DECIMALS, SHARE_DECIMALS);
    case JP_UNIT_MICRODEGREE:
      return format_decimal ("-", value, DEGREE_DECIMALS, DEGREE_DECIMALS);
    case JP_UNIT_METRE:
      return format_decimal ("-", value, KM_DECIMALS, KM_DECIMALS);
    case JP_UNIT_NONE:
    case JP_UNIT_COUNT:
    case JP_UNIT_PART:
    case JP_UNIT_SUBJECT:
    case JP_UNIT_SQUARE_METRE:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
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
  if (description->type == JP_FIELD_INSTANT)
    return jp_instant_to_iso (jp_draft_get_integer (draft, field));
  if (description->type == JP_FIELD_INTEGER)
    return typed_number (description, jp_draft_get_integer (draft, field));

  return jp_display_integer (description, jp_draft_get_integer (draft, field), TRUE);
}
