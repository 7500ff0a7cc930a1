/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-finance-repo.h"
#include "jp-ledger.h"

G_BEGIN_DECLS

/**
 * JpMoneyEventKind:
 * @JP_MONEY_PAID: the trainee paid into custody
 * @JP_MONEY_RELEASED: custody gave to the school
 * @JP_MONEY_REFUNDED: custody gave back, or moved on to another contract
 * @JP_MONEY_DISPUTED: the school contests it; nothing moves
 * @JP_MONEY_OTHER: anything else that the ledger knows
 * @JP_MONEY_EXPECTED: what should come next
 *
 * What happened to the money of a contract.
 */
typedef enum {
  JP_MONEY_PAID,
  JP_MONEY_RELEASED,
  JP_MONEY_REFUNDED,
  JP_MONEY_DISPUTED,
  JP_MONEY_OTHER,
  JP_MONEY_EXPECTED,
} JpMoneyEventKind;

#define JP_MONEY_N_KINDS 6

/**
 * JpMoneyEvent:
 * @kind: what happened
 * @on: the day; %JP_DATE_NONE if nothing tells when something expected comes
 * @amount_fen: how much
 * @custody_fen: what was in custody after it; of something expected: what would be
 * @stage: (owned) (nullable): the stage of the release
 * @reference: (owned) (nullable): the bank's or the platform's reference
 * @is_estimate: the day supposes that training goes on as usual
 * @sentence: (owned) (nullable): of something expected, what it waits for, translated
 *
 * One event on the line of time.
 */
typedef struct
{
  JpMoneyEventKind kind;
  JpDate           on;
  gint64           amount_fen;
  gint64           custody_fen;
  char            *stage;
  char            *reference;
  gboolean         is_estimate;
  char            *sentence;
} JpMoneyEvent;

/**
 * JpContractMoney:
 * @contract: (owned): the contract
 * @balance: where its money is, by the ledger
 * @events: (owned) (element-type JpMoneyEvent): what happened in its order, then what should come
 * @postings: (owned) (element-type JpLedgerPosting): the ledger in its order
 * @words: (owned) (nullable) (element-type JpPolicyWord): the rules in plain words; %NULL if they
 *   are not known here
 * @note: (owned) (nullable): what has to be known about these rules
 *
 * The money of one contract. Free with jp_contract_money_free().
 */
typedef struct
{
  JpRecord       *contract;
  JpLedgerBalance balance;
  GPtrArray      *events;
  GPtrArray      *postings;
  GPtrArray      *words;
  char           *note;
} JpContractMoney;

JpContractMoney *jp_contract_money_read (JpVault *vault, const JpId *contract, GError **error);
void             jp_contract_money_free (JpContractMoney *self);
const char      *jp_contract_money_get_label (JpMoneyEventKind kind);
gboolean         jp_contract_money_is_undone (const JpContractMoney *self, guint posting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpContractMoney, jp_contract_money_free)

G_END_DECLS
