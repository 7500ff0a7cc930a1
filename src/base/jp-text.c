/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-text.h"

#include <string.h>

#define BULLET          0x2022
#define REDACTED_NUMBER "[number]"
#define REDACTED_PHONE  "[phone]"

static gboolean
is_space (gunichar character)
{
  switch ((int)g_unichar_type (character))
    {
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return (character >= '\t' && character <= '\r') || character == 0x85;
    }
}

/* Control characters, zero-width characters, soft hyphens, byte order marks, marks of writing
 * direction: nobody sees them, and they make equal texts different. */
static gboolean
is_invisible (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT;
}

static char *
normalize_string (GString *string, GNormalizeMode mode)
{
  char *normal = g_utf8_normalize (string->str, (gssize)string->len, mode);

  g_assert (normal != NULL);
  return normal;
}

/**
 * jp_text_clean:
 * @text: (nullable): what somebody typed or a cell contains
 *
 * Makes one line of comparable text: Unicode form NFC, no spaces at the ends, one ASCII space for
 * every run of white space (line ends and U+3000 too), no control or zero-width characters; bytes
 * that are not UTF-8 become U+FFFD. Cleaning twice changes nothing. Any thread.
 *
 * Returns: (transfer full): the text, maybe empty
 */
char *
jp_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) clean = g_string_sized_new (strlen (valid));
  gboolean pending = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (is_space (character))
        {
          pending = TRUE;
          continue;
        }
      if (is_invisible (character))
        continue;
      if (pending && clean->len > 0)
        g_string_append_c (clean, ' ');
      pending = FALSE;
      g_string_append_unichar (clean, character);
    }
  return normalize_string (clean, G_NORMALIZE_NFC);
}

/**
 * jp_text_clean_lines:
 * @text: (nullable): what somebody typed into a field of several lines
 *
 * Cleans each line as jp_text_clean() does, keeps the line ends as "\n" and single empty lines, and
 * removes empty lines at both ends. Cleaning twice changes nothing. Any thread.
 *
 * Returns: (transfer full): the text, maybe empty
 */
char *
jp_text_clean_lines (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) clean = g_string_sized_new (strlen (valid));
  guint       n_pending = 0;
  const char *line = valid;

  for (gboolean more = TRUE; more;)
    {
      gsize            length = strcspn (line, "\r\n");
      g_autofree char *raw = g_strndup (line, length);
      g_autofree char *part = jp_text_clean (raw);

      if (*part != '\0')
        {
          for (guint i = 0; clean->len > 0 && i < MIN (n_pending, 2); i++)
            g_string_append_c (clean, '\n');
          g_string_append (clean, part);
          n_pending = 0;
        }
      line += length;
      more = *line != '\0';
      line += g_str_has_prefix (line, "\r\n") ? 2 : more;
      n_pending++;
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/* Plates are written with a dot in the middle, which is not part of the number. */
static gboolean
is_separator (gunichar character)
{
  switch (character)
    {
    case 0x00b7: /* middle dot */
    case 0x2022: /* bullet */
    case 0x2027: /* hyphenation point */
    case 0x2212: /* minus sign */
    case 0x2219: /* bullet operator */
    case 0x22c5: /* dot operator */
    case 0x30fb: /* katakana middle dot */
      return TRUE;
    default:
      return g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION;
    }
}

/**
 * jp_text_clean_code:
 * @text: (nullable): a plate, an ID, phone, contract or serial number, as somebody wrote it
 *
 * Makes a comparable code: Unicode form NFKC (full-width characters become ASCII), upper case, no
 * white space, hyphens, middle dots, control or zero-width characters. Cleaning twice changes
 * nothing. Any thread.
 *
 * Returns: (transfer full): the code, maybe empty
 */
char *
jp_text_clean_code (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *wide = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) code = g_string_sized_new (strlen (wide));

  for (const char *at = wide; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!is_space (character) && !is_invisible (character) && !is_separator (character))
        g_string_append_unichar (code, g_unichar_toupper (character));
    }
  return normalize_string (code, G_NORMALIZE_NFKC);
}

/**
 * jp_text_length:
 * @text: (nullable): valid UTF-8
 *
 * Returns: how many characters (code points) @text has; 0 of %NULL
 */
gsize
jp_text_length (const char *text)
{
  return text != NULL ? (gsize)g_utf8_strlen (text, -1) : 0;
}

/**
 * jp_text_is_digits:
 * @text: (nullable): a text
 * @n_digits: how many digits, 0 = one or more
 *
 * Returns: whether @text consists of exactly @n_digits ASCII digits
 */
gboolean
jp_text_is_digits (const char *text, gsize n_digits)
{
  gsize length;

  if (text == NULL)
    return FALSE;

  length = strspn (text, "0123456789");
  return text[length] == '\0' && length > 0 && (n_digits == 0 || length == n_digits);
}

/**
 * jp_text_mask:
 * @text: (nullable): valid UTF-8, e.g. an ID number
 * @n_head: how many characters at the start stay
 * @n_tail: how many characters at the end stay
 *
 * Hides the middle of a number for display, "372922 •••••••• 162X". A text that is not longer than
 * what should stay is hidden whole. Any thread.
 *
 * Returns: (transfer full): the masked text
 */
