/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-dispute.h"

/* What the platform itself knows of a contract, for the one evaluator of settlement lines: a
 * reviewer looks at this, not at what a school says. */

typedef struct
{
  JpBusiness          *self;
  JpSettlementContract contract;
  JpRecord            *record; /* (owned) (nullable) */
  JpPolicyGather       gather; /* its list of fees */
  GArray              *lines;  /* (owned) (element-type JpSettlementLine) */
  GArray              *sessions;
  GArray              *payments;
  GArray              *refunds;
  GPtrArray           *rows; /* (owned) (element-type GPtrArray): what the texts belong to */
} Evidence;

static void
evidence_clear (Evidence *evidence)
{
  g_clear_pointer (&evidence->record, jp_record_unref);
  g_clear_pointer (&evidence->lines, g_array_unref);
  g_clear_pointer (&evidence->sessions, g_array_unref);
  g_clear_pointer (&evidence->payments, g_array_unref);
  g_clear_pointer (&evidence->refunds, g_array_unref);
  g_clear_pointer (&evidence->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evidence, evidence_clear)

static void
evidence_init (Evidence *evidence, JpBusiness *self)
{
  *evidence = (Evidence){
    .self = self,
    .lines = g_array_new (FALSE, FALSE, sizeof (JpSettlementLine)),
    .sessions = g_array_new (FALSE, FALSE, sizeof (JpSettlementSession)),
    .payments = g_array_new (FALSE, FALSE, sizeof (JpSettlementPayment)),
    .refunds = g_array_new (FALSE, FALSE, sizeof (JpSettlementRefund)),
    .rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
  };
}

/**
 * jp_business_finding_clear: (skip)
 * @finding: a finding
 */
void
jp_business_finding_clear (JpBusinessFinding *finding)
{
  g_clear_pointer (&finding->stage, g_free);
  g_clear_pointer (&finding->sentence, g_free);
}

static JpDate
date_of (JpRecord *record, JpFieldId field)
{
  gint64 at_us = jp_record_get_integer (record, field);

  return at_us > 0 ? jp_date_from_instant (at_us) : JP_DATE_NONE;
}

/* The rows live as long as the evidence. */
static GPtrArray *
list (Evidence *evidence, JpFieldId reference, const JpId *id, GError **error)
{
  GPtrArray *rows = jp_business_list (evidence->self, reference, id, error);

  if (rows != NULL)
    g_ptr_array_add (evidence->rows, rows);
  return rows;
}

/* --- lines --- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  JpRecord *one = *(JpRecord *const *)a;
  JpRecord *two = *(JpRecord *const *)b;
  gint64    one_us = jp_record_get_integer (one, JP_STATEMENT_LINE_PAID_AT);
  gint64    two_us = jp_record_get_integer (two, JP_STATEMENT_LINE_PAID_AT);

  if (one_us != two_us)
    return one_us < two_us ? -1 : 1;
  one_us = jp_record_get_integer (one, JP_STATEMENT_LINE_LINE_NO);
  two_us = jp_record_get_integer (two, JP_STATEMENT_LINE_LINE_NO);
  return one_us < two_us ? -1 : one_us > two_us;
}

/* The correction of an upheld dispute carries the reference of its movement. */
static gboolean
is_agreed (JpRecord *line, GPtrArray *disputes)
{
  const char *reference = jp_record_get_text (line, JP_STATEMENT_LINE_BANK_REFERENCE);

  for (guint i = 0; i < disputes->len && reference != NULL; i++)
    if (g_strcmp0 (jp_record_get_text (disputes->pdata[i], JP_DISPUTE_BANK_REFERENCE), reference) ==
          0 &&
        jp_record_get_integer (disputes->pdata[i], JP_DISPUTE_CORRECTION) ==
          jp_record_get_integer (line, JP_STATEMENT_LINE_AMOUNT))
      return TRUE;
  return FALSE;
}

static void
add_line (Evidence *evidence, JpRecord *record, gboolean agreed)
{
  const JpCode *kind =
    jp_code_lookup (jp_line_kind_codes, jp_record_get_text (record, JP_STATEMENT_LINE_KIND));
  const JpId      *trainee = jp_record_get_ref (record, JP_STATEMENT_LINE_TRAINEE);
  gint64           share_bp = jp_record_get_integer (record, JP_STATEMENT_LINE_SHARE);
  JpSettlementLine line = {
    .id = *jp_record_get_id (record),
    .kind = kind != NULL ? kind->value : -1,
    .stage = jp_record_get_text (record, JP_STATEMENT_LINE_STAGE),
    .share_bp = share_bp > 0 ? (int)share_bp : -1,
    .amount_fen = jp_record_get_integer (record, JP_STATEMENT_LINE_AMOUNT),
    .paid_on = date_of (record, JP_STATEMENT_LINE_PAID_AT),
    .reference = jp_record_get_text (record, JP_STATEMENT_LINE_BANK_REFERENCE),
    .trainee = trainee != NULL ? *trainee : JP_ID_NONE,
    .trainee_name = jp_record_get_text (record, JP_STATEMENT_LINE_TRAINEE_NAME),
    .is_agreed = agreed && kind != NULL && kind->value == JP_SETTLEMENT_LINE_CORRECTION,
    .is_checked = TRUE,
  };

  g_array_append_val (evidence->lines, line);
}

static gboolean
read_lines (Evidence *evidence, const JpId *contract, GError **error)
{
  GPtrArray *lines = list (evidence, JP_STATEMENT_LINE_CONTRACT, contract, error);
  GPtrArray *disputes =
    lines != NULL ? list (evidence, JP_DISPUTE_CONTRACT, contract, error) : NULL;

  if (disputes == NULL)
    return FALSE;
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    add_line (evidence, lines->pdata[i], is_agreed (lines->pdata[i], disputes));
  return TRUE;
}

/* --- training --- */

static int
compare_sessions (gconstpointer a, gconstpointer b)
{
  const JpSettlementSession *one = a;
  const JpSettlementSession *two = b;

  return one->started_on < two->started_on ? -1 : one->started_on > two->started_on;
}

static void
add_session (Evidence *evidence, JpRecord *record)
{
  gint32 duration = (gint32)jp_record_get_integer (record, JP_TRAINING_SESSION_DURATION);
  JpSettlementSession session = {
    .part = (gint32)jp_record_get_integer (record, JP_TRAINING_SESSION_PART),
    .minutes = (gint32)jp_record_get_integer (record, JP_TRAINING_SESSION_VALID_MINUTES),
    .started_on = date_of (record, JP_TRAINING_SESSION_STARTED_AT),
  };

  if (g_strcmp0 (jp_record_get_text (record, JP_TRAINING_SESSION_STATE), "pending") == 0)
    session.pending_minutes = duration;
  else
    session.void_minutes = MAX (duration - session.minutes, 0);
  g_array_append_val (evidence->sessions, session);
}

static gboolean
read_sessions (Evidence *evidence, GError **error)
{
  const JpId *trainee = jp_record_get_ref (evidence->record, JP_CONTRACT_TRAINEE);
  GPtrArray  *sessions = list (evidence, JP_TRAINING_SESSION_TRAINEE, trainee, error);
  gint64      signed_us = jp_record_get_integer (evidence->record, JP_CONTRACT_SIGNED_AT);

  for (guint i = 0; sessions != NULL && i < sessions->len; i++)
    if (jp_record_get_integer (sessions->pdata[i], JP_TRAINING_SESSION_STARTED_AT) >= signed_us)
      add_session (evidence, sessions->pdata[i]);
  g_array_sort (evidence->sessions, compare_sessions);
  return sessions != NULL;
}

static gboolean
read_reviews (Evidence *evidence, GError **error)
{
  GPtrArray *stages =
    list (evidence, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (evidence->record), error);

  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      gint64 part = jp_record_get_integer (stages->pdata[i], JP_STAGE_RECORD_PART);

      if (part < 1 || part > JP_POLICY_N_PARTS ||
          jp_record_get_code (stages->pdata[i], JP_STAGE_RECORD_STATE) != JP_STAGE_STATE_APPROVED)
        continue;
      evidence->contract.reviews[part].minutes =
        jp_record_get_integer (stages->pdata[i], JP_STAGE_RECORD_VALID_MINUTES);
      evidence->contract.reviews[part].reviewed_on =
        date_of (stages->pdata[i], JP_STAGE_RECORD_REVIEWED_AT);
    }
  return stages != NULL;
}

