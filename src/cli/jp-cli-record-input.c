/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-record.h"
#include "jp-desk.h"
#include "jp-display.h"
#include "jp-import.h"
#include "jp-validate.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 4096
#define LINES_MAX      200
#define CANDIDATES_MAX 6

/* --- finding
 * --------------------------------------------------------------------------------------- */

static gboolean
not_found (JpKind kind, const char *text, GError **error)
{
  g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is no %s “%s”."),
               jp_kind_get_label (kind), text);
  return FALSE;
}

static gboolean
find_where (JpCli *self, JpQuery *query, GPtrArray **out_found, GError **error)
{
  jp_query_set_limit (query, CANDIDATES_MAX);
  *out_found = jp_query_fetch_all (self->vault, query, error);
  return *out_found != NULL;
}

/* What names a record exactly: its title, or the number by which it is imported. */
static gboolean
find_exact (JpCli      *self,
            JpKind      kind,
            JpQueryRows rows,
            const char *text,
            GPtrArray **out_found,
            GError    **error)
{
  const JpFieldId  fields[] = { jp_import_get_key (kind), jp_kind_get_info (kind)->title };
  g_autofree char *code = jp_text_clean_code (text);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (JpQuery) query = NULL;

      if (fields[i] == 0)
        continue;
      query = jp_query_new (kind);
      jp_query_set_rows (query, rows);
      jp_query_where_text (query, fields[i], JP_QUERY_EQUAL, i == 0 ? code : text);
      if (!find_where (self, query, &found, error))
        return FALSE;
      if (found->len > 0)
        {
          *out_found = g_steal_pointer (&found);
          return TRUE;
        }
    }

  g_autoptr (JpQuery) query = jp_query_new (kind);

  jp_query_set_rows (query, rows);
  jp_query_set_search (query, text);
  return find_where (self, query, out_found, error);
}

/* Versions of a tier have the same name: the newest one is meant. */
static JpRecord *
choose_tier (GPtrArray *found)
{
  JpRecord *best = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      JpRecord *tier = g_ptr_array_index (found, i);

      if (best == NULL)
        best = tier;
      else if (g_strcmp0 (jp_record_get_title (best), jp_record_get_title (tier)) != 0)
        return NULL;
      else if (jp_record_get_integer (tier, JP_CLASS_TIER_VERSION_NO) >
               jp_record_get_integer (best, JP_CLASS_TIER_VERSION_NO))
        best = tier;
    }
  return best;
}

static gboolean
ambiguous (const char *text, GPtrArray *found, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      JpIdText    id;
      const char *title = jp_record_get_title (g_ptr_array_index (found, i));

      g_string_append_printf (names, "\n  %s  %s",
                              jp_id_to_text (jp_record_get_id (g_ptr_array_index (found, i)), id),
                              title != NULL ? title : "");
    }
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
               _ ("“%s” may mean several. Give the whole number, or one of these IDs:%s"), text,
               names->str);
  return FALSE;
}

/**
 * jp_cli_record_find_rows:
 * @self: a run with open data
 * @kind: a kind
 * @rows: live ones, or those in the trash
 * @text: ID, whole ID number, plate, serial number, contract number, name, or words of it
 * @error: return location for a [enum@Jp.CliExit] or [error@Jp.StoreError]
 *
 * Returns: (transfer full): the one record that is meant, or %NULL with %JP_CLI_NOT_FOUND or, if
 *   there are several, %JP_CLI_USAGE
 */
