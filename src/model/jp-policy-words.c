/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-policy-words.h"

#include "jp-money.h"
#include "jp-plural.h"
#include "jp-policy-private.h"
#include "jp-progress.h"

#include <glib/gi18n-lib.h>

static void
word_free (gpointer data)
{
  JpPolicyWord *word = data;

  g_free (word->sentence);
  g_free (word->clause);
  g_free (word);
}

static void
add (GPtrArray *words, JpPolicyWordsSection section, const char *clause, char *owned_sentence)
{
  JpPolicyWord *word = g_new0 (JpPolicyWord, 1);

  word->section = section;
  word->sentence = owned_sentence;
  word->clause = g_strdup (clause);
  g_ptr_array_add (words, word);
}

/**
 * jp_policy_words_get_heading:
 * @section: a section
 *
 * Returns: (transfer none): its heading, translated
 */
const char *
jp_policy_words_get_heading (JpPolicyWordsSection section)
{
  switch (section)
    {
    case JP_POLICY_WORDS_PAY:
      return C_ ("words", "What is paid");
    case JP_POLICY_WORDS_RELEASE:
      return C_ ("words", "When the school gets it");
    case JP_POLICY_WORDS_LEAVE:
      return C_ ("words", "If the trainee leaves early");
    case JP_POLICY_WORDS_TRANSFER:
    default:
      return C_ ("words", "If the trainee goes on at another school");
    }
}

/* --- paying --- */

static void
add_pay (GPtrArray *words, JpPolicy *policy, const JpPolicyFacts *facts, const JpPolicyPlan *plan)
{
  g_autofree char *price = jp_money_format (facts->price_fen);

  if (jp_policy_is_paid_per_stage (policy))
    add (words, JP_POLICY_WORDS_PAY, NULL,
         g_strdup_printf (C_ ("words", "%s in all, stage by stage, each before it begins, on the "
                                       "platform. Nothing is charged beside it."),
                          price));
  else
    add (words, JP_POLICY_WORDS_PAY, NULL,
         g_strdup_printf (C_ ("words", "%s in all, once, on the platform, into the custody account "
                                       "of the bank. Nothing is charged beside it."),
                          price));
  if (plan != NULL && plan->custody_fen != JP_POLICY_UNKNOWN && plan->custody_fen < plan->price_fen)
    {
      g_autofree char *custody = jp_money_format (plan->custody_fen);

      add (words, JP_POLICY_WORDS_PAY, NULL,
           g_strdup_printf (C_ ("words", "%s of it is kept in custody."), custody));
    }
}

/* --- releasing --- */

static char *
dup_parts (guint parts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    if ((parts & (1u << part)) != 0)
      g_strv_builder_add (builder, jp_progress_get_part_label (part));
  labels = g_strv_builder_end (builder);
  /* Translators: between the parts of the training. */
  return g_strjoinv (C_ ("words", ", "), labels);
}

static char *
dup_trigger (const JpPolicyTrigger *trigger)
{
  g_autofree char *parts = dup_parts (trigger->parts);

  switch (trigger->kind)
    {
    case JP_POLICY_TRIGGER_HOURS_REVIEWED:
      return g_strdup_printf (C_ ("words", "all hours of %s are approved"), parts);
    case JP_POLICY_TRIGGER_HOURS_DAILY:
      return g_strdup_printf (C_ ("words", "hours of %s are approved, bit by bit"), parts);
    case JP_POLICY_TRIGGER_EXAM_PASSED:
      return g_strdup_printf (C_ ("words", "%s is passed"),
                              jp_progress_get_subject_label (trigger->subject));
    case JP_POLICY_TRIGGER_EVENT:
    default:
      return g_strdup (jp_policy_trace_get_event_label (trigger->event));
    }
}

static char *
dup_triggers (const JpPolicyStage *stage)
{
  char *text = dup_trigger (&stage->triggers[0]);

  for (guint i = 1; i < stage->n_triggers; i++)
    {
      g_autofree char *before = text;
      g_autofree char *next = dup_trigger (&stage->triggers[i]);

      /* Translators: two things that a stage waits for. */
      text = g_strdup_printf (stage->needs_all ? C_ ("words", "%1$s and %2$s")
                                               : C_ ("words", "%1$s or %2$s"),
                              before, next);
    }
  return text;
}

