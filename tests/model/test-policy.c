/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy.h"

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

static JpPolicy *
parse (const char *rules)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat (
    "{\"format\":\"jiapei-policy\",\"format_version\":1,\"id\":\"t\",\"title\":\"t\",\"issuer\":"
    "\"t\",\"city\":\"t\",\"version\":1,\"valid_from\":\"2020-01-01\",\"confidence\":\"L\","
    "\"sources\":[{\"id\":\"t\",\"title\":\"t\",\"kind\":\"assumption\",\"confidence\":\"L\"}],",
    rules, "}", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JpPolicy *policy = jp_policy_new_from_bytes ("test.json", bytes, &error);

  g_assert_no_error (error);

  return policy;
}

/* A signed and paid contract for C1 with the hours of 2022: 12 + 16 + 24 + 10. */
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
  g_assert_cmpint (facts.parts[3].required_minutes, ==, 24 * 60);

  return facts;
}

static void
review (JpPolicyFacts *facts, int part, gint64 hours, JpDate on)
{
  facts->parts[part].reviewed_minutes = hours * 60;
  facts->parts[part].used_minutes = hours * 60;
  facts->parts[part].reviewed_on = on;
}

static JpPolicyPlan *
plan_for (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  JpPolicyPlan *plan = jp_policy_plan_new (policy, facts, &error);

  g_assert_no_error (error);

  return plan;
}

static void
assert_amounts (JpPolicy *policy, const JpPolicyFacts *facts, const gint64 *amounts, guint n)
{
  g_autoptr (JpPolicyPlan) plan = plan_for (policy, facts);

  g_assert_cmpuint (plan->n_stages, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (plan->stages[i].amount_fen, ==, amounts[i]);
}

static void
assert_earned (JpPolicy *policy, const JpPolicyFacts *facts, gint64 earned_fen)
{
  g_autoptr (JpPolicyPlan) plan = plan_for (policy, facts);

  g_assert_cmpint (plan->earned_fen, ==, earned_fen);
}

static void
assert_plan_error (JpPolicy *policy, const JpPolicyFacts *facts, JpModelError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_policy_plan_new (policy, facts, &error));
  g_assert_error (error, JP_MODEL_ERROR, (int)code);
}

/* 青岛: 30 % at once, 70 % with the hours. 70 % of 4,800.00 is 3,360.00 for 40 hours: 84.00 each.
 */
static void
test_qingdao (void)
{
  g_autoptr (JpPolicy) policy = load ("qingdao-2023");
  JpPolicyFacts facts = make_facts (480000);
  const gint64  amounts[] = { 144000, 336000 };

  assert_amounts (policy, &facts, amounts, 2);
  assert_earned (policy, &facts, 144000);
  facts.parts[2].reviewed_minutes = 60;
  assert_earned (policy, &facts, 144000 + 8400);
  facts.parts[2].reviewed_minutes = 61;
  assert_earned (policy, &facts, 144000 + 8540);
  facts.parts[2].reviewed_minutes = 5000; /* more than 16 hours do not count */
  assert_earned (policy, &facts, 144000 + 16 * 8400);
  review (&facts, 3, 24, ON);
  assert_earned (policy, &facts, 480000);

  /* 30 % of 4,799.99 is 1,439.997: the fen that rounding leaves goes to the last stage. */
  facts.price_fen = 479999;
  const gint64 odd[] = { 143999, 336000 };

  assert_amounts (policy, &facts, odd, 2);

  facts = make_facts (480000);
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = JP_DATE_NONE;
  facts.parts[2].reviewed_minutes = 60;
  assert_earned (policy, &facts, 0);
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = 20261125;
  assert_earned (policy, &facts, 0);
}

/* 深圳, paid at once: of 5,600.00, 25 % is 1,400.00, 15 % is 840.00, 30 % is 1,680.00. Of 5,000.01,
 * 25 % is 1,250.0025, 15 % is 750.0015, 30 % is 1,500.003: the last stage takes the fen. */
