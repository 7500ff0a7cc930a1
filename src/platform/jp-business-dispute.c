/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-dispute.h"

/* A school contests a line of a statement: the reviewer looks at it with the platform's own
 * evaluator and decides. What is upheld is put right by a movement of the bank, which is a line of
 * the next statement. */

#define MAX_ANSWER_CHARS 500

/* --- taking one in --- */

static gboolean
is_same_ref (const JpId *a, const JpId *b)
{
  return (a == NULL && b == NULL) || (a != NULL && b != NULL && jp_id_equal (a, b));
}

static gboolean
check_line (JpPlatformStore *store, const JpId *school, JpRecord *dispute, GError **error)
{
  const JpId *id = jp_record_get_ref (dispute, JP_DISPUTE_LINE);
  g_autoptr (JpRecord) line = NULL;

  if (id == NULL)
    return (jp_record_has (dispute, JP_DISPUTE_CONTRACT) &&
            jp_record_has (dispute, JP_DISPUTE_STAGE) &&
            jp_record_get_code (dispute, JP_DISPUTE_VERDICT) == JP_SETTLEMENT_MISSING) ||
           jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "it names no line and no stage");
  line = jp_platform_store_find (store, school, JP_KIND_STATEMENT_LINE, id, error);
  if (line == NULL)
    return error == NULL || *error != NULL
             ? FALSE
             : jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the school has no such line");
  return (is_same_ref (jp_record_get_ref (line, JP_STATEMENT_LINE_STATEMENT),
                       jp_record_get_ref (dispute, JP_DISPUTE_STATEMENT)) &&
          is_same_ref (jp_record_get_ref (line, JP_STATEMENT_LINE_CONTRACT),
                       jp_record_get_ref (dispute, JP_DISPUTE_CONTRACT)) &&
          jp_record_get_integer (line, JP_STATEMENT_LINE_AMOUNT) ==
            jp_record_get_integer (dispute, JP_DISPUTE_PAID)) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the line says something else");
}

static gboolean
check_once (JpPlatformStore *store, JpRecord *dispute, GError **error)
{
  const JpId *line = jp_record_get_ref (dispute, JP_DISPUTE_LINE);
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (store),
                   line != NULL
                     ? "SELECT 1 FROM dispute WHERE line = :line AND id <> :id"
                       " AND state IN ('sent', 'review', 'upheld') AND deleted = 0 AND parked = 0"
                     : "SELECT 1 FROM dispute WHERE contract = :contract AND line IS NULL"
                       " AND statement = :statement AND stage = :stage AND id <> :id"
                       " AND state IN ('sent', 'review', 'upheld') AND deleted = 0 AND parked = 0",
                   error);
  gboolean row = FALSE;

  if (find == NULL)
    return FALSE;
  jp_statement_bind_id (find, ":id", jp_record_get_id (dispute));
  if (line != NULL)
    jp_statement_bind_id (find, ":line", line);
  else
    {
      jp_statement_bind_id (find, ":contract", jp_record_get_ref (dispute, JP_DISPUTE_CONTRACT));
      jp_statement_bind_id (find, ":statement", jp_record_get_ref (dispute, JP_DISPUTE_STATEMENT));
      jp_statement_bind_text (find, ":stage", jp_record_get_text (dispute, JP_DISPUTE_STAGE));
    }
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  return !row ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the line is disputed already");
}

/**
 * jp_business_take_dispute: (skip)
 * @platform: a platform with an open transaction
 * @school: the school
 * @dispute: a dispute as the school has sent it
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID` if the line is not what it says, or
 *   disputed already
 */
gboolean
jp_business_take_dispute (JpPlatform *platform,
                          const JpId *school,
                          JpRecord   *dispute,
                          GError    **error)
{
  JpPlatformStore *store = jp_platform_get_store (platform);

  return jp_record_get_code (dispute, JP_DISPUTE_STATE) != JP_DISPUTE_STATE_SENT ||
         (check_line (store, school, dispute, error) && check_once (store, dispute, error));
}

/* --- looking at it --- */

