/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json-scalar.h"

#include "jp-error.h"

#include <string.h>

/**
 * jp_json_scalar_from_node:
 * @node: (nullable): a value
 *
 * Any thread.
 *
 * Returns: what it is; its text lives as long as @node
 */
JpJsonScalar
jp_json_scalar_from_node (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return (JpJsonScalar){ .type = JP_JSON_NULL };
  if (JSON_NODE_HOLDS_OBJECT (node))
    return (JpJsonScalar){ .type = JP_JSON_OBJECT };
  if (JSON_NODE_HOLDS_ARRAY (node))
    return (JpJsonScalar){ .type = JP_JSON_ARRAY };

  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return (JpJsonScalar){ .type = JP_JSON_TEXT, .text = json_node_get_string (node) };
  if (type == G_TYPE_BOOLEAN)
    return (JpJsonScalar){ .type = JP_JSON_BOOLEAN, .integer = json_node_get_boolean (node) };
  if (type == G_TYPE_INT64)
    return (JpJsonScalar){ .type = JP_JSON_INTEGER, .integer = json_node_get_int (node) };
  return (JpJsonScalar){ .type = JP_JSON_NUMBER, .number = json_node_get_double (node) };
}

/**
 * jp_json_scalar_to_node:
 * @self: a value that is neither an array nor an object
 *
 * Any thread.
 *
 * Returns: (transfer full): the value for a tree
 */
JsonNode *
jp_json_scalar_to_node (const JpJsonScalar *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->type < JP_JSON_ARRAY, NULL);

  JsonNode *node = json_node_alloc ();

  switch (self->type)
    {
    case JP_JSON_BOOLEAN:
      return json_node_init_boolean (node, self->integer != 0);
    case JP_JSON_INTEGER:
      return json_node_init_int (node, self->integer);
    case JP_JSON_NUMBER:
      return json_node_init_double (node, self->number);
    case JP_JSON_TEXT:
      return json_node_init_string (node, self->text);
    case JP_JSON_NULL:
    case JP_JSON_ARRAY:
    case JP_JSON_OBJECT:
    default:
      return json_node_init_null (node);
    }
}

/**
 * jp_json_scalar_as_text:
 * @self: a value
 * @max_bytes: how long it may be
 * @out_text: (out) (transfer none): the text; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_TOO_LARGE`
 */
gboolean
jp_json_scalar_as_text (const JpJsonScalar *self,
                        gsize               max_bytes,
                        const char        **out_text,
                        GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_text != NULL, FALSE);

  if (self->type != JP_JSON_TEXT)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "expected a text");
      return FALSE;
    }
  if (strlen (self->text) > max_bytes)
    {
      g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE,
                   "text is longer than %" G_GSIZE_FORMAT " bytes", max_bytes);
      return FALSE;
    }

  *out_text = self->text;
  return TRUE;
}

/**
 * jp_json_scalar_as_integer:
 * @self: a value
 * @min: smallest allowed
 * @max: largest allowed
 * @out_integer: (out): the integer; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a number that was written as an integer: 5, not 5.0 or 5e0. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_RANGE`
 */
gboolean
jp_json_scalar_as_integer (const JpJsonScalar *self,
                           gint64              min,
                           gint64              max,
                           gint64             *out_integer,
                           GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_integer != NULL, FALSE);

  if (self->type != JP_JSON_INTEGER)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "expected an integer");
      return FALSE;
    }
  if (self->integer < min || self->integer > max)
    {
      g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE,
                   "integer outside %" G_GINT64_FORMAT " … %" G_GINT64_FORMAT, min, max);
      return FALSE;
    }

  *out_integer = self->integer;
  return TRUE;
}

/**
 * jp_json_scalar_as_boolean:
 * @self: a value
 * @out_boolean: (out): the truth value; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Any thread.
 *
 * Returns: %TRUE if there is a truth value, or %FALSE with `JP_BASE_ERROR_INVALID`
 */
gboolean
jp_json_scalar_as_boolean (const JpJsonScalar *self, gboolean *out_boolean, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_boolean != NULL, FALSE);

  if (self->type != JP_JSON_BOOLEAN)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "expected true or false");
      return FALSE;
    }

  *out_boolean = self->integer != 0;
  return TRUE;
}
