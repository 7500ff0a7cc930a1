/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-device.h"

#include <string.h>

#define MAC_PLAIN_LENGTH   12
#define MAC_GROUPED_LENGTH 17
#define ICCID_MIN          19
#define ICCID_MAX          20
#define MOBILE_LENGTH      11
#define IOT_LENGTH         13
#define DIGITS             "0123456789"

static gboolean
is_luhn (const char *digits)
{
  gsize length = strlen (digits);
  int   sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      int digit = digits[length - 1 - i] - '0';

      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return sum % 10 == 0;
}

static gboolean
is_hex (char c)
{
  return g_ascii_isdigit (c) || (c >= 'A' && c <= 'F');
}

/**
 * jp_check_device_imei:
 * @text: an IMEI, cleaned
 *
 * 15 digits, the last one by Luhn (3GPP TS 23.003).
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_device_imei (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) != JP_CHECK_DEVICE_IMEI_LENGTH ||
      strspn (text, DIGITS) != JP_CHECK_DEVICE_IMEI_LENGTH)
    return JP_PROBLEM_DEVICE_ID;

  return is_luhn (text) ? JP_PROBLEM_NONE : JP_PROBLEM_IMEI_CHECK_DIGIT;
}

/**
 * jp_check_device_mac:
 * @text: a MAC address, cleaned: 12 hexadecimal digits, plain or in pairs with `:` or `-`
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_device_mac (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  gsize length = strlen (text);
  gsize step = length == MAC_GROUPED_LENGTH ? 3 : 2;

  if (length != MAC_PLAIN_LENGTH && length != MAC_GROUPED_LENGTH)
    return JP_PROBLEM_DEVICE_ID;

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_gap = step == 3 && i % step == 2;

      if (is_gap && (text[i] != text[2] || (text[i] != ':' && text[i] != '-')))
        return JP_PROBLEM_DEVICE_ID;
      if (!is_gap && !is_hex (text[i]))
        return JP_PROBLEM_DEVICE_ID;
    }

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_device_id:
 * @text: what the field `imei` of the ministry's interface holds: an IMEI or a MAC address
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_device_id (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (strlen (text) == JP_CHECK_DEVICE_IMEI_LENGTH)
    return jp_check_device_imei (text);

  return jp_check_device_mac (text);
}

/**
 * jp_check_device_sim:
 * @text: the number of a SIM card, cleaned
 *
 * The ICCID (19 or 20 characters from 89; Chinese operators also use the letters A–F), the
 * 13-digit number of a card for machines, or a mobile number. No check digit is asked for: 20-digit
 * Chinese cards do not all have one.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_device_sim (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  gsize length = strlen (text);

  if (length == MOBILE_LENGTH || length == IOT_LENGTH)
    return text[0] == '1' && strspn (text, DIGITS) == length ? JP_PROBLEM_NONE : JP_PROBLEM_SIM;
  if (length < ICCID_MIN || length > ICCID_MAX || !g_str_has_prefix (text, "89"))
    return JP_PROBLEM_SIM;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!is_hex (*p))
        return JP_PROBLEM_SIM;
    }

  return JP_PROBLEM_NONE;
}
