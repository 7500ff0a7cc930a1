/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* A wrong line from beginning to end: the school finds it, contests it and sends that through sync;
 * the platform looks for itself and upholds it; the next statement puts it right, and both sides'
 * books are in order again. */

#include "jp-business-dispute.h"
#include "jp-business-fixture.h"
#include "jp-desk.h"
#include "jp-dispute-repo.h"
#include "jp-ledger.h"
#include "jp-op-repo.h"
#include "jp-station-fixture.h"
#include "jp-verify.h"

#include "jp-commit.h"

#define START_FEN G_GINT64_CONSTANT (36800)
#define WRONG_FEN G_GINT64_CONSTANT (86800)

typedef struct
{
  JpBusinessFixture *b;
  JpStationFixture  *station;
  JpId               contract;
  JpId               statement; /* the newest */
  JpId               dispute;
} World;

typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
}

static gpointer
call (World *world, JpStoreFunc func, gpointer data, gboolean writes, GError **error)
{
  JpStoreCall call = { .func = func, .data = data, .kinds = writes ? JP_STORE_KINDS_ALL : 0 };
  JpStore    *store = world->station->store;
  Wait        wait = { NULL };
  gpointer    result = NULL;

  if (writes)
    jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, done_cb, &wait);
  else
    jp_store_read_async (store, &call, NULL, done_cb, &wait);
  while (wait.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (writes)
    jp_store_write_finish (store, wait.result, &result, error);
  else
    jp_store_read_finish (store, wait.result, &result, error);
  g_object_unref (wait.result);
  return result;
}

static gpointer
read_report_in_worker (JpVault *vault, gpointer data, GError **error)
{
  return jp_settlement_repo_read (vault, data, NULL, error);
}

static JpSettlementReport *
read_report (World *world)
{
  g_autoptr (GError) error = NULL;
  JpSettlementReport *report =
    call (world, read_report_in_worker, &world->statement, FALSE, &error);

  g_assert_no_error (error);
  return report;
}

typedef struct
{
  JpChange *(*make) (JpVault *vault, const JpId *id, const char *actor, GError **error);
  JpId          id;
  JpDeskDispute dispute;
} Action;

static gpointer
act_in_worker (JpVault *vault, gpointer data, GError **error)
{
  Action *action = data;
  g_autoptr (JpChange) change = action->make != NULL
                                  ? action->make (vault, &action->id, "财务", error)
                                  : jp_desk_open_disputes (vault, &action->dispute, "财务", error);

  if (change == NULL || !jp_commit_change (vault, change, NULL, error))
    return NULL;
  return jp_record_ref (((JpChangeRow *)change->rows->pdata[0])->after);
}

static JpRecord *
act (World *world, Action *action, GError **error)
{
  return call (world, act_in_worker, action, TRUE, error);
}

static JpRecord *
contest (World *world, const JpId *line, gboolean send, GError **error)
{
  JpDeskDisputed disputed = { .line = *line };
  Action         action = {
            .dispute = { world->statement, &disputed, 1, "签约阶段多拨五百元", send },
  };

  return act (world, &action, error);
}

