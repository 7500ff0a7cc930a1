/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-keeper.h"

#include "jp-profile.h"
#include "jp-restore.h"
#include "jp-store-fixture.h"
#include "jp-test-random.h"
#include "jp-vault-fixture.h"

#include <glib/gstdio.h>

/* An open school in a profile, and its keeper. */
typedef struct
{
  JpStoreFixture store;
  JpProfile     *profile;
  JpKeeper      *keeper;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  JpVault         *vault = NULL;

  self->store.dir = jp_test_dir_new ();
  self->store.clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->store.random = jp_test_random_new_source (JP_CLOCK (self->store.clock));
  self->store.ids = jp_id_source_new (JP_CLOCK (self->store.clock));
  folder = jp_test_dir_build (self->store.dir, "school");
  self->profile = jp_profile_create (folder, "correct horse", self->store.ids, &error);
  g_assert_no_error (error);
  self->store.path = g_strdup (self->profile->database);
  self->store.key = jp_seal_key_ref (self->profile->key);
  vault = jp_store_fixture_open_vault (&self->store, JP_DB_WRITER);
  jp_vault_fixture_found_school (vault);
  jp_vault_close (vault);
  g_assert_true (jp_store_fixture_open (&self->store, &error));
  self->keeper = jp_keeper_new (self->store.store, self->profile);
}

static void
wait (Fixture *self)
{
  while (jp_keeper_is_busy (self->keeper))
    g_main_context_iteration (NULL, TRUE);
}

static void
stop (Fixture *self)
{
  g_auto (JpStoreWait) waited = { NULL };
  g_autoptr (GError) error = NULL;

  if (self->store.store != NULL)
    jp_store_fixture_close (&self->store);
  jp_keeper_stop_async (self->keeper, jp_store_wait_cb, &waited);
  g_assert_true (jp_keeper_stop_finish (self->keeper, jp_store_wait_for (&waited), &error));
  jp_store_wait_clear (&waited);
  g_assert_finalize_object (g_steal_pointer (&self->keeper));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->keeper != NULL)
    stop (self);
  jp_store_fixture_tear_down (&self->store, data);
  jp_profile_free (self->profile);
}

static guint
count_backups (Fixture *self)
{
  g_auto (GStrv) paths = jp_backup_list (self->profile->backups);

  return g_strv_length (paths);
}

static void
an_hour_later (Fixture *self)
{
  jp_fake_clock_advance (self->store.clock, JP_HOUR_US);
  jp_keeper_tick (self->keeper);
  wait (self);
  g_assert_no_error (jp_keeper_get_problem (self->keeper));
}

/* One backup for each hour in which something happened, and one at the end. */
static void
test_hourly (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) paths = NULL;

  jp_keeper_start (self->keeper);
  wait (self);
  g_assert_cmpint (jp_keeper_get_last_us (self->keeper), ==, 0);
  jp_keeper_tick (self->keeper);
  wait (self);
  g_assert_cmpuint (count_backups (self), ==, 0);

  an_hour_later (self);
  g_assert_cmpuint (count_backups (self), ==, 1);
  g_assert_cmpint (jp_keeper_get_last_us (self->keeper), ==, JP_FAKE_CLOCK_NOW_US + JP_HOUR_US);
  g_assert_cmpint (jp_keeper_get_last_rows (self->keeper), >, 0);
  an_hour_later (self);
  g_assert_cmpuint (count_backups (self), ==, 1);
  g_assert_cmpint (jp_keeper_get_last_us (self->keeper), ==, JP_FAKE_CLOCK_NOW_US + JP_HOUR_US);

  jp_record_unref (jp_store_fixture_add_vehicle (&self->store));
  an_hour_later (self);
  g_assert_cmpuint (count_backups (self), ==, 2);

  jp_fake_clock_advance (self->store.clock, JP_MINUTE_US);
  jp_record_unref (jp_store_fixture_add_vehicle (&self->store));
  stop (self);
  paths = jp_backup_list (self->profile->backups);
  g_assert_cmpuint (g_strv_length (paths), ==, 2); /* the newest one of its hour */
  g_assert_true (g_str_has_suffix (paths[0], "-121344.jpbackup"));
}

static gboolean
back_up (Fixture *self, GError **error)
{
  g_auto (JpStoreWait) waited = { NULL };

  jp_keeper_back_up_async (self->keeper, jp_store_wait_cb, &waited);
  return jp_keeper_back_up_finish (self->keeper, jp_store_wait_for (&waited), error);
}

/* What a backup says it has can be restored; where the copy cannot go is told. */
static void
test_now (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = jp_test_dir_build (self->store.dir, "stick");
  JpSafety         safety = { 24, 14, 12, stick, NULL };
  g_auto (GStrv) paths = NULL;
  JpBackupInfo info = { 0 };

  g_assert_true (back_up (self, &error));
  g_assert_no_error (error);
  paths = jp_backup_list (self->profile->backups);
  g_assert_true (jp_restore_drill (paths[0], jp_test_dir_get_path (self->store.dir),
                                   self->profile->key, NULL, &info, &error));
  g_assert_cmpint (info.n_rows, ==, jp_keeper_get_last_rows (self->keeper));

  g_assert_true (jp_safety_save (&safety, self->profile->folder, &error));
  jp_fake_clock_advance (self->store.clock, JP_HOUR_US);
  g_assert_false (back_up (self, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_assert_error (jp_keeper_get_problem (self->keeper), JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (count_backups (self), ==, 2);

  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  jp_fake_clock_advance (self->store.clock, JP_HOUR_US);
  g_assert_true (back_up (self, &error));
  g_assert_null (jp_keeper_get_problem (self->keeper));
}

static void
test_verify (Fixture *self, gconstpointer data)
{
  g_auto (JpStoreWait) waited = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = NULL;

  jp_record_unref (jp_store_fixture_add_vehicle (&self->store));
  jp_keeper_verify_async (self->keeper, NULL, jp_store_wait_cb, &waited);
  report = jp_keeper_verify_finish (self->keeper, jp_store_wait_for (&waited), &error);
  g_assert_no_error (error);
  g_assert_true (jp_verify_is_good (report));
  g_assert_false (jp_keeper_is_busy (self->keeper));
}

#define ADD(path, func) g_test_add ("/store/keeper/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("hourly", test_hourly);
  ADD ("now", test_now);
  ADD ("verify", test_verify);
  return g_test_run ();
}
