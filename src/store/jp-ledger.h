/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* Where the money of each contract is, as double entry: derived once from the facts that the
 * platform sends, in the same transaction, never changed, corrected by reversals.
 *
 * The client mirrors what the platform and the bank say, also where they are wrong. So no fact is
 * ever refused because it breaks an invariant: it is stored and posted, and a finding says what it
 * breaks, until a later fact puts it right. Findings are the platform's or the bank's; a ledger
 * that does not follow from its facts is damage of this file, and jp_verify_run() says so.
 *
 * Glossary: paid = where the trainee's money comes from; custody = 专用账户; released = given to
 * the school; refunded = given back; penalty = 违约金 that left custody under that name; disputed =
 * what an open dispute is about. paid = custody + released + refunded + penalty + disputed. */

/**
 * JpLedgerAccount:
 * @JP_LEDGER_PAID: the trainee's payments; its balance is what was paid
 * @JP_LEDGER_CUSTODY: held by the bank
 * @JP_LEDGER_RELEASED: given to the school
 * @JP_LEDGER_REFUNDED: given back, or moved on to another contract
 * @JP_LEDGER_PENALTY: left custody as a penalty
 * @JP_LEDGER_DISPUTED: what an open dispute is about
 *
 * An account of a contract.
 */
typedef enum {
  JP_LEDGER_PAID,
  JP_LEDGER_CUSTODY,
  JP_LEDGER_RELEASED,
  JP_LEDGER_REFUNDED,
  JP_LEDGER_PENALTY,
  JP_LEDGER_DISPUTED,
} JpLedgerAccount;

#define JP_LEDGER_N_ACCOUNTS 6

/**
 * JpLedgerBalance:
 * @fen: by account; that of %JP_LEDGER_PAID is what was paid, ≥ 0
 */
typedef struct
{
  gint64 fen[JP_LEDGER_N_ACCOUNTS];
} JpLedgerBalance;

/**
 * JpLedgerPosting:
 * @n: its number
 * @debit: the account that it takes from
 * @credit: the account that it gives to
 * @amount_fen: how much, > 0
 * @at_us: when the money moved
 * @reference: (owned): the bank's, or the platform's
 * @revision: 0 first, odd: takes the one before back, even: puts it right
 * @kind: kind of the fact that it follows from
 * @source: that fact
 *
 * One entry.
 */
typedef struct
{
  gint64          n;
  JpLedgerAccount debit;
  JpLedgerAccount credit;
  gint64          amount_fen;
  gint64          at_us;
  char           *reference;
  gint64          revision;
  JpKind          kind;
  JpId            source;
} JpLedgerPosting;

/**
 * JpLedgerBreach:
 * @JP_LEDGER_BREACH_CUSTODY: more left a contract's custody than came in
 * @JP_LEDGER_BREACH_PAID: the contract says another sum of payments than there are payments
 * @JP_LEDGER_BREACH_OUT: statements paid out more than the contract says
 * @JP_LEDGER_BREACH_REFERENCE: the reference of this fact was posted for another one
 * @JP_LEDGER_BREACH_TOTAL: the lines of a statement do not add up to its total
 * @JP_LEDGER_BREACH_RANGE: an amount that cannot be posted
 * @JP_LEDGER_BREACH_DISPUTED: disputes are about more than was held or released
 *
 * What a fact of the platform or the bank breaks.
 */
typedef enum {
  JP_LEDGER_BREACH_CUSTODY,
  JP_LEDGER_BREACH_PAID,
  JP_LEDGER_BREACH_OUT,
  JP_LEDGER_BREACH_REFERENCE,
  JP_LEDGER_BREACH_TOTAL,
  JP_LEDGER_BREACH_RANGE,
  JP_LEDGER_BREACH_DISPUTED,
} JpLedgerBreach;

#define JP_LEDGER_N_BREACHES 7

/**
 * JpLedgerFinding:
 * @breach: what is broken
 * @kind: kind of the row
 * @id: the contract, statement or fact
 * @amount_fen: by how much
 */
typedef struct
{
  JpLedgerBreach breach;
  JpKind         kind;
  JpId           id;
  gint64         amount_fen;
} JpLedgerFinding;

gboolean    jp_ledger_apply (JpVault *vault, JpRecord *record, GError **error);
gboolean    jp_ledger_take_back_parked (JpVault *vault, JpKind kind, GError **error);
gboolean    jp_ledger_catch_up (JpVault *vault, GError **error);
gboolean    jp_ledger_get_balance (JpVault         *vault,
                                   const JpId      *contract,
                                   JpLedgerBalance *out_balance,
                                   GError         **error);
GPtrArray  *jp_ledger_list_postings (JpVault *vault, const JpId *contract, GError **error);
GArray     *jp_ledger_list_findings (JpVault *vault, GError **error);
gboolean    jp_ledger_account_lookup (const char *name, JpLedgerAccount *out_account);
const char *jp_ledger_account_get_name (JpLedgerAccount account);
const char *jp_ledger_account_get_label (JpLedgerAccount account);
const char *jp_ledger_breach_get_name (JpLedgerBreach breach);
char       *jp_ledger_finding_dup_sentence (const JpLedgerFinding *finding);

G_END_DECLS
