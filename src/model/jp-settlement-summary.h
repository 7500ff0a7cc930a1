/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"
#include "jp-settlement.h"

G_BEGIN_DECLS

/**
 * JpSettlementSummary:
 * @n_lines: lines that are here
 * @lines_fen: what they add up to
 * @expected_fen: what they should add up to, with what is missing
 * @explained_fen: what the verdicts explain of the difference
 * @unmoved_fen: lines that moved nothing in custody: listed twice, or of no contract
 * @n_by_verdict: how many of each verdict
 * @fen_by_verdict: the differences of each verdict
 * @total_fen: what the statement says it adds up to
 * @missing_lines: lines that the statement names beyond those that are here; negative if there are
 *   more
 * @difference_fen: @total_fen − @expected_fen
 * @residual_fen: @difference_fen − @explained_fen: the headline. 0 on a good day
 * @has_bank: the statement says what custody held, so that the bank's movements can be compared
 * @payments_fen: paid into custody in the period
 * @bank_fen: custody at the start + @payments_fen − custody at the end: what the bank moved out
 * @bank_residual_fen: @bank_fen − what the lines that moved something add up to
 * @has_previous: an earlier statement is here
 * @gap_days: days between the earlier statement and this one that no statement covers; negative if
 *   both cover the same days
 * @opening_fen: custody at the start, minus custody at the end of the earlier statement; 0 if one
 *   of them is not stated
 * @n_hours_differ: contracts whose approved minutes are not borne out by their sessions
 *
 * What can be said of a statement as a whole: the platform's orders, the reviewed minutes and the
 * bank's movements beside each other. A plain value: begin with zeros.
 */
typedef struct
{
  gint64   n_lines;
  gint64   lines_fen;
  gint64   expected_fen;
  gint64   explained_fen;
  gint64   unmoved_fen;
  gint64   n_by_verdict[JP_SETTLEMENT_N_VERDICTS];
  gint64   fen_by_verdict[JP_SETTLEMENT_N_VERDICTS];
  gint64   total_fen;
  gint64   missing_lines;
  gint64   difference_fen;
  gint64   residual_fen;
  gboolean has_bank;
  gint64   payments_fen;
  gint64   bank_fen;
  gint64   bank_residual_fen;
  gboolean has_previous;
  int      gap_days;
  gint64   opening_fen;
  gint64   n_hours_differ;
} JpSettlementSummary;

gboolean jp_settlement_summary_add (JpSettlementSummary *self, const JpSettlementResult *result);
gboolean jp_settlement_summary_compare (JpSettlementSummary *self,
                                        JpRecord            *statement,
                                        JpRecord            *previous,
                                        gint64               payments_fen);
gboolean jp_settlement_summary_adds_up (const JpSettlementSummary *self);
gint64   jp_settlement_summary_count_wrong (const JpSettlementSummary *self);
char    *jp_settlement_summary_dup_headline (const JpSettlementSummary *self);
GStrv    jp_settlement_summary_dup_sentences (const JpSettlementSummary *self);

G_END_DECLS
