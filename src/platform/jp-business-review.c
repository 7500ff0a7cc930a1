/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-judge.h"
#include "jp-business-private.h"

/* The reviewer judges sessions and whole parts, the traffic police send exam results; what follows
 * for the trainee's progress is written here. */

#define MAX_ATTEMPTS 20

/* --- progress --- */

/**
 * jp_business_count_trainee: (skip)
 * @self: a business with an open transaction
 * @school: the school
 * @trainee: a trainee
 * @error: return location
 *
 * Writes the sums of sessions and exams into the trainee.
 *
 * Returns: whether it worked
 */
gboolean
jp_business_count_trainee (JpBusiness *self,
                           const JpId *school,
                           const JpId *trainee,
                           GError    **error)
{
  static const JpFieldId parts[] = { 0, JP_TRAINEE_PART1_MINUTES, JP_TRAINEE_PART2_MINUTES,
                                     JP_TRAINEE_PART3_MINUTES, JP_TRAINEE_PART4_MINUTES };
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_TRAINEE, trainee, NULL, error);
  g_autoptr (JpDraft) draft = record != NULL ? jp_draft_new_from (record) : NULL;
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT part, sum (ifnull (valid_minutes, 0)),"
                   " sum (CASE state WHEN 'pending' THEN duration ELSE 0 END)"
                   " FROM training_session WHERE trainee = :trainee AND deleted = 0 GROUP BY part",
                   error);
  gint64   minutes[JP_POLICY_N_PARTS + 1] = { 0 };
  gint64   valid = 0;
  gint64   pending = 0;
  gboolean row = FALSE;

  if (draft == NULL || read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", trainee);
  while (TRUE)
    {
      if (!jp_statement_step (read, &row, error))
        return FALSE;
      if (!row)
        break;

      gint64 part = CLAMP (jp_statement_get_integer (read, 0), 1, JP_POLICY_N_PARTS);

      minutes[part] += jp_statement_get_integer (read, 1);
      valid += jp_statement_get_integer (read, 1);
      pending += jp_statement_get_integer (read, 2);
    }

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    jp_draft_set_integer (draft, parts[part], minutes[part]);
  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, valid);
  jp_draft_set_integer (draft, JP_TRAINEE_PENDING_MINUTES, pending);
  return jp_business_put (self, school, g_steal_pointer (&draft), NULL, error);
}

static gboolean
find_running_contract (JpBusiness *self,
                       const JpId *trainee,
                       JpRecord  **out_contract,
                       GError    **error)
{
  g_autoptr (GPtrArray) contracts = jp_business_list (self, JP_CONTRACT_TRAINEE, trainee, error);

  *out_contract = NULL;
  for (guint i = 0; contracts != NULL && i < contracts->len && *out_contract == NULL; i++)
    if (jp_record_get_code (contracts->pdata[i], JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_PAID)
      *out_contract = jp_record_ref (contracts->pdata[i]);
  return contracts != NULL;
}

/**
 * jp_business_graduate: (skip)
 * @self: a business with an open transaction
 * @school: the school
 * @contract: a contract that was paid
 * @error: return location
 *
 * Notes the exams in the trainee, lets those graduate whose parts are all approved and passed, and
 * ends the contract when its last fen has gone to the school.
 *
 * Returns: whether it worked
 */
gboolean
jp_business_graduate (JpBusiness *self, const JpId *school, JpRecord *contract, GError **error)
{
  JpBusinessFacts facts;
  JpBankSums      sums = { 0 };
  const JpId     *id = jp_record_get_ref (contract, JP_CONTRACT_TRAINEE);
  g_autoptr (JpRecord) trainee = jp_business_get (self, JP_KIND_TRAINEE, id, NULL, error);

  if (trainee == NULL ||
      !jp_business_read_facts (self, contract, jp_platform_store_get_today (self->store), &facts,
                               error) ||
      !jp_bank_get_sums (self->bank, jp_record_get_id (contract), &sums, error))
    return FALSE;

  gboolean has_graduated = facts.gather.facts.events[JP_POLICY_EVENT_GRADUATED] != JP_DATE_NONE;
  g_autoptr (JpDraft) draft = jp_draft_new_from (trainee);

  jp_draft_set_integer (draft, JP_TRAINEE_EXAMS_PASSED, facts.gather.n_passed);
  if (has_graduated)
    jp_draft_set_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_GRADUATED);
  if (!jp_business_put (self, school, g_steal_pointer (&draft), NULL, error))
    return FALSE;
  if (!has_graduated || sums.custody_fen > 0 || sums.paid_fen < facts.gather.facts.price_fen)
    return TRUE;

  JpDraft *over = jp_draft_new_from (contract);

  jp_draft_set_code (over, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_FULFILLED);
  return jp_business_put (self, school, over, NULL, error);
}

