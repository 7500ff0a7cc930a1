/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-repo.h"
#include "jp-station-fixture.h"
#include "jp-verify.h"

#include <string.h>

/* A paper is attached at one PC and opened at the other: the row first, the bytes later, whatever
 * happens between two pieces. */

#define CHUNK JP_ATTACHMENT_CHUNK_BYTES
#define SIZE  (2 * CHUNK + 5000)

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpStationFixture  *one;      /* (owned) */
  JpStationFixture  *two;      /* (owned) */
  GBytes            *bytes;    /* (owned) */
  JpId               trainee;
} World;

/* --- in the writer of a station --- */

typedef struct
{
  World              *world;
  JpAttachmentPurpose purpose;
  const char         *damage; /* (nullable): SQL */
  JpBlobInfo          info;   /* out */
  GBytes             *bytes;  /* out (owned) (nullable) */
  guint64             n_found;
  gboolean            done;
  GError             *error; /* out (owned) (nullable) */
} Job;

static gpointer
attach_job (JpVault *vault, gpointer data, GError **error)
{
  Job             *job = data;
  JpAttachmentFile file = { JP_KIND_TRAINEE, job->world->trainee, job->purpose, "scan.jpg",
                            job->world->bytes };

  jp_attachment_repo_add (vault, &file, "前台", NULL, error);
  return NULL;
}

static gpointer
look_job (JpVault *vault, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) all =
    jp_attachment_repo_list (vault, JP_KIND_TRAINEE, &job->world->trainee, error);
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, error);
  JpAttachment *one = NULL;

  if (all == NULL || report == NULL)
    return NULL;
  g_assert_cmpuint (all->len, ==, 1);
  one = all->pdata[0];
  job->info = one->blob;
  job->n_found = report->n_found[JP_VERIFY_BLOBS];
  if (one->blob.here_bytes == one->blob.size_bytes)
    job->bytes = jp_attachment_repo_read (vault, one->record, error);
  return NULL;
}

static gpointer
want_job (JpVault *vault, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) all =
    jp_attachment_repo_list (vault, JP_KIND_TRAINEE, &job->world->trainee, error);

  if (all != NULL)
    jp_blob_repo_want (vault,
                       jp_record_get_text (((JpAttachment *)all->pdata[0])->record,
                                           JP_ATTACHMENT_DIGEST),
                       error);
  return NULL;
}

static void
job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;

  jp_store_write_finish (JP_STORE (source), result, NULL, &job->error);
  job->done = TRUE;
}

