/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data.h"
#include "jp-model-error.h"
#include "jp-policy.h"

#include "jp-fuzz.h"

#include <string.h>

/* An input is the number of one of the program's policies, then the memory of the facts: whatever
 * stands in a row, the evaluator gives an amount or a named error, and the same one twice. */

#define N_FEES 4

typedef struct
{
  gint32 on;
  gint32 fault;
  gint64 price_fen;
  gint64 paid_fen;
  gint64 released_fen;
  gint64 notice_minutes;
  gint64 fees_fen[N_FEES];
  gint32 events[JP_POLICY_N_EVENTS];
  gint32 n_fees;
  gint64 minutes[JP_POLICY_N_PARTS][3];
  gint32 dates[JP_POLICY_N_PARTS][2];
  gint32 attempts[JP_POLICY_N_PARTS];
} Input;

static JpPolicy *
get_policy (guint8 number)
{
  static GPtrArray *policies;

  if (policies == NULL)
    {
      g_auto (GStrv) names = jp_data_list ("policies");

      policies = g_ptr_array_new ();
      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));

          g_ptr_array_add (policies, jp_policy_new_from_data (id, NULL));
        }
    }
  return g_ptr_array_index (policies, number % policies->len);
}

static void
read_facts (const Input *input, JpPolicyFacts *facts, JpPolicyFee fees[N_FEES])
{
  static const char *const ids[N_FEES] = { "service", "theory", "part2", "part3" };

  *facts = (JpPolicyFacts){
    .on = input->on,
    .licence_type = "C1",
    .price_fen = input->price_fen,
    .fees = fees,
    .n_fees = (guint)input->n_fees % (N_FEES + 1),
    .paid_fen = input->paid_fen,
    .released_fen = input->released_fen,
    .fault = (JpPolicyFault)input->fault,
    .notice_minutes = input->notice_minutes,
  };
  for (guint i = 0; i < N_FEES; i++)
    fees[i] = (JpPolicyFee){ ids[i], input->fees_fen[i] };
  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    facts->events[i] = input->events[i];
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      facts->parts[part] =
        (JpPolicyPartFacts){ input->minutes[part - 1][0], input->minutes[part - 1][1],
                             input->minutes[part - 1][2], input->dates[part - 1][0] };
      facts->exams[part] =
        (JpPolicyExamFacts){ input->dates[part - 1][1], input->attempts[part - 1] };
    }
}

static void
check_steps (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const JpPolicyStep *step = &g_array_index (a, JpPolicyStep, i);
      g_autofree char    *sentence = jp_policy_trace_dup_sentence (step);
      g_autofree char *again = jp_policy_trace_dup_sentence (&g_array_index (b, JpPolicyStep, i));

      g_assert_cmpuint (strlen (sentence), >, 0);
      g_assert_cmpstr (sentence, ==, again);
    }
}

static void
check_plan (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, &error);
  g_autoptr (JpPolicyPlan) again = jp_policy_plan_new (policy, facts, NULL);
  gint64 sum_fen = 0;

  g_assert_true ((plan == NULL) == (again == NULL));
  g_assert_true (plan != NULL || error->domain == JP_MODEL_ERROR);
  if (plan == NULL)
    return;

  for (guint i = 0; i < plan->n_stages; i++)
    sum_fen += plan->stages[i].amount_fen;
  g_assert_cmpint (sum_fen, ==, facts->price_fen);
  g_assert_cmpint (plan->releasable_fen, <=, facts->paid_fen);
  check_steps (plan->steps, again->steps);
}

static void
check_refund (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, facts, &error);
  g_autoptr (JpPolicyRefund) again = jp_policy_refund_new (policy, facts, NULL);

  g_assert_true ((refund == NULL) == (again == NULL));
  g_assert_true (refund != NULL || error->domain == JP_MODEL_ERROR);
  if (refund == NULL)
    return;

  g_assert_cmpint (refund->refund_fen + refund->deducted_fen, ==, facts->paid_fen);
  g_assert_cmpint (refund->from_custody_fen + refund->to_school_fen, ==,
                   facts->paid_fen - facts->released_fen);
  check_steps (refund->steps, again->steps);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (JpPolicyTransfer) transfer = { 0 };
  Input         input = { 0 };
  JpPolicyFacts facts;
  JpPolicyFee   fees[N_FEES];
  JpPolicy     *policy = get_policy (size > 0 ? data[0] : 0);

  if (size > 1)
    memcpy (&input, data + 1, MIN (size - 1, sizeof input));
  read_facts (&input, &facts, fees);
  check_plan (policy, &facts);
  check_refund (policy, &facts);
  if (jp_policy_transfer (policy, &facts, &transfer, NULL))
    g_assert_cmpint (transfer.stay_fen + transfer.move_fen, ==, facts.paid_fen);
  return 0;
}
