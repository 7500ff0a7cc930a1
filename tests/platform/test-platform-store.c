/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-fixture.h"

#include <glib/gstdio.h>

static void
test_versions (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  gint64 seq = jp_platform_fixture_get_seq (f, &f->school);
  gint64 other_seq = jp_platform_fixture_get_seq (f, &f->other);
  g_autoptr (JpRecord) first =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_trainee (f)));

  g_assert_cmpint (jp_record_get_head (first)->version, ==, 1);
  g_assert_cmpint (jp_record_get_head (first)->created_at_us, ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq + 1);

  jp_fake_clock_advance (f->clock, JP_SECOND_US);
  g_autoptr (JpDraft) draft = jp_draft_new_from (first);
  jp_draft_set_text (draft, JP_TRAINEE_NOTE, "下午练车");
  g_autoptr (JpRecord) second =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (g_steal_pointer (&draft)));

  g_assert_cmpint (jp_record_get_head (second)->version, ==, 2);
  g_assert_cmpint (jp_record_get_head (second)->created_at_us, ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpint (jp_record_get_head (second)->updated_at_us, ==,
                   JP_FAKE_CLOCK_NOW_US + JP_SECOND_US);
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq + 2);
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->other), ==, other_seq);

  /* One entry in the stream, at the newest number. */
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM feed WHERE t = 8"), ==, 1);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT seq FROM feed WHERE t = 8"), ==, seq + 2);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT seq FROM trainee"), ==, seq + 2);
}

static void
test_groups (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  gint64           seq = jp_platform_fixture_get_seq (f, &f->school);

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < JP_PLATFORM_STORE_MAX_GROUP_ROWS + 3; i++)
    {
      g_autoptr (JpRecord) record = jp_draft_end (jp_platform_fixture_new_tier (f));

      if (i == 2)
        jp_platform_store_next_group (store);
      jp_platform_store_put (store, &f->school, record, NULL, &error);
      g_assert_no_error (error);
    }
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);

  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM feed WHERE t = 7 AND seq = %" G_GINT64_FORMAT, seq + 1);
  g_autofree char *full =
    g_strdup_printf ("SELECT count(*) FROM feed WHERE t = 7 AND seq = %" G_GINT64_FORMAT, seq + 2);

  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq + 3);
  g_assert_cmpint (jp_platform_fixture_count (f, sql), ==, 2);
  g_assert_cmpint (jp_platform_fixture_count (f, full), ==, JP_PLATFORM_STORE_MAX_GROUP_ROWS);
}

