/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy.h"

#include "jp-fuzz.h"

#include <string.h>

/* An input is a policy file, then, after a zero byte, the facts. */

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Bytes;

static guint32
take (Bytes *bytes)
{
  guint32 value = 0;

  for (int i = 0; i < 4; i++)
    value = value << 8 | (bytes->at < bytes->end ? *bytes->at++ : 0);

  return value;
}

/* Mostly possible, now and then impossible. */
static gint64
take_number (Bytes *bytes, gint64 max)
{
  guint32 value = take (bytes);

  if (value % 61 == 60)
    return -1;
  if (value % 61 == 59)
    return max + 1;

  return (gint64)(((guint64)value << 13 ^ value) % ((guint64)max + 1));
}

static JpDate
take_date (Bytes *bytes)
{
  guint32 value = take (bytes);

  return value % 5 == 0 ? JP_DATE_NONE : jp_date_add_days (20200101, (int)(value % 4000));
}

static void
take_facts (Bytes *bytes, JpPolicyFacts *facts, JpPolicyFee fees[4])
{
  static const char *const ids[] = { "service", "theory", "part2", "part3" };
  static const char *const types[] = { "C1", "C2", "A1", "none" };

  facts->licence_type = types[take (bytes) % 4];
  facts->on = jp_date_add_days (20200101, (int)(take (bytes) % 4000));
  facts->price_fen = take_number (bytes, JP_FEN_MAX);
  facts->paid_fen = take_number (bytes, JP_FEN_MAX);
  facts->released_fen = take (bytes) % 2 == 0 ? 0 : take_number (bytes, JP_FEN_MAX);
  facts->fault = (JpPolicyFault)(take (bytes) % 4);
  facts->notice_minutes = take_number (bytes, JP_POLICY_MAX_NOTICE);
  facts->fees = fees;
  facts->n_fees = take (bytes) % 5;

  for (guint i = 0; i < 4; i++)
    fees[i] = (JpPolicyFee){ ids[i], take_number (bytes, JP_FEN_MAX) };

  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    facts->events[i] = take_date (bytes);

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      facts->parts[part].required_minutes = take_number (bytes, JP_POLICY_MAX_MINUTES);
      facts->parts[part].reviewed_minutes = take_number (bytes, JP_POLICY_MAX_MINUTES);
      facts->parts[part].used_minutes = take_number (bytes, JP_POLICY_MAX_MINUTES);
      facts->parts[part].reviewed_on = take_date (bytes);
      facts->exams[part].passed_on = take_date (bytes);
      facts->exams[part].n_attempts = (int)take_number (bytes, JP_POLICY_MAX_ATTEMPTS);
    }
}

static void
check_sentences (const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      g_autofree char *sentence =
        jp_policy_trace_dup_sentence (&g_array_index (steps, JpPolicyStep, i));

      g_assert_cmpuint (strlen (sentence), >, 0);
    }
}

static void
check_plan (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, &error);
  gint64 sum_fen = 0;

  if (plan == NULL)
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      return;
    }

  for (guint i = 0; i < plan->n_stages; i++)
    {
      g_assert_cmpint (plan->stages[i].amount_fen, >=, plan->stages[i].earned_fen);
      g_assert_cmpint (plan->stages[i].earned_fen, >=, 0);
      sum_fen += plan->stages[i].amount_fen;
    }

  g_assert_cmpint (sum_fen, ==, facts->price_fen);
  check_sentences (plan->steps);
}

static void
check_refund (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, facts, &error);
  gint64 sum_fen = 0;

  if (refund == NULL)
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      return;
    }

  for (guint i = 0; i < refund->lines->len; i++)
    sum_fen += g_array_index (refund->lines, JpPolicyRefundLine, i).amount_fen;

  g_assert_cmpint (sum_fen, ==, refund->deducted_fen);
  g_assert_cmpint (refund->refund_fen, >=, 0);
  g_assert_cmpint (refund->refund_fen + refund->deducted_fen, ==, facts->paid_fen);
  check_sentences (refund->steps);
}

/* Whatever is in a policy file and whatever the facts are: there is a named error, or the money is
 * conserved to the fen. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *zero = size > 0 ? memchr (data, 0, size) : NULL;
  gsize         length = zero != NULL ? (gsize)(zero - data) : size;
  Bytes         rest = { zero != NULL ? zero + 1 : data + size, data + size };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_bytes ("fuzz.json", bytes, &error);

  if (policy == NULL)
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "fuzz.json:"));
      return 0;
    }

  g_auto (JpPolicyTransfer) transfer = { 0 };
  JpPolicyFacts facts = { 0 };
  JpPolicyFee   fees[4];

  take_facts (&rest, &facts, fees);
  check_plan (policy, &facts);
  check_refund (policy, &facts);
  if (jp_policy_transfer (policy, &facts, &transfer, NULL))
    g_assert_cmpint (transfer.stay_fen + transfer.move_fen, ==, facts.paid_fen);
  return 0;
}