static void
sync_now (World *world)
{
  g_autoptr (GError) error = NULL;

  jp_station_fixture_round (world->station, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
read_books_in_worker (JpVault *vault, gpointer data, GError **error)
{
  World          *world = data;
  JpLedgerBalance balance = { 0 };
  g_autoptr (JpVerifyReport) report = NULL;
  gint64 *found = g_new0 (gint64, 4);

  if (!jp_ledger_get_balance (vault, &world->contract, &balance, error) ||
      !jp_dispute_repo_sum (vault, &found[1], &found[2], error))
    return NULL;
  report = jp_verify_run (vault, NULL, error);
  for (guint i = 0; report != NULL && i < report->findings->len; i++)
    g_test_message ("%s", ((JpVerifyFinding *)report->findings->pdata[i])->detail);
  found[0] = balance.fen[JP_LEDGER_DISPUTED];
  found[3] = report != NULL
               ? (gint64)(report->n_found[JP_VERIFY_LEDGER] + report->n_found[JP_VERIFY_BOOKS])
               : -1;
  g_assert_cmpint (balance.fen[JP_LEDGER_PAID], ==,
                   balance.fen[JP_LEDGER_CUSTODY] + balance.fen[JP_LEDGER_RELEASED] +
                     balance.fen[JP_LEDGER_REFUNDED] + balance.fen[JP_LEDGER_DISPUTED]);
  return found;
}

static void
assert_books (World *world, gint64 disputed_fen)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *found = call (world, read_books_in_worker, world, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found[0], ==, disputed_fen);
  g_assert_cmpint (found[1], ==, disputed_fen > 0 ? 1 : 0);
  g_assert_cmpint (found[2], ==, disputed_fen);
  g_assert_cmpint (found[3], ==, 0);
}

static void
assert_state (World *world, const char *state)
{
  g_autoptr (JpRecord) here =
    jp_station_fixture_find (world->station, JP_KIND_DISPUTE, &world->dispute);
  g_autoptr (JpRecord) there = jp_business_fixture_get (world->b, JP_KIND_DISPUTE, &world->dispute);

  g_assert_nonnull (here);
  g_assert_cmpstr (jp_record_get_text (here, JP_DISPUTE_STATE), ==, state);
  g_assert_cmpstr (jp_record_get_text (there, JP_DISPUTE_STATE), ==, state);
}

static void
issue (World *world)
{
  g_autoptr (JpRecord) statement = jp_business_fixture_settle (world->b);

  g_assert_nonnull (statement);
  world->statement = *jp_record_get_id (statement);
  sync_now (world);
}

/* The bank pays 868 for the signing, which is worth 368. */
static void
world_init (World *world)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpDraft) draft = NULL;
  JpBankOrder order = { .kind = JP_BANK_RELEASE,
                        .purpose = "too much",
                        .stage = "registration",
                        .amount_fen = WRONG_FEN,
                        .at_us = JP_FAKE_CLOCK_NOW_US };

  *world = (World){ .b = jp_business_fixture_new () };
  world->contract = jp_business_fixture_pay (world->b);
  order.school = world->b->f->school;
  order.contract = world->contract;
  record = jp_business_fixture_get (world->b, JP_KIND_CONTRACT, &world->contract);
  draft = jp_draft_new_from (record);
  jp_business_fixture_begin (world->b, &transaction);
  jp_business_post (world->b->business, &order, NULL, &error);
  jp_business_sum_up (world->b->business, draft, &error);
  jp_business_put (world->b->business, &order.school, g_steal_pointer (&draft), NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (world->b, &transaction);
  jp_business_attach (world->b->f->platform);

  world->station = jp_station_fixture_new (world->b->f);
  jp_station_fixture_enrol (world->station, &error);
  g_assert_no_error (error);
  issue (world);
}

static void
world_clear (World *world)
{
  jp_station_fixture_free (world->station);
  jp_business_fixture_free (world->b);
}

static const JpSettlementRow *
get_row (const JpSettlementReport *report, JpSettlementVerdict verdict)
{
  g_assert_cmpuint (report->rows->len, ==, 1);

  const JpSettlementRow *row = report->rows->pdata[0];

  g_test_message ("%s: %s", jp_settlement_verdict_get_name (row->verdict), row->sentence);
  g_assert_cmpint (row->verdict, ==, verdict);
  return row;
}

static void
open_dispute (World *world, gboolean send)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSettlementReport) report = read_report (world);
  const JpSettlementRow *row = get_row (report, JP_SETTLEMENT_OVER);
  g_autoptr (JpRecord) dispute = NULL;

  g_assert_false (jp_dispute_repo_is_taken (row->dispute_state));
  dispute = contest (world, &row->line, send, &error);
  g_assert_no_error (error);
  world->dispute = *jp_record_get_id (dispute);
  g_assert_cmpint (jp_record_get_integer (dispute, JP_DISPUTE_CLAIMED), ==, START_FEN);

  /* Once is enough. */
  g_assert_null (contest (world, &row->line, TRUE, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_DISPUTED);
}

static void
review (World *world)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_auto (JpBusinessFinding) finding = { 0 };

  jp_business_fixture_begin (world->b, &transaction);
  jp_business_review_dispute (world->b->business, &world->dispute, NULL, &finding, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (world->b, &transaction);
  g_assert_cmpint (finding.verdict, ==, JP_SETTLEMENT_OVER);
  g_assert_cmpint (finding.expected_fen, ==, START_FEN);
}

static void
uphold (World *world)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (world->b, &transaction);
  jp_business_decide_dispute (world->b->business, &world->dispute, TRUE, "多拨属实", NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (world->b, &transaction);
}

