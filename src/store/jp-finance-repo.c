/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finance-repo.h"

#include "jp-settlement-repo.h"
#include "jp-settlement-stream.h"

#define WEEK_DAYS     7
#define MONTHS_A_YEAR 12

static void
item_free (gpointer data)
{
  JpFinanceItem *item = data;

  g_free (item->contract_no);
  g_free (item->trainee_name);
  g_free (item->stage_id);
  g_free (item->stage);
  g_free (item->sentence);
  g_free (item);
}

/**
 * jp_finance_repo_free_outlook:
 * @self: (nullable) (transfer full): an outlook
 */
void
jp_finance_repo_free_outlook (JpFinanceOutlook *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->weeks);
  g_free (self);
}

/**
 * jp_finance_repo_is_money:
 * @item: something that waits
 *
 * Returns: whether it is in custody: a contract that nobody has signed or paid is no money yet
 */
gboolean
jp_finance_repo_is_money (const JpFinanceItem *item)
{
  g_return_val_if_fail (item != NULL, FALSE);

  return item->block != JP_SETTLEMENT_BLOCK_NOT_SIGNED &&
         item->block != JP_SETTLEMENT_BLOCK_NOT_PAID;
}

/**
 * jp_finance_repo_is_stuck:
 * @item: something that waits
 *
 * Returns: whether it is money that waits for something for longer than %JP_FINANCE_STUCK_DAYS:
 * what it is true for adds up to @stuck_fen of the outlook
 */
gboolean
jp_finance_repo_is_stuck (const JpFinanceItem *item)
{
  g_return_val_if_fail (item != NULL, FALSE);

  return jp_finance_repo_is_money (item) && item->block != JP_SETTLEMENT_BLOCK_NONE &&
         item->block != JP_SETTLEMENT_BLOCK_DELAY && item->age_days > JP_FINANCE_STUCK_DAYS;
}

/* --- sums --- */

static void
add_block (JpFinanceOutlook *self, const JpFinanceItem *item)
{
  JpFinanceBlock *block = &self->blocks[item->block];

  block->n++;
  block->amount_fen += item->amount_fen;
  block->oldest_days = MAX (block->oldest_days, item->age_days);
  if (jp_finance_repo_is_stuck (item))
    self->stuck_fen += item->amount_fen;
}

static void
add_to_week (JpFinanceOutlook *self, gint64 week, gint64 amount_fen, gboolean is_estimate)
{
  if (week >= (gint64)self->n_weeks)
    self->later_fen += amount_fen;
  else if (is_estimate)
    self->weeks[week].estimated_fen += amount_fen;
  else
    self->weeks[week].certain_fen += amount_fen;
}

/* What comes bit by bit is spread evenly; the last week takes the rest. */
static void
add_forecast (JpFinanceOutlook *self, const JpFinanceItem *item)
{
  gint64 last = 0;
  gint64 left_fen = item->amount_fen;

  if (item->expected_on == JP_DATE_NONE)
    {
      self->unforeseen_fen += item->amount_fen;
      return;
    }
  last = MAX (jp_date_days_between (self->today, item->expected_on), 0) / WEEK_DAYS;
  if (item->is_gradual && item->is_estimate)
    for (gint64 week = 0; week < MIN (last, (gint64)self->n_weeks); week++)
      {
        gint64 slice_fen = item->amount_fen / (last + 1);

        add_to_week (self, week, slice_fen, TRUE);
        left_fen -= slice_fen;
      }
  add_to_week (self, last, left_fen, item->is_estimate);
}

static void
add_item (JpFinanceOutlook *self, JpFinanceItem *item)
{
  g_ptr_array_add (self->items, item);
  add_block (self, item);
  if (!jp_finance_repo_is_money (item))
    return;
  self->custody_fen += item->amount_fen;
  add_forecast (self, item);
}

/* --- paid contracts --- */

