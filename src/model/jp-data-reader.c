/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data-reader.h"

#include "jp-data-line.h"
#include "jp-json.h"

#include "jp-model-error.h"

#include <string.h>

#define MAX_LEVELS 16

typedef struct
{
  JsonObject *object;      /* (borrowed) (nullable): NULL in a list */
  JsonArray  *array;       /* (borrowed) (nullable): NULL in an object */
  GHashTable *seen;        /* (owned) (nullable): names of members that were read */
  gsize       path_length; /* of the path outside this level */
} Level;

struct _JpDataReader
{
  char     *file_name;          /* (owned) */
  GBytes   *bytes;              /* (owned) */
  JsonNode *root;               /* (owned) */
  GString  *path;               /* (owned): of the innermost level */
  Level     levels[MAX_LEVELS]; /* [0] is the whole file */
  guint     n_levels;           /* ≥ 1 */
  GError   *error;              /* (owned) (nullable): the first one */
};

static void
push_level (JpDataReader *self, JsonObject *object, JsonArray *array, gsize path_length)
{
  g_assert (self->n_levels < MAX_LEVELS);

  self->levels[self->n_levels++] = (Level){
    .object = object,
    .array = array,
    .seen = object != NULL ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL,
    .path_length = path_length,
  };
}

static Level *
get_level (JpDataReader *self)
{
  return &self->levels[self->n_levels - 1];
}

/**
 * jp_data_reader_new:
 * @file_name: for messages
 * @bytes: the file
 * @error: return location for a [error@Jp.ModelError]
 *
 * Parses a data file whose outermost value is an object, and stands at its beginning.
 *
 * Returns: (transfer full): a reader, or %NULL with %JP_MODEL_ERROR_INVALID
 */
JpDataReader *
jp_data_reader_new (const char *file_name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GError) base_error = NULL;
  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_DATA_READER_MAX_BYTES, &base_error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, &base_error) : NULL;

  if (object == NULL)
    {
      g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID, "%s: %s", file_name,
                   base_error->message);
      return NULL;
    }

  JpDataReader *self = g_new0 (JpDataReader, 1);

  self->file_name = g_strdup (file_name);
  self->bytes = g_bytes_ref (bytes);
  self->root = g_steal_pointer (&root);
  self->path = g_string_new (NULL);
  push_level (self, object, NULL, 0);

  return self;
}

/**
 * jp_data_reader_free:
 * @self: (nullable) (transfer full): a reader
 *
 * Frees the reader; texts it returned are gone with it.
 */
void
jp_data_reader_free (JpDataReader *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_levels; i++)
    g_clear_pointer (&self->levels[i].seen, g_hash_table_unref);

  g_clear_error (&self->error);
  g_string_free (self->path, TRUE);
  json_node_unref (self->root);
  g_bytes_unref (self->bytes);
  g_free (self->file_name);
  g_free (self);
}

/**
 * jp_data_reader_is_ok:
 * @self: a reader
 *
 * Returns: %TRUE while no error has been found
 */
gboolean
jp_data_reader_is_ok (JpDataReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->error == NULL;
}

/* Adds a member to the path for the time of a message. */
static void
set_error_at (JpDataReader *self, const char *member, int code, const char *message)
{
  if (self->error != NULL)
    return;

  g_autoptr (GString) path = g_string_new (self->path->str);

  if (member != NULL)
    {
      if (path->len > 0)
        g_string_append_c (path, '.');
      g_string_append (path, member);
    }

  guint line = jp_data_line_find (self->bytes, path->str);

  self->error = g_error_new (JP_MODEL_ERROR, code, "%s:%u: %s%s%s", self->file_name, line,
                             path->str, path->len > 0 ? ": " : "", message);
}

/**
 * jp_data_reader_fail:
 * @self: a reader
 * @member: (nullable): the member that is wrong, or %NULL for the object itself
 * @code: a [error@Jp.ModelError]
 * @format: what is wrong
 * @...: arguments of @format
 *
 * Records a mistake that the reader cannot see by itself. Only the first one counts.
 */
void
jp_data_reader_fail (JpDataReader *self, const char *member, int code, const char *format, ...)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (format != NULL);

  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  set_error_at (self, member, code, message);
}

static void
check_all_read (JpDataReader *self)
{
  Level         *level = get_level (self);
  JsonObjectIter iter;
  const char    *name = NULL;

  if (self->error != NULL || level->object == NULL)
    return;

  json_object_iter_init_ordered (&iter, level->object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (!g_hash_table_contains (level->seen, name))
        {
          set_error_at (self, name, JP_MODEL_ERROR_INVALID, "there is no member of this name");
          return;
        }
    }
}

