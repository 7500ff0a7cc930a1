/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json.h"

#include "jp-json-private.h"
#include "jp-json-scalar.h"
#include "jp-json-writer.h"

#include <string.h>

static JsonNode *
parse_bytes (const char *bytes, gsize length_bytes, gsize max_bytes, GError **error)
{
  if (!jp_json_check (bytes, length_bytes, max_bytes, error))
    return NULL;
  return jp_json_build (bytes, length_bytes);
}

/**
 * jp_json_parse:
 * @bytes: what somebody sent
 * @max_bytes: how many bytes are allowed, e.g. %JP_JSON_MAX_BYTES
 * @error: return location for a [error@Jp.BaseError]
 *
 * Checks with jp_json_check() and parses. On the main thread only for small bodies (§10). Any
 * thread.
 *
 * Returns: (transfer full): the value, or %NULL with an error of jp_json_check()
 */
JsonNode *
jp_json_parse (GBytes *bytes, gsize max_bytes, GError **error)
{
  gsize length_bytes;

  g_return_val_if_fail (bytes != NULL, NULL);

  const char *data = g_bytes_get_data (bytes, &length_bytes);

  return parse_bytes (data, length_bytes, max_bytes, error);
}

/**
 * jp_json_parse_text:
 * @text: a JSON text of at most %JP_JSON_MAX_BYTES
 * @error: return location for a [error@Jp.BaseError]
 *
 * Like jp_json_parse(), for text that is at hand as a string.
 *
 * Returns: (transfer full): the value, or %NULL with an error of jp_json_check()
 */
JsonNode *
jp_json_parse_text (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse_bytes (text, strlen (text), JP_JSON_MAX_BYTES, error);
}

/**
 * jp_json_to_bytes:
 * @node: a value, at most %JP_JSON_MAX_DEPTH deep, its integers within ±%JP_JSON_INTEGER_MAX, its
 *   doubles finite, its texts valid UTF-8
 *
 * Writes a value without white space, members in the order in which they were set, with the same
 * bytes on every machine and with every version of json-glib: they are hashed. What jp_json_parse()
 * accepted it accepts again. Any thread.
 *
 * Returns: (transfer full): the bytes, without a zero at the end
 */
GBytes *
jp_json_to_bytes (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_json_writer_add_node (writer, node);
  return jp_json_writer_end (writer);
}

/**
 * jp_json_to_text:
 * @node: a value as for jp_json_to_bytes()
 *
 * Returns: (transfer full): the bytes of jp_json_to_bytes() as a string
 */
char *
jp_json_to_text (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_json_writer_add_node (writer, node);
  return jp_json_writer_end_text (writer);
}

/**
 * jp_json_as_object:
 * @node: (nullable): a value
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer none): the object in @node, or %NULL with `JP_BASE_ERROR_INVALID` if there is
 *   something else or nothing
 */
JsonObject *
jp_json_as_object (JsonNode *node, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "expected an object");
  return NULL;
}

/**
 * jp_json_as_array:
 * @node: (nullable): a value
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer none): the array in @node, or %NULL with `JP_BASE_ERROR_INVALID` if there is
 *   something else or nothing
 */
JsonArray *
jp_json_as_array (JsonNode *node, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "expected an array");
  return NULL;
}

/**
 * jp_json_as_text:
 * @node: (nullable): a value
 * @max_bytes: how long it may be
 * @out_text: (out) (transfer none): the text, owned by @node; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_TOO_LARGE`
 */
gboolean
jp_json_as_text (JsonNode *node, gsize max_bytes, const char **out_text, GError **error)
{
  const JpJsonScalar scalar = jp_json_scalar_from_node (node);

  return jp_json_scalar_as_text (&scalar, max_bytes, out_text, error);
}

/**
 * jp_json_as_integer:
 * @node: (nullable): a value
 * @min: smallest allowed
 * @max: largest allowed
 * @out_integer: (out): the integer; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a number that was written as an integer: 5, not 5.0 or 5e0.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_RANGE`
 */
gboolean
jp_json_as_integer (JsonNode *node, gint64 min, gint64 max, gint64 *out_integer, GError **error)
{
  const JpJsonScalar scalar = jp_json_scalar_from_node (node);

  return jp_json_scalar_as_integer (&scalar, min, max, out_integer, error);
}

/**
 * jp_json_as_boolean:
 * @node: (nullable): a value
 * @out_boolean: (out): the truth value; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: %TRUE if there is a truth value, or %FALSE with `JP_BASE_ERROR_INVALID`
 */
gboolean
jp_json_as_boolean (JsonNode *node, gboolean *out_boolean, GError **error)
{
  const JpJsonScalar scalar = jp_json_scalar_from_node (node);

  return jp_json_scalar_as_boolean (&scalar, out_boolean, error);
}