static void
test_shenzhen_once (void)
{
  g_autoptr (JpPolicy) policy = load ("shenzhen-2017-once");
  JpPolicyFacts facts = make_facts (560000);
  const gint64  amounts[] = { 140000, 84000, 168000, 168000 };
  const gint64  odd[] = { 125000, 75000, 150000, 150001 };

  assert_amounts (policy, &facts, amounts, 4);
  assert_earned (policy, &facts, 140000);
  facts.exams[1].passed_on = 20260501;
  assert_earned (policy, &facts, 224000);
  facts.exams[3].passed_on = 20260901;
  assert_earned (policy, &facts, 392000);
  facts.exams[2].passed_on = ON + 1; /* tomorrow */
  assert_earned (policy, &facts, 392000);
  facts.exams[2].passed_on = ON;
  assert_earned (policy, &facts, 560000);

  facts.price_fen = 500001;
  assert_amounts (policy, &facts, odd, 4);
}

/* 深圳 by segments: the contract names four prices; 科二 ≥ 30 %, 科三 + 科四 ≥ 30 %. */
static void
test_shenzhen_staged (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("shenzhen-2017-staged");
  JpPolicyFacts     facts = make_facts (600000);
  const JpPolicyFee fees[] = {
    { "subject1", 220000 }, { "subject2", 190000 }, { "subject3", 180000 }, { "subject4", 10000 }
  };
  const JpPolicyFee low[] = {
    { "subject1", 261000 }, { "subject2", 179900 }, { "subject3", 149100 }, { "subject4", 10000 }
  };
  const gint64 amounts[] = { 220000, 190000, 180000, 10000 };

  assert_plan_error (policy, &facts, JP_MODEL_ERROR_MISSING);
  facts.fees = fees;
  facts.n_fees = 4;
  assert_amounts (policy, &facts, amounts, 4);
  facts.exams[1].passed_on = ON;
  assert_earned (policy, &facts, 220000);
  facts.exams[4].passed_on = ON;
  assert_earned (policy, &facts, 230000);
  facts.price_fen = 600001;
  facts.paid_fen = 600001;
  assert_plan_error (policy, &facts, JP_MODEL_ERROR_INVALID);

  g_autoptr (GArray) good = jp_policy_check_fees (policy, 600000, fees, 4, &error);
  g_autoptr (GArray) bad = jp_policy_check_fees (policy, 600000, low, 4, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (good->len, ==, 0);
  g_assert_cmpuint (bad->len, ==, 2);
  g_assert_cmpint (g_array_index (bad, JpPolicyViolation, 0).bound_fen, ==, 180000);
  g_assert_cmpint (g_array_index (bad, JpPolicyViolation, 1).actual_fen, ==, 159100);
}

/* 福州: 10 % on the day, 30 % each when the hours of 科一, 科二, 科三 are approved. Of 4,280.00:
 * 428.00 and three times 1,284.00, so 1,712.00 after 科一, 2,996.00 after 科二, 4,280.00 after
 * 科三. */
static void
test_fuzhou (void)
{
  g_autoptr (JpPolicy) policy = load ("fuzhou-2020");
  JpPolicyFacts facts = make_facts (428000);
  const gint64  amounts[] = { 42800, 128400, 128400, 128400 };

  assert_amounts (policy, &facts, amounts, 4);
  assert_earned (policy, &facts, 42800);
  review (&facts, 1, 12, 20260401);
  assert_earned (policy, &facts, 171200);
  review (&facts, 2, 15, 20260501);
  assert_earned (policy, &facts, 171200);
  review (&facts, 2, 16, 20260601);
  assert_earned (policy, &facts, 299600);
  review (&facts, 3, 24, 20260701);
  assert_earned (policy, &facts, 428000);

  g_autoptr (JpPolicyPlan) plan = plan_for (policy, &facts);

  g_assert_cmpint (plan->stages[2].state, ==, JP_POLICY_STAGE_EARNED);
  g_assert_cmpint (plan->stages[2].reached_on, ==, 20260601);
  g_assert_cmpint (plan->stages[2].due_on, ==, 20260601);
  g_assert_cmpint (plan->custody_fen, ==, 428000);
}

static const JpPolicyFee dongguan_fees[] = { { "service", 126300 },
                                             { "theory", 25200 },
                                             { "part2", 177400 },
                                             { "part3", 177100 } };

/* 东莞 2021: the published example, 1263 + 252 + 1774 + 1771 = 5060; 150 an hour, capped by each
 * part: 6.5 h × 150 = 975; 12 h × 150 = 1800 is above 1774; 24 h are all of part 3. */
static void
test_dongguan_release (void)
{
  g_autoptr (JpPolicy) policy = load ("dongguan-2021");
  JpPolicyFacts facts = make_facts (506000);
  const gint64  amounts[] = { 126300, 25200, 177400, 177100 };

  facts.fees = dongguan_fees;
  facts.n_fees = 4;
  assert_amounts (policy, &facts, amounts, 4);
  assert_earned (policy, &facts, 126300);
  facts.events[JP_POLICY_EVENT_CARD_ISSUED] = ON;
  assert_earned (policy, &facts, 151500);
  facts.parts[2].reviewed_minutes = 6 * 60 + 30;
  assert_earned (policy, &facts, 151500 + 97500);
  facts.parts[2].reviewed_minutes = 12 * 60; /* 1,800 is above the 1,774 of the part */
  assert_earned (policy, &facts, 151500 + 177400);
  review (&facts, 3, 24, ON);
  assert_earned (policy, &facts, 506000);

  g_autoptr (JpPolicyPlan) plan = plan_for (policy, &facts);

  g_assert_cmpint (plan->custody_fen, ==, 150000);
}

static JpPolicyRefund *
refund_for (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  JpPolicyRefund *refund = jp_policy_refund_new (policy, facts, &error);

  g_assert_no_error (error);

  return refund;
}

static void
assert_refund (JpPolicy *policy, const JpPolicyFacts *facts, gint64 refund_fen)
{
  g_autoptr (JpPolicyRefund) refund = refund_for (policy, facts);

  g_assert_cmpint (refund->refund_fen, ==, refund_fen);
}

static void
assert_line (const JpPolicyRefund *refund, const char *id, gint64 amount_fen)
{
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const JpPolicyRefundLine *line = &g_array_index (refund->lines, JpPolicyRefundLine, i);

      if (g_str_equal (line->id, id))
        {
          g_assert_cmpint (line->amount_fen, ==, amount_fen);
          return;
        }
    }

  g_assert_cmpstr (id, ==, "a line of the refund");
}

