/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refund-repo.h"

#include "jp-desk.h"
#include "jp-lookup.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define DAYS_A_WEEK     7
#define WORKDAYS_A_WEEK 5

G_STATIC_ASSERT ((int)JP_FAULT_TRAINEE == (int)JP_POLICY_FAULT_TRAINEE);
G_STATIC_ASSERT ((int)JP_FAULT_SCHOOL == (int)JP_POLICY_FAULT_SCHOOL);
G_STATIC_ASSERT ((int)JP_FAULT_NOBODY == (int)JP_POLICY_FAULT_NOBODY);

/* --- the simulator */

/**
 * jp_refund_repo_free:
 * @sheet: (nullable) (transfer full): a sheet
 *
 * Frees it.
 */
void
jp_refund_repo_free (JpRefundSheet *sheet)
{
  if (sheet == NULL)
    return;

  for (guint i = 0; i < JP_POLICY_N_FAULTS; i++)
    jp_policy_refund_free (sheet->results[i]);
  jp_facts_repo_free (sheet->facts);
  g_free (sheet->trainee);
  g_free (sheet->tier);
  g_free (sheet);
}

/* Rules that leave something open are the city's, not an error of ours. */
static void
translate_policy (GError **error)
{
  if (error == NULL || *error == NULL)
    return;
  (*error)->domain = JP_DESK_ERROR;
  (*error)->code = JP_DESK_POLICY_SILENT;
}

/* Hours that somebody imagines count as trained, and as approved where the policy pays by the hour.
 */
static void
imagine (JpFacts *facts, const JpRefundQuestion *question)
{
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      JpPolicyPartFacts *training = &facts->gather.facts.parts[part];

      if (question->minutes[part] == JP_POLICY_UNKNOWN)
        continue;
      training->used_minutes = question->minutes[part];
      if ((facts->gather.hourly_parts >> part & 1) != 0 ||
          training->reviewed_minutes > training->used_minutes)
        training->reviewed_minutes = question->minutes[part];
    }
}

/**
 * jp_refund_repo_simulate:
 * @vault: a vault
 * @contract: a contract
 * @question: day, hours and fault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Computes what would go back if the contract ended so, once for each fault, so that they can stand
 * side by side.
 *
 * Returns: (transfer full): the sheet; or %NULL with an error of jp_facts_repo_read(), or
 *   %JP_DESK_POLICY_SILENT if the rules leave a number open, or hours are not known
 */
JpRefundSheet *
jp_refund_repo_simulate (JpVault                *vault,
                         const JpId             *contract,
                         const JpRefundQuestion *question,
                         GError                **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (question != NULL && jp_date_is_valid (question->on), NULL);

  g_autoptr (JpRefundSheet) sheet = g_new0 (JpRefundSheet, 1);
  JpRecord *record = NULL;

  sheet->fault = question->fault;
  sheet->facts = jp_facts_repo_read (vault, contract, question->on, error);
  if (sheet->facts == NULL)
    return NULL;
  record = sheet->facts->contract;
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE),
                        &sheet->trainee, error) ||
      !jp_lookup_title (vault, JP_KIND_CLASS_TIER,
                        jp_record_get_ref (record, JP_CONTRACT_CLASS_TIER), &sheet->tier, error))
    return NULL;

  imagine (sheet->facts, question);
  for (guint i = 0; i < JP_POLICY_N_FAULTS; i++)
    {
      sheet->facts->gather.facts.fault = (JpPolicyFault)i;
      sheet->results[i] =
        jp_policy_refund_new (sheet->facts->policy, &sheet->facts->gather.facts, error);
      if (sheet->results[i] == NULL)
        {
          translate_policy (error);
          return NULL;
        }
    }
  sheet->facts->gather.facts.fault = (JpPolicyFault)question->fault;
  return g_steal_pointer (&sheet);
}

/**
 * jp_refund_repo_dup_arithmetic:
 * @refund: a refund
 * @line: id of one of its lines
 *
 * Returns: (transfer full): how the line was computed, a sentence for each step
 */
