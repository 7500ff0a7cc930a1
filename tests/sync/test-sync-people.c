/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-station-fixture.h"

#include "jp-approval-repo.h"
#include "jp-codes.h"
#include "jp-desk.h"
#include "jp-user-repo.h"

/* One person asks at one PC of the school, the second one approves at another. */

#define MASTER "王校长"
#define CLERK  "前台小张"

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpStationFixture  *one;      /* (owned) */
  JpStationFixture  *two;      /* (owned) */
  JpId               contract;
} World;

/* --- in the writer of a station --- */

typedef struct
{
  gboolean (*func) (JpVault *vault, gpointer data, GError **error);
  gpointer data;
  gboolean done;
  GError  *error;
} Call;

static gpointer
in_writer (JpVault *vault, gpointer data, GError **error)
{
  Call *call = data;

  return call->func (vault, call->data, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  jp_store_write_finish (JP_STORE (source), result, NULL, &call->error);
  call->done = TRUE;
}

static gboolean
run (JpStationFixture *station,
     gboolean (*func) (JpVault *vault, gpointer data, GError **error),
     gpointer data,
     GError **error)
{
  Call        call = { func, data, FALSE, NULL };
  JpStoreCall what = { .func = in_writer, .data = &call };

  jp_store_write_async (station->store, &what, G_PRIORITY_DEFAULT, NULL, called_cb, &call);
  while (!call.done)
    g_main_context_iteration (NULL, TRUE);
  if (call.error == NULL)
    return TRUE;
  g_propagate_error (error, call.error);
  return FALSE;
}

static gboolean
add_user (JpVault *vault, gpointer data, GError **error)
{
  return jp_user_repo_add (vault, data, error);
}

typedef struct
{
  JpUserSpec spec;
  char      *code; /* (owned) (nullable) */
} CodeCall;

static gboolean
make_code (JpVault *vault, gpointer data, GError **error)
{
  CodeCall *call = data;

  return jp_user_repo_make_code (vault, &call->spec, &call->code, error);
}

static gboolean
set_pin (JpVault *vault, gpointer data, GError **error)
{
  return jp_user_repo_set_pin (vault, data, error);
}

static gboolean
ask (JpVault *vault, gpointer data, GError **error)
{
  const World        *world = data;
  const JpApprovalAsk what = {
    .kind = JP_KIND_REFUND,
    .contract = world->contract,
    .fault = JP_FAULT_TRAINEE,
    .reason = "搬家",
    .name = CLERK,
    .pin = "112233",
  };

  return jp_approval_repo_ask (vault, &what, NULL, error);
}

typedef struct
{
  const JpId *contract;
  const char *name;
  const char *pin;
} Approval;

/* Finds what another PC asked for, as the window does. */
static gboolean
approve (JpVault *vault, gpointer data, GError **error)
{
  const Approval    *approval = data;
  JpApprovalDecision decision = { JP_KIND_REFUND, JP_ID_NONE, TRUE, approval->name, approval->pin };
  g_autoptr (JpApproval) one = NULL;

  if (!jp_approval_repo_find_open (vault, approval->contract, &one, error))
    return FALSE;
  g_assert_nonnull (one);
  decision.kind = one->kind;
  decision.id = one->id;
  return jp_approval_repo_decide (vault, &decision, error);
}

/* --- the world --- */

static void
sync_station (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt receipt = { 0 };

  for (int i = 0; i < 3; i++)
    {
      jp_station_fixture_round (station, &receipt, &error);
      g_assert_no_error (error);
      g_assert_cmpint (receipt.n_refused, ==, 0);
    }
}

static void
put (JpPlatformFixture *platform, JpRecord *record)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (platform);
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  jp_platform_store_put (store, &platform->school, record, NULL, &error);
  g_assert_no_error (error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
}

static void
world_set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpUserSpec master = { MASTER, JP_ROLE_PRINCIPAL, "135790", NULL, NULL };
  JpUserSpec clerk = { CLERK, JP_ROLE_DESK, "112233", MASTER, "135790" };
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) tier = NULL;
  g_autoptr (JpRecord) contract = NULL;
  JpDraft *draft = NULL;

  world->platform = jp_platform_fixture_new ();
  world->one = jp_station_fixture_new (world->platform);
  world->two = jp_station_fixture_new (world->platform);
  trainee = jp_draft_end (jp_platform_fixture_new_trainee (world->platform));
  tier = jp_draft_end (jp_platform_fixture_new_tier (world->platform));
  draft = jp_platform_fixture_new_contract (world->platform, jp_record_get_id (trainee),
                                            jp_record_get_id (tier));
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID);
  contract = jp_draft_end (draft);
  world->contract = *jp_record_get_id (contract);
  put (world->platform, trainee);
  put (world->platform, tier);
  put (world->platform, contract);
  sync_station (world->one);
  sync_station (world->two);

  run (world->one, add_user, &master, &error);
  g_assert_no_error (error);
  run (world->one, add_user, &clerk, &error);
  g_assert_no_error (error);
  sync_station (world->one);
  sync_station (world->two);
}

