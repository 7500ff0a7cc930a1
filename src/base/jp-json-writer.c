/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json-writer.h"

#include "jp-json.h"

#include <math.h>
#include <string.h>

#define INTEGER_DIGITS 20

struct _JpJsonWriter
{
  GString *out; /* (owned) (nullable): once it was given away */
};

/* The last byte tells: a text ends with a quote, a name with its colon. */
static void
separate (JpJsonWriter *self)
{
  gsize length_bytes = self->out->len;
  char  last = length_bytes > 0 ? self->out->str[length_bytes - 1] : '[';

  if (last != '[' && last != '{' && last != ':')
    g_string_append_c (self->out, ',');
}

static void
write_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  while (*text != '\0')
    {
      const char *plain = text;

      while ((guint8)*text >= 0x20 && *text != '"' && *text != '\\')
        text++;
      g_string_append_len (out, plain, text - plain);

      if (*text == '"' || *text == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text++);
        }
      else if (*text == '\n')
        {
          g_string_append (out, "\\n");
          text++;
        }
      else if (*text != '\0')
        g_string_append_printf (out, "\\u%04x", *text++);
    }
  g_string_append_c (out, '"');
}

/* json-glib 1.6.6 writes 1e20 as "1e+20.0", which is why there is a writer here. */
static void
write_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_assert (isfinite (number));

  g_ascii_dtostr (text, sizeof text, number);
  g_string_append (out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
write_integer (GString *out, gint64 integer)
{
  char    digits[INTEGER_DIGITS];
  gsize   at = sizeof digits;
  guint64 magnitude = integer < 0 ? -(guint64)integer : (guint64)integer;

  g_assert (integer >= -JP_JSON_INTEGER_MAX && integer <= JP_JSON_INTEGER_MAX);

  do
    {
      digits[--at] = (char)('0' + magnitude % 10);
      magnitude /= 10;
    }
  while (magnitude > 0);
  if (integer < 0)
    digits[--at] = '-';
  g_string_append_len (out, digits + at, (gssize)(sizeof digits - at));
}

/**
 * jp_json_writer_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): a writer that has written nothing yet
 */
JpJsonWriter *
jp_json_writer_new (void)
{
  JpJsonWriter *self = g_new0 (JpJsonWriter, 1);

  self->out = g_string_new (NULL);
  return self;
}

/**
 * jp_json_writer_free:
 * @self: (nullable) (transfer full): a writer
 */
void
jp_json_writer_free (JpJsonWriter *self)
{
  if (self == NULL)
    return;

  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_free (self);
}

/**
 * jp_json_writer_begin_object:
 * @self: a writer
 */
void
jp_json_writer_begin_object (JpJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  separate (self);
  g_string_append_c (self->out, '{');
}

/**
 * jp_json_writer_end_object:
 * @self: a writer in an object
 */
void
jp_json_writer_end_object (JpJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->out, '}');
}

/**
 * jp_json_writer_begin_array:
 * @self: a writer
 */
void
jp_json_writer_begin_array (JpJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  separate (self);
  g_string_append_c (self->out, '[');
}

/**
 * jp_json_writer_end_array:
 * @self: a writer in an array
 */
void
jp_json_writer_end_array (JpJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->out, ']');
}

/**
 * jp_json_writer_name:
 * @self: a writer in an object
 * @name: of a member; its value comes next
 */
void
jp_json_writer_name (JpJsonWriter *self, const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  separate (self);
  write_text (self->out, name);
  g_string_append_c (self->out, ':');
}

/**
 * jp_json_writer_add:
 * @self: a writer
 * @scalar: a value that is neither an array nor an object; an integer within
 *   ±%JP_JSON_INTEGER_MAX, any other number finite, a text valid UTF-8
 */
void
jp_json_writer_add (JpJsonWriter *self, const JpJsonScalar *scalar)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (scalar != NULL);
  g_return_if_fail (scalar->type < JP_JSON_ARRAY);

  separate (self);
  switch (scalar->type)
    {
    case JP_JSON_BOOLEAN:
      g_string_append (self->out, scalar->integer != 0 ? "true" : "false");
      break;
    case JP_JSON_INTEGER:
      write_integer (self->out, scalar->integer);
      break;
    case JP_JSON_NUMBER:
      write_double (self->out, scalar->number);
      break;
    case JP_JSON_TEXT:
      write_text (self->out, scalar->text);
      break;
    case JP_JSON_NULL:
    case JP_JSON_ARRAY:
    case JP_JSON_OBJECT:
    default:
      g_string_append (self->out, "null");
      break;
    }
}

/**
 * jp_json_writer_add_text:
 * @self: a writer
 * @text: a text, valid UTF-8
 */
void
jp_json_writer_add_text (JpJsonWriter *self, const char *text)
{
  jp_json_writer_add (self, &(JpJsonScalar){ .type = JP_JSON_TEXT, .text = text });
}

/**
 * jp_json_writer_add_integer:
 * @self: a writer
 * @integer: an integer within ±%JP_JSON_INTEGER_MAX
 */
void
jp_json_writer_add_integer (JpJsonWriter *self, gint64 integer)
{
  jp_json_writer_add (self, &(JpJsonScalar){ .type = JP_JSON_INTEGER, .integer = integer });
}

/**
 * jp_json_writer_add_boolean:
 * @self: a writer
 * @boolean: a truth value
 */
void
jp_json_writer_add_boolean (JpJsonWriter *self, gboolean boolean)
{
  jp_json_writer_add (self, &(JpJsonScalar){ .type = JP_JSON_BOOLEAN, .integer = boolean });
}

/* Recursion ends at JP_JSON_MAX_DEPTH. */
static void
write_node (JpJsonWriter *self, JsonNode *node, guint depth)
{
  const JpJsonScalar scalar = jp_json_scalar_from_node (node);

  g_assert (scalar.type < JP_JSON_ARRAY || depth < JP_JSON_MAX_DEPTH);
  if (scalar.type == JP_JSON_OBJECT)
    {
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *member;

      jp_json_writer_begin_object (self);
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          jp_json_writer_name (self, name);
          write_node (self, member, depth + 1);
        }
      jp_json_writer_end_object (self);
    }
  else if (scalar.type == JP_JSON_ARRAY)
    {
      JsonArray *array = json_node_get_array (node);
      guint      length = json_array_get_length (array);

      jp_json_writer_begin_array (self);
      for (guint i = 0; i < length; i++)
        write_node (self, json_array_get_element (array, i), depth + 1);
      jp_json_writer_end_array (self);
    }
  else
    jp_json_writer_add (self, &scalar);
}

/**
 * jp_json_writer_add_node:
 * @self: a writer
 * @node: a value, at most %JP_JSON_MAX_DEPTH deep, its scalars as for jp_json_writer_add()
 *
 * Writes a tree of json-glib.
 */
void
jp_json_writer_add_node (JpJsonWriter *self, JsonNode *node)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (node != NULL);

  write_node (self, node, 0);
}

/**
 * jp_json_writer_end:
 * @self: a writer behind its value; afterwards it can only be freed
 *
 * Returns: (transfer full): the bytes, without a zero at the end
 */
GBytes *
jp_json_writer_end (JpJsonWriter *self)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, NULL);

  return g_string_free_to_bytes (g_steal_pointer (&self->out));
}

/**
 * jp_json_writer_end_text:
 * @self: a writer behind its value; afterwards it can only be freed
 *
 * Returns: (transfer full): the bytes as a string
 */
char *
jp_json_writer_end_text (JpJsonWriter *self)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, NULL);

  return g_string_free (g_steal_pointer (&self->out), FALSE);
}
