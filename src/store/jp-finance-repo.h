/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-ledger.h"
#include "jp-settlement-outlook.h"

G_BEGIN_DECLS

/* Where the school's money is, what will come and what is stuck. All functions read the whole
 * school in a pass or two: on the reader, never on the main thread. */

#define JP_FINANCE_WEEKS      8  /* how far the usual forecast looks */
#define JP_FINANCE_MAX_WEEKS  52 /* how far any does */
#define JP_FINANCE_STUCK_DAYS 14 /* what waits longer is stuck */

/**
 * JpFinanceItem:
 * @contract: the contract
 * @contract_no: (owned): its number
 * @trainee: the trainee
 * @trainee_name: (owned) (nullable): the trainee's name
 * @tier: its class tier
 * @stage_id: (owned) (nullable): stage of the policy; %NULL for a contract that is not paid
 * @stage: (owned) (nullable): its title
 * @amount_fen: how much
 * @block: the datum that is missing
 * @part: the part or subject that is missing, or 0
 * @since: since when it waits, or %JP_DATE_NONE
 * @age_days: days since then
 * @expected_on: when it should come, or %JP_DATE_NONE if nothing tells
 * @is_estimate: @expected_on supposes training as usual
 * @is_gradual: it comes bit by bit until @expected_on
 * @weekly_minutes: the usual training of the trainee
 * @remaining_minutes: what is still to be trained for it
 * @sentence: (owned): what is missing, translated
 *
 * Money of one stage of one contract that has not come yet.
 */
typedef struct
{
  JpId              contract;
  char             *contract_no;
  JpId              trainee;
  char             *trainee_name;
  JpId              tier;
  char             *stage_id;
  char             *stage;
  gint64            amount_fen;
  JpSettlementBlock block;
  int               part;
  JpDate            since;
  int               age_days;
  JpDate            expected_on;
  gboolean          is_estimate;
  gboolean          is_gradual;
  gint64            weekly_minutes;
  gint64            remaining_minutes;
  char             *sentence;
} JpFinanceItem;

/**
 * JpFinanceWeek:
 * @from: its first day; the first week begins today
 * @certain_fen: earned already, or waiting for nothing but days
 * @estimated_fen: comes if training and reviews go on as usual
 */
typedef struct
{
  JpDate from;
  gint64 certain_fen;
  gint64 estimated_fen;
} JpFinanceWeek;

/**
 * JpFinanceBlock:
 * @n: how many items wait for this datum
 * @amount_fen: their sum
 * @oldest_days: the age of the oldest
 */
typedef struct
{
  gint64 n;
  gint64 amount_fen;
  int    oldest_days;
} JpFinanceBlock;

/**
 * JpFinanceOutlook:
 * @today: the day
 * @items: (owned) (element-type JpFinanceItem): everything that waits, the oldest first
 * @blocks: the sums by what is missing, indexed by #JpSettlementBlock
 * @weeks: (array length=n_weeks) (owned): the forecast
 * @n_weeks: how many
 * @later_fen: comes after the last of them
 * @unforeseen_fen: nothing tells when it comes: exams, refused reviews, nobody trains
 * @custody_fen: what the items of paid contracts add up to
 * @stuck_fen: the sum of what jp_finance_repo_is_stuck() is true for
 *
 * What will come and what is stuck. Free with jp_finance_repo_free_outlook().
 */
typedef struct
{
  JpDate         today;
  GPtrArray     *items;
  JpFinanceBlock blocks[JP_SETTLEMENT_N_BLOCKS];
  JpFinanceWeek *weeks;
  guint          n_weeks;
  gint64         later_fen;
  gint64         unforeseen_fen;
  gint64         custody_fen;
  gint64         stuck_fen;
} JpFinanceOutlook;

/**
 * JpFinanceMonth:
 * @month: its first day
 * @paid_fen: came into custody
 * @released_fen: went to the school
 * @refunded_fen: went back
 * @penalty_fen: left custody as penalties
 * @custody_fen: held at its end
 */
typedef struct
{
  JpDate month;
  gint64 paid_fen;
  gint64 released_fen;
  gint64 refunded_fen;
  gint64 penalty_fen;
  gint64 custody_fen;
} JpFinanceMonth;

/**
 * JpFinanceTier:
 * @tier: a class tier, none for contracts that are not known
 * @name: (owned) (nullable): its name
 * @n_contracts: contracts with money
 * @balance: where their money is, by the ledger
 * @unstated_fen: see #JpFinanceOverview
 */
typedef struct
{
  JpId            tier;
  char           *name;
  gint64          n_contracts;
  JpLedgerBalance balance;
  gint64          unstated_fen;
  gint64          contested_fen;
} JpFinanceTier;

/**
 * JpFinanceOverview:
 * @contested_fen: of what went out, what open disputes are about; not in the balance’s accounts
 *   but in its disputed one
 * @balance: where all of the money is, by the ledger
 * @unstated_fen: what has left custody by the contracts, beyond what the ledger knows: mostly older
 *   than the first statement here. The ledger still has it in custody: what is really there is its
 *   custody minus this
 * @contested_fen: of what went out, what open disputes are about; not in the balance’s accounts
 *   but in its disputed one
 * @months: (owned) (element-type JpFinanceMonth): month by month without a gap, the oldest first
 * @tiers: (owned) (element-type JpFinanceTier): by class tier, the one with most money first
 *
 * Where the money is. Free with jp_finance_repo_free_overview().
 */
typedef struct
{
  JpLedgerBalance balance;
  gint64          unstated_fen;
  gint64          contested_fen;
  GArray         *months;
  GPtrArray      *tiers;
} JpFinanceOverview;

JpFinanceOutlook *jp_finance_repo_read_outlook (JpVault *vault, guint n_weeks, GError **error);
GPtrArray *jp_finance_repo_list_contract (JpVault *vault, const JpId *contract, GError **error);
void       jp_finance_repo_free_outlook (JpFinanceOutlook *self);
JpFinanceOverview *jp_finance_repo_read_overview (JpVault *vault, GError **error);
void               jp_finance_repo_free_overview (JpFinanceOverview *self);
gboolean           jp_finance_repo_is_money (const JpFinanceItem *item);
gboolean           jp_finance_repo_is_stuck (const JpFinanceItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpFinanceOutlook, jp_finance_repo_free_outlook)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpFinanceOverview, jp_finance_repo_free_overview)

G_END_DECLS