static void
add_stage (GPtrArray *words, const JpPolicyStage *stage, gint64 amount_fen)
{
  g_autofree char *amount = jp_money_format (amount_fen);
  g_autofree char *when = dup_triggers (stage);
  char            *sentence = NULL;

  if (amount_fen == JP_POLICY_UNKNOWN)
    /* Translators: title of a stage, what it waits for. */
    sentence = g_strdup_printf (C_ ("words", "“%1$s”: when %2$s. How much, the authority has not "
                                             "said."),
                                stage->title, when);
  else if (stage->review_delay_days > 0)
    /* Translators: amount, title of a stage, days, what it waits for. */
    sentence =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s for “%2$s”: %3$d day after this: %4$s.",
                                    "%1$s for “%2$s”: %3$d days after this: %4$s.",
                                    (gulong)stage->review_delay_days),
                       amount, stage->title, stage->review_delay_days, when);
  else
    /* Translators: amount, title of a stage, what it waits for. */
    sentence =
      g_strdup_printf (C_ ("words", "%1$s for “%2$s”: when %3$s."), amount, stage->title, when);
  add (words, JP_POLICY_WORDS_RELEASE, stage->clause, sentence);
}

static void
add_stages (GPtrArray *words, JpPolicy *policy, const JpPolicyPlan *plan)
{
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    add_stage (words, jp_policy_get_stage (policy, i),
               plan != NULL ? plan->stages[i].amount_fen : JP_POLICY_UNKNOWN);
  if (jp_policy_get_n_stages (policy) == 0)
    add (words, JP_POLICY_WORDS_RELEASE, NULL,
         g_strdup (C_ ("words", "The rules name no stages: what the platform publishes holds.")));
}

/* --- leaving --- */

static gint64
find_rate (const JpPolicyItem *item, const char *licence_type)
{
  for (guint i = 0; i < item->n_rates; i++)
    if (g_strv_contains ((const char *const *)item->rates[i].licence_types, licence_type))
      return item->rates[i].rate_fen;
  return item->rate_fen;
}

static char *
dup_penalty_base (const JpPolicyItem *item)
{
  switch (item->base)
    {
    case JP_POLICY_PENALTY_OF_FEE:
      return g_strdup (C_ ("words", "the fee that the contract names"));
    case JP_POLICY_PENALTY_OF_PAID:
      return g_strdup (C_ ("words", "what was paid"));
    case JP_POLICY_PENALTY_OF_UNUSED:
      return g_strdup (C_ ("words", "what was not used"));
    case JP_POLICY_PENALTY_OF_PRICE:
    default:
      return g_strdup (C_ ("words", "the price"));
    }
}

static char *
dup_penalty (const JpPolicyItem *item)
{
  g_autofree char *share = jp_policy_trace_format_percent (item->share_bp);
  g_autofree char *base = dup_penalty_base (item);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) faults = NULL;
  g_autofree char *who = NULL;

  for (int fault = 0; fault < JP_POLICY_N_FAULTS; fault++)
    if ((item->faults & (1u << fault)) != 0)
      g_strv_builder_add (builder, jp_policy_trace_get_fault_label ((JpPolicyFault)fault));
  faults = g_strv_builder_end (builder);
  who = g_strjoinv (C_ ("words", ", "), faults);
  /* Translators: title of a deduction, share, of what, who is at fault. */
  return g_strdup_printf (C_ ("words", "“%1$s”: %2$s of %3$s, if at fault: %4$s."), item->title,
                          share, base, who);
}

/* The fee of a contract's own list, where it is known. */
static char *
dup_fee (const JpPolicyItem *item, const JpPolicyFacts *facts)
{
  gint64 fee_fen = 0;

  if (!jp_policy_facts_get_fee (facts, item->fee, &fee_fen))
    return g_strdup_printf (C_ ("words", "“%s”: the fee that the contract names for it."),
                            item->title);

  g_autofree char *fee = jp_money_format (fee_fen);

  return g_strdup_printf (C_ ("words", "“%1$s”: %2$s."), item->title, fee);
}