static JpRecord *
get_open (JpBusiness *self, const JpId *id, JpId *out_school, GError **error)
{
  g_autoptr (JpRecord) dispute = jp_business_get (self, JP_KIND_DISPUTE, id, out_school, error);
  int state = dispute != NULL ? jp_record_get_code (dispute, JP_DISPUTE_STATE) : JP_CODE_UNSET;

  if (dispute == NULL)
    return NULL;
  if (state == JP_DISPUTE_STATE_SENT || state == JP_DISPUTE_STATE_REVIEW)
    return g_steal_pointer (&dispute);
  jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "there is nothing to decide");
  return NULL;
}

static gint64
now_of (JpBusiness *self)
{
  return jp_clock_now_us (jp_platform_store_get_clock (self->store));
}

/**
 * jp_business_review_dispute:
 * @self: a business with an open transaction
 * @dispute: a dispute that waits
 * @out_dispute: (out) (optional) (transfer full): the dispute, under review
 * @out_finding: (out caller-allocates): what the platform's own evaluator says
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer opens a dispute.
 *
 * Returns: %TRUE, also when it was opened before; %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`, or
 *   `JP_PLATFORM_ERROR_CONFLICT` if it is decided or taken back
 */
gboolean
jp_business_review_dispute (JpBusiness        *self,
                            const JpId        *dispute,
                            JpRecord         **out_dispute,
                            JpBusinessFinding *out_finding,
                            GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (dispute != NULL, FALSE);
  g_return_val_if_fail (out_finding != NULL, FALSE);

  JpId school;
  g_autoptr (JpRecord) record = get_open (self, dispute, &school, error);
  JpDraft *draft = NULL;

  if (record == NULL || !jp_business_judge_dispute (self, record, out_finding, error))
    return FALSE;
  if (jp_record_get_code (record, JP_DISPUTE_STATE) == JP_DISPUTE_STATE_REVIEW)
    {
      if (out_dispute != NULL)
        *out_dispute = g_steal_pointer (&record);
      return TRUE;
    }

  draft = jp_draft_new_from (record);
  jp_draft_set_code (draft, JP_DISPUTE_STATE, JP_DISPUTE_STATE_REVIEW);
  jp_draft_set_integer (draft, JP_DISPUTE_REVIEWED_AT, now_of (self));
  return jp_business_put (self, &school, draft, out_dispute, error);
}

/* --- putting it right --- */

typedef struct
{
  JpBusiness *self;
  JpId        school;
  JpRecord   *dispute;  /* (borrowed) */
  JpRecord   *contract; /* (owned) (nullable) */
  char       *stage;    /* (owned) (nullable): of the movement */
  gint64      fen;      /* to the school; negative: from it */
  char       *reference;
} Remedy;

static void
remedy_clear (Remedy *remedy)
{
  g_clear_pointer (&remedy->contract, jp_record_unref);
  g_clear_pointer (&remedy->stage, g_free);
  g_clear_pointer (&remedy->reference, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Remedy, remedy_clear)

/* The stage under which the bank has moved the money of the line. */
static gboolean
find_stage (Remedy *remedy, const JpBusinessFinding *finding, GError **error)
{
  const JpId *line = jp_record_get_ref (remedy->dispute, JP_DISPUTE_LINE);
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (remedy->self->store),
                   "SELECT m.stage FROM statement_line l JOIN bank_movement m"
                   " ON m.reference = l.bank_reference WHERE l.id = :line",
                   error);
  gboolean row = FALSE;

  remedy->stage = g_strdup (finding->stage);
  if (find == NULL)
    return FALSE;
  if (remedy->stage != NULL || line == NULL)
    return TRUE;
  jp_statement_bind_id (find, ":line", line);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  remedy->stage = row ? g_strdup (jp_statement_get_text (find, 0)) : NULL;
  return TRUE;
}

static gboolean
read_earned (Remedy *remedy, const char *stage, gint64 *out_fen, GError **error)
{
  JpBusinessFacts facts;
  g_autoptr (JpPolicyPlan) plan = NULL;

  *out_fen = 0;
  if (!jp_business_read_facts (remedy->self, remedy->contract,
                               jp_platform_store_get_today (remedy->self->store), &facts, error))
    return FALSE;
  plan = jp_policy_plan_new (facts.policy, &facts.gather.facts, error);
  for (guint i = 0; plan != NULL && i < plan->n_stages; i++)
    if (g_strcmp0 (plan->stages[i].stage->id, stage) == 0)
      *out_fen = plan->stages[i].earned_fen;
  return plan != NULL;
}

