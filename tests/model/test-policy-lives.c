/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data.h"
#include "jp-fake-clock.h"
#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy.h"
#include "jp-test-random.h"

/* Random contracts live random lives under random rules: sign, pay, train, be reviewed, sit exams,
 * be paid out by statements, and graduate, leave or change schools. Whatever happens, money is
 * conserved to the fen. JP_TEST_SEED repeats a run. */

#define N_LIVES    200000
#define N_FACTS    50000
#define N_POLICIES 200
#define N_EVENTS   8
#define N_FEES     9
#define FIRST_DAY  20260101

typedef struct
{
  JpIdSource *random;   /* (owned) */
  GPtrArray  *policies; /* (owned) (element-type JpPolicy) */
  guint       n_plans;
  guint       n_ends; /* lives that reached an end with money computed */
} Lives;

/* One contract, its books kept apart from the evaluator. */
typedef struct
{
  JpPolicy     *policy;
  JpPolicyFacts facts;
  JpPolicyFee   fees[N_FEES];
  gint64        by_stage_fen[JP_POLICY_MAX_STAGES]; /* released */
  gint64        lines_fen;                          /* of all statements */
  gint64        custody_fen;
} Life;

static gint64
below (Lives *lives, gint64 bound)
{
  return jp_id_source_below (lives->random, (guint32)bound);
}

