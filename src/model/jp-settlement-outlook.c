/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-outlook.h"

#include "jp-money.h"
#include "jp-plural.h"
#include "jp-progress.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define WEEK_DAYS 7

typedef struct
{
  const JpSettlementContract *contract;
  const JpSettlementOptions  *options;
  JpPolicyFacts               facts;
  gint64                      released[JP_POLICY_MAX_STAGES];
  gint64                      custody_fen;
  gint64                      weekly_minutes;
  gint64                      pending[JP_POLICY_N_PARTS + 1];
  JpDate                      pending_since[JP_POLICY_N_PARTS + 1];
  gint64                      lost[JP_POLICY_N_PARTS + 1];
  JpDate                      lost_since[JP_POLICY_N_PARTS + 1];
  JpDate                      trained_on; /* the newest session, or JP_DATE_NONE */
} Look;

static const struct
{
  const char *name;
  const char *label;
} blocks[JP_SETTLEMENT_N_BLOCKS] = {
  [JP_SETTLEMENT_BLOCK_NONE] = { "none", NC_ ("block", "On the next statement") },
  [JP_SETTLEMENT_BLOCK_NOT_SIGNED] = { "not_signed", NC_ ("block", "Not signed") },
  [JP_SETTLEMENT_BLOCK_NOT_PAID] = { "not_paid", NC_ ("block", "Not paid") },
  [JP_SETTLEMENT_BLOCK_HOURS] = { "hours", NC_ ("block", "Hours are missing") },
  [JP_SETTLEMENT_BLOCK_PENDING] = { "pending", NC_ ("block", "Sessions to be judged") },
  [JP_SETTLEMENT_BLOCK_VOID] = { "void", NC_ ("block", "Sessions judged void") },
  [JP_SETTLEMENT_BLOCK_NOT_SUBMITTED] = { "not_submitted", NC_ ("block", "Review not asked for") },
  [JP_SETTLEMENT_BLOCK_REVIEW] = { "review", NC_ ("block", "Under review") },
  [JP_SETTLEMENT_BLOCK_REFUSED] = { "refused", NC_ ("block", "Review refused") },
  [JP_SETTLEMENT_BLOCK_EXAM] = { "exam", NC_ ("block", "Exam not passed") },
  [JP_SETTLEMENT_BLOCK_EVENT] = { "event", NC_ ("block", "A step is missing") },
  [JP_SETTLEMENT_BLOCK_DELAY] = { "delay", NC_ ("block", "Days of review") },
  [JP_SETTLEMENT_BLOCK_STATEMENT] = { "statement", NC_ ("block", "On no statement") },
  [JP_SETTLEMENT_BLOCK_RULES] = { "rules", NC_ ("block", "Rules not known") },
};

/**
 * jp_settlement_block_get_name:
 * @block: what is missing
 *
 * Returns: (transfer none): its name for programs
 */
const char *
jp_settlement_block_get_name (JpSettlementBlock block)
{
  g_return_val_if_fail ((guint)block < JP_SETTLEMENT_N_BLOCKS, NULL);

  return blocks[block].name;
}

/**
 * jp_settlement_block_get_label:
 * @block: what is missing
 *
 * Returns: (transfer none): its name for people, translated, a few characters
 */
const char *
jp_settlement_block_get_label (JpSettlementBlock block)
{
  g_return_val_if_fail ((guint)block < JP_SETTLEMENT_N_BLOCKS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "block", blocks[block].label);
}

/* --- the usual --- */

static int
compare_minutes (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a;
  const gint64 *two = b;

  return (*one > *two) - (*one < *two);
}

/**
 * jp_settlement_outlook_get_usual:
 * @contract: a contract
 * @today: the day
 *
 * Returns: the median of the counted minutes of the last %JP_SETTLEMENT_USUAL_WEEKS weeks before
 *   @today, or of as many as have passed since the first session; 0 if the trainee does not train
 */
