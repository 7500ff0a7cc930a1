/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-money.h"
#include "jp-settlement-summary.h"
#include "jp-test-random.h"

#define TODAY        20261124
#define SIGNED       20260301
#define N_RANDOM     100000
#define MAX_SESSIONS 80
#define MAX_LINES    24
#define PRICE_FEN    276000

/* A contract with room for everything that a test wants to say of it. */
typedef struct
{
  JpSettlementContract contract;
  JpSettlementOptions  options;
  JpPolicy            *policy; /* (owned) */
  JpSettlementSession  sessions[MAX_SESSIONS];
  JpSettlementPayment  payment;
  JpSettlementRefund   refund;
  JpSettlementLine     lines[MAX_LINES];
  char                 references[MAX_LINES][16];
} World;

typedef struct
{
  JpSettlementResult  results[2 * MAX_LINES];
  guint               n;
  JpSettlementSummary summary;
} Seen;

static JpId
make_id (const char *name)
{
  return jp_id_derive ("settlement-test", name);
}

/* Read once: a hundred thousand contracts have the same few. */
static GHashTable   *policy_files = NULL;
static JpCurriculum *curriculum = NULL;

static JpPolicy *
get_policy (const char *id)
{
  g_autoptr (GError) error = NULL;
  JpPolicy *policy = g_hash_table_lookup (policy_files, id);

  if (policy == NULL)
    {
      policy = jp_policy_new_from_data (id, &error);
      g_assert_no_error (error);
      g_hash_table_insert (policy_files, g_strdup (id), policy);
    }
  return jp_policy_ref (policy);
}

static void
world_init (World *world, const char *policy, gint64 price_fen)
{
  *world = (World){ .policy = get_policy (policy) };

  JpSettlementContract *contract = &world->contract;

  contract->is_known = TRUE;
  contract->id = make_id ("contract");
  contract->number = "HT-2026-900-00001";
  contract->trainee = make_id ("trainee");
  contract->trainee_name = "曾雨桐";
  contract->policy = world->policy;
  jp_policy_facts_init (&contract->facts, curriculum, "C1");
  contract->facts.price_fen = price_fen;
  contract->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = SIGNED;
  contract->facts.events[JP_POLICY_EVENT_FEE_PAID] = SIGNED;
  contract->sessions = world->sessions;
  contract->lines = world->lines;
  contract->payments = &world->payment;
  contract->n_payments = 1;
  world->payment = (JpSettlementPayment){ SIGNED, price_fen };
  jp_settlement_options_init (&world->options, TODAY);
}