/* By hand: service 1263 + theory 252 + 6 h × 150 = 900 + 10 % of 5060 = 506 → 2921 are kept. */
static void
test_dongguan_2021_refund (void)
{
  g_autoptr (JpPolicy) policy = load ("dongguan-2021");
  JpPolicyFacts facts = make_facts (506000);

  facts.fees = dongguan_fees;
  facts.n_fees = 4;
  facts.parts[2].reviewed_minutes = 360;
  facts.events[JP_POLICY_EVENT_CARD_ISSUED] = 20260310;

  g_autoptr (JpPolicyRefund) refund = refund_for (policy, &facts);

  assert_line (refund, "service", 126300);
  assert_line (refund, "theory", 25200);
  assert_line (refund, "part2", 90000);
  assert_line (refund, "part3", 0);
  assert_line (refund, "penalty", 50600);
  g_assert_cmpint (refund->deducted_fen, ==, 292100);
  g_assert_cmpint (refund->refund_fen, ==, 213900);

  facts.events[JP_POLICY_EVENT_CARD_ISSUED] = JP_DATE_NONE;
  assert_refund (policy, &facts, 213900 + 25200);
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  assert_refund (policy, &facts, 213900 + 25200 + 50600);

  /* 1263 + 252 + 1774 + 1771 + 506 = 5566: no more than the price of 5060 is kept. */
  facts.fault = JP_POLICY_FAULT_TRAINEE;
  facts.events[JP_POLICY_EVENT_CARD_ISSUED] = 20260310;
  review (&facts, 2, 16, ON);
  review (&facts, 3, 24, ON);

  g_autoptr (JpPolicyRefund) all = refund_for (policy, &facts);

  assert_line (all, "part2", 177400);
  assert_line (all, "part3", 177100);
  assert_line (all, "total-cap", -50600);
  g_assert_cmpint (all->refund_fen, ==, 0);
}