static void
world_tear_down (World *world, gconstpointer data)
{
  jp_station_fixture_free (world->one);
  jp_station_fixture_free (world->two);
  jp_platform_fixture_free (world->platform);
}

static void
choose_pin (World *world)
{
  g_autoptr (GError) error = NULL;
  CodeCall   code = { { MASTER, JP_ROLE_PRINCIPAL, NULL, MASTER, "135790" }, NULL };
  JpUserSpec choose = { MASTER, JP_ROLE_PRINCIPAL, "975310", MASTER, NULL };

  run (world->one, make_code, &code, &error);
  g_assert_no_error (error);
  sync_station (world->one);
  sync_station (world->two);
  choose.by_pin = code.code;
  run (world->two, set_pin, &choose, &error);
  g_assert_no_error (error);
  sync_station (world->two);
  sync_station (world->one);
  g_free (code.code);
}

/* Nothing that unlocks anything leaves the PC; the code is spent. */
static void
assert_no_secret (World *world)
{
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count(*) FROM person WHERE "
                                                               "handover IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count(*) FROM person"), ==,
                   2);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count(*) FROM sqlite_schema "
                                                               "WHERE name = 'user'"),
                   ==, 0);
}

static void
test_other_pc (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Approval same = { &world->contract, CLERK, "112233" };
  Approval early = { &world->contract, MASTER, "975310" };
  Approval right = { &world->contract, MASTER, "975310" };

  run (world->one, ask, world, &error);
  g_assert_no_error (error);
  sync_station (world->one);
  sync_station (world->two);
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT count(*) FROM refund WHERE state = 'draft'"),
                   ==, 1);

  /* Known at the other PC, but without a PIN there. */
  g_assert_false (run (world->two, approve, &early, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_PIN_MISSING);
  g_clear_error (&error);
  g_assert_false (run (world->one, approve, &same, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_USER_ROLE);
  g_clear_error (&error);

  choose_pin (world);
  assert_no_secret (world);
  run (world->two, approve, &right, &error);
  g_assert_no_error (error);
  sync_station (world->two);
  sync_station (world->one);
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT count(*) FROM refund WHERE state = 'pending'"
                                              " AND asked_by <> checked_by"),
                   ==, 1);

  g_autoptr (JpQuery) pending = jp_query_new (JP_KIND_REFUND);

  jp_query_where_code (pending, JP_REFUND_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_PENDING);
  g_assert_cmpint (jp_station_fixture_count (world->one, pending), ==, 1);
  g_assert_cmpint (jp_station_fixture_count (world->two, pending), ==, 1);
}

static gboolean
ask_transfer (JpVault *vault, gpointer data, GError **error)
{
  const World        *world = data;
  const JpApprovalAsk what = {
    .kind = JP_KIND_TRANSFER,
    .contract = world->contract,
    .school_no = "3717020000000099",
    .school = "丹阳路驾校",
    .name = CLERK,
    .pin = "112233",
  };

  return jp_approval_repo_ask (vault, &what, NULL, error);
}

/* Nothing is asked of the platform before the second person, who sits at the other PC; then every
 * PC follows its state. */
static void
test_transfer (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) pending = jp_query_new (JP_KIND_TRANSFER);
  Approval same = { &world->contract, CLERK, "112233" };
  Approval right = { &world->contract, MASTER, "975310" };

  run (world->one, ask_transfer, world, &error);
  g_assert_no_error (error);
  g_assert_false (run (world->one, ask, world, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TRANSFER_OPEN);
  g_clear_error (&error);
  sync_station (world->one);
  sync_station (world->two);
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT count(*) FROM transfer"
                                              " WHERE state = 'draft' AND checked_by IS NULL"),
                   ==, 1);
  g_assert_false (run (world->one, approve, &same, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_USER_ROLE);
  g_clear_error (&error);

  choose_pin (world);
  run (world->two, approve, &right, &error);
  g_assert_no_error (error);
  sync_station (world->two);
  sync_station (world->one);
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT count(*) FROM transfer"
                                              " WHERE state = 'pending' AND outgoing = 1"
                                              " AND asked_by <> checked_by"),
                   ==, 1);
  jp_query_where_code (pending, JP_TRANSFER_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_PENDING);
  g_assert_cmpint (jp_station_fixture_count (world->one, pending), ==, 1);
  g_assert_cmpint (jp_station_fixture_count (world->two, pending), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/sync/people/other-pc", World, NULL, world_set_up, test_other_pc, world_tear_down);
  g_test_add ("/sync/people/transfer", World, NULL, world_set_up, test_transfer, world_tear_down);
  return g_test_run ();
}