static void
world_clear (World *world)
{
  jp_policy_unref (world->policy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* Four hours a day until a part has its hours. */
static JpDate
train (World *world, int part, JpDate from)
{
  gint64 left = world->contract.facts.parts[part].required_minutes;
  JpDate day = from;

  for (; left > 0; left -= 240, day = jp_date_add_days (day, 2))
    {
      g_assert_cmpuint (world->contract.n_sessions, <, MAX_SESSIONS);
      world->sessions[world->contract.n_sessions++] = (JpSettlementSession){
        .part = part, .minutes = (gint32)MIN (left, 240), .started_on = day
      };
    }
  return day;
}

static void
review (World *world, int part, JpDate on)
{
  world->contract.reviews[part] =
    (JpSettlementReview){ .minutes = world->contract.facts.parts[part].required_minutes,
                          .reviewed_on = on };
}

static JpSettlementLine *
pay (World *world, const char *stage, int share_bp, gint64 amount_fen, JpDate paid_on)
{
  guint             i = world->contract.n_lines++;
  JpSettlementLine *line = &world->lines[i];

  g_assert_cmpuint (i, <, MAX_LINES);
  g_snprintf (world->references[i], sizeof world->references[i], "B%u", i);
  *line = (JpSettlementLine){
    .id = make_id (world->references[i]),
    .kind = JP_SETTLEMENT_LINE_RELEASE,
    .stage = stage,
    .share_bp = share_bp,
    .amount_fen = amount_fen,
    .paid_on = paid_on,
    .reference = world->references[i],
    .trainee = world->contract.trainee,
    .trainee_name = world->contract.trainee_name,
    .is_checked = TRUE,
  };
  return line;
}

static void
see_cb (const JpSettlementResult *result, gpointer user_data)
{
  Seen *seen = user_data;

  g_assert_cmpuint (seen->n, <, G_N_ELEMENTS (seen->results));
  seen->results[seen->n++] = *result;
  g_assert_true (jp_settlement_summary_add (&seen->summary, result));
}

static void
look (World *world, Seen *seen)
{
  *seen = (Seen){ 0 };
  jp_settlement_match (&world->contract, &world->options, see_cb, seen);
}

static JpSettlementVerdict
verdict_of (World *world, guint index)
{
  Seen seen;

  look (world, &seen);
  g_assert_cmpuint (index, <, seen.n);
  return seen.results[index].verdict;
}

/* The demo policy: 10/30/30/rest of ¥2,760.00. Part 1 reviewed on 1 April, part 2 on 1 June. */
static void
world_init_demo (World *world)
{
  world_init (world, "heze-demo-assumption", PRICE_FEN);
  train (world, 1, 20260305);
  train (world, 2, 20260410);
  review (world, 1, 20260401);
  review (world, 2, 20260601);
  pay (world, "签约", 1000, 27600, 20260302);
  pay (world, "第一部分培训", 3000, 82800, 20260402);
  pay (world, "part2", 3000, 82800, 20260602);
}

static void
test_matching (void)
{
  g_auto (World) world;
  Seen seen;

  world_init_demo (&world);
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 3);
  for (guint i = 0; i < seen.n; i++)
    {
      g_assert_cmpint (seen.results[i].verdict, ==, JP_SETTLEMENT_MATCHES);
      g_assert_cmpint (seen.results[i].difference_fen, ==, 0);
    }
  g_assert_cmpint (seen.results[2].due_on, ==, 20260601);
  g_assert_cmpint (seen.summary.lines_fen, ==, 193200);
  g_assert_cmpint (seen.summary.expected_fen, ==, 193200);
}

/* --- each verdict --- */

typedef struct
{
  const char *name;
  void (*spoil) (World *world);
  JpSettlementVerdict verdict;
  gint64              difference_fen;
  const char         *sentence;
} Case;

static void
spoil_early (World *world)
{
  world->lines[2].paid_on = 20260525;
}

static void
spoil_late (World *world)
{
  world->lines[2].paid_on = 20260704;
}

static void
spoil_short (World *world)
{
  world->lines[2].amount_fen -= 27600;
}

static void
spoil_over (World *world)
{
  world->lines[2].amount_fen += 18400;
}

static void
spoil_duplicate (World *world)
{
  world->lines[2] = world->lines[1];
}

static void
spoil_trainee (World *world)
{
  world->lines[2].trainee = JP_ID_NONE;
  world->lines[2].trainee_name = "查无此人";
}

static void
spoil_contract (World *world)
{
  world->contract.is_known = FALSE;
}

static void
spoil_share (World *world)
{
  world->lines[2].share_bp = 2250;
  world->lines[2].amount_fen = 62100;
}

static void
spoil_stage (World *world)
{
  world->lines[2].stage = "建档";
}

static void
spoil_hours (World *world)
{
  world->sessions[world->contract.n_sessions - 1].minutes -= 60;
}

static void
spoil_review (World *world)
{
  world->contract.reviews[2].reviewed_on = JP_DATE_NONE;
}

static void
spoil_twice (World *world)
{
  world->lines[2].stage = "part1";
}

static void
spoil_policy (World *world)
{
  world->contract.policy = NULL;
}

static void
spoil_kind (World *world)
{
  world->lines[2].kind = JP_SETTLEMENT_LINE_REFUND;
}

static void
spoil_correction (World *world)
{
  world->lines[2].kind = JP_SETTLEMENT_LINE_CORRECTION;
  world->lines[2].amount_fen = 12345;
}

static void
spoil_range (World *world)
{
  world->lines[2].amount_fen = G_MAXINT64;
}

static void
spoil_elsewhere (World *world)
{
  world->lines[2].is_repeated = TRUE;
}

static void
spoil_payment (World *world)
{
  world->payment.amount_fen = 120000;
}

static const Case cases[] = {
  { "early", spoil_early, JP_SETTLEMENT_EARLY, 0,
    "Paid 7 days early: the stage “第二部分培训” was due on 2026-06-01, the bank paid ¥828.00 on "
    "2026-05-25." },
  { "late", spoil_late, JP_SETTLEMENT_LATE, 0,
    "Paid 33 days late: the stage “第二部分培训” was due on 2026-06-01, the bank paid ¥828.00 on "
    "2026-07-04." },
  { "short", spoil_short, JP_SETTLEMENT_SHORT, -27600,
    "¥276.00 too little: the stage “第二部分培训” gives ¥828.00, the line pays ¥552.00." },
  { "over", spoil_over, JP_SETTLEMENT_OVER, 18400,
    "¥184.00 too much: the stage “第二部分培训” gives ¥828.00, the line pays ¥1,012.00." },
  { "duplicate", spoil_duplicate, JP_SETTLEMENT_DUPLICATE, 82800,
    "The payment B1 of the bank is on an earlier line already: these ¥828.00 count once." },
  { "elsewhere", spoil_elsewhere, JP_SETTLEMENT_DUPLICATE, 82800, NULL },
  { "trainee", spoil_trainee, JP_SETTLEMENT_UNKNOWN_TRAINEE, 0,
    "The line names 查无此人, but the contract HT-2026-900-00001 is somebody else’s; the amount of "
    "¥828.00 is right." },
  { "contract", spoil_contract, JP_SETTLEMENT_UNKNOWN_CONTRACT, 82800,
    "Contract HT-2026-900-00001 is not one of this school’s: nobody’s training gives these "
    "¥828.00." },
  { "share", spoil_share, JP_SETTLEMENT_POLICY_DIFFERS, -20700,
    "The line takes 22.50% for the stage “第二部分培训”, the contract’s policy says 30%: that is "
    "¥828.00, the line pays ¥621.00." },
  { "stage", spoil_stage, JP_SETTLEMENT_POLICY_DIFFERS, 82800,
    "The policy of contract HT-2026-900-00001 has no stage “建档”: nothing gives these ¥828.00." },
  { "hours", spoil_hours, JP_SETTLEMENT_NOT_REACHED, 82800,
    "The stage “第二部分培训” is not reached: Part 2 has 15.0 of 16.0 hours. These ¥828.00 are "
    "not earned yet." },
  { "review", spoil_review, JP_SETTLEMENT_NOT_REACHED, 82800,
    "The stage “第二部分培训” is not reached: Part 2 has its 16.0 hours, but its review is not "
    "passed. These ¥828.00 are not earned yet." },
  { "twice", spoil_twice, JP_SETTLEMENT_TWICE, 82800,
    "The stage “第一部分培训” was released before, ¥828.00 on 2026-04-02: these ¥828.00 are paid a "
    "second time." },
  { "policy", spoil_policy, JP_SETTLEMENT_UNEXPLAINED, 82800,
    "The rules that contract HT-2026-900-00001 was signed with are not here: ¥828.00 cannot be "
    "checked." },
  { "kind", spoil_kind, JP_SETTLEMENT_UNEXPLAINED, 82800,
    "No withdrawal from contract HT-2026-900-00001 is known: the refund of ¥828.00 cannot be "
    "explained." },
  { "correction", spoil_correction, JP_SETTLEMENT_UNEXPLAINED, 12345,
    "Nothing was wrong with contract HT-2026-900-00001 before: the correction of ¥123.45 cannot be "
    "explained." },
  { "range", spoil_range, JP_SETTLEMENT_UNEXPLAINED, 0,
    "The amount of the line is out of range and was not counted." },
  { "payment", spoil_payment, JP_SETTLEMENT_OVER, 73200, NULL },
};

static void
test_verdicts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (World) world;
      g_autofree char *sentence = NULL;
      Seen             seen;

      g_test_message ("%s", cases[i].name);
      world_init_demo (&world);
      cases[i].spoil (&world);
      world.options.with_missing = FALSE;
      look (&world, &seen);
      g_assert_cmpuint (seen.n, ==, 3);
      g_assert_cmpint (seen.results[2].verdict, ==, cases[i].verdict);
      g_assert_cmpint (seen.results[2].difference_fen, ==, cases[i].difference_fen);
      g_assert_cmpint (seen.results[2].explained_fen, ==,
                       cases[i].verdict == JP_SETTLEMENT_UNEXPLAINED ? 0 : cases[i].difference_fen);
      sentence = jp_settlement_dup_sentence (&seen.results[2]);
      if (cases[i].sentence != NULL)
        g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

static void
test_missing (void)
{
  g_auto (World) world;
  g_autofree char *sentence = NULL;
  Seen             seen;

  world_init_demo (&world);
  world.contract.n_lines = 2;
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 3);
  g_assert_cmpint (seen.results[2].verdict, ==, JP_SETTLEMENT_MISSING);
  g_assert_cmpint (seen.results[2].difference_fen, ==, -82800);
  g_assert_null (seen.results[2].line);
  sentence = jp_settlement_dup_sentence (&seen.results[2]);
  g_assert_cmpstr (sentence, ==,
                   "The stage “第二部分培训” was due on 2026-06-01, 176 days ago, and is on no "
                   "statement: ¥828.00 are missing.");

  /* Not in this period, and not so soon. */
  world.options.due_from = 20260602;
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 2);
  world.options.due_from = JP_DATE_NONE;
  world.options.missing_days = 176;
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 2);
}

