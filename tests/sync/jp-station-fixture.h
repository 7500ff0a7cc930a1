/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-fake-transport.h"
#include "jp-platform-caller.h"
#include "jp-platform-station.h"
#include "jp-sync-enrol.h"
#include "jp-sync-round.h"

G_BEGIN_DECLS

/* A real client core against a real platform core: everything but the network is what runs in
 * production. */
typedef struct
{
  JpPlatformFixture *platform;  /* (borrowed) */
  JpHttpRouter      *router;    /* (owned): the platform's requests */
  JpFakeTransport   *transport; /* (owned) */
  JpTestDir         *dir;       /* (owned) */
  char              *path;      /* (owned): the database */
  JpSealKey         *key;       /* (owned) */
  JpIdSource        *ids;       /* (owned) */
  JpStore           *store;     /* (owned) */
} JpStationFixture;

JpStationFixture *jp_station_fixture_new (JpPlatformFixture *platform);
JpStationFixture *jp_station_fixture_new_clone (JpStationFixture *self);
void              jp_station_fixture_free (JpStationFixture *self);
void              jp_station_fixture_reopen (JpStationFixture *self);
void              jp_station_fixture_reconnect (JpStationFixture *self);
void              jp_station_fixture_save (JpStationFixture *self, const char *name);
void              jp_station_fixture_restore (JpStationFixture *self, const char *name);
gboolean          jp_station_fixture_enrol (JpStationFixture *self, GError **error);
gboolean jp_station_fixture_enrol_with (JpStationFixture *self, const char *code, GError **error);
gboolean
jp_station_fixture_round (JpStationFixture *self, JpSyncReceipt *out_receipt, GError **error);
gint64    jp_station_fixture_commit (JpStationFixture *self,
                                     JpRecord         *before,
                                     JpRecord         *after,
                                     GError          **error);
JpRecord *jp_station_fixture_find (JpStationFixture *self, JpKind kind, const JpId *id);
gint64    jp_station_fixture_count (JpStationFixture *self, JpQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpStationFixture, jp_station_fixture_free)

G_END_DECLS