/**
 * jp_json_is_null:
 * @object: an object
 * @member: a name
 *
 * Returns: whether the object has the member and its value is null
 */
gboolean
jp_json_is_null (JsonObject *object, const char *member)
{
  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  return json_object_has_member (object, member) && json_object_get_null_member (object, member);
}

/**
 * jp_json_has:
 * @object: an object
 * @member: a name
 *
 * Returns: whether there is such a member and it is not null
 */
gboolean
jp_json_has (JsonObject *object, const char *member)
{
  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static void
prefix_member (GError **error, const char *member)
{
  g_prefix_error (error, "member \"%s\": ", member);
}

/**
 * jp_json_get_text:
 * @object: an object
 * @member: a name
 * @max_bytes: how long the text may be
 * @out_text: (out) (transfer none): the text, owned by @object; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a member that must exist; ask jp_json_has() first if it need not.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_TOO_LARGE`
 */
gboolean
jp_json_get_text (JsonObject  *object,
                  const char  *member,
                  gsize        max_bytes,
                  const char **out_text,
                  GError     **error)
{
  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (jp_json_as_text (json_object_get_member (object, member), max_bytes, out_text, error))
    return TRUE;
  prefix_member (error, member);
  return FALSE;
}

/**
 * jp_json_get_integer:
 * @object: an object
 * @member: a name
 * @min: smallest allowed
 * @max: largest allowed
 * @out_integer: (out): the integer; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a member that must exist and was written as an integer.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_RANGE`
 */
gboolean
jp_json_get_integer (JsonObject *object,
                     const char *member,
                     gint64      min,
                     gint64      max,
                     gint64     *out_integer,
                     GError    **error)
{
  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (jp_json_as_integer (json_object_get_member (object, member), min, max, out_integer, error))
    return TRUE;
  prefix_member (error, member);
  return FALSE;
}

/**
 * jp_json_get_boolean:
 * @object: an object
 * @member: a name
 * @out_boolean: (out): the truth value; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a member that must exist.
 *
 * Returns: %TRUE if there is a truth value, or %FALSE with `JP_BASE_ERROR_INVALID`
 */
gboolean
jp_json_get_boolean (JsonObject *object, const char *member, gboolean *out_boolean, GError **error)
{
  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (jp_json_as_boolean (json_object_get_member (object, member), out_boolean, error))
    return TRUE;
  prefix_member (error, member);
  return FALSE;
}

/**
 * jp_json_get_object:
 * @object: an object
 * @member: a name
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a member that must exist.
 *
 * Returns: (transfer none): the object, or %NULL with `JP_BASE_ERROR_INVALID`
 */
JsonObject *
jp_json_get_object (JsonObject *object, const char *member, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  JsonObject *inner = jp_json_as_object (json_object_get_member (object, member), error);

  if (inner == NULL)
    prefix_member (error, member);
  return inner;
}

/**
 * jp_json_get_array:
 * @object: an object
 * @member: a name
 * @max_length: how many elements are allowed
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a member that must exist.
 *
 * Returns: (transfer none): the array, or %NULL with `JP_BASE_ERROR_INVALID` or
 *   `JP_BASE_ERROR_TOO_LARGE`
 */
JsonArray *
jp_json_get_array (JsonObject *object, const char *member, guint max_length, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  JsonArray *array = jp_json_as_array (json_object_get_member (object, member), error);

  if (array == NULL)
    {
      prefix_member (error, member);
      return NULL;
    }
  if (json_array_get_length (array) > max_length)
    {
      g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE,
                   "member \"%s\": more than %u elements", member, max_length);
      return NULL;
    }
  return array;
}

/**
 * jp_json_element_object:
 * @array: an array
 * @index: which element, less than its length
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer none): the object, or %NULL with `JP_BASE_ERROR_INVALID`
 */
JsonObject *
jp_json_element_object (JsonArray *array, guint index, GError **error)
{
  g_return_val_if_fail (array != NULL, NULL);
  g_return_val_if_fail (index < json_array_get_length (array), NULL);

  JsonObject *object = jp_json_as_object (json_array_get_element (array, index), error);

  if (object == NULL)
    g_prefix_error (error, "element %u: ", index);
  return object;
}

/**
 * jp_json_element_array:
 * @array: an array
 * @index: which element, less than its length
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer none): the array, or %NULL with `JP_BASE_ERROR_INVALID`
 */
JsonArray *
jp_json_element_array (JsonArray *array, guint index, GError **error)
{
  g_return_val_if_fail (array != NULL, NULL);
  g_return_val_if_fail (index < json_array_get_length (array), NULL);

  JsonArray *inner = jp_json_as_array (json_array_get_element (array, index), error);

  if (inner == NULL)
    g_prefix_error (error, "element %u: ", index);
  return inner;
}