/* --- sessions --- */

static gboolean
check_judgement (JpRecord *session, gint64 valid_minutes, JpSessionReason reason, GError **error)
{
  gint64 minutes = jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION);

  if (valid_minutes < 0 || valid_minutes > minutes)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID,
                               "the session has %" G_GINT64_FORMAT " minutes", minutes);
  if ((valid_minutes == minutes) != (reason == JP_SESSION_REASON_NONE))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID,
                               "minutes that do not count need a reason, and only they");
  return TRUE;
}

static gboolean
is_stage_open (JpBusiness *self,
               JpRecord   *contract,
               gint64      part,
               gboolean   *out_open,
               GError    **error)
{
  g_autoptr (GPtrArray) stages =
    jp_business_list (self, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (contract), error);

  *out_open = TRUE;
  for (guint i = 0; stages != NULL && i < stages->len; i++)
    if (jp_record_get_integer (stages->pdata[i], JP_STAGE_RECORD_PART) == part &&
        jp_record_get_code (stages->pdata[i], JP_STAGE_RECORD_STATE) != JP_STAGE_STATE_REFUSED)
      *out_open = FALSE;
  return stages != NULL;
}

static gboolean
put_stage (JpBusiness *self, const JpId *school, JpRecord *contract, gint64 part, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT sum (duration), sum (ifnull (valid_minutes, 0)),"
                   " sum (ifnull (mileage, 0)) FROM training_session WHERE trainee = :trainee"
                   " AND part = :part AND started_at >= :from AND deleted = 0",
                   error);
  JpId     id = jp_id_source_next (jp_platform_store_get_ids (self->store));
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_statement_bind_integer (read, ":part", part);
  jp_statement_bind_integer (read, ":from",
                             jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT));
  if (!jp_statement_step (read, &row, error))
    return FALSE;

  JpDraft *draft = jp_draft_new (JP_KIND_STAGE_RECORD, &id);

  jp_draft_set_ref (draft, JP_STAGE_RECORD_TRAINEE,
                    jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_ref (draft, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_STAGE_RECORD_PART, part);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_TOTAL_MINUTES, jp_statement_get_integer (read, 0));
  jp_draft_set_integer (draft, JP_STAGE_RECORD_VALID_MINUTES, jp_statement_get_integer (read, 1));
  jp_draft_set_integer (draft, JP_STAGE_RECORD_MILEAGE, jp_statement_get_integer (read, 2));
  jp_draft_set_code (draft, JP_STAGE_RECORD_STATE, JP_STAGE_STATE_SUBMITTED);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_SUBMITTED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  return jp_business_put (self, school, draft, NULL, error);
}