char *
jp_refund_repo_dup_arithmetic (const JpPolicyRefund *refund, const char *line)
{
  g_return_val_if_fail (refund != NULL, NULL);
  g_return_val_if_fail (line != NULL, NULL);

  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < refund->steps->len; i++)
    {
      const JpPolicyStep *step = &g_array_index (refund->steps, JpPolicyStep, i);

      if (g_strcmp0 (step->rule, line) == 0)
        g_ptr_array_add (sentences, jp_policy_trace_dup_sentence (step));
    }
  g_ptr_array_add (sentences, NULL);
  /* Translators: between two sentences of a computation. */
  return g_strjoinv (C_ ("refund", "; "), (char **)sentences->pdata);
}

/* --- the check */

#define A_MONDAY 20240101

static gboolean
is_workday (JpDate date)
{
  int weekday = jp_date_days_between (A_MONDAY, date) % DAYS_A_WEEK;

  return (weekday + DAYS_A_WEEK) % DAYS_A_WEEK < WORKDAYS_A_WEEK;
}

/* Mondays to Fridays after a day; public holidays are in nobody's file. */
static int
count_workdays (JpDate from, JpDate to)
{
  int days = jp_date_days_between (from, to);
  int workdays = days / DAYS_A_WEEK * WORKDAYS_A_WEEK;

  for (int i = days / DAYS_A_WEEK * DAYS_A_WEEK + 1; i <= days; i++)
    workdays += is_workday (jp_date_add_days (from, i));
  return workdays;
}

static JpRefundVerdictKind
judge_waiting (JpPolicy *policy, JpDate asked_on, JpDate today)
{
  int days = jp_policy_get_refund_days (policy);

  return days != JP_POLICY_UNKNOWN && asked_on < today && count_workdays (asked_on, today) > days
           ? JP_REFUND_VERDICT_LATE
           : JP_REFUND_VERDICT_WAITING;
}

static JpRefundVerdictKind
judge (const JpRefundVerdict *verdict)
{
  if (verdict->actual_fen == verdict->expected_fen)
    return JP_REFUND_VERDICT_MATCHES;
  return verdict->actual_fen < verdict->expected_fen ? JP_REFUND_VERDICT_SHORT
                                                     : JP_REFUND_VERDICT_OVER;
}

/* Whether an error only says that something is not known here. */
static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, JP_DESK_ERROR, JP_DESK_POLICY_SILENT) ||
         g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

/**
 * jp_refund_repo_check:
 * @vault: a vault
 * @refund: a refund as the platform tells it
 * @out_verdict: (out): the verdict
 * @error: return location for a [error@Jp.StoreError]
 *
 * Computes again, by the evaluator that the simulator uses, what the platform should have paid
 * back, for the day it was asked for.
 *
 * Returns: whether it could be looked at
 */