static gboolean
chance (Lives *lives, guint one_in)
{
  return below (lives, one_in) == 0;
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

/* --- random rules --- */

#define ROW "{\"id\":\"%s%u\",\"title\":\"t\",\"clause\":\"c\","

static const char *const triggers[] = {
  "{\"kind\":\"contract_signed\"}",
  "{\"kind\":\"fee_paid\"}",
  "{\"kind\":\"file_opened\"}",
  "{\"kind\":\"hours_reviewed\",\"parts\":[1]}",
  "{\"kind\":\"hours_reviewed\",\"parts\":[3,4]}",
  "{\"kind\":\"exam_passed\",\"subject\":3}",
  "{\"kind\":\"any\",\"of\":[{\"kind\":\"exam_passed\",\"subject\":2},{\"kind\":\"hours_reviewed\","
  "\"parts\":[2]}]}",
  "{\"kind\":\"all\",\"of\":[{\"kind\":\"graduated\"},{\"kind\":\"hours_reviewed\",\"parts\":[4]}"
  "]}",
  "{\"kind\":\"hours_daily\",\"parts\":[2,3]}",
  "{\"kind\":\"hours_daily\",\"parts\":[2],\"per_hour_fen\":5001}",
};
#define FIRST_DAILY 8

static void
add_stage (Lives *lives, GString *rules, guint index, int *left_bp)
{
  gsize trigger = (gsize)below (lives, G_N_ELEMENTS (triggers));

  g_string_append_printf (rules, ROW "\"trigger\":%s,", "s", index, triggers[trigger]);
  if (trigger < FIRST_DAILY && chance (lives, 3))
    g_string_append_printf (rules, "\"review_delay_days\":%d,", (int)below (lives, 40));
  if (chance (lives, 4))
    g_string_append_printf (rules, "\"cap_fen\":%d,", (int)below (lives, 200000));
  if (chance (lives, 4))
    g_string_append_printf (rules, "\"cap_bp\":%d,", (int)below (lives, 5000));
  if (chance (lives, 8))
    g_string_append_printf (rules, "\"amount_fen\":%d},", (int)below (lives, 30000));
  else if (chance (lives, 8))
    g_string_append (rules, "\"fee\":\"subject1\"},");
  else
    {
      int share_bp = (int)below (lives, *left_bp + 1);

      *left_bp -= share_bp;
      g_string_append_printf (rules, "\"share_bp\":%d},", share_bp);
    }
}

static void
add_item (Lives *lives, GString *rules, guint index)
{
  static const char *const charges[] = {
    "\"charge\":\"fixed\",\"amount_fen\":12345",
    "\"charge\":\"fee\",\"fee\":\"service\"",
    "\"charge\":\"fee\",\"fee\":\"site\",\"optional\":true",
    "\"charge\":\"share\",\"share_bp\":333",
    "\"charge\":\"exam\",\"subject\":2,\"first_fen\":13000,\"again_fen\":6500",
    "\"charge\":\"hours\",\"parts\":[2,3],\"rate_fen\":12001",
    "\"charge\":\"hours\",\"parts\":[1],\"minutes\":\"used\",\"rates\":[{\"licence_types\":[\"C1\"]"
    ","
    "\"rate_fen\":8000}]",
    "\"charge\":\"penalty\",\"share_bp\":2000,\"of\":\"unused\",\"fault\":[\"trainee\"]",
    "\"charge\":\"penalty\",\"share_bp\":1000,\"of\":\"paid\",\"fault\":[\"trainee\",\"nobody\"]",
    "\"charge\":\"penalty\",\"share_bp\":999,\"of\":\"fee\",\"fee\":\"training\",\"fault\":["
    "\"school\"]",
  };
  static const char *const extras[] = {
    "",
    ",\"cap\":{\"amount_fen\":30000}",
    ",\"cap\":{\"share_bp\":500}",
    ",\"cap\":{\"fee\":\"part2\"}",
    ",\"refundable_until\":\"file_opened\",\"before_bp\":5000",
    ",\"refundable_until\":\"training_started\"",
    ",\"when\":{\"fault\":[\"trainee\"],\"exam_not_passed\":1}",
    ",\"when\":{\"after_days\":{\"of\":\"contract_signed\",\"days\":60}}",
  };

  g_string_append_printf (rules, ROW "%s%s}", "i", index,
                          charges[below (lives, G_N_ELEMENTS (charges))],
                          extras[below (lives, G_N_ELEMENTS (extras))]);
}

static void
add_refund (Lives *lives, GString *rules)
{
  guint n_items = 1 + (guint)below (lives, 6);

  g_string_append (rules, ",\"refund\":{");
  if (chance (lives, 3))
    g_string_append_printf (rules,
                            "\"overrides\":[" ROW "\"refund_bp\":%d,\"when\":{\"hours_at_most\":{"
                            "\"part\":2,\"num\":1,\"den\":3},\"within_days\":{\"of\":\"contract_"
                            "signed\",\"days\":90}}}],",
                            "o", 0, (int)below (lives, JP_BASIS_POINTS_ALL + 1));
  if (chance (lives, 3))
    g_string_append_printf (rules, "\"total_cap\":{\"share_bp\":%d,\"clause\":\"c\"},",
                            (int)below (lives, JP_BASIS_POINTS_ALL + 1));
  g_string_append (rules, "\"items\":[");
  for (guint i = 0; i < n_items; i++)
    {
      add_item (lives, rules, i);
      g_string_append_c (rules, ',');
    }
  g_string_append_printf (rules, ROW "\"charge\":\"%s\"}]}", "last", 0,
                          chance (lives, 2) ? "used" : "earned");
}

static JpPolicy *
make_policy (Lives *lives)
{
  g_autoptr (GString) rules = g_string_new ("\"stages\":[");
  guint n_stages = 1 + (guint)below (lives, 8);
  int   left_bp = JP_BASIS_POINTS_ALL;

  for (guint i = 0; i + 1 < n_stages; i++)
    add_stage (lives, rules, i, &left_bp);
  g_string_append_printf (rules, ROW "\"trigger\":%s,\"rest\":true}]", "s", n_stages,
                          triggers[below (lives, G_N_ELEMENTS (triggers))]);
  add_refund (lives, rules);
  g_string_append_printf (rules,
                          ",\"transfer\":{\"money\":\"%s\",\"penalty_bp\":%d,\"clause\":\"c\"}",
                          chance (lives, 2) ? "refund" : "follow", (int)below (lives, 3000));
  return parse (rules->str);
}

static void
lives_set_up (Lives *lives, gconstpointer data)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_auto (GStrv) names = jp_data_list ("policies");

  lives->random = jp_test_random_new_source (JP_CLOCK (clock));
  lives->policies = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_policy_unref);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));

      g_ptr_array_add (lives->policies, jp_policy_new_from_data (id, &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < N_POLICIES; i++)
    g_ptr_array_add (lives->policies, make_policy (lives));
}

static void
lives_tear_down (Lives *lives, gconstpointer data)
{
  g_clear_pointer (&lives->policies, g_ptr_array_unref);
  g_clear_object (&lives->random);
}

/* --- properties of one evaluation --- */

static void
assert_same_steps (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const JpPolicyStep *x = &g_array_index (a, JpPolicyStep, i);
      const JpPolicyStep *y = &g_array_index (b, JpPolicyStep, i);

      g_assert_cmpint (x->op, ==, y->op);
      g_assert_true (x->rule == y->rule || g_str_equal (x->rule, y->rule));
      g_assert_true (x->clause == y->clause || g_str_equal (x->clause, y->clause));
      g_assert_cmpint (x->result, ==, y->result);
      for (guint j = 0; j < JP_POLICY_OPERANDS; j++)
        g_assert_cmpint (x->operands[j], ==, y->operands[j]);
    }
}

