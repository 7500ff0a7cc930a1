/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-ledger.h"

G_BEGIN_DECLS

/**
 * JpLedgerMove:
 * @contract: whose money, none where nobody knows
 * @debit: the account that it takes from
 * @credit: the account that it gives to
 * @amount_fen: how much, > 0
 * @at_us: when
 * @reference: the bank's, or the platform's
 *
 * What a fact moves.
 */
typedef struct
{
  JpId            contract;
  JpLedgerAccount debit;
  JpLedgerAccount credit;
  gint64          amount_fen;
  gint64          at_us;
  char            reference[96];
} JpLedgerMove;

gboolean jp_ledger_derive (JpRecord *record, JpLedgerMove *out_move);
gboolean jp_ledger_is_out_of_range (JpRecord *record);

/* jp-ledger-check.c */
gboolean jp_ledger_note (JpVault       *vault,
                         JpLedgerBreach breach,
                         JpRecord      *record,
                         gint64         amount_fen,
                         GError       **error);
gboolean jp_ledger_check_contract (JpVault *vault, const JpId *contract, GError **error);
gboolean jp_ledger_check_statement (JpVault *vault, const JpId *statement, GError **error);

G_END_DECLS
