/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement.h"

#include "jp-money.h"
#include "jp-plural.h"
#include "jp-progress.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *label;
} verdicts[JP_SETTLEMENT_N_VERDICTS] = {
  [JP_SETTLEMENT_MATCHES] = { "matches", NC_ ("verdict", "Matches") },
  [JP_SETTLEMENT_EARLY] = { "early", NC_ ("verdict", "Early") },
  [JP_SETTLEMENT_LATE] = { "late", NC_ ("verdict", "Late") },
  [JP_SETTLEMENT_SHORT] = { "short", NC_ ("verdict", "Too little") },
  [JP_SETTLEMENT_OVER] = { "over", NC_ ("verdict", "Too much") },
  [JP_SETTLEMENT_DUPLICATE] = { "duplicate", NC_ ("verdict", "Listed twice") },
  [JP_SETTLEMENT_UNKNOWN_TRAINEE] = { "unknown_trainee", NC_ ("verdict", "Wrong trainee") },
  [JP_SETTLEMENT_UNKNOWN_CONTRACT] = { "unknown_contract", NC_ ("verdict", "Unknown contract") },
  [JP_SETTLEMENT_POLICY_DIFFERS] = { "policy_differs", NC_ ("verdict", "Other rule") },
  [JP_SETTLEMENT_NOT_REACHED] = { "not_reached", NC_ ("verdict", "Not yet earned") },
  [JP_SETTLEMENT_TWICE] = { "released_twice", NC_ ("verdict", "Released twice") },
  [JP_SETTLEMENT_MISSING] = { "missing", NC_ ("verdict", "Missing") },
  [JP_SETTLEMENT_UNEXPLAINED] = { "unexplained", NC_ ("verdict", "Not explained") },
};

/**
 * jp_settlement_verdict_get_name:
 * @verdict: a verdict
 *
 * Returns: (transfer none): its name for programs and files
 */
const char *
jp_settlement_verdict_get_name (JpSettlementVerdict verdict)
{
  g_return_val_if_fail ((guint)verdict < JP_SETTLEMENT_N_VERDICTS, NULL);

  return verdicts[verdict].name;
}

/**
 * jp_settlement_verdict_lookup:
 * @name: a name for programs
 * @out_verdict: (out): its verdict
 *
 * Returns: whether there is such a verdict
 */