/* A part whose hours are complete goes to its review by itself. */
static gboolean
submit_if_complete (JpBusiness *self,
                    const JpId *school,
                    JpRecord   *contract,
                    gint64      part,
                    GError    **error)
{
  JpBusinessFacts facts;
  gboolean        is_open = FALSE;

  if (!jp_business_read_facts (self, contract, jp_platform_store_get_today (self->store), &facts,
                               error) ||
      !is_stage_open (self, contract, part, &is_open, error))
    return FALSE;

  const JpPolicyPartFacts *training = &facts.gather.facts.parts[part];

  if (!is_open || training->required_minutes == JP_POLICY_UNKNOWN ||
      training->used_minutes < training->required_minutes)
    return TRUE;
  return put_stage (self, school, contract, part, error);
}

static JpDraft *
judge_draft (JpBusiness *self, JpRecord *session, gint64 valid_minutes, JpSessionReason reason)
{
  gint64         minutes = jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION);
  JpDraft       *draft = jp_draft_new_from (session);
  JpSessionState state = valid_minutes == minutes ? JP_SESSION_STATE_VALID
                         : valid_minutes > 0      ? JP_SESSION_STATE_PARTIAL
                                                  : JP_SESSION_STATE_VOID;

  jp_draft_set_code (draft, JP_TRAINING_SESSION_STATE, (int)state);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_VALID_MINUTES, valid_minutes);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_REASON, (int)reason);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_REVIEWED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  return draft;
}

static gboolean
is_judged_so (JpRecord *session, gint64 valid_minutes, JpSessionReason reason)
{
  return jp_record_get_code (session, JP_TRAINING_SESSION_STATE) != JP_SESSION_STATE_PENDING &&
         jp_record_get_integer (session, JP_TRAINING_SESSION_VALID_MINUTES) == valid_minutes &&
         jp_record_get_code (session, JP_TRAINING_SESSION_REASON) == (int)reason;
}

/**
 * jp_business_review_session:
 * @self: a business with an open transaction
 * @session: a session
 * @valid_minutes: how many of its minutes count
 * @reason: why not all of them; none if all count
 * @out_session: (out) (optional) (transfer full): the judged session
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer judges a session, or judges it again after an appeal, until the review of its part.
 * The trainee's hours are added up, and a part that is complete goes to its review.
 *
 * Returns: %TRUE, also when it was judged so before; %FALSE with `JP_PLATFORM_ERROR_INVALID`,
 *   `JP_PLATFORM_ERROR_NOT_FOUND`, or `JP_PLATFORM_ERROR_CONFLICT` if its part is under review
 */
gboolean
jp_business_review_session (JpBusiness     *self,
                            const JpId     *session,
                            gint64          valid_minutes,
                            JpSessionReason reason,
                            JpRecord      **out_session,
                            GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (session != NULL, FALSE);

  JpId     school;
  gint64   part = 0;
  gboolean is_open = TRUE;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRecord) record =
    jp_business_get (self, JP_KIND_TRAINING_SESSION, session, &school, error);

  if (record == NULL || !check_judgement (record, valid_minutes, reason, error))
    return FALSE;
  if (is_judged_so (record, valid_minutes, reason))
    {
      if (out_session != NULL)
        *out_session = g_steal_pointer (&record);
      return TRUE;
    }

  const JpId *trainee = jp_record_get_ref (record, JP_TRAINING_SESSION_TRAINEE);

  part = jp_record_get_integer (record, JP_TRAINING_SESSION_PART);
  if (!find_running_contract (self, trainee, &contract, error) ||
      (contract != NULL && !is_stage_open (self, contract, part, &is_open, error)))
    return FALSE;
  if (!is_open &&
      jp_record_get_code (record, JP_TRAINING_SESSION_STATE) != JP_SESSION_STATE_PENDING)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the part of the session is under review already");
  if (!jp_business_put (self, &school, judge_draft (self, record, valid_minutes, reason),
                        out_session, error) ||
      !jp_business_count_trainee (self, &school, trainee, error))
    return FALSE;
  return contract == NULL || submit_if_complete (self, &school, contract, part, error);
}

/* --- parts --- */

