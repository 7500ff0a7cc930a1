/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-lookup.h"

/* What records of a kind are bound to, one at a time: seen from one end of the bond, the other. */
typedef struct
{
  JpKind      kind;
  JpFieldId   other;
  const char *sql; /* the other end now */
} Bond;

static const Bond bonds[] = {
  { JP_KIND_TERMINAL, JP_TERMINAL_ASSIGNMENT_VEHICLE,
    "SELECT vehicle FROM terminal_assignment"
    " WHERE terminal = :id AND ended_at IS NULL AND NOT deleted AND NOT parked LIMIT 1" },
  { JP_KIND_VEHICLE, JP_TERMINAL_ASSIGNMENT_TERMINAL,
    "SELECT terminal FROM terminal_assignment"
    " WHERE vehicle = :id AND ended_at IS NULL AND NOT deleted AND NOT parked LIMIT 1" },
};

static const Bond *
find_bond (JpKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bonds); i++)
    if (bonds[i].kind == kind)
      return &bonds[i];

  return NULL;
}

/**
 * jp_lookup_get_bond:
 * @kind: a kind
 *
 * Returns: the kind of the records that bind @kind to something else; 0 if there is none
 */
JpKind
jp_lookup_get_bond (JpKind kind)
{
  const Bond *bond = find_bond (kind);

  return bond != NULL ? JP_FIELD_KIND (bond->other) : 0;
}

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

/* "" if @id is bound to nothing. */
static gboolean
look_up_bound (JpVault *vault, const Bond *bond, const JpId *id, char **out_title, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, bond->sql, error);
  gboolean row = FALSE;
  JpId     other;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (!row || !jp_statement_get_id (statement, 0, &other))
    {
      *out_title = g_strdup ("");
      return TRUE;
    }
  return jp_lookup_title (vault, jp_field_get (bond->other)->target, &other, out_title, error);
}

/**
 * jp_lookup_titles:
 * @vault: a vault
 * @record: a record
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): a title for each reference field of the record's kind, in their order,
 * then, if the kind has a bond, of what the record is bound to now; "" where there is none; %NULL
 * with an error
 */
GStrv
jp_lookup_titles (JpVault *vault, JpRecord *record, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  const JpKindInfo *info = jp_record_get_info (record);
  const Bond       *bond = find_bond (jp_record_get_kind (record));
  g_autofree char  *bound = NULL;
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

  if (bond != NULL && !look_up_bound (vault, bond, jp_record_get_id (record), &bound, error))
    return NULL;
  if (bond != NULL)
    g_strv_builder_add (builder, bound);

  return g_strv_builder_end (builder);
}