/* A wrong line is put right by a later one, whatever was wrong with it. */
static void
test_corrections (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (World) world;
      JpSettlementLine *line = NULL;
      Seen              seen;

      world_init_demo (&world);
      if (cases[i].difference_fen == 0 || cases[i].verdict == JP_SETTLEMENT_UNEXPLAINED ||
          cases[i].verdict == JP_SETTLEMENT_DUPLICATE ||
          cases[i].verdict == JP_SETTLEMENT_UNKNOWN_CONTRACT)
        continue;
      cases[i].spoil (&world);
      line = pay (&world, "更正", -1, -cases[i].difference_fen, 20260901);
      line->kind = JP_SETTLEMENT_LINE_CORRECTION;
      look (&world, &seen);
      g_assert_cmpint (seen.results[3].verdict, ==, JP_SETTLEMENT_MATCHES);
      line->amount_fen += 100;
      look (&world, &seen);
      g_assert_cmpint (seen.results[3].difference_fen, ==, 100);
    }
}

/* Paid too soon, taken back, paid again when it was earned: nothing is wrong in the end. */
static void
test_taken_back (void)
{
  g_auto (World) world;
  JpSettlementLine *line = NULL;
  Seen              seen;

  world_init_demo (&world);
  world.lines[2].paid_on = 20260525;
  line = pay (&world, "更正", -1, -82800, 20260528);
  line->kind = JP_SETTLEMENT_LINE_CORRECTION;
  pay (&world, "part2", 3000, 82800, 20260602);
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 5);
  g_assert_cmpint (seen.results[2].verdict, ==, JP_SETTLEMENT_EARLY);
  g_assert_cmpint (seen.results[3].verdict, ==, JP_SETTLEMENT_MATCHES);
  g_assert_cmpint (seen.results[4].verdict, ==, JP_SETTLEMENT_MATCHES);
}