/**
 * jp_data_reader_finish:
 * @self: a reader that stands in the outermost object
 * @error: return location for a [error@Jp.ModelError]
 *
 * Ends the reading. Call it once, last.
 *
 * Returns: %TRUE, or %FALSE with the first mistake that was found
 */
gboolean
jp_data_reader_finish (JpDataReader *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->error == NULL)
    {
      g_assert (self->n_levels == 1);
      check_all_read (self);
    }

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));

  return FALSE;
}

/* Marks the member as read; NULL if it is absent, null, or if reading has failed already. */
static JsonNode *
see_member (JpDataReader *self, const char *member)
{
  Level *level = get_level (self);

  if (self->error != NULL || level->object == NULL)
    return NULL;

  g_hash_table_add (level->seen, g_strdup (member));

  JsonNode *node = json_object_get_member (level->object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static JsonNode *
need_member (JpDataReader *self, const char *member)
{
  JsonNode *node = see_member (self, member);

  if (node == NULL && self->error == NULL)
    set_error_at (self, member, JP_MODEL_ERROR_MISSING, "this member is needed");

  return node;
}

static void
take_base_error (JpDataReader *self, const char *member, GError *base_error)
{
  g_assert (base_error != NULL);

  set_error_at (self, member, JP_MODEL_ERROR_INVALID, base_error->message);
}

/**
 * jp_data_reader_has:
 * @self: a reader
 * @member: a member
 *
 * Does not count as reading it.
 *
 * Returns: %TRUE if the member is there and not null
 */
gboolean
jp_data_reader_has (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  Level    *level = get_level (self);
  JsonNode *node = level->object != NULL ? json_object_get_member (level->object, member) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static void
append_to_path (JpDataReader *self, const char *member)
{
  if (self->path->len > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, member);
}

static gboolean
enter_object (JpDataReader *self, const char *member, JsonNode *node)
{
  if (node == NULL)
    return FALSE;

  g_autoptr (GError) base_error = NULL;
  JsonObject *object = jp_json_as_object (node, &base_error);

  if (object == NULL)
    {
      take_base_error (self, member, base_error);
      return FALSE;
    }

  gsize path_length = self->path->len;

  append_to_path (self, member);
  push_level (self, object, NULL, path_length);

  return TRUE;
}

/**
 * jp_data_reader_enter:
 * @self: a reader
 * @member: a member that must be an object
 *
 * Returns: %TRUE if the reader now stands in the object: jp_data_reader_leave() must follow
 */
gboolean
jp_data_reader_enter (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  return enter_object (self, member, need_member (self, member));
}

/**
 * jp_data_reader_enter_if:
 * @self: a reader
 * @member: a member that may be absent or null
 *
 * Returns: %TRUE if the reader now stands in the object: jp_data_reader_leave() must follow
 */
gboolean
jp_data_reader_enter_if (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  return enter_object (self, member, see_member (self, member));
}

/**
 * jp_data_reader_enter_list:
 * @self: a reader
 * @member: a member that is a list; absent counts as empty
 * @min: least number of elements
 * @max: greatest number of elements
 *
 * Stands in the list unless 0 is returned; jp_data_reader_leave() must follow then.
 *
 * Returns: the number of elements; 0 if there are none or if there is an error
 */
guint
jp_data_reader_enter_list (JpDataReader *self, const char *member, guint min, guint max)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (member != NULL, 0);
  g_return_val_if_fail (min <= max, 0);

  JsonNode *node = min > 0 ? need_member (self, member) : see_member (self, member);

  if (node == NULL)
    return 0;

  g_autoptr (GError) base_error = NULL;
  JsonArray *array = jp_json_as_array (node, &base_error);

  if (array == NULL)
    {
      take_base_error (self, member, base_error);
      return 0;
    }

  guint n_elements = json_array_get_length (array);

  if (n_elements < min || n_elements > max)
    {
      jp_data_reader_fail (self, member, JP_MODEL_ERROR_RANGE, "has %u elements, not %u to %u",
                           n_elements, min, max);
      return 0;
    }
  if (n_elements == 0)
    return 0;

  gsize path_length = self->path->len;

  append_to_path (self, member);
  push_level (self, NULL, array, path_length);

  return n_elements;
}

/**
 * jp_data_reader_enter_element:
 * @self: a reader that stands in a list
 * @index: which element, from 0; it must be an object
 *
 * Returns: %TRUE if the reader now stands in the element: jp_data_reader_leave() must follow
 */
gboolean
jp_data_reader_enter_element (JpDataReader *self, guint index)
{
  g_return_val_if_fail (self != NULL, FALSE);

  Level *level = get_level (self);

  if (self->error != NULL)
    return FALSE;

  g_return_val_if_fail (level->array != NULL, FALSE);

  g_autoptr (GError) base_error = NULL;
  gsize path_length = self->path->len;

  g_string_append_printf (self->path, "[%u]", index);

  JsonObject *object = jp_json_element_object (level->array, index, &base_error);

  if (object == NULL)
    {
      take_base_error (self, NULL, base_error);
      return FALSE;
    }

  push_level (self, object, NULL, path_length);

  return TRUE;
}

/**
 * jp_data_reader_leave:
 * @self: a reader
 *
 * Goes back to where the matching enter function was called; a member of the object that nobody
 * has read is an error.
 */
void
jp_data_reader_leave (JpDataReader *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_levels > 1);

  Level *level = get_level (self);

  check_all_read (self);
  g_clear_pointer (&level->seen, g_hash_table_unref);
  g_string_truncate (self->path, level->path_length);
  self->n_levels--;
}

/**
 * jp_data_reader_text_if:
 * @self: a reader
 * @member: a member that may be absent or null
 *
 * Returns: (nullable): the text, borrowed from the reader; %NULL if absent or after an error
 */
const char *
jp_data_reader_text_if (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  JsonNode *node = see_member (self, member);

  if (node == NULL)
    return NULL;

  g_autoptr (GError) base_error = NULL;
  const char *text = NULL;

  if (!jp_json_as_text (node, JP_DATA_READER_MAX_TEXT_BYTES, &text, &base_error))
    {
      take_base_error (self, member, base_error);
      return NULL;
    }
  if (text[0] == '\0')
    {
      set_error_at (self, member, JP_MODEL_ERROR_INVALID,
                    "an empty text says nothing: leave it out");
      return NULL;
    }

  return text;
}

/**
 * jp_data_reader_text:
 * @self: a reader
 * @member: a member that must be there
 *
 * Returns: the text, borrowed from the reader; empty after an error
 */
const char *
jp_data_reader_text (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (member != NULL, "");

  const char *text =
    need_member (self, member) != NULL ? jp_data_reader_text_if (self, member) : NULL;

  return text != NULL ? text : "";
}

static void
fail_element (JpDataReader *self, guint index, GError *base_error)
{
  gsize path_length = self->path->len;

  g_string_append_printf (self->path, "[%u]", index);
  take_base_error (self, NULL, base_error);
  g_string_truncate (self->path, path_length);
}

/**
 * jp_data_reader_texts_if:
 * @self: a reader
 * @member: a list of texts, which may be absent
 * @max: greatest number of texts
 *
 * Returns: (transfer full): the texts; empty if absent or after an error
 */
GStrv
jp_data_reader_texts_if (JpDataReader *self, const char *member, guint max)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_texts = jp_data_reader_enter_list (self, member, 0, max);

  for (guint i = 0; i < n_texts; i++)
    {
      g_autoptr (GError) base_error = NULL;
      const char *text = NULL;

      if (jp_json_as_text (json_array_get_element (get_level (self)->array, i),
                           JP_DATA_READER_MAX_TEXT_BYTES, &text, &base_error))
        g_strv_builder_add (builder, text);
      else
        fail_element (self, i, base_error);
    }

  if (n_texts > 0)
    jp_data_reader_leave (self);

  return g_strv_builder_end (builder);
}