static void
look_cb (const JpSettlementOutlook *outlook, gpointer user_data)
{
  const JpSettlementContract *contract = outlook->contract;
  JpFinanceItem              *item = g_new0 (JpFinanceItem, 1);

  item->contract = contract->id;
  item->contract_no = g_strdup (contract->number != NULL ? contract->number : "");
  item->trainee = contract->trainee;
  item->trainee_name = g_strdup (contract->trainee_name);
  item->tier = contract->tier;
  if (outlook->stage != NULL)
    {
      item->stage_id = g_strdup (outlook->stage->id);
      item->stage =
        g_strdup (outlook->stage->title != NULL ? outlook->stage->title : outlook->stage->id);
    }
  item->amount_fen = outlook->amount_fen;
  item->block = outlook->block;
  item->part = outlook->part;
  item->since = outlook->since;
  item->age_days = outlook->age_days;
  item->expected_on = outlook->expected_on;
  item->is_estimate = outlook->is_estimate;
  item->is_gradual = outlook->is_gradual;
  item->weekly_minutes = outlook->weekly_minutes;
  item->remaining_minutes = outlook->remaining_minutes;
  item->sentence = jp_settlement_outlook_dup_sentence (outlook);
  add_item (user_data, item);
}

static gboolean
look_at_paid (JpVault                 *vault,
              const JpSettlementQuery *query,
              JpFinanceOutlook        *self,
              GError                 **error)
{
  JpSettlementOptions options;
  g_autoptr (JpSettlementStream) stream = NULL;
  const JpSettlementContract *contract = NULL;

  jp_settlement_options_init (&options, self->today);
  if (!jp_settlement_repo_find_covered (vault, self->today, &options.due_until, error))
    return FALSE;
  options.due_until = jp_date_add_days (options.due_until, -options.missing_days);
  stream = jp_settlement_stream_open (vault, query, error);
  if (stream == NULL)
    return FALSE;
  while (jp_settlement_stream_next (stream, &contract, error))
    {
      if (contract == NULL)
        return TRUE;
      jp_settlement_outlook_look (contract, &options, look_cb, self);
    }
  return FALSE;
}

/* --- contracts on their way --- */

static void
add_unpaid (JpFinanceOutlook *self, JpStatement *row)
{
  JpFinanceItem       *item = g_new0 (JpFinanceItem, 1);
  gint64               since_us = jp_statement_get_integer (row, 5);
  JpSettlementContract contract = { 0 };
  JpSettlementOutlook  outlook = { .contract = &contract };

  jp_statement_get_id (row, 0, &item->contract);
  item->contract_no = g_strdup (jp_statement_get_text (row, 1));
  jp_statement_get_id (row, 2, &item->trainee);
  jp_statement_get_id (row, 3, &item->tier);
  item->amount_fen = jp_statement_get_integer (row, 4);
  item->since = since_us > 0 ? jp_date_from_instant (since_us) : JP_DATE_NONE;
  item->block = jp_statement_get_integer (row, 6) != 0 ? JP_SETTLEMENT_BLOCK_NOT_PAID
                                                       : JP_SETTLEMENT_BLOCK_NOT_SIGNED;
  item->trainee_name = g_strdup (jp_statement_get_text (row, 7));
  if (item->since != JP_DATE_NONE && item->since <= self->today)
    item->age_days = jp_date_days_between (item->since, self->today);
  outlook.amount_fen = item->amount_fen;
  outlook.block = item->block;
  item->sentence = jp_settlement_outlook_dup_sentence (&outlook);
  add_item (self, item);
}

static gboolean
look_at_unpaid (JpVault *vault, JpFinanceOutlook *self, GError **error)
{
  g_autoptr (JpStatement) read = jp_db_prepare (
    vault->db,
    "SELECT c.id, c.number, c.trainee, c.class_tier, ifnull (c.price, 0),"
    " ifnull (CASE c.status WHEN 'signed' THEN c.signed_at ELSE c.offered_at END, 0),"
    " c.status = 'signed', t.name FROM contract AS c LEFT JOIN trainee AS t ON t.id = c.trainee"
    " WHERE c.status IN ('offered', 'signed') AND c.deleted = 0",
    error);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      if (!row)
        return TRUE;
      add_unpaid (self, read);
    }
  return jp_vault_translate (error);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const JpFinanceItem *one = *(const JpFinanceItem *const *)a;
  const JpFinanceItem *two = *(const JpFinanceItem *const *)b;

  if (one->age_days != two->age_days)
    return one->age_days > two->age_days ? -1 : 1;
  if (one->amount_fen != two->amount_fen)
    return one->amount_fen > two->amount_fen ? -1 : 1;
  return jp_id_compare (&one->contract, &two->contract);
}