static void
test_refund (void)
{
  g_auto (World) world;
  g_autofree char  *sentence = NULL;
  JpSettlementLine *line = NULL;
  Seen              seen;

  world_init (&world, "heze-demo-assumption", PRICE_FEN);
  pay (&world, "签约", 1000, 27600, 20260302);
  line = pay (&world, "退学退费", -1, 248400, 20260310);
  line->kind = JP_SETTLEMENT_LINE_REFUND;
  world.refund = (JpSettlementRefund){ 248400, 20260308, JP_POLICY_FAULT_TRAINEE, "B1", FALSE };
  world.contract.refunds = &world.refund;
  world.contract.n_refunds = 1;
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 2);
  g_assert_cmpint (seen.results[0].verdict, ==, JP_SETTLEMENT_MATCHES);
  g_assert_cmpint (seen.results[1].verdict, ==, JP_SETTLEMENT_MATCHES);

  /* The platform may decide what it likes: the rule says what is right. */
  line->amount_fen = world.refund.amount_fen = 220800;
  look (&world, &seen);
  g_assert_cmpint (seen.results[1].verdict, ==, JP_SETTLEMENT_SHORT);
  g_assert_cmpint (seen.results[1].difference_fen, ==, -27600);
  sentence = jp_settlement_dup_sentence (&seen.results[1]);
  g_assert_cmpstr (sentence, ==,
                   "¥276.00 too little: by the rule of refunds it is ¥2,484.00, the line says "
                   "¥2,208.00.");

  /* What the school may keep of the rest comes under no stage of the policy. */
  pay (&world, "退学结清", -1, 27600, 20260312);
  look (&world, &seen);
  g_assert_cmpint (seen.results[2].verdict, ==, JP_SETTLEMENT_MATCHES);
}