static char *
dup_item (const JpPolicyItem *item, const JpPolicyFacts *facts)
{
  gint64           rate_fen = find_rate (item, facts->licence_type);
  g_autofree char *amount = jp_money_format (item->amount_fen);
  g_autofree char *again = jp_money_format (item->again_fen);
  g_autofree char *rate = jp_money_format (MAX (rate_fen, 0));
  g_autofree char *share = jp_policy_trace_format_percent (item->share_bp);

  switch (item->charge)
    {
    case JP_POLICY_CHARGE_FIXED:
      return g_strdup_printf (C_ ("words", "“%1$s”: %2$s."), item->title, amount);
    case JP_POLICY_CHARGE_FEE:
      return dup_fee (item, facts);
    case JP_POLICY_CHARGE_SHARE:
      return g_strdup_printf (C_ ("words", "“%1$s”: %2$s of the price."), item->title, share);
    case JP_POLICY_CHARGE_EXAM:
      return g_strdup_printf (C_ ("words", "“%1$s”: %2$s for the first attempt, %3$s for each "
                                           "other one."),
                              item->title, amount, again);
    case JP_POLICY_CHARGE_HOURS:
      if (rate_fen == JP_POLICY_UNKNOWN)
        break;
      return g_strdup_printf (item->by_used_minutes
                                ? C_ ("words", "“%1$s”: %2$s for each hour trained.")
                                : C_ ("words", "“%1$s”: %2$s for each approved hour."),
                              item->title, rate);
    case JP_POLICY_CHARGE_EARNED:
      return g_strdup_printf (C_ ("words", "“%s”: the stages that were reached are kept."),
                              item->title);
    case JP_POLICY_CHARGE_USED:
      return g_strdup_printf (C_ ("words", "“%s”: each stage is kept as far as it was used."),
                              item->title);
    case JP_POLICY_CHARGE_PENALTY:
      return dup_penalty (item);
    case JP_POLICY_CHARGE_UNKNOWN:
    default:
      break;
    }
  return g_strdup_printf (C_ ("words", "“%s”: how much, the authority has not said."), item->title);
}

/* What limits a deduction, each in a sentence of its own below it. */
static void
add_limits (GPtrArray *words, const JpPolicyItem *item)
{
  if (item->cap_fen != JP_POLICY_UNKNOWN)
    {
      g_autofree char *cap = jp_money_format (item->cap_fen);

      add (words, JP_POLICY_WORDS_LEAVE, item->clause,
           g_strdup_printf (C_ ("words", "“%1$s” is never more than %2$s."), item->title, cap));
    }
  if (item->cap_bp != JP_POLICY_UNKNOWN)
    {
      g_autofree char *cap = jp_policy_trace_format_percent (item->cap_bp);

      add (words, JP_POLICY_WORDS_LEAVE, item->clause,
           g_strdup_printf (C_ ("words", "“%1$s” is never more than %2$s of the price."),
                            item->title, cap));
    }
  if (item->has_until)
    {
      g_autofree char *before = jp_policy_trace_format_percent (item->before_bp);

      add (words, JP_POLICY_WORDS_LEAVE, item->clause,
           /* Translators: title of a deduction, share, an event. */
           g_strdup_printf (C_ ("words", "Only %2$s of “%1$s” is kept before this: %3$s."),
                            item->title, before, jp_policy_trace_get_event_label (item->until)));
    }
}

static void
add_today (GPtrArray *words, JpPolicy *policy, const JpPolicyFacts *facts)
{
  static const JpPolicyFault faults[] = { JP_POLICY_FAULT_TRAINEE, JP_POLICY_FAULT_SCHOOL };

  for (gsize i = 0; facts->paid_fen > 0 && i < G_N_ELEMENTS (faults); i++)
    {
      JpPolicyFacts so = *facts;

      so.fault = faults[i];

      /* ignored: rules that leave a number open give no example */
      g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, &so, NULL);

      if (refund == NULL)
        continue;

      g_autofree char *back = jp_money_format (refund->refund_fen);
      g_autofree char *paid = jp_money_format (refund->paid_fen);
      g_autofree char *kept = jp_money_format (refund->deducted_fen);

      add (words, JP_POLICY_WORDS_LEAVE, NULL,
           /* Translators: refund, paid, kept. */
           g_strdup_printf (i == 0
                              ? C_ ("words",
                                    "Today, if the trainee wants to leave: %1$s of %2$s come back, "
                                    "%3$s is kept.")
                              : C_ ("words",
                                    "Today, if the school is at fault: %1$s of %2$s come back, "
                                    "%3$s is kept."),
                            back, paid, kept));
    }
}