JpRecord *
jp_cli_record_find_rows (JpCli      *self,
                         JpKind      kind,
                         JpQueryRows rows,
                         const char *text,
                         GError    **error)
{
  g_return_val_if_fail (self != NULL && self->vault != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *clean = jp_text_clean (text);
  JpId             id;

  if (jp_id_parse (clean, &id, NULL))
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (JpRecord) record =
        jp_record_table_find (self->vault->db, self->vault->key, kind, &id, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          jp_vault_translate (error);
          return NULL;
        }
      if (record != NULL && jp_record_get_head (record)->deleted == (rows == JP_QUERY_TRASH))
        return g_steal_pointer (&record);
      not_found (kind, text, error);
      return NULL;
    }

  if (*clean == '\0')
    {
      not_found (kind, text, error);
      return NULL;
    }
  if (!find_exact (self, kind, rows, clean, &found, error))
    return NULL;
  if (found->len == 1)
    return jp_record_ref (g_ptr_array_index (found, 0));
  if (found->len > 1 && kind == JP_KIND_CLASS_TIER && choose_tier (found) != NULL)
    return jp_record_ref (choose_tier (found));

  if (found->len == 0)
    not_found (kind, text, error);
  else
    ambiguous (text, found, error);
  return NULL;
}

/**
 * jp_cli_record_find:
 * @self: a run with open data
 * @kind: a kind
 * @text: see jp_cli_record_find_rows()
 * @error: return location for a [enum@Jp.CliExit] or [error@Jp.StoreError]
 *
 * Returns: (transfer full): the one record that is meant and not in the trash, or %NULL with an
 * error
 */
JpRecord *
jp_cli_record_find (JpCli *self, JpKind kind, const char *text, GError **error)
{
  return jp_cli_record_find_rows (self, kind, JP_QUERY_LIVE, text, error);
}

/* --- filling
 * --------------------------------------------------------------------------------------- */

static const JpField *
find_field (JpKind kind, const char *name)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  const JpField    *field = jp_field_lookup (kind, name);

  for (guint i = 0; field == NULL && i < info->n_fields; i++)
    if (strcmp (jp_field_get_label (&info->fields[i]), name) == 0)
      field = &info->fields[i];
  return field;
}

static gboolean
split (JpKind          kind,
       const char     *assignment,
       const JpField **out_field,
       const char    **out_value,
       GError        **error)
{
  const char      *equals = strchr (assignment, '=');
  g_autofree char *name =
    equals != NULL ? g_strndup (assignment, (gsize)(equals - assignment)) : NULL;

  *out_field = name != NULL ? find_field (kind, g_strstrip (name)) : NULL;
  if (*out_field == NULL)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                   _ ("“%s” is not of the form FIELD=VALUE with a field of %s."), assignment,
                   jp_kind_get_info (kind)->name);
      return FALSE;
    }
  *out_value = equals + 1;
  return TRUE;
}

static gboolean
assign_reference (JpCli         *self,
                  JpDraft       *draft,
                  const JpField *field,
                  const char    *value,
                  GError       **error)
{
  g_autoptr (JpRecord) record = NULL;

  if (*value == '\0')
    {
      jp_draft_clear (draft, field->id);
      return TRUE;
    }
  record = jp_cli_record_find (self, field->target, value, error);
  if (record == NULL)
    return FALSE;
  jp_draft_set_ref (draft, field->id, jp_record_get_id (record));
  return TRUE;
}

/**
 * jp_cli_record_assign:
 * @self: a run with open data
 * @draft: a draft
 * @assignment: "field=value"; the field by its name or label, the value as people type it
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Returns: whether the draft has the value
 */
gboolean
jp_cli_record_assign (JpCli *self, JpDraft *draft, const char *assignment, GError **error)
{
  const JpField   *field = NULL;
  const char      *value = NULL;
  g_autofree char *sentence = NULL;
  JpProblem        problem = JP_PROBLEM_NONE;

  if (!split (jp_draft_get_kind (draft), assignment, &field, &value, error))
    return FALSE;
  if ((field->flags & (JP_FIELD_COMPUTED | JP_FIELD_HIDDEN | JP_FIELD_JSON)) ||
      field->owner == JP_OWNER_PLATFORM)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                   _ ("%s cannot be typed: the program or the platform decides it."),
                   jp_field_get_label (field));
      return FALSE;
    }
  if (field->type == JP_FIELD_REF)
    return assign_reference (self, draft, field, value, error);

  problem = jp_display_parse (draft, field->id, value);
  if (problem == JP_PROBLEM_NONE)
    return TRUE;
  sentence = jp_problem_dup_sentence (problem);
  g_set_error (error, JP_CLI_ERROR, JP_CLI_FAILURE, "%s: %s", jp_field_get_label (field), sentence);
  return FALSE;
}

