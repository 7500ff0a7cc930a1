/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-store.h"

G_BEGIN_DECLS

/* The PCs of the schools: enrolled once by a code that somebody at the platform gives out, known by
 * a token from then on. Of both only hashes are kept. */

#define JP_PLATFORM_STATION_MAX_NO         999
#define JP_PLATFORM_STATION_MAX_NAME_CHARS 64
#define JP_PLATFORM_STATION_CODE_VALID_US  (7 * JP_DAY_US)

/**
 * JpPlatformStation:
 * @id: the station
 * @school: its school
 * @no: its number in the school, 1 … 999
 * @acked_n: all its operations up to here have a verdict
 * @chain: the hash chain up to @acked_n
 * @used: it has already shown that it has its token
 *
 * A station that may speak.
 */
typedef struct
{
  JpId     id;
  JpId     school;
  gint64   no;
  gint64   acked_n;
  guint8   chain[JP_SEAL_HASH_BYTES];
  gboolean used;
} JpPlatformStation;

/**
 * JpPlatformStationInfo:
 * @id: the station
 * @no: its number in the school
 * @name: (borrowed): what the school calls it
 * @enrolled_us: since when it is one
 * @pushed_us: when it last sent something, 0 = never
 * @revoked: it was shut out
 *
 * A station as administrators see it.
 */
typedef struct
{
  JpId        id;
  gint64      no;
  const char *name;
  gint64      enrolled_us;
  gint64      pushed_us;
  gboolean    revoked;
} JpPlatformStationInfo;

typedef void (*JpPlatformStationFunc) (const JpPlatformStationInfo *info, gpointer user_data);

char    *jp_platform_station_make_code (JpPlatformStore *store, const JpId *school, GError **error);
gboolean jp_platform_station_find (JpPlatformStore   *store,
                                   const char        *token,
                                   JpPlatformStation *out_station,
                                   GError           **error);
gboolean jp_platform_station_get (JpPlatformStore   *store,
                                  const JpId        *id,
                                  JpPlatformStation *out_station,
                                  char             **out_certificate,
                                  GError           **error);
gboolean jp_platform_station_note_use (JpPlatformStore         *store,
                                       const JpPlatformStation *station,
                                       GError                 **error);
char    *jp_platform_station_hash_code (const char *code);
char    *jp_platform_station_hash_token (const char *token);
gboolean jp_platform_station_revoke (JpPlatformStore *store, const JpId *station, GError **error);

gboolean
jp_platform_station_revoke_inside (JpPlatformStore *store, const JpId *station, GError **error);
gboolean jp_platform_station_list (JpPlatformStore      *store,
                                   const JpId           *school,
                                   JpPlatformStationFunc func,
                                   gpointer              user_data,
                                   GError              **error);

G_END_DECLS
