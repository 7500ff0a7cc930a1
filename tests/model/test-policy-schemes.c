/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-policy.h"

/* The published schemes that are not in test-policy.c, each with its numbers worked through by hand
 * in the comment above. Where a source gives no price, the example takes round ones. */

#define ON     20261124
#define SIGNED 20260301

static JpPolicy *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  JpPolicy *policy = jp_policy_new_from_data (id, &error);

  g_assert_no_error (error);
  return policy;
}

/* A signed and paid contract for C1 with the hours of 2022: 12 + 16 + 24 + 10 = 62. */
static JpPolicyFacts
make_facts (gint64 price_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("mot-2022", &error);
  JpPolicyFacts facts;

  g_assert_no_error (error);
  jp_policy_facts_init (&facts, curriculum, "C1");
  facts.on = ON;
  facts.price_fen = price_fen;
  facts.paid_fen = price_fen;
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = SIGNED;
  return facts;
}

static void
assert_earned (JpPolicy *policy, const JpPolicyFacts *facts, gint64 earned_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, &error);

  g_assert_no_error (error);
  g_assert_cmpint (plan->earned_fen, ==, earned_fen);
}

static void
assert_refund (JpPolicy *policy, const JpPolicyFacts *facts, gint64 refund_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, facts, &error);

  g_assert_no_error (error);
  g_assert_cmpint (refund->refund_fen, ==, refund_fen);
  g_assert_cmpint (refund->refund_fen + refund->deducted_fen, ==, facts->paid_fen);
}

