/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-print.h"
#include "jp-cli-table.h"
#include "jp-command-record.h"
#include "jp-desk.h"
#include "jp-tier-repo.h"

#include <glib/gi18n.h>

static gboolean
parse_price (const char *text, gint64 *out_fen, GError **error)
{
  if (jp_money_parse (text, out_fen, NULL) && *out_fen > 0)
    return TRUE;
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("“%s” is not a price."), text);
  return FALSE;
}

static gboolean
parse_date (const char *text, JpDate *out_date, GError **error)
{
  if (text == NULL || jp_date_parse (text, out_date, NULL))
    return TRUE;
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
               _ ("“%s” is not a date: write it like 2026-11-24."), text);
  return FALSE;
}

/* The split of the price keeps its proportions, in whole yuan but for the last part. */
static void
scale_parts (JpDraft *draft, gint64 old_fen, gint64 new_fen)
{
  static const JpFieldId parts[] = { JP_CLASS_TIER_SERVICE_FEE, JP_CLASS_TIER_PART1_FEE,
                                     JP_CLASS_TIER_PART2_FEE, JP_CLASS_TIER_PART3_FEE,
                                     JP_CLASS_TIER_PART4_FEE };
  const gint64           fen_per_yuan = 100;
  gint64                 left_fen = new_fen;
  JpFieldId              last = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (jp_draft_has (draft, parts[i]))
      {
        gint64 share = jp_draft_get_integer (draft, parts[i]) * new_fen / old_fen;

        share -= share % fen_per_yuan;
        jp_draft_set_integer (draft, parts[i], share);
        left_fen -= share;
        last = share > 0 ? parts[i] : last;
      }
  if (last != 0)
    jp_draft_set_integer (draft, last, jp_draft_get_integer (draft, last) + left_fen);
}

static gboolean
run_price (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *from_text = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from_text, N_ ("From this day on (default: today)"),
      N_ ("DATE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("TIER PRICE"),
                           _ ("Gives a class tier another price. One that is on sale gets a new "
                              "version; contracts keep theirs."),
                           entries, 2, 2 };
  gint64          price_fen = 0;
  JpDate          from = JP_DATE_NONE;
  g_autoptr (JpRecord) tier = NULL;
  g_autoptr (JpDraft) draft = NULL;
  JpChange *change = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) ||
      !parse_price ((*arguments)[1], &price_fen, error) || !parse_date (from_text, &from, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, (*arguments)[0], error);
  if (tier == NULL)
    return FALSE;

  draft = jp_draft_new_from (tier);
  scale_parts (draft, jp_record_get_integer (tier, JP_CLASS_TIER_PRICE), price_fen);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price_fen);
  if (from != JP_DATE_NONE)
    jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, from);
  change = jp_desk_change_tier (cli->vault, g_steal_pointer (&draft), cli->actor, error);
  return jp_command_record_finish (cli, change, change != NULL ? change->rows->len - 1 : 0, error);
}

static gboolean
run_publish (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("TIER"),
                           _ ("Puts a class tier on sale. Its price is fixed from then on."), NULL,
                           1, 1 };
  g_autoptr (JpRecord) tier = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, (*arguments)[0], error);
  return tier != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_publish_tier (cli->vault, jp_record_get_id (tier),
                                                         cli->actor, error),
                                   0, error);
}

static gboolean
run_end (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("TIER"), _ ("Takes a class tier off sale. Contracts go on."), NULL, 1,
                           1 };
  g_autoptr (JpRecord) tier = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, (*arguments)[0], error);
  return tier != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_end_tier (cli->vault, jp_record_get_id (tier),
                                                     cli->actor, error),
                                   0, error);
}

/* Returns how many findings there were, or -1. */
static int
lint_one (JpCli *cli, JpRecord *tier, JpCliTable *table, JsonBuilder *builder, GError **error)
{
  g_autoptr (GPtrArray) findings = jp_tier_repo_lint (cli->vault, tier, error);

  if (findings == NULL)
    return -1;
  for (guint i = 0; i < findings->len; i++)
    {
      const JpTierFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char     *sentence = jp_tier_lint_dup_sentence (finding);
      const char *const    cells[] = { jp_record_get_title (tier), sentence, NULL };

      jp_cli_table_add (table, cells);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "tier");
      json_builder_add_string_value (builder, cells[0]);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, jp_field_get (finding->field)->name);
      json_builder_set_member_name (builder, "finding");
      json_builder_add_string_value (builder, sentence);
      json_builder_end_object (builder);
    }
  return (int)findings->len;
}

