/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-json.h"
#include "jp-wire-record.h"

/* What the policy looks at, out of the records: the one place where the platform turns records into
 * facts. */

/* The fees of a tier under the names that the cities' policies use for them: 科目 n is part n, the
 * theory is parts 1 and 4, the training is all four. */
static const struct
{
  const char *id;
  JpFieldId   fields[4];
} fee_names[] = {
  { "service", { JP_CLASS_TIER_SERVICE_FEE } },
  { "part1", { JP_CLASS_TIER_PART1_FEE } },
  { "part2", { JP_CLASS_TIER_PART2_FEE } },
  { "part3", { JP_CLASS_TIER_PART3_FEE } },
  { "part4", { JP_CLASS_TIER_PART4_FEE } },
  { "subject1", { JP_CLASS_TIER_PART1_FEE } },
  { "subject2", { JP_CLASS_TIER_PART2_FEE } },
  { "subject3", { JP_CLASS_TIER_PART3_FEE } },
  { "subject4", { JP_CLASS_TIER_PART4_FEE } },
  { "theory", { JP_CLASS_TIER_PART1_FEE, JP_CLASS_TIER_PART4_FEE } },
  { "training",
    { JP_CLASS_TIER_PART1_FEE, JP_CLASS_TIER_PART2_FEE, JP_CLASS_TIER_PART3_FEE,
      JP_CLASS_TIER_PART4_FEE } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fee_names) == JP_BUSINESS_N_FEES);

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
  g_autoptr (GError) json_error = NULL;
  const char *copy = jp_record_get_text (contract, JP_CONTRACT_TIER_COPY);
  g_autoptr (JsonNode) node = jp_json_parse_text (copy != NULL ? copy : "", &json_error);
  JsonObject *object = node != NULL ? jp_json_as_object (node, &json_error) : NULL;
  g_autoptr (JpRecord) tier = object != NULL ? jp_wire_record_read (object, &json_error) : NULL;

  if (tier != NULL && jp_record_get_kind (tier) == JP_KIND_CLASS_TIER)
    return g_steal_pointer (&tier);

  jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                      "the copy of the class tier in the contract cannot be read");
  return NULL;
}

static void
add_fee (JpBusinessFacts *facts, JpRecord *tier, gsize index)
{
  gint64 sum_fen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (fee_names[index].fields); i++)
    {
      JpFieldId field = fee_names[index].fields[i];

      if (field == 0)
        break;
      if (!jp_record_has (tier, field))
        return;
      sum_fen += jp_record_get_integer (tier, field);
    }

  facts->fees[facts->facts.n_fees++] =
    (JpPolicyFee){ .id = fee_names[index].id, .amount_fen = sum_fen };
}

static gboolean
read_fees (JpBusinessFacts *facts, JpRecord *contract, GError **error)
{
  g_autoptr (JpRecord) tier = jp_business_read_tier (contract, error);

  if (tier == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fee_names); i++)
    add_fee (facts, tier, i);
  facts->facts.fees = facts->fees;
  return TRUE;
}

static JpDate
date_of (JpRecord *record, JpFieldId instant)
{
  return jp_record_has (record, instant)
           ? jp_date_from_instant (jp_record_get_integer (record, instant))
           : JP_DATE_NONE;
}

/* Minutes that count, as judged, of the sessions under this contract until the end of a day. */
static gboolean
read_minutes (JpBusiness *self, JpRecord *contract, JpPolicyFacts *facts, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT part, sum (valid_minutes), min (started_at) FROM training_session"
                   " WHERE trainee = :trainee AND deleted = 0 AND started_at >= :from"
                   " AND started_at < :until GROUP BY part",
                   error);
  gint64   first_us = G_MAXINT64;
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_statement_bind_integer (read, ":from",
                             jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT));
  jp_statement_bind_integer (read, ":until", jp_date_to_instant (facts->on, 0, 0) + JP_DAY_US);
  while (jp_statement_step (read, &row, error))
    {
      gint64 part = row ? jp_statement_get_integer (read, 0) : 0;

      if (!row)
        {
          if (first_us != G_MAXINT64)
            facts->events[JP_POLICY_EVENT_TRAINING_STARTED] = jp_date_from_instant (first_us);
          return TRUE;
        }
      if (part < 1 || part > JP_POLICY_N_PARTS)
        continue;
      facts->parts[part].used_minutes = jp_statement_get_integer (read, 1);
      first_us = MIN (first_us, jp_statement_get_integer (read, 2));
    }
  return FALSE;
}

/* Schemes that pay hour by hour go by the judged sessions; the others by the review of the whole
 * part. */
