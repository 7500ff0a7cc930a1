/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-json.h"
#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-command.h"
#include "jp-commit.h"
#include "jp-conflict-repo.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is to be decided, and deciding it. */

#define N_COLUMNS     8
#define SHORT_CHARS   8 /* the end of an id, which is random, names an item well enough */
#define SUFFIX_MIN    6
#define DELETED_WORDS N_ ("kept; one side deleted it, the other edited it")

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static const char *
shorten (const JpId *id, JpIdText text)
{
  return jp_id_to_text (id, text) + strlen (text) - SHORT_CHARS;
}

static char *
dup_author (JpRecord *item, JpFieldId who, JpFieldId at)
{
  gint64           at_us = jp_record_get_integer (item, at);
  g_autofree char *when = at_us > 0 ? jp_instant_to_short (at_us) : g_strdup ("");
  g_autofree char *text =
    g_strdup_printf ("%s %s", or_empty (jp_record_get_text (item, who)), when);

  return g_strdup (g_strstrip (text));
}

static void
add_line (JpCliTable *table, const JpConflict *conflict, const JpConflictField *field)
{
  JpIdText         id;
  g_autofree char *mine_by = dup_author (conflict->item, JP_CONFLICT_WHO, JP_CONFLICT_HAPPENED_AT);
  g_autofree char *their_by =
    dup_author (conflict->item, JP_CONFLICT_THEIR_WHO, JP_CONFLICT_THEIR_AT);
  g_autofree char *record =
    g_strdup_printf ("%s %s",
                     conflict->kind != JP_KIND_NONE ? jp_kind_get_label (conflict->kind) : "",
                     conflict->title);
  const char *cells[N_COLUMNS + 1] = { shorten (jp_record_get_id (conflict->item), id),
                                       record,
                                       field != NULL ? field->label
                                       : jp_conflict_repo_is_existence (conflict)
                                         ? _ (DELETED_WORDS)
                                         : or_empty (jp_record_get_text (conflict->item,
                                                                         JP_CONFLICT_DETAIL)),
                                       field != NULL ? field->before : "",
                                       field != NULL ? field->mine : "",
                                       mine_by,
                                       field != NULL ? field->theirs : "",
                                       their_by,
                                       NULL };

  jp_cli_table_add (table, cells);
}

static void
print_table (GPtrArray *conflicts)
{
  const char *labels[] = { _ ("ID"),       _ ("Record"),   _ ("Field"),
                           _ ("Before"),   _ ("The edit"), _ ("by, when"),
                           _ ("In force"), _ ("by, when"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const JpConflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->fields->len == 0 || jp_conflict_repo_is_existence (conflict))
        add_line (table, conflict, NULL);
      else
        for (guint j = 0; j < conflict->fields->len; j++)
          add_line (table, conflict, g_ptr_array_index (conflict->fields, j));
    }
  jp_cli_table_print (table);
}

static void
write_field (JsonBuilder *builder, const JpConflictField *field)
{
  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "field", field->label);
  jp_cli_json_add_text (builder, "before", field->before);
  jp_cli_json_add_text (builder, "mine", field->mine);
  jp_cli_json_add_text (builder, "theirs", field->theirs);
  json_builder_end_object (builder);
}

