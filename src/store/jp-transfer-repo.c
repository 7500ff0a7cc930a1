/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfer-repo.h"

#include "jp-check-code.h"
#include "jp-codes.h"
#include "jp-desk-private.h"
#include "jp-lookup.h"
#include "jp-money.h"
#include "jp-request.h"

#include <glib/gi18n-lib.h>

/* --- what would become of it --- */

/**
 * jp_transfer_repo_free:
 * @sheet: (nullable) (transfer full): a sheet
 *
 * Frees it.
 */
void
jp_transfer_repo_free (JpTransferSheet *sheet)
{
  if (sheet == NULL)
    return;

  jp_policy_transfer_clear (&sheet->priced);
  jp_facts_repo_free (sheet->facts);
  g_free (sheet->trainee);
  g_free (sheet);
}

static gint64
sum_minutes (const JpPolicyFacts *facts)
{
  gint64 minutes = 0;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    minutes += facts->parts[part].used_minutes;
  return minutes;
}

/**
 * jp_transfer_repo_simulate:
 * @vault: a vault
 * @contract: a contract
 * @on: the day
 * @error: return location for a [error@Jp.StoreError]
 *
 * Computes what would become of hours and money if the trainee changed schools on the day.
 *
 * Returns: (transfer full): the sheet; or %NULL with an error of jp_facts_repo_read(), or
 *   %JP_DESK_POLICY_SILENT if the rules do not say
 */
JpTransferSheet *
jp_transfer_repo_simulate (JpVault *vault, const JpId *contract, JpDate on, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (jp_date_is_valid (on), NULL);

  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpTransferSheet) sheet = g_new0 (JpTransferSheet, 1);

  sheet->facts = jp_facts_repo_read (vault, contract, on, error);
  if (sheet->facts == NULL ||
      !jp_lookup_title (vault, JP_KIND_TRAINEE,
                        jp_record_get_ref (sheet->facts->contract, JP_CONTRACT_TRAINEE),
                        &sheet->trainee, error))
    return NULL;
  if (!jp_policy_transfer (sheet->facts->policy, &sheet->facts->gather.facts, &sheet->priced,
                           &local_error))
    {
      jp_desk_refuse (JP_DESK_POLICY_SILENT, local_error->message, error);
      return NULL;
    }
  sheet->minutes = sheet->priced.hours_follow ? sum_minutes (&sheet->facts->gather.facts) : 0;
  return g_steal_pointer (&sheet);
}

/**
 * jp_transfer_repo_dup_sentences:
 * @sheet: a sheet
 *
 * Returns: (transfer full): what it says, sentence by sentence; the last one marks a rule that is
 *   only an assumption
 */
GStrv
jp_transfer_repo_dup_sentences (const JpTransferSheet *sheet)
{
  g_return_val_if_fail (sheet != NULL, NULL);

  const JpPolicyTransfer *priced = &sheet->priced;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *stays = jp_money_format (priced->stay_fen);
  g_autofree char *moves = jp_money_format (priced->move_fen);
  g_autofree char *hours = jp_minutes_format_hours (sheet->minutes);
  g_autofree char *money = NULL;
  g_autofree char *training = NULL;

  money = g_strdup_printf (
    priced->money == JP_POLICY_TRANSFER_FOLLOW
      ? _ ("%1$s stays with this school; %2$s waits in custody for the contract with the new one.")
      : _ (
          "%1$s stays with this school; %2$s goes back to the trainee, who pays the new one anew."),
    stays, moves);
  training = priced->hours_follow ? g_strdup_printf (_ ("%s hours count at the new school."), hours)
                                  : g_strdup (_ ("Hours do not count at the new school."));
  g_strv_builder_add (builder, money);
  g_strv_builder_add (builder, training);
  if (priced->penalty_fen > 0)
    {
      g_autofree char *penalty = jp_money_format (priced->penalty_fen);
      g_autofree char *kept =
        g_strdup_printf (_ ("%s of it is kept because the trainee changes schools."), penalty);

      g_strv_builder_add (builder, kept);
    }
  if (sheet->facts->gather.pending_minutes > 0)
    g_strv_builder_add (builder,
                        _ ("Sessions wait for their review: the amounts may still change."));
  if (priced->clause != NULL)
    g_strv_builder_add (builder, priced->clause);
  if (priced->state == JP_DATA_STATE_ASSUMED)
    g_strv_builder_add (builder,
                        _ ("This rule is an assumption for the demonstration: no authority "
                           "has published it."));
  return g_strv_builder_end (builder);
}

/* --- asking --- */

