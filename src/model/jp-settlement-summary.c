/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-summary.h"

#include "jp-money.h"
#include "jp-plural.h"

#include <glib/gi18n-lib.h>

static gboolean
add (gint64 *sum, gint64 amount)
{
  return !__builtin_add_overflow (*sum, amount, sum);
}

static gboolean
subtract (gint64 a, gint64 b, gint64 *out)
{
  return !__builtin_sub_overflow (a, b, out);
}

/**
 * jp_settlement_summary_add:
 * @self: a summary
 * @result: the judgement of a line of the statement, or of something that is missing on it
 *
 * Returns: %FALSE if a sum would overflow; the summary is of no use then
 */
gboolean
jp_settlement_summary_add (JpSettlementSummary *self, const JpSettlementResult *result)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  gboolean is_unmoved =
    result->verdict == JP_SETTLEMENT_DUPLICATE ||
    result->verdict == JP_SETTLEMENT_UNKNOWN_CONTRACT ||
    (result->reason == JP_SETTLEMENT_REASON_DISPUTE && !result->contract->is_known);

  self->n_lines += result->line != NULL;
  self->n_by_verdict[result->verdict]++;
  return add (&self->lines_fen, result->paid_fen) &&
         add (&self->expected_fen, result->expected_fen) &&
         add (&self->explained_fen, result->explained_fen) &&
         add (&self->unmoved_fen, is_unmoved ? result->paid_fen : 0) &&
         add (&self->fen_by_verdict[result->verdict], result->difference_fen);
}

static gboolean
compare_bank (JpSettlementSummary *self, JpRecord *statement, gint64 payments_fen)
{
  gint64 moved_fen = 0;

  self->has_bank = jp_record_has (statement, JP_STATEMENT_OPENING) &&
                   jp_record_has (statement, JP_STATEMENT_CLOSING);
  self->payments_fen = payments_fen;
  self->bank_fen = 0;
  self->bank_residual_fen = 0;
  if (!self->has_bank)
    return TRUE;

  self->bank_fen = jp_record_get_integer (statement, JP_STATEMENT_OPENING);
  return add (&self->bank_fen, payments_fen) &&
         subtract (self->bank_fen, jp_record_get_integer (statement, JP_STATEMENT_CLOSING),
                   &self->bank_fen) &&
         subtract (self->lines_fen, self->unmoved_fen, &moved_fen) &&
         subtract (self->bank_fen, moved_fen, &self->bank_residual_fen);
}

static void
compare_previous (JpSettlementSummary *self, JpRecord *statement, JpRecord *previous)
{
  self->has_previous = previous != NULL;
  self->gap_days = 0;
  self->opening_fen = 0;
  if (previous == NULL)
    return;

  self->gap_days = jp_date_days_between (jp_record_get_date (previous, JP_STATEMENT_PERIOD_TO),
                                         jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM)) -
                   1;
  if (self->gap_days == 0 && jp_record_has (statement, JP_STATEMENT_OPENING) &&
      jp_record_has (previous, JP_STATEMENT_CLOSING))
    self->opening_fen = jp_record_get_integer (statement, JP_STATEMENT_OPENING) -
                        jp_record_get_integer (previous, JP_STATEMENT_CLOSING);
}

/**
 * jp_settlement_summary_compare:
 * @self: a summary to which all lines were added
 * @statement: the statement
 * @previous: (nullable): the statement before it
 * @payments_fen: what was paid into custody in its period
 *
 * Compares the lines with what the statement says, the statement with the bank's movements and with
 * the statement before. Pure.
 *
 * Returns: %FALSE if a sum would overflow
 */
gboolean
jp_settlement_summary_compare (JpSettlementSummary *self,
                               JpRecord            *statement,
                               JpRecord            *previous,
                               gint64               payments_fen)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (statement) == JP_KIND_STATEMENT, FALSE);

  self->total_fen = jp_record_get_integer (statement, JP_STATEMENT_TOTAL);
  self->missing_lines = jp_record_get_integer (statement, JP_STATEMENT_LINE_COUNT) - self->n_lines;
  compare_previous (self, statement, previous);
  return subtract (self->total_fen, self->expected_fen, &self->difference_fen) &&
         subtract (self->difference_fen, self->explained_fen, &self->residual_fen) &&
         compare_bank (self, statement, payments_fen);
}

/**
 * jp_settlement_summary_adds_up:
 * @self: a summary
 *
 * Returns: whether everything agrees that can be compared without judging lines: number and sum of
 *   the lines, the period and the opening with the statement before, and the bank's movements
 */
gboolean
jp_settlement_summary_adds_up (const JpSettlementSummary *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->missing_lines == 0 && self->lines_fen == self->total_fen && self->gap_days == 0 &&
         self->opening_fen == 0 && self->bank_residual_fen == 0;
}

/**
 * jp_settlement_summary_count_wrong:
 * @self: a summary
 *
 * Returns: how many lines, and missing lines, somebody should look at
 */
