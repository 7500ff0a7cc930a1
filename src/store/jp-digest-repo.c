/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-digest-repo.h"

#include "jp-commit.h"
#include "jp-digest-content.h"
#include "jp-ledger.h"
#include "jp-remote-repo.h"

#define OFF   "off"
#define ACTOR "sync"

typedef struct
{
  gint64 n_rows;
  gint64 sum;
} Tally;

static gboolean
tally_table (JpVault *vault, JpKind kind, Tally *tallies, gboolean by_part, GError **error)
{
  g_autofree char *sql =
    g_strconcat ("SELECT id, ver FROM ", jp_kind_get_info (kind)->name, " WHERE ver > 0", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;
  JpId     id;

  if (rows == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return jp_vault_translate (error);
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

/**
 * jp_digest_repo_rebuild:
 * @vault: a vault
 * @out_sum: (out): the sum of all rows
 * @error: return location for a [error@Jp.StoreError]
 *
 * Computes the sum from the rows themselves.
 *
 * Returns: whether they could be read
 */
gboolean
jp_digest_repo_rebuild (JpVault *vault, gint64 *out_sum, GError **error)
{
  g_return_val_if_fail (vault != NULL && out_sum != NULL, FALSE);

  Tally tally = { 0 };

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (!tally_table (vault, kind, &tally, FALSE, error))
      return FALSE;
  *out_sum = tally.sum;
  return TRUE;
}

/**
 * jp_digest_repo_get:
 * @vault: a vault
 * @out_sum: (out): the sum that was kept, or computed where none was; -1 if nothing can be compared
 * @out_kept: (out): whether it was kept
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_digest_repo_get (JpVault *vault, gint64 *out_sum, gboolean *out_kept, GError **error)
{
  g_return_val_if_fail (vault != NULL && out_sum != NULL && out_kept != NULL, FALSE);

  g_autofree char *text = NULL;
  guint64          sum = 0;

  if (!jp_vault_get_setting (vault, JP_SETTING_DIGEST, &text, error))
    return FALSE;
  *out_sum = -1;
  *out_kept = text != NULL;
  if (g_strcmp0 (text, OFF) == 0)
    return TRUE;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, JP_DIGEST_MASK, &sum, NULL))
    return jp_digest_repo_rebuild (vault, out_sum, error);
  *out_sum = (gint64)sum;
  return TRUE;
}

/**
 * jp_digest_repo_set:
 * @vault: a writing vault with an open transaction
 * @sum: the sum of all rows
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_digest_repo_set (JpVault *vault, gint64 sum, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, sum);

  return jp_vault_set_setting (vault, JP_SETTING_DIGEST, text, error);
}

/**
 * jp_digest_repo_set_off:
 * @vault: a writing vault with an open transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * The platform has rows that this program cannot keep: there is nothing to compare any more.
 *
 * Returns: whether it was written
 */
gboolean
jp_digest_repo_set_off (JpVault *vault, GError **error)
{
  return jp_vault_set_setting (vault, JP_SETTING_DIGEST, OFF, error);
}

/**
 * jp_digest_repo_read_tables:
 * @vault: a vault
 * @at: cursor of the stream
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the sum of each table that has rows, or %NULL with an error
 */
JpPageSums *
jp_digest_repo_read_tables (JpVault *vault, const char *at, GError **error)
{
  g_return_val_if_fail (vault != NULL && at != NULL, NULL);

  g_autoptr (JpPageSums) sums = jp_page_sums_new (at);

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      Tally tally = { 0 };

      if (!tally_table (vault, kind, &tally, FALSE, error))
        return NULL;
      if (tally.n_rows > 0)
        jp_page_sums_add (sums, jp_kind_get_info (kind)->name, tally.n_rows, tally.sum);
    }
  return g_steal_pointer (&sums);
}

/**
 * jp_digest_repo_read_parts:
 * @vault: a vault
 * @kind: a kind
 * @at: cursor of the stream
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the sum of each part of the table that has rows, or %NULL
 */
JpPageSums *
jp_digest_repo_read_parts (JpVault *vault, JpKind kind, const char *at, GError **error)
{
  g_return_val_if_fail (vault != NULL && at != NULL, NULL);

  Tally tallies[JP_DIGEST_BUCKETS] = { 0 };
  g_autoptr (JpPageSums) sums = jp_page_sums_new (at);

  if (!tally_table (vault, kind, tallies, TRUE, error))
    return NULL;
  for (guint i = 0; i < JP_DIGEST_BUCKETS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02x", i);

      if (tallies[i].n_rows > 0)
        jp_page_sums_add (sums, name, tallies[i].n_rows, tallies[i].sum);
    }
  return g_steal_pointer (&sums);
}

/* The row as the platform knows it: without what waits. */
static gboolean
tally_content (JpVault *vault, JpRecord *row, JpDigestTally *tallies, GError **error)
{
  g_autoptr (JpRecord) base = NULL;

  if (jp_record_get_head (row)->pending != 0 &&
      !jp_commit_get_base (vault, jp_record_get_kind (row), jp_record_get_id (row), &base, error))
    return FALSE;
  jp_digest_content_add (tallies, base != NULL ? base : row);
  return TRUE;
}

/**
 * jp_digest_repo_read_content:
 * @vault: a vault
 * @kind: a kind
 * @first: the first part of its table
 * @n_parts: how many parts
 * @at: cursor of the stream
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reads the rows themselves, so that a row of the right version that says something else is seen.
 *
 * Returns: (transfer full): the sum of the contents of each part that has rows, or %NULL
 */
JpPageSums *
jp_digest_repo_read_content (JpVault    *vault,
                             JpKind      kind,
                             guint       first,
                             guint       n_parts,
                             const char *at,
                             GError    **error)
{
  g_return_val_if_fail (vault != NULL && at != NULL, NULL);
  g_return_val_if_fail (n_parts > 0 && first + n_parts <= JP_DIGEST_BUCKETS, NULL);

  JpDigestTally    tallies[JP_DIGEST_BUCKETS] = { 0 };
  const guint8     low = (guint8)first;
  const guint8     high = (guint8)(first + n_parts - 1);
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind),
                 " WHERE ver > 0 AND substr (id, 16, 1) BETWEEN :low AND :high", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  if (rows == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  jp_statement_bind_blob (rows, ":low", &low, sizeof low);
  jp_statement_bind_blob (rows, ":high", &high, sizeof high);
  while (TRUE)
    {
      g_autoptr (JpRecord) record = NULL;

      if (!jp_statement_step (rows, &row, error))
        break;
      if (!row)
        return jp_digest_content_to_sums (tallies, at);
      /* ignored: what cannot be read is not what the platform has, and is fetched again */
      record = jp_record_table_read (rows, kind, vault->key, NULL);
      if (record != NULL && !tally_content (vault, record, tallies, error))
        return NULL;
    }
  jp_vault_translate (error);
  return NULL;
}

/* --- repair --- */

/* Rows of ours that the platform does not have are kept, out of the way: that something is missing
 * is never a deletion. Those in the trash it has forgotten for good. */
static gboolean
set_aside (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  g_autofree char *sql =
    g_strconcat ("UPDATE ", jp_kind_get_info (kind)->name,
                 " SET ver = 0, parked = CASE WHEN deleted OR pending THEN parked ELSE 1 END"
                 " WHERE id = :id",
                 NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (statement, ":id", id);
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

static GArray *
list_extra (JpVault *vault, JpKind kind, guint part, GPtrArray *records, GError **error)
{
  const guint8     last = (guint8)part;
  g_autofree char *sql = g_strconcat ("SELECT id FROM ", jp_kind_get_info (kind)->name,
                                      " WHERE ver > 0 AND substr (id, 16, 1) = :last", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (vault->db, sql, error);
  g_autoptr (GHashTable) known = g_hash_table_new (jp_id_hash, jp_id_equal);
  g_autoptr (GArray) extra = g_array_new (FALSE, FALSE, sizeof (JpId));
  gboolean row = FALSE;
  JpId     id;

  if (rows == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (known, (gpointer)jp_record_get_id (g_ptr_array_index (records, i)));
  jp_statement_bind_blob (rows, ":last", &last, sizeof last);
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        {
          jp_vault_translate (error);
          return NULL;
        }
      if (!row)
        return g_steal_pointer (&extra);
      if (jp_statement_get_id (rows, 0, &id) && !g_hash_table_contains (known, &id))
        g_array_append_val (extra, id);
    }
}

static gboolean
repair_rows (JpVault   *vault,
             JpKind     kind,
             GArray    *extra,
             GPtrArray *records,
             guint     *out_n_repaired,
             GError   **error)
{
  guint            n_changed = 0;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < extra->len; i++)
    if (!set_aside (vault, kind, &g_array_index (extra, JpId, i), error))
      return FALSE;
  if (!jp_ledger_take_back_parked (vault, kind, error))
    return jp_vault_translate (error);
  if (!jp_remote_repo_replace (vault, records, &n_changed, error))
    return FALSE;
  *out_n_repaired = extra->len + n_changed;
  detail = g_strdup_printf ("%u", *out_n_repaired);
  return *out_n_repaired == 0 ||
         jp_commit_audit (vault, ACTOR, "repair", kind, NULL, detail, error);
}

/**
 * jp_digest_repo_repair:
 * @vault: a writing vault without an open transaction
 * @kind: a kind
 * @part: a part of its table
 * @records: (element-type JpRecord): all rows that the platform has of it
 * @out_n_repaired: (out): how many rows differed
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the part the platform's again, with what waits on top, and notes it in the audit.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_digest_repo_repair (JpVault   *vault,
                       JpKind     kind,
                       guint      part,
                       GPtrArray *records,
                       guint     *out_n_repaired,
                       GError   **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (part < JP_DIGEST_BUCKETS, FALSE);
  g_return_val_if_fail (records != NULL && out_n_repaired != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GArray) extra = NULL;
  gint64 sum = 0;

  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  extra = list_extra (vault, kind, part, records, error);
  return extra != NULL && repair_rows (vault, kind, extra, records, out_n_repaired, error) &&
         jp_digest_repo_rebuild (vault, &sum, error) && jp_digest_repo_set (vault, sum, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}
