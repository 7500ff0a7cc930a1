/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-vin.h"

#include <string.h>

#define CHECK_POSITION 8

static gboolean
is_vin_character (char c)
{
  return g_ascii_isdigit (c) || (g_ascii_isupper (c) && c != 'I' && c != 'O' && c != 'Q');
}

static int
transliterate (char c)
{
  static const int values[26] = {
    1, 2, 3, 4, 5, 6, 7, 8, 0, /* A–I */
    1, 2, 3, 4, 5, 0, 7, 0, 9, /* J–R */
    2, 3, 4, 5, 6, 7, 8, 9,    /* S–Z */
  };

  return g_ascii_isdigit (c) ? c - '0' : values[c - 'A'];
}

/**
 * jp_check_vin:
 * @text: a vehicle identification number, cleaned
 *
 * Checks length and characters. The check digit is another matter: see jp_check_vin_digit().
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_vin (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!is_vin_character (*p))
        return JP_PROBLEM_VIN_CHARACTERS;
    }

  return strlen (text) == JP_CHECK_VIN_LENGTH ? JP_PROBLEM_NONE : JP_PROBLEM_VIN_LENGTH;
}

/**
 * jp_check_vin_digit:
 * @text: a vehicle identification number, cleaned
 *
 * As jp_check_vin(), and compares the ninth character. Advice only: imported vehicles and old
 * motorcycles may lawfully have another one, so nothing refuses to save because of it.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_vin_digit (const char *text)
{
  static const int weights[JP_CHECK_VIN_LENGTH] = { 8, 7, 6, 5, 4, 3, 2, 10, 0,
                                                    9, 8, 7, 6, 5, 4, 3, 2 };

  JpProblem problem = jp_check_vin (text);

  if (problem != JP_PROBLEM_NONE)
    return problem;

  int sum = 0;

  for (gsize i = 0; i < JP_CHECK_VIN_LENGTH; i++)
    sum += transliterate (text[i]) * weights[i];

  char expected = sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);

  return text[CHECK_POSITION] == expected ? JP_PROBLEM_NONE : JP_PROBLEM_VIN_CHECK_DIGIT;
}