static gboolean
read_exams (Evidence *evidence, GError **error)
{
  JpPolicyFacts *facts = &evidence->contract.facts;
  GPtrArray     *exams = list (evidence, JP_EXAM_RESULT_TRAINEE,
                               jp_record_get_ref (evidence->record, JP_CONTRACT_TRAINEE), error);

  for (guint i = 0; exams != NULL && i < exams->len; i++)
    {
      const char *outcome = jp_record_get_text (exams->pdata[i], JP_EXAM_RESULT_OUTCOME);
      gint64      subject = jp_record_get_integer (exams->pdata[i], JP_EXAM_RESULT_SUBJECT);
      JpDate      taken_on = jp_record_get_date (exams->pdata[i], JP_EXAM_RESULT_TAKEN_ON);

      if (subject < 1 || subject > JP_POLICY_N_PARTS || g_strcmp0 (outcome, "absent") == 0 ||
          taken_on < facts->events[JP_POLICY_EVENT_CONTRACT_SIGNED])
        continue;
      facts->exams[subject].n_attempts++;
      if (g_strcmp0 (outcome, "passed") == 0 && (facts->exams[subject].passed_on == JP_DATE_NONE ||
                                                 taken_on < facts->exams[subject].passed_on))
        facts->exams[subject].passed_on = taken_on;
    }
  return exams != NULL;
}