static gboolean
is_paid_by_hour (JpPolicy *policy, gint64 part)
{
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    {
      const JpPolicyTrigger *trigger = &jp_policy_get_stage (policy, i)->triggers[0];

      if (trigger->kind == JP_POLICY_TRIGGER_HOURS_DAILY && (trigger->parts >> part & 1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_stages (JpBusiness *self, JpRecord *contract, JpBusinessFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) stages =
    jp_business_list (self, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (contract), error);

  if (stages == NULL)
    return FALSE;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    if (is_paid_by_hour (facts->policy, part))
      facts->facts.parts[part].reviewed_minutes = facts->facts.parts[part].used_minutes;

  for (guint i = 0; i < stages->len; i++)
    {
      JpRecord *stage = g_ptr_array_index (stages, i);
      gint64    part = jp_record_get_integer (stage, JP_STAGE_RECORD_PART);

      if (jp_record_get_code (stage, JP_STAGE_RECORD_STATE) != JP_STAGE_STATE_APPROVED ||
          part < 1 || part > JP_POLICY_N_PARTS)
        continue;
      facts->facts.parts[part].reviewed_minutes =
        jp_record_get_integer (stage, JP_STAGE_RECORD_VALID_MINUTES);
      facts->facts.parts[part].reviewed_on = date_of (stage, JP_STAGE_RECORD_REVIEWED_AT);
      facts->n_approved++;
    }
  return TRUE;
}

static gboolean
read_exams (JpBusiness *self, JpRecord *contract, JpBusinessFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) exams =
    jp_business_list (self, JP_EXAM_RESULT_TRAINEE,
                      jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), error);
  JpDate signed_on = date_of (contract, JP_CONTRACT_SIGNED_AT);

  if (exams == NULL)
    return FALSE;

  for (guint i = 0; i < exams->len; i++)
    {
      JpRecord   *exam = g_ptr_array_index (exams, i);
      gint64      subject = jp_record_get_integer (exam, JP_EXAM_RESULT_SUBJECT);
      JpDate      taken_on = jp_record_get_date (exam, JP_EXAM_RESULT_TAKEN_ON);
      const char *outcome = jp_record_get_text (exam, JP_EXAM_RESULT_OUTCOME);

      if (subject < 1 || subject > JP_POLICY_N_PARTS || taken_on < signed_on ||
          taken_on > facts->facts.on || g_strcmp0 (outcome, "absent") == 0)
        continue;
      facts->facts.exams[subject].n_attempts++;
      if (g_strcmp0 (outcome, "passed") == 0 &&
          facts->facts.exams[subject].passed_on == JP_DATE_NONE)
        {
          facts->facts.exams[subject].passed_on = taken_on;
          facts->n_passed++;
          facts->last_passed_on = MAX (facts->last_passed_on, taken_on);
        }
    }
  return TRUE;
}

static void
set_events (JpBusinessFacts *facts, JpRecord *contract)
{
  JpDate *events = facts->facts.events;

  events[JP_POLICY_EVENT_CONTRACT_SIGNED] = date_of (contract, JP_CONTRACT_SIGNED_AT);
  events[JP_POLICY_EVENT_FEE_PAID] = date_of (contract, JP_CONTRACT_PAID_AT);
  /* The file is opened, and the card issued, when the money is there. */
  events[JP_POLICY_EVENT_FILE_OPENED] = events[JP_POLICY_EVENT_FEE_PAID];
  events[JP_POLICY_EVENT_CARD_ISSUED] = events[JP_POLICY_EVENT_FEE_PAID];
  if (facts->n_passed == JP_POLICY_N_PARTS && facts->n_approved == JP_POLICY_N_PARTS)
    {
      events[JP_POLICY_EVENT_GRADUATED] = facts->last_passed_on;
      events[JP_POLICY_EVENT_LICENCE_ISSUED] = facts->last_passed_on;
    }
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
  JpPolicyFacts *facts = &out_facts->facts;
  JpBankSums     sums = { 0 };

  *out_facts = (JpBusinessFacts){ 0 };
  out_facts->policy = jp_business_find_policy (self, contract, error);
  if (out_facts->policy == NULL)
    return FALSE;
  out_facts->curriculum = jp_business_find_curriculum (self, contract, error);
  if (out_facts->curriculum == NULL ||
      !jp_bank_get_sums (self->bank, jp_record_get_id (contract), &sums, error))
    return FALSE;

  jp_policy_facts_init (facts, out_facts->curriculum,
                        jp_record_get_text (contract, JP_CONTRACT_LICENCE_TYPE));
  facts->on = on;
  facts->price_fen = jp_record_get_integer (contract, JP_CONTRACT_PRICE);
  facts->paid_fen = sums.paid_fen;
  facts->released_fen = sums.released_fen;
  if (!read_fees (out_facts, contract, error) || !read_minutes (self, contract, facts, error) ||
      !read_stages (self, contract, out_facts, error) ||
      !read_exams (self, contract, out_facts, error))
    return FALSE;

  set_events (out_facts, contract);
  return TRUE;
}
