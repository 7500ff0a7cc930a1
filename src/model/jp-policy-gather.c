/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-policy-gather.h"

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

#define ALL_PARTS        0x1eu
#define TOO_MANY_MINUTES (JP_POLICY_MAX_MINUTES + 1)

G_STATIC_ASSERT (G_N_ELEMENTS (fee_names) == JP_POLICY_GATHER_N_FEES);

static JpDate
date_of (gint64 at_us)
{
  return at_us > 0 ? jp_date_from_instant (at_us) : JP_DATE_NONE;
}

static gboolean
is_part (gint64 part)
{
  return part >= 1 && part <= JP_POLICY_N_PARTS;
}

/* Schemes that pay hour by hour go by the judged sessions; the others by the review of the whole
 * part. */
static guint
find_hourly_parts (JpPolicy *policy)
{
  guint parts = 0;

  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    {
      const JpPolicyTrigger *trigger = &jp_policy_get_stage (policy, i)->triggers[0];

      if (trigger->kind == JP_POLICY_TRIGGER_HOURS_DAILY)
        parts |= trigger->parts;
    }
  return parts;
}

/**
 * jp_policy_gather_init:
 * @self: (out caller-allocates): facts to gather
 * @policy: the contract's rules
 * @curriculum: (nullable): the contract's curriculum; without it the hours it asks for are unknown
 * @contract: a contract; must live as long as @self
 * @on: the day for which shall be computed
 *
 * Begins with what the contract itself says. Nothing is paid or released yet: the caller knows
 * whose sums hold.
 */
void
jp_policy_gather_init (JpPolicyGather *self,
                       JpPolicy       *policy,
                       JpCurriculum   *curriculum,
                       JpRecord       *contract,
                       JpDate          on)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (policy != NULL);
  g_return_if_fail (jp_record_get_kind (contract) == JP_KIND_CONTRACT);
  g_return_if_fail (jp_date_is_valid (on));

  JpDate *events = self->facts.events;
  gint64  signed_us = jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT);

  *self = (JpPolicyGather){
    .from_us = signed_us,
    .until_us = jp_date_to_instant (on, 0, 0) + JP_DAY_US,
    .hourly_parts = find_hourly_parts (policy),
    .last_passed_on = JP_DATE_NONE,
    .first_us = G_MAXINT64,
  };
  jp_policy_facts_init (&self->facts, curriculum,
                        jp_record_get_text (contract, JP_CONTRACT_LICENCE_TYPE));
  self->facts.on = on;
  self->facts.price_fen = jp_record_get_integer (contract, JP_CONTRACT_PRICE);
  self->facts.fees = self->fees;

  events[JP_POLICY_EVENT_CONTRACT_SIGNED] = date_of (signed_us);
  events[JP_POLICY_EVENT_FEE_PAID] =
    date_of (jp_record_get_integer (contract, JP_CONTRACT_PAID_AT));
  /* The file is opened, and the card issued, when the money is there. */
  events[JP_POLICY_EVENT_FILE_OPENED] = events[JP_POLICY_EVENT_FEE_PAID];
  events[JP_POLICY_EVENT_CARD_ISSUED] = events[JP_POLICY_EVENT_FEE_PAID];
}

static void
add_fee (JpPolicyGather *self, JpRecord *tier, gsize index)
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

  self->fees[self->facts.n_fees++] =
    (JpPolicyFee){ .id = fee_names[index].id, .amount_fen = sum_fen };
}

/**
 * jp_policy_gather_add_fees:
 * @self: facts to gather
 * @tier: the class tier as it is frozen in the contract
 *
 * Adds the contract's list of fees, once.
 */
void
jp_policy_gather_add_fees (JpPolicyGather *self, JpRecord *tier)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (jp_record_get_kind (tier) == JP_KIND_CLASS_TIER);
  g_return_if_fail (self->facts.n_fees == 0);

  for (gsize i = 0; i < G_N_ELEMENTS (fee_names); i++)
    add_fee (self, tier, i);
}