gboolean
jp_refund_repo_check (JpVault         *vault,
                      JpRecord        *refund,
                      JpRefundVerdict *out_verdict,
                      GError         **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (refund) == JP_KIND_REFUND, FALSE);
  g_return_val_if_fail (out_verdict != NULL, FALSE);

  int              state = jp_record_get_code (refund, JP_REFUND_STATE);
  JpRefundQuestion question = { jp_record_get_date (refund, JP_REFUND_ASKED_ON),
                                (JpFault)jp_record_get_code (refund, JP_REFUND_FAULT),
                                { 0, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN,
                                  JP_POLICY_UNKNOWN } };
  JpRefundVerdict  verdict = { .kind = JP_REFUND_VERDICT_UNKNOWN, .asked_on = question.on };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRefundSheet) sheet =
    jp_refund_repo_simulate (vault, jp_record_get_ref (refund, JP_REFUND_CONTRACT), &question,
                             &local_error);

  if (sheet == NULL && !is_unknown (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (jp_record_has (refund, JP_REFUND_AMOUNT))
    verdict.actual_fen = jp_record_get_integer (refund, JP_REFUND_AMOUNT);
  if (sheet != NULL)
    {
      const JpPolicyRefund *result = sheet->results[question.fault];

      verdict.expected_fen = result->refund_fen;
      verdict.deducted_fen = result->deducted_fen;
      verdict.paid_fen = result->paid_fen;
    }

  if (state == JP_REQUEST_STATE_REFUSED)
    verdict.kind = JP_REFUND_VERDICT_REFUSED;
  else if (state == JP_REQUEST_STATE_DECLINED)
    verdict.kind = JP_REFUND_VERDICT_DECLINED;
  else if (state == JP_REQUEST_STATE_DRAFT)
    verdict.kind = JP_REFUND_VERDICT_UNSENT;
  else if (state != JP_REQUEST_STATE_DONE)
    verdict.kind = sheet != NULL
                     ? judge_waiting (sheet->facts->policy, question.on, jp_vault_today (vault))
                     : JP_REFUND_VERDICT_WAITING;
  else if (sheet != NULL && sheet->facts->gather.pending_minutes == 0)
    verdict.kind = judge (&verdict);

  *out_verdict = verdict;
  return TRUE;
}

/**
 * jp_refund_repo_is_fine:
 * @verdict: a verdict
 *
 * Returns: whether nobody has to do anything about it
 */
gboolean
jp_refund_repo_is_fine (const JpRefundVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  switch (verdict->kind)
    {
    case JP_REFUND_VERDICT_SHORT:
    case JP_REFUND_VERDICT_OVER:
    case JP_REFUND_VERDICT_LATE:
    case JP_REFUND_VERDICT_UNKNOWN:
      return FALSE;
    case JP_REFUND_VERDICT_MATCHES:
    case JP_REFUND_VERDICT_WAITING:
    case JP_REFUND_VERDICT_REFUSED:
    case JP_REFUND_VERDICT_UNSENT:
    case JP_REFUND_VERDICT_DECLINED:
    default:
      return TRUE;
    }
}

/**
 * jp_refund_repo_dup_sentence:
 * @verdict: a verdict
 *
 * Returns: (transfer full): the verdict with its numbers and what to do, in one sentence
 */
char *
jp_refund_repo_dup_sentence (const JpRefundVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, NULL);

  g_autofree char *expected = jp_money_format (verdict->expected_fen);
  g_autofree char *deducted = jp_money_format (verdict->deducted_fen);
  g_autofree char *paid = jp_money_format (verdict->paid_fen);
  g_autofree char *actual = jp_money_format (verdict->actual_fen);
  g_autofree char *difference = jp_money_format (ABS (verdict->actual_fen - verdict->expected_fen));
  g_autofree char *asked_on = jp_date_to_iso (verdict->asked_on);

  switch (verdict->kind)
    {
    case JP_REFUND_VERDICT_MATCHES:
      /* Translators: refunded, paid, kept by the school. */
      return g_strdup_printf (_ ("%s went back, as the rules say: %s paid, %s kept."), actual, paid,
                              deducted);
    case JP_REFUND_VERDICT_SHORT:
      /* Translators: refunded, missing, expected, paid, kept. */
      return g_strdup_printf (_ ("%s went back, %s too little: by the rules it is %s (%s paid, %s "
                                 "kept). Ask the platform."),
                              actual, difference, expected, paid, deducted);
    case JP_REFUND_VERDICT_OVER:
      /* Translators: refunded, too much, expected, paid, kept. */
      return g_strdup_printf (_ ("%s went back, %s too much: by the rules it is %s (%s paid, %s "
                                 "kept). Ask the platform."),
                              actual, difference, expected, paid, deducted);
    case JP_REFUND_VERDICT_WAITING:
      /* Translators: a date, an amount. */
      return g_strdup_printf (_ (
                                "Asked for on %s; the platform has not decided. By the rules %s go "
                                "back."),
                              asked_on, expected);
    case JP_REFUND_VERDICT_LATE:
      /* Translators: a date, an amount. */
      return g_strdup_printf (_ ("Asked for on %s, and the days the rules allow are over. By the "
                                 "rules %s go back. Ask the platform."),
                              asked_on, expected);
    case JP_REFUND_VERDICT_UNSENT:
      /* Translators: an amount. */
      return g_strdup_printf (_ ("It waits for a second person of the school; the platform has not "
                                 "been asked. By the rules %s go back."),
                              expected);
    case JP_REFUND_VERDICT_DECLINED:
      return g_strdup (_ ("Declined at the school, or taken back: the platform was not asked."));
    case JP_REFUND_VERDICT_REFUSED:
      return g_strdup (_ ("The platform refused it: the contract goes on."));
    case JP_REFUND_VERDICT_UNKNOWN:
    default:
      return g_strdup_printf (_ ("%s went back; it cannot be checked: rules or hours are not known "
                                 "here. Sync, then look again."),
                              actual);
    }
}