static void
test_refusals (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (JpRecord) stale = jp_draft_end (jp_platform_fixture_new_trainee (f));
  g_autoptr (JpRecord) fresh = jp_platform_fixture_put (f, &f->school, jp_record_ref (stale));
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  const JpId       nobody = jp_id_source_next (f->ids);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  g_assert_false (jp_platform_store_put (store, &f->school, stale, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (jp_platform_store_put (store, &f->other, fresh, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN);
  g_clear_error (&error);

  g_autoptr (JpRecord) homeless = jp_draft_end (jp_platform_fixture_new_trainee (f));
  g_assert_false (jp_platform_store_put (store, &nobody, homeless, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
}

static void
test_isolation (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) theirs =
    jp_platform_fixture_put (f, &f->other, jp_draft_end (jp_platform_fixture_new_trainee (f)));
  g_autoptr (JpRecord) seen =
    jp_platform_fixture_find (f, JP_KIND_TRAINEE, jp_record_get_id (theirs));
  JpId owner;

  g_assert_null (seen);
  jp_platform_store_find_owner (jp_platform_fixture_get_store (f), JP_KIND_TRAINEE,
                                jp_record_get_id (theirs), &owner, &error);
  g_assert_no_error (error);
  g_assert_true (jp_id_equal (&owner, &f->other));
}

static void
test_shared (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  gint64 seq = jp_platform_fixture_get_seq (f, &f->school);
  gint64 other_seq = jp_platform_fixture_get_seq (f, &f->other);
  g_autoptr (JpRecord) policy =
    jp_platform_fixture_put (f, NULL, jp_draft_end (jp_platform_fixture_new_policy (f)));
  g_autoptr (JpRecord) seen =
    jp_platform_fixture_find (f, JP_KIND_POLICY, jp_record_get_id (policy));

  g_assert_nonnull (seen);
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq + 1);
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->other), ==, other_seq + 1);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM feed WHERE t = 21"), ==, 2);

  /* A school that comes later sees it too. */
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  g_autoptr (JpRecord) late = jp_draft_end (jp_platform_fixture_new_school (f, "新驾校"));

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  jp_platform_store_add_school (store, late, &error);
  g_assert_no_error (error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM feed WHERE t = 21"), ==, 3);
}

static void
count_changes_cb (const JpId *school, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
test_rollback (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  gint64           seq = jp_platform_fixture_get_seq (f, &f->school);
  guint            n_told = 0;

  jp_platform_store_set_changed_func (store, count_changes_cb, &n_told);
  {
    g_autoptr (GError) error = NULL;
    g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
    g_autoptr (JpRecord) record = jp_draft_end (jp_platform_fixture_new_tier (f));

    jp_platform_store_begin (store, &transaction, &error);
    jp_platform_store_put (store, &f->school, record, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM class_tier"), ==, 0);
  g_assert_cmpuint (n_told, ==, 0);

  g_autoptr (JpRecord) kept =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_tier (f)));

  g_assert_cmpint (jp_platform_fixture_get_seq (f, &f->school), ==, seq + 1);
  g_assert_cmpuint (n_told, ==, 1);
  jp_platform_store_set_changed_func (store, NULL, NULL);
}

static void
test_purge (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_tier (f);
  g_autoptr (JpRecord) kept =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_tier (f)));
  JpPlatformTenant tenant = { 0 };
  g_autoptr (GError) error = NULL;

  jp_draft_set_deleted (draft, TRUE);
  g_autoptr (JpRecord) gone =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (g_steal_pointer (&draft)));
  gint64 seq = jp_platform_fixture_get_seq (f, &f->school);

  for (int pass = 0; pass < 2; pass++)
    {
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      jp_platform_store_begin (store, &transaction, &error);
      g_assert_no_error (error);
      jp_platform_store_purge (store, &f->school, JP_FAKE_CLOCK_NOW_US + pass, &error);
      g_assert_no_error (error);
      jp_platform_store_commit (store, &transaction, &error);
      g_assert_no_error (error);
      jp_platform_store_get_tenant (store, &f->school, &tenant, &error);
      g_assert_no_error (error);
      g_assert_cmpint (tenant.min_seq, ==, pass == 0 ? 0 : seq);
    }

  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM class_tier"), ==, 1);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM feed WHERE t = 7"), ==, 1);
}

static void
test_reopen (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autofree char *epoch =
    g_strdup (jp_platform_store_get_epoch (jp_platform_fixture_get_store (f)));
  g_autoptr (JpRecord) trainee =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_trainee (f)));
  g_autoptr (GError) error = NULL;
  const JpPlatformStoreOptions options = { .clock = JP_CLOCK (f->clock), .ids = f->ids };

  /* One process at a time. */
  g_assert_null (jp_platform_store_open (f->folder, &options, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);

  jp_platform_fixture_reopen (f);
  g_assert_cmpstr (jp_platform_store_get_epoch (jp_platform_fixture_get_store (f)), ==, epoch);

  g_autoptr (JpRecord) again =
    jp_platform_fixture_find (f, JP_KIND_TRAINEE, jp_record_get_id (trainee));

  g_assert_cmpstr (jp_record_get_text (again, JP_TRAINEE_PHONE), ==, "13905301234");

  jp_platform_store_new_epoch (jp_platform_fixture_get_store (f), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jp_platform_store_get_epoch (jp_platform_fixture_get_store (f)), !=, epoch);
}

