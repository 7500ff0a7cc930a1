/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-finance.h"

#include "jp-cli-json.h"
#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-finance-repo.h"
#include "jp-money.h"

#include <glib/gi18n.h>

static char *
dup_day (JpDate date)
{
  return date != JP_DATE_NONE ? jp_date_to_iso (date) : g_strdup ("");
}

/* --- forecast --- */

static void
print_forecast_json (const JpFinanceOutlook *outlook)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "weeks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < outlook->n_weeks; i++)
    {
      json_builder_begin_object (builder);
      jp_cli_json_add_date (builder, "from", outlook->weeks[i].from);
      jp_cli_json_add_integer (builder, "certain_fen", outlook->weeks[i].certain_fen);
      jp_cli_json_add_integer (builder, "estimated_fen", outlook->weeks[i].estimated_fen);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  jp_cli_json_add_integer (builder, "later_fen", outlook->later_fen);
  jp_cli_json_add_integer (builder, "unforeseen_fen", outlook->unforeseen_fen);
  jp_cli_json_add_integer (builder, "custody_fen", outlook->custody_fen);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
add_amounts (JpCliTable *table, const char *label, gint64 certain_fen, gint64 estimated_fen)
{
  g_autofree char  *certain = jp_money_format (certain_fen);
  g_autofree char  *estimated = jp_money_format (estimated_fen);
  const char *const cells[] = { label, certain, estimated, NULL };

  jp_cli_table_add (table, cells);
}

static void
print_forecast (JpCli *cli, const JpFinanceOutlook *outlook)
{
  const char *const labels[] = { _ ("Week from"), _ ("Certain"), _ ("Estimated"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autofree char *unforeseen = jp_money_format (outlook->unforeseen_fen);

  for (guint i = 0; i < outlook->n_weeks; i++)
    {
      g_autofree char *from = jp_date_to_iso (outlook->weeks[i].from);

      add_amounts (table, from, outlook->weeks[i].certain_fen, outlook->weeks[i].estimated_fen);
    }
  add_amounts (table, _ ("Later"), 0, outlook->later_fen);
  jp_cli_table_print (table);
  jp_cli_say (cli, _ ("Nothing tells when %s come: exams, refused reviews, nobody trains."),
              unforeseen);
  jp_cli_say (cli, "%s", _ ("Estimates suppose that everybody trains as much a week as usual."));
}

/**
 * jp_command_finance_forecast:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_finance_forecast (JpCli *cli, GStrv *arguments, GError **error)
{
  int                weeks = JP_FINANCE_WEEKS;
  const GOptionEntry entries[] = {
    { "weeks", 0, 0, G_OPTION_ARG_INT, &weeks, N_ ("So many weeks ahead"), N_ ("WEEKS") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "", _ ("Says what will be released in the next weeks."), entries, 0, 0 };
  g_autoptr (JpFinanceOutlook) outlook = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  outlook =
    jp_finance_repo_read_outlook (cli->vault, (guint)CLAMP (weeks, 1, JP_FINANCE_MAX_WEEKS), error);
  if (outlook == NULL)
    return FALSE;
  if (cli->json)
    print_forecast_json (outlook);
  else
    print_forecast (cli, outlook);
  return TRUE;
}

/* --- stuck --- */

static void
write_item (JsonBuilder *builder, const JpFinanceItem *item)
{
  JpIdText id;

  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "missing", jp_settlement_block_get_name (item->block));
  jp_cli_json_add_text (builder, "sentence", item->sentence);
  jp_cli_json_add_text (builder, "contract", jp_id_to_text (&item->contract, id));
  jp_cli_json_add_text (builder, "contract_no", item->contract_no);
  jp_cli_json_add_text (builder, "trainee_name", item->trainee_name);
  jp_cli_json_add_text (builder, "stage", item->stage);
  jp_cli_json_add_integer (builder, "amount_fen", item->amount_fen);
  jp_cli_json_add_date (builder, "since", item->since);
  jp_cli_json_add_integer (builder, "age_days", item->age_days);
  jp_cli_json_add_date (builder, "expected_on", item->expected_on);
  json_builder_set_member_name (builder, "is_estimate");
  json_builder_add_boolean_value (builder, item->is_estimate);
  json_builder_set_member_name (builder, "is_money");
  json_builder_add_boolean_value (builder, jp_finance_repo_is_money (item));
  json_builder_end_object (builder);
}

static void
print_stuck_json (const JpFinanceOutlook *outlook, int days)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < outlook->items->len; i++)
    {
      const JpFinanceItem *item = g_ptr_array_index (outlook->items, i);

      if (item->age_days > days && item->block != JP_SETTLEMENT_BLOCK_NONE)
        write_item (builder, item);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_json (builder);
}

/* What is in custody, and what is no money yet. */
static void
print_items (const JpFinanceOutlook *outlook,
             int                     days,
             gint64                 *out_stuck_fen,
             gint64                 *out_unpaid_fen)
{
  const char *const labels[] = { _ ("Contract"), _ ("Trainee"), _ ("Amount"), _ ("Missing"),
                                 _ ("Since"),    _ ("Days"),    _ ("Why"),    NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  guint n = 0;

  *out_stuck_fen = 0;
  *out_unpaid_fen = 0;
  for (guint i = 0; i < outlook->items->len; i++)
    {
      const JpFinanceItem *item = g_ptr_array_index (outlook->items, i);
      g_autofree char     *amount = jp_money_format (item->amount_fen);
      g_autofree char     *since = dup_day (item->since);
      g_autofree char     *age = g_strdup_printf ("%d", item->age_days);
      const char *const    cells[] = { item->contract_no,
                                    item->trainee_name != NULL ? item->trainee_name : "",
                                       amount,
                                       jp_settlement_block_get_label (item->block),
                                       since,
                                       age,
                                       item->sentence,
                                       NULL };

      if (item->age_days <= days || item->block == JP_SETTLEMENT_BLOCK_NONE)
        continue;
      *(jp_finance_repo_is_money (item) ? out_stuck_fen : out_unpaid_fen) += item->amount_fen;
      jp_cli_table_add (table, cells);
      n++;
    }
  if (n > 0)
    jp_cli_table_print (table);
}

/**
 * jp_command_finance_stuck:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_finance_stuck (JpCli *cli, GStrv *arguments, GError **error)
{
  int                days = JP_FINANCE_STUCK_DAYS;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, N_ ("Only what waits for more than so many days"),
      N_ ("DAYS") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "", _ ("Lists the money that waits, and for what."), entries, 0, 0 };
  g_autoptr (JpFinanceOutlook) outlook = NULL;
  gint64           stuck_fen = 0;
  gint64           unpaid_fen = 0;
  g_autofree char *stuck = NULL;
  g_autofree char *unpaid = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  outlook = jp_finance_repo_read_outlook (cli->vault, 1, error);
  if (outlook == NULL)
    return FALSE;
  if (cli->json)
    {
      print_stuck_json (outlook, days);
      return TRUE;
    }
  print_items (outlook, days, &stuck_fen, &unpaid_fen);
  stuck = jp_money_format (stuck_fen);
  unpaid = jp_money_format (unpaid_fen);
  jp_cli_say (cli, _ ("Stuck altogether: %s."), stuck);
  if (unpaid_fen > 0)
    jp_cli_say (cli, _ ("No money yet, not signed or not paid: %s."), unpaid);
  return TRUE;
}

/* --- overview --- */

static void
write_balance (JsonBuilder *builder, const JpLedgerBalance *balance)
{
  for (guint i = 0; i < JP_LEDGER_N_ACCOUNTS; i++)
    {
      g_autofree char *member =
        g_strconcat (jp_ledger_account_get_name ((JpLedgerAccount)i), "_fen", NULL);

      jp_cli_json_add_integer (builder, member, balance->fen[i]);
    }
}

static void
write_month (JsonBuilder *builder, const JpFinanceMonth *month)
{
  json_builder_begin_object (builder);
  jp_cli_json_add_date (builder, "month", month->month);
  jp_cli_json_add_integer (builder, "paid_fen", month->paid_fen);
  jp_cli_json_add_integer (builder, "released_fen", month->released_fen);
  jp_cli_json_add_integer (builder, "refunded_fen", month->refunded_fen);
  jp_cli_json_add_integer (builder, "penalty_fen", month->penalty_fen);
  jp_cli_json_add_integer (builder, "custody_fen", month->custody_fen);
  json_builder_end_object (builder);
}

static void
print_overview_json (const JpFinanceOverview *overview)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  write_balance (builder, &overview->balance);
  jp_cli_json_add_integer (builder, "unstated_fen", overview->unstated_fen);
  json_builder_set_member_name (builder, "months");
  json_builder_begin_array (builder);
  for (guint i = 0; i < overview->months->len; i++)
    write_month (builder, &g_array_index (overview->months, JpFinanceMonth, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "tiers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < overview->tiers->len; i++)
    {
      const JpFinanceTier *tier = g_ptr_array_index (overview->tiers, i);

      json_builder_begin_object (builder);
      jp_cli_json_add_text (builder, "name", tier->name);
      jp_cli_json_add_integer (builder, "contracts", tier->n_contracts);
      write_balance (builder, &tier->balance);
      jp_cli_json_add_integer (builder, "unstated_fen", tier->unstated_fen);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
add_balance (JpCliTable *table, const char *label, const gint64 *amounts_fen)
{
  g_autofree char  *paid = jp_money_format (amounts_fen[0]);
  g_autofree char  *custody = jp_money_format (amounts_fen[1]);
  g_autofree char  *released = jp_money_format (amounts_fen[2]);
  g_autofree char  *refunded = jp_money_format (amounts_fen[3]);
  const char *const cells[] = { label, paid, custody, released, refunded, NULL };

  jp_cli_table_add (table, cells);
}

static void
print_overview (JpCli *cli, const JpFinanceOverview *overview)
{
  const char *const labels[] = { "",
                                 jp_ledger_account_get_label (JP_LEDGER_PAID),
                                 jp_ledger_account_get_label (JP_LEDGER_CUSTODY),
                                 jp_ledger_account_get_label (JP_LEDGER_RELEASED),
                                 jp_ledger_account_get_label (JP_LEDGER_REFUNDED),
                                 NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);

  for (guint i = 0; i < overview->months->len; i++)
    {
      const JpFinanceMonth *month = &g_array_index (overview->months, JpFinanceMonth, i);
      g_autofree char      *label = g_strdup_printf ("%04d-%02d", jp_date_get_year (month->month),
                                                     jp_date_get_month (month->month));

      add_balance (table, label,
                   (const gint64[]){ month->paid_fen, month->custody_fen, month->released_fen,
                                     month->refunded_fen });
    }
  for (guint i = 0; i < overview->tiers->len; i++)
    {
      const JpFinanceTier *tier = g_ptr_array_index (overview->tiers, i);

      add_balance (table, tier->name != NULL ? tier->name : "", tier->balance.fen);
    }
  add_balance (table, _ ("Altogether"), overview->balance.fen);
  jp_cli_table_print (table);
  if (overview->unstated_fen != 0)
    {
      g_autofree char *amount = jp_money_format (overview->unstated_fen);

      jp_cli_say (cli,
                  _ ("By the contracts another %s has left custody that is on no statement here."),
                  amount);
    }
}

/**
 * jp_command_finance_overview:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_finance_overview (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { "", _ ("Says where the money is, by month and by class tier."), NULL, 0,
                           0 };
  g_autoptr (JpFinanceOverview) overview = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  overview = jp_finance_repo_read_overview (cli->vault, error);
  if (overview == NULL)
    return FALSE;
  if (cli->json)
    print_overview_json (overview);
  else
    print_overview (cli, overview);
  return TRUE;
}