static void
assert_missing (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_policy_plan_new (policy, facts, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
}

/* 青岛 2018, with the province's guide prices of 2016: exams 560, theory 30 × 8 = 240, practice
 * 48 × 50 = 2,400, together 3,200. At once 560 + 240 = 800; after 10 of 48 hours 500 more, 1,300;
 * who leaves then gets 3,200 − 1,300 = 1,900 back. */
static void
test_qingdao_2018 (void)
{
  g_autoptr (JpPolicy) policy = load ("qingdao-2018");
  JpPolicyFacts     facts = make_facts (320000);
  const JpPolicyFee fees[] = { { "service", 56000 }, { "theory", 24000 } };

  facts.fees = fees;
  facts.n_fees = G_N_ELEMENTS (fees);
  facts.parts[2].required_minutes = 20 * 60;
  facts.parts[3].required_minutes = 28 * 60;
  assert_earned (policy, &facts, 80000);
  facts.parts[2].reviewed_minutes = 6 * 60;
  facts.parts[3].reviewed_minutes = 4 * 60;
  assert_earned (policy, &facts, 130000);
  assert_refund (policy, &facts, 190000);
  g_assert_true (jp_policy_is_paid_per_stage (policy));
}

/* 扬中: the whole fee by real hours. 3,720 for 62 hours is 60 an hour: 12 + 10 hours earn 1,320; if
 * the school fails the other 2,400 go back. */
static void
test_yangzhong (void)
{
  g_autoptr (JpPolicy) policy = load ("yangzhong-2025");
  JpPolicyFacts facts = make_facts (372000);

  assert_earned (policy, &facts, 0);
  facts.parts[1].reviewed_minutes = 12 * 60;
  facts.parts[2].reviewed_minutes = 10 * 60;
  assert_earned (policy, &facts, 132000);
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  assert_refund (policy, &facts, 240000);
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    facts.parts[part].reviewed_minutes = facts.parts[part].required_minutes;
  assert_earned (policy, &facts, 372000);
}

/* 广州 and 北京 publish no shares: nothing is computed, and nothing is made up. */
static void
test_without_numbers (void)
{
  static const char *const ids[] = { "guangzhou-2023", "beijing-2024" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (JpPolicy) policy = load (ids[i]);
      JpPolicyFacts facts = make_facts (400000);

      g_assert_false (jp_policy_is_complete (policy));
      assert_missing (policy, &facts);
    }
}

/* 海南 2012: what was really trained is deducted. Part 2 costs 960 for 16 hours, 60 an hour; part 3
 * 1,440 for 24 hours, 60 an hour. After 12 hours of part 1 (300), 8 of part 2 (480) and half an
 * hour of part 3 (30), 3,200 − 810 = 2,390 go back; a transfer is the same. */
static void
test_hainan (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("hainan-2012");
  g_auto (JpPolicyTransfer) transfer = { 0 };
  JpPolicyFacts     facts = make_facts (320000);
  const JpPolicyFee fees[] = {
    { "part1", 30000 }, { "part2", 96000 }, { "part3", 144000 }, { "part4", 30000 }
  };

  facts.fees = fees;
  facts.n_fees = G_N_ELEMENTS (fees);
  facts.parts[1].used_minutes = 12 * 60;
  facts.parts[2].used_minutes = 8 * 60;
  facts.parts[3].used_minutes = 30;
  assert_refund (policy, &facts, 239000);
  g_assert_true (jp_policy_transfer (policy, &facts, &transfer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (transfer.stay_fen, ==, 81000);
  g_assert_cmpint (transfer.move_fen, ==, 239000);
  g_assert_true (transfer.hours_follow);
}

/* What pages of the web say, 3,000 paid. Before any training: all of it. The school does nothing
 * for 61 days: all of it. 5 of 16 hours of part 2 (no more than a third, 5 h 20 min) on day 90:
 * half, 1,500. 6 hours: 150 + 150 + 6 × 60 = 660, 2,340 go back; 91 days: the same by hours, 5 × 60
 * = 300, 2,400. A transfer at that point costs 20 % of 3,000 more: 2,400 − 600 = 1,800 move. */
static void
test_web_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("refund-web-pages");
  g_auto (JpPolicyTransfer) transfer = { 0 };
  g_auto (JpPolicyTransfer) blameless = { 0 };
  JpPolicyFacts facts = make_facts (300000);

  facts.on = 20260310;
  assert_refund (policy, &facts, 300000);
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  facts.on = 20260501; /* 61 days */
  assert_refund (policy, &facts, 300000);
  facts.fault = JP_POLICY_FAULT_TRAINEE;
  facts.events[JP_POLICY_EVENT_TRAINING_STARTED] = 20260305;
  facts.parts[2].used_minutes = 5 * 60;
  facts.on = 20260530; /* 90 days */
  assert_refund (policy, &facts, 150000);
  facts.parts[2].used_minutes = 6 * 60;
  assert_refund (policy, &facts, 234000);
  facts.parts[2].used_minutes = 5 * 60;
  facts.on = 20260531;
  assert_refund (policy, &facts, 240000);
  g_assert_true (jp_policy_transfer (policy, &facts, &transfer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (transfer.penalty_fen, ==, 60000);
  g_assert_cmpint (transfer.stay_fen, ==, 120000);
  g_assert_cmpint (transfer.move_fen, ==, 180000);
  facts.fault = JP_POLICY_FAULT_NOBODY;
  g_assert_true (jp_policy_transfer (policy, &facts, &blameless, &error));
  g_assert_cmpint (blameless.penalty_fen, ==, 0);
  g_assert_cmpint (jp_policy_get_refund_days (policy), ==, 10);
}

/* 济南, one booked exam car for 200: more than 12 hours before, all of it; 12 to 6 hours, 5 % = 10
 * are kept; 6 to 1 hours, 20 % = 40; later, or without notice, nothing comes back; and all of it if
 * the site or nobody is to blame. */
static void
test_jinan (void)
{
  static const struct
  {
    gint64        notice_minutes;
    JpPolicyFault fault;
    gint64        refund_fen;
  } cases[] = {
    { 2000, JP_POLICY_FAULT_TRAINEE, 20000 }, { 721, JP_POLICY_FAULT_TRAINEE, 20000 },
    { 720, JP_POLICY_FAULT_TRAINEE, 19000 },  { 360, JP_POLICY_FAULT_TRAINEE, 19000 },
    { 359, JP_POLICY_FAULT_TRAINEE, 16000 },  { 60, JP_POLICY_FAULT_TRAINEE, 16000 },
    { 59, JP_POLICY_FAULT_TRAINEE, 0 },       { JP_POLICY_UNKNOWN, JP_POLICY_FAULT_TRAINEE, 0 },
    { 0, JP_POLICY_FAULT_NOBODY, 20000 },     { 0, JP_POLICY_FAULT_SCHOOL, 20000 },
  };
  g_autoptr (JpPolicy) policy = load ("jinan-exam-car");
  JpPolicyFacts facts = make_facts (20000);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      facts.notice_minutes = cases[i].notice_minutes;
      facts.fault = cases[i].fault;
      assert_refund (policy, &facts, cases[i].refund_fen);
    }
  g_assert_cmpint (jp_policy_get_refund_days (policy), ==, 5);
}

/* 菏泽 publishes the principle only; the demo's rule for transfers says that it is an assumption.
 */
static void
test_heze_transfer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) demo = load ("heze-demo-assumption");
  g_auto (JpPolicyTransfer) transfer = { 0 };
  JpPolicyFacts facts = make_facts (400000);

  facts.released_fen = 40000;
  g_assert_true (jp_policy_transfer (demo, &facts, &transfer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (transfer.state, ==, JP_DATA_STATE_ASSUMED);
  g_assert_nonnull (strstr (transfer.clause, "假设"));
  g_assert_cmpuint (transfer.steps->len, >, 0);
  g_assert_cmpint (g_array_index (transfer.steps, JpPolicyStep, transfer.steps->len - 1).op, ==,
                   JP_POLICY_OP_STAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/policy-schemes/qingdao-2018", test_qingdao_2018);
  g_test_add_func ("/model/policy-schemes/yangzhong", test_yangzhong);
  g_test_add_func ("/model/policy-schemes/without-numbers", test_without_numbers);
  g_test_add_func ("/model/policy-schemes/hainan", test_hainan);
  g_test_add_func ("/model/policy-schemes/web-pages", test_web_pages);
  g_test_add_func ("/model/policy-schemes/jinan", test_jinan);
  g_test_add_func ("/model/policy-schemes/heze-transfer", test_heze_transfer);

  return g_test_run ();
}