static JpPolicyPlan *
check_plan (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again_error = NULL;
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, &error);
  g_autoptr (JpPolicyPlan) again = jp_policy_plan_new (policy, facts, &again_error);
  gint64 sum_fen = 0;
  gint64 earned_fen = 0;

  if (plan == NULL)
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      g_assert_null (again);
      g_assert_cmpstr (error->message, ==, again_error->message);
      return NULL;
    }

  for (guint i = 0; i < plan->n_stages; i++)
    {
      const JpPolicyStageResult *result = &plan->stages[i];

      g_assert_cmpint (result->earned_fen, >=, 0);
      g_assert_cmpint (result->earned_fen, <=, result->amount_fen);
      if (result->used_fen != JP_POLICY_UNKNOWN)
        g_assert_cmpint (result->used_fen, >=, result->earned_fen);
      g_assert_cmpint (result->used_fen, <=, result->amount_fen);
      sum_fen += result->amount_fen;
      earned_fen += result->earned_fen;
    }

  g_assert_cmpint (sum_fen, ==, facts->price_fen);
  g_assert_cmpint (earned_fen, ==, plan->earned_fen);
  g_assert_cmpint (plan->releasable_fen, ==, MIN (earned_fen, facts->paid_fen));
  assert_same_steps (plan->steps, again->steps);
  return g_steal_pointer (&plan);
}

static JpPolicyRefund *
check_refund (JpPolicy *policy, const JpPolicyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, facts, &error);
  g_autoptr (JpPolicyRefund) again = jp_policy_refund_new (policy, facts, NULL);
  gint64 sum_fen = 0;

  if (refund == NULL)
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      g_assert_null (again);
      return NULL;
    }

  for (guint i = 0; i < refund->lines->len; i++)
    sum_fen += g_array_index (refund->lines, JpPolicyRefundLine, i).amount_fen;

  g_assert_cmpint (sum_fen, ==, refund->deducted_fen);
  g_assert_cmpint (refund->refund_fen, >=, 0);
  g_assert_cmpint (refund->deducted_fen, >=, 0);
  g_assert_cmpint (refund->refund_fen + refund->deducted_fen, ==, facts->paid_fen);
  g_assert_cmpint (refund->from_custody_fen + refund->from_school_fen, ==, refund->refund_fen);
  g_assert_cmpint (refund->from_custody_fen + refund->to_school_fen, ==,
                   facts->paid_fen - facts->released_fen);
  g_assert_true (refund->from_school_fen == 0 || refund->to_school_fen == 0);
  assert_same_steps (refund->steps, again->steps);
  return g_steal_pointer (&refund);
}

/* --- a life --- */

static void
begin (Lives *lives, Life *life)
{
  static const char *const ids[N_FEES] = { "service",  "theory",   "part2",
                                           "part3",    "training", "subject1",
                                           "subject2", "subject3", "subject4" };
  static const char *const types[] = { "C1", "C1", "C2", "A1" };
  JpPolicyFacts           *facts = &life->facts;

  *life =
    (Life){ .policy = g_ptr_array_index (lives->policies, below (lives, lives->policies->len)) };
  jp_policy_facts_init (facts, NULL, types[below (lives, G_N_ELEMENTS (types))]);
  facts->on = FIRST_DAY;
  facts->price_fen = chance (lives, 50) ? below (lives, 3) : below (lives, 1000000);
  gint64 left_fen = facts->price_fen;

  for (guint i = 0; i < N_FEES; i++)
    {
      gboolean is_last = i + 1 == N_FEES;

      life->fees[i].id = ids[i];
      life->fees[i].amount_fen = is_last ? left_fen : below (lives, left_fen + 1);
      left_fen -= life->fees[i].amount_fen;
    }

  facts->fees = life->fees;
  facts->n_fees = N_FEES;
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    facts->parts[part].required_minutes =
      chance (lives, 40) ? JP_POLICY_UNKNOWN : below (lives, 2000);
}

static void
pay (Lives *lives, Life *life)
{
  gint64 open_fen = life->facts.price_fen - life->facts.paid_fen;
  gint64 amount_fen = chance (lives, 3) ? below (lives, open_fen + 1) : open_fen;

  life->facts.paid_fen += amount_fen;
  life->custody_fen += amount_fen;
  if (life->facts.events[JP_POLICY_EVENT_FEE_PAID] == JP_DATE_NONE)
    {
      life->facts.events[JP_POLICY_EVENT_FEE_PAID] = life->facts.on;
      life->facts.events[JP_POLICY_EVENT_FILE_OPENED] = life->facts.on;
    }
}