/**
 * jp_data_reader_integer_if:
 * @self: a reader
 * @member: a member that may be absent or null
 * @min: least value
 * @max: greatest value
 * @out_integer: (out): the number; untouched unless %TRUE is returned
 *
 * Returns: %TRUE if there is a number in range
 */
gboolean
jp_data_reader_integer_if (JpDataReader *self,
                           const char   *member,
                           gint64        min,
                           gint64        max,
                           gint64       *out_integer)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);
  g_return_val_if_fail (out_integer != NULL, FALSE);

  JsonNode *node = see_member (self, member);

  if (node == NULL)
    return FALSE;

  g_autoptr (GError) base_error = NULL;

  if (jp_json_as_integer (node, min, max, out_integer, &base_error))
    return TRUE;

  take_base_error (self, member, base_error);

  return FALSE;
}

/**
 * jp_data_reader_integer:
 * @self: a reader
 * @member: a member that must be there
 * @min: least value
 * @max: greatest value
 *
 * Returns: the number; @min after an error
 */
gint64
jp_data_reader_integer (JpDataReader *self, const char *member, gint64 min, gint64 max)
{
  gint64 value = min;

  g_return_val_if_fail (self != NULL, min);
  g_return_val_if_fail (member != NULL, min);

  if (need_member (self, member) != NULL)
    jp_data_reader_integer_if (self, member, min, max, &value);

  return value;
}

