/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-content.h"

#include "jp-cursor.h"

static JpStatement *
open_parts (JpPlatformStore *store,
            const JpId      *school,
            JpKind           kind,
            guint            first,
            guint            n_parts,
            GError         **error)
{
  const JpId      *owner = jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school;
  const guint8     low = (guint8)first;
  const guint8     high = (guint8)(first + n_parts - 1);
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind),
                 " WHERE school = :school AND substr (id, 16, 1) BETWEEN :low AND :high", NULL);
  JpStatement *rows = jp_db_prepare (jp_platform_store_get_db (store), sql, error);

  if (rows == NULL)
    return NULL;
  jp_statement_bind_blob (rows, ":school", owner->bytes, JP_ID_BYTES);
  jp_statement_bind_blob (rows, ":low", &low, sizeof low);
  jp_statement_bind_blob (rows, ":high", &high, sizeof high);
  return rows;
}

/**
 * jp_platform_content_read_sums:
 * @store: a store
 * @school: a school
 * @kind: a kind
 * @first: the first part of its table
 * @n_parts: how many parts
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Reads the rows themselves: what they say is compared, not only their versions.
 *
 * Returns: (transfer full): the sum of the contents of each part that has rows, or %NULL
 */
JpPageSums *
jp_platform_content_read_sums (JpPlatformStore *store,
                               const JpId      *school,
                               JpKind           kind,
                               guint            first,
                               guint            n_parts,
                               GError         **error)
{
  g_return_val_if_fail (store != NULL && school != NULL, NULL);
  g_return_val_if_fail (n_parts > 0 && first + n_parts <= JP_DIGEST_BUCKETS, NULL);

  JpDigestTally    tallies[JP_DIGEST_BUCKETS] = { 0 };
  JpPlatformTenant tenant = { 0 };
  g_autofree char *at = NULL;
  g_autoptr (JpStatement) rows = NULL;
  gboolean row = FALSE;

  if (!jp_platform_store_get_tenant (store, school, &tenant, error))
    return NULL;
  at = jp_cursor_to_text (jp_platform_store_get_epoch (store), tenant.seq);
  rows = open_parts (store, school, kind, first, n_parts, error);
  while (rows != NULL)
    {
      if (!jp_statement_step (rows, &row, error))
        return NULL;
      if (!row)
        return jp_digest_content_to_sums (tallies, at);

      g_autoptr (JpRecord) record =
        jp_record_table_read (rows, kind, jp_platform_store_get_key (store), error);

      if (record == NULL)
        return NULL;
      jp_digest_content_add (tallies, record);
    }
  return NULL;
}
