/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-lookup.h"

/**
 * jp_lookup_title:
 * @vault: a vault
 * @kind: a kind
 * @id: a record
 * @out_title: (out): what names it; "" if it does not exist or its kind has no title
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_lookup_title (JpVault *vault, JpKind kind, const JpId *id, char **out_title, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  const JpKindInfo *info = jp_kind_get_info (kind);
  gboolean          row = FALSE;

  if (info->title == 0)
    {
      *out_title = g_strdup ("");
      return TRUE;
    }

  g_autofree char *sql = g_strconcat ("SELECT ", jp_field_get (info->title)->name, " FROM ",
                                      info->name, " WHERE id = :id", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  const char *title = row ? jp_statement_get_text (statement, 0) : NULL;

  *out_title = g_strdup (title != NULL ? title : "");
  return TRUE;
}

/**
 * jp_lookup_titles:
 * @vault: a vault
 * @record: a record
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): a title for each reference field of the record's kind, in their order,
 * "" where there is none; %NULL with an error
 */
GStrv
jp_lookup_titles (JpVault *vault, JpRecord *record, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  const JpKindInfo *info = jp_record_get_info (record);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField   *field = &info->fields[i];
      g_autofree char *title = NULL;

      if (field->type != JP_FIELD_REF)
        continue;
      if (!jp_record_has (record, field->id))
        title = g_strdup ("");
      else if (!jp_lookup_title (vault, field->target, jp_record_get_ref (record, field->id),
                                 &title, error))
        return NULL;
      g_strv_builder_add (builder, title);
    }

  return g_strv_builder_end (builder);
}
