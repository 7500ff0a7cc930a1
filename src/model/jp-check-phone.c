/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-phone.h"

#include <string.h>

#define MOBILE_LENGTH  11
#define AREA_MIN       3 /* with the leading 0: 010, 0530 */
#define AREA_MAX       4
#define LOCAL_MIN      7
#define LOCAL_MAX      8
#define EXTENSION_MAX  6
#define SERVICE_LENGTH 10 /* 400 and 800 numbers */
#define DIGITS         "0123456789"

/**
 * jp_check_phone_mobile:
 * @text: a mobile number of mainland China, cleaned
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_phone_mobile (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != MOBILE_LENGTH || strspn (text, DIGITS) != MOBILE_LENGTH)
    return JP_PROBLEM_MOBILE;
  if (text[0] != '1' || text[1] < '3')
    return JP_PROBLEM_MOBILE;

  return JP_PROBLEM_NONE;
}

static gboolean
is_extension (const char *text)
{
  gsize n = strspn (text, DIGITS);

  return n >= 1 && n <= EXTENSION_MAX && text[n] == '\0';
}

static gboolean
is_service_number (const char *text)
{
  gsize n_digits = 0;

  if (!g_str_has_prefix (text, "400") && !g_str_has_prefix (text, "800"))
    return FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        n_digits++;
      else if (*p != '-' || p[1] == '-' || p[1] == '\0')
        return FALSE;
    }

  return n_digits == SERVICE_LENGTH;
}

/* The area code ends at a hyphen, or by its own rule: 010 and 02x have three digits. */
static gsize
measure_area_code (const char *text)
{
  gsize n = strspn (text, DIGITS);

  if (text[0] != '0' || text[1] == '0' || n < AREA_MIN)
    return 0;
  if (text[n] == '-' && n <= AREA_MAX)
    return n;

  return text[1] == '1' || text[1] == '2' ? AREA_MIN : AREA_MAX;
}

/**
 * jp_check_phone_fixed:
 * @text: a fixed line with its area code, like `0530-5612345` or `05305612345-802`, or a 400 number
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_phone_fixed (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (is_service_number (text))
    return JP_PROBLEM_NONE;

  gsize n_area = measure_area_code (text);

  if (n_area == 0)
    return JP_PROBLEM_PHONE;

  const char *local = text + n_area + (text[n_area] == '-' ? 1 : 0);
  gsize       n_local = strspn (local, DIGITS);

  if (n_local < LOCAL_MIN || n_local > LOCAL_MAX || local[0] < '2')
    return JP_PROBLEM_PHONE;
  if (local[n_local] == '\0')
    return JP_PROBLEM_NONE;
  if (local[n_local] != '-' || !is_extension (local + n_local + 1))
    return JP_PROBLEM_PHONE;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_phone:
 * @text: a mobile number or a fixed line, cleaned
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_phone (const char *text)
{
  JpProblem problem = jp_check_phone_mobile (text);

  if (problem == JP_PROBLEM_NONE || problem == JP_PROBLEM_REQUIRED)
    return problem;

  return jp_check_phone_fixed (text);
}