static gboolean
is_decided (JpRecord *stage, gboolean approve, gboolean *out_same)
{
  int state = jp_record_get_code (stage, JP_STAGE_RECORD_STATE);

  *out_same = state == (approve ? JP_STAGE_STATE_APPROVED : JP_STAGE_STATE_REFUSED);
  return state != JP_STAGE_STATE_SUBMITTED;
}

/**
 * jp_business_review_stage:
 * @self: a business with an open transaction
 * @stage: the record of a part
 * @approve: whether its hours are approved
 * @reason: (nullable): why not
 * @out_stage: (out) (optional) (transfer full): the record
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer decides about a part. What the policy gives for it goes to the school with the next
 * statement.
 *
 * Returns: %TRUE, also when it was decided so before; %FALSE with `JP_PLATFORM_ERROR_INVALID`,
 *   `JP_PLATFORM_ERROR_NOT_FOUND` or `JP_PLATFORM_ERROR_CONFLICT`
 */
gboolean
jp_business_review_stage (JpBusiness *self,
                          const JpId *stage,
                          gboolean    approve,
                          const char *reason,
                          JpRecord  **out_stage,
                          GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (stage != NULL, FALSE);

  JpId     school;
  gboolean is_same = FALSE;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_STAGE_RECORD, stage, &school, error);

  if (record == NULL)
    return FALSE;
  if (approve != (reason == NULL))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID,
                               "a refusal needs a reason, "
                               "an approval has none");
  if (is_decided (record, approve, &is_same))
    {
      if (!is_same)
        return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the part is decided");
      if (out_stage != NULL)
        *out_stage = g_steal_pointer (&record);
      return TRUE;
    }

  JpDraft *draft = jp_draft_new_from (record);

  jp_draft_set_code (draft, JP_STAGE_RECORD_STATE,
                     approve ? JP_STAGE_STATE_APPROVED : JP_STAGE_STATE_REFUSED);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_REVIEWED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  if (reason != NULL)
    jp_draft_set_text (draft, JP_STAGE_RECORD_REASON, reason);
  if (!jp_business_put (self, &school, draft, out_stage, error))
    return FALSE;

  contract = jp_business_get (self, JP_KIND_CONTRACT,
                              jp_record_get_ref (record, JP_STAGE_RECORD_CONTRACT), NULL, error);
  return contract != NULL && jp_business_graduate (self, &school, contract, error);
}

/* --- exams --- */

static gboolean
check_exam (JpBusiness *self, JpRecord *contract, const JpBusinessExam *exam, GError **error)
{
  JpBusinessFacts facts;

  if (!jp_business_read_facts (self, contract, exam->taken_on, &facts, error))
    return FALSE;
  if (facts.gather.facts.parts[exam->subject].reviewed_on == JP_DATE_NONE ||
      facts.gather.facts.parts[exam->subject].reviewed_on > exam->taken_on)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the hours of the part were not approved on that day");
  if (facts.gather.facts.exams[exam->subject].passed_on != JP_DATE_NONE)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the subject is passed");
  return TRUE;
}

/* The result of that day, if it came before; *out_attempt is the number of the next one. */
static gboolean
find_exam (JpBusiness           *self,
           JpRecord             *trainee,
           const JpBusinessExam *exam,
           JpRecord            **out_exam,
           gint64               *out_attempt,
           GError              **error)
{
  g_autoptr (GPtrArray) exams =
    jp_business_list (self, JP_EXAM_RESULT_TRAINEE, jp_record_get_id (trainee), error);

  *out_attempt = 1;
  for (guint i = 0; exams != NULL && i < exams->len; i++)
    {
      JpRecord *other = g_ptr_array_index (exams, i);

      if (jp_record_get_integer (other, JP_EXAM_RESULT_SUBJECT) != exam->subject)
        continue;
      (*out_attempt)++;
      if (jp_record_get_date (other, JP_EXAM_RESULT_TAKEN_ON) != exam->taken_on)
        continue;
      if (g_strcmp0 (jp_record_get_text (other, JP_EXAM_RESULT_OUTCOME), exam->outcome) != 0)
        return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                                   "there is another result of this day");
      *out_exam = jp_record_ref (other);
    }
  return exams != NULL;
}

