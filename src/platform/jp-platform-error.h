/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpPlatformError:
 * @JP_PLATFORM_ERROR_INVALID: a request breaks a rule
 * @JP_PLATFORM_ERROR_NOT_FOUND: no such thing
 * @JP_PLATFORM_ERROR_FORBIDDEN: not allowed for this caller
 * @JP_PLATFORM_ERROR_CONFLICT: the request does not fit the present state
 * @JP_PLATFORM_ERROR_IO: the server could not read or write
 * @JP_PLATFORM_ERROR_AUTH: the caller is not who it must be to ask this
 * @JP_PLATFORM_ERROR_REVOKED: the station was shut out
 * @JP_PLATFORM_ERROR_EPOCH_CHANGED: the database was restored from a copy: begin anew
 * @JP_PLATFORM_ERROR_RESYNC: the cursor is too old: do a first sync
 * @JP_PLATFORM_ERROR_FORKED: two stations use one identity: enrol anew
 * @JP_PLATFORM_ERROR_GAP: an operation is missing before this one: send it first
 * @JP_PLATFORM_ERROR_RATE_LIMITED: too many attempts: wait
 * @JP_PLATFORM_ERROR_QUOTA: there is no room for more files of the school
 *
 * What a caller of the platform layer can act upon.
 */
typedef enum {
  JP_PLATFORM_ERROR_INVALID,
  JP_PLATFORM_ERROR_NOT_FOUND,
  JP_PLATFORM_ERROR_FORBIDDEN,
  JP_PLATFORM_ERROR_CONFLICT,
  JP_PLATFORM_ERROR_IO,
  JP_PLATFORM_ERROR_AUTH,
  JP_PLATFORM_ERROR_REVOKED,
  JP_PLATFORM_ERROR_EPOCH_CHANGED,
  JP_PLATFORM_ERROR_RESYNC,
  JP_PLATFORM_ERROR_FORKED,
  JP_PLATFORM_ERROR_GAP,
  JP_PLATFORM_ERROR_RATE_LIMITED,
  JP_PLATFORM_ERROR_QUOTA,
} JpPlatformError;

#define JP_PLATFORM_ERROR (jp_platform_error_quark ())

GQuark jp_platform_error_quark (void);

G_END_DECLS
