/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-ops.h"

#include "jp-cursor.h"

#define CHAIN_HEX_LENGTH (2 * JP_SEAL_HASH_BYTES)

static void
entry_free (gpointer data)
{
  JpPageOpsEntry *entry = data;

  g_clear_pointer (&entry->verdict, jp_verdict_free);
  g_free (entry);
}

/**
 * jp_page_ops_new:
 * @epoch: of the platform's database
 * @now_us: the platform's clock
 *
 * Returns: (transfer full): an empty page
 */
JpPageOps *
jp_page_ops_new (const char *epoch, gint64 now_us)
{
  g_return_val_if_fail (epoch != NULL, NULL);

  JpPageOps *self = g_new0 (JpPageOps, 1);

  self->epoch = g_strdup (epoch);
  self->now_us = now_us;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

/**
 * jp_page_ops_free:
 * @self: (nullable) (transfer full): a page
 */
void
jp_page_ops_free (JpPageOps *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * jp_page_ops_add:
 * @self: a page
 * @id: identity of the business event
 * @chain: the hash chain up to and with it
 * @verdict: (transfer full): what came of it
 */
void
jp_page_ops_add (JpPageOps   *self,
                 const JpId  *id,
                 const guint8 chain[JP_SEAL_HASH_BYTES],
                 JpVerdict   *verdict)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);
  g_return_if_fail (verdict != NULL);

  JpPageOpsEntry *entry = g_new0 (JpPageOpsEntry, 1);

  entry->id = *id;
  memcpy (entry->chain, chain, sizeof entry->chain);
  entry->verdict = verdict;
  g_ptr_array_add (self->entries, entry);
}

static void
write_chain (JpJsonWriter *writer, const guint8 chain[JP_SEAL_HASH_BYTES])
{
  g_autofree char *hex = jp_hash_to_hex (chain, JP_SEAL_HASH_BYTES);

  jp_json_writer_name (writer, "chain");
  jp_json_writer_add_text (writer, hex);
}

static void
write_entry (JpJsonWriter *writer, const JpPageOpsEntry *entry)
{
  JpIdText text;

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "op");
  jp_json_writer_add_text (writer, jp_id_to_text (&entry->id, text));
  write_chain (writer, entry->chain);
  jp_json_writer_name (writer, "verdict");
  jp_verdict_write (writer, entry->verdict);
  jp_json_writer_end_object (writer);
}

/**
 * jp_page_ops_to_bytes:
 * @self: a page
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
jp_page_ops_to_bytes (JpPageOps *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "epoch");
  jp_json_writer_add_text (writer, self->epoch);
  jp_json_writer_name (writer, "now");
  jp_json_writer_add_integer (writer, self->now_us);
  jp_json_writer_name (writer, "acked_n");
  jp_json_writer_add_integer (writer, self->acked_n);
  write_chain (writer, self->chain);
  jp_json_writer_name (writer, "ops");
  jp_json_writer_begin_array (writer);
  for (guint i = 0; i < self->entries->len; i++)
    write_entry (writer, g_ptr_array_index (self->entries, i));
  jp_json_writer_end_array (writer);
  jp_json_writer_end_object (writer);
  return jp_json_writer_end (writer);
}

static gboolean
read_chain (JsonObject *object, guint8 out_chain[JP_SEAL_HASH_BYTES], GError **error)
{
  const char *hex = NULL;

  return jp_json_get_text (object, "chain", CHAIN_HEX_LENGTH, &hex, error) &&
         jp_hash_from_hex (hex, out_chain, JP_SEAL_HASH_BYTES, error);
}

static gboolean
read_entry (JsonObject *object, JpPageOps *self, GError **error)
{
  guint8      chain[JP_SEAL_HASH_BYTES];
  const char *text = NULL;
  JpId        id;
  JsonObject *verdict_object = NULL;
  JpVerdict  *verdict = NULL;

  if (!jp_json_get_text (object, "op", JP_ID_TEXT_LENGTH, &text, error) ||
      !jp_id_parse (text, &id, error) || !read_chain (object, chain, error))
    return FALSE;
  verdict_object = jp_json_get_object (object, "verdict", error);
  verdict = verdict_object != NULL ? jp_verdict_read (verdict_object, error) : NULL;
  if (verdict == NULL)
    return FALSE;

  jp_page_ops_add (self, &id, chain, verdict);
  return TRUE;
}

/**
 * jp_page_ops_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageOps *
jp_page_ops_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *epoch = NULL;
  JsonArray  *ops = NULL;

  if (object == NULL || !jp_json_get_text (object, "epoch", JP_CURSOR_MAX_BYTES, &epoch, error))
    return NULL;

  g_autoptr (JpPageOps) self = jp_page_ops_new (epoch, 0);

  if (!jp_json_get_integer (object, "now", 0, JP_JSON_INTEGER_MAX, &self->now_us, error) ||
      !jp_json_get_integer (object, "acked_n", 0, JP_JSON_INTEGER_MAX, &self->acked_n, error) ||
      !read_chain (object, self->chain, error))
    return NULL;
  ops = jp_json_get_array (object, "ops", JP_PAGE_OPS_MAX, error);
  for (guint i = 0; ops != NULL && i < json_array_get_length (ops); i++)
    {
      JsonObject *element = jp_json_element_object (ops, i, error);

      if (element == NULL || !read_entry (element, self, error))
        {
          g_prefix_error (error, "operation %u: ", i);
          return NULL;
        }
    }
  return ops != NULL ? g_steal_pointer (&self) : NULL;
}
