/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-push.h"

#include "jp-cursor.h"

#define CHAIN_HEX_LENGTH (2 * JP_SEAL_HASH_BYTES)

static void
item_free (gpointer data)
{
  JpPushItem *item = data;

  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_pointer (&item->op, jp_op_free);
  g_free (item->problem);
  g_free (item);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPushItem, item_free)

/**
 * jp_push_request_new:
 * @station: the station
 * @epoch: what it knows of the platform's database, "" on first contact
 * @after: cursor of the stream, "" from the beginning
 *
 * Returns: (transfer full): a request without operations
 */
JpPushRequest *
jp_push_request_new (const JpId *station, const char *epoch, const char *after)
{
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (epoch != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  JpPushRequest *self = g_new0 (JpPushRequest, 1);

  self->station = *station;
  self->epoch = g_strdup (epoch);
  self->after = g_strdup (after);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

/**
 * jp_push_request_add:
 * @self: a request
 * @op: (transfer full): the next operation
 * @chain: the hash chain up to and with it
 */
void
jp_push_request_add (JpPushRequest *self, JpOp *op, const guint8 chain[JP_SEAL_HASH_BYTES])
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (op != NULL);

  JpPushItem *item = g_new0 (JpPushItem, 1);

  item->n = op->n;
  item->id = op->id;
  memcpy (item->chain, chain, sizeof item->chain);
  item->bytes = jp_op_to_bytes (op);
  item->op = op;
  g_ptr_array_add (self->items, item);
}

/**
 * jp_push_request_free:
 * @self: (nullable) (transfer full): a request
 */
void
jp_push_request_free (JpPushRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->after);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
write_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
write_item (JsonBuilder *builder, const JpPushItem *item)
{
  g_autofree char *hex = jp_hash_to_hex (item->chain, sizeof item->chain);

  json_builder_begin_object (builder);
  write_text (builder, "chain", hex);
  json_builder_set_member_name (builder, "op");
  jp_op_write (builder, item->op);
  json_builder_end_object (builder);
}

/**
 * jp_push_request_to_bytes:
 * @self: a request made by jp_push_request_new()
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
jp_push_request_to_bytes (JpPushRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JpIdText text;

  json_builder_begin_object (builder);
  write_text (builder, "station", jp_id_to_text (&self->station, text));
  write_text (builder, "epoch", self->epoch);
  write_text (builder, "after", self->after);
  json_builder_set_member_name (builder, "ops");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->items->len; i++)
    write_item (builder, g_ptr_array_index (self->items, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

static gboolean
read_id (JsonObject *object, const char *member, JpId *out_id, GError **error)
{
  const char *text = NULL;

  return jp_json_get_text (object, member, JP_ID_TEXT_LENGTH, &text, error) &&
         jp_id_parse (text, out_id, error);
}

static gboolean
read_chain (JsonObject *object, JpPushItem *item, GError **error)
{
  const char *hex = NULL;

  return jp_json_get_text (object, "chain", CHAIN_HEX_LENGTH, &hex, error) &&
         jp_hash_from_hex (hex, item->chain, sizeof item->chain, error);
}

/* What makes the place of an operation must be there; what is wrong with the rest of it is told by
 * its verdict. */
static JpPushItem *
read_item (JsonObject *object, GError **error)
{
  g_autoptr (JpPushItem) item = g_new0 (JpPushItem, 1);
  g_autoptr (GError) op_error = NULL;
  JsonObject *op = jp_json_get_object (object, "op", error);

  if (op == NULL || !read_chain (object, item, error) ||
      !jp_json_get_integer (op, "n", 1, JP_JSON_INTEGER_MAX, &item->n, error) ||
      !read_id (op, "op", &item->id, error))
    return NULL;

  item->bytes = jp_json_to_bytes (json_object_get_member (object, "op"));
  item->op = jp_op_from_object (op, &op_error);
  if (item->op == NULL)
    {
      item->problem = g_strdup (op_error->message);
      item->too_new = g_error_matches (op_error, JP_WIRE_ERROR, JP_WIRE_ERROR_TOO_NEW);
    }
  return g_steal_pointer (&item);
}

/**
 * jp_push_request_from_bytes:
 * @bytes: the body of a request
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the request, or %NULL with an error
 */
JpPushRequest *
jp_push_request_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *epoch = NULL;
  const char *after = NULL;
  JsonArray  *ops = NULL;
  JpId        station;

  if (object == NULL || !read_id (object, "station", &station, error) ||
      !jp_json_get_text (object, "epoch", JP_CURSOR_MAX_BYTES, &epoch, error) ||
      !jp_json_get_text (object, "after", JP_CURSOR_MAX_BYTES, &after, error))
    return NULL;
  ops = jp_json_get_array (object, "ops", JP_PUSH_MAX_OPS, error);
  if (ops == NULL)
    return NULL;

  g_autoptr (JpPushRequest) self = jp_push_request_new (&station, epoch, after);

  for (guint i = 0; i < json_array_get_length (ops); i++)
    {
      JsonObject *element = jp_json_element_object (ops, i, error);
      JpPushItem *item = element != NULL ? read_item (element, error) : NULL;

      if (item == NULL)
        {
          g_prefix_error (error, "operation %u: ", i);
          return NULL;
        }
      g_ptr_array_add (self->items, item);
    }

  return g_steal_pointer (&self);
}