/**
 * jp_policy_gather_add_minutes:
 * @self: facts to gather
 * @part: the part that was trained; other numbers do not count
 * @valid_minutes: judged minutes that count, of one session or of many
 * @started_us: when the first of them began; outside the contract's days they do not count
 *
 * Adds training.
 */
void
jp_policy_gather_add_minutes (JpPolicyGather *self,
                              gint64          part,
                              gint64          valid_minutes,
                              gint64          started_us)
{
  g_return_if_fail (self != NULL);

  if (!is_part (part) || started_us < self->from_us || started_us >= self->until_us)
    return;

  /* More than the limit stays more than the limit: the evaluator refuses it by name. */
  self->facts.parts[part].used_minutes =
    MIN (self->facts.parts[part].used_minutes + CLAMP (valid_minutes, 0, TOO_MANY_MINUTES),
         TOO_MANY_MINUTES);
  self->first_us = MIN (self->first_us, started_us);
}

/**
 * jp_policy_gather_add_stage:
 * @self: facts to gather
 * @part: the part of an approved stage record
 * @valid_minutes: what was approved
 * @reviewed_us: when
 *
 * Adds an approved stage record. What was approved after the day does not count.
 */
void
jp_policy_gather_add_stage (JpPolicyGather *self,
                            gint64          part,
                            gint64          valid_minutes,
                            gint64          reviewed_us)
{
  g_return_if_fail (self != NULL);

  if (!is_part (part) || reviewed_us >= self->until_us)
    return;

  self->facts.parts[part].reviewed_minutes = valid_minutes;
  self->facts.parts[part].reviewed_on = date_of (reviewed_us);
  self->approved_parts |= 1u << part;
}

/**
 * jp_policy_gather_add_exam:
 * @self: facts to gather
 * @subject: 1 … 4; other numbers do not count
 * @taken_on: the day; outside the contract's days it does not count
 * @is_passed: whether it was passed; leave out whoever did not come
 *
 * Adds an attempt at an exam.
 */
void
jp_policy_gather_add_exam (JpPolicyGather *self,
                           gint64          subject,
                           JpDate          taken_on,
                           gboolean        is_passed)
{
  g_return_if_fail (self != NULL);

  if (!is_part (subject) || taken_on < self->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] ||
      taken_on > self->facts.on)
    return;

  JpPolicyExamFacts *exam = &self->facts.exams[subject];

  exam->n_attempts++;
  if (!is_passed)
    return;
  self->n_passed += exam->passed_on == JP_DATE_NONE;
  if (exam->passed_on == JP_DATE_NONE || taken_on < exam->passed_on)
    exam->passed_on = taken_on;
}

/**
 * jp_policy_gather_finish:
 * @self: facts to which everything was added
 *
 * Draws the conclusions that need all rows.
 */
void
jp_policy_gather_finish (JpPolicyGather *self)
{
  g_return_if_fail (self != NULL);

  JpPolicyFacts *facts = &self->facts;

  if (self->first_us != G_MAXINT64)
    facts->events[JP_POLICY_EVENT_TRAINING_STARTED] = jp_date_from_instant (self->first_us);

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      if ((self->hourly_parts & ~self->approved_parts & 1u << part) != 0)
        facts->parts[part].reviewed_minutes = facts->parts[part].used_minutes;
      if (facts->exams[part].passed_on != JP_DATE_NONE)
        self->last_passed_on = MAX (self->last_passed_on, facts->exams[part].passed_on);
    }

  if (self->n_passed == JP_POLICY_N_PARTS && self->approved_parts == ALL_PARTS)
    {
      facts->events[JP_POLICY_EVENT_GRADUATED] = self->last_passed_on;
      facts->events[JP_POLICY_EVENT_LICENCE_ISSUED] = self->last_passed_on;
    }
}
