/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-log.h"

/**
 * jp_platform_log_entry_clear:
 * @self: an entry
 */
void
jp_platform_log_entry_clear (JpPlatformLogEntry *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->verdict, g_free);
}

/* One step towards the root; none if the operation is the station's own. */
static gboolean
read_parent (JpPlatformStore *store,
             const JpId      *station,
             gint64           n,
             JpId            *out_parent,
             GError         **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT parent FROM station WHERE id = :id AND branch_n >= :n", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", station);
  jp_statement_bind_integer (statement, ":n", n);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row || !jp_statement_get_id (statement, 0, out_parent))
    *out_parent = JP_ID_NONE;
  return TRUE;
}

/* Under whose number the operation came: the station's own, or that of whom it branched off from.
 */
static gboolean
find_author (JpPlatformStore *store,
             const JpId      *station,
             gint64           n,
             JpId            *out_author,
             GError         **error)
{
  JpId parent = *station;

  for (guint i = 0; i <= JP_PLATFORM_STATION_MAX_NO; i++)
    {
      *out_author = parent;
      if (!read_parent (store, out_author, n, &parent, error))
        return FALSE;
      if (jp_id_is_none (&parent))
        return TRUE;
    }

  g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "stations branch off in a circle");
  return FALSE;
}

/**
 * jp_platform_log_read:
 * @store: a store
 * @station: a station
 * @n: number of one of its operations
 * @out_entry: (out): what the log says; clear it afterwards
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the log could be read
 */
gboolean
jp_platform_log_read (JpPlatformStore    *store,
                      const JpId         *station,
                      gint64              n,
                      JpPlatformLogEntry *out_entry,
                      GError            **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);
  g_return_val_if_fail (out_entry != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT ifnull (op_id, twin), chain, verdict FROM op_log"
                   " WHERE station = :station AND n = :n",
                   error);
  JpId     author;
  gsize    length_bytes = 0;
  gboolean row = FALSE;

  *out_entry = (JpPlatformLogEntry){ 0 };
  if (statement == NULL || !find_author (store, station, n, &author, error))
    return FALSE;
  jp_statement_bind_id (statement, ":station", &author);
  jp_statement_bind_integer (statement, ":n", n);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  gconstpointer chain = jp_statement_get_blob (statement, 1, &length_bytes);

  if (length_bytes != JP_SEAL_HASH_BYTES || !jp_statement_get_id (statement, 0, &out_entry->id))
    {
      g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_INVALID,
                           "an entry of the log is malformed");
      return FALSE;
    }
  memcpy (out_entry->chain, chain, JP_SEAL_HASH_BYTES);
  out_entry->verdict = g_strdup (jp_statement_get_text (statement, 2));
  return TRUE;
}

/**
 * jp_platform_log_parse_verdict:
 * @text: the verdict of an entry
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the verdict, or %NULL with an error
 */
JpVerdict *
jp_platform_log_parse_verdict (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (JsonNode) node = jp_json_parse_text (text, error);
  JsonObject *object = node != NULL ? jp_json_as_object (node, error) : NULL;

  return object != NULL ? jp_verdict_read (object, error) : NULL;
}

/**
 * jp_platform_log_read_page:
 * @store: a store
 * @station: a station
 * @from_n: number of the first operation wanted, from 1
 * @limit: at most so many, 1 … 500
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: (transfer full): what the platform has of the station's operations, or %NULL
 */
JpPageOps *
jp_platform_log_read_page (JpPlatformStore         *store,
                           const JpPlatformStation *station,
                           gint64                   from_n,
                           guint                    limit,
                           GError                 **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (from_n >= 1, NULL);
  g_return_val_if_fail (limit >= 1 && limit <= JP_PAGE_OPS_MAX, NULL);

  g_autoptr (JpPageOps) page =
    jp_page_ops_new (jp_platform_store_get_epoch (store),
                     jp_clock_now_us (jp_platform_store_get_clock (store)));

  page->acked_n = station->acked_n;
  memcpy (page->chain, station->chain, sizeof page->chain);
  for (gint64 n = from_n; n <= station->acked_n && page->entries->len < limit; n++)
    {
      g_auto (JpPlatformLogEntry) entry = { 0 };
      JpVerdict *verdict = NULL;

      if (!jp_platform_log_read (store, &station->id, n, &entry, error))
        return NULL;
      if (entry.verdict == NULL)
        break;
      verdict = jp_platform_log_parse_verdict (entry.verdict, error);
      if (verdict == NULL)
        return NULL;
      jp_page_ops_add (page, &entry.id, entry.chain, verdict);
    }
  return g_steal_pointer (&page);
}
