/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-station.h"

G_BEGIN_DECLS

/* How a PC becomes a station: by a code, or by branching off from a station that it is a copy of.
 * Both can be repeated: the same certificate request gets the same answer until the station has
 * been seen, so that a lost answer costs nothing. */

#define JP_PLATFORM_ENROL_MAX_REQUEST_BYTES 4096

/**
 * JpPlatformGrant:
 * @station: who the PC is now
 * @token: (owned): its token, of which only a hash is kept here
 * @certificate: (owned) (nullable): its certificate as PEM; %NULL where stations have none
 *
 * What a new station gets.
 */
typedef struct
{
  JpPlatformStation station;
  char             *token;
  char             *certificate;
} JpPlatformGrant;

void     jp_platform_grant_clear (JpPlatformGrant *self);
gboolean jp_platform_enrol_run (JpPlatformStore *store,
                                const char      *code,
                                const char      *name,
                                const char      *request,
                                JpPlatformGrant *out_grant,
                                GError         **error);
gboolean jp_platform_enrol_branch (JpPlatformStore         *store,
                                   const JpPlatformStation *parent,
                                   gint64                   n,
                                   const guint8             chain[JP_SEAL_HASH_BYTES],
                                   const char              *request,
                                   JpPlatformGrant         *out_grant,
                                   GError                 **error);
char    *jp_platform_enrol_renew (JpPlatformStore         *store,
                                  const JpPlatformStation *station,
                                  const char              *request,
                                  GError                 **error);
char    *jp_platform_enrol_dup_token (JpPlatformStore *store, const JpId *station, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpPlatformGrant, jp_platform_grant_clear)

G_END_DECLS
