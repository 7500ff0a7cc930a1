/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json-reader.h"

#include "jp-json-private.h"

#include "jp-json.h"

#include <string.h>

/* The bytes have passed jp_json_check(), so nothing here has to expect a fault; but there is no 0
 * behind them. */
struct _JpJsonReader
{
  GBytes     *bytes; /* (owned) (nullable): what is read, if it has to be held */
  const char *start; /* (borrowed) */
  const char *at;    /* (borrowed) */
  const char *end;   /* (borrowed) */
  GString    *text;  /* (owned): a place to decode strings in */
};

static void
skip_space (JpJsonReader *self)
{
  while (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t')
    self->at++;
}

static gboolean
skip_byte (JpJsonReader *self, char byte)
{
  skip_space (self);
  if (*self->at != byte)
    return FALSE;
  self->at++;
  return TRUE;
}

static gunichar
read_unit (JpJsonReader *self)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit << 4 | (gunichar)g_ascii_xdigit_value (*self->at++);
  return unit;
}

static void
read_escape (JpJsonReader *self)
{
  static const char names[] = "bfnrt";
  static const char values[] = "\b\f\n\r\t";
  char              name = *self->at++;
  gunichar          character;

  if (name != 'u')
    {
      const char *found = strchr (names, name);

      g_string_append_c (self->text, found != NULL ? values[found - names] : name);
      return;
    }

  character = read_unit (self);
  if (character >= 0xd800 && character <= 0xdbff)
    {
      self->at += strlen ("\\u");
      character = 0x10000 + ((character - 0xd800) << 10) + (read_unit (self) - 0xdc00);
    }
  g_string_append_unichar (self->text, character);
}

/* Behind the opening quote. The text is good until the next string. */
static const char *
read_string (JpJsonReader *self)
{
  g_string_truncate (self->text, 0);
  while (TRUE)
    {
      const char *plain = self->at;

      while (*self->at != '"' && *self->at != '\\')
        self->at++;
      g_string_append_len (self->text, plain, self->at - plain);
      if (*self->at++ == '"')
        return self->text->str;
      read_escape (self);
    }
}

static void
skip_string (JpJsonReader *self)
{
  for (; *self->at != '"'; self->at++)
    if (*self->at == '\\')
      self->at++;
  self->at++;
}

