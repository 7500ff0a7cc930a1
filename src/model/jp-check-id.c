/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-id.h"

#include <string.h>

#define BODY_LENGTH      (JP_CHECK_ID_LENGTH - 1)
#define OLD_LENGTH       15
#define BIRTH_OFFSET     6
#define BIRTH_LENGTH     8
#define FOREIGN_MARK     '9'
#define PASSPORT_MIN     5
#define PASSPORT_MAX     17
#define OFFICER_MIN      4
#define OFFICER_MAX      24
#define FOREIGN_LETTERS  3
#define FOREIGN_OLD_FORM 15

static gboolean
is_all_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static JpDate
parse_birth_date (const char *text)
{
  int date = 0;

  for (gsize i = 0; i < BIRTH_LENGTH; i++)
    date = date * 10 + (text[BIRTH_OFFSET + i] - '0');

  return jp_date_is_valid (date) ? date : JP_DATE_NONE;
}

/* Length, characters and the MOD 11-2 digit: what the resident and the foreign card share. */
static JpProblem
check_18 (const char *text)
{
  if (strlen (text) != JP_CHECK_ID_LENGTH)
    return JP_PROBLEM_ID_LENGTH;
  if (!is_all_digits (text, BODY_LENGTH))
    return JP_PROBLEM_ID_CHARACTERS;
  if (!g_ascii_isdigit (text[BODY_LENGTH]) && text[BODY_LENGTH] != 'X')
    return JP_PROBLEM_ID_CHARACTERS;
  if (parse_birth_date (text) == JP_DATE_NONE)
    return JP_PROBLEM_ID_BIRTH_DATE;
  if (jp_check_id_compute_last (text) != text[BODY_LENGTH])
    return JP_PROBLEM_ID_CHECK_DIGIT;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_id_compute_last:
 * @text: at least 17 digits
 *
 * The check character of GB 11643-1999 (ISO 7064 MOD 11-2): weights 2^(17-i) mod 11.
 *
 * Returns: `0`…`9` or `X`; 0 if @text does not begin with 17 digits
 */
char
jp_check_id_compute_last (const char *text)
{
  static const int  weights[BODY_LENGTH] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  static const char last[] = "10X98765432";
  int               sum = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (gsize i = 0; i < BODY_LENGTH; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return 0;

      sum += (text[i] - '0') * weights[i];
    }

  return last[sum % 11];
}

/**
 * jp_check_id_number:
 * @text: a resident ID number, cleaned
 *
 * Checks the number of a resident identity card (GB 11643-1999), also that of a residence permit
 * of Hong Kong, Macao and Taiwan residents, which has the same form. The region need not be a
 * code of today: old cards carry districts that no longer exist. Pure; any thread.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_id_number (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) == OLD_LENGTH && is_all_digits (text, OLD_LENGTH))
    return JP_PROBLEM_ID_OLD_FORM;

  JpProblem problem = check_18 (text);

  if (problem != JP_PROBLEM_NONE)
    return problem;
  if (text[0] == FOREIGN_MARK)
    return JP_PROBLEM_ID_FOREIGN;
  if (text[0] == '0')
    return JP_PROBLEM_ID_REGION;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_id_number_on:
 * @text: a resident ID number, cleaned
 * @today: the day on which it is typed
 *
 * As jp_check_id_number(); refuses besides that a birth date after @today.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_id_number_on (const char *text, JpDate today)
{
  g_return_val_if_fail (jp_date_is_valid (today), JP_PROBLEM_NOT_A_DATE);

  JpProblem problem = jp_check_id_number (text);

  if (problem != JP_PROBLEM_NONE)
    return problem;

  return parse_birth_date (text) > today ? JP_PROBLEM_ID_BIRTH_FUTURE : JP_PROBLEM_NONE;
}

/**
 * jp_check_id_foreign:
 * @text: the number of a foreigner's permanent resident card, cleaned
 *
 * The cards issued since December 2023 have 18 digits beginning with 9 and the same check
 * character as a resident's; the 2017 cards three letters and twelve digits, and stay valid.
 * Source: National Immigration Administration, rules for machine-readable data, 2023.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_id_foreign (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  if (text[0] == FOREIGN_MARK)
    return check_18 (text);

  if (strlen (text) != FOREIGN_OLD_FORM)
    return JP_PROBLEM_ID_FOREIGN_FORM;
  for (gsize i = 0; i < FOREIGN_LETTERS; i++)
    {
      if (!g_ascii_isupper (text[i]))
        return JP_PROBLEM_ID_FOREIGN_FORM;
    }
  if (!is_all_digits (text + FOREIGN_LETTERS, FOREIGN_OLD_FORM - FOREIGN_LETTERS))
    return JP_PROBLEM_ID_FOREIGN_FORM;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_id_passport:
 * @text: a passport number of any country, cleaned
 *
 * There is no worldwide form: capital letters and digits, at least one digit.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_id_passport (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  gsize    length = strlen (text);
  gboolean has_digit = FALSE;

  if (length == 0)
    return JP_PROBLEM_REQUIRED;
  if (length < PASSPORT_MIN || length > PASSPORT_MAX)
    return JP_PROBLEM_PASSPORT;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]) && !g_ascii_isupper (text[i]))
        return JP_PROBLEM_PASSPORT;

      has_digit = has_digit || g_ascii_isdigit (text[i]);
    }

  return has_digit ? JP_PROBLEM_NONE : JP_PROBLEM_PASSPORT;
}

/**
 * jp_check_id_officer:
 * @text: the number of an officer's or soldier's card, cleaned
 *
 * The cards have changed their form several times (军字第…号, 士字第…号, letters and digits), so
 * only what cannot be a number is refused: other signs, and no digit at all.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_id_officer (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (!g_utf8_validate (text, -1, NULL))
    return JP_PROBLEM_OFFICER_CARD;

  glong    length = g_utf8_strlen (text, -1);
  gboolean has_digit = FALSE;

  if (length < OFFICER_MIN || length > OFFICER_MAX)
    return JP_PROBLEM_OFFICER_CARD;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && c != '-')
        return JP_PROBLEM_OFFICER_CARD;

      has_digit = has_digit || (c < 0x80 && g_ascii_isdigit ((char)c));
    }

  return has_digit ? JP_PROBLEM_NONE : JP_PROBLEM_OFFICER_CARD;
}

/**
 * jp_check_id_get_birth_date:
 * @text: a number of 18 characters that passed jp_check_id_number() or jp_check_id_foreign()
 *
 * Returns: the birth date in it, or %JP_DATE_NONE if @text has none
 */
JpDate
jp_check_id_get_birth_date (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_DATE_NONE);

  if (strlen (text) != JP_CHECK_ID_LENGTH || !is_all_digits (text, BODY_LENGTH))
    return JP_DATE_NONE;

  return parse_birth_date (text);
}

/**
 * jp_check_id_is_male:
 * @text: a number of 18 characters that passed jp_check_id_number() or jp_check_id_foreign()
 *
 * Returns: %TRUE if its 17th digit is odd, that is, if the number was given to a man
 */
gboolean
jp_check_id_is_male (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (strlen (text) == JP_CHECK_ID_LENGTH, FALSE);

  return (text[BODY_LENGTH - 1] - '0') % 2 == 1;
}

/**
 * jp_check_id_dup_region:
 * @text: a number that passed jp_check_id_number()
 *
 * Returns: (transfer full) (nullable): the six digits of the district that gave the number, perhaps
 *   one that no longer exists; %NULL if @text is not such a number
 */
char *
jp_check_id_dup_region (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) != JP_CHECK_ID_LENGTH || !is_all_digits (text, BODY_LENGTH))
    return NULL;

  return g_strndup (text, JP_CHECK_ID_REGION_LENGTH);
}
