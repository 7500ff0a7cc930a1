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
 *
 * What a caller of the platform layer can act upon.
 */
typedef enum {
  JP_PLATFORM_ERROR_INVALID,
  JP_PLATFORM_ERROR_NOT_FOUND,
  JP_PLATFORM_ERROR_FORBIDDEN,
  JP_PLATFORM_ERROR_CONFLICT,
  JP_PLATFORM_ERROR_IO,
} JpPlatformError;

#define JP_PLATFORM_ERROR (jp_platform_error_quark ())

GQuark jp_platform_error_quark (void);

G_END_DECLS