/* --- money --- */

static gboolean
read_payments (Evidence *evidence, GError **error)
{
  GPtrArray *payments =
    list (evidence, JP_PAYMENT_CONTRACT, jp_record_get_id (evidence->record), error);

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      JpSettlementPayment payment = { date_of (payments->pdata[i], JP_PAYMENT_PAID_AT),
                                      jp_record_get_integer (payments->pdata[i],
                                                             JP_PAYMENT_AMOUNT) };

      if (g_strcmp0 (jp_record_get_text (payments->pdata[i], JP_PAYMENT_STATE), "received") == 0)
        g_array_append_val (evidence->payments, payment);
    }
  return payments != NULL;
}

static gboolean
read_refunds (Evidence *evidence, GError **error)
{
  GPtrArray *refunds =
    list (evidence, JP_REFUND_CONTRACT, jp_record_get_id (evidence->record), error);

  for (guint i = 0; refunds != NULL && i < refunds->len; i++)
    {
      JpRecord          *record = g_ptr_array_index (refunds, i);
      JpSettlementRefund refund = {
        .amount_fen = jp_record_get_integer (record, JP_REFUND_AMOUNT),
        .asked_on = jp_record_get_date (record, JP_REFUND_ASKED_ON),
        .fault = (JpPolicyFault)jp_record_get_code (record, JP_REFUND_FAULT),
        .reference = jp_record_get_text (record, JP_REFUND_BANK_REFERENCE),
      };

      if (jp_record_get_code (record, JP_REFUND_STATE) == JP_REQUEST_STATE_DONE)
        g_array_append_val (evidence->refunds, refund);
    }
  return refunds != NULL;
}

static gboolean
read_transfers (Evidence *evidence, GError **error)
{
  const JpId *contract = jp_record_get_id (evidence->record);
  GPtrArray  *transfers = list (evidence, JP_TRANSFER_TRAINEE,
                                jp_record_get_ref (evidence->record, JP_CONTRACT_TRAINEE), error);

  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    {
      JpRecord          *record = g_ptr_array_index (transfers, i);
      int                state = jp_record_get_code (record, JP_TRANSFER_STATE);
      const JpId        *of = jp_record_get_ref (record, JP_TRANSFER_CONTRACT);
      JpSettlementRefund move = {
        .amount_fen = jp_record_get_integer (record, JP_TRANSFER_AMOUNT),
        .asked_on = jp_record_get_date (record, JP_TRANSFER_ASKED_ON),
        .is_transfer = TRUE,
      };

      if (state != JP_REQUEST_STATE_APPROVED && state != JP_REQUEST_STATE_DONE)
        continue;
      if (!jp_record_get_integer (record, JP_TRANSFER_OUTGOING))
        evidence->contract.brought_minutes +=
          jp_record_get_integer (record, JP_TRANSFER_APPROVED_MINUTES);
      else if (of != NULL && jp_id_equal (of, contract))
        g_array_append_val (evidence->refunds, move);
    }
  return transfers != NULL;
}

/* --- the contract --- */

static gboolean
read_contract (Evidence *evidence, const JpId *id, GError **error)
{
  JpSettlementContract *contract = &evidence->contract;
  JpCurriculum         *curriculum = NULL;
  g_autoptr (JpRecord) tier = NULL;

  evidence->record = jp_business_get (evidence->self, JP_KIND_CONTRACT, id, NULL, error);
  if (evidence->record == NULL)
    return FALSE;
  contract->policy = jp_business_find_policy (evidence->self, evidence->record, error);
  curriculum = contract->policy != NULL
                 ? jp_business_find_curriculum (evidence->self, evidence->record, error)
                 : NULL;
  tier = curriculum != NULL ? jp_business_read_tier (evidence->record, error) : NULL;
  if (tier == NULL)
    return FALSE;

  jp_policy_gather_init (&evidence->gather, contract->policy, curriculum, evidence->record,
                         jp_platform_store_get_today (evidence->self->store));
  jp_policy_gather_add_fees (&evidence->gather, tier);
  contract->facts = evidence->gather.facts;
  contract->facts.paid_fen = 0;
  contract->is_known = TRUE;
  contract->id = *id;
  contract->number = jp_record_get_title (evidence->record);
  contract->trainee = *jp_record_get_ref (evidence->record, JP_CONTRACT_TRAINEE);
  return TRUE;
}