static void
test_key (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autofree char             *path = g_build_filename (f->folder, "key", NULL);
  const JpPlatformStoreOptions options = { .clock = JP_CLOCK (f->clock), .ids = f->ids };
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_clear_pointer (&f->platform, jp_platform_free);

  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_null (jp_platform_store_open (f->folder, &options, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN);
  g_clear_error (&error);

  /* A lost key is never replaced by a new one. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (jp_platform_store_open (f->folder, &options, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_seat (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  const JpId       terminal = jp_id_source_next (f->ids);
  JpPlatformStore *store = jp_platform_fixture_get_store (f);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 2; i++)
    {
      const JpId id = jp_id_source_next (f->ids);
      const JpId vehicle = jp_id_source_next (f->ids);
      g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TERMINAL_ASSIGNMENT, &id);

      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, &terminal);
      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, &vehicle);
      g_autoptr (JpRecord) record = jp_draft_end (g_steal_pointer (&draft));
      g_assert_cmpint (jp_platform_store_put (store, &f->school, record, NULL, &error), ==, i == 0);
    }
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

static void
test_backup (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autofree char *path = jp_test_dir_build (f->dir, "copy.db");
  GStatBuf         status;
  g_autoptr (GError) error = NULL;
  JpPlatformTenant tenant = { 0 };

  jp_platform_store_backup (jp_platform_fixture_get_store (f), path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  jp_platform_store_get_tenant (jp_platform_fixture_get_store (f), &f->school, &tenant, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tenant.durable_seq, ==, tenant.seq);
}

/* Returns: the version of the next state */
static gint64
put_note (JpPlatformFixture *f, const JpId *id, const char *note)
{
  g_autoptr (JpRecord) before = jp_platform_fixture_find (f, JP_KIND_TRAINEE, id);
  g_autoptr (JpDraft) draft = jp_draft_new_from (before);

  jp_draft_set_text (draft, JP_TRAINEE_NOTE, note);

  g_autoptr (JpRecord) after =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (g_steal_pointer (&draft)));

  return jp_record_get_head (after)->version;
}

static gboolean
is_untouched (JpPlatformFixture *f, const JpId *id, gint64 version)
{
  const JpId station = jp_id_derive ("station", "1");
  g_autoptr (JpRecord) present = jp_platform_fixture_find (f, JP_KIND_TRAINEE, id);
  g_autoptr (GError) error = NULL;
  gboolean untouched = FALSE;

  jp_platform_store_is_untouched (jp_platform_fixture_get_store (f), &f->school, &station, present,
                                  version, &untouched, &error);
  g_assert_no_error (error);
  return untouched;
}

/* A platform that went back in time gives no version a second time. */
static void
test_restored_versions (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (JpRecord) made =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_trainee (f)));
  const JpId *id = jp_record_get_id (made);
  gint64      lost = 0;
  gint64      once = 0;
  gint64      twice = 0;

  jp_platform_fixture_save (f, "copy");
  lost = put_note (f, id, "丢了的");
  g_assert_cmpint (lost, ==, 2);
  g_assert_true (is_untouched (f, id, lost));
  g_assert_false (is_untouched (f, id, 1));

  /* Nobody has written since the copy: whoever saw what came after it, saw this. */
  jp_platform_fixture_restore (f, "copy");
  g_assert_true (is_untouched (f, id, 1));
  g_assert_true (is_untouched (f, id, lost));

  once = put_note (f, id, "别人写的");
  g_assert_cmpint (once, >, 1 << 20);
  g_assert_false (is_untouched (f, id, lost));
  g_assert_true (is_untouched (f, id, once));

  /* Another time from the same copy. */
  jp_platform_fixture_restore (f, "copy");
  g_assert_false (is_untouched (f, id, once));
  twice = put_note (f, id, "又一次");
  g_assert_cmpint (twice, !=, once);
  g_assert_false (is_untouched (f, id, once));
  g_assert_true (is_untouched (f, id, twice));

  /* Within an epoch they are counted; and the start of the program begins none. */
  g_assert_cmpint (put_note (f, id, "一"), ==, twice + 1);
  jp_platform_fixture_reopen (f);
  g_assert_cmpint (put_note (f, id, "二"), ==, twice + 2);
}

/* What an older program has been through is not known. */
static void
test_old_versions (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (JpRecord) made =
    jp_platform_fixture_put (f, &f->school, jp_draft_end (jp_platform_fixture_new_trainee (f)));
  const JpId *id = jp_record_get_id (made);
  g_autoptr (GError) error = NULL;

  jp_db_exec (jp_platform_fixture_get_db (f), "DELETE FROM version_floor", &error);
  g_assert_no_error (error);
  jp_platform_fixture_reopen (f);
  g_assert_true (is_untouched (f, id, 1));
  g_assert_cmpint (put_note (f, id, "新程序"), >, 1 << 20);
  g_assert_false (is_untouched (f, id, 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/store/versions", test_versions);
  g_test_add_func ("/platform/store/versions-restored", test_restored_versions);
  g_test_add_func ("/platform/store/versions-old", test_old_versions);
  g_test_add_func ("/platform/store/groups", test_groups);
  g_test_add_func ("/platform/store/refusals", test_refusals);
  g_test_add_func ("/platform/store/isolation", test_isolation);
  g_test_add_func ("/platform/store/shared", test_shared);
  g_test_add_func ("/platform/store/rollback", test_rollback);
  g_test_add_func ("/platform/store/purge", test_purge);
  g_test_add_func ("/platform/store/reopen", test_reopen);
  g_test_add_func ("/platform/store/key", test_key);
  g_test_add_func ("/platform/store/seat", test_seat);
  g_test_add_func ("/platform/store/backup", test_backup);

  return g_test_run ();
}