static gboolean
assign_lines (JpCli *self, JpDraft *draft, GError **error)
{
  char line[LINE_MAX_BYTES];

  for (guint i = 0; i < LINES_MAX && fgets (line, sizeof line, stdin) != NULL; i++)
    {
      line[strcspn (line, "\r\n")] = '\0';
      if (*line != '\0' && !jp_cli_record_assign (self, draft, line, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_cli_record_assign_all:
 * @self: a run with open data
 * @draft: a draft
 * @assignments: see jp_cli_record_assign(); "-" reads more of them from standard input, where other
 *   users of the machine cannot see them
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Returns: whether the draft has all values
 */
gboolean
jp_cli_record_assign_all (JpCli *self, JpDraft *draft, GStrv assignments, GError **error)
{
  for (char **assignment = assignments; *assignment != NULL; assignment++)
    if (strcmp (*assignment, "-") == 0 ? !assign_lines (self, draft, error)
                                       : !jp_cli_record_assign (self, draft, *assignment, error))
      return FALSE;
  return TRUE;
}

/**
 * jp_cli_record_check:
 * @self: a run with open data
 * @draft: a draft that is complete
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Judges a draft as a form does, and says everything that is wrong at once.
 *
 * Returns: whether it may be saved
 */
gboolean
jp_cli_record_check (JpCli *self, JpDraft *draft, GError **error)
{
  g_autoptr (GArray) issues = jp_validate_draft (draft, jp_vault_today (self->vault));
  g_autoptr (GString) sentences = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      const JpIssue   *issue = &g_array_index (issues, JpIssue, i);
      g_autofree char *sentence = jp_validate_dup_sentence (issue);

      g_string_append_printf (sentences, "\n  %s (%s)", sentence,
                              jp_field_get (issue->field)->name);
    }
  if (issues->len == 0)
    return TRUE;

  g_set_error (error, JP_CLI_ERROR, JP_CLI_FAILURE, _ ("This cannot be saved yet:%s"),
               sentences->str);
  return FALSE;
}

/* --- asking
 * ---------------------------------------------------------------------------------------- */

/**
 * jp_cli_record_add_where:
 * @self: a run with open data
 * @query: a query
 * @condition: "field=value", see jp_cli_record_assign()
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Adds a condition to a question.
 *
 * Returns: whether it was understood
 */
gboolean
jp_cli_record_add_where (JpCli *self, JpQuery *query, const char *condition, GError **error)
{
  JpKind         kind = jp_query_get_kind (query);
  JpId           nobody = jp_id_derive ("cli", "condition");
  const JpField *field = NULL;
  const char    *value = NULL;
  g_autoptr (JpDraft) draft = jp_draft_new (kind, &nobody);

  if (!split (kind, condition, &field, &value, error))
    return FALSE;
  if (*value == '\0')
    {
      jp_query_where_set (query, field->id, FALSE);
      return TRUE;
    }
  if (field->type == JP_FIELD_REF)
    {
      if (!assign_reference (self, draft, field, value, error))
        return FALSE;
      jp_query_where_ref (query, field->id, jp_draft_get_ref (draft, field->id));
      return TRUE;
    }
  if (((field->flags & JP_FIELD_SEALED) && !jp_record_table_has_index_column (field)) ||
      jp_display_parse (draft, field->id, value) != JP_PROBLEM_NONE)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("“%s” cannot be asked for."), condition);
      return FALSE;
    }
  if (jp_field_is_text (field))
    jp_query_where_text (query, field->id, JP_QUERY_EQUAL, jp_draft_get_text (draft, field->id));
  else
    jp_query_where_integer (query, field->id, JP_QUERY_EQUAL,
                            jp_draft_get_integer (draft, field->id));
  return TRUE;
}
