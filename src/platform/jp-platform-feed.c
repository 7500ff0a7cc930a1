/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-feed.h"
#include "jp-platform-store-private.h"

#include "jp-cursor.h"

/**
 * jp_platform_feed_parse_cursor:
 * @store: a store
 * @school: the school that shows the cursor
 * @cursor: (nullable): the cursor; %NULL or "" is the beginning
 * @out_seq: (out): its place in the stream
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID` if it is none,
 *   `JP_PLATFORM_ERROR_EPOCH_CHANGED` if it is of another epoch or from a future of ours, or
 *   `JP_PLATFORM_ERROR_RESYNC` if it cannot be served any more
 */
gboolean
jp_platform_feed_parse_cursor (JpPlatformStore *store,
                               const JpId      *school,
                               const char      *cursor,
                               gint64          *out_seq,
                               GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_seq != NULL, FALSE);

  g_autofree char *epoch = NULL;
  JpPlatformTenant tenant = { 0 };
  gint64           seq = 0;

  if (cursor != NULL && *cursor != '\0' && !jp_cursor_parse (cursor, &epoch, &seq, NULL))
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "not a cursor");
      return FALSE;
    }
  if (epoch != NULL && strcmp (epoch, jp_platform_store_get_epoch (store)) != 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_EPOCH_CHANGED,
                           "the cursor is of another epoch");
      return FALSE;
    }
  if (!jp_platform_store_get_tenant (store, school, &tenant, error))
    return FALSE;
  if (seq > tenant.seq && !jp_platform_store_notice_past (store, error))
    return FALSE;
  if (seq < tenant.min_seq || seq > tenant.seq)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_RESYNC,
                           "the stream does not reach the cursor");
      return FALSE;
    }

  *out_seq = seq;
  return TRUE;
}

static JpRecord *
read_entry (JpPlatformStore *store, JpStatement *entry, GError **error)
{
  JpKind kind = (JpKind)jp_statement_get_integer (entry, 1);
  JpId   id;

  if (!jp_statement_get_id (entry, 2, &id) || kind <= JP_KIND_NONE || kind > JP_KIND_LAST)
    {
      g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_INVALID,
                           "an entry of the stream is malformed");
      return NULL;
    }
  return jp_record_table_get (jp_platform_store_get_db (store), jp_platform_store_get_key (store),
                              kind, &id, error);
}

/* Ends where a change ends, so that what belongs together arrives together. */
static gboolean
collect_page (JpPlatformStore *store,
              JpStatement     *entries,
              guint            limit,
              JpPageFeed      *page,
              gint64          *inout_seq,
              GError         **error)
{
  gsize    n_bytes = 0;
  gboolean row = FALSE;

  while (TRUE)
    {
      if (!jp_statement_step (entries, &row, error))
        return FALSE;
      if (!row)
        {
          page->complete = TRUE;
          return TRUE;
        }

      gint64   seq = jp_statement_get_integer (entries, 0);
      gboolean full = page->records->len >= limit || n_bytes >= JP_PLATFORM_FEED_MAX_BYTES;

      if (full && seq != *inout_seq)
        return TRUE;

      JpRecord *record = read_entry (store, entries, error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (page->records, record);
      n_bytes += jp_platform_store_estimate_bytes (record);
      *inout_seq = seq;
    }
}

/**
 * jp_platform_feed_read_page:
 * @store: a store
 * @school: a school
 * @after: place in the stream, from jp_platform_feed_parse_cursor()
 * @limit: after how many rows the page ends, at the end of a change; 1 … 2000
 * @error: return location for a [error@Jp.DbError]
 *
 * Reads what changed after a place in the stream, in the order of the changes.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageFeed *
jp_platform_feed_read_page (JpPlatformStore *store,
                            const JpId      *school,
                            gint64           after,
                            guint            limit,
                            GError         **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);
  g_return_val_if_fail (limit >= 1 && limit <= JP_PAGE_FEED_MAX_ROWS, NULL);

  const char *epoch = jp_platform_store_get_epoch (store);
  g_autoptr (JpPageFeed) page =
    jp_page_feed_new (epoch, jp_clock_now_us (jp_platform_store_get_clock (store)));
  g_autoptr (JpStatement) entries =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT seq, t, id FROM feed WHERE school = :school AND seq > :after"
                   " ORDER BY seq, t, id",
                   error);
  JpPlatformTenant tenant = { 0 };
  gint64           seq = after;

  if (entries == NULL || !jp_platform_store_get_tenant (store, school, &tenant, error))
    return NULL;
  jp_statement_bind_id (entries, ":school", school);
  jp_statement_bind_integer (entries, ":after", after);
  if (!collect_page (store, entries, limit, page, &seq, error))
    return NULL;

  page->to = jp_cursor_to_text (epoch, page->complete ? tenant.seq : seq);
  page->sum = page->complete ? tenant.sum : -1;
  return g_steal_pointer (&page);
}

static gboolean
collect_table (JpPlatformStore *store,
               JpStatement     *rows,
               guint            limit,
               JpPageTable     *page,
               GError         **error)
{
  gsize    n_bytes = 0;
  gboolean row = FALSE;
  gint64   last_rid = 0;

  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (page->records->len >= limit || n_bytes >= JP_PLATFORM_TABLE_MAX_BYTES)
        {
          page->next = last_rid;
          return TRUE;
        }

      JpRecord *record =
        jp_record_table_read (rows, page->kind, jp_platform_store_get_key (store), error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (page->records, record);
      n_bytes += jp_platform_store_estimate_bytes (record);
      last_rid = jp_record_get_head (record)->rid;
    }
}

/**
 * jp_platform_feed_read_table:
 * @store: a store
 * @school: a school
 * @kind: a kind
 * @after_rid: what the page before gave as its next, 0 for the first
 * @limit: how many rows at most, 1 … 5000
 * @error: return location for a [error@Jp.DbError]
 *
 * Reads a page of a table, deleted rows included. What changes between two pages comes in the
 * stream after the cursor of the first.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageTable *
jp_platform_feed_read_table (JpPlatformStore *store,
                             const JpId      *school,
                             JpKind           kind,
                             gint64           after_rid,
                             guint            limit,
                             GError         **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);
  g_return_val_if_fail (limit >= 1 && limit <= JP_PAGE_TABLE_MAX_ROWS, NULL);

  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind),
                 " WHERE school = :school AND rid > :after ORDER BY rid", NULL);
  g_autoptr (JpPageTable) page = jp_page_table_new (kind);
  g_autoptr (JpStatement) rows = jp_db_prepare (jp_platform_store_get_db (store), sql, error);
  const JpId      *owner = jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school;
  JpPlatformTenant tenant = { 0 };

  if (rows == NULL || !jp_platform_store_get_tenant (store, school, &tenant, error))
    return NULL;
  jp_statement_bind_blob (rows, ":school", owner->bytes, JP_ID_BYTES);
  jp_statement_bind_integer (rows, ":after", after_rid);
  if (!collect_table (store, rows, limit, page, error))
    return NULL;

  page->cursor = jp_cursor_to_text (jp_platform_store_get_epoch (store), tenant.seq);
  return g_steal_pointer (&page);
}