/* Qingdao: 30 % at once, 70 % hour by hour; what is paid a few days behind is right. */
static void
test_hours (void)
{
  g_auto (World) world;
  JpPolicyFacts facts;
  Seen          seen;

  world_init (&world, "qingdao-2023", PRICE_FEN);
  train (&world, 1, 20260305);
  train (&world, 2, 20260410);
  pay (&world, jp_policy_get_stage (world.policy, 0)->id, 3000, 82800, 20260302);
  g_assert_true (jp_settlement_fill_facts (&world.contract, 20260412, &facts));

  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (world.policy, &facts, NULL);
  gint64 earned_fen = plan->stages[1].earned_fen;

  g_assert_cmpint (earned_fen, >, 0);
  pay (&world, plan->stages[1].stage->id, -1, earned_fen, 20260418);
  look (&world, &seen);
  g_assert_cmpint (seen.results[0].verdict, ==, JP_SETTLEMENT_MATCHES);
  g_assert_cmpint (seen.results[1].verdict, ==, JP_SETTLEMENT_MATCHES);
  g_assert_cmpint (seen.results[2].verdict, ==, JP_SETTLEMENT_MISSING);
  world.lines[1].amount_fen += 100000;
  g_assert_cmpint (verdict_of (&world, 1), ==, JP_SETTLEMENT_OVER);
  world.lines[1].amount_fen = 100;
  g_assert_cmpint (verdict_of (&world, 1), ==, JP_SETTLEMENT_MATCHES);
  world.lines[1].paid_on = 20260701;
  g_assert_cmpint (verdict_of (&world, 1), ==, JP_SETTLEMENT_SHORT);
}

/* --- any contract, any statement --- */

static const char *const policies[] = { "heze-demo-assumption", "fuzhou-2020", "shenzhen-2017-once",
                                        "qingdao-2023" };

static guint
roll (JpIdSource *random, guint bound)
{
  return (guint)jp_id_source_below (random, bound);
}