/* What has been put right since, by a later payment for example, is not put right again. */
static gboolean
limit (Remedy *remedy, GError **error)
{
  JpBankSums sums = { 0 };
  gint64     earned_fen = 0;
  gint64     released_fen = 0;

  if (!jp_bank_get_sums (remedy->self->bank, jp_record_get_id (remedy->contract), &sums, error))
    return FALSE;
  if (remedy->stage != NULL &&
      (!read_earned (remedy, remedy->stage, &earned_fen, error) ||
       !jp_bank_get_released (remedy->self->bank, jp_record_get_id (remedy->contract),
                              remedy->stage, &released_fen, error)))
    return FALSE;
  if (remedy->stage != NULL && remedy->fen > 0)
    remedy->fen = MAX (MIN (remedy->fen, earned_fen - released_fen), 0);
  else if (remedy->stage != NULL)
    remedy->fen = -MAX (MIN (-remedy->fen, released_fen - earned_fen), 0);
  remedy->fen = MIN (remedy->fen, sums.custody_fen);
  return TRUE;
}

static gboolean
check_contract (Remedy *remedy, GError **error)
{
  int status = jp_record_get_code (remedy->contract, JP_CONTRACT_STATUS);

  if (g_strcmp0 (jp_record_get_text (remedy->dispute, JP_DISPUTE_KIND), "refund") == 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "a refund is the trainee's: the bank cannot take it back");
  return remedy->fen > 0 ||
         (status != JP_CONTRACT_STATUS_WITHDRAWN && status != JP_CONTRACT_STATUS_TRANSFERRED) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the contract is over and settled");
}

static gboolean
sum_up (Remedy *remedy, GError **error)
{
  g_autoptr (JpDraft) draft =
    remedy->contract != NULL ? jp_draft_new_from (remedy->contract) : NULL;

  return draft == NULL ||
         (jp_business_sum_up (remedy->self, draft, error) &&
          jp_business_put (remedy->self, &remedy->school, g_steal_pointer (&draft), NULL, error));
}

static gboolean
move_money (Remedy *remedy, GError **error)
{
  JpIdText         text;
  g_autofree char *purpose =
    g_strconcat ("dispute/", jp_id_to_text (jp_record_get_id (remedy->dispute), text), NULL);
  JpBankOrder order = {
    .kind = remedy->fen > 0 ? JP_BANK_RELEASE : JP_BANK_RECALL,
    .school = remedy->school,
    .contract = remedy->contract != NULL ? *jp_record_get_id (remedy->contract) : JP_ID_NONE,
    .purpose = purpose,
    .stage = remedy->stage,
    .amount_fen = ABS (remedy->fen),
    .at_us = now_of (remedy->self),
  };

  return remedy->fen == 0 || (jp_business_post (remedy->self, &order, &remedy->reference, error) &&
                              sum_up (remedy, error));
}

static gboolean
put_right (Remedy *remedy, const JpBusinessFinding *finding, GError **error)
{
  const JpId *contract = jp_record_get_ref (remedy->dispute, JP_DISPUTE_CONTRACT);

  if (finding->verdict == JP_SETTLEMENT_DUPLICATE || finding->expected_fen == finding->paid_fen)
    return TRUE;
  remedy->fen = finding->expected_fen - finding->paid_fen;
  if (contract == NULL)
    return move_money (remedy, error);
  remedy->contract = jp_business_get (remedy->self, JP_KIND_CONTRACT, contract, NULL, error);
  return remedy->contract != NULL && check_contract (remedy, error) &&
         find_stage (remedy, finding, error) && limit (remedy, error) && move_money (remedy, error);
}

/* --- the decision --- */

static gboolean
is_borne_out (const JpBusinessFinding *finding)
{
  return finding->is_found && finding->verdict != JP_SETTLEMENT_MATCHES &&
         finding->verdict != JP_SETTLEMENT_EARLY && finding->verdict != JP_SETTLEMENT_UNEXPLAINED;
}

