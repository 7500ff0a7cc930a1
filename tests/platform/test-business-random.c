/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#include "jp-business-private.h"

/* Many contracts live their lives at once, in every order; whatever is refused is refused, and
 * after each step the books of the bank are in order. */

#define N_STEPS     600
#define N_CONTRACTS 12

typedef struct
{
  JpBusinessFixture *b;          /* (owned) */
  JpIdSource        *random;     /* (borrowed) */
  GArray            *contracts;  /* (owned) (element-type JpId) */
  GArray            *statements; /* (owned) (element-type JpId) */
  guint              n_done;
  guint              n_refused;
} World;

static guint
roll (World *world, guint bound)
{
  return jp_id_source_below (world->random, bound);
}

static const JpId *
pick (World *world)
{
  return &g_array_index (world->contracts, JpId, roll (world, world->contracts->len));
}

static JpRecord *
pick_row (World *world, JpFieldId reference, const JpId *id)
{
  g_autoptr (GPtrArray) rows = jp_business_fixture_list (world->b, reference, id);

  return rows->len > 0 ? jp_record_ref (rows->pdata[roll (world, rows->len)]) : NULL;
}

static JpRecord *
pick_session (World *world, const JpId *contract)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (world->b, JP_KIND_CONTRACT, contract);

  return pick_row (world, JP_TRAINING_SESSION_TRAINEE,
                   jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
}

static gboolean
do_sign (World *world, GError **error)
{
  const JpId *contract = pick (world);
  g_autoptr (JpRecord) record = jp_business_fixture_get (world->b, JP_KIND_CONTRACT, contract);

  return jp_business_sign (world->b->business, contract,
                           jp_record_get_text (record, JP_CONTRACT_TEXT_DIGEST), NULL, error);
}

static gboolean
do_pay (World *world, GError **error)
{
  gint64           price = JP_BUSINESS_FIXTURE_PRICE_FEN;
  g_autofree char *key = g_strdup_printf ("%u", roll (world, 2));

  return jp_business_pay (world->b->business, pick (world), key,
                          roll (world, 10) == 0 ? price - 1 : price, NULL, error);
}

static gboolean
do_train (World *world, GError **error)
{
  const JpId *contract = pick (world);
  g_autoptr (JpRecord) record = jp_business_fixture_get (world->b, JP_KIND_CONTRACT, contract);
  g_autoptr (JpRecord) session = NULL;
  JpBusinessSession in;

  if (!jp_record_has (record, JP_CONTRACT_PAID_AT))
    return TRUE;
  in = jp_business_fixture_new_session (world->b, contract, (int)(1 + roll (world, 4)));
  if (!jp_business_add_session (world->b->business, &in, &session, error))
    return FALSE;
  return roll (world, 4) == 0 ||
         jp_business_review_session (world->b->business, jp_record_get_id (session), 240,
                                     JP_SESSION_REASON_NONE, NULL, error);
}

static gboolean
do_judge (World *world, GError **error)
{
  g_autoptr (JpRecord) session = pick_session (world, pick (world));
  gint64 minutes = 240 - 60 * (gint64)roll (world, 3);

  return session == NULL ||
         jp_business_review_session (world->b->business, jp_record_get_id (session), minutes,
                                     minutes == 240 ? JP_SESSION_REASON_NONE
                                                    : JP_SESSION_REASON_PHOTO,
                                     NULL, error);
}

static gboolean
do_approve (World *world, GError **error)
{
  g_autoptr (JpRecord) stage = pick_row (world, JP_STAGE_RECORD_CONTRACT, pick (world));
  gboolean approve = roll (world, 5) > 0;

  return stage == NULL ||
         jp_business_review_stage (world->b->business, jp_record_get_id (stage), approve,
                                   approve ? NULL : "照片不清", NULL, error);
}

static gboolean
do_exam (World *world, GError **error)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (world->b, JP_KIND_CONTRACT, pick (world));
  g_autoptr (JpRecord) trainee =
    jp_business_fixture_get (world->b, JP_KIND_TRAINEE,
                             jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
  JpClock             *clock = JP_CLOCK (world->b->f->clock);
  const JpBusinessExam exam = {
    .trainee_number = jp_record_get_text (trainee, JP_TRAINEE_NUMBER),
    .subject = 1 + roll (world, 4),
    .taken_on = jp_date_from_instant (jp_clock_now_us (clock)),
    .outcome = roll (world, 3) > 0 ? "passed" : "failed",
    .score = -1,
  };

  return exam.trainee_number == NULL ||
         jp_business_add_exam (world->b->business, &exam, NULL, error);
}

static gboolean
do_leave (World *world, GError **error)
{
  return roll (world, 4) > 0 ||
         jp_business_ask_refund (world->b->business, pick (world), (JpFault)roll (world, 3), NULL,
                                 NULL, error);
}

static gboolean
do_decide (World *world, GError **error)
{
  g_autoptr (JpRecord) refund = pick_row (world, JP_REFUND_CONTRACT, pick (world));

  return refund == NULL || jp_business_decide_refund (world->b->business, jp_record_get_id (refund),
                                                      roll (world, 3) > 0, NULL, error);
}

