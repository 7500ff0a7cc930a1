/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-perf-relay.h"
#include "jp-platform-service.h"
#include "jp-store.h"
#include "jp-sync-round.h"
#include "jp-test-dir.h"

G_BEGIN_DECLS

/* A platform and its stations over real HTTPS on the loopback, through a relay that counts what
 * passes: the bytes of TCP, headers and encryption included. */

typedef struct
{
  JpTestDir         *dir;     /* (owned) */
  char              *folder;  /* (owned): of the platform */
  JpClock           *clock;   /* (owned) */
  JpIdSource        *ids;     /* (owned) */
  JpPlatformService *service; /* (owned) */
  JpPerfRelay       *relay;   /* (owned) */
  char              *ca;      /* (owned) */
  JpId               school;
} JpPerfCity;

typedef struct
{
  JpPerfCity  *city;      /* (borrowed) */
  JpStore     *store;     /* (owned) */
  JpTransport *transport; /* (owned) */
} JpPerfStation;

JpPerfCity *jp_perf_city_new (void);
void        jp_perf_city_free (JpPerfCity *self);
void        jp_perf_city_put (JpPerfCity *self, GPtrArray *records);
void        jp_perf_city_count (JpPerfCity *self, gint64 *out_up_bytes, gint64 *out_down_bytes);

JpPerfStation *jp_perf_station_new (JpPerfCity *city);
void           jp_perf_station_free (JpPerfStation *self);
double         jp_perf_station_round (JpPerfStation *self, JpSyncReceipt *out_receipt);
void           jp_perf_station_commit (JpPerfStation *self, JpRecord *before, JpRecord *after);
JpRecord      *jp_perf_station_get (JpPerfStation *self, JpKind kind, const JpId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPerfCity, jp_perf_city_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPerfStation, jp_perf_station_free)

G_END_DECLS
