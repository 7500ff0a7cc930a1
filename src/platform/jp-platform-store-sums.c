/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

#include "jp-cursor.h"

/* The sums by which stations compare what they have with what there is (sync.md §3.8). The sum of a
 * school is kept up to date with its rows; those of tables and their parts are computed when a
 * station asks, which it does only if the first one differs. */

typedef struct
{
  gint64 n_rows;
  gint64 sum;
} Tally;

/**
 * jp_platform_store_add_sum:
 * @self: a store with an open transaction
 * @school: a school
 * @sum: what its rows have gained
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether it worked
 */
gboolean
jp_platform_store_add_sum (JpPlatformStore *self, const JpId *school, gint64 sum, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "UPDATE tenant SET digest = (digest + :sum) & :mask WHERE school = :school",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":sum", sum);
  jp_statement_bind_integer (statement, ":mask", JP_DIGEST_MASK);
  jp_statement_bind_id (statement, ":school", school);
  return jp_statement_run (statement, error);
}

static JpStatement *
open_versions (JpPlatformStore *self, const JpId *school, JpKind kind, GError **error)
{
  const JpId      *owner = jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school;
  g_autofree char *sql = g_strconcat ("SELECT id, ver FROM ", jp_kind_get_info (kind)->name,
                                      " WHERE school = :school", NULL);
  JpStatement     *rows = jp_db_prepare (self->db, sql, error);

  if (rows != NULL)
    jp_statement_bind_blob (rows, ":school", owner->bytes, JP_ID_BYTES);
  return rows;
}

/* Adds the rows of a table, all to one tally or each to that of its part. */
static gboolean
tally_table (JpPlatformStore *self,
             const JpId      *school,
             JpKind           kind,
             Tally           *tallies,
             gboolean         by_part,
             GError         **error)
{
  g_autoptr (JpStatement) rows = open_versions (self, school, kind, error);
  gboolean row = FALSE;
  JpId     id;

  if (rows == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!jp_statement_get_id (rows, 0, &id))
        continue;

      Tally *tally = &tallies[by_part ? jp_digest_get_bucket (&id) : 0];

      tally->n_rows++;
      tally->sum =
        jp_digest_add (tally->sum, jp_digest_row (kind, &id, jp_statement_get_integer (rows, 1)));
    }
}

static gboolean
rebuild (JpPlatformStore *self, const JpId *school, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpStatement) statement = NULL;
  Tally tally = { 0 };

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (!tally_table (self, school, kind, &tally, FALSE, error))
      return FALSE;
  if (!jp_platform_store_begin (self, &transaction, error))
    return FALSE;
  statement =
    jp_db_prepare (self->db, "UPDATE tenant SET digest = :sum WHERE school = :school", error);
  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":sum", tally.sum);
  jp_statement_bind_id (statement, ":school", school);
  return jp_statement_run (statement, error) && jp_transaction_commit (&transaction, error);
}

/**
 * jp_platform_store_ensure_sums:
 * @self: a store that is being opened
 * @error: return location for a [error@Jp.DbError]
 *
 * Computes the sums of schools that have none, in a database from before there were any.
 *
 * Returns: whether every school has its sum
 */
gboolean
jp_platform_store_ensure_sums (JpPlatformStore *self, GError **error)
{
  g_autoptr (GArray) schools = g_array_new (FALSE, FALSE, sizeof (JpId));
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "SELECT school FROM tenant WHERE digest IS NULL", error);
  gboolean row = TRUE;
  JpId     school;

  if (statement == NULL)
    return FALSE;
  while (row)
    {
      if (!jp_statement_step (statement, &row, error))
        return FALSE;
      if (row && jp_statement_get_id (statement, 0, &school))
        g_array_append_val (schools, school);
    }
  for (guint i = 0; i < schools->len; i++)
    if (!rebuild (self, &g_array_index (schools, JpId, i), error))
      return FALSE;
  return TRUE;
}

static char *
dup_cursor (JpPlatformStore *self, const JpId *school, GError **error)
{
  JpPlatformTenant tenant = { 0 };

  if (!jp_platform_store_get_tenant (self, school, &tenant, error))
    return NULL;
  return jp_cursor_to_text (self->epoch, tenant.seq);
}

/**
 * jp_platform_store_read_table_sums:
 * @self: a store
 * @school: a school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): the sum of each table that has rows, or %NULL with an error
 */
JpPageSums *
jp_platform_store_read_table_sums (JpPlatformStore *self, const JpId *school, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);

  g_autofree char *at = dup_cursor (self, school, error);
  g_autoptr (JpPageSums) sums = at != NULL ? jp_page_sums_new (at) : NULL;

  for (JpKind kind = JP_KIND_NONE + 1; sums != NULL && kind <= JP_KIND_LAST; kind++)
    {
      Tally tally = { 0 };

      if (!tally_table (self, school, kind, &tally, FALSE, error))
        return NULL;
      if (tally.n_rows > 0)
        jp_page_sums_add (sums, jp_kind_get_info (kind)->name, tally.n_rows, tally.sum);
    }
  return g_steal_pointer (&sums);
}

/**
 * jp_platform_store_read_part_sums:
 * @self: a store
 * @school: a school
 * @kind: a kind
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): the sum of each part of the table that has rows, or %NULL
 */
JpPageSums *
jp_platform_store_read_part_sums (JpPlatformStore *self,
                                  const JpId      *school,
                                  JpKind           kind,
                                  GError         **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);

  Tally            tallies[JP_DIGEST_BUCKETS] = { 0 };
  g_autofree char *at = dup_cursor (self, school, error);
  g_autoptr (JpPageSums) sums = NULL;

  if (at == NULL || !tally_table (self, school, kind, tallies, TRUE, error))
    return NULL;
  sums = jp_page_sums_new (at);
  for (guint i = 0; i < JP_DIGEST_BUCKETS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02x", i);

      if (tallies[i].n_rows > 0)
        jp_page_sums_add (sums, name, tallies[i].n_rows, tallies[i].sum);
    }
  return g_steal_pointer (&sums);
}

static gboolean
collect_part (JpPlatformStore *self,
              JpStatement     *rows,
              JpPageFeed      *page,
              JpKind           kind,
              GError         **error)
{
  gboolean row = FALSE;

  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      JpRecord *record = jp_record_table_read (rows, kind, self->key, error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (page->records, record);
    }
}

/**
 * jp_platform_store_read_part:
 * @self: a store
 * @school: a school
 * @kind: a kind
 * @part: one of its parts
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): all rows of the part, deleted ones too, as a page of the stream; or
 *   %NULL
 */
JpPageFeed *
jp_platform_store_read_part (JpPlatformStore *self,
                             const JpId      *school,
                             JpKind           kind,
                             guint            part,
                             GError         **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);
  g_return_val_if_fail (part < JP_DIGEST_BUCKETS, NULL);

  const JpId      *owner = jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school;
  const guint8     last = (guint8)part;
  g_autofree char *at = dup_cursor (self, school, error);
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind),
                 " WHERE school = :school AND substr (id, 16, 1) = :last ORDER BY rid", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (self->db, sql, error);
  g_autoptr (JpPageFeed) page = jp_page_feed_new (self->epoch, jp_clock_now_us (self->clock));

  if (at == NULL || rows == NULL)
    return NULL;
  jp_statement_bind_blob (rows, ":school", owner->bytes, JP_ID_BYTES);
  jp_statement_bind_blob (rows, ":last", &last, sizeof last);
  if (!collect_part (self, rows, page, kind, error))
    return NULL;
  page->to = g_steal_pointer (&at);
  page->complete = TRUE;
  return g_steal_pointer (&page);
}
