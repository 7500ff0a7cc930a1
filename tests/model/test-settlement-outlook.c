/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-outlook.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

#define TODAY        20261124
#define SIGNED       20260901
#define PRICE_FEN    276000
#define MAX_SESSIONS 96
#define N_RANDOM     20000

typedef struct
{
  JpSettlementContract contract;
  JpSettlementOptions  options;
  JpPolicy            *policy; /* (owned) */
  JpSettlementSession  sessions[MAX_SESSIONS];
  JpSettlementPayment  payment;
  JpSettlementLine     lines[4];
} World;

typedef struct
{
  JpSettlementOutlook items[16];
  guint               n;
  gint64              sum_fen;
} Seen;

static JpCurriculum *curriculum = NULL;

static void
world_init (World *world, const char *policy)
{
  g_autoptr (GError) error = NULL;
  JpSettlementContract *contract = &world->contract;

  *world = (World){ .policy = jp_policy_new_from_data (policy, &error) };
  g_assert_no_error (error);
  contract->is_known = TRUE;
  contract->id = jp_id_derive ("outlook-test", "contract");
  contract->policy = world->policy;
  jp_policy_facts_init (&contract->facts, curriculum, "C1");
  contract->facts.price_fen = PRICE_FEN;
  contract->facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = SIGNED;
  contract->facts.events[JP_POLICY_EVENT_FEE_PAID] = SIGNED;
  contract->sessions = world->sessions;
  contract->lines = world->lines;
  contract->payments = &world->payment;
  contract->n_payments = 1;
  world->payment = (JpSettlementPayment){ SIGNED, PRICE_FEN };
  jp_settlement_options_init (&world->options, TODAY);
}

