/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk-private.h"
#include "jp-dispute-repo.h"

/* Lines of a statement are contested here; the platform decides. What a dispute says of its line is
 * what the check says at that moment, never what somebody typed. */

#define SENTENCE_CHARS 500
#define STAGE_CHARS    32

static gboolean
is_named (const JpSettlementRow *row, const JpDeskDisputed *line)
{
  if (!jp_id_is_none (&line->line))
    return jp_id_equal (&row->line, &line->line);
  return jp_id_is_none (&row->line) && jp_id_equal (&row->contract, &line->contract) &&
         g_strcmp0 (row->stage, line->stage) == 0;
}

static const JpSettlementRow *
find_row (const JpSettlementReport *report, const JpDeskDisputed *line, GError **error)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (is_named (report->rows->pdata[i], line))
      return report->rows->pdata[i];
  jp_desk_refuse (JP_DESK_GONE, "statement_line", error);
  return NULL;
}

static gboolean
check_row (const JpSettlementRow *row, GError **error)
{
  if (jp_settlement_verdict_is_good (row->verdict))
    return jp_desk_refuse (JP_DESK_NOTHING_WRONG, "statement_line", error);
  return !jp_dispute_repo_is_taken (row->dispute_state) ||
         jp_desk_refuse (JP_DESK_DISPUTED, "statement_line", error);
}

static void
set_short (JpDraft *draft, JpFieldId field, const char *text, glong max_chars)
{
  g_autofree char *cut = text != NULL && g_utf8_strlen (text, -1) > max_chars
                           ? g_utf8_substring (text, 0, max_chars)
                           : NULL;

  if (text != NULL && *text != '\0')
    jp_draft_set_text (draft, field, cut != NULL ? cut : text);
}

static void
set_state (JpVault *vault, JpDraft *draft, JpDisputeState state)
{
  jp_draft_set_code (draft, JP_DISPUTE_STATE, (int)state);
  if (state == JP_DISPUTE_STATE_SENT)
    jp_draft_set_integer (draft, JP_DISPUTE_SENT_AT, jp_vault_now_us (vault));
}

static void
set_amounts (JpDraft *draft, const JpSettlementRow *row)
{
  const JpCode *kind = jp_code_get (jp_line_kind_codes, row->kind);

  jp_draft_set_text (draft, JP_DISPUTE_KIND, kind != NULL ? kind->name : "release");
  jp_draft_set_code (draft, JP_DISPUTE_VERDICT, (int)row->verdict);
  jp_draft_set_integer (draft, JP_DISPUTE_PAID, row->paid_fen);
  jp_draft_set_integer (draft, JP_DISPUTE_CLAIMED, row->expected_fen);
  set_short (draft, JP_DISPUTE_SENTENCE, row->sentence, SENTENCE_CHARS);
}

static JpDraft *
make_dispute (JpVault *vault, const JpDeskDispute *dispute, const JpSettlementRow *row)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_DISPUTE, &id);

  jp_draft_set_ref (draft, JP_DISPUTE_STATEMENT, &dispute->statement);
  if (!jp_id_is_none (&row->line))
    {
      jp_draft_set_ref (draft, JP_DISPUTE_LINE, &row->line);
      jp_draft_set_integer (draft, JP_DISPUTE_LINE_NO, row->line_no);
    }
  if (!jp_id_is_none (&row->contract))
    jp_draft_set_ref (draft, JP_DISPUTE_CONTRACT, &row->contract);
  jp_draft_set_text (draft, JP_DISPUTE_CONTRACT_NO, row->contract_no);
  set_short (draft, JP_DISPUTE_TRAINEE_NAME, row->trainee_name, G_MAXLONG);
  set_short (draft, JP_DISPUTE_STAGE, row->stage, STAGE_CHARS);
  set_amounts (draft, row);
  if (dispute->reason != NULL && *dispute->reason != '\0')
    jp_draft_set_text (draft, JP_DISPUTE_REASON, dispute->reason);
  jp_draft_set_integer (draft, JP_DISPUTE_OPENED_AT, jp_vault_now_us (vault));
  set_state (vault, draft, dispute->send ? JP_DISPUTE_STATE_SENT : JP_DISPUTE_STATE_DRAFT);
  return draft;
}

/**
 * jp_desk_open_disputes:
 * @vault: a vault
 * @dispute: what is contested
 * @actor: who contests it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Contests lines of a statement, each with a dispute of its own, as one action.
 *
 * Returns: (transfer full): a change "dispute", or %NULL with %JP_DESK_GONE,
 *   %JP_DESK_NOTHING_WRONG, %JP_DESK_DISPUTED or another error
 */
JpChange *
jp_desk_open_disputes (JpVault             *vault,
                       const JpDeskDispute *dispute,
                       const char          *actor,
                       GError             **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (dispute != NULL, NULL);
  g_return_val_if_fail (dispute->n_lines > 0 && dispute->n_lines <= JP_CHANGE_MAX_ROWS, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpChange) change = jp_desk_new_change (vault, "dispute", actor);
  g_autoptr (JpSettlementReport) report =
    jp_settlement_repo_read (vault, &dispute->statement, NULL, error);

  for (guint i = 0; report != NULL && i < dispute->n_lines; i++)
    {
      const JpSettlementRow *row = find_row (report, &dispute->lines[i], error);

      if (row == NULL || !check_row (row, error))
        return NULL;
      jp_desk_add (change, NULL, make_dispute (vault, dispute, row));
    }
  return report != NULL ? g_steal_pointer (&change) : NULL;
}