char *
jp_text_mask (const char *text, gsize n_head, gsize n_tail)
{
  gsize length = jp_text_length (text);
  g_autoptr (GString) masked = g_string_new (NULL);

  if (n_head >= length || n_tail >= length - n_head)
    n_head = n_tail = 0;

  if (n_head > 0)
    {
      g_string_append_len (masked, text, g_utf8_offset_to_pointer (text, (glong)n_head) - text);
      g_string_append_c (masked, ' ');
    }
  for (gsize i = n_head + n_tail; i < length; i++)
    g_string_append_unichar (masked, BULLET);
  if (n_tail > 0)
    {
      g_string_append_c (masked, ' ');
      g_string_append (masked, g_utf8_offset_to_pointer (text, (glong)(length - n_tail)));
    }
  return g_string_free (g_steal_pointer (&masked), FALSE);
}

#define ID_DIGITS_OLD     15
#define ID_DIGITS         18
#define MOBILE_DIGITS     11
#define MAX_MOBILE_PREFIX 4 /* 0086 */

static gboolean
is_x (gunichar character)
{
  return character == 'X' || character == 'x' || character == 0xff38 || character == 0xff58;
}

/* A run of digits and its first ones: no more are needed to know what it is. */
typedef struct
{
  const char *end;
  gsize       n_digits;
  int         first[MAX_MOBILE_PREFIX + 2];
} Run;

static Run
read_run (const char *at)
{
  Run run = { at, 0, { 0 } };

  while (g_unichar_isdigit (g_utf8_get_char (run.end)))
    {
      if (run.n_digits < G_N_ELEMENTS (run.first))
        run.first[run.n_digits] = g_unichar_digit_value (g_utf8_get_char (run.end));
      run.n_digits++;
      run.end = g_utf8_next_char (run.end);
    }
  return run;
}

/* Mobile numbers begin with 13 … 19. */
static gboolean
starts_mobile (const Run *run, gsize skip)
{
  return run->first[skip] == 1 && run->first[skip + 1] >= 3;
}

static gboolean
is_mobile (const Run *run)
{
  if (run->n_digits == MOBILE_DIGITS)
    return starts_mobile (run, 0);
  return run->n_digits == MOBILE_DIGITS + 2 && run->first[0] == 8 && run->first[1] == 6 &&
         starts_mobile (run, 2);
}

/* Numbers as people group them: "138 1234 5678", "372922-19900101-162X". Returns the end of the
 * number, or NULL if the runs do not have these lengths. */
static const char *
match_groups (const Run *first, gsize n_second, gsize n_third)
{
  if (*first->end != ' ' && *first->end != '-')
    return NULL;

  Run second = read_run (first->end + 1);

  if (second.n_digits != n_second || *second.end != *first->end)
    return NULL;

  Run third = read_run (second.end + 1);

  if (third.n_digits + 1 == n_third && is_x (g_utf8_get_char (third.end)))
    return g_utf8_next_char (third.end);
  return third.n_digits == n_third ? third.end : NULL;
}

static const char *
redact_run (const Run *run, GString *redacted)
{
  const char *end = NULL;

  if (run->n_digits == 6)
    end = match_groups (run, 8, 4);
  if (end != NULL || run->n_digits >= ID_DIGITS_OLD)
    {
      g_string_append (redacted, REDACTED_NUMBER);
      if (end != NULL)
        return end;
      if (run->n_digits == ID_DIGITS - 1 && is_x (g_utf8_get_char (run->end)))
        return g_utf8_next_char (run->end);
      return run->end;
    }

  if (run->n_digits == 3 && starts_mobile (run, 0))
    end = match_groups (run, 4, 4);
  if (end == NULL && is_mobile (run))
    end = run->end;
  if (end != NULL)
    g_string_append (redacted, REDACTED_PHONE);
  return end;
}

/**
 * jp_text_redact:
 * @text: (nullable): any text, e.g. a message for the log
 *
 * Replaces what may be an ID number (15 digits or more, or 17 and an X; bank accounts are hit too)
 * and what may be a mobile number, in ASCII or full-width digits, together or grouped in the usual
 * way. It would rather hide too much. Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
jp_text_redact (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) redacted = g_string_sized_new (strlen (valid));
  const char *at = valid;

  while (*at != '\0')
    {
      Run         run = read_run (at);
      const char *end = redact_run (&run, redacted);

      if (end == NULL)
        {
          end = run.n_digits > 0 ? run.end : g_utf8_next_char (at);
          g_string_append_len (redacted, at, end - at);
        }
      at = end;
    }
  return g_string_free (g_steal_pointer (&redacted), FALSE);
}

/**
 * jp_text_escape_like:
 * @text: a text to look for
 *
 * Escapes the characters that SQL's LIKE gives a meaning, for use with `ESCAPE '\'`. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_text_escape_like (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GString) escaped = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    {
      if (strchr ("%_\\", *text) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *text);
    }
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}
