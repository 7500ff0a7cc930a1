/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json.h"

#include <math.h>
#include <string.h>

/* A key of an object that is still open. */
typedef struct
{
  gsize offset; /* of the decoded key in Scan.keys */
  gsize length_bytes;
  gsize position; /* in the input */
} Key;

typedef struct
{
  gboolean is_object;
  guint    first_key; /* index in Scan.spans */
} Frame;

typedef enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* behind [ */
  EXPECT_KEY,
  EXPECT_KEY_OR_END, /* behind { */
  EXPECT_COMMA_OR_END,
} Expect;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  Expect      expect;
  guint       depth;
  Frame       frames[JP_JSON_MAX_DEPTH];
  guint       n_values;
  GString    *keys;  /* (owned): decoded keys of all open objects */
  GArray     *spans; /* (owned) (element-type Key): likewise */
  GError    **error;
} Scan;

/* Counts lines and columns only now: a good document never needs them. */
static gboolean
fail_at (Scan *scan, const char *at, JpBaseError code, const char *message)
{
  guint line = 1;
  guint column = 1;

  for (const char *c = scan->start; c < at; c++)
    if (*c == '\n')
      {
        line++;
        column = 1;
      }
    else if (((guint8)*c & 0xc0) != 0x80)
      column++;

  g_set_error (scan->error, JP_BASE_ERROR, (int)code, "line %u, column %u: %s", line, column,
               message);
  return FALSE;
}