static void
live (World *world, JpIdSource *random)
{
  JpDate day = 20260303;
  guint  n_parts = roll (random, 5);

  for (guint part = 1; part <= n_parts; part++)
    {
      day = train (world, (int)part, day);
      review (world, (int)part, jp_date_add_days (day, 1 + (int)roll (random, 5)));
      day = jp_date_add_days (world->contract.reviews[part].reviewed_on, 4);
      if (roll (random, 3) != 0)
        world->contract.facts.exams[part] = (JpPolicyExamFacts){ day, 1 };
    }
}

/* What a bank without faults pays for it. */
static void
settle_rightly (World *world, JpIdSource *random)
{
  JpPolicyFacts facts;
  g_autoptr (JpPolicyPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  jp_settlement_fill_facts (&world->contract, TODAY, &facts);
  plan = jp_policy_plan_new (world->policy, &facts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < plan->n_stages; i++)
    {
      const JpPolicyStageResult *stage = &plan->stages[i];
      JpDate                     on = stage->due_on != JP_DATE_NONE ? stage->due_on : TODAY;
      JpDate paid_on = jp_date_add_days (on, (int)roll (random, JP_SETTLEMENT_LATE_DAYS + 1));

      if (stage->earned_fen > 0)
        pay (world, stage->stage->id, -1, stage->earned_fen, MIN (paid_on, TODAY));
    }
}

static void
check_sums (const Seen *seen, gint64 paid_fen, gint64 custody_fen)
{
  gint64 unexplained_fen = 0;
  gint64 expected_fen = 0;
  gint64 lines_fen = 0;

  for (guint i = 0; i < seen->n; i++)
    {
      const JpSettlementResult *result = &seen->results[i];

      g_assert_cmpint (result->difference_fen, ==, result->paid_fen - result->expected_fen);
      g_assert_cmpint (result->expected_fen, >=, 0);
      lines_fen += result->paid_fen;
      expected_fen += result->expected_fen;
      unexplained_fen += result->difference_fen - result->explained_fen;
    }
  g_assert_cmpint (lines_fen, ==, paid_fen);
  g_assert_cmpint (expected_fen, <=, custody_fen);
  g_assert_cmpint (seen->summary.lines_fen - seen->summary.expected_fen -
                     seen->summary.explained_fen,
                   ==, unexplained_fen);
}

static void
test_random (void)
{
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_test_random_new_source (clock);

  for (guint round = 0; round < N_RANDOM; round++)
    {
      g_auto (World) world;
      gint64   price_fen = 1 + (gint64)roll (random, 1000000);
      gint64   paid_fen = 0;
      gint64   injected_fen = 0;
      gboolean is_unexplained = FALSE;
      Seen     seen;
      Seen     again;

      world_init (&world, policies[roll (random, G_N_ELEMENTS (policies))], price_fen);
      live (&world, random);
      settle_rightly (&world, random);
      for (guint i = 0; i < world.contract.n_lines; i++)
        paid_fen += world.lines[i].amount_fen;

      look (&world, &seen);
      check_sums (&seen, paid_fen, price_fen);
      g_assert_cmpint (seen.summary.expected_fen, ==, paid_fen);
      g_assert_cmpint (seen.summary.n_by_verdict[JP_SETTLEMENT_MATCHES], ==, seen.n);

      /* One more line of an amount that nobody can know. */
      injected_fen = 1 + (gint64)roll (random, 100000);
      is_unexplained = roll (random, 2) == 0;
      pay (&world, "更正", -1, injected_fen, TODAY)->kind =
        is_unexplained ? JP_SETTLEMENT_LINE_CORRECTION : JP_SETTLEMENT_LINE_RELEASE;
      look (&world, &seen);
      look (&world, &again);
      check_sums (&seen, paid_fen + injected_fen, price_fen);
      g_assert_cmpint (seen.summary.lines_fen - seen.summary.expected_fen, ==, injected_fen);
      g_assert_cmpint (seen.summary.lines_fen - seen.summary.expected_fen -
                         seen.summary.explained_fen,
                       ==, is_unexplained ? injected_fen : 0);
      g_assert_cmpint (memcmp (&seen, &again, sizeof seen), ==, 0);
    }
}

/* Anything at all: every line gets a verdict and nothing overflows. */
static void
test_chaos (void)
{
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_test_random_new_source (clock);

  for (guint round = 0; round < N_RANDOM / 5; round++)
    {
      g_auto (World) world;
      Seen seen;

      world_init (&world, policies[roll (random, G_N_ELEMENTS (policies))],
                  (gint64)roll (random, 1000000));
      live (&world, random);
      world.payment.amount_fen = (gint64)roll (random, 1000000);
      world.refund =
        (JpSettlementRefund){ (gint64)roll (random, 1000000), 20260308,
                              (JpPolicyFault)roll (random, 3), NULL, roll (random, 2) == 0 };
      world.contract.refunds = &world.refund;
      world.contract.n_refunds = roll (random, 2);
      for (guint i = roll (random, MAX_LINES - 2); i > 0; i--)
        {
          JpDate on = jp_date_add_days (SIGNED, (int)roll (random, 300) - 20);
          gint64 amount_fen = (gint64)roll (random, 400000) - 100000;
          guint  stage = roll (random, jp_policy_get_n_stages (world.policy));

          if (roll (random, 50) == 0)
            amount_fen = roll (random, 2) == 0 ? G_MAXINT64 : G_MININT64;
          pay (&world, jp_policy_get_stage (world.policy, stage)->title,
               (int)roll (random, 10001) - 1, amount_fen, on)
            ->kind = (int)roll (random, 4) - 1;
        }
      look (&world, &seen);
      g_assert_cmpint (seen.summary.n_lines, ==, world.contract.n_lines);
      for (guint i = 0; i < seen.n; i++)
        {
          g_autofree char *sentence = jp_settlement_dup_sentence (&seen.results[i]);

          g_assert_cmpint (seen.results[i].verdict, <, JP_SETTLEMENT_N_VERDICTS);
          g_assert_cmpstr (sentence, !=, "");
        }
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < JP_SETTLEMENT_N_VERDICTS; i++)
    {
      JpSettlementVerdict verdict = JP_SETTLEMENT_N_VERDICTS;
      const char         *name = jp_settlement_verdict_get_name ((JpSettlementVerdict)i);

      g_assert_true (jp_settlement_verdict_lookup (name, &verdict));
      g_assert_cmpuint (verdict, ==, i);
      g_assert_nonnull (jp_settlement_verdict_get_label ((JpSettlementVerdict)i));
      g_assert_cmpint (jp_settlement_verdict_is_good ((JpSettlementVerdict)i), ==, i == 0);
    }

  JpSettlementVerdict verdict = JP_SETTLEMENT_MATCHES;

  g_assert_false (jp_settlement_verdict_lookup ("nonsense", &verdict));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  policy_files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jp_policy_unref);
  curriculum = jp_curriculum_new_from_data ("mot-2022", NULL);
  g_assert_nonnull (curriculum);
  g_test_add_func ("/model/settlement/matching", test_matching);
  g_test_add_func ("/model/settlement/verdicts", test_verdicts);
  g_test_add_func ("/model/settlement/missing", test_missing);
  g_test_add_func ("/model/settlement/corrections", test_corrections);
  g_test_add_func ("/model/settlement/taken-back", test_taken_back);
  g_test_add_func ("/model/settlement/refund", test_refund);
  g_test_add_func ("/model/settlement/hours", test_hours);
  g_test_add_func ("/model/settlement/random", test_random);
  g_test_add_func ("/model/settlement/chaos", test_chaos);
  g_test_add_func ("/model/settlement/names", test_names);

  int status = g_test_run ();

  g_hash_table_unref (policy_files);
  jp_curriculum_unref (curriculum);
  return status;
}
