/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-record.h"

#include "jp-cli-table.h"
#include "jp-commit.h"
#include "jp-lookup.h"

#include <glib/gi18n.h>

#define COLUMNS_MAX 64

static gboolean
is_shown (const JpField *field)
{
  return (field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON)) == 0;
}

static gboolean
read_display (JpCli         *self,
              JpRecord      *record,
              const JpField *field,
              gboolean       reveal,
              char         **out_text,
              GError       **error)
{
  if (!jp_record_has (record, field->id))
    {
      *out_text = g_strdup ("");
      return TRUE;
    }
  if (field->type != JP_FIELD_REF)
    {
      *out_text = jp_record_dup_display (record, field->id, reveal);
      return TRUE;
    }

  *out_text = NULL;
  if (!jp_lookup_title (self->vault, field->target, jp_record_get_ref (record, field->id), out_text,
                        error))
    return FALSE;
  if (*out_text == NULL)
    *out_text = g_strdup ("?");
  return TRUE;
}

/* --- JSON
 * ------------------------------------------------------------------------------------------ */

static void
write_value (JsonBuilder *builder, JpRecord *record, const JpField *field, gboolean reveal)
{
  g_autofree char *text = NULL;
  JpIdText         id;

  if ((field->flags & JP_FIELD_SEALED) && !reveal)
    text = jp_record_dup_display (record, field->id, FALSE);
  else if (field->type == JP_FIELD_DATE)
    text = jp_date_to_iso (jp_record_get_date (record, field->id));
  else if (field->type == JP_FIELD_INSTANT)
    text = jp_instant_to_iso (jp_record_get_integer (record, field->id));
  else if (field->type == JP_FIELD_REF)
    text = g_strdup (jp_id_to_text (jp_record_get_ref (record, field->id), id));
  else if (jp_field_is_text (field))
    text = g_strdup (jp_record_get_text (record, field->id));

  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else if (field->type == JP_FIELD_BOOLEAN)
    json_builder_add_boolean_value (builder, jp_record_get_integer (record, field->id) != 0);
  else
    json_builder_add_int_value (builder, jp_record_get_integer (record, field->id));
}

static gboolean
write_title (JpCli         *self,
             JsonBuilder   *builder,
             JpRecord      *record,
             const JpField *field,
             GError       **error)
{
  g_autofree char *member = g_strconcat (field->name, "_title", NULL);
  g_autofree char *title = NULL;

  if (!jp_lookup_title (self->vault, field->target, jp_record_get_ref (record, field->id), &title,
                        error))
    return FALSE;
  json_builder_set_member_name (builder, member);
  if (title != NULL)
    json_builder_add_string_value (builder, title);
  else
    json_builder_add_null_value (builder);
  return TRUE;
}

/* What the platform says and this program does not know: nobody can say whether it is sensitive. */
static void
write_extra (JsonBuilder *builder, JpRecord *record)
{
  const char *extra = jp_record_get_extra (record);
  g_autoptr (JsonNode) node = extra != NULL ? jp_json_parse_text (extra, NULL) : NULL;

  /* ignored: an extra that is no JSON cannot have come from the platform */
  if (node == NULL)
    return;
  json_builder_set_member_name (builder, "unknown");
  json_builder_add_value (builder, g_steal_pointer (&node));
}

/**
 * jp_cli_record_write:
 * @self: a run with open data
 * @builder: a builder that expects a value
 * @record: a record
 * @reveal: sensitive fields in clear
 * @error: return location for a [error@Jp.StoreError]
 *
 * Writes a record for programs: the names of the description, dates in ISO form, money in fen,
 * hours in minutes. Fields without a value are left out.
 *
 * Returns: whether it could be read
 */
gboolean
jp_cli_record_write (JpCli       *self,
                     JsonBuilder *builder,
                     JpRecord    *record,
                     gboolean     reveal,
                     GError     **error)
{
  const JpKindInfo   *info = jp_record_get_info (record);
  const JpRecordHead *head = jp_record_get_head (record);
  JpIdText            id;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, jp_id_to_text (jp_record_get_id (record), id));
  json_builder_set_member_name (builder, "unsent");
  json_builder_add_boolean_value (builder, head->pending != 0);
  if (head->deleted)
    {
      json_builder_set_member_name (builder, "deleted");
      json_builder_add_boolean_value (builder, TRUE);
    }

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (!is_shown (field) || !jp_record_has (record, field->id))
        continue;
      json_builder_set_member_name (builder, field->name);
      write_value (builder, record, field, reveal);
      if (field->type == JP_FIELD_REF && !write_title (self, builder, record, field, error))
        return FALSE;
    }
  if (reveal)
    write_extra (builder, record);
  json_builder_end_object (builder);
  return TRUE;
}

/**
 * jp_cli_record_print_json:
 * @builder: a complete document
 *
 * Prints it on one line.
 */
void
jp_cli_record_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = jp_json_to_text (root);

  g_print ("%s\n", text);
}

