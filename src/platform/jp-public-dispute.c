/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-dispute.h"
#include "jp-public-private.h"

/* Disputes of settlement lines, for the reviewer. */

#define MAX_STEP_BYTES   16
#define MAX_ANSWER_BYTES 2000
#define DEFAULT_ROWS     50
#define MAX_ROWS         200

static void
add_dispute (JpPublicCall *call, JpRecord *dispute)
{
  static const JpFieldId fields[] = {
    JP_DISPUTE_CONTRACT_NO, JP_DISPUTE_LINE_NO, JP_DISPUTE_STAGE,      JP_DISPUTE_STATE,
    JP_DISPUTE_VERDICT,     JP_DISPUTE_PAID,    JP_DISPUTE_CLAIMED,    JP_DISPUTE_OUTCOME,
    JP_DISPUTE_DECIDED,     JP_DISPUTE_ANSWER,  JP_DISPUTE_CORRECTION, JP_DISPUTE_BANK_REFERENCE,
  };

  jp_public_add_id (call, "id", jp_record_get_id (dispute));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    jp_public_add_field (call, dispute, fields[i]);
}

static void
add_finding (JpPublicCall *call, const JpBusinessFinding *finding)
{
  json_builder_set_member_name (call->out, "finding");
  json_builder_begin_object (call->out);
  jp_public_add_boolean (call, "found", finding->is_found);
  if (finding->is_found)
    {
      jp_public_add_text (call, "verdict", jp_settlement_verdict_get_name (finding->verdict));
      jp_public_add_integer (call, "paid_fen", finding->paid_fen);
      jp_public_add_integer (call, "expected_fen", finding->expected_fen);
      jp_public_add_text (call, "sentence", finding->sentence);
    }
  json_builder_end_object (call->out);
}

static gboolean
add_row (JpPublicCall *call, const JpId *id, GError **error)
{
  g_auto (JpBusinessFinding) finding = { 0 };
  g_autoptr (JpRecord) dispute = jp_business_get (call->business, JP_KIND_DISPUTE, id, NULL, error);

  if (dispute == NULL || !jp_business_judge_dispute (call->business, dispute, &finding, error))
    return FALSE;
  json_builder_begin_object (call->out);
  add_dispute (call, dispute);
  add_finding (call, &finding);
  json_builder_end_object (call->out);
  return TRUE;
}

/**
 * jp_public_list_disputes: (skip)
 * @call: "school", "limit"
 * @error: return location
 *
 * Lists disputes that wait for a decision, oldest first, each with what the platform's own
 * evaluator says of it.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_disputes (JpPublicCall *call, GError **error)
{
  const char *school = jp_http_request_get_query (call->request, "school");
  gint64      limit = DEFAULT_ROWS;
  JpId        owner = JP_ID_NONE;
  gboolean    row = FALSE;
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT id FROM dispute WHERE state IN ('sent', 'review') AND deleted = 0"
                   " AND parked = 0 AND (:school IS NULL OR school = :school)"
                   " ORDER BY opened_at, rid LIMIT :limit",
                   error);

  if (read == NULL ||
      !jp_http_request_get_query_integer (call->request, "limit", 1, MAX_ROWS, &limit, error) ||
      (school != NULL && !jp_public_find_school (call, school, &owner, error)))
    return FALSE;
  jp_statement_bind_id (read, ":school", &owner);
  jp_statement_bind_integer (read, ":limit", limit);
  json_builder_set_member_name (call->out, "disputes");
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      JpId id;

      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      jp_statement_get_id (read, 0, &id);
      if (!add_row (call, &id, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
review (JpPublicCall *call, const JpId *id, GError **error)
{
  g_auto (JpBusinessFinding) finding = { 0 };
  g_autoptr (JpRecord) dispute = NULL;

  if (!jp_business_review_dispute (call->business, id, &dispute, &finding, error))
    return FALSE;
  add_dispute (call, dispute);
  add_finding (call, &finding);
  return TRUE;
}

/**
 * jp_public_decide_dispute: (skip)
 * @call: "id", "step": `review`, `uphold` or `reject`, "answer" for the last two
 * @error: return location
 *
 * Returns: whether it is done
 */
gboolean
jp_public_decide_dispute (JpPublicCall *call, GError **error)
{
  JpId        id;
  const char *step = NULL;
  const char *answer = NULL;
  gboolean    uphold = FALSE;
  g_autoptr (JpRecord) dispute = NULL;

  if (!jp_public_read_id (call, "id", &id, error) ||
      !jp_json_get_text (call->in, "step", MAX_STEP_BYTES, &step, error) ||
      !jp_public_read_optional (call, "answer", MAX_ANSWER_BYTES, &answer, error))
    return FALSE;
  if (strcmp (step, "review") == 0)
    return review (call, &id, error);
  uphold = strcmp (step, "uphold") == 0;
  if (!uphold && strcmp (step, "reject") != 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the step is not known");
  if (!jp_business_decide_dispute (call->business, &id, uphold, answer, &dispute, error))
    return FALSE;
  add_dispute (call, dispute);
  return TRUE;
}