/**
 * jp_finance_repo_read_outlook:
 * @vault: a vault
 * @n_weeks: how many weeks the forecast looks ahead, 1 … %JP_FINANCE_MAX_WEEKS
 * @error: return location for a [error@Jp.StoreError]
 *
 * Looks at all contracts that are paid and not over, and at those that are to be signed or paid.
 * Weeks count from today. What is earned is certain; what needs hours comes after the remaining
 * minutes at the trainee's usual pace, and %JP_SETTLEMENT_REVIEW_DAYS days for the review: an
 * estimate. What waits for an exam is not foreseen.
 *
 * Returns: (transfer full): the outlook, or %NULL with an error
 */
JpFinanceOutlook *
jp_finance_repo_read_outlook (JpVault *vault, guint n_weeks, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (n_weeks >= 1 && n_weeks <= JP_FINANCE_MAX_WEEKS, NULL);

  const JpSettlementQuery open = { .scope = JP_SETTLEMENT_SCOPE_OPEN, .checks_all = TRUE };
  g_autoptr (JpFinanceOutlook) self = g_new0 (JpFinanceOutlook, 1);

  self->today = jp_vault_today (vault);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->weeks = g_new0 (JpFinanceWeek, n_weeks);
  self->n_weeks = n_weeks;
  for (guint i = 0; i < n_weeks; i++)
    self->weeks[i].from = jp_date_add_days (self->today, (int)i * WEEK_DAYS);
  if (!look_at_paid (vault, &open, self, error) || !look_at_unpaid (vault, self, error))
    return NULL;
  g_ptr_array_sort (self->items, compare_items);
  return g_steal_pointer (&self);
}

/**
 * jp_finance_repo_list_contract:
 * @vault: a vault
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpFinanceItem): what should still come of a contract's
 *   custody, stage by stage; empty if it is not in custody. %NULL with an error
 */
GPtrArray *
jp_finance_repo_list_contract (JpVault *vault, const JpId *contract, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  const JpSettlementQuery query = { .scope = JP_SETTLEMENT_SCOPE_CONTRACT,
                                    .id = *contract,
                                    .checks_all = TRUE };
  g_autoptr (JpFinanceOutlook) self = g_new0 (JpFinanceOutlook, 1);

  self->today = jp_vault_today (vault);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return look_at_paid (vault, &query, self, error) ? g_steal_pointer (&self->items) : NULL;
}

/* --- overview --- */

static void
tier_free (gpointer data)
{
  JpFinanceTier *tier = data;

  g_free (tier->name);
  g_free (tier);
}

/**
 * jp_finance_repo_free_overview:
 * @self: (nullable) (transfer full): an overview
 */
void
jp_finance_repo_free_overview (JpFinanceOverview *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->tiers, g_ptr_array_unref);
  g_free (self);
}

static JpDate
next_month (JpDate month)
{
  int number = jp_date_get_year (month) * MONTHS_A_YEAR + jp_date_get_month (month);

  return jp_date_new (number / MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1);
}

/* Months without a movement are months too. */
static JpFinanceMonth *
get_month (GArray *months, JpDate month)
{
  JpFinanceMonth *last =
    months->len > 0 ? &g_array_index (months, JpFinanceMonth, months->len - 1) : NULL;

  while (last == NULL || last->month < month)
    {
      JpFinanceMonth next = { .month = last != NULL ? next_month (last->month) : month,
                              .custody_fen = last != NULL ? last->custody_fen : 0 };

      g_array_append_val (months, next);
      last = &g_array_index (months, JpFinanceMonth, months->len - 1);
    }
  return last;
}