static gboolean
check_school (JpVault *vault, const char *number, GError **error)
{
  g_autoptr (JpRecord) own = NULL;

  if (jp_check_code_ministry (number) != JP_PROBLEM_NONE)
    return jp_desk_refuse (JP_DESK_SCHOOL_NUMBER, "transfer", error);
  own = jp_desk_get_live (vault, JP_KIND_SCHOOL, &vault->school, error);
  if (own == NULL)
    return FALSE;
  return g_strcmp0 (jp_record_get_text (own, JP_SCHOOL_NUMBER), number) != 0 ||
         jp_desk_refuse (JP_DESK_SCHOOL_NUMBER, "transfer", error);
}

/**
 * jp_transfer_repo_ask:
 * @vault: a vault
 * @ask: what is asked for
 * @actor: who asks
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Asks for a transfer to another school: the school's other PCs see it, and the platform does
 * nothing with it before a second person has checked it.
 *
 * Returns: (transfer full): a change "transfer-ask"; or %NULL with %JP_DESK_SCHOOL_NUMBER or an
 *   error of jp_desk_check_leaving()
 */
JpChange *
jp_transfer_repo_ask (JpVault *vault, const JpTransferAsk *ask, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (ask != NULL && ask->school_no != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  JpDraft *draft = NULL;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpChange) change =
    jp_desk_new_change (vault, jp_request_get_fields (JP_KIND_TRANSFER)->ask, actor);

  if (!check_school (vault, ask->school_no, error) ||
      !jp_desk_check_leaving (vault, &ask->contract, NULL, error))
    return NULL;
  contract = jp_desk_get_live (vault, JP_KIND_CONTRACT, &ask->contract, error);
  if (contract == NULL)
    return NULL;

  draft = jp_draft_new (JP_KIND_TRANSFER, &ask->id);
  jp_draft_set_ref (draft, JP_TRANSFER_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_ref (draft, JP_TRANSFER_CONTRACT, &ask->contract);
  jp_draft_set_integer (draft, JP_TRANSFER_OUTGOING, TRUE);
  jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL_NO, ask->school_no);
  if (ask->school != NULL && *ask->school != '\0')
    jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL, ask->school);
  jp_draft_set_date (draft, JP_TRANSFER_ASKED_ON, jp_vault_today (vault));
  jp_draft_set_code (draft, JP_TRANSFER_STATE, JP_REQUEST_STATE_DRAFT);
  jp_draft_set_ref (draft, JP_TRANSFER_ASKED_BY, &ask->asked_by);
  jp_desk_add (change, NULL, draft);
  return g_steal_pointer (&change);
}

/* --- what came of it --- */

static JpTransferVerdictKind
judge (const JpTransferVerdict *verdict)
{
  if (verdict->actual_fen != verdict->expected_fen)
    return JP_TRANSFER_VERDICT_MONEY;
  return verdict->actual_minutes == verdict->expected_minutes ? JP_TRANSFER_VERDICT_MATCHES
                                                              : JP_TRANSFER_VERDICT_HOURS;
}

/* Whether an error only says that something is not known here. */
static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, JP_DESK_ERROR, JP_DESK_POLICY_SILENT) ||
         g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

/**
 * jp_transfer_repo_check:
 * @vault: a vault
 * @transfer: a transfer as the platform tells it
 * @out_verdict: (out): the verdict
 * @error: return location for a [error@Jp.StoreError]
 *
 * Computes again what hours and money the platform should have moved, for the day it was asked.
 *
 * Returns: whether it could be looked at
 */