static gboolean
do_settle (World *world, GError **error)
{
  JpClock *clock = JP_CLOCK (world->b->f->clock);
  g_autoptr (JpRecord) statement = NULL;

  if (roll (world, 2) == 0)
    jp_fake_clock_advance (world->b->f->clock, JP_DAY_US);
  if (!jp_business_issue_statement (world->b->business, &world->b->f->school,
                                    jp_date_from_instant (jp_clock_now_us (clock)), &statement,
                                    error))
    return FALSE;
  if (statement != NULL)
    g_array_append_vals (world->statements, jp_record_get_id (statement), 1);
  return TRUE;
}

static void
step (World *world)
{
  static gboolean (*const deeds[]) (World *, GError **) = {
    do_sign,  do_pay,     do_train,   do_train, do_train, do_train,  do_train,  do_train,
    do_judge, do_approve, do_approve, do_exam,  do_leave, do_decide, do_settle,
  };
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_fake_clock_advance (world->b->f->clock, JP_SECOND_US);
  jp_business_fixture_begin (world->b, &transaction);
  if (deeds[roll (world, G_N_ELEMENTS (deeds))](world, &error))
    {
      jp_business_fixture_commit (world->b, &transaction);
      world->n_done++;
    }
  else
    {
      g_assert_cmpuint (error->domain, ==, JP_PLATFORM_ERROR);
      jp_transaction_clear (&transaction);
      world->n_refused++;
    }

  g_clear_error (&error);
  jp_bank_check (jp_business_get_bank (world->b->business), &error);
  g_assert_no_error (error);
}

/* opening + what was paid in since the statement before − lines = closing, statement by statement.
 */
static void
check_statements (World *world)
{
  g_autofree char *sql = NULL;
  gint64           before_us = 0;
  gint64           closing = 0;

  for (guint i = 0; i < world->statements->len; i++)
    {
      g_autoptr (JpRecord) statement = NULL;
      gint64 paid = 0;
      gint64 lines = 0;

      /* A statement whose transaction was given up is not there. */
      statement = jp_platform_fixture_find (world->b->f, JP_KIND_STATEMENT,
                                            &g_array_index (world->statements, JpId, i));
      if (statement == NULL)
        continue;
      g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_OPENING), ==, closing);
      g_free (sql);
      sql = g_strdup_printf ("SELECT ifnull (sum (amount), 0) FROM payment WHERE paid_at > "
                             "%" G_GINT64_FORMAT " AND paid_at <= %" G_GINT64_FORMAT,
                             before_us, jp_record_get_integer (statement, JP_STATEMENT_ISSUED_AT));
      paid = jp_platform_fixture_count (world->b->f, sql);
      lines = jp_record_get_integer (statement, JP_STATEMENT_TOTAL);
      before_us = jp_record_get_integer (statement, JP_STATEMENT_ISSUED_AT);
      g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_CLOSING), ==,
                       closing + paid - lines);
      closing = jp_record_get_integer (statement, JP_STATEMENT_CLOSING);
    }

  /* Each movement is on one line at most, each line says what moved. */
  g_assert_cmpint (
    jp_platform_fixture_count (world->b->f,
                               "SELECT count (*) FROM statement_line l LEFT JOIN statement_item i "
                               "ON i.line = l.id"
                               " LEFT JOIN bank_movement m ON m.id = i.movement WHERE m.id IS NULL"
                               " OR m.reference <> l.bank_reference OR m.fen <> abs (l.amount)"),
    ==, 0);
}

/* Nobody is given more than the policy has earned. */
static void
check_releases (World *world)
{
  for (guint i = 0; i < world->contracts->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpRecord) record =
        jp_business_fixture_get (world->b, JP_KIND_CONTRACT,
                                 &g_array_index (world->contracts, JpId, i));
      g_autoptr (JpPolicyPlan) plan = NULL;
      JpBusinessFacts facts;
      JpDate today = jp_date_from_instant (jp_clock_now_us (JP_CLOCK (world->b->f->clock)));

      if (g_strcmp0 (jp_record_get_text (record, JP_CONTRACT_STATUS), "paid") != 0)
        continue;
      jp_business_read_facts (world->b->business, record, today, &facts, &error);
      g_assert_no_error (error);
      plan = jp_policy_plan_new (facts.policy, &facts.gather.facts, &error);
      g_assert_no_error (error);
      g_assert_cmpint (jp_record_get_integer (record, JP_CONTRACT_RELEASED), <=, plan->earned_fen);
    }
}

static void
test_lives (void)
{
  World world = { .b = jp_business_fixture_new () };

  world.random = world.b->f->ids;
  world.contracts = g_array_new (FALSE, FALSE, sizeof (JpId));
  world.statements = g_array_new (FALSE, FALSE, sizeof (JpId));
  for (guint i = 0; i < N_CONTRACTS; i++)
    {
      JpId contract = jp_business_fixture_offer (world.b);

      g_array_append_val (world.contracts, contract);
    }
  for (guint i = 0; i < N_STEPS; i++)
    step (&world);
  check_statements (&world);
  check_releases (&world);
  g_test_message ("%u done, %u refused, %u statements", world.n_done, world.n_refused,
                  world.statements->len);
  g_assert_cmpuint (world.n_done, >, N_STEPS / 4);
  g_assert_cmpuint (world.statements->len, >, 0);

  g_array_unref (world.contracts);
  g_array_unref (world.statements);
  jp_business_fixture_free (world.b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-random/lives", test_lives);

  return g_test_run ();
}