gint64
jp_settlement_outlook_get_usual (const JpSettlementContract *contract, JpDate today)
{
  g_return_val_if_fail (contract != NULL, 0);
  g_return_val_if_fail (jp_date_is_valid (today), 0);

  gint64 weeks[JP_SETTLEMENT_USUAL_WEEKS] = { 0 };
  int    n_weeks = 0;

  for (guint i = 0; i < contract->n_sessions; i++)
    {
      const JpSettlementSession *session = &contract->sessions[i];
      int                        days = 0;

      if (session->minutes == 0 || session->started_on >= today)
        continue;
      days = jp_date_days_between (session->started_on, today) - 1;
      if (n_weeks == 0)
        n_weeks = MIN (days / WEEK_DAYS + 1, JP_SETTLEMENT_USUAL_WEEKS);
      if (days / WEEK_DAYS < JP_SETTLEMENT_USUAL_WEEKS)
        weeks[days / WEEK_DAYS] += session->minutes;
    }
  if (n_weeks == 0)
    return 0;
  qsort (weeks, (gsize)n_weeks, sizeof weeks[0], compare_minutes);
  return n_weeks % 2 == 1 ? weeks[n_weeks / 2] : (weeks[n_weeks / 2 - 1] + weeks[n_weeks / 2]) / 2;
}

/* --- facts beside the evaluator's --- */

static void
count_cb (const JpSettlementResult *result, gpointer user_data)
{
  Look *look = user_data;

  if (result->verdict == JP_SETTLEMENT_DUPLICATE)
    return;
  look->custody_fen -= result->paid_fen;
  if (result->stage_index >= 0)
    look->released[result->stage_index] += result->paid_fen;
}

static void
count_sessions (Look *look)
{
  for (guint i = 0; i < look->contract->n_sessions; i++)
    {
      const JpSettlementSession *session = &look->contract->sessions[i];
      gint32                     part = session->part;

      if (part < 1 || part > JP_POLICY_N_PARTS)
        continue;
      look->trained_on = MAX (look->trained_on, session->started_on);
      look->pending[part] += session->pending_minutes;
      look->lost[part] += session->void_minutes;
      if (session->pending_minutes > 0 && look->pending_since[part] == JP_DATE_NONE)
        look->pending_since[part] = session->started_on;
      if (session->void_minutes > 0)
        look->lost_since[part] = session->started_on;
    }
}

static JpDate
last_step (Look *look)
{
  JpDate signed_on = look->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED];
  JpDate paid_on = look->facts.events[JP_POLICY_EVENT_FEE_PAID];

  return MAX (look->trained_on, MAX (signed_on, paid_on));
}

/* --- what is missing --- */

static void
block (JpSettlementOutlook *outlook, JpSettlementBlock why, JpDate since)
{
  outlook->block = why;
  outlook->since = since;
}

static void
describe_part (Look *look, JpSettlementOutlook *outlook, int part)
{
  const JpPolicyPartFacts  *training = &look->facts.parts[part];
  const JpSettlementReview *review = &look->contract->reviews[part];
  gint64                    left = training->required_minutes - training->used_minutes;

  outlook->part = part;
  outlook->done_minutes = training->used_minutes;
  outlook->required_minutes = training->required_minutes;
  if (left <= 0 && review->submitted_on != JP_DATE_NONE)
    block (outlook, JP_SETTLEMENT_BLOCK_REVIEW, review->submitted_on);
  else if (left <= 0 && review->refused_on != JP_DATE_NONE)
    block (outlook, JP_SETTLEMENT_BLOCK_REFUSED, review->refused_on);
  else if (left <= 0)
    block (outlook, JP_SETTLEMENT_BLOCK_NOT_SUBMITTED, look->trained_on);
  else if (left <= look->pending[part])
    block (outlook, JP_SETTLEMENT_BLOCK_PENDING, look->pending_since[part]);
  else if (left <= look->pending[part] + look->lost[part])
    block (outlook, JP_SETTLEMENT_BLOCK_VOID, look->lost_since[part]);
  else
    block (outlook, JP_SETTLEMENT_BLOCK_HOURS, last_step (look));
}

static gboolean
is_part_done (Look *look, const JpPolicyTrigger *trigger, int part)
{
  const JpPolicyPartFacts *training = &look->facts.parts[part];

  return training->reviewed_minutes >= training->required_minutes &&
         (trigger->kind == JP_POLICY_TRIGGER_HOURS_DAILY ||
          look->contract->reviews[part].reviewed_on != JP_DATE_NONE);
}