gboolean
jp_transfer_repo_check (JpVault           *vault,
                        JpRecord          *transfer,
                        JpTransferVerdict *out_verdict,
                        GError           **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (transfer) == JP_KIND_TRANSFER, FALSE);
  g_return_val_if_fail (out_verdict != NULL, FALSE);

  int         state = jp_record_get_code (transfer, JP_TRANSFER_STATE);
  const JpId *contract = jp_record_get_ref (transfer, JP_TRANSFER_CONTRACT);
  gboolean    is_outgoing = jp_record_get_integer (transfer, JP_TRANSFER_OUTGOING) != 0;
  gboolean    is_granted = state == JP_REQUEST_STATE_APPROVED || state == JP_REQUEST_STATE_DONE;
  JpTransferVerdict verdict = { .kind = JP_TRANSFER_VERDICT_UNKNOWN,
                                .waits = state == JP_REQUEST_STATE_APPROVED };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpTransferSheet) sheet = NULL;

  if (contract != NULL && is_outgoing)
    sheet =
      jp_transfer_repo_simulate (vault, contract,
                                 jp_record_get_date (transfer, JP_TRANSFER_ASKED_ON), &local_error);
  if (local_error != NULL && !is_unknown (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  verdict.actual_fen = jp_record_get_integer (transfer, JP_TRANSFER_AMOUNT);
  verdict.actual_minutes = jp_record_get_integer (transfer, JP_TRANSFER_APPROVED_MINUTES);
  if (sheet != NULL)
    {
      verdict.expected_fen = sheet->priced.move_fen;
      verdict.expected_minutes = sheet->minutes;
    }
  if (state == JP_REQUEST_STATE_REFUSED)
    verdict.kind = JP_TRANSFER_VERDICT_REFUSED;
  else if (state == JP_REQUEST_STATE_DRAFT)
    verdict.kind = JP_TRANSFER_VERDICT_UNSENT;
  else if (state == JP_REQUEST_STATE_DECLINED)
    verdict.kind = JP_TRANSFER_VERDICT_DECLINED;
  else if (!is_outgoing)
    verdict.kind = JP_TRANSFER_VERDICT_ARRIVED;
  else if (!is_granted)
    verdict.kind = JP_TRANSFER_VERDICT_WAITING;
  else if (sheet != NULL && sheet->facts->gather.pending_minutes == 0)
    verdict.kind = judge (&verdict);

  *out_verdict = verdict;
  return TRUE;
}

/**
 * jp_transfer_repo_is_fine:
 * @verdict: a verdict
 *
 * Returns: whether nobody has to do anything about it
 */
gboolean
jp_transfer_repo_is_fine (const JpTransferVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  return verdict->kind != JP_TRANSFER_VERDICT_MONEY && verdict->kind != JP_TRANSFER_VERDICT_HOURS &&
         verdict->kind != JP_TRANSFER_VERDICT_UNKNOWN;
}

static char *
dup_matching (const JpTransferVerdict *verdict, const char *actual, const char *hours)
{
  /* Translators: money, hours. */
  return g_strdup_printf (
    verdict->waits
      ? _ (
          "Granted, as the rules say: %1$s waits in custody for the new contract, %2$s hours count "
          "there.")
      : _ ("Done, as the rules say: %1$s moved on, %2$s hours count at the new school."),
    actual, hours);
}

/**
 * jp_transfer_repo_dup_sentence:
 * @verdict: a verdict
 *
 * Returns: (transfer full): the verdict with its numbers and what to do, in one sentence
 */
char *
jp_transfer_repo_dup_sentence (const JpTransferVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, NULL);

  g_autofree char *expected = jp_money_format (verdict->expected_fen);
  g_autofree char *actual = jp_money_format (verdict->actual_fen);
  g_autofree char *hours = jp_minutes_format_hours (verdict->actual_minutes);
  g_autofree char *known = jp_minutes_format_hours (verdict->expected_minutes);

  switch (verdict->kind)
    {
    case JP_TRANSFER_VERDICT_WAITING:
      /* Translators: money, hours. */
      return g_strdup_printf (_ ("The platform has not decided. By the rules %1$s moves on, and "
                                 "%2$s hours count at the new school."),
                              expected, known);
    case JP_TRANSFER_VERDICT_MATCHES:
      return dup_matching (verdict, actual, hours);
    case JP_TRANSFER_VERDICT_MONEY:
      /* Translators: moved, expected. */
      return g_strdup_printf (_ ("%1$s moved on; by the rules it is %2$s. Ask the platform."),
                              actual, expected);
    case JP_TRANSFER_VERDICT_HOURS:
      /* Translators: hours moved, hours known here. */
      return g_strdup_printf (_ ("%1$s hours moved on; %2$s are known here. Ask the platform."),
                              hours, known);
    case JP_TRANSFER_VERDICT_UNSENT:
      /* Translators: money, hours. */
      return g_strdup_printf (_ ("It waits for a second person of the school; the platform has not "
                                 "been asked. By the rules %1$s moves on, and %2$s hours count at "
                                 "the new school."),
                              expected, known);
    case JP_TRANSFER_VERDICT_DECLINED:
      return g_strdup (_ ("Declined at the school, or taken back: the platform was not asked."));
    case JP_TRANSFER_VERDICT_REFUSED:
      return g_strdup (_ ("The platform refused it: the contract goes on."));
    case JP_TRANSFER_VERDICT_ARRIVED:
      /* Translators: money, hours. */
      return g_strdup_printf (_ ("Came from another school with %1$s and %2$s hours."), actual,
                              hours);
    case JP_TRANSFER_VERDICT_UNKNOWN:
    default:
      return g_strdup_printf (_ ("%s moved on; it cannot be checked: rules or hours are not known "
                                 "here. Sync, then look again."),
                              actual);
    }
}