static void
run (JpStationFixture *station, JpStoreFunc func, Job *job)
{
  JpStoreCall call = { .func = func, .data = job, .kinds = jp_store_kind_bit (JP_KIND_ATTACHMENT) };

  job->done = FALSE;
  jp_store_write_async (station->store, &call, G_PRIORITY_DEFAULT, NULL, job_cb, job);
  while (!job->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (job->error);
}

static void
attach (World *world, JpStationFixture *station, JpAttachmentPurpose purpose)
{
  Job job = { .world = world, .purpose = purpose };

  run (station, attach_job, &job);
}

static void
assert_state (World *world, JpStationFixture *station, JpBlobState state)
{
  Job job = { .world = world };

  run (station, look_job, &job);
  g_assert_cmpstr (jp_blob_state_get_name (job.info.state), ==, jp_blob_state_get_name (state));
  g_assert_cmpuint (job.n_found, ==, 0);
  if (state == JP_BLOB_HERE)
    g_assert_true (g_bytes_equal (job.bytes, world->bytes));
  g_clear_pointer (&job.bytes, g_bytes_unref);
}

static void
want (World *world, JpStationFixture *station)
{
  Job job = { .world = world };

  run (station, want_job, &job);
}

/* --- the world --- */

static JpSyncReceipt
sync_station (World *world, JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt receipt = { 0 };

  jp_fake_clock_advance (world->platform->clock, 60 * JP_SECOND_US);
  jp_station_fixture_round (station, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_refused, ==, 0);
  return receipt;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *bytes = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    bytes[i] = (guint8)(i * 31 + i / 251);
  memcpy (bytes, "\xff\xd8\xff", 3);
  world->bytes = g_bytes_new_take (bytes, SIZE);
  world->platform = jp_platform_fixture_new ();
  world->one = jp_station_fixture_new (world->platform);
  world->two = jp_station_fixture_new (world->platform);
  sync_station (world, world->one);
  sync_station (world, world->two);
  trainee = jp_draft_end (jp_platform_fixture_new_trainee (world->platform));
  world->trainee = *jp_record_get_id (trainee);
  g_assert_cmpint (jp_station_fixture_commit (world->one, NULL, trainee, &error), >, 0);
  g_assert_no_error (error);
  sync_station (world, world->one);
  sync_station (world, world->two);
}

static void
tear_down (World *world, gconstpointer data)
{
  jp_station_fixture_free (world->one);
  jp_station_fixture_free (world->two);
  jp_platform_fixture_free (world->platform);
  g_bytes_unref (world->bytes);
}

/* --- tests --- */

static void
test_opened (World *world, gconstpointer data)
{
  JpSyncReceipt    receipt;
  g_autofree char *sent = NULL;
  g_autofree char *fetched = NULL;

  attach (world, world->one, JP_PURPOSE_ID_DOCUMENT);
  assert_state (world, world->one, JP_BLOB_UNSENT);
  receipt = sync_station (world, world->one);
  g_assert_cmpint (receipt.n_blobs_sent, ==, 1);
  g_assert_cmpint (receipt.n_blob_bytes, ==, SIZE);
  sent = jp_sync_receipt_dup_sentence (&receipt);
  g_assert_cmpstr (sent, ==, "1 sent, 1 accepted; 1 received. Files: 1 sent, 0 fetched.");
  assert_state (world, world->one, JP_BLOB_HERE);

  /* An identity document is fetched only where somebody opens it. */
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blobs_fetched, ==, 0);
  assert_state (world, world->two, JP_BLOB_REMOTE);
  want (world, world->two);
  assert_state (world, world->two, JP_BLOB_COMING);
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blobs_fetched, ==, 1);
  fetched = jp_sync_receipt_dup_sentence (&receipt);
  g_assert_cmpstr (fetched, ==, "Files: 0 sent, 1 fetched.");
  assert_state (world, world->two, JP_BLOB_HERE);

  /* Nothing is left to do. */
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blob_bytes, ==, 0);
}

/* The photo of a trainee comes by itself. */
static void
test_photo (World *world, gconstpointer data)
{
  JpSyncReceipt receipt;

  attach (world, world->one, JP_PURPOSE_PHOTO);
  sync_station (world, world->one);
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blobs_fetched, ==, 1);
  assert_state (world, world->two, JP_BLOB_HERE);
}

/* The line breaks after the row: the other PC knows that there is something, and waits. */
static void
test_waits (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt    receipt = { 0 };
  g_autofree char *sentence = NULL;

  attach (world, world->one, JP_PURPOSE_PHOTO);
  jp_fake_transport_push_fault (world->one->transport, JP_FAKE_FAULT_NONE);
  jp_fake_transport_push_fault (world->one->transport, JP_FAKE_FAULT_DROP_REQUEST);
  jp_fake_clock_advance (world->platform->clock, JP_SECOND_US);
  jp_station_fixture_round (world->one, &receipt, &error);
  g_assert_nonnull (error);
  g_assert_cmpint (receipt.n_judged, ==, 1);
  jp_fake_transport_forget_faults (world->one->transport);

  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blobs_absent, ==, 1);
  sentence = jp_sync_receipt_dup_sentence (&receipt);
  g_assert_nonnull (strstr (sentence, "1 file waits for another PC to send it."));
  assert_state (world, world->two, JP_BLOB_ELSEWHERE);
  sync_station (world, world->one);
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blobs_fetched, ==, 1);
  assert_state (world, world->two, JP_BLOB_HERE);
}