/**
 * jp_cli_record_print_rows:
 * @self: a run
 * @builder: a complete document
 * @table: the same for people
 *
 * Prints one or the other, as the run was asked to.
 */
void
jp_cli_record_print_rows (JpCli *self, JsonBuilder *builder, JpCliTable *table)
{
  if (self->json)
    jp_cli_record_print_json (builder);
  else
    jp_cli_table_print (table);
}

/* --- for people
 * ------------------------------------------------------------------------------------ */

static gboolean
print_fields (JpCli *self, JpRecord *record, gboolean reveal, GError **error)
{
  const JpKindInfo *info = jp_record_get_info (record);
  const char *const labels[] = { jp_kind_get_label (info->kind), jp_record_get_title (record),
                                 NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  JpIdText id;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField   *field = &info->fields[i];
      g_autofree char *value = NULL;

      if (!is_shown (field) || !jp_record_has (record, field->id))
        continue;
      if (!read_display (self, record, field, reveal, &value, error))
        return FALSE;

      const char *const cells[] = { jp_field_get_label (field), value, NULL };

      jp_cli_table_add (table, cells);
    }

  const char *const last[] = { "ID", jp_id_to_text (jp_record_get_id (record), id), NULL };

  jp_cli_table_add (table, last);
  jp_cli_table_print (table);
  return TRUE;
}

/**
 * jp_cli_record_print:
 * @self: a run with open data
 * @record: a record
 * @reveal: sensitive fields in clear
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_cli_record_print (JpCli *self, JpRecord *record, gboolean reveal, GError **error)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    return print_fields (self, record, reveal, error);

  builder = json_builder_new_immutable ();
  if (!jp_cli_record_write (self, builder, record, reveal, error))
    return FALSE;
  jp_cli_record_print_json (builder);
  return TRUE;
}

static gboolean
print_json_list (JpCli *self, GPtrArray *records, gboolean reveal, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    if (!jp_cli_record_write (self, builder, g_ptr_array_index (records, i), reveal, error))
      return FALSE;
  json_builder_end_array (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

/* What has no name of its own is named by what it connects. */
static gboolean
is_column (const JpKindInfo *info, const JpField *field)
{
  return (field->flags & JP_FIELD_LISTED) || field->id == info->title ||
         (info->title == 0 && field->type == JP_FIELD_REF && (field->flags & JP_FIELD_REQUIRED));
}

static guint
list_columns (JpKind kind, const JpField *columns[COLUMNS_MAX])
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  guint             n = 0;

  for (guint i = 0; i < info->n_fields && n < COLUMNS_MAX - 1; i++)
    if (is_shown (&info->fields[i]) && is_column (info, &info->fields[i]))
      columns[n++] = &info->fields[i];
  return n;
}

static gboolean
add_line (JpCli *self, JpCliTable *table, JpRecord *record, gboolean reveal, GError **error)
{
  const JpField *columns[COLUMNS_MAX];
  guint          n_columns = list_columns (jp_record_get_kind (record), columns);
  g_auto (GStrv) cells = g_new0 (char *, COLUMNS_MAX);

  for (guint i = 0; i < n_columns; i++)
    if (!read_display (self, record, columns[i], reveal, &cells[i], error))
      return FALSE;
  jp_cli_table_add (table, (const char *const *)cells);
  return TRUE;
}

/**
 * jp_cli_record_print_list:
 * @self: a run with open data
 * @kind: kind of the records
 * @records: (element-type JpRecord): records
 * @reveal: sensitive fields in clear
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether they could be read
 */
gboolean
jp_cli_record_print_list (JpCli     *self,
                          JpKind     kind,
                          GPtrArray *records,
                          gboolean   reveal,
                          GError   **error)
{
  const JpField *columns[COLUMNS_MAX];
  const char    *labels[COLUMNS_MAX] = { NULL };
  guint          n_columns = list_columns (kind, columns);

  if (self->json)
    return print_json_list (self, records, reveal, error);

  for (guint i = 0; i < n_columns; i++)
    labels[i] = jp_field_get_label (columns[i]);

  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);

  for (guint i = 0; i < records->len; i++)
    if (!add_line (self, table, g_ptr_array_index (records, i), reveal, error))
      return FALSE;
  jp_cli_table_print (table);
  jp_cli_say (self, g_dngettext (GETTEXT_PACKAGE, "%u record", "%u records", records->len),
              records->len);
  return TRUE;
}

/**
 * jp_cli_record_audit_reveal:
 * @self: a run with data open for writing
 * @kind: kind of what is revealed
 * @id: (nullable): the record, %NULL for several
 * @detail: names of fields, counts
 * @error: return location for a [error@Jp.StoreError]
 *
 * Notes who looks at sensitive fields in clear, before it happens.
 *
 * Returns: whether it is written
 */
gboolean
jp_cli_record_audit_reveal (JpCli      *self,
                            JpKind      kind,
                            const JpId *id,
                            const char *detail,
                            GError    **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (self->vault->db, &transaction, error) ||
      !jp_commit_audit (self->vault, self->actor, "reveal", kind, id, detail, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}