static void
add_leave (GPtrArray *words, JpPolicy *policy, const JpPolicyFacts *facts)
{
  int days = jp_policy_get_refund_days (policy);

  for (guint i = 0; i < jp_policy_get_n_items (policy); i++)
    {
      const JpPolicyItem *item = jp_policy_get_item (policy, i);

      add (words, JP_POLICY_WORDS_LEAVE, item->clause, dup_item (item, facts));
      add_limits (words, item);
    }
  if (jp_policy_get_n_items (policy) == 0)
    add (words, JP_POLICY_WORDS_LEAVE, NULL,
         g_strdup (C_ ("words", "The rules name no deductions: what the platform publishes "
                                "holds.")));
  for (guint i = 0; i < policy->overrides->len; i++)
    {
      const JpPolicyOverride *rule = policy->overrides->pdata[i];
      g_autofree char        *share = jp_policy_trace_format_percent (rule->refund_bp);

      add (words, JP_POLICY_WORDS_LEAVE, rule->clause,
           g_strdup_printf (C_ ("words", "“%1$s”: %2$s of what was paid comes back."), rule->title,
                            share));
    }
  add_today (words, policy, facts);
  if (days != JP_POLICY_UNKNOWN)
    add (words, JP_POLICY_WORDS_LEAVE, NULL,
         jp_plural_format (NP_ ("The money is back within %d working day.",
                                "The money is back within %d working days."),
                           days));
}

/* --- another school --- */

static void
add_transfer (GPtrArray *words, JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_auto (JpPolicyTransfer) today = { 0 };
  const char *clause = policy->transfer_clause;

  if (policy->transfer_money == JP_POLICY_TRANSFER_UNKNOWN)
    {
      add (words, JP_POLICY_WORDS_TRANSFER, clause,
           g_strdup (C_ ("words", "What becomes of hours and money, the authority has not said.")));
      return;
    }
  add (words, JP_POLICY_WORDS_TRANSFER, clause,
       g_strdup (policy->transfer_money == JP_POLICY_TRANSFER_FOLLOW
                   ? C_ ("words", "What is not earned moves to the contract with the new school.")
                   : C_ ("words", "The money comes back as when leaving; the new school is paid "
                                  "anew.")));
  add (words, JP_POLICY_WORDS_TRANSFER, clause,
       g_strdup (policy->hours_follow ? C_ ("words", "Approved hours count at the new school.")
                                      : C_ ("words", "Hours do not count at the new school.")));
  /* ignored: rules that leave a number open give no example */
  if (facts->paid_fen > 0 && jp_policy_transfer (policy, facts, &today, NULL))
    {
      g_autofree char *stays = jp_money_format (today.stay_fen);
      g_autofree char *moves = jp_money_format (today.move_fen);

      add (words, JP_POLICY_WORDS_TRANSFER, NULL,
           /* Translators: two amounts. */
           g_strdup_printf (C_ ("words", "Today: %1$s stays with this school, %2$s moves on."),
                            stays, moves));
    }
  if (policy->transfer_state == JP_DATA_STATE_ASSUMED)
    add (words, JP_POLICY_WORDS_TRANSFER, NULL,
         g_strdup (C_ ("words", "This rule is an assumption: no authority has published it.")));
}

/**
 * jp_policy_words_new:
 * @policy: the rules that are frozen in a contract
 * @facts: what is known of the contract on the day
 *
 * Says in plain words what the contract means for money, section by section. What the rules leave
 * open is said to be open.
 *
 * Returns: (transfer full) (element-type JpPolicyWord): the sentences, in the order of the sections
 */
GPtrArray *
jp_policy_words_new (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  GPtrArray *words = g_ptr_array_new_with_free_func (word_free);
  /* ignored: rules that leave a number open have no plan */
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, NULL);

  add_pay (words, policy, facts, plan);
  add_stages (words, policy, plan);
  add_leave (words, policy, facts);
  add_transfer (words, policy, facts);
  return words;
}
