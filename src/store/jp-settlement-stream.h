/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-settlement.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Contracts with everything that is known of them, one after the other, in one ordered pass: each
 * table is read once along an index in the order of the contracts, and the rows are put together
 * here. Nothing is asked per contract or per line, so the time per line stays the same however many
 * there are. */

/**
 * JpSettlementScope:
 * @JP_SETTLEMENT_SCOPE_STATEMENT: contracts with a line on a statement, or for which something has
 *   happened in its period
 * @JP_SETTLEMENT_SCOPE_CONTRACT: one contract
 * @JP_SETTLEMENT_SCOPE_OPEN: all contracts that are paid and not over
 *
 * Which contracts.
 */
typedef enum {
  JP_SETTLEMENT_SCOPE_STATEMENT,
  JP_SETTLEMENT_SCOPE_CONTRACT,
  JP_SETTLEMENT_SCOPE_OPEN,
} JpSettlementScope;

/**
 * JpSettlementQuery:
 * @scope: which contracts
 * @id: the statement or the contract
 * @from: first day of the statement's period
 * @to: last day of the statement's period
 * @checks_all: every line is to be checked, not only those of the statement
 *
 * What is asked.
 */
typedef struct
{
  JpSettlementScope scope;
  JpId              id;
  JpDate            from;
  JpDate            to;
  gboolean          checks_all;
} JpSettlementQuery;

typedef struct _JpSettlementStream JpSettlementStream;

JpSettlementStream          *
jp_settlement_stream_open (JpVault *vault, const JpSettlementQuery *query, GError **error);
void     jp_settlement_stream_close (JpSettlementStream *self);
gboolean jp_settlement_stream_next (JpSettlementStream          *self,
                                    const JpSettlementContract **out_contract,
                                    GError                     **error);
gint64   jp_settlement_stream_get_line_no (JpSettlementStream *self, guint index);
guint64  jp_settlement_stream_count_rows (JpSettlementStream *self);
gboolean jp_settlement_stream_drain (JpSettlementStream *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSettlementStream, jp_settlement_stream_close)

G_END_DECLS