static void
add_to_account (JpFinanceMonth *month, const char *account, gint64 amount_fen)
{
  JpLedgerAccount which = JP_LEDGER_PAID;

  if (!jp_ledger_account_lookup (account, &which))
    return;
  switch (which)
    {
    case JP_LEDGER_PAID:
      month->paid_fen -= amount_fen;
      break;
    case JP_LEDGER_CUSTODY:
      month->custody_fen += amount_fen;
      break;
    case JP_LEDGER_RELEASED:
      month->released_fen += amount_fen;
      break;
    case JP_LEDGER_REFUNDED:
      month->refunded_fen += amount_fen;
      break;
    case JP_LEDGER_PENALTY:
      month->penalty_fen += amount_fen;
      break;
    case JP_LEDGER_DISPUTED:
    default:
      break;
    }
}

static JpDate
month_of (gint64 days_since_1970)
{
  JpDate date = jp_date_from_instant (days_since_1970 * JP_DAY_US);

  return jp_date_new (jp_date_get_year (date), jp_date_get_month (date), 1);
}

static gboolean
read_months (JpVault *vault, JpFinanceOverview *self, GError **error)
{
  /* Days in China, eight hours ahead of UTC, counted from 1970. */
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT (at + 28800000000) / 86400000000 AS day, debit, credit, sum (fen)"
                   " FROM posting WHERE debit <> 'disputed' AND credit <> 'disputed'"
                   " GROUP BY day, debit, credit ORDER BY day",
                   error);
  gboolean row = FALSE;

  self->months = g_array_new (FALSE, FALSE, sizeof (JpFinanceMonth));
  while (read != NULL && jp_statement_step (read, &row, error))
    {
      gint64 day = row ? jp_statement_get_integer (read, 0) : 0;

      if (!row)
        return TRUE;

      JpFinanceMonth *sums = get_month (self->months, month_of (day));

      add_to_account (sums, jp_statement_get_text (read, 1), -jp_statement_get_integer (read, 3));
      add_to_account (sums, jp_statement_get_text (read, 2), jp_statement_get_integer (read, 3));
    }
  return jp_vault_translate (error);
}

static JpFinanceTier *
get_tier (JpFinanceOverview *self, const JpId *id)
{
  JpFinanceTier *tier = self->tiers->len > 0 ? self->tiers->pdata[self->tiers->len - 1] : NULL;

  if (tier != NULL && jp_id_equal (&tier->tier, id))
    return tier;
  tier = g_new0 (JpFinanceTier, 1);
  tier->tier = *id;
  g_ptr_array_add (self->tiers, tier);
  return tier;
}

static void
add_to_tier (JpFinanceOverview *self, JpFinanceTier *tier, JpStatement *row)
{
  JpLedgerAccount debit = JP_LEDGER_PAID;
  JpLedgerAccount credit = JP_LEDGER_PAID;
  gint64          amount_fen = jp_statement_get_integer (row, 3);

  jp_ledger_account_lookup (jp_statement_get_text (row, 1), &debit);
  jp_ledger_account_lookup (jp_statement_get_text (row, 2), &credit);
  tier->balance.fen[debit] -= debit == JP_LEDGER_PAID ? -amount_fen : amount_fen;
  tier->balance.fen[credit] += credit == JP_LEDGER_PAID ? -amount_fen : amount_fen;
  self->balance.fen[debit] -= debit == JP_LEDGER_PAID ? -amount_fen : amount_fen;
  self->balance.fen[credit] += credit == JP_LEDGER_PAID ? -amount_fen : amount_fen;
  if (debit != JP_LEDGER_CUSTODY && credit != JP_LEDGER_CUSTODY)
    {
      /* What went out and is disputed has gone out all the same. */
      gint64 contested_fen = credit == JP_LEDGER_DISPUTED  ? amount_fen
                             : debit == JP_LEDGER_DISPUTED ? -amount_fen
                                                           : 0;

      tier->contested_fen += contested_fen;
      self->contested_fen += contested_fen;
    }
  if (debit == JP_LEDGER_PAID)
    tier->n_contracts = MAX (tier->n_contracts, jp_statement_get_integer (row, 4));
  if (tier->name == NULL)
    tier->name = g_strdup (jp_statement_get_text (row, 5));
}