static void
test_upheld (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSettlementReport) before = NULL;
  g_autoptr (JpSettlementReport) after = NULL;
  g_autoptr (JpRecord) read = NULL;
  Action action = { .make = jp_desk_read_dispute };

  world_init (&world);
  open_dispute (&world, TRUE);
  assert_books (&world, WRONG_FEN - START_FEN);
  sync_now (&world);
  assert_state (&world, "sent");
  review (&world);
  sync_now (&world);
  assert_state (&world, "review");
  assert_books (&world, WRONG_FEN - START_FEN);
  before = read_report (&world);
  g_assert_cmpint (get_row (before, JP_SETTLEMENT_OVER)->dispute_state, ==,
                   JP_DISPUTE_STATE_REVIEW);

  uphold (&world);
  sync_now (&world);
  assert_state (&world, "upheld");
  assert_books (&world, 0);
  action.id = world.dispute;
  read = act (&world, &action, &error);
  g_assert_no_error (error);
  g_assert_true (jp_record_has (read, JP_DISPUTE_READ_AT));
  sync_now (&world);

  jp_fake_clock_advance (world.b->f->clock, JP_DAY_US);
  issue (&world);
  after = read_report (&world);
  g_assert_cmpint (get_row (after, JP_SETTLEMENT_MATCHES)->paid_fen, ==, START_FEN - WRONG_FEN);
  g_assert_cmpint (after->summary.residual_fen, ==, 0);
  g_assert_true (jp_settlement_summary_adds_up (&after->summary));
  assert_books (&world, 0);
  world_clear (&world);
}

static void
test_withdrawn (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) dispute = NULL;
  Action action = { .make = jp_desk_withdraw_dispute };

  world_init (&world);
  open_dispute (&world, TRUE);
  sync_now (&world);
  review (&world);
  sync_now (&world);
  action.id = world.dispute;
  dispute = act (&world, &action, &error);
  g_assert_no_error (error);
  sync_now (&world);
  assert_state (&world, "withdrawn");
  assert_books (&world, 0);

  /* And once more, from the beginning: as a draft, which goes into the trash. */
  open_dispute (&world, FALSE);
  assert_books (&world, 0);
  sync_now (&world);
  assert_state (&world, "draft");
  action.id = world.dispute;
  jp_record_unref (act (&world, &action, &error));
  g_assert_no_error (error);
  sync_now (&world);
  open_dispute (&world, FALSE);
  world_clear (&world);
}

static gpointer
undo_in_worker (JpVault *vault, gpointer data, GError **error)
{
  gint64 n = 0;

  return jp_op_repo_get_last_undoable (vault, 0, &n, error) &&
             jp_commit_undo (vault, n, "财务", NULL, error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static void
assert_done (World *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call (world, undo_in_worker, NULL, TRUE, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_DISPUTE_DONE);
}

/* Ctrl+Z on what was sent withdraws it, also at the platform; once it is withdrawn or answered
 * nothing undoes it. */
static void
test_undo (void)
{
  World world;
  g_autoptr (GError) error = NULL;

  world_init (&world);
  open_dispute (&world, TRUE);
  sync_now (&world);
  assert_state (&world, "sent");
  review (&world);
  sync_now (&world);
  g_assert_nonnull (call (&world, undo_in_worker, NULL, TRUE, &error));
  g_assert_no_error (error);
  assert_books (&world, 0);
  sync_now (&world);
  sync_now (&world);
  assert_state (&world, "withdrawn");
  assert_done (&world);
  world_clear (&world);

  world_init (&world);
  open_dispute (&world, TRUE);
  sync_now (&world);
  uphold (&world);
  sync_now (&world);
  assert_done (&world);
  assert_state (&world, "upheld");
  world_clear (&world);
}

/* Two PCs contest one line: the platform takes the first, the other one is told. */
static void
test_twice (void)
{
  World world;
  World other;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) second = NULL;

  world_init (&world);
  other = world;
  other.station = jp_station_fixture_new (world.b->f);
  jp_station_fixture_enrol (other.station, &error);
  g_assert_no_error (error);
  sync_now (&other);
  open_dispute (&world, TRUE);
  open_dispute (&other, TRUE);
  sync_now (&world);
  sync_now (&other);
  sync_now (&other);
  assert_state (&world, "sent");
  g_assert_cmpint (jp_platform_fixture_count (world.b->f, "SELECT count (*) FROM dispute"), ==, 1);
  g_assert_cmpint (jp_platform_fixture_count (world.b->f, "SELECT count (*) FROM conflict WHERE"
                                                          " reason = 'rejected'"),
                   ==, 1);
  assert_books (&other, WRONG_FEN - START_FEN);
  jp_station_fixture_free (other.station);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/dispute/upheld", test_upheld);
  g_test_add_func ("/sync/dispute/withdrawn", test_withdrawn);
  g_test_add_func ("/sync/dispute/undo", test_undo);
  g_test_add_func ("/sync/dispute/twice", test_twice);

  return g_test_run ();
}
