/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-code.h"

#include <string.h>

#define CREDIT_BODY          (JP_CHECK_CODE_CREDIT_LENGTH - 1)
#define CREDIT_ALPHABET      "0123456789ABCDEFGHJKLMNPQRTUWXY"
#define CREDIT_MODULUS       31
#define CREDIT_REGION_OFFSET 2
#define CREDIT_REGION_LENGTH 6

/**
 * jp_check_code_compute_credit_last:
 * @text: at least 17 characters of a unified social credit code
 *
 * The check character of GB 32100-2015: weights 3^i mod 31.
 *
 * Returns: the character, or 0 if one of the 17 is not in the alphabet of the code
 */
char
jp_check_code_compute_credit_last (const char *text)
{
  int weight = 1;
  int sum = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (gsize i = 0; i < CREDIT_BODY; i++)
    {
      const char *found = text[i] != '\0' ? strchr (CREDIT_ALPHABET, text[i]) : NULL;

      if (found == NULL)
        return 0;

      sum += (int)(found - CREDIT_ALPHABET) * weight;
      weight = weight * 3 % CREDIT_MODULUS;
    }

  return CREDIT_ALPHABET[(CREDIT_MODULUS - sum % CREDIT_MODULUS) % CREDIT_MODULUS];
}

/**
 * jp_check_code_credit:
 * @text: a unified social credit code, cleaned
 *
 * Checks the code on a business licence (GB 32100-2015). Pure; any thread.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_code_credit (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != JP_CHECK_CODE_CREDIT_LENGTH)
    return JP_PROBLEM_CREDIT_CODE_LENGTH;
  if (strspn (text, CREDIT_ALPHABET) != JP_CHECK_CODE_CREDIT_LENGTH)
    return JP_PROBLEM_CREDIT_CODE_CHARACTERS;

  for (gsize i = 0; i < CREDIT_REGION_LENGTH; i++)
    {
      if (!g_ascii_isdigit (text[CREDIT_REGION_OFFSET + i]))
        return JP_PROBLEM_CREDIT_CODE_CHARACTERS;
    }

  if (jp_check_code_compute_credit_last (text) != text[CREDIT_BODY])
    return JP_PROBLEM_CREDIT_CODE_CHECK;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_code_ministry:
 * @text: a unified number (统一编号) of the national tier, cleaned
 *
 * School, coach, vehicle, terminal and trainee numbers have 16 characters; their inner structure
 * is not published, so nothing more is asked of them.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_code_ministry (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != JP_CHECK_CODE_MINISTRY_LENGTH)
    return JP_PROBLEM_MINISTRY_NUMBER;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p) && !g_ascii_isupper (*p))
        return JP_PROBLEM_MINISTRY_NUMBER;
    }

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_code_platform:
 * @text: the number of a timing platform, like A0041, cleaned
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_code_platform (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != JP_CHECK_CODE_PLATFORM_LENGTH || !g_ascii_isupper (text[0]))
    return JP_PROBLEM_PLATFORM_NUMBER;
  if (strspn (text + 1, "0123456789") != JP_CHECK_CODE_PLATFORM_LENGTH - 1)
    return JP_PROBLEM_PLATFORM_NUMBER;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_code_postcode:
 * @text: a Chinese postcode, cleaned
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_code_postcode (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != JP_CHECK_CODE_POSTCODE_LENGTH ||
      strspn (text, "0123456789") != JP_CHECK_CODE_POSTCODE_LENGTH)
    return JP_PROBLEM_POSTCODE;
  if (g_str_has_prefix (text, "00"))
    return JP_PROBLEM_POSTCODE;

  return JP_PROBLEM_NONE;
}