static gboolean
add_sending (JpVault *vault, const JpId *id, JpChange *change, GError **error)
{
  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_DISPUTE, id, error);
  JpDraft *draft = NULL;

  if (record == NULL)
    return FALSE;
  if (jp_record_get_code (record, JP_DISPUTE_STATE) != JP_DISPUTE_STATE_DRAFT)
    return jp_desk_refuse (JP_DESK_DISPUTE_STATE, "dispute", error);
  draft = jp_draft_new_from (record);
  set_state (vault, draft, JP_DISPUTE_STATE_SENT);
  jp_desk_add (change, record, draft);
  return TRUE;
}

/**
 * jp_desk_send_disputes:
 * @vault: a vault
 * @ids: (array length=n_ids): drafts of disputes
 * @n_ids: how many, 1 … %JP_CHANGE_MAX_ROWS
 * @actor: who sends them
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): a change "send-dispute", or %NULL with %JP_DESK_DISPUTE_STATE or
 *   another error
 */
JpChange *
jp_desk_send_disputes (JpVault    *vault,
                       const JpId *ids,
                       guint       n_ids,
                       const char *actor,
                       GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (n_ids > 0 && n_ids <= JP_CHANGE_MAX_ROWS, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpChange) change = jp_desk_new_change (vault, "send-dispute", actor);

  for (guint i = 0; i < n_ids; i++)
    if (!add_sending (vault, &ids[i], change, error))
      return NULL;
  return g_steal_pointer (&change);
}

static gboolean
add_withdrawal (JpVault      *vault,
                JpRecord     *record,
                JpDeskProblem problem,
                JpChange     *change,
                GError      **error)
{
  JpDraft *draft = NULL;

  if (!jp_dispute_repo_is_open (jp_record_get_code (record, JP_DISPUTE_STATE)))
    return jp_desk_refuse (problem, "dispute", error);
  draft = jp_draft_new_from (record);
  set_state (vault, draft, JP_DISPUTE_STATE_WITHDRAWN);
  jp_desk_add (change, record, draft);
  return TRUE;
}

/**
 * jp_desk_withdraw_dispute:
 * @vault: a vault
 * @dispute: a dispute that is not answered
 * @actor: who takes it back
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Takes a dispute back; a draft goes into the trash.
 *
 * Returns: (transfer full): a change "withdraw-dispute" or "delete", or %NULL with
 *   %JP_DESK_DISPUTE_STATE or another error
 */
JpChange *
jp_desk_withdraw_dispute (JpVault *vault, const JpId *dispute, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (dispute != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_DISPUTE, dispute, error);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "withdraw-dispute", actor);
  int state = record != NULL ? jp_record_get_code (record, JP_DISPUTE_STATE) : JP_CODE_UNSET;

  if (record == NULL)
    return NULL;
  if (state == JP_DISPUTE_STATE_DRAFT)
    return jp_desk_set_deleted (vault, JP_KIND_DISPUTE, dispute, TRUE, actor, error);
  return add_withdrawal (vault, record, JP_DESK_DISPUTE_STATE, change, error)
           ? g_steal_pointer (&change)
           : NULL;
}

static gboolean
becomes (const JpOpRow *row, JpDisputeState state)
{
  return row->kind == JP_KIND_DISPUTE && row->set != NULL &&
         jp_record_get_code (row->set, JP_DISPUTE_STATE) == (int)state;
}

/**
 * jp_desk_undo_disputes:
 * @vault: a vault
 * @op: what shall be taken back
 * @change: an empty change "withdraw-dispute"
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * What has been sent is not unsent by a deletion here: it is withdrawn, as a decision that goes to
 * the platform. A withdrawal is not undone: the platform takes no dispute up again.
 *
 * Returns: %TRUE, with rows in @change if disputes were sent by the operation, without any if it is
 *   undone like every other; or %FALSE with %JP_DESK_DISPUTE_DONE
 */
gboolean
jp_desk_undo_disputes (JpVault *vault, const JpOp *op, JpChange *change, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (op != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  for (guint i = 0; i < op->rows->len; i++)
    {
      const JpOpRow *row = g_ptr_array_index (op->rows, i);
      g_autoptr (JpRecord) record = NULL;

      if (becomes (row, JP_DISPUTE_STATE_WITHDRAWN))
        return jp_desk_refuse (JP_DESK_DISPUTE_DONE, "dispute", error);
      if (!becomes (row, JP_DISPUTE_STATE_SENT))
        continue;
      record = jp_desk_get_live (vault, JP_KIND_DISPUTE, &row->id, error);
      if (record == NULL || !add_withdrawal (vault, record, JP_DESK_DISPUTE_DONE, change, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_desk_read_dispute:
 * @vault: a vault
 * @dispute: a dispute that the platform has answered
 * @actor: who has read the answer
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): a change "read-dispute", or %NULL with %JP_DESK_DISPUTE_STATE if there
 *   is no answer, %JP_DESK_UNCHANGED if it was read before
 */
JpChange *
jp_desk_read_dispute (JpVault *vault, const JpId *dispute, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (dispute != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_DISPUTE, dispute, error);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "read-dispute", actor);
  JpDraft *draft = NULL;

  if (record == NULL)
    return NULL;
  if (!jp_record_has (record, JP_DISPUTE_DECIDED_AT) || jp_record_has (record, JP_DISPUTE_READ_AT))
    {
      jp_desk_refuse (jp_record_has (record, JP_DISPUTE_READ_AT) ? JP_DESK_UNCHANGED
                                                                 : JP_DESK_DISPUTE_STATE,
                      "dispute", error);
      return NULL;
    }
  draft = jp_draft_new_from (record);
  jp_draft_set_integer (draft, JP_DISPUTE_READ_AT, jp_vault_now_us (vault));
  jp_desk_add (change, record, draft);
  return g_steal_pointer (&change);
}