/* Whether a trigger is still open; the first one that is says what is missing. */
static gboolean
describe_trigger (Look *look, JpSettlementOutlook *outlook, const JpPolicyTrigger *trigger)
{
  if (trigger->kind == JP_POLICY_TRIGGER_EVENT)
    {
      if (look->facts.events[trigger->event] != JP_DATE_NONE)
        return FALSE;
      block (outlook, JP_SETTLEMENT_BLOCK_EVENT, last_step (look));
      return TRUE;
    }
  if (trigger->kind == JP_POLICY_TRIGGER_EXAM_PASSED)
    {
      if (look->facts.exams[trigger->subject].passed_on != JP_DATE_NONE)
        return FALSE;
      outlook->part = trigger->subject;
      block (outlook, JP_SETTLEMENT_BLOCK_EXAM, last_step (look));
      return TRUE;
    }
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    if ((trigger->parts >> part & 1) && !is_part_done (look, trigger, part))
      {
        describe_part (look, outlook, part);
        return TRUE;
      }
  return FALSE;
}

static void
describe (Look *look, JpSettlementOutlook *outlook, const JpPolicyStageResult *rule)
{
  if (rule->state == JP_POLICY_STAGE_WAITING)
    {
      block (outlook, JP_SETTLEMENT_BLOCK_DELAY, rule->reached_on);
      outlook->expected_on = rule->due_on;
      return;
    }
  for (guint i = 0; i < rule->stage->n_triggers; i++)
    if (describe_trigger (look, outlook, &rule->stage->triggers[i]))
      return;
  block (outlook, JP_SETTLEMENT_BLOCK_EVENT, last_step (look));
}

/* --- when it comes --- */

static guint
get_parts (const JpPolicyStage *stage)
{
  guint parts = 0;

  for (guint i = 0; i < stage->n_triggers; i++)
    if (stage->triggers[i].kind == JP_POLICY_TRIGGER_HOURS_REVIEWED ||
        stage->triggers[i].kind == JP_POLICY_TRIGGER_HOURS_DAILY)
      parts |= stage->triggers[i].parts;
  return parts;
}

/* One part is trained after the other: what an earlier one lacks comes first. */
static gint64
count_remaining (Look *look, const JpPolicyStage *stage)
{
  guint  parts = get_parts (stage);
  gint64 remaining = 0;

  for (int part = 1; part <= JP_POLICY_N_PARTS && parts >> part != 0; part++)
    {
      const JpPolicyPartFacts *training = &look->facts.parts[part];

      if (training->required_minutes != JP_POLICY_UNKNOWN)
        remaining += MAX (training->required_minutes - training->used_minutes, 0);
    }
  return remaining;
}

static void
estimate (Look *look, JpSettlementOutlook *outlook)
{
  int days = JP_SETTLEMENT_REVIEW_DAYS + outlook->stage->review_delay_days;

  outlook->weekly_minutes = look->weekly_minutes;
  outlook->remaining_minutes = count_remaining (look, outlook->stage);
  switch (outlook->block)
    {
    case JP_SETTLEMENT_BLOCK_HOURS:
    case JP_SETTLEMENT_BLOCK_PENDING:
    case JP_SETTLEMENT_BLOCK_VOID:
      if (look->weekly_minutes <= 0)
        return;
      days += (int)MIN ((outlook->remaining_minutes * WEEK_DAYS + look->weekly_minutes - 1) /
                          look->weekly_minutes,
                        JP_POLICY_MAX_DAYS);
      break;
    case JP_SETTLEMENT_BLOCK_NOT_SUBMITTED:
    case JP_SETTLEMENT_BLOCK_REVIEW:
      break;
    case JP_SETTLEMENT_BLOCK_NONE:
    case JP_SETTLEMENT_BLOCK_NOT_SIGNED:
    case JP_SETTLEMENT_BLOCK_NOT_PAID:
    case JP_SETTLEMENT_BLOCK_REFUSED:
    case JP_SETTLEMENT_BLOCK_EXAM:
    case JP_SETTLEMENT_BLOCK_EVENT:
    case JP_SETTLEMENT_BLOCK_DELAY:
    case JP_SETTLEMENT_BLOCK_STATEMENT:
    case JP_SETTLEMENT_BLOCK_RULES:
    default:
      return;
    }
  outlook->is_estimate = TRUE;
  outlook->expected_on = jp_date_add_days (look->options->today, days);
}

/* --- stages --- */