/* By hand: 600 + 300 + 100 + (70 + 35) + 130 + 8 h × 120 = 960 + 20 % of 3500 = 700 → 2895. */
static void
test_dongguan_2023_refund (void)
{
  g_autoptr (JpPolicy) policy = load ("dongguan-2023");
  JpPolicyFacts     facts = make_facts (450000);
  const JpPolicyFee fees[] = { { "training", 350000 }, { "site", 70000 } };

  facts.fees = fees;
  facts.n_fees = 1;
  facts.exams[1] = (JpPolicyExamFacts){ 20260501, 2 };
  facts.exams[2] = (JpPolicyExamFacts){ JP_DATE_NONE, 1 };
  facts.parts[2].reviewed_minutes = 480;

  g_autoptr (JpPolicyRefund) refund = refund_for (policy, &facts);

  assert_line (refund, "service", 60000);
  assert_line (refund, "filing", 30000);
  assert_line (refund, "card", 10000);
  assert_line (refund, "site", 0);
  assert_line (refund, "exam1", 10500);
  assert_line (refund, "exam2", 13000);
  assert_line (refund, "exam3", 0);
  assert_line (refund, "licence", 0);
  assert_line (refund, "practice", 96000);
  assert_line (refund, "penalty", 70000);
  g_assert_cmpint (refund->deducted_fen, ==, 289500);
  g_assert_cmpint (refund->refund_fen, ==, 160500);

  facts.n_fees = 2; /* a branch that charges for the site */
  assert_refund (policy, &facts, 160500 - 70000);
  facts.n_fees = 1;
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  assert_refund (policy, &facts, 160500 + 70000);
  facts.fault = JP_POLICY_FAULT_TRAINEE;
  facts.licence_type = "C2"; /* 150 an hour */
  assert_refund (policy, &facts, 160500 - 24000);
  facts.licence_type = "C1";
  facts.events[JP_POLICY_EVENT_LICENCE_ISSUED] = ON;
  assert_refund (policy, &facts, 160500 - 1000);

  /* Paid less than what is to be kept: nothing comes back, and nothing more is asked for. */
  facts.paid_fen = 200000;

  g_autoptr (JpPolicyRefund) floor = refund_for (policy, &facts);

  assert_line (floor, "floor", 200000 - 290500);
  g_assert_cmpint (floor->refund_fen, ==, 0);
  g_assert_cmpint (floor->deducted_fen, ==, 200000);
}

/* Half the service fee of 600 before the file is opened, all of it afterwards; 1.5 h × 80 = 120.
 * 4,000 − 300 − 120 = 3,580, later 4,000 − 600 − 120 = 3,280. */
static void
test_dongcheng_refund (void)
{
  g_autoptr (JpPolicy) policy = load ("dongguan-dongcheng");
  JpPolicyFacts     facts = make_facts (400000);
  const JpPolicyFee fees[] = { { "service", 60000 } };

  facts.fees = fees;
  facts.n_fees = 1;
  facts.parts[2].reviewed_minutes = 90;
  assert_refund (policy, &facts, 400000 - 30000 - 12000);
  facts.events[JP_POLICY_EVENT_FILE_OPENED] = ON + 1;
  assert_refund (policy, &facts, 400000 - 30000 - 12000);
  facts.events[JP_POLICY_EVENT_FILE_OPENED] = ON;
  assert_refund (policy, &facts, 400000 - 60000 - 12000);
}

/* 青岛: 1,440 + 2.5 h × 84 = 1,650 is earned; the school has had 1,440. */
static void
test_split (void)
{
  g_autoptr (JpPolicy) policy = load ("qingdao-2023");
  JpPolicyFacts facts = make_facts (480000);

  facts.parts[2].reviewed_minutes = 150;
  facts.released_fen = 144000;

  g_autoptr (JpPolicyRefund) refund = refund_for (policy, &facts);

  assert_line (refund, "earned", 165000);
  g_assert_cmpint (refund->refund_fen, ==, 315000);
  g_assert_cmpint (refund->from_custody_fen, ==, 315000);
  g_assert_cmpint (refund->from_school_fen, ==, 0);
  g_assert_cmpint (refund->to_school_fen, ==, 21000);

  facts.released_fen = 200000; /* more than it has earned */

  g_autoptr (JpPolicyRefund) over = refund_for (policy, &facts);

  g_assert_cmpint (over->refund_fen, ==, 315000);
  g_assert_cmpint (over->from_custody_fen, ==, 280000);
  g_assert_cmpint (over->from_school_fen, ==, 35000);
  g_assert_cmpint (over->to_school_fen, ==, 0);
}

