/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-record.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-validate.h"

#include <glib/gi18n.h>
#include <string.h>

#define ASSIGNMENTS_MAX 64

/**
 * jp_command_record_get_kind:
 * @command: a command, perhaps with parts behind it, like "trainee list"
 *
 * Returns: the kind that it is about
 */
JpKind
jp_command_record_get_kind (const char *command)
{
  g_return_val_if_fail (command != NULL, JP_KIND_NONE);

  g_autofree char  *name = g_strndup (command, strcspn (command, " "));
  const JpKindInfo *info = NULL;

  if (strcmp (name, "tier") == 0)
    return JP_KIND_CLASS_TIER;
  if (strcmp (name, "settlement") == 0)
    return g_str_has_prefix (command, "settlement dispute") ? JP_KIND_DISPUTE : JP_KIND_STATEMENT;
  info = jp_kind_lookup (name);
  return info != NULL ? info->kind : JP_KIND_NONE;
}

/**
 * jp_command_record_commit:
 * @cli: a run with data open for writing
 * @change: what is done
 * @error: return location for a [error@Jp.StoreError] or [enum@Jp.CliExit]
 *
 * Judges new and changed records as a form does, then saves.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_command_record_commit (JpCli *cli, JpChange *change, GError **error)
{
  for (guint i = 0; i < change->rows->len; i++)
    {
      const JpChangeRow *row = g_ptr_array_index (change->rows, i);
      g_autoptr (JpDraft) draft = jp_draft_new_from (row->after);

      if (!jp_record_get_head (row->after)->deleted && !jp_cli_record_check (cli, draft, error))
        return FALSE;
    }
  return jp_commit_change (cli->vault, change, NULL, error);
}

/**
 * jp_command_record_finish:
 * @cli: a run with data open for writing
 * @change: (nullable) (transfer full): what is done; %NULL if that was refused
 * @row: which of its rows to show afterwards
 * @error: return location for a [error@Jp.StoreError] or [enum@Jp.CliExit]
 *
 * Saves a change and shows one of its records as it is now.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_command_record_finish (JpCli *cli, JpChange *change, guint row, GError **error)
{
  g_autoptr (JpChange) owned = change;
  g_autoptr (JpRecord) record = NULL;
  const JpChangeRow *shown = NULL;

  if (owned == NULL || !jp_command_record_commit (cli, owned, error))
    return FALSE;

  shown = g_ptr_array_index (owned->rows, MIN (row, owned->rows->len - 1));
  record = jp_record_table_get (cli->vault->db, cli->vault->key, jp_record_get_kind (shown->after),
                                jp_record_get_id (shown->after), error);
  if (record == NULL)
    return jp_vault_translate (error);
  return jp_cli_record_print (cli, record, FALSE, error);
}

/* --- list
 * ------------------------------------------------------------------------------------------ */

typedef struct
{
  char    *search;
  GStrv    where;
  char    *sort;
  gboolean descending;
  gboolean trash;
  gboolean unsent;
  int      limit;
} ListOptions;

static void
list_options_clear (ListOptions *options)
{
  g_free (options->search);
  g_strfreev (options->where);
  g_free (options->sort);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

static gboolean
make_query (JpCli             *cli,
            JpKind             kind,
            const ListOptions *options,
            JpQuery          **out_query,
            GError           **error)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);
  const JpField *field = options->sort != NULL ? jp_field_lookup (kind, options->sort) : NULL;

  if (options->sort != NULL && (field == NULL || (field->flags & JP_FIELD_SEALED)))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Lists cannot be sorted by “%s”."),
                   options->sort);
      return FALSE;
    }
  if (field != NULL)
    jp_query_set_order (query, field->id, options->descending);
  if (options->trash)
    jp_query_set_rows (query, JP_QUERY_TRASH);
  else if (options->unsent)
    jp_query_set_rows (query, JP_QUERY_WAITING);
  jp_query_set_search (query, options->search);
  jp_query_set_limit (query, (guint)MAX (options->limit, 0));
  for (char **where = options->where; where != NULL && *where != NULL; where++)
    if (!jp_cli_record_add_where (cli, query, *where, error))
      return FALSE;

  *out_query = g_steal_pointer (&query);
  return TRUE;
}