static void
tell (Look *look, JpSettlementOutlook *outlook, JpSettlementOutlookFunc func, gpointer user_data)
{
  outlook->amount_fen = MIN (outlook->amount_fen, look->custody_fen);
  if (outlook->amount_fen <= 0)
    return;
  look->custody_fen -= outlook->amount_fen;
  if (outlook->since != JP_DATE_NONE && outlook->since <= look->options->today)
    outlook->age_days = jp_date_days_between (outlook->since, look->options->today);
  func (outlook, user_data);
}

static void
tell_earned (Look                      *look,
             const JpPolicyStageResult *rule,
             gint64                     released_fen,
             JpSettlementOutlookFunc    func,
             gpointer                   user_data)
{
  const JpSettlementOptions *options = look->options;
  JpSettlementOutlook        outlook = {
           .contract = look->contract,
           .stage = rule->stage,
           .amount_fen = rule->earned_fen - released_fen,
           .since = rule->due_on,
           .expected_on = options->today,
  };
  JpDate covered = options->due_until != JP_DATE_NONE ? options->due_until : options->today;

  if (rule->due_on != JP_DATE_NONE && rule->due_on <= covered && released_fen == 0 &&
      jp_date_days_between (rule->due_on, options->today) > options->missing_days)
    outlook.block = JP_SETTLEMENT_BLOCK_STATEMENT;
  tell (look, &outlook, func, user_data);
}

static void
tell_stage (Look                      *look,
            const JpPolicyStageResult *rule,
            gint64                     released_fen,
            JpSettlementOutlookFunc    func,
            gpointer                   user_data)
{
  gint64              earned_fen = MAX (rule->earned_fen, released_fen);
  JpSettlementOutlook outlook = {
    .contract = look->contract,
    .stage = rule->stage,
    .amount_fen = rule->amount_fen - earned_fen,
    .is_gradual = rule->stage->triggers[0].kind == JP_POLICY_TRIGGER_HOURS_DAILY,
  };

  tell_earned (look, rule, released_fen, func, user_data);
  if (outlook.amount_fen <= 0)
    return;
  describe (look, &outlook, rule);
  estimate (look, &outlook);
  tell (look, &outlook, func, user_data);
}

/**
 * jp_settlement_outlook_look:
 * @contract: a contract with all of its lines marked to be checked
 * @options: the day; `due_until` is the last day that the newest statement covers
 * @func: (scope call): is called for each stage that has money in custody
 * @user_data: for @func
 *
 * Looks ahead. What it tells of a contract adds up to what custody holds for its stages.
 */
void
jp_settlement_outlook_look (const JpSettlementContract *contract,
                            const JpSettlementOptions  *options,
                            JpSettlementOutlookFunc     func,
                            gpointer                    user_data)
{
  g_return_if_fail (contract != NULL);
  g_return_if_fail (options != NULL);
  g_return_if_fail (func != NULL);

  Look                look = { .contract = contract, .options = options };
  JpSettlementOptions matching = *options;
  g_autoptr (JpPolicyPlan) plan = NULL;

  if (!contract->is_known)
    return;
  matching.with_missing = FALSE;
  if (jp_settlement_fill_facts (contract, options->today, &look.facts))
    plan = jp_policy_plan_new (contract->policy, &look.facts, NULL);
  for (guint i = 0; i < contract->n_payments; i++)
    look.custody_fen += contract->payments[i].amount_fen;
  jp_settlement_match (contract, &matching, count_cb, &look);
  count_sessions (&look);
  look.weekly_minutes = jp_settlement_outlook_get_usual (contract, options->today);
  if (plan == NULL)
    {
      JpSettlementOutlook outlook = { .contract = contract, .amount_fen = look.custody_fen };

      block (&outlook, JP_SETTLEMENT_BLOCK_RULES, contract->facts.events[0]);
      tell (&look, &outlook, func, user_data);
      return;
    }
  for (guint i = 0; i < plan->n_stages; i++)
    tell_stage (&look, &plan->stages[i], look.released[i], func, user_data);
}

/* --- words --- */

/* The words of all pages: "Part 3", "subject 3". */
static const char *
get_what (const JpSettlementOutlook *outlook)
{
  if (outlook->part < 1 || outlook->part > JP_POLICY_N_PARTS)
    return "";
  return outlook->block == JP_SETTLEMENT_BLOCK_EXAM ? jp_progress_get_subject_label (outlook->part)
                                                    : jp_progress_get_part_label (outlook->part);
}