static void
write_conflict (JsonBuilder *builder, const JpConflict *conflict)
{
  JpRecord *item = conflict->item;

  json_builder_begin_object (builder);
  jp_cli_json_add_id (builder, "id", jp_record_get_id (item));
  jp_cli_json_add_text (builder, "kind",
                        or_empty (jp_record_get_text (item, JP_CONFLICT_ROW_KIND)));
  jp_cli_json_add_text (builder, "row", or_empty (jp_record_get_text (item, JP_CONFLICT_ROW_ID)));
  jp_cli_json_add_text (builder, "title", conflict->title);
  jp_cli_json_add_text (builder, "reason",
                        or_empty (jp_record_get_text (item, JP_CONFLICT_REASON)));
  jp_cli_json_add_text (builder, "detail",
                        or_empty (jp_record_get_text (item, JP_CONFLICT_DETAIL)));
  jp_cli_json_add_text (builder, "mine_by", or_empty (jp_record_get_text (item, JP_CONFLICT_WHO)));
  jp_cli_json_add_integer (builder, "mine_at",
                           jp_record_get_integer (item, JP_CONFLICT_HAPPENED_AT));
  jp_cli_json_add_text (builder, "theirs_by",
                        or_empty (jp_record_get_text (item, JP_CONFLICT_THEIR_WHO)));
  jp_cli_json_add_integer (builder, "theirs_at",
                           jp_record_get_integer (item, JP_CONFLICT_THEIR_AT));
  json_builder_set_member_name (builder, "can_use_mine");
  json_builder_add_boolean_value (builder, jp_conflict_repo_can_keep_mine (conflict));
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflict->fields->len; i++)
    write_field (builder, g_ptr_array_index (conflict->fields, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * jp_command_conflict_list:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Lists what is to be decided.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_conflict_list (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { "",
                           _ ("Lists what both sides changed, or the platform refused: before, the "
                              "edit, what is in force, of whom and when."),
                           NULL, 0, 0 };
  g_autoptr (GPtrArray) conflicts = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  conflicts = jp_conflict_repo_list (cli->vault, error);
  if (conflicts == NULL)
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

      json_builder_begin_array (builder);
      for (guint i = 0; i < conflicts->len; i++)
        write_conflict (builder, g_ptr_array_index (conflicts, i));
      json_builder_end_array (builder);
      jp_cli_record_print_json (builder);
    }
  else if (conflicts->len == 0)
    jp_cli_say (cli, _ ("There is nothing to decide."));
  else
    print_table (conflicts);
  return TRUE;
}

static JpConflict *
find_item (GPtrArray *conflicts, const char *wanted, GError **error)
{
  JpConflict *found = NULL;
  guint       n_found = 0;

  for (guint i = 0; strlen (wanted) >= SUFFIX_MIN && i < conflicts->len; i++)
    {
      JpConflict *conflict = g_ptr_array_index (conflicts, i);
      JpIdText    id;

      if (!g_str_has_suffix (jp_id_to_text (jp_record_get_id (conflict->item), id), wanted))
        continue;
      found = conflict;
      n_found++;
    }
  if (n_found == 1)
    return found;
  g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
               _ ("“%s” names nothing that is to be decided: jiapei sync conflicts"), wanted);
  return NULL;
}

static gboolean
decide (JpCli *cli, const JpConflict *conflict, gboolean mine, GError **error)
{
  JpId op_id = jp_id_source_next (cli->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "resolve", cli->actor);

  if (mine && !jp_conflict_repo_can_keep_mine (conflict))
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_REFUSED,
                           _ ("The edit cannot be put back from here: only --theirs is possible."));
      return FALSE;
    }
  jp_conflict_repo_decide (conflict, mine, cli->actor, change);
  return jp_commit_change (cli->vault, change, NULL, error);
}

/**
 * jp_command_conflict_resolve:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Decides one item.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_conflict_resolve (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           mine = FALSE;
  gboolean           theirs = FALSE;
  const GOptionEntry entries[] = {
    { "mine", 0, 0, G_OPTION_ARG_NONE, &mine, N_ ("Put the edit back"), NULL },
    { "theirs", 0, 0, G_OPTION_ARG_NONE, &theirs, N_ ("Let the other side hold"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("ID"),
                           _ ("Decides one of the things that sync conflicts lists; the ID is the "
                              "one shown there."),
                           entries, 1, 1 };
  g_autoptr (GPtrArray) conflicts = NULL;
  JpConflict *conflict = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  if (mine == theirs)
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Either --mine or --theirs."));
      return FALSE;
    }
  if (!jp_cli_open (cli, TRUE, error))
    return FALSE;
  conflicts = jp_conflict_repo_list (cli->vault, error);
  conflict = conflicts != NULL ? find_item (conflicts, (*arguments)[0], error) : NULL;
  if (conflict == NULL || !decide (cli, conflict, mine, error))
    return FALSE;
  jp_cli_say (cli, mine == jp_conflict_repo_get_default (conflict)
                     ? _ ("Decided: what holds now stays.")
                     : _ ("Decided: it goes to the platform with the next sync."));
  return TRUE;
}