/**
 * jp_command_record_list:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Lists records.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_list (JpCli *cli, GStrv *arguments, GError **error)
{
  JpKind kind = jp_command_record_get_kind ((*arguments)[0]);
  g_auto (ListOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "search", 's', 0, G_OPTION_ARG_STRING, &options.search,
      N_ ("Words of a name, or a whole ID or phone number"), N_ ("TEXT") },
    { "where", 'w', 0, G_OPTION_ARG_STRING_ARRAY, &options.where, N_ ("Only those with this value"),
      N_ ("FIELD=VALUE") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, N_ ("Sort by a field"), N_ ("FIELD") },
    { "descending", 'd', 0, G_OPTION_ARG_NONE, &options.descending, N_ ("Largest first"), NULL },
    { "trash", 0, 0, G_OPTION_ARG_NONE, &options.trash, N_ ("What lies in the trash"), NULL },
    { "unsent", 0, 0, G_OPTION_ARG_NONE, &options.unsent,
      N_ ("What the platform has not answered yet"), NULL },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &options.limit, N_ ("At most so many"), N_ ("NUMBER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "", _ ("Lists records."), entries, 0, 0 };
  g_autoptr (JpQuery) query = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error) ||
      !make_query (cli, kind, &options, &query, error))
    return FALSE;
  records = jp_query_fetch_all (cli->vault, query, error);
  return records != NULL && jp_cli_record_print_list (cli, kind, records, FALSE, error);
}

/* --- one record
 * ------------------------------------------------------------------------------------ */

static char *
name_sealed (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_SEALED) && jp_record_has (record, info->fields[i].id))
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", info->fields[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * jp_command_record_show:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Shows a record. What is sensitive is masked unless it is revealed, which the audit notes.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_show (JpCli *cli, GStrv *arguments, GError **error)
{
  JpKind             kind = jp_command_record_get_kind ((*arguments)[0]);
  gboolean           reveal = FALSE;
  const GOptionEntry entries[] = {
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &reveal,
      N_ ("Sensitive fields in clear; the audit notes it"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp  help = { _ ("RECORD"), _ ("Shows a record."), entries, 1, 1 };
  g_autofree char *sealed = NULL;
  g_autoptr (JpRecord) record = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, reveal, error))
    return FALSE;
  record = jp_cli_record_find (cli, kind, (*arguments)[0], error);
  if (record == NULL)
    return FALSE;

  sealed = name_sealed (record);
  if (reveal && !jp_cli_record_audit_reveal (cli, kind, jp_record_get_id (record), sealed, error))
    return FALSE;
  return jp_cli_record_print (cli, record, reveal, error);
}

static JpChange *
new_change (JpCli *cli, const char *kind)
{
  JpId op_id = jp_id_source_next (cli->ids);

  return jp_change_new (&op_id, kind, cli->actor);
}

/* Whoever enrols is looked for first. */
static JpChange *
make_addition (JpCli *cli, JpDraft *draft, GError **error)
{
  g_autoptr (JpDraft) owned = draft;
  g_autoptr (JpRecord) record = NULL;
  JpChange *change = NULL;

  if (jp_draft_get_kind (owned) == JP_KIND_TRAINEE)
    return jp_desk_enrol_trainee (cli->vault, g_steal_pointer (&owned), cli->actor, error);

  jp_desk_set_defaults (owned, jp_vault_today (cli->vault));
  change = new_change (cli, "new");
  record = jp_draft_end (g_steal_pointer (&owned));
  jp_change_add (change, NULL, record);
  return change;
}

