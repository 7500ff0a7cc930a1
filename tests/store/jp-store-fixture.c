/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-store-fixture.h"

#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"

/* A change may ask for a snapshot, that for a newer one, and that for pages. */
#define SETTLE_ROUNDS 5

void
jp_store_wait_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStoreWait *wait = user_data;

  g_assert_null (wait->result); /* each call is answered once */
  wait->result = g_object_ref (result);
}

/* Returns: (transfer none): the result, once it is there */
GAsyncResult *
jp_store_wait_for (JpStoreWait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

void
jp_store_wait_clear (JpStoreWait *wait)
{
  g_clear_object (&wait->result);
}

/* Opens the file without a store: as another program would, or after it. */
JpVault *
jp_store_fixture_open_vault (JpStoreFixture *self, JpDbMode mode)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault =
    jp_vault_open (self->path, mode, self->key, JP_CLOCK (self->clock), self->ids, &error);

  g_assert_no_error (error);
  if (mode == JP_DB_WRITER)
    jp_vault_set_up (vault, &error);
  else
    jp_vault_reload_school (vault, &error);
  g_assert_no_error (error);
  return vault;
}

void
jp_store_fixture_set_up (JpStoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = NULL;

  self->dir = jp_test_dir_new ();
  self->path = jp_test_dir_build (self->dir, "school.db");
  self->key = jp_seal_key_new_random ();
  self->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->random = jp_test_random_new_source (JP_CLOCK (self->clock));
  self->ids = jp_id_source_new_seeded (JP_CLOCK (self->clock),
                                       jp_id_source_below (self->random, G_MAXUINT32));

  vault = jp_store_fixture_open_vault (self, JP_DB_WRITER);
  jp_vault_fixture_found_school (vault);
  jp_vault_close (vault);
  jp_store_fixture_open (self, &error);
  g_assert_no_error (error);
}

void
jp_store_fixture_tear_down (JpStoreFixture *self, gconstpointer data)
{
  if (self->store != NULL)
    jp_store_fixture_close (self);
  g_assert_finalize_object (g_steal_pointer (&self->random));
  g_assert_finalize_object (g_steal_pointer (&self->ids));
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  jp_seal_key_unref (self->key);
  g_free (self->path);
  jp_test_dir_free (self->dir);
}

/* After an error there is no store. */
gboolean
jp_store_fixture_open (JpStoreFixture *self, GError **error)
{
  g_auto (JpStoreWait) wait = { NULL };

  self->store = jp_store_new (self->path, self->key, JP_CLOCK (self->clock), self->ids, "前台");
  jp_store_open_async (self->store, NULL, jp_store_wait_cb, &wait);
  if (jp_store_open_finish (self->store, jp_store_wait_for (&wait), error))
    return TRUE;

  jp_store_wait_clear (&wait);
  jp_store_fixture_close (self);
  return FALSE;
}

void
jp_store_fixture_close (JpStoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };

  jp_store_close_async (self->store, NULL, jp_store_wait_cb, &wait);
  jp_store_close_finish (self->store, jp_store_wait_for (&wait), &error);
  g_assert_no_error (error);
  jp_store_wait_clear (&wait);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

gpointer
jp_store_fixture_read (JpStoreFixture *self, const JpStoreCall *call, GError **error)
{
  g_auto (JpStoreWait) wait = { NULL };
  gpointer value = NULL;

  jp_store_read_async (self->store, call, NULL, jp_store_wait_cb, &wait);
  jp_store_read_finish (self->store, jp_store_wait_for (&wait), &value, error);
  return value;
}

gpointer
jp_store_fixture_write (JpStoreFixture *self, const JpStoreCall *call, GError **error)
{
  g_auto (JpStoreWait) wait = { NULL };
  gpointer value = NULL;

  jp_store_write_async (self->store, call, G_PRIORITY_DEFAULT, NULL, jp_store_wait_cb, &wait);
  jp_store_write_finish (self->store, jp_store_wait_for (&wait), &value, error);
  return value;
}

static gpointer
nothing_call (JpVault *vault, gpointer data, GError **error)
{
  return NULL;
}

/* Until everything that lists have asked for has come. */
void
jp_store_fixture_settle (JpStoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { nothing_call, NULL, NULL, NULL, 0 };

  for (int i = 0; i < SETTLE_ROUNDS; i++)
    {
      jp_store_fixture_read (self, &call, &error);
      g_assert_no_error (error);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

JpChange *
jp_store_fixture_new_change (JpStoreFixture *self, JpRecord *before, JpRecord *after)
{
  JpChange *change = jp_store_new_change (self->store, "edit");

  jp_change_add (change, before, after);
  return change;
}

/* Returns the number of the operation. */
gint64
jp_store_fixture_commit (JpStoreFixture *self, JpRecord *before, JpRecord *after)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  gint64 n = 0;

  jp_store_commit_async (self->store, jp_store_fixture_new_change (self, before, after), NULL,
                         jp_store_wait_cb, &wait);
  n = jp_store_commit_finish (self->store, jp_store_wait_for (&wait), &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 0);
  return n;
}

JpRecord *
jp_store_fixture_get (JpStoreFixture *self, JpKind kind, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  JpRecord *record = NULL;

  jp_store_get_record_async (self->store, kind, id, NULL, jp_store_wait_cb, &wait);
  record = jp_store_get_record_finish (self->store, jp_store_wait_for (&wait), &error);
  g_assert_no_error (error);
  return record;
}

/* Returns: (transfer full): a new vehicle as it was stored */
JpRecord *
jp_store_fixture_add_vehicle (JpStoreFixture *self)
{
  g_autoptr (JpRecord) vehicle = jp_test_record_new (JP_KIND_VEHICLE, self->random);

  jp_store_fixture_commit (self, NULL, vehicle);
  return jp_store_fixture_get (self, JP_KIND_VEHICLE, jp_record_get_id (vehicle));
}