static gboolean
put_exam (JpBusiness           *self,
          const JpId           *school,
          JpRecord             *trainee,
          const JpBusinessExam *exam,
          gint64                attempt,
          JpRecord            **out_exam,
          GError              **error)
{
  JpId     id = jp_id_source_next (jp_platform_store_get_ids (self->store));
  JpDraft *draft = jp_draft_new (JP_KIND_EXAM_RESULT, &id);

  jp_draft_set_ref (draft, JP_EXAM_RESULT_TRAINEE, jp_record_get_id (trainee));
  jp_draft_set_integer (draft, JP_EXAM_RESULT_SUBJECT, exam->subject);
  jp_draft_set_date (draft, JP_EXAM_RESULT_TAKEN_ON, exam->taken_on);
  jp_draft_set_integer (draft, JP_EXAM_RESULT_ATTEMPT, MIN (attempt, MAX_ATTEMPTS));
  jp_draft_set_text (draft, JP_EXAM_RESULT_OUTCOME, exam->outcome);
  if (exam->score >= 0)
    jp_draft_set_integer (draft, JP_EXAM_RESULT_SCORE, exam->score);
  return jp_business_put (self, school, draft, out_exam, error);
}

static gboolean
check_exam_form (JpBusiness *self, const JpBusinessExam *exam, GError **error)
{
  if (exam->subject < 1 || exam->subject > JP_POLICY_N_PARTS || exam->score > 100 ||
      !jp_date_is_valid (exam->taken_on) ||
      jp_code_lookup (jp_exam_outcome_codes, exam->outcome) == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the exam result is wrong");
  if (exam->taken_on > jp_platform_store_get_today (self->store))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the day has not come");
  return TRUE;
}

/**
 * jp_business_add_exam:
 * @self: a business with an open transaction
 * @exam: a result of the traffic police
 * @out_exam: (out) (optional) (transfer full): the result
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Takes a result in. Nobody is admitted before the hours of the part are approved; the last subject
 * lets the trainee graduate.
 *
 * Returns: %TRUE, also when it came before; %FALSE with `JP_PLATFORM_ERROR_INVALID`,
 *   `JP_PLATFORM_ERROR_NOT_FOUND` or `JP_PLATFORM_ERROR_CONFLICT`
 */
gboolean
jp_business_add_exam (JpBusiness           *self,
                      const JpBusinessExam *exam,
                      JpRecord            **out_exam,
                      GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (exam != NULL, FALSE);
  g_return_val_if_fail (exam->trainee_number != NULL, FALSE);
  g_return_val_if_fail (exam->outcome != NULL, FALSE);

  JpId   school;
  gint64 attempt = 0;
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRecord) result = NULL;

  if (!check_exam_form (self, exam, error))
    return FALSE;
  trainee =
    jp_business_get_by_number (self, JP_TRAINEE_NUMBER, exam->trainee_number, &school, error);
  if (trainee == NULL || !find_exam (self, trainee, exam, &result, &attempt, error))
    return FALSE;
  if (result == NULL)
    {
      if (!find_running_contract (self, jp_record_get_id (trainee), &contract, error))
        return FALSE;
      if (contract == NULL)
        return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                                   "the trainee has no contract in training");
      if (!check_exam (self, contract, exam, error) ||
          !put_exam (self, &school, trainee, exam, attempt, &result, error) ||
          !jp_business_graduate (self, &school, contract, error))
        return FALSE;
    }

  if (out_exam != NULL)
    *out_exam = g_steal_pointer (&result);
  return TRUE;
}