gboolean
jp_settlement_verdict_lookup (const char *name, JpSettlementVerdict *out_verdict)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (out_verdict != NULL, FALSE);

  for (guint i = 0; i < JP_SETTLEMENT_N_VERDICTS; i++)
    if (strcmp (verdicts[i].name, name) == 0)
      {
        *out_verdict = (JpSettlementVerdict)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * jp_settlement_verdict_get_label:
 * @verdict: a verdict
 *
 * Returns: (transfer none): its name for people, translated, a few characters
 */
const char *
jp_settlement_verdict_get_label (JpSettlementVerdict verdict)
{
  g_return_val_if_fail ((guint)verdict < JP_SETTLEMENT_N_VERDICTS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "verdict", verdicts[verdict].label);
}

/**
 * jp_settlement_verdict_is_good:
 * @verdict: a verdict
 *
 * Returns: whether there is nothing to do about it
 */
gboolean
jp_settlement_verdict_is_good (JpSettlementVerdict verdict)
{
  return verdict == JP_SETTLEMENT_MATCHES;
}

/* --- sentences --- */

/* What a sentence is made of, ready to print. */
typedef struct
{
  const JpSettlementResult *result;
  const char               *stage;      /* title */
  const char               *number;     /* of the contract */
  char                     *paid;       /* (owned) */
  char                     *expected;   /* (owned) */
  char                     *difference; /* (owned): without its sign */
  char                     *earlier;    /* (owned) */
  char                     *days;       /* (owned) */
  char                     *due_on;     /* (owned) */
  char                     *paid_on;    /* (owned) */
} Words;

static void
words_clear (Words *words)
{
  g_free (words->paid);
  g_free (words->expected);
  g_free (words->difference);
  g_free (words->earlier);
  g_free (words->days);
  g_free (words->due_on);
  g_free (words->paid_on);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static char *
dup_date (JpDate date)
{
  /* Translators: instead of a date that nobody knows. */
  return date != JP_DATE_NONE ? jp_date_to_iso (date) : g_strdup (C_ ("date", "an unknown day"));
}

static void
words_init (Words *words, const JpSettlementResult *result)
{
  const JpSettlementLine *line = result->line;

  *words = (Words){
    .result = result,
    .stage = "",
    .number = result->contract->number != NULL ? result->contract->number : "",
    .paid = jp_money_format (result->paid_fen),
    .expected = jp_money_format (result->expected_fen),
    .difference = jp_money_format (ABS (result->difference_fen)),
    .earlier = jp_money_format (result->earlier_fen),
    .days = jp_plural_format (NP_ ("%d day", "%d days"), result->days),
    .due_on = dup_date (result->due_on),
    .paid_on = dup_date (line != NULL ? line->paid_on : JP_DATE_NONE),
  };
  if (result->stage != NULL)
    words->stage = result->stage->title != NULL ? result->stage->title : result->stage->id;
  else if (line != NULL && line->stage != NULL)
    words->stage = line->stage;
}

static char *
say_matches (const Words *words)
{
  if (words->result->reason == JP_SETTLEMENT_REASON_REFUND)
    return g_strdup_printf (_ ("%1$s is what the rule of refunds gives."), words->paid);
  if (words->result->reason == JP_SETTLEMENT_REASON_DISPUTE)
    return g_strdup_printf (_ ("%1$s is what the platform decided on a dispute of this school."),
                            words->paid);
  if (words->result->stage == NULL)
    return g_strdup_printf (_ ("%1$s puts right what was wrong before."), words->paid);
  if (words->result->due_on == JP_DATE_NONE)
    return g_strdup_printf (_ ("%1$s is what the rule gives for the stage “%2$s”."), words->paid,
                            words->stage);
  return g_strdup_printf (_ ("%1$s is what the rule gives for the stage “%2$s”, due on %3$s."),
                          words->paid, words->stage, words->due_on);
}

static char *
say_days (const Words *words)
{
  if (words->result->verdict == JP_SETTLEMENT_EARLY)
    return g_strdup_printf (_ ("Paid %1$s early: the stage “%2$s” was due on %3$s, the bank paid "
                               "%4$s on %5$s."),
                            words->days, words->stage, words->due_on, words->paid, words->paid_on);
  if (words->result->verdict == JP_SETTLEMENT_LATE)
    return g_strdup_printf (_ ("Paid %1$s late: the stage “%2$s” was due on %3$s, the bank paid "
                               "%4$s on %5$s."),
                            words->days, words->stage, words->due_on, words->paid, words->paid_on);
  if (words->result->due_on == JP_DATE_NONE)
    return g_strdup_printf (_ ("The stage “%1$s” is earned and on no statement: %2$s are missing."),
                            words->stage, words->expected);
  return g_strdup_printf (_ ("The stage “%1$s” was due on %2$s, %3$s ago, and is on no statement: "
                             "%4$s are missing."),
                          words->stage, words->due_on, words->days, words->expected);
}

static char *
say_amount (const Words *words)
{
  gboolean is_short = words->result->verdict == JP_SETTLEMENT_SHORT;

  if (words->result->reason == JP_SETTLEMENT_REASON_REFUND)
    return g_strdup_printf (is_short
                              ? _ ("%1$s too little: by the rule of refunds it is %2$s, the line "
                                   "says %3$s.")
                              : _ ("%1$s too much: by the rule of refunds it is %2$s, the line "
                                   "says %3$s."),
                            words->difference, words->expected, words->paid);
  if (words->result->stage == NULL)
    return g_strdup_printf (is_short ? _ ("%1$s too little: %2$s would put right what was wrong "
                                          "before, the line says %3$s.")
                                     : _ ("%1$s too much: %2$s would put right what was wrong "
                                          "before, the line says %3$s."),
                            words->difference, words->expected, words->paid);
  if (words->result->earlier_fen > 0)
    return g_strdup_printf (is_short ? _ ("%1$s too little: of the stage “%2$s” %5$s was released "
                                          "before, %3$s is left, the line pays %4$s.")
                                     : _ ("%1$s too much: of the stage “%2$s” %5$s was released "
                                          "before, %3$s is left, the line pays %4$s."),
                            words->difference, words->stage, words->expected, words->paid,
                            words->earlier);
  return g_strdup_printf (is_short ? _ ("%1$s too little: the stage “%2$s” gives %3$s, the line "
                                        "pays %4$s.")
                                   : _ ("%1$s too much: the stage “%2$s” gives %3$s, the line "
                                        "pays %4$s."),
                          words->difference, words->stage, words->expected, words->paid);
}

static char *
say_wrong_name (const Words *words)
{
  const char *name = words->result->line->trainee_name;
  const char *shown = name != NULL ? name : "";

  if (words->result->difference_fen == 0)
    return g_strdup_printf (_ ("The line names %1$s, but the contract %2$s is somebody else’s; the "
                               "amount of %3$s is right."),
                            shown, words->number, words->paid);
  return g_strdup_printf (_ (
                            "The line names %1$s, but the contract %2$s is somebody else’s; and it "
                            "should be %4$s instead of %3$s."),
                          shown, words->number, words->paid, words->expected);
}

static char *
format_share (int share_bp)
{
  return share_bp % 100 == 0 ? g_strdup_printf ("%d%%", share_bp / 100)
                             : g_strdup_printf ("%d.%02d%%", share_bp / 100, share_bp % 100);
}

static char *
say_policy (const Words *words)
{
  g_autofree char *stated = NULL;
  g_autofree char *rule = NULL;

  if (words->result->reason == JP_SETTLEMENT_REASON_STAGE)
    return g_strdup_printf (_ ("The policy of contract %1$s has no stage “%2$s”: nothing gives "
                               "these %3$s."),
                            words->number, words->stage, words->paid);
  stated = format_share (words->result->line->share_bp);
  rule = format_share (words->result->rule_bp);
  return g_strdup_printf (_ ("The line takes %1$s for the stage “%2$s”, the contract’s policy says "
                             "%3$s: that is %4$s, the line pays %5$s."),
                          stated, words->stage, rule, words->expected, words->paid);
}

static const char *
get_what (const JpSettlementResult *result)
{
  if (result->part < 1 || result->part > JP_POLICY_N_PARTS)
    return "";
  return result->reason == JP_SETTLEMENT_REASON_EXAM ? jp_progress_get_subject_label (result->part)
                                                     : jp_progress_get_part_label (result->part);
}

static char *
say_not_reached (const Words *words)
{
  const JpSettlementResult *result = words->result;
  g_autofree char          *done = jp_minutes_format_hours (result->done_minutes);
  g_autofree char          *required = jp_minutes_format_hours (MAX (result->required_minutes, 0));

  const char *what = get_what (result);

  if (result->reason == JP_SETTLEMENT_REASON_EXAM)
    return g_strdup_printf (_ ("The stage “%1$s” is not reached: %2$s is not passed. These "
                               "%3$s are not earned yet."),
                            words->stage, what, words->paid);
  if (result->reason != JP_SETTLEMENT_REASON_HOURS)
    return g_strdup_printf (_ ("The stage “%1$s” is not reached. These %2$s are not earned yet."),
                            words->stage, words->paid);
  if (result->done_minutes >= result->required_minutes)
    return g_strdup_printf (_ ("The stage “%1$s” is not reached: %2$s has its %3$s hours, but "
                               "its review is not passed. These %4$s are not earned yet."),
                            words->stage, what, done, words->paid);
  return g_strdup_printf (_ ("The stage “%1$s” is not reached: %2$s has %3$s of %4$s hours. "
                             "These %5$s are not earned yet."),
                          words->stage, what, done, required, words->paid);
}

static char *
say_again (const Words *words)
{
  const JpSettlementResult *result = words->result;
  const char               *reference = result->line->reference;
  g_autofree char          *last_on = dup_date (result->last_on);

  if (result->verdict == JP_SETTLEMENT_DUPLICATE)
    return g_strdup_printf (_ ("The payment %1$s of the bank is on an earlier line already: these "
                               "%2$s count once."),
                            reference != NULL ? reference : "", words->paid);
  return g_strdup_printf (_ ("The stage “%1$s” was released before, %2$s on %3$s: these %4$s are "
                             "paid a second time."),
                          words->stage, words->earlier, last_on, words->paid);
}

static char *
say_unexplained (const Words *words)
{
  switch (words->result->reason)
    {
    case JP_SETTLEMENT_REASON_NO_POLICY:
      return g_strdup_printf (_ ("The rules that contract %1$s was signed with are not here: %2$s "
                                 "cannot be checked."),
                              words->number, words->paid);
    case JP_SETTLEMENT_REASON_NO_NUMBERS:
      return g_strdup_printf (_ (
                                "The rules of contract %1$s cannot be computed with what is known: "
                                "%2$s cannot be checked."),
                              words->number, words->paid);
    case JP_SETTLEMENT_REASON_NO_REQUEST:
      return g_strdup_printf (_ ("No withdrawal from contract %1$s is known: the refund of %2$s "
                                 "cannot be explained."),
                              words->number, words->paid);
    case JP_SETTLEMENT_REASON_NOTHING_TO_CORRECT:
      return g_strdup_printf (_ ("Nothing was wrong with contract %1$s before: the correction of "
                                 "%2$s cannot be explained."),
                              words->number, words->paid);
    case JP_SETTLEMENT_REASON_RANGE:
      return g_strdup (_ ("The amount of the line is out of range and was not counted."));
    case JP_SETTLEMENT_REASON_NONE:
    case JP_SETTLEMENT_REASON_HOURS:
    case JP_SETTLEMENT_REASON_EXAM:
    case JP_SETTLEMENT_REASON_EVENT:
    case JP_SETTLEMENT_REASON_STAGE:
    case JP_SETTLEMENT_REASON_SHARE:
    case JP_SETTLEMENT_REASON_REFUND:
    case JP_SETTLEMENT_REASON_DISPUTE:
    default:
      return g_strdup_printf (_ ("%1$s cannot be explained."), words->paid);
    }
}

/**
 * jp_settlement_dup_sentence:
 * @result: the judgement of a line
 *
 * Returns: (transfer full): the verdict as one translated sentence with its numbers
 */
char *
jp_settlement_dup_sentence (const JpSettlementResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (result->contract != NULL, NULL);

  g_auto (Words) words;

  words_init (&words, result);
  switch (result->verdict)
    {
    case JP_SETTLEMENT_MATCHES:
      return say_matches (&words);
    case JP_SETTLEMENT_EARLY:
    case JP_SETTLEMENT_LATE:
    case JP_SETTLEMENT_MISSING:
      return say_days (&words);
    case JP_SETTLEMENT_SHORT:
    case JP_SETTLEMENT_OVER:
      return say_amount (&words);
    case JP_SETTLEMENT_DUPLICATE:
    case JP_SETTLEMENT_TWICE:
      return say_again (&words);
    case JP_SETTLEMENT_UNKNOWN_TRAINEE:
      return say_wrong_name (&words);
    case JP_SETTLEMENT_UNKNOWN_CONTRACT:
      return g_strdup_printf (_ ("Contract %1$s is not one of this school’s: nobody’s training "
                                 "gives these %2$s."),
                              words.number, words.paid);
    case JP_SETTLEMENT_POLICY_DIFFERS:
      return say_policy (&words);
    case JP_SETTLEMENT_NOT_REACHED:
      return say_not_reached (&words);
    case JP_SETTLEMENT_UNEXPLAINED:
    default:
      return say_unexplained (&words);
    }
}
