/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-json.h"
#include "jp-wire-record.h"

/* The rows of the platform that the facts of a policy are gathered from. */

/**
 * jp_business_read_tier: (skip)
 * @contract: a contract
 * @error: return location
 *
 * Returns: (transfer full): the class tier as it is frozen in the contract, or %NULL with
 *   `JP_PLATFORM_ERROR_CONFLICT`
 */
JpRecord *
jp_business_read_tier (JpRecord *contract, GError **error)
{
  const char *copy = jp_record_get_text (contract, JP_CONTRACT_TIER_COPY);
  g_autoptr (JpRecord) tier = jp_wire_record_from_text (copy, JP_KIND_CLASS_TIER, NULL);

  if (tier != NULL)
    return g_steal_pointer (&tier);

  jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                      "the copy of the class tier in the contract cannot be read");
  return NULL;
}

/* Minutes that count, as judged, of the sessions under this contract until the end of a day. */
static gboolean
read_minutes (JpBusiness *self, JpRecord *contract, JpPolicyGather *gather, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT part, sum (valid_minutes), min (started_at) FROM training_session"
                   " WHERE trainee = :trainee AND deleted = 0 AND started_at >= :from"
                   " AND started_at < :until GROUP BY part",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_statement_bind_integer (read, ":from", gather->from_us);
  jp_statement_bind_integer (read, ":until", gather->until_us);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        return TRUE;
      jp_policy_gather_add_minutes (gather, jp_statement_get_integer (read, 0),
                                    jp_statement_get_integer (read, 1),
                                    jp_statement_get_integer (read, 2));
    }
  return FALSE;
}

static gboolean
read_stages (JpBusiness *self, JpRecord *contract, JpPolicyGather *gather, GError **error)
{
  g_autoptr (GPtrArray) stages =
    jp_business_list (self, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (contract), error);

  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      JpRecord *stage = g_ptr_array_index (stages, i);

      if (jp_record_get_code (stage, JP_STAGE_RECORD_STATE) == JP_STAGE_STATE_APPROVED)
        jp_policy_gather_add_stage (gather, jp_record_get_integer (stage, JP_STAGE_RECORD_PART),
                                    jp_record_get_integer (stage, JP_STAGE_RECORD_VALID_MINUTES),
                                    jp_record_get_integer (stage, JP_STAGE_RECORD_REVIEWED_AT));
    }
  return stages != NULL;
}

static gboolean
read_exams (JpBusiness *self, JpRecord *contract, JpPolicyGather *gather, GError **error)
{
  g_autoptr (GPtrArray) exams =
    jp_business_list (self, JP_EXAM_RESULT_TRAINEE,
                      jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), error);

  for (guint i = 0; exams != NULL && i < exams->len; i++)
    {
      JpRecord   *exam = g_ptr_array_index (exams, i);
      const char *outcome = jp_record_get_text (exam, JP_EXAM_RESULT_OUTCOME);

      if (g_strcmp0 (outcome, "absent") != 0)
        jp_policy_gather_add_exam (gather, jp_record_get_integer (exam, JP_EXAM_RESULT_SUBJECT),
                                   jp_record_get_date (exam, JP_EXAM_RESULT_TAKEN_ON),
                                   g_strcmp0 (outcome, "passed") == 0);
    }
  return exams != NULL;
}

/**
 * jp_business_read_facts: (skip)
 * @self: a business
 * @contract: a contract; must live as long as @out_facts
 * @on: the day for which shall be computed
 * @out_facts: (out caller-allocates): what is known of the contract on that day; must not be copied
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if the contract's rules are not
 *   published
 */
gboolean
jp_business_read_facts (JpBusiness      *self,
                        JpRecord        *contract,
                        JpDate           on,
                        JpBusinessFacts *out_facts,
                        GError         **error)
{
  JpPolicyGather *gather = &out_facts->gather;
  JpBankSums      sums = { 0 };
  g_autoptr (JpRecord) tier = NULL;

  out_facts->policy = jp_business_find_policy (self, contract, error);
  if (out_facts->policy == NULL)
    return FALSE;
  out_facts->curriculum = jp_business_find_curriculum (self, contract, error);
  tier = out_facts->curriculum != NULL ? jp_business_read_tier (contract, error) : NULL;
  if (tier == NULL || !jp_bank_get_sums (self->bank, jp_record_get_id (contract), &sums, error))
    return FALSE;

  jp_policy_gather_init (gather, out_facts->policy, out_facts->curriculum, contract, on);
  jp_policy_gather_add_fees (gather, tier);
  gather->facts.paid_fen = sums.paid_fen;
  gather->facts.released_fen = sums.released_fen;
  if (!read_minutes (self, contract, gather, error) ||
      !read_stages (self, contract, gather, error) || !read_exams (self, contract, gather, error))
    return FALSE;

  jp_policy_gather_finish (gather);
  return TRUE;
}