static GPtrArray *
fetch_tiers (JpCli *cli, const char *text, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (GPtrArray) tiers = NULL;
  JpRecord *tier = NULL;

  if (text == NULL)
    {
      jp_query_where_code (query, JP_CLASS_TIER_STATUS, JP_QUERY_NOT_EQUAL, JP_TIER_STATUS_ENDED);
      return jp_query_fetch_all (cli->vault, query, error);
    }
  tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, text, error);
  if (tier == NULL)
    return NULL;
  tiers = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_ptr_array_add (tiers, tier);
  return g_steal_pointer (&tiers);
}

static gboolean
run_lint (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp   help = { _ ("[TIER]"),
                             _ ("Looks for what is wrong with class tiers: sums, published copies, "
                                  "forbidden promises, extra charges. The exit code tells whether "
                                  "something is."),
                             NULL, 0, 1 };
  const char *const labels[] = { _ ("Class tier"), _ ("Finding"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GPtrArray) tiers = NULL;
  g_autofree char *text = NULL;
  int              n_findings = 0;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  tiers = fetch_tiers (cli, (*arguments)[0], error);
  if (tiers == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < tiers->len; i++)
    {
      int found = lint_one (cli, g_ptr_array_index (tiers, i), table, builder, error);

      if (found < 0)
        return FALSE;
      n_findings += found;
    }
  json_builder_end_array (builder);
  cli->exit_code = n_findings > 0 ? JP_CLI_FAILURE : JP_CLI_OK;
  text = jp_cli_table_to_text (table);
  if (cli->json)
    jp_cli_record_print_json (builder);
  else if (n_findings > 0)
    g_print ("%s", text);
  else
    jp_cli_say (cli, _ ("Nothing is wrong with the class tiers."));
  return TRUE;
}

static void
print_curve (JpCli *cli, GArray *weeks)
{
  const char *const labels[] = { _ ("Week"), _ ("Released so far"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < weeks->len; i++)
    {
      gint64            fen = g_array_index (weeks, gint64, i);
      g_autofree char  *week = g_strdup_printf ("%u", i);
      g_autofree char  *amount = jp_money_format (fen);
      const char *const cells[] = { week, amount, NULL };

      jp_cli_table_add (table, cells);
      json_builder_add_int_value (builder, fen);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_rows (cli, builder, table);
}

static gboolean
run_curve (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *path = NULL;
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Policy file to try (default: the rules of today)"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("TIER"),
                           _ ("What is released week by week of 100 trainees who buy a class tier "
                              "and train as usual."),
                           entries, 1, 1 };
  g_autoptr (JpRecord) tier = NULL;
  g_autoptr (JpPolicy) policy = NULL;
  g_autoptr (GArray) weeks = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  if (path != NULL)
    {
      policy = jp_command_policy_load (path, error);
      if (policy == NULL)
        return FALSE;
    }
  tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, (*arguments)[0], error);
  weeks = tier != NULL ? jp_tier_repo_curve (cli->vault, tier, policy, error) : NULL;
  if (weeks == NULL)
    return FALSE;
  print_curve (cli, weeks);
  return TRUE;
}

static const JpCommand parts[] = {
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one"), jp_command_record_show },
  { "add", NC_ ("command", "make one"), jp_command_record_add },
  { "edit", NC_ ("command", "change one"), jp_command_record_edit },
  { "price", NC_ ("command", "another price, as a new version"), run_price },
  { "poster", NC_ ("command", "the price list to hang up, as PDF"), jp_cli_print_poster },
  { "publish", NC_ ("command", "put on sale"), run_publish },
  { "end", NC_ ("command", "take off sale"), run_end },
  { "lint", NC_ ("command", "what is wrong with them"), run_lint },
  { "curve", NC_ ("command", "what is released week by week"), run_curve },
  { "delete", NC_ ("command", "put one into the trash"), jp_command_record_delete },
  { "restore", NC_ ("command", "take one out of the trash"), jp_command_record_restore },
  { NULL, NULL, NULL },
};

/**
 * jp_command_tier:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_tier (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
