/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-business-dispute.h"
#include "jp-codes.h"

/* What the school has contested of the statement that has wrong lines, and what has come of it: the
 * reviewer decides with the platform's own evaluator, here as elsewhere. */

typedef enum {
  STEP_NONE,
  STEP_REVIEW,
  STEP_UPHOLD,
  STEP_REJECT,
} Step;

static const struct
{
  JpSettlementVerdict verdict;
  JpDisputeState      state; /* as the school leaves it */
  Step                step;  /* of the reviewer */
  const char         *reason;
  const char         *answer;
} plans[] = {
  { JP_SETTLEMENT_SHORT, JP_DISPUTE_STATE_SENT, STEP_UPHOLD, "该部分学时已全部审核通过，请补拨。",
    "经核对学时与拨付记录，少拨属实，已补拨。" },
  { JP_SETTLEMENT_LATE, JP_DISPUTE_STATE_SENT, STEP_REJECT, "逾期一个多月才到账，请说明原因。",
    "款项已足额拨付；迟付系银行系统升级所致，不再另行处理。" },
  { JP_SETTLEMENT_OVER, JP_DISPUTE_STATE_SENT, STEP_REVIEW, "多拨部分我校愿意退回。", NULL },
  { JP_SETTLEMENT_TWICE, JP_DISPUTE_STATE_SENT, STEP_NONE, "同一阶段拨付两次。", NULL },
  { JP_SETTLEMENT_POLICY_DIFFERS, JP_DISPUTE_STATE_WITHDRAWN, STEP_NONE, "比例与合同不符。", NULL },
  { JP_SETTLEMENT_DUPLICATE, JP_DISPUTE_STATE_DRAFT, STEP_NONE, NULL, NULL },
};

#define N_PLANS G_N_ELEMENTS (plans)

typedef struct
{
  JpCity       *city;     /* (borrowed) */
  JpCitySchool *school;   /* (borrowed) */
  JpBusiness   *business; /* (owned) */
  gint64        at_us;    /* the last instant at which the school can have done something */
  guint         found;    /* bit n: something was found for plan n */
} Work;

static GArray *
list_lines (Work *work, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (work->city->store),
                   "SELECT id FROM statement_line WHERE statement = (SELECT id FROM statement"
                   " WHERE school = :school AND deleted = 0 ORDER BY period_from DESC LIMIT 1)"
                   " ORDER BY line_no",
                   error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  gboolean row = FALSE;
  JpId     id;

  if (read == NULL)
    return NULL;
  jp_statement_bind_id (read, ":school", &work->school->id);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);
      if (jp_statement_get_id (read, 0, &id))
        g_array_append_val (ids, id);
    }
  return NULL;
}

static JpDraft *
new_dispute (Work *work, JpRecord *line, guint n)
{
  JpId     id = jp_city_new_id (work->city, "dispute:%u:%u", work->school->index, n);
  gint64   opened_us = work->at_us - (gint64)(N_PLANS - n) * JP_HOUR_US;
  JpDraft *draft = jp_city_new_draft (work->city, JP_KIND_DISPUTE, &id, opened_us);

  jp_draft_set_ref (draft, JP_DISPUTE_STATEMENT,
                    jp_record_get_ref (line, JP_STATEMENT_LINE_STATEMENT));
  jp_draft_set_ref (draft, JP_DISPUTE_LINE, jp_record_get_id (line));
  jp_draft_set_integer (draft, JP_DISPUTE_LINE_NO,
                        jp_record_get_integer (line, JP_STATEMENT_LINE_LINE_NO));
  if (jp_record_has (line, JP_STATEMENT_LINE_CONTRACT))
    jp_draft_set_ref (draft, JP_DISPUTE_CONTRACT,
                      jp_record_get_ref (line, JP_STATEMENT_LINE_CONTRACT));
  jp_draft_set_text (draft, JP_DISPUTE_CONTRACT_NO,
                     jp_record_get_text (line, JP_STATEMENT_LINE_CONTRACT_NO));
  jp_draft_set_text (draft, JP_DISPUTE_TRAINEE_NAME,
                     jp_record_get_text (line, JP_STATEMENT_LINE_TRAINEE_NAME));
  jp_draft_set_text (draft, JP_DISPUTE_KIND, jp_record_get_text (line, JP_STATEMENT_LINE_KIND));
  jp_draft_set_text (draft, JP_DISPUTE_STAGE, jp_record_get_text (line, JP_STATEMENT_LINE_STAGE));
  jp_draft_set_integer (draft, JP_DISPUTE_OPENED_AT, opened_us);
  if (plans[n].state != JP_DISPUTE_STATE_DRAFT)
    jp_draft_set_integer (draft, JP_DISPUTE_SENT_AT, opened_us);
  if (plans[n].reason != NULL)
    jp_draft_set_text (draft, JP_DISPUTE_REASON, plans[n].reason);
  jp_draft_set_code (draft, JP_DISPUTE_STATE, (int)plans[n].state);
  return draft;
}

