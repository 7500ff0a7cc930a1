/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-adopt.h"

#include "jp-digest-repo.h"
#include "jp-record-table.h"
#include "jp-wire-record.h"

/* What tells whether this program knows other fields than the one that wrote the rows. */
static char *
dup_field_names (void)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      g_checksum_update (sum, (const guchar *)info->name, -1);
      for (guint i = 0; i < info->n_fields; i++)
        g_checksum_update (sum, (const guchar *)info->fields[i].name, -1);
    }

  return g_strdup (g_checksum_get_string (sum));
}

static GPtrArray *
list_with_extra (JpVault *vault, JpKind kind, GError **error)
{
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind), " WHERE extra IS NOT NULL", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (vault->db, sql, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  gboolean row = FALSE;

  while (rows != NULL && jp_statement_step (rows, &row, error))
    {
      JpRecord *record = NULL;

      if (!row)
        return g_steal_pointer (&records);
      /* ignored: what cannot be read is read anew from the platform */
      record = jp_record_table_read (rows, kind, vault->key, NULL);
      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  return NULL;
}

static gboolean
adopt_kind (JpVault *vault, JpKind kind, GError **error)
{
  const JpRowStamp stamp = { .school = vault->school };
  g_autoptr (GPtrArray) records = list_with_extra (vault, kind, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (JpRecord) adopted = jp_wire_record_adopt_extra (records->pdata[i]);

      if (adopted != records->pdata[i] &&
          !jp_record_table_put (vault->db, vault->key, adopted, &stamp, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Rows of tables that the older program did not know are missing: their sum tells which. */
static gboolean
end_run (JpVault *vault, const char *present, GError **error)
{
  return jp_vault_set_setting (vault, JP_SETTING_FIELDS, present, error) &&
         jp_vault_set_setting (vault, JP_SETTING_DIGEST, NULL, error);
}

/**
 * jp_adopt_run:
 * @vault: a writing vault without an open transaction, which knows its school
 * @error: return location for a [error@Jp.StoreError]
 *
 * Once after a program that knows other fields has come: what the one before kept without knowing
 * it takes its place, and all rows are compared with the platform's anew.
 *
 * Returns: whether that is done
 */
gboolean
jp_adopt_run (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  g_autofree char *known = NULL;
  g_autofree char *present = dup_field_names ();
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_vault_get_setting (vault, JP_SETTING_FIELDS, &known, error))
    return FALSE;
  if (g_strcmp0 (known, present) == 0)
    return TRUE;
  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (!adopt_kind (vault, kind, error))
      return jp_vault_translate (error);
  return (end_run (vault, present, error) && jp_transaction_commit (&transaction, error)) ||
         jp_vault_translate (error);
}
