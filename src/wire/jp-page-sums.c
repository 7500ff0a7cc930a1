/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-sums.h"

#include "jp-cursor.h"
#include "jp-json.h"

#define MAX_NAME_BYTES 64
#define MAX_SUMS       1024

static void
sum_free (gpointer data)
{
  JpPageSum *sum = data;

  g_free (sum->name);
  g_free (sum);
}

/**
 * jp_page_sums_new:
 * @at: cursor of the stream to which they belong
 *
 * Returns: (transfer full): no sums yet
 */
JpPageSums *
jp_page_sums_new (const char *at)
{
  g_return_val_if_fail (at != NULL, NULL);

  JpPageSums *self = g_new0 (JpPageSums, 1);

  self->at = g_strdup (at);
  self->sums = g_ptr_array_new_with_free_func (sum_free);
  return self;
}

/**
 * jp_page_sums_free:
 * @self: (nullable) (transfer full): sums
 */
void
jp_page_sums_free (JpPageSums *self)
{
  if (self == NULL)
    return;

  g_free (self->at);
  g_ptr_array_unref (self->sums);
  g_free (self);
}

/**
 * jp_page_sums_add:
 * @self: sums
 * @name: of a table, or of a part
 * @n_rows: how many rows
 * @sum: their sum
 */
void
jp_page_sums_add (JpPageSums *self, const char *name, gint64 n_rows, gint64 sum)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  JpPageSum *added = g_new0 (JpPageSum, 1);

  added->name = g_strdup (name);
  added->n_rows = n_rows;
  added->sum = sum;
  g_ptr_array_add (self->sums, added);
}

/**
 * jp_page_sums_find:
 * @self: sums
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the sum of that name
 */
const JpPageSum *
jp_page_sums_find (const JpPageSums *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->sums->len; i++)
    {
      const JpPageSum *sum = g_ptr_array_index (self->sums, i);

      if (strcmp (sum->name, name) == 0)
        return sum;
    }
  return NULL;
}

/* What is left out has no rows. */
static const char *
find_in (const JpPageSums *a, const JpPageSums *b)
{
  for (guint i = 0; i < a->sums->len; i++)
    {
      const JpPageSum *sum = g_ptr_array_index (a->sums, i);
      const JpPageSum *other = jp_page_sums_find (b, sum->name);

      if ((other != NULL ? other->n_rows : 0) != sum->n_rows ||
          (other != NULL ? other->sum : 0) != sum->sum)
        return sum->name;
    }
  return NULL;
}

/**
 * jp_page_sums_find_difference:
 * @a: sums
 * @b: sums
 *
 * Returns: (transfer none) (nullable): the first name with different sums, %NULL if all are alike
 */
const char *
jp_page_sums_find_difference (const JpPageSums *a, const JpPageSums *b)
{
  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  const char *name = find_in (a, b);

  return name != NULL ? name : find_in (b, a);
}

/**
 * jp_page_sums_to_bytes:
 * @self: sums
 *
 * Returns: (transfer full): their JSON
 */
GBytes *
jp_page_sums_to_bytes (JpPageSums *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "at");
  json_builder_add_string_value (builder, self->at);
  json_builder_set_member_name (builder, "sums");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->sums->len; i++)
    {
      const JpPageSum *sum = g_ptr_array_index (self->sums, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, sum->name);
      json_builder_set_member_name (builder, "n");
      json_builder_add_int_value (builder, sum->n_rows);
      json_builder_set_member_name (builder, "sum");
      json_builder_add_int_value (builder, sum->sum);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

static gboolean
read_sum (JsonObject *object, JpPageSums *self, GError **error)
{
  const char *name = NULL;
  gint64      n_rows = 0;
  gint64      sum = 0;

  if (!jp_json_get_text (object, "name", MAX_NAME_BYTES, &name, error) ||
      !jp_json_get_integer (object, "n", 0, JP_JSON_INTEGER_MAX, &n_rows, error) ||
      !jp_json_get_integer (object, "sum", 0, JP_DIGEST_MASK, &sum, error))
    return FALSE;
  jp_page_sums_add (self, name, n_rows, sum);
  return TRUE;
}

/**
 * jp_page_sums_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the sums, or %NULL with an error
 */
JpPageSums *
jp_page_sums_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *at = NULL;
  JsonArray  *sums = NULL;

  if (object == NULL || !jp_json_get_text (object, "at", JP_CURSOR_MAX_BYTES, &at, error))
    return NULL;
  sums = jp_json_get_array (object, "sums", MAX_SUMS, error);
  if (sums == NULL)
    return NULL;

  g_autoptr (JpPageSums) self = jp_page_sums_new (at);

  for (guint i = 0; i < json_array_get_length (sums); i++)
    {
      JsonObject *element = jp_json_element_object (sums, i, error);

      if (element == NULL || !read_sum (element, self, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}