static gboolean
is_of_number (char c)
{
  return g_ascii_isdigit (c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static JpJsonScalar
read_number (JpJsonReader *self)
{
  const char *start = self->at;
  gboolean    negative = *start == '-';
  gint64      magnitude = 0;
  char        text[JP_JSON_MAX_NUMBER_BYTES + 1];

  if (negative)
    self->at++;
  for (; self->at < self->end && g_ascii_isdigit (*self->at); self->at++)
    magnitude = magnitude * 10 + (*self->at - '0');
  if (self->at == self->end || !is_of_number (*self->at))
    return (JpJsonScalar){ .type = JP_JSON_INTEGER, .integer = negative ? -magnitude : magnitude };

  while (self->at < self->end && is_of_number (*self->at))
    self->at++;
  memcpy (text, start, (gsize)(self->at - start));
  text[self->at - start] = '\0';
  return (JpJsonScalar){ .type = JP_JSON_NUMBER, .number = g_ascii_strtod (text, NULL) };
}

static JpJsonScalar
read_word (JpJsonReader *self)
{
  char first = *self->at;

  self->at += first == 'f' ? strlen ("false") : strlen ("true");
  if (first == 'n')
    return (JpJsonScalar){ .type = JP_JSON_NULL };
  return (JpJsonScalar){ .type = JP_JSON_BOOLEAN, .integer = first == 't' };
}

/* Behind the opening bracket: to behind the one that closes it. */
static void
skip_open (JpJsonReader *self)
{
  for (guint depth = 1; depth > 0;)
    {
      char byte = *self->at++;

      if (byte == '"')
        skip_string (self);
      else if (byte == '[' || byte == '{')
        depth++;
      else if (byte == ']' || byte == '}')
        depth--;
    }
}

static void
begin (JpJsonReader *self, const char *checked, gsize length_bytes)
{
  self->start = checked;
  self->at = checked;
  self->end = checked + length_bytes;
  self->text = g_string_new (NULL);
}

/**
 * jp_json_reader_new:
 * @bytes: what somebody sent
 * @max_bytes: how many bytes are allowed, e.g. %JP_JSON_MAX_BYTES
 * @error: return location for a [error@Jp.BaseError]
 *
 * Checks the whole text with jp_json_check(). Any thread.
 *
 * Returns: (transfer full): a reader before its value, or %NULL with an error of jp_json_check()
 */
JpJsonReader *
jp_json_reader_new (GBytes *bytes, gsize max_bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  gsize       length_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &length_bytes);

  if (!jp_json_check (data, length_bytes, max_bytes, error))
    return NULL;

  JpJsonReader *self = g_new0 (JpJsonReader, 1);

  begin (self, data, length_bytes);
  self->bytes = g_bytes_ref (bytes);
  return self;
}

/**
 * jp_json_reader_free:
 * @self: (nullable) (transfer full): a reader
 */
void
jp_json_reader_free (JpJsonReader *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * jp_json_reader_enter:
 * @self: a reader before a value
 * @type: %JP_JSON_ARRAY or %JP_JSON_OBJECT
 * @error: return location for a [error@Jp.BaseError]
 *
 * Steps into an array or an object.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID`, still before the value, if it is
 *   something else
 */
gboolean
jp_json_reader_enter (JpJsonReader *self, JpJsonType type, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type == JP_JSON_ARRAY || type == JP_JSON_OBJECT, FALSE);

  if (skip_byte (self, type == JP_JSON_ARRAY ? '[' : '{'))
    return TRUE;
  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID,
                       type == JP_JSON_ARRAY ? "expected an array" : "expected an object");
  return FALSE;
}

/**
 * jp_json_reader_next_member:
 * @self: a reader in an object, behind its bracket or behind the value of a member
 * @out_name: (out) (transfer none): the name; good until the next string is read
 *
 * Returns: %TRUE before the value of the next member, %FALSE behind the object
 */
gboolean
jp_json_reader_next_member (JpJsonReader *self, const char **out_name)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_name != NULL, FALSE);

  if (skip_byte (self, '}'))
    return FALSE;
  skip_byte (self, ',');
  skip_byte (self, '"');
  *out_name = read_string (self);
  skip_byte (self, ':');
  return TRUE;
}

/**
 * jp_json_reader_next_element:
 * @self: a reader in an array, behind its bracket or behind an element
 *
 * Returns: %TRUE before the next element, %FALSE behind the array
 */
gboolean
jp_json_reader_next_element (JpJsonReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (skip_byte (self, ']'))
    return FALSE;
  skip_byte (self, ',');
  return TRUE;
}

/**
 * jp_json_reader_read:
 * @self: a reader before a value
 *
 * Reads a value; arrays and objects are passed over.
 *
 * Returns: the value; its text is good until the next string is read
 */
JpJsonScalar
jp_json_reader_read (JpJsonReader *self)
{
  g_return_val_if_fail (self != NULL, ((JpJsonScalar){ .type = JP_JSON_NULL }));

  skip_space (self);
  switch (*self->at)
    {
    case '{':
    case '[':
      {
        JpJsonType type = *self->at++ == '[' ? JP_JSON_ARRAY : JP_JSON_OBJECT;

        skip_open (self);
        return (JpJsonScalar){ .type = type };
      }
    case '"':
      self->at++;
      return (JpJsonScalar){ .type = JP_JSON_TEXT, .text = read_string (self) };
    case 't':
    case 'f':
    case 'n':
      return read_word (self);
    default:
      return read_number (self);
    }
}

static JsonNode *
read_array (JpJsonReader *self)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonArray) array = json_array_new ();

  while (jp_json_reader_next_element (self))
    json_array_add_element (array, jp_json_reader_read_node (self));
  return json_node_init_array (node, array);
}

static JsonNode *
read_object (JpJsonReader *self)
{
  JsonNode   *node = json_node_alloc ();
  const char *name = NULL;
  g_autoptr (JsonObject) object = json_object_new ();

  while (jp_json_reader_next_member (self, &name))
    {
      g_autofree char *copy = g_strdup (name);

      json_object_set_member (object, copy, jp_json_reader_read_node (self));
    }
  return json_node_init_object (node, object);
}

/**
 * jp_json_reader_read_node:
 * @self: a reader before a value
 *
 * Makes json-glib's tree of a value. Recursion ends at %JP_JSON_MAX_DEPTH.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
jp_json_reader_read_node (JpJsonReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (skip_byte (self, '['))
    return read_array (self);
  if (skip_byte (self, '{'))
    return read_object (self);

  const JpJsonScalar scalar = jp_json_reader_read (self);

  return jp_json_scalar_to_node (&scalar);
}

/**
 * jp_json_reader_tell:
 * @self: a reader
 *
 * Returns: where it stands, for jp_json_reader_seek()
 */
gsize
jp_json_reader_tell (JpJsonReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (gsize)(self->at - self->start);
}

/**
 * jp_json_reader_seek:
 * @self: a reader
 * @place: where it stood once
 *
 * Goes back, or forth again.
 */
void
jp_json_reader_seek (JpJsonReader *self, gsize place)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (place <= (gsize)(self->end - self->start));

  self->at = self->start + place;
}

/**
 * jp_json_build:
 * @checked: (array length=length_bytes): what has passed jp_json_check()
 * @length_bytes: how many bytes
 *
 * Makes json-glib's values in a third of the time its parser needs, which allocates for every token
 * and emits a signal for every value.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
jp_json_build (const char *checked, gsize length_bytes)
{
  JpJsonReader reader = { NULL };

  begin (&reader, checked, length_bytes);

  JsonNode *node = jp_json_reader_read_node (&reader);

  g_string_free (reader.text, TRUE);
  return node;
}