/**
 * jp_command_record_add:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Makes a record.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_add (JpCli *cli, GStrv *arguments, GError **error)
{
  JpKind          kind = jp_command_record_get_kind ((*arguments)[0]);
  JpId            id = jp_id_source_next (cli->ids);
  const JpCliHelp help = { _ ("FIELD=VALUE …"),
                           _ (
                             "Makes a record. - reads FIELD=VALUE lines from standard input, where "
                             "other users of the machine cannot see them."),
                           NULL, 1, ASSIGNMENTS_MAX };
  g_autoptr (JpDraft) draft = jp_draft_new (kind, &id);

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error) ||
      !jp_cli_record_assign_all (cli, draft, *arguments, error))
    return FALSE;
  return jp_command_record_finish (cli, make_addition (cli, g_steal_pointer (&draft), error), 0,
                                   error);
}

static gboolean
check_fixed (JpRecord *before, JpRecord *after, GError **error)
{
  const JpKindInfo *info = jp_record_get_info (before);

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_FIXED) && jp_record_has (before, info->fields[i].id) &&
        !jp_record_field_equal (before, after, info->fields[i].id))
      {
        g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("%s cannot change any more."),
                     jp_field_get_label (&info->fields[i]));
        return FALSE;
      }
  return TRUE;
}

static JpChange *
make_edit (JpCli *cli, JpRecord *before, JpDraft *draft, GError **error)
{
  g_autoptr (JpDraft) owned = draft;
  g_autoptr (JpRecord) after = NULL;
  JpChange *change = NULL;

  if (jp_draft_get_kind (owned) == JP_KIND_CLASS_TIER)
    return jp_desk_change_tier (cli->vault, g_steal_pointer (&owned), cli->actor, error);

  if (jp_draft_get_kind (owned) == JP_KIND_TRAINEE)
    jp_validate_derive (owned, JP_TRAINEE_ID_NUMBER);
  after = jp_draft_end (g_steal_pointer (&owned));
  if (!check_fixed (before, after, error))
    return NULL;
  if (jp_record_diff_units (before, after) == 0)
    {
      g_set_error_literal (error, JP_DESK_ERROR, JP_DESK_UNCHANGED, "record: nothing changes");
      return NULL;
    }
  change = new_change (cli, "edit");
  jp_change_add (change, before, after);
  return change;
}

/**
 * jp_command_record_edit:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Changes a record; a class tier that is on sale gets a new version.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_edit (JpCli *cli, GStrv *arguments, GError **error)
{
  JpKind          kind = jp_command_record_get_kind ((*arguments)[0]);
  const JpCliHelp help = { _ ("RECORD FIELD=VALUE …"),
                           _ ("Changes a record. FIELD= takes a value away; - reads FIELD=VALUE "
                              "lines from standard input."),
                           NULL, 2, ASSIGNMENTS_MAX };
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpDraft) draft = NULL;
  JpChange *change = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  record = jp_cli_record_find (cli, kind, (*arguments)[0], error);
  if (record == NULL)
    return FALSE;

  draft = jp_draft_new_from (record);
  if (!jp_cli_record_assign_all (cli, draft, *arguments + 1, error))
    return FALSE;
  change = make_edit (cli, record, g_steal_pointer (&draft), error);
  return jp_command_record_finish (cli, change, change != NULL ? change->rows->len - 1 : 0, error);
}

static gboolean
set_deleted (JpCli *cli, GStrv *arguments, gboolean deleted, GError **error)
{
  JpKind          kind = jp_command_record_get_kind ((*arguments)[0]);
  const JpCliHelp help = { _ ("RECORD"),
                           deleted ? _ ("Puts a record into the trash.")
                                   : _ ("Takes a record out of the trash."),
                           NULL, 1, 1 };
  g_autoptr (JpRecord) record = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  record = jp_cli_record_find_rows (cli, kind, deleted ? JP_QUERY_LIVE : JP_QUERY_TRASH,
                                    (*arguments)[0], error);
  if (record == NULL)
    return FALSE;
  return jp_command_record_finish (cli,
                                   jp_desk_set_deleted (cli->vault, kind, jp_record_get_id (record),
                                                        deleted, cli->actor, error),
                                   0, error);
}

/**
 * jp_command_record_delete:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Puts a record into the trash.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_delete (JpCli *cli, GStrv *arguments, GError **error)
{
  return set_deleted (cli, arguments, TRUE, error);
}

/**
 * jp_command_record_restore:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Takes a record out of the trash.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_record_restore (JpCli *cli, GStrv *arguments, GError **error)
{
  return set_deleted (cli, arguments, FALSE, error);
}