static int
compare_tiers (gconstpointer a, gconstpointer b)
{
  const JpFinanceTier *one = *(const JpFinanceTier *const *)a;
  const JpFinanceTier *two = *(const JpFinanceTier *const *)b;
  gint64               paid = one->balance.fen[JP_LEDGER_PAID];
  gint64               other_paid = two->balance.fen[JP_LEDGER_PAID];

  if (paid != other_paid)
    return paid > other_paid ? -1 : 1;
  return jp_id_compare (&one->tier, &two->tier);
}

static gboolean
read_tiers (JpVault *vault, JpFinanceOverview *self, GError **error)
{
  g_autoptr (JpStatement) read = jp_db_prepare (
    vault->db,
    "SELECT c.class_tier, p.debit, p.credit, sum (p.fen), count (DISTINCT p.contract), t.name"
    " FROM posting AS p LEFT JOIN contract AS c ON c.id = p.contract"
    " LEFT JOIN class_tier AS t ON t.id = c.class_tier GROUP BY c.class_tier, p.debit, p.credit"
    " ORDER BY c.class_tier",
    error);
  gboolean row = FALSE;

  self->tiers = g_ptr_array_new_with_free_func (tier_free);
  while (read != NULL && jp_statement_step (read, &row, error))
    {
      JpId id = JP_ID_NONE;

      if (!row)
        {
          g_ptr_array_sort (self->tiers, compare_tiers);
          return TRUE;
        }
      jp_statement_get_id (read, 0, &id);
      add_to_tier (self, get_tier (self, &id), read);
    }
  return jp_vault_translate (error);
}

static gint64
sum_out (const JpLedgerBalance *balance)
{
  return balance->fen[JP_LEDGER_RELEASED] + balance->fen[JP_LEDGER_REFUNDED] +
         balance->fen[JP_LEDGER_PENALTY];
}

static JpFinanceTier *
find_tier (JpFinanceOverview *self, const JpId *id)
{
  for (guint i = 0; i < self->tiers->len; i++)
    if (jp_id_equal (&((JpFinanceTier *)self->tiers->pdata[i])->tier, id))
      return self->tiers->pdata[i];

  return NULL;
}

/* The platform may have more history than the statements it has sent: its contracts know. What a
 * statement pays for a contract that is not ours has not left our custody. */
static gboolean
read_unstated (JpVault *vault, JpFinanceOverview *self, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT class_tier, sum (ifnull (released, 0) + ifnull (refunded, 0))"
                   " FROM contract WHERE deleted = 0 GROUP BY class_tier",
                   error);
  gboolean row = FALSE;

  self->unstated_fen = -sum_out (&self->balance) - self->contested_fen;
  for (guint i = 0; i < self->tiers->len; i++)
    {
      JpFinanceTier *tier = self->tiers->pdata[i];

      tier->unstated_fen = -sum_out (&tier->balance) - tier->contested_fen;
    }
  while (read != NULL && jp_statement_step (read, &row, error))
    {
      gint64         out_fen = row ? jp_statement_get_integer (read, 1) : 0;
      JpId           id = JP_ID_NONE;
      JpFinanceTier *tier = NULL;

      if (!row)
        return TRUE;
      jp_statement_get_id (read, 0, &id);
      tier = find_tier (self, &id);
      self->unstated_fen += out_fen;
      if (tier != NULL)
        tier->unstated_fen += out_fen;
    }
  return jp_vault_translate (error);
}

/**
 * jp_finance_repo_read_overview:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Adds up the ledger: altogether, month by month, and by class tier; and what the contracts know
 * beyond it.
 *
 * Returns: (transfer full): the overview, or %NULL with an error
 */
JpFinanceOverview *
jp_finance_repo_read_overview (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpFinanceOverview) self = g_new0 (JpFinanceOverview, 1);

  return read_months (vault, self, error) && read_tiers (vault, self, error) &&
             read_unstated (vault, self, error)
           ? g_steal_pointer (&self)
           : NULL;
}