/**
 * jp_push_response_new:
 * @epoch: of the platform's database
 * @now_us: the platform's clock
 *
 * Returns: (transfer full): an answer without verdicts and without a page
 */
JpPushResponse *
jp_push_response_new (const char *epoch, gint64 now_us)
{
  g_return_val_if_fail (epoch != NULL, NULL);

  JpPushResponse *self = g_new0 (JpPushResponse, 1);

  self->epoch = g_strdup (epoch);
  self->now_us = now_us;
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_verdict_free);
  return self;
}

/**
 * jp_push_response_free:
 * @self: (nullable) (transfer full): an answer
 */
void
jp_push_response_free (JpPushResponse *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_ptr_array_unref (self->verdicts);
  g_clear_pointer (&self->feed, jp_page_feed_free);
  g_free (self);
}

/**
 * jp_push_response_to_bytes:
 * @self: an answer with a page
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
jp_push_response_to_bytes (JpPushResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->feed != NULL, NULL);

  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "epoch");
  jp_json_writer_add_text (writer, self->epoch);
  jp_json_writer_name (writer, "now");
  jp_json_writer_add_integer (writer, self->now_us);
  jp_json_writer_name (writer, "acked_n");
  jp_json_writer_add_integer (writer, self->acked_n);
  jp_json_writer_name (writer, "durable_through");
  jp_json_writer_add_integer (writer, self->durable_through);
  jp_json_writer_name (writer, "verdicts");
  jp_json_writer_begin_array (writer);
  for (guint i = 0; i < self->verdicts->len; i++)
    jp_verdict_write (writer, g_ptr_array_index (self->verdicts, i));
  jp_json_writer_end_array (writer);
  jp_json_writer_name (writer, "feed");
  jp_page_feed_write (writer, self->feed);
  jp_json_writer_end_object (writer);
  return jp_json_writer_end (writer);
}

static gboolean
read_verdicts (JsonArray *verdicts, JpPushResponse *self, GError **error)
{
  for (guint i = 0; i < json_array_get_length (verdicts); i++)
    {
      JsonObject *element = jp_json_element_object (verdicts, i, error);
      JpVerdict  *verdict = element != NULL ? jp_verdict_read (element, error) : NULL;

      if (verdict == NULL)
        {
          g_prefix_error (error, "verdict %u: ", i);
          return FALSE;
        }
      g_ptr_array_add (self->verdicts, verdict);
    }

  return TRUE;
}

/**
 * jp_push_response_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
JpPushResponse *
jp_push_response_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *epoch = NULL;

  if (object == NULL || !jp_json_get_text (object, "epoch", JP_CURSOR_MAX_BYTES, &epoch, error))
    return NULL;

  g_autoptr (JpPushResponse) self = jp_push_response_new (epoch, 0);
  JsonArray *verdicts = jp_json_get_array (object, "verdicts", JP_PUSH_MAX_OPS, error);

  if (verdicts == NULL || !read_verdicts (verdicts, self, error) ||
      !jp_json_get_integer (object, "now", 0, JP_JSON_INTEGER_MAX, &self->now_us, error) ||
      !jp_json_get_integer (object, "acked_n", 0, JP_JSON_INTEGER_MAX, &self->acked_n, error) ||
      !jp_json_get_integer (object, "durable_through", 0, JP_JSON_INTEGER_MAX,
                            &self->durable_through, error))
    return NULL;

  JsonObject *feed = jp_json_get_object (object, "feed", error);

  self->feed = feed != NULL ? jp_page_feed_read (feed, error) : NULL;
  return self->feed != NULL ? g_steal_pointer (&self) : NULL;
}
