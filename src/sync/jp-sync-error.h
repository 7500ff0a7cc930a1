/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpSyncError:
 * @JP_SYNC_ERROR_OFFLINE: the platform could not be reached
 * @JP_SYNC_ERROR_AUTH: the platform does not accept this station
 * @JP_SYNC_ERROR_REJECTED: the platform refused the request
 * @JP_SYNC_ERROR_PROTOCOL: the answer is not one of the platform
 * @JP_SYNC_ERROR_TOO_OLD: the program is too old for the platform
 * @JP_SYNC_ERROR_FORKED: another station uses the same identity
 * @JP_SYNC_ERROR_RESYNC: the cursor is too old: read everything again
 * @JP_SYNC_ERROR_BUSY: the platform asks to wait
 * @JP_SYNC_ERROR_CONFLICT: the request does not fit the platform's present state
 * @JP_SYNC_ERROR_TOO_LARGE: the request or its answer exceeds a limit: ask for less
 * @JP_SYNC_ERROR_REVOKED: the platform has shut this station out
 * @JP_SYNC_ERROR_PAST: the platform went back in time, or this station did: what each of them has
 *   must be found out
 * @JP_SYNC_ERROR_TOO_NEW: the program is newer than the platform understands
 * @JP_SYNC_ERROR_MISSING: a part of the program is not installed
 *
 * What a caller of the sync layer can act upon.
 */
typedef enum {
  JP_SYNC_ERROR_OFFLINE,
  JP_SYNC_ERROR_AUTH,
  JP_SYNC_ERROR_REJECTED,
  JP_SYNC_ERROR_PROTOCOL,
  JP_SYNC_ERROR_TOO_OLD,
  JP_SYNC_ERROR_FORKED,
  JP_SYNC_ERROR_RESYNC,
  JP_SYNC_ERROR_BUSY,
  JP_SYNC_ERROR_CONFLICT,
  JP_SYNC_ERROR_TOO_LARGE,
  JP_SYNC_ERROR_REVOKED,
  JP_SYNC_ERROR_PAST,
  JP_SYNC_ERROR_TOO_NEW,
  JP_SYNC_ERROR_MISSING,
} JpSyncError;

#define JP_SYNC_ERROR (jp_sync_error_quark ())

GQuark      jp_sync_error_quark (void);
const char *jp_sync_error_get_sentence (JpSyncError code);

G_END_DECLS