/* Every request in turn gets lost, or its answer does: it goes on where it was. */
static void
test_interrupted (World *world, gconstpointer data)
{
  static const JpFakeFault faults[] = { JP_FAKE_FAULT_DROP_REQUEST, JP_FAKE_FAULT_DROP_REPLY,
                                        JP_FAKE_FAULT_CAPTIVE };
  JpStationFixture        *stations[] = { world->one, world->two };
  JpSyncReceipt            receipt;

  attach (world, world->one, JP_PURPOSE_PHOTO);
  for (guint s = 0; s < G_N_ELEMENTS (stations); s++)
    for (guint i = 0; i < 9; i++)
      {
        g_autoptr (GError) error = NULL;

        for (guint n = 0; n < 2; n++)
          jp_fake_transport_push_fault (stations[s]->transport, JP_FAKE_FAULT_NONE);
        jp_fake_transport_push_fault (stations[s]->transport, faults[i % G_N_ELEMENTS (faults)]);
        jp_fake_clock_advance (world->platform->clock, 60 * JP_SECOND_US);
        jp_station_fixture_round (stations[s], &receipt, &error);
        jp_fake_transport_forget_faults (stations[s]->transport);
        jp_station_fixture_reopen (stations[s]);
      }
  sync_station (world, world->one);
  sync_station (world, world->two);
  assert_state (world, world->one, JP_BLOB_HERE);
  assert_state (world, world->two, JP_BLOB_HERE);
}

/* A request that arrives twice does its work once. */
static void
test_twice (World *world, gconstpointer data)
{
  attach (world, world->one, JP_PURPOSE_PHOTO);
  for (guint i = 0; i < 12; i++)
    jp_fake_transport_push_fault (world->one->transport, JP_FAKE_FAULT_DUPLICATE);
  sync_station (world, world->one);
  jp_fake_transport_forget_faults (world->one->transport);
  sync_station (world, world->one);
  sync_station (world, world->two);
  assert_state (world, world->one, JP_BLOB_HERE);
  assert_state (world, world->two, JP_BLOB_HERE);
}

/* The platform is restored from before: what it lost it gets again, and nothing twice. */
static void
test_restored (World *world, gconstpointer data)
{
  JpSyncReceipt receipt;

  jp_platform_fixture_save (world->platform, "copy.db");
  attach (world, world->one, JP_PURPOSE_ID_DOCUMENT);
  sync_station (world, world->one);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT COUNT (*) FROM blob"), ==,
                   1);
  jp_platform_fixture_restore (world->platform, "copy.db");
  jp_station_fixture_reconnect (world->one);
  jp_station_fixture_reconnect (world->two);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT COUNT (*) FROM blob"), ==,
                   0);
  for (guint i = 0; i < 3; i++)
    receipt = sync_station (world, world->one);
  g_assert_cmpint (receipt.n_blob_bytes, ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT COUNT (*) FROM blob WHERE here = size"),
                   ==, 1);
  sync_station (world, world->two);
  want (world, world->two);
  sync_station (world, world->two);
  assert_state (world, world->two, JP_BLOB_HERE);
}

/* The other PC has the same scan: nothing is sent twice. */
static void
test_same (World *world, gconstpointer data)
{
  JpSyncReceipt receipt;

  attach (world, world->one, JP_PURPOSE_ID_DOCUMENT);
  sync_station (world, world->one);
  attach (world, world->two, JP_PURPOSE_OTHER);
  receipt = sync_station (world, world->two);
  g_assert_cmpint (receipt.n_blob_bytes, ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT COUNT (*) FROM blob"), ==,
                   1);
}

/* A platform without room: the file stays here, and the round is whole. */
static void
test_no_room (World *world, gconstpointer data)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (world->platform);
  JpSyncReceipt    receipt;
  g_autofree char *sentence = NULL;

  jp_platform_store_set_blob_quota (store, 1000);
  attach (world, world->one, JP_PURPOSE_ID_DOCUMENT);
  receipt = sync_station (world, world->one);
  g_assert_cmpint (receipt.n_blobs_unsent, ==, 1);
  sentence = jp_sync_receipt_dup_sentence (&receipt);
  g_assert_nonnull (strstr (sentence, "The platform did not take 1 file; it stays here."));
  assert_state (world, world->one, JP_BLOB_UNSENT);
  jp_platform_store_set_blob_quota (store, SIZE);
  sync_station (world, world->one);
  assert_state (world, world->one, JP_BLOB_HERE);
}

#define ADD(path, func) g_test_add ("/sync/blob/" path, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("opened", test_opened);
  ADD ("photo", test_photo);
  ADD ("waits", test_waits);
  ADD ("interrupted", test_interrupted);
  ADD ("twice", test_twice);
  ADD ("restored", test_restored);
  ADD ("same", test_same);
  ADD ("no-room", test_no_room);
  return g_test_run ();
}