/* A reviewer decides what the evaluator bears out, and says why. A late payment is wrong and cannot
 * be put right any more: both decisions can be given for it. */
static gboolean
check_decision (const JpBusinessFinding *finding,
                gboolean                 uphold,
                const char              *answer,
                GError                 **error)
{
  if (answer == NULL || *answer == '\0' || jp_text_length (answer) > MAX_ANSWER_CHARS)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the answer is wrong");
  if (uphold && !is_borne_out (finding))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the platform's own check does not find the line wrong");
  if (!uphold && is_borne_out (finding) && finding->expected_fen != finding->paid_fen)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the platform's own check finds the line wrong");
  return TRUE;
}

static JpDisputeOutcome
choose_outcome (const Remedy *remedy, const JpBusinessFinding *finding)
{
  if (remedy->fen == 0)
    return JP_DISPUTE_OUTCOME_NOTED;
  return remedy->fen == -finding->paid_fen ? JP_DISPUTE_OUTCOME_REVERSED
                                           : JP_DISPUTE_OUTCOME_CORRECTED;
}

static gboolean
put_decision (Remedy                  *remedy,
              const JpBusinessFinding *finding,
              gboolean                 uphold,
              const char              *answer,
              JpRecord               **out_dispute,
              GError                 **error)
{
  JpDraft *draft = jp_draft_new_from (remedy->dispute);
  gint64   now_us = now_of (remedy->self);

  jp_draft_set_code (draft, JP_DISPUTE_STATE,
                     uphold ? JP_DISPUTE_STATE_UPHELD : JP_DISPUTE_STATE_REJECTED);
  if (!jp_record_has (remedy->dispute, JP_DISPUTE_REVIEWED_AT))
    jp_draft_set_integer (draft, JP_DISPUTE_REVIEWED_AT, now_us);
  jp_draft_set_integer (draft, JP_DISPUTE_DECIDED_AT, now_us);
  jp_draft_set_integer (draft, JP_DISPUTE_DECIDED, finding->expected_fen);
  jp_draft_set_text (draft, JP_DISPUTE_ANSWER, answer);
  if (uphold)
    {
      jp_draft_set_code (draft, JP_DISPUTE_OUTCOME, (int)choose_outcome (remedy, finding));
      jp_draft_set_integer (draft, JP_DISPUTE_CORRECTION, remedy->fen);
    }
  if (remedy->reference != NULL)
    jp_draft_set_text (draft, JP_DISPUTE_BANK_REFERENCE, remedy->reference);
  return jp_business_put (remedy->self, &remedy->school, draft, out_dispute, error);
}

/**
 * jp_business_decide_dispute:
 * @self: a business with an open transaction
 * @dispute: a dispute that waits or is under review
 * @uphold: whether the school is right
 * @answer: why; 1 … 500 characters
 * @out_dispute: (out) (optional) (transfer full): the decided dispute
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer decides. The amounts are those of the platform's own evaluator, never the school's;
 * a decision that it does not bear out is refused. What is upheld is put right at once at the bank,
 * as far as nothing has put it right since, and stands on the next statement as a correction.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`, `JP_PLATFORM_ERROR_INVALID`, or
 *   `JP_PLATFORM_ERROR_CONFLICT` if it is decided or taken back, or the evaluator says otherwise
 */
gboolean
jp_business_decide_dispute (JpBusiness *self,
                            const JpId *dispute,
                            gboolean    uphold,
                            const char *answer,
                            JpRecord  **out_dispute,
                            GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (dispute != NULL, FALSE);

  g_auto (Remedy) remedy = { .self = self };
  g_auto (JpBusinessFinding) finding = { 0 };
  g_autoptr (JpRecord) record = get_open (self, dispute, &remedy.school, error);

  remedy.dispute = record;
  return record != NULL && jp_business_judge_dispute (self, record, &finding, error) &&
         check_decision (&finding, uphold, answer, error) &&
         (!uphold || put_right (&remedy, &finding, error)) &&
         put_decision (&remedy, &finding, uphold, answer, out_dispute, error);
}