/* The demo prices what was used: 10 % + 6 of 12 hours of 30 % = 25 % of 4,000. */
static void
test_demo (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("heze-demo-assumption");
  g_auto (JpPolicyTransfer) transfer = { 0 };
  JpPolicyFacts facts = make_facts (400000);

  facts.parts[1].used_minutes = 360;
  assert_earned (policy, &facts, 40000);
  assert_refund (policy, &facts, 300000);
  g_assert_true (jp_policy_transfer (policy, &facts, &transfer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (transfer.stay_fen, ==, 40000);
  g_assert_cmpint (transfer.move_fen, ==, 360000);
  g_assert_true (transfer.hours_follow);
  g_assert_cmpint (transfer.state, ==, JP_DATA_STATE_ASSUMED);

  for (int part = 1; part <= 4; part++)
    review (&facts, part, 24, ON);
  assert_earned (policy, &facts, 400000);
  assert_refund (policy, &facts, 0);
}

static void
test_unpublished (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) heze = load ("heze-editable");
  g_autoptr (JpPolicy) dongguan = load ("dongguan-2023");
  JpPolicyFacts    facts = make_facts (400000);
  JpPolicyTransfer transfer = { 0 };

  assert_plan_error (heze, &facts, JP_MODEL_ERROR_MISSING);
  assert_plan_error (dongguan, &facts, JP_MODEL_ERROR_MISSING);
  g_assert_null (jp_policy_refund_new (heze, &facts, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (jp_policy_transfer (heze, &facts, &transfer, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
}

#define STAGE(id, trigger, rest)                                                                   \
  "{\"id\":\"" id "\",\"title\":\"t\",\"clause\":\"c\",\"trigger\":" trigger "," rest "}"

static void
test_delay (void)
{
  g_autoptr (JpPolicy) policy =
    parse ("\"stages\":[" STAGE ("a", "{\"kind\":\"hours_reviewed\",\"parts\":[1,2]}",
                                 "\"amount_fen\":100000,\"cap_bp\":2000,\"review_delay_"
                                 "days\":7") "," STAGE ("b", "{\"kind\":\"graduated\"}",
                                                        "\"rest\":true") "]");
  JpPolicyFacts facts = make_facts (300000);
  const gint64  amounts[] = { 60000, 240000 };

  assert_amounts (policy, &facts, amounts, 2);
  review (&facts, 1, 12, 20261101);
  review (&facts, 2, 16, 20261118);

  g_autoptr (JpPolicyPlan) waiting = plan_for (policy, &facts);

  g_assert_cmpint (waiting->stages[0].state, ==, JP_POLICY_STAGE_WAITING);
  g_assert_cmpint (waiting->stages[0].reached_on, ==, 20261118);
  g_assert_cmpint (waiting->stages[0].due_on, ==, 20261125);
  g_assert_cmpint (waiting->stages[0].used_fen, ==, 60000);
  g_assert_cmpint (waiting->earned_fen, ==, 0);

  facts.on = 20261125;
  assert_earned (policy, &facts, 60000);
  facts.parts[2].reviewed_on = JP_DATE_NONE; /* nobody knows when: the days cannot be counted */
  assert_earned (policy, &facts, 0);
}

static void
test_several_triggers (void)
{
  g_autoptr (JpPolicy) policy = parse (
    "\"stages\":[" STAGE ("any",
                          "{\"kind\":\"any\",\"of\":[{\"kind\":\"hours_reviewed\",\"parts\":[2]},{"
                          "\"kind\":\"exam_passed\",\"subject\":2}]}",
                          "\"share_bp\":5000") "," STAGE ("all",
                                                          "{\"kind\":\"all\",\"of\":[{\"kind\":"
                                                          "\"file_opened\"},{\"kind\":\"exam_"
                                                          "passed\",\"subject\":3}]}",
                                                          "\"share_bp\":5000") "]");
  JpPolicyFacts facts = make_facts (200000);

  assert_earned (policy, &facts, 0);
  facts.exams[2].passed_on = 20261010;
  assert_earned (policy, &facts, 100000);
  review (&facts, 2, 16, 20261001);
  facts.exams[3].passed_on = 20261020;
  assert_earned (policy, &facts, 100000);
  facts.events[JP_POLICY_EVENT_FILE_OPENED] = 20260401;

  g_autoptr (JpPolicyPlan) plan = plan_for (policy, &facts);

  g_assert_cmpint (plan->earned_fen, ==, 200000);
  g_assert_cmpint (plan->stages[0].reached_on, ==, 20261001);
  g_assert_cmpint (plan->stages[1].reached_on, ==, 20261020);
}

/* Rules that only weak sources tell of, but that the format must be able to say: everything back
 * before the training begins or if the school does nothing for 60 days; half of it if no more than
 * a third of the hours of part 2 was used within 90 days. */
static void
test_overrides (void)
{
  g_autoptr (JpPolicy) policy =
    parse ("\"refund\":{\"overrides\":["
           "{\"id\":\"before\",\"title\":\"t\",\"clause\":\"c\",\"refund_bp\":10000,"
           "\"when\":{\"hours_at_most\":{\"part\":1,\"num\":0,\"den\":1},\"within_days\":{\"of\":"
           "\"contract_signed\",\"days\":30}}},"
           "{\"id\":\"idle\",\"title\":\"t\",\"clause\":\"c\",\"refund_bp\":10000,"
           "\"when\":{\"not_happened\":\"training_started\",\"fault\":[\"school\"],\"after_days\":{"
           "\"of\":\"contract_signed\",\"days\":60}}},"
           "{\"id\":\"third\",\"title\":\"t\",\"clause\":\"c\",\"refund_bp\":5000,"
           "\"when\":{\"hours_at_most\":{\"part\":2,\"num\":1,\"den\":3},\"within_days\":{\"of\":"
           "\"contract_signed\",\"days\":90}}}],"
           "\"items\":[{\"id\":\"half\",\"title\":\"t\",\"clause\":\"c\",\"charge\":\"share\","
           "\"share_bp\":8000}]}");
  JpPolicyFacts facts = make_facts (300001);

  facts.on = 20260331; /* 30 days */
  assert_refund (policy, &facts, 300001);
  facts.on = 20260401;
  assert_refund (policy, &facts, 150000);
  facts.on = 20260430; /* 60 days: not yet more than 60 */
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  assert_refund (policy, &facts, 150000);
  facts.on = 20260501;
  assert_refund (policy, &facts, 300001);
  facts.events[JP_POLICY_EVENT_TRAINING_STARTED] = 20260401;
  assert_refund (policy, &facts, 150000);
  facts.parts[2].used_minutes = 320; /* a third of 960 */
  assert_refund (policy, &facts, 150000);
  facts.parts[2].used_minutes = 321;
  assert_refund (policy, &facts, 300001 - 240000);
  facts.parts[2].used_minutes = 0;
  facts.on = 20260531; /* 91 days */
  assert_refund (policy, &facts, 300001 - 240000);
}

static void
test_unknown_hours (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("fuzhou-2020");
  g_autoptr (JpPolicy) qingdao = load ("qingdao-2023");
  JpPolicyFacts facts;

  jp_policy_facts_init (&facts, NULL, "C2");
  facts.on = ON;
  facts.price_fen = 100000;
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = SIGNED;

  /* A contract can be drafted and signed; only training needs the hours. */
  assert_earned (policy, &facts, 10000);
  assert_earned (qingdao, &facts, 30000);
  facts.parts[2].reviewed_minutes = 1;
  assert_plan_error (policy, &facts, JP_MODEL_ERROR_MISSING);
  assert_plan_error (qingdao, &facts, JP_MODEL_ERROR_MISSING);
}

static void
test_bad_facts (void)
{
  g_autoptr (JpPolicy) policy = load ("fuzhou-2020");
  g_autoptr (JpPolicy) dongguan = load ("dongguan-2023");
  const JpPolicyFee twice[] = { { "a", 1 }, { "a", 1 } };
  const JpPolicyFee negative[] = { { "a", -1 } };
  JpPolicyFacts     good = make_facts (100000);
  JpPolicyFacts     bad[14];

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = good;

  bad[0].price_fen = -1;
  bad[1].price_fen = JP_FEN_MAX + 1;
  bad[2].paid_fen = -1;
  bad[3].released_fen = 100001;
  bad[4].released_fen = -1;
  bad[5].on = 20261131;
  bad[6].events[JP_POLICY_EVENT_GRADUATED] = 5;
  bad[7].parts[2].reviewed_minutes = -1;
  bad[8].parts[3].required_minutes = -2;
  bad[9].parts[4].used_minutes = JP_POLICY_MAX_MINUTES + 1;
  bad[10].exams[1].n_attempts = -1;
  bad[11].exams[2].passed_on = 20261301;
  bad[12].fault = (JpPolicyFault)3;
  bad[13].fees = negative;
  bad[13].n_fees = 1;

  assert_earned (policy, &good, 10000);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_plan_error (policy, &bad[i], JP_MODEL_ERROR_RANGE);

  good.fees = twice;
  good.n_fees = 2;
  assert_plan_error (policy, &good, JP_MODEL_ERROR_INVALID);
  good.n_fees = 0;
  good.licence_type = "A1";
  assert_plan_error (dongguan, &good, JP_MODEL_ERROR_INVALID);
}

static gboolean
has_sentence (const GArray *steps, const char *wanted)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const JpPolicyStep *step = &g_array_index (steps, JpPolicyStep, i);
      g_autofree char    *sentence = jp_policy_trace_dup_sentence (step);

      g_test_message ("%s (%s): %s", step->rule, step->clause, sentence);
      g_assert_null (strchr (sentence, '{'));
      if (g_str_equal (sentence, wanted))
        return TRUE;
    }

  return FALSE;
}

static void
test_trace (void)
{
  g_autoptr (JpPolicy) policy = load ("qingdao-2023");
  g_autoptr (JpPolicy) dongguan = load ("dongguan-2023");
  JpPolicyFacts     facts = make_facts (480000);
  const JpPolicyFee fees[] = { { "training", 350000 } };

  facts.parts[2].reviewed_minutes = 150;
  facts.fees = fees;
  facts.n_fees = 1;
  facts.exams[1].n_attempts = 2;

  g_autoptr (JpPolicyPlan) plan = plan_for (policy, &facts);
  g_autoptr (JpPolicyRefund) refund = refund_for (dongguan, &facts);

  g_assert_true (has_sentence (plan->steps, "30% of ¥4,800.00 = ¥1,440.00"));
  g_assert_true (has_sentence (plan->steps, "contract signed: done on 2026-03-01"));
  g_assert_true (has_sentence (plan->steps, "2.5 of 40.0 hours: ¥3,360.00 × 2.5 ÷ 40.0 = ¥210.00"));
  g_assert_true (has_sentence (refund->steps, "penalty: 20% of ¥3,500.00 = ¥700.00"));
  g_assert_true (
    has_sentence (refund->steps, "exam fee ¥70.00, again ¥35.00 each, 2 attempts: ¥105.00"));
  g_assert_true (has_sentence (refund->steps, "the condition is not met: nothing is charged"));

  facts.parts[2].reviewed_minutes = 61;

  g_autoptr (JpPolicyPlan) odd = plan_for (policy, &facts);

  g_assert_true (has_sentence (odd->steps, "1:01 of 40.0 hours: ¥3,360.00 × 1:01 ÷ 40.0 = ¥85.40"));

  for (int op = 0; op <= JP_POLICY_LAST_OP; op++)
    {
      JpPolicyStep     step = { .op = (JpPolicyOp)op, .operands = { 1, 1, 1 } };
      g_autofree char *sentence = jp_policy_trace_dup_sentence (&step);

      g_assert_cmpuint (strlen (sentence), >, 3);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/policy-release/qingdao", test_qingdao);
  g_test_add_func ("/model/policy-release/shenzhen-once", test_shenzhen_once);
  g_test_add_func ("/model/policy-release/shenzhen-staged", test_shenzhen_staged);
  g_test_add_func ("/model/policy-release/fuzhou", test_fuzhou);
  g_test_add_func ("/model/policy-release/dongguan", test_dongguan_release);
  g_test_add_func ("/model/policy-release/delay", test_delay);
  g_test_add_func ("/model/policy-release/several-triggers", test_several_triggers);
  g_test_add_func ("/model/policy-release/unknown-hours", test_unknown_hours);
  g_test_add_func ("/model/policy-release/bad-facts", test_bad_facts);
  g_test_add_func ("/model/policy-refund/dongguan-2021", test_dongguan_2021_refund);
  g_test_add_func ("/model/policy-refund/dongguan-2023", test_dongguan_2023_refund);
  g_test_add_func ("/model/policy-refund/dongcheng", test_dongcheng_refund);
  g_test_add_func ("/model/policy-refund/split", test_split);
  g_test_add_func ("/model/policy-refund/overrides", test_overrides);
  g_test_add_func ("/model/policy-refund/demo", test_demo);
  g_test_add_func ("/model/policy-refund/unpublished", test_unpublished);
  g_test_add_func ("/model/policy-trace/sentences", test_trace);

  return g_test_run ();
}