static gboolean
read_name (Evidence *evidence, GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRecord  *trainee =
    jp_business_get (evidence->self, JP_KIND_TRAINEE, &evidence->contract.trainee, NULL, error);

  g_ptr_array_add (evidence->rows, rows);
  if (trainee == NULL)
    return FALSE;
  g_ptr_array_add (rows, trainee);
  evidence->contract.trainee_name = jp_record_get_text (trainee, JP_TRAINEE_NAME);
  return TRUE;
}

static void
lend (Evidence *evidence)
{
  JpSettlementContract *contract = &evidence->contract;

  contract->lines = (const JpSettlementLine *)(gpointer)evidence->lines->data;
  contract->n_lines = evidence->lines->len;
  contract->sessions = (const JpSettlementSession *)(gpointer)evidence->sessions->data;
  contract->n_sessions = evidence->sessions->len;
  contract->payments = (const JpSettlementPayment *)(gpointer)evidence->payments->data;
  contract->n_payments = evidence->payments->len;
  contract->refunds = (const JpSettlementRefund *)(gpointer)evidence->refunds->data;
  contract->n_refunds = evidence->refunds->len;
}

static gboolean
read_all (Evidence *evidence, const JpId *contract, GError **error)
{
  return read_contract (evidence, contract, error) && read_name (evidence, error) &&
         read_lines (evidence, contract, error) && read_sessions (evidence, error) &&
         read_reviews (evidence, error) && read_exams (evidence, error) &&
         read_payments (evidence, error) && read_refunds (evidence, error) &&
         read_transfers (evidence, error);
}

/* A line that names no contract stands for itself. */
static gboolean
read_stranger (Evidence *evidence, JpRecord *dispute, GError **error)
{
  const JpId *line = jp_record_get_ref (dispute, JP_DISPUTE_LINE);
  GPtrArray  *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRecord   *record = line != NULL
                         ? jp_business_get (evidence->self, JP_KIND_STATEMENT_LINE, line, NULL, error)
                         : NULL;

  g_ptr_array_add (evidence->rows, rows);
  if (record == NULL)
    return line == NULL && jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID,
                                               "the dispute names no line and no contract");
  g_ptr_array_add (rows, record);
  evidence->contract.number = jp_record_get_text (record, JP_STATEMENT_LINE_CONTRACT_NO);
  add_line (evidence, record, FALSE);
  return TRUE;
}

typedef struct
{
  JpRecord          *dispute;
  JpBusinessFinding *finding;
} Search;

static gboolean
is_stage (const JpPolicyStage *stage, const char *name)
{
  return stage != NULL && (g_strcmp0 (stage->id, name) == 0 || g_strcmp0 (stage->title, name) == 0);
}

static void
take_cb (const JpSettlementResult *result, gpointer user_data)
{
  Search     *search = user_data;
  const JpId *line = jp_record_get_ref (search->dispute, JP_DISPUTE_LINE);
  gboolean    is_it =
    line != NULL
         ? result->line != NULL && jp_id_equal (&result->line->id, line)
         : result->line == NULL &&
          is_stage (result->stage, jp_record_get_text (search->dispute, JP_DISPUTE_STAGE));

  if (!is_it || search->finding->is_found)
    return;
  *search->finding = (JpBusinessFinding){
    .is_found = TRUE,
    .verdict = result->verdict,
    .paid_fen = result->paid_fen,
    .expected_fen = result->expected_fen,
    .stage = g_strdup (result->stage != NULL ? result->stage->id : NULL),
    .sentence = jp_settlement_dup_sentence (result),
  };
}

/**
 * jp_business_judge_dispute: (skip)
 * @self: a business
 * @dispute: a dispute
 * @out_finding: (out caller-allocates): what the platform's own rows say of the disputed line
 * @error: return location
 *
 * Looks at the line with the evaluator that the school uses, and with the facts of the platform.
 *
 * Returns: whether it could be looked at
 */
gboolean
jp_business_judge_dispute (JpBusiness        *self,
                           JpRecord          *dispute,
                           JpBusinessFinding *out_finding,
                           GError           **error)
{
  const JpId         *contract = jp_record_get_ref (dispute, JP_DISPUTE_CONTRACT);
  Search              search = { dispute, out_finding };
  JpSettlementOptions options;
  g_auto (Evidence) evidence;

  *out_finding = (JpBusinessFinding){ 0 };
  evidence_init (&evidence, self);
  if (!(contract != NULL ? read_all (&evidence, contract, error)
                         : read_stranger (&evidence, dispute, error)))
    return FALSE;
  lend (&evidence);
  jp_settlement_options_init (&options, jp_platform_store_get_today (self->store));
  jp_settlement_match (&evidence.contract, &options, take_cb, &search);
  return TRUE;
}