/**
 * jp_data_reader_integers_if:
 * @self: a reader
 * @member: a list of whole numbers, which may be absent
 * @min: least value of each
 * @max: greatest value of each
 * @out_integers: (array length=n_max) (out caller-allocates): the numbers
 * @n_max: greatest number of numbers
 *
 * Returns: how many there are; 0 if absent or after an error
 */
guint
jp_data_reader_integers_if (JpDataReader *self,
                            const char   *member,
                            gint64        min,
                            gint64        max,
                            gint64       *out_integers,
                            guint         n_max)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (member != NULL, 0);
  g_return_val_if_fail (out_integers != NULL, 0);

  guint n_integers = jp_data_reader_enter_list (self, member, 0, n_max);

  for (guint i = 0; i < n_integers; i++)
    {
      g_autoptr (GError) base_error = NULL;

      if (!jp_json_as_integer (json_array_get_element (get_level (self)->array, i), min, max,
                               &out_integers[i], &base_error))
        fail_element (self, i, base_error);
    }

  if (n_integers > 0)
    jp_data_reader_leave (self);

  return self->error == NULL ? n_integers : 0;
}

/**
 * jp_data_reader_boolean_if:
 * @self: a reader
 * @member: a member that may be absent or null
 * @fallback: what its absence means
 *
 * Returns: the value, or @fallback
 */
gboolean
jp_data_reader_boolean_if (JpDataReader *self, const char *member, gboolean fallback)
{
  gboolean value = fallback;

  g_return_val_if_fail (self != NULL, fallback);
  g_return_val_if_fail (member != NULL, fallback);

  JsonNode *node = see_member (self, member);

  if (node == NULL)
    return fallback;

  g_autoptr (GError) base_error = NULL;

  if (!jp_json_as_boolean (node, &value, &base_error))
    take_base_error (self, member, base_error);

  return value;
}

/**
 * jp_data_reader_date_if:
 * @self: a reader
 * @member: a member that may be absent or null: a date like `2022-04-01`
 *
 * Returns: the date; %JP_DATE_NONE if absent or after an error
 */
JpDate
jp_data_reader_date_if (JpDataReader *self, const char *member)
{
  const char *text = jp_data_reader_text_if (self, member);
  g_autoptr (GError) base_error = NULL;
  JpDate date = JP_DATE_NONE;

  if (text != NULL && !jp_date_parse (text, &date, &base_error))
    take_base_error (self, member, base_error);

  return date;
}

/**
 * jp_data_reader_date:
 * @self: a reader
 * @member: a member that must be there: a date like `2022-04-01`
 *
 * Returns: the date; %JP_DATE_NONE after an error
 */
JpDate
jp_data_reader_date (JpDataReader *self, const char *member)
{
  g_return_val_if_fail (self != NULL, JP_DATE_NONE);
  g_return_val_if_fail (member != NULL, JP_DATE_NONE);

  return need_member (self, member) != NULL ? jp_data_reader_date_if (self, member) : JP_DATE_NONE;
}

/**
 * jp_data_reader_choice_if:
 * @self: a reader
 * @member: a member that may be absent or null
 * @names: (array zero-terminated=1): the values it may have
 * @fallback: what its absence means
 *
 * Returns: the index of its value in @names; @fallback if absent, 0 after an error
 */
int
jp_data_reader_choice_if (JpDataReader      *self,
                          const char        *member,
                          const char *const *names,
                          int                fallback)
{
  g_return_val_if_fail (names != NULL, fallback);

  const char *text = jp_data_reader_text_if (self, member);

  if (text == NULL)
    return self->error == NULL ? fallback : 0;

  for (int i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], text))
        return i;
    }

  g_autofree char *all = g_strjoinv (", ", (GStrv)names);

  jp_data_reader_fail (self, member, JP_MODEL_ERROR_INVALID, "must be one of: %s", all);

  return 0;
}

/**
 * jp_data_reader_choice:
 * @self: a reader
 * @member: a member that must be there
 * @names: (array zero-terminated=1): the values it may have
 *
 * Returns: the index of its value in @names; 0 after an error
 */
int
jp_data_reader_choice (JpDataReader *self, const char *member, const char *const *names)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (member != NULL, 0);

  return need_member (self, member) != NULL ? jp_data_reader_choice_if (self, member, names, 0) : 0;
}

/**
 * jp_data_reader_dup_digest:
 * @self: a reader
 *
 * The digest does not depend on white space: it is taken of the compact form of the file.
 *
 * Returns: (transfer full): SHA-256 in 64 lower-case hexadecimal digits
 */
char *
jp_data_reader_dup_digest (JpDataReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GBytes) compact = jp_json_to_bytes (self->root);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, compact);
}