static void
train (Lives *lives, Life *life)
{
  JpPolicyPartFacts *part = &life->facts.parts[1 + below (lives, JP_POLICY_N_PARTS)];
  JpDate            *started = &life->facts.events[JP_POLICY_EVENT_TRAINING_STARTED];

  part->used_minutes += below (lives, 1000);
  if (*started == JP_DATE_NONE)
    *started = life->facts.on;
}

static void
review (Lives *lives, Life *life, JpPolicyPartFacts *part)
{
  gboolean was_complete = part->reviewed_minutes >= part->required_minutes;

  part->reviewed_minutes = MAX (part->reviewed_minutes, part->used_minutes);
  if (!was_complete || part->reviewed_on == JP_DATE_NONE)
    part->reviewed_on = life->facts.on;
}

static void
sit_exam (Lives *lives, Life *life, int subject)
{
  JpPolicyExamFacts *exam = &life->facts.exams[subject];

  exam->n_attempts++;
  if (exam->passed_on == JP_DATE_NONE && !chance (lives, 3))
    exam->passed_on = life->facts.on;
}

/* What a statement pays out: every stage as far as it is earned and custody reaches. What is earned
 * is never unearned. */
static void
settle (Lives *lives, Life *life)
{
  g_autoptr (JpPolicyPlan) plan = check_plan (life->policy, &life->facts);

  for (guint i = 0; plan != NULL && i < plan->n_stages; i++)
    {
      gint64 due_fen = plan->stages[i].earned_fen - life->by_stage_fen[i];
      gint64 line_fen = MIN (due_fen, life->custody_fen);

      g_assert_cmpint (due_fen, >=, 0);
      life->by_stage_fen[i] += line_fen;
      life->lines_fen += line_fen;
      life->custody_fen -= line_fen;
    }
  lives->n_plans += plan != NULL;
  life->facts.released_fen = life->lines_fen;
  g_assert_cmpint (life->facts.paid_fen, ==, life->custody_fen + life->facts.released_fen);
  if (plan != NULL)
    g_assert_cmpint (life->facts.released_fen, ==, plan->releasable_fen);
}

/* refund + released (with the penalty in it) = paid. */
static void
leave (Lives *lives, Life *life)
{
  life->facts.fault = (JpPolicyFault)below (lives, JP_POLICY_N_FAULTS);

  g_autoptr (JpPolicyRefund) refund = check_refund (life->policy, &life->facts);

  if (refund == NULL)
    return;

  gint64 kept_fen = life->facts.released_fen - refund->from_school_fen + refund->to_school_fen;

  life->custody_fen += refund->from_school_fen;
  life->custody_fen -= refund->refund_fen + refund->to_school_fen;
  g_assert_cmpint (life->custody_fen, ==, 0);
  g_assert_cmpint (kept_fen, ==, refund->deducted_fen);
  g_assert_cmpint (refund->refund_fen + kept_fen, ==, life->facts.paid_fen);
  lives->n_ends++;
}

static void
change_school (Lives *lives, Life *life)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpPolicyTransfer) transfer = { 0 };
  g_auto (JpPolicyTransfer) again = { 0 };

  life->facts.fault = (JpPolicyFault)below (lives, JP_POLICY_N_FAULTS);
  if (!jp_policy_transfer (life->policy, &life->facts, &transfer, &error))
    {
      g_assert_true (error->domain == JP_MODEL_ERROR);
      return;
    }

  g_assert_true (jp_policy_transfer (life->policy, &life->facts, &again, NULL));
  g_assert_cmpint (transfer.stay_fen + transfer.move_fen, ==, life->facts.paid_fen);
  g_assert_cmpint (transfer.move_fen, >=, 0);
  g_assert_cmpint (transfer.penalty_fen, >=, 0);
  g_assert_cmpint (transfer.penalty_fen, <=, transfer.stay_fen);
  assert_same_steps (transfer.steps, again.steps);
  lives->n_ends++;
}

/* Everything happens that a rule can wait for: the whole price is the school's. */
static void
graduate (Lives *lives, Life *life)
{
  JpPolicyFacts *facts = &life->facts;

  facts->paid_fen = facts->price_fen;
  life->custody_fen = facts->paid_fen - facts->released_fen;
  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    if (facts->events[i] == JP_DATE_NONE)
      facts->events[i] = facts->on;
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      /* Nobody can say that unknown hours are complete. */
      facts->parts[part].required_minutes = MAX (facts->parts[part].required_minutes, 0);
      facts->parts[part].used_minutes =
        MAX (facts->parts[part].used_minutes, facts->parts[part].required_minutes);
      review (lives, life, &facts->parts[part]);
      if (facts->exams[part].passed_on == JP_DATE_NONE)
        facts->exams[part].passed_on = facts->on;
    }
  facts->on = jp_date_add_days (facts->on, 60); /* longer than any review */

  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (life->policy, facts, NULL);

  if (plan == NULL)
    return;
  settle (lives, life);
  g_assert_cmpint (facts->released_fen, ==, facts->price_fen);
  g_assert_cmpint (life->custody_fen, ==, 0);
  lives->n_ends++;
}