static void
world_clear (World *world)
{
  jp_policy_unref (world->policy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static JpSettlementSession *
train (World *world, int part, int minutes, JpDate on)
{
  JpSettlementSession *session = &world->sessions[world->contract.n_sessions++];

  g_assert_cmpuint (world->contract.n_sessions, <=, MAX_SESSIONS);
  *session = (JpSettlementSession){ .part = part, .minutes = minutes, .started_on = on };
  return session;
}

static void
release (World *world, const char *stage, gint64 amount_fen, JpDate on)
{
  world->lines[world->contract.n_lines++] = (JpSettlementLine){
    .kind = JP_SETTLEMENT_LINE_RELEASE,
    .stage = stage,
    .share_bp = -1,
    .amount_fen = amount_fen,
    .paid_on = on,
    .is_checked = TRUE,
  };
}

static void
see_cb (const JpSettlementOutlook *outlook, gpointer user_data)
{
  Seen            *seen = user_data;
  g_autofree char *sentence = jp_settlement_outlook_dup_sentence (outlook);

  g_assert_cmpuint (seen->n, <, G_N_ELEMENTS (seen->items));
  g_assert_cmpint (outlook->amount_fen, >, 0);
  g_assert_cmpstr (sentence, !=, "");
  seen->items[seen->n++] = *outlook;
  seen->sum_fen += outlook->amount_fen;
}

static void
look (World *world, Seen *seen)
{
  *seen = (Seen){ 0 };
  jp_settlement_outlook_look (&world->contract, &world->options, see_cb, seen);
}

/* Part 1 of 12 hours is trained and reviewed; the school has 10 % + 30 %; of part 2 of 16 hours the
 * trainee does four a week. */
static void
world_init_demo (World *world)
{
  world_init (world, "heze-demo-assumption");
  train (world, 1, 12 * 60, 20260910);
  world->contract.reviews[1] = (JpSettlementReview){ .minutes = 720, .reviewed_on = 20260920 };
  release (world, "registration", 27600, 20260902);
  release (world, "part1", 82800, 20260921);
  train (world, 2, 240, 20261027);
  train (world, 2, 240, 20261103);
  train (world, 2, 240, 20261112);
}

static void
test_forecast (void)
{
  g_auto (World) world;
  Seen seen;

  world_init_demo (&world);
  look (&world, &seen);
  g_assert_cmpuint (seen.n, ==, 2);
  g_assert_cmpint (seen.sum_fen, ==, PRICE_FEN - 27600 - 82800);
  g_assert_cmpint (seen.items[0].block, ==, JP_SETTLEMENT_BLOCK_HOURS);
  g_assert_cmpint (seen.items[0].part, ==, 2);
  g_assert_cmpint (seen.items[0].amount_fen, ==, 82800);
  g_assert_cmpint (seen.items[0].remaining_minutes, ==, 240);
  g_assert_cmpint (seen.items[0].since, ==, 20261112);
  g_assert_cmpint (seen.items[0].age_days, ==, 12);
  /* Eight weeks since the first session; the median has none in it. */
  g_assert_cmpint (seen.items[0].weekly_minutes, ==, 0);
  g_assert_cmpint (seen.items[0].expected_on, ==, JP_DATE_NONE);

  /* Ten minutes in every week: a long way for 240. */
  for (int week = 0; week < 8; week++)
    world.sessions[world.contract.n_sessions++] = (JpSettlementSession){
      .part = 4, .minutes = 10, .started_on = jp_date_add_days (TODAY, -1 - 7 * (7 - week))
    };
  look (&world, &seen);
  g_assert_cmpint (seen.items[0].weekly_minutes, ==, 10);
  g_assert_true (seen.items[0].is_estimate);
  g_assert_cmpint (seen.items[0].expected_on, ==,
                   jp_date_add_days (TODAY, 240 * 7 / 10 + JP_SETTLEMENT_REVIEW_DAYS));
}

static void
test_usual (void)
{
  g_auto (World) world;

  world_init (&world, "heze-demo-assumption");
  g_assert_cmpint (jp_settlement_outlook_get_usual (&world.contract, TODAY), ==, 0);
  train (&world, 1, 240, jp_date_add_days (TODAY, -20));
  train (&world, 1, 120, jp_date_add_days (TODAY, -10));
  train (&world, 1, 480, jp_date_add_days (TODAY, -1));
  g_assert_cmpint (jp_settlement_outlook_get_usual (&world.contract, TODAY), ==, 240);
  train (&world, 1, 999, TODAY);
  g_assert_cmpint (jp_settlement_outlook_get_usual (&world.contract, TODAY), ==, 240);
}

static void
assert_block (World *world, JpSettlementBlock block, JpDate since)
{
  Seen seen;

  look (world, &seen);
  g_assert_cmpint (seen.items[0].block, ==, block);
  g_assert_cmpint (seen.items[0].since, ==, since);
}

/* What is missing, one datum after the other. */
static void
test_blocks (void)
{
  g_auto (World) world;
  JpSettlementSession *last = NULL;
  JpSettlementReview  *review = NULL;

  world_init_demo (&world);
  review = &world.contract.reviews[2];
  assert_block (&world, JP_SETTLEMENT_BLOCK_HOURS, 20261112);
  last = train (&world, 2, 0, 20261115);
  last->void_minutes = 240;
  assert_block (&world, JP_SETTLEMENT_BLOCK_VOID, 20261115);
  last = train (&world, 2, 0, 20261116);
  last->pending_minutes = 240;
  assert_block (&world, JP_SETTLEMENT_BLOCK_PENDING, 20261116);
  *last = (JpSettlementSession){ .part = 2, .minutes = 240, .started_on = 20261116 };
  assert_block (&world, JP_SETTLEMENT_BLOCK_NOT_SUBMITTED, 20261116);
  review->refused_on = 20261118;
  assert_block (&world, JP_SETTLEMENT_BLOCK_REFUSED, 20261118);
  review->submitted_on = 20261119;
  assert_block (&world, JP_SETTLEMENT_BLOCK_REVIEW, 20261119);
  *review = (JpSettlementReview){ .minutes = 960, .reviewed_on = 20261120 };
  assert_block (&world, JP_SETTLEMENT_BLOCK_NONE, 20261120);
  review->reviewed_on = 20261115;
  assert_block (&world, JP_SETTLEMENT_BLOCK_STATEMENT, 20261115);
  world.options.due_until = 20261031;
  assert_block (&world, JP_SETTLEMENT_BLOCK_NONE, 20261115);
  world.contract.policy = NULL;
  assert_block (&world, JP_SETTLEMENT_BLOCK_RULES, SIGNED);
}

static void
test_exam (void)
{
  g_auto (World) world;
  Seen  seen;
  guint n_exams = 0;

  world_init (&world, "shenzhen-2017-once");
  look (&world, &seen);
  for (guint i = 0; i < seen.n; i++)
    n_exams += seen.items[i].block == JP_SETTLEMENT_BLOCK_EXAM ||
               seen.items[i].block == JP_SETTLEMENT_BLOCK_HOURS;
  g_assert_cmpuint (n_exams, >=, 3);
  g_assert_cmpint (seen.sum_fen, ==, PRICE_FEN);
}

/* Whatever has happened: what is told of a contract is what custody holds. */
static void
test_random (void)
{
  static const char *const policies[] = { "heze-demo-assumption", "fuzhou-2020", "qingdao-2023" };
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_test_random_new_source (clock);
  g_auto (World) world;

  for (guint round = 0; round < N_RANDOM; round++)
    {
      Seen   seen;
      gint64 released_fen = 0;

      if (round % 1000 == 0)
        {
          if (round > 0)
            jp_policy_unref (world.policy);
          world_init (&world, policies[jp_id_source_below (random, G_N_ELEMENTS (policies))]);
        }
      world.contract.n_sessions = 0;
      world.contract.n_lines = 0;
      for (guint part = 1; part <= 4; part++)
        world.contract.reviews[part] = (JpSettlementReview){ 0 };
      for (guint i = jp_id_source_below (random, 60); i > 0; i--)
        train (&world, 1 + (int)jp_id_source_below (random, 4),
               (int)jp_id_source_below (random, 241), jp_date_add_days (SIGNED, 80 - (int)i))
          ->pending_minutes = (gint32)jp_id_source_below (random, 100);
      for (guint part = 1; part <= 4; part++)
        if (jp_id_source_below (random, 2) == 0)
          world.contract.reviews[part] =
            (JpSettlementReview){ .minutes = (gint64)jp_id_source_below (random, 2000),
                                  .reviewed_on = 20261101 };
      for (guint i = jp_id_source_below (random, 3); i > 0; i--)
        {
          gint64 amount_fen = 1 + (gint64)jp_id_source_below (random, 60000);

          released_fen += amount_fen;
          release (&world, jp_policy_get_stage (world.policy, i - 1)->id, amount_fen, 20261110);
        }
      look (&world, &seen);
      g_assert_cmpint (seen.sum_fen, <=, PRICE_FEN - released_fen);
      for (guint i = 0; i < seen.n; i++)
        {
          g_assert_cmpint (seen.items[i].age_days, >=, 0);
          if (seen.items[i].expected_on != JP_DATE_NONE)
            g_assert_cmpint (seen.items[i].expected_on, >=, MIN (TODAY, seen.items[i].expected_on));
        }
      if (released_fen == 0)
        g_assert_cmpint (seen.sum_fen, ==, PRICE_FEN);
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < JP_SETTLEMENT_N_BLOCKS; i++)
    {
      JpSettlementContract contract = { 0 };
      JpSettlementOutlook  outlook = {
         .contract = &contract, .amount_fen = 100, .block = (JpSettlementBlock)i, .part = 2
      };
      g_autofree char *sentence = jp_settlement_outlook_dup_sentence (&outlook);

      g_assert_nonnull (strstr (sentence, "¥1.00"));
      g_assert_nonnull (jp_settlement_block_get_name ((JpSettlementBlock)i));
      g_assert_nonnull (jp_settlement_block_get_label ((JpSettlementBlock)i));
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  curriculum = jp_curriculum_new_from_data ("mot-2022", NULL);
  g_assert_nonnull (curriculum);
  g_test_add_func ("/model/settlement-outlook/forecast", test_forecast);
  g_test_add_func ("/model/settlement-outlook/usual", test_usual);
  g_test_add_func ("/model/settlement-outlook/blocks", test_blocks);
  g_test_add_func ("/model/settlement-outlook/exam", test_exam);
  g_test_add_func ("/model/settlement-outlook/random", test_random);
  g_test_add_func ("/model/settlement-outlook/names", test_names);
  status = g_test_run ();
  jp_curriculum_unref (curriculum);
  return status;
}