static char *
say_hours (const JpSettlementOutlook *outlook, const char *stage, const char *money)
{
  g_autofree char *done = jp_minutes_format_hours (outlook->done_minutes);
  g_autofree char *required = jp_minutes_format_hours (MAX (outlook->required_minutes, 0));

  const char *what = get_what (outlook);

  switch (outlook->block)
    {
    case JP_SETTLEMENT_BLOCK_PENDING:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for sessions of %3$s to be judged; %4$s "
                                 "of %5$s hours count so far."),
                              money, stage, what, done, required);
    case JP_SETTLEMENT_BLOCK_VOID:
      return g_strdup_printf (_ ("%1$s for “%2$s” are held up by void sessions of %3$s; %4$s "
                                 "of %5$s hours count."),
                              money, stage, what, done, required);
    case JP_SETTLEMENT_BLOCK_NOT_SUBMITTED:
      return g_strdup_printf (_ ("%1$s for “%2$s”: %3$s has its hours, its review is not asked "
                                 "for."),
                              money, stage, what);
    case JP_SETTLEMENT_BLOCK_REVIEW:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for the review of %3$s."), money, stage,
                              what);
    case JP_SETTLEMENT_BLOCK_REFUSED:
      return g_strdup_printf (_ ("%1$s for “%2$s”: the review of %3$s was refused."), money, stage,
                              what);
    case JP_SETTLEMENT_BLOCK_EXAM:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for %3$s to be passed."), money, stage,
                              what);
    case JP_SETTLEMENT_BLOCK_HOURS:
    case JP_SETTLEMENT_BLOCK_NONE:
    case JP_SETTLEMENT_BLOCK_NOT_SIGNED:
    case JP_SETTLEMENT_BLOCK_NOT_PAID:
    case JP_SETTLEMENT_BLOCK_EVENT:
    case JP_SETTLEMENT_BLOCK_DELAY:
    case JP_SETTLEMENT_BLOCK_STATEMENT:
    case JP_SETTLEMENT_BLOCK_RULES:
    default:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for training: %3$s has %4$s of %5$s "
                                 "hours."),
                              money, stage, what, done, required);
    }
}

/**
 * jp_settlement_outlook_dup_sentence:
 * @outlook: what lies ahead of a stage
 *
 * Returns: (transfer full): what is missing, as one translated sentence
 */
char *
jp_settlement_outlook_dup_sentence (const JpSettlementOutlook *outlook)
{
  g_return_val_if_fail (outlook != NULL, NULL);

  g_autofree char *money = jp_money_format (outlook->amount_fen);
  const char      *stage = outlook->stage != NULL ? outlook->stage->title : NULL;

  if (stage == NULL)
    stage = outlook->stage != NULL ? outlook->stage->id : "";
  switch (outlook->block)
    {
    case JP_SETTLEMENT_BLOCK_NONE:
      return g_strdup_printf (_ ("%1$s for “%2$s” are earned and come with the next statement."),
                              money, stage);
    case JP_SETTLEMENT_BLOCK_STATEMENT:
      return g_strdup_printf (_ ("%1$s for “%2$s” are earned and on no statement."), money, stage);
    case JP_SETTLEMENT_BLOCK_DELAY:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for the days of the review to pass."), money,
                              stage);
    case JP_SETTLEMENT_BLOCK_NOT_SIGNED:
      return g_strdup_printf (_ ("%1$s: the contract is not signed."), money);
    case JP_SETTLEMENT_BLOCK_NOT_PAID:
      return g_strdup_printf (_ ("%1$s: the contract is signed and not paid."), money);
    case JP_SETTLEMENT_BLOCK_EVENT:
      return g_strdup_printf (_ ("%1$s for “%2$s” wait for a step that has not happened."), money,
                              stage);
    case JP_SETTLEMENT_BLOCK_RULES:
      return g_strdup_printf (_ ("%1$s: the rules of the contract cannot be computed here."),
                              money);
    case JP_SETTLEMENT_BLOCK_HOURS:
    case JP_SETTLEMENT_BLOCK_PENDING:
    case JP_SETTLEMENT_BLOCK_VOID:
    case JP_SETTLEMENT_BLOCK_NOT_SUBMITTED:
    case JP_SETTLEMENT_BLOCK_REVIEW:
    case JP_SETTLEMENT_BLOCK_REFUSED:
    case JP_SETTLEMENT_BLOCK_EXAM:
    default:
      return say_hours (outlook, stage, money);
    }
}
