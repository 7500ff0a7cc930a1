/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-feed.h"

#include "jp-cursor.h"
#include "jp-digest.h"

/* A page ends with the change that it began, which may have as many rows as an operation and the
 * conflicts that it made. */
#define MAX_ROWS_READ (4 * JP_PAGE_FEED_MAX_ROWS)

/**
 * jp_page_feed_new:
 * @epoch: (nullable): of the platform's database; %NULL for a page inside of an answer that has it
 * @now_us: the platform's clock
 *
 * Returns: (transfer full): an empty page without a cursor
 */
JpPageFeed *
jp_page_feed_new (const char *epoch, gint64 now_us)
{
  JpPageFeed *self = g_new0 (JpPageFeed, 1);

  self->epoch = g_strdup (epoch);
  self->now_us = now_us;
  self->sum = -1;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  return self;
}

/**
 * jp_page_feed_free:
 * @self: (nullable) (transfer full): a page
 */
void
jp_page_feed_free (JpPageFeed *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->to);
  g_ptr_array_unref (self->records);
  g_free (self);
}

/**
 * jp_page_feed_write:
 * @writer: a writer that expects a value
 * @self: a page with a cursor
 */
void
jp_page_feed_write (JpJsonWriter *writer, JpPageFeed *self)
{
  g_return_if_fail (writer != NULL);
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->to != NULL);

  jp_json_writer_begin_object (writer);
  if (self->epoch != NULL)
    {
      jp_json_writer_name (writer, "epoch");
      jp_json_writer_add_text (writer, self->epoch);
      jp_json_writer_name (writer, "now");
      jp_json_writer_add_integer (writer, self->now_us);
    }
  jp_json_writer_name (writer, "to");
  jp_json_writer_add_text (writer, self->to);
  jp_json_writer_name (writer, "complete");
  jp_json_writer_add_boolean (writer, self->complete);
  if (self->complete && self->sum >= 0)
    {
      jp_json_writer_name (writer, "sum");
      jp_json_writer_add_integer (writer, self->sum);
    }
  jp_json_writer_name (writer, "rows");
  jp_json_writer_begin_array (writer);
  for (guint i = 0; i < self->records->len; i++)
    jp_wire_record_write (writer, g_ptr_array_index (self->records, i));
  jp_json_writer_end_array (writer);
  jp_json_writer_end_object (writer);
}

static gboolean
read_rows (JsonArray *rows, JpPageFeed *self, GError **error)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      g_autoptr (GError) row_error = NULL;
      JsonObject *object = jp_json_element_object (rows, i, error);
      JpRecord   *record = NULL;

      if (object == NULL)
        return FALSE;

      record = jp_wire_record_read (object, &row_error);
      if (record != NULL)
        g_ptr_array_add (self->records, record);
      else if (g_error_matches (row_error, JP_WIRE_ERROR, JP_WIRE_ERROR_TOO_NEW))
        self->n_unknown++;
      else
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&row_error), "row %u: ", i);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * jp_page_feed_read:
 * @object: a page in JSON
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Rows of kinds that this program does not know are passed over and counted.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageFeed *
jp_page_feed_read (JsonObject *object, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);

  g_autoptr (JpPageFeed) self = jp_page_feed_new (NULL, 0);
  const char *epoch = NULL;
  const char *to = NULL;
  JsonArray  *rows = NULL;

  if (jp_json_has (object, "epoch") &&
      (!jp_json_get_text (object, "epoch", JP_CURSOR_MAX_BYTES, &epoch, error) ||
       !jp_json_get_integer (object, "now", 0, JP_JSON_INTEGER_MAX, &self->now_us, error)))
    return NULL;
  if (!jp_json_get_text (object, "to", JP_CURSOR_MAX_BYTES, &to, error) ||
      !jp_json_get_boolean (object, "complete", &self->complete, error) ||
      (jp_json_has (object, "sum") &&
       !jp_json_get_integer (object, "sum", 0, JP_DIGEST_MASK, &self->sum, error)))
    return NULL;

  rows = jp_json_get_array (object, "rows", MAX_ROWS_READ, error);
  if (rows == NULL || !read_rows (rows, self, error))
    return NULL;

  self->epoch = g_strdup (epoch);
  self->to = g_strdup (to);
  return g_steal_pointer (&self);
}

/**
 * jp_page_feed_to_bytes:
 * @self: a page with a cursor
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
jp_page_feed_to_bytes (JpPageFeed *self)
{
  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_page_feed_write (writer, self);
  return jp_json_writer_end (writer);
}

/**
 * jp_page_feed_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageFeed *
jp_page_feed_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  return object != NULL ? jp_page_feed_read (object, error) : NULL;
}
