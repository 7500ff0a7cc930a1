/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-fake-clock.h"
#include "jp-store.h"
#include "jp-test-dir.h"

G_BEGIN_DECLS

/* A store on a file of its own, with a school in it, and its calls as functions that wait. */
typedef struct
{
  JpTestDir   *dir;    /* (owned) */
  char        *path;   /* (owned): the database */
  JpSealKey   *key;    /* (owned) */
  JpFakeClock *clock;  /* (owned) */
  JpIdSource  *ids;    /* (owned) */
  JpIdSource  *random; /* (owned): for contents */
  JpStore     *store;  /* (owned) (nullable): NULL while no program has it open */
} JpStoreFixture;

void      jp_store_fixture_set_up (JpStoreFixture *self, gconstpointer data);
void      jp_store_fixture_tear_down (JpStoreFixture *self, gconstpointer data);
gboolean  jp_store_fixture_open (JpStoreFixture *self, GError **error);
void      jp_store_fixture_close (JpStoreFixture *self);
JpVault  *jp_store_fixture_open_vault (JpStoreFixture *self, JpDbMode mode);
void      jp_store_fixture_settle (JpStoreFixture *self);
gpointer  jp_store_fixture_read (JpStoreFixture *self, const JpStoreCall *call, GError **error);
gpointer  jp_store_fixture_write (JpStoreFixture *self, const JpStoreCall *call, GError **error);
gint64    jp_store_fixture_commit (JpStoreFixture *self, JpRecord *before, JpRecord *after);
JpRecord *jp_store_fixture_get (JpStoreFixture *self, JpKind kind, const JpId *id);
JpRecord *jp_store_fixture_add_vehicle (JpStoreFixture *self);
JpChange *jp_store_fixture_new_change (JpStoreFixture *self, JpRecord *before, JpRecord *after);

/* Waits for one asynchronous call. */
typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} JpStoreWait;

void          jp_store_wait_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *jp_store_wait_for (JpStoreWait *wait);
void          jp_store_wait_clear (JpStoreWait *wait);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpStoreWait, jp_store_wait_clear)

G_END_DECLS