static gboolean
take_step (Work *work, const JpId *dispute, guint n, GError **error)
{
  g_auto (JpBusinessFinding) finding = { 0 };

  if (plans[n].step == STEP_NONE)
    return TRUE;
  if (!jp_business_review_dispute (work->business, dispute, NULL, &finding, error))
    return FALSE;
  return plans[n].step == STEP_REVIEW ||
         jp_business_decide_dispute (work->business, dispute, plans[n].step == STEP_UPHOLD,
                                     plans[n].answer, NULL, error);
}

static gboolean
contest (Work *work, JpRecord *line, const JpBusinessFinding *finding, guint n, GError **error)
{
  JpDraft *draft = new_dispute (work, line, n);
  g_autoptr (JpRecord) dispute = NULL;

  jp_draft_set_code (draft, JP_DISPUTE_VERDICT, (int)finding->verdict);
  jp_draft_set_integer (draft, JP_DISPUTE_PAID, finding->paid_fen);
  jp_draft_set_integer (draft, JP_DISPUTE_CLAIMED, finding->expected_fen);
  jp_draft_set_text (draft, JP_DISPUTE_SENTENCE, finding->sentence);
  work->found |= 1u << n;
  jp_platform_store_next_group (work->city->store);
  dispute = jp_city_put (work->city, &work->school->id, draft, error);
  return dispute != NULL && take_step (work, jp_record_get_id (dispute), n, error);
}

static gboolean
look_at (Work *work, const JpId *id, GError **error)
{
  g_autoptr (JpRecord) line =
    jp_business_get (work->business, JP_KIND_STATEMENT_LINE, id, NULL, error);
  g_autoptr (JpDraft) question = NULL;
  g_autoptr (JpRecord) asked = NULL;
  g_auto (JpBusinessFinding) finding = { 0 };

  if (line == NULL)
    return FALSE;
  question = new_dispute (work, line, 0);
  asked = jp_draft_end (g_steal_pointer (&question));
  if (!jp_business_judge_dispute (work->business, asked, &finding, error))
    return FALSE;
  for (guint n = 0; finding.is_found && n < N_PLANS; n++)
    if (plans[n].verdict == finding.verdict && !(work->found >> n & 1))
      return contest (work, line, &finding, n, error);
  return TRUE;
}

/**
 * jp_city_make_disputes:
 * @self: a city without an open transaction
 * @school: a school with statements
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Contests some lines of the newest statement, one of each kind, in several states.
 *
 * Returns: whether it worked
 */
gboolean
jp_city_make_disputes (JpCity *self, JpCitySchool *school, GError **error)
{
  g_autoptr (JpBusiness) business = jp_business_new (self->store);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gint64 now_us = jp_clock_now_us (jp_platform_store_get_clock (self->store));
  Work   work = { self, school, business, MIN (now_us, self->now_us), 0 };
  g_autoptr (GArray) lines = NULL;

  if (!jp_business_begin (business, &transaction, error))
    return FALSE;
  lines = list_lines (&work, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (!look_at (&work, &g_array_index (lines, JpId, i), error))
      return FALSE;
  return lines != NULL && jp_business_commit (business, &transaction, error);
}