gint64
jp_settlement_summary_count_wrong (const JpSettlementSummary *self)
{
  g_return_val_if_fail (self != NULL, 0);

  gint64 n_wrong = 0;

  for (guint i = 0; i < JP_SETTLEMENT_N_VERDICTS; i++)
    if (!jp_settlement_verdict_is_good ((JpSettlementVerdict)i))
      n_wrong += self->n_by_verdict[i];
  return n_wrong;
}

/**
 * jp_settlement_summary_dup_headline:
 * @self: a summary
 *
 * Returns: (transfer full): the residual as one translated sentence
 */
char *
jp_settlement_summary_dup_headline (const JpSettlementSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *residual = jp_money_format (self->residual_fen);
  g_autofree char *difference = jp_money_format (self->difference_fen);
  g_autofree char *expected = jp_money_format (self->expected_fen);

  if (self->residual_fen != 0)
    return g_strdup_printf (_ ("Not explained: %1$s of a difference of %2$s."), residual,
                            difference);
  if (self->difference_fen != 0)
    return g_strdup_printf (_ ("Nothing is unexplained: the difference of %1$s has its causes."),
                            difference);
  if (jp_settlement_summary_count_wrong (self) > 0)
    return g_strdup_printf (_ ("The sum of %1$s is right, but not every line is."), expected);
  return g_strdup_printf (_ ("Everything is explained: %1$s, as the rules give."), expected);
}

static char *
dup_money (const char *format, gint64 amount_fen)
{
  g_autofree char *money = jp_money_format (amount_fen);

  return g_strdup_printf (format, money);
}

static void
take (GStrvBuilder *builder, char *sentence)
{
  g_autofree char *owned = sentence;

  g_strv_builder_add (builder, owned);
}

static void
add_sums (GStrvBuilder *builder, const JpSettlementSummary *self)
{
  gint64 difference_fen = self->lines_fen - self->total_fen;

  if (self->missing_lines > 0)
    take (builder,
          jp_plural_format (NP_ ("%d line has not arrived yet.", "%d lines have not arrived yet."),
                            self->missing_lines));
  else if (self->missing_lines < 0)
    take (builder, jp_plural_format (NP_ ("There is %d line more than the statement says.",
                                          "There are %d lines more than the statement says."),
                                     -self->missing_lines));
  if (difference_fen > 0)
    take (builder, dup_money (_ ("The lines add up to %s more than the total."), difference_fen));
  else if (difference_fen < 0)
    take (builder, dup_money (_ ("The lines add up to %s less than the total."), -difference_fen));
}

static void
add_bank (GStrvBuilder *builder, const JpSettlementSummary *self)
{
  if (self->bank_residual_fen > 0)
    take (builder,
          dup_money (_ ("%s more left custody than the lines pay out."), self->bank_residual_fen));
  else if (self->bank_residual_fen < 0)
    take (builder,
          dup_money (_ ("%s less left custody than the lines pay out."), -self->bank_residual_fen));
  if (self->n_hours_differ > 0)
    take (builder, jp_plural_format (NP_ ("The approved hours of %d contract are not borne out by "
                                          "its sessions.",
                                          "The approved hours of %d contracts are not borne out by "
                                          "their sessions."),
                                     self->n_hours_differ));
}

static void
add_neighbours (GStrvBuilder *builder, const JpSettlementSummary *self)
{
  if (self->gap_days > 0)
    take (builder,
          jp_plural_format (NP_ ("Between the statement before and this one %d day is missing.",
                                 "Between the statement before and this one %d days are missing."),
                            self->gap_days));
  else if (self->gap_days < 0)
    take (builder, jp_plural_format (NP_ ("The statement before and this one both cover %d day.",
                                          "The statement before and this one both cover %d days."),
                                     -self->gap_days));
  if (self->opening_fen > 0)
    take (builder, dup_money (_ ("Custody at the start is %s more than at the end of the statement "
                                 "before."),
                              self->opening_fen));
  else if (self->opening_fen < 0)
    take (builder, dup_money (_ ("Custody at the start is %s less than at the end of the statement "
                                 "before."),
                              -self->opening_fen));
}

/**
 * jp_settlement_summary_dup_sentences:
 * @self: a summary
 *
 * Returns: (transfer full): whether it adds up, one translated sentence for each thing that does
 *   not, at least one
 */
GStrv
jp_settlement_summary_dup_sentences (const JpSettlementSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (jp_settlement_summary_adds_up (self))
    take (builder, self->has_previous
                     ? g_strdup (_ ("The lines add up to the total, their number is right, and the "
                                    "statement continues the one before."))
                     : g_strdup (_ ("The lines add up to the total, and their number is right.")));
  add_sums (builder, self);
  add_bank (builder, self);
  add_neighbours (builder, self);
  return g_strv_builder_end (builder);
}