static gboolean
fail (Scan *scan, JpBaseError code, const char *message)
{
  return fail_at (scan, scan->at, code, message);
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end &&
         (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

static gboolean
at_byte (Scan *scan, char byte)
{
  return scan->at < scan->end && *scan->at == byte;
}

static gboolean
skip_byte (Scan *scan, char byte)
{
  if (!at_byte (scan, byte))
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
at_digit (Scan *scan)
{
  return scan->at < scan->end && g_ascii_isdigit (*scan->at);
}

static gboolean
skip_digits (Scan *scan)
{
  if (!at_digit (scan))
    return fail (scan, JP_BASE_ERROR_INVALID, "expected a digit");
  while (at_digit (scan))
    scan->at++;
  return TRUE;
}

/* Four hexadecimal digits behind "\u". */
static gboolean
scan_unit (Scan *scan, guint *out_unit)
{
  *out_unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return fail (scan, JP_BASE_ERROR_INVALID, "expected four hexadecimal digits");
      *out_unit = *out_unit << 4 | (guint)g_ascii_xdigit_value (*scan->at);
    }
  return TRUE;
}

static gboolean
scan_unicode_escape (Scan *scan, gunichar *out_character)
{
  const char *escape = scan->at - 2;
  guint       high;
  guint       low;

  if (!scan_unit (scan, &high))
    return FALSE;
  if (high == 0)
    return fail_at (scan, escape, JP_BASE_ERROR_INVALID, "U+0000 is not text");

  *out_character = high;
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;
  if (high > 0xdbff || !skip_byte (scan, '\\') || !skip_byte (scan, 'u'))
    return fail_at (scan, escape, JP_BASE_ERROR_INVALID, "half of a surrogate pair");
  if (!scan_unit (scan, &low))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return fail_at (scan, escape, JP_BASE_ERROR_INVALID, "half of a surrogate pair");

  *out_character = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  return TRUE;
}

/* Behind the backslash. */
static gboolean
scan_escape (Scan *scan, gunichar *out_character)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char       *name;

  if (skip_byte (scan, 'u'))
    return scan_unicode_escape (scan, out_character);

  name = scan->at < scan->end && *scan->at != '\0' ? strchr (names, *scan->at) : NULL;
  if (name == NULL)
    return fail (scan, JP_BASE_ERROR_INVALID, "unknown escape sequence");
  scan->at++;
  *out_character = (gunichar)values[name - names];
  return TRUE;
}

/* One character of a string that is not plain ASCII. */
static gboolean
scan_special (Scan *scan, gunichar *out_character)
{
  if (skip_byte (scan, '\\'))
    return scan_escape (scan, out_character);
  if ((guint8)*scan->at < 0x20)
    return fail (scan, JP_BASE_ERROR_INVALID, "control character in a string");

  *out_character = g_utf8_get_char_validated (scan->at, scan->end - scan->at);
  if (*out_character == (gunichar)-1 || *out_character == (gunichar)-2)
    return fail (scan, JP_BASE_ERROR_INVALID, "not UTF-8");
  scan->at = g_utf8_next_char (scan->at);
  return TRUE;
}

/* Behind the opening quote; @decoded is only wanted of keys. */
static gboolean
scan_string (Scan *scan, GString *decoded)
{
  const char *start = scan->at - 1;
  gsize       length_bytes = 0;

  while (!skip_byte (scan, '"'))
    {
      const char *plain = scan->at;
      gunichar    character = 0;

      while (scan->at < scan->end && *scan->at >= 0x20 && *scan->at < 0x7f && *scan->at != '"' &&
             *scan->at != '\\')
        scan->at++;
      length_bytes += (gsize)(scan->at - plain);
      if (decoded != NULL)
        g_string_append_len (decoded, plain, scan->at - plain);

      if (scan->at == scan->end)
        return fail_at (scan, start, JP_BASE_ERROR_INVALID, "string without an end");
      if (*scan->at != '"')
        {
          if (!scan_special (scan, &character))
            return FALSE;
          length_bytes += (gsize)g_unichar_to_utf8 (character, NULL);
          if (decoded != NULL)
            g_string_append_unichar (decoded, character);
        }
      if (length_bytes > JP_JSON_MAX_STRING_BYTES)
        return fail_at (scan, start, JP_BASE_ERROR_TOO_LARGE, "string is too long");
    }
  return TRUE;
}

static gboolean
check_integer (Scan *scan, const char *start)
{
  gint64 magnitude = 0;

  for (const char *c = start + (*start == '-'); c < scan->at; c++)
    {
      magnitude = magnitude * 10 + g_ascii_digit_value (*c);
      if (magnitude > JP_JSON_INTEGER_MAX)
        return fail_at (scan, start, JP_BASE_ERROR_RANGE, "integer is too large");
    }
  return TRUE;
}

static gboolean
check_float (Scan *scan, const char *start)
{
  char  text[JP_JSON_MAX_NUMBER_BYTES + 1];
  gsize length_bytes = (gsize)(scan->at - start);

  memcpy (text, start, length_bytes);
  text[length_bytes] = '\0';
  if (!isfinite (g_ascii_strtod (text, NULL)))
    return fail_at (scan, start, JP_BASE_ERROR_RANGE, "number is too large");
  return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean    is_float = FALSE;

  skip_byte (scan, '-');
  if (!skip_byte (scan, '0') && !skip_digits (scan))
    return FALSE;
  if (at_digit (scan))
    return fail (scan, JP_BASE_ERROR_INVALID, "number with a leading zero");
  if (skip_byte (scan, '.'))
    {
      is_float = TRUE;
      if (!skip_digits (scan))
        return FALSE;
    }
  if (skip_byte (scan, 'e') || skip_byte (scan, 'E'))
    {
      is_float = TRUE;
      if (!skip_byte (scan, '+'))
        skip_byte (scan, '-');
      if (!skip_digits (scan))
        return FALSE;
    }

  if (scan->at - start > JP_JSON_MAX_NUMBER_BYTES)
    return fail_at (scan, start, JP_BASE_ERROR_TOO_LARGE, "number is too long");
  return is_float ? check_float (scan, start) : check_integer (scan, start);
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return fail (scan, JP_BASE_ERROR_INVALID, "unknown word");
  scan->at += length;
  return TRUE;
}

static gboolean
open_frame (Scan *scan, gboolean is_object)
{
  if (scan->depth == JP_JSON_MAX_DEPTH)
    return fail (scan, JP_BASE_ERROR_TOO_LARGE, "nested too deeply");

  scan->at++;
  scan->frames[scan->depth].is_object = is_object;
  scan->frames[scan->depth].first_key = scan->spans->len;
  scan->depth++;
  scan->expect = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Key  *first = a;
  const Key  *second = b;
  const Scan *scan = user_data;
  int         order = memcmp (scan->keys->str + first->offset, scan->keys->str + second->offset,
                              MIN (first->length_bytes, second->length_bytes));

  if (order != 0)
    return order;
  if (first->length_bytes != second->length_bytes)
    return first->length_bytes < second->length_bytes ? -1 : 1;
  return 0;
}

/* Sorting finds equal keys in a time that nobody can make worse by choosing the keys. */
static gboolean
check_keys (Scan *scan, guint first_key)
{
  guint n_keys = scan->spans->len - first_key;

  if (n_keys == 0)
    return TRUE;

  Key  *keys = &g_array_index (scan->spans, Key, first_key);
  gsize start = keys[0].offset;

  g_qsort_with_data (keys, (int)n_keys, sizeof *keys, compare_keys, scan);
  for (guint i = 1; i < n_keys; i++)
    if (compare_keys (&keys[i - 1], &keys[i], scan) == 0)
      return fail_at (scan, scan->start + MAX (keys[i - 1].position, keys[i].position),
                      JP_BASE_ERROR_DUPLICATE, "key occurs twice");

  g_array_set_size (scan->spans, first_key);
  g_string_truncate (scan->keys, start);
  return TRUE;
}

static gboolean
close_frame (Scan *scan)
{
  scan->at++;
  scan->depth--;
  scan->expect = EXPECT_COMMA_OR_END;
  return check_keys (scan, scan->frames[scan->depth].first_key);
}

static gboolean
scan_value (Scan *scan)
{
  if (++scan->n_values > JP_JSON_MAX_VALUES)
    return fail (scan, JP_BASE_ERROR_TOO_LARGE, "too many values");

  scan->expect = EXPECT_COMMA_OR_END;
  switch (*scan->at)
    {
    case '{':
      return open_frame (scan, TRUE);
    case '[':
      return open_frame (scan, FALSE);
    case '"':
      scan->at++;
      return scan_string (scan, NULL);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    default:
      if (*scan->at == '-' || at_digit (scan))
        return scan_number (scan);
      return fail (scan, JP_BASE_ERROR_INVALID, "expected a value");
    }
}

static gboolean
scan_key (Scan *scan)
{
  Key key = { scan->keys->len, 0, (gsize)(scan->at - scan->start) };

  if (!skip_byte (scan, '"'))
    return fail (scan, JP_BASE_ERROR_INVALID, "expected a key");
  if (scan->spans->len - scan->frames[scan->depth - 1].first_key == JP_JSON_MAX_MEMBERS)
    return fail (scan, JP_BASE_ERROR_TOO_LARGE, "too many members");
  if (!scan_string (scan, scan->keys))
    return FALSE;

  key.length_bytes = scan->keys->len - key.offset;
  g_array_append_val (scan->spans, key);
  skip_space (scan);
  if (!skip_byte (scan, ':'))
    return fail (scan, JP_BASE_ERROR_INVALID, "expected a colon");
  scan->expect = EXPECT_VALUE;
  return TRUE;
}

static gboolean
scan_token (Scan *scan)
{
  gboolean in_object = scan->depth > 0 && scan->frames[scan->depth - 1].is_object;

  switch (scan->expect)
    {
    case EXPECT_VALUE_OR_END:
      if (*scan->at == ']')
        return close_frame (scan);
      return scan_value (scan);
    case EXPECT_VALUE:
      return scan_value (scan);
    case EXPECT_KEY_OR_END:
      if (*scan->at == '}')
        return close_frame (scan);
      return scan_key (scan);
    case EXPECT_KEY:
      return scan_key (scan);
    case EXPECT_COMMA_OR_END:
      if (scan->depth == 0)
        return fail (scan, JP_BASE_ERROR_INVALID, "something behind the end");
      if (*scan->at == (in_object ? '}' : ']'))
        return close_frame (scan);
      if (!skip_byte (scan, ','))
        return fail (scan, JP_BASE_ERROR_INVALID, "expected a comma or the end");
      scan->expect = in_object ? EXPECT_KEY : EXPECT_VALUE;
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
scan_document (Scan *scan)
{
  for (skip_space (scan); scan->at < scan->end; skip_space (scan))
    if (!scan_token (scan))
      return FALSE;

  if (scan->depth > 0 || scan->expect != EXPECT_COMMA_OR_END)
    return fail (scan, JP_BASE_ERROR_INVALID, "unexpected end");
  return TRUE;
}

/**
 * jp_json_check:
 * @bytes: (array length=length_bytes): what somebody sent
 * @length_bytes: how many bytes
 * @max_bytes: how many are allowed, e.g. %JP_JSON_MAX_BYTES
 * @error: return location for a [error@Jp.BaseError]
 *
 * Checks that the bytes are one JSON value by the letter of RFC 8259 and harmless: UTF-8 without
 * byte order mark, lone surrogates or U+0000, integers within ±%JP_JSON_INTEGER_MAX, other numbers
 * within a double, no key twice in one object, and nothing above the limits in jp-json.h. Takes
 * time in proportion to the length, constant stack, and stops at the first fault; the message tells
 * line and column but nothing of the content. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` (form), `JP_BASE_ERROR_RANGE` (a number),
 *   `JP_BASE_ERROR_TOO_LARGE` (a limit) or `JP_BASE_ERROR_DUPLICATE` (a key)
 */
gboolean
jp_json_check (const char *bytes, gsize length_bytes, gsize max_bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL || length_bytes == 0, FALSE);

  if (length_bytes > max_bytes)
    {
      g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE,
                   "JSON of %" G_GSIZE_FORMAT " bytes, more than %" G_GSIZE_FORMAT, length_bytes,
                   max_bytes);
      return FALSE;
    }

  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Key));
  Scan scan = { .start = bytes, .at = bytes, .keys = keys, .spans = spans, .error = error };

  scan.end = length_bytes > 0 ? bytes + length_bytes : bytes;
  return scan_document (&scan);
}