static void
live_on (Lives *lives, Life *life)
{
  int part = 1 + (int)below (lives, JP_POLICY_N_PARTS);

  life->facts.on = jp_date_add_days (life->facts.on, (int)below (lives, 30));
  switch (below (lives, 6))
    {
    case 0:
      if (life->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] == JP_DATE_NONE)
        life->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = life->facts.on;
      break;
    case 1:
      pay (lives, life);
      break;
    case 2:
      review (lives, life, &life->facts.parts[part]);
      break;
    case 3:
      sit_exam (lives, life, part);
      break;
    case 4:
      settle (lives, life);
      break;
    default:
      train (lives, life);
      break;
    }
}

static void
test_lives (Lives *lives, gconstpointer data)
{
  for (guint i = 0; i < N_LIVES; i++)
    {
      Life life;

      begin (lives, &life);
      if (!chance (lives, 10))
        {
          life.facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = life.facts.on;
          pay (lives, &life);
        }
      for (gint64 n = below (lives, N_EVENTS); n > 0; n--)
        live_on (lives, &life);
      settle (lives, &life);
      switch (below (lives, 3))
        {
        case 0:
          graduate (lives, &life);
          break;
        case 1:
          leave (lives, &life);
          break;
        default:
          change_school (lives, &life);
          break;
        }
    }

  g_test_message ("%u lives, %u plans, %u ends with money", N_LIVES, lives->n_plans, lives->n_ends);
  g_assert_cmpuint (lives->n_plans, >, N_LIVES / 2);
  g_assert_cmpuint (lives->n_ends, >, N_LIVES / 3);
}

/* --- facts that fit no life --- */

static JpDate
random_date (Lives *lives)
{
  return chance (lives, 3) ? JP_DATE_NONE : jp_date_add_days (FIRST_DAY, (int)below (lives, 400));
}

static void
fill_random (Lives *lives, Life *life)
{
  JpPolicyFacts *facts = &life->facts;

  begin (lives, life);
  facts->on = jp_date_add_days (FIRST_DAY, (int)below (lives, 400));
  facts->paid_fen = chance (lives, 4) ? below (lives, facts->price_fen + 1) : facts->price_fen;
  facts->released_fen = below (lives, facts->paid_fen + 1);
  facts->fault = (JpPolicyFault)below (lives, JP_POLICY_N_FAULTS);
  facts->notice_minutes = below (lives, 1000) - 1;
  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    facts->events[i] = random_date (lives);
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      facts->parts[part].reviewed_minutes = below (lives, 2500);
      facts->parts[part].used_minutes = below (lives, 2500);
      facts->parts[part].reviewed_on = random_date (lives);
      facts->exams[part].passed_on = random_date (lives);
      facts->exams[part].n_attempts = (int)below (lives, 5);
    }
}

/* One more approved hour never earns less. */
static void
check_monotonic (JpPolicy *policy, const JpPolicyFacts *facts, int part)
{
  g_autoptr (JpPolicyPlan) before = jp_policy_plan_new (policy, facts, NULL);
  JpPolicyFacts more = *facts;

  more.parts[part].reviewed_minutes += 60;

  g_autoptr (JpPolicyPlan) after = jp_policy_plan_new (policy, &more, NULL);

  if (before != NULL && after != NULL)
    g_assert_cmpint (after->earned_fen, >=, before->earned_fen);
}

static void
test_facts (Lives *lives, gconstpointer data)
{
  for (guint i = 0; i < N_FACTS; i++)
    {
      Life life;

      fill_random (lives, &life);
      jp_policy_plan_free (check_plan (life.policy, &life.facts));
      jp_policy_refund_free (check_refund (life.policy, &life.facts));
      change_school (lives, &life);
      check_monotonic (life.policy, &life.facts, 1 + (int)below (lives, JP_POLICY_N_PARTS));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/model/policy-lives/lives", Lives, NULL, lives_set_up, test_lives, lives_tear_down);
  g_test_add ("/model/policy-lives/facts", Lives, NULL, lives_set_up, test_facts, lives_tear_down);

  return g_test_run ();
}
