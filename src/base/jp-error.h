/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpBaseError:
 * @JP_BASE_ERROR_INVALID: the data does not have the expected form
 * @JP_BASE_ERROR_RANGE: a number, a length or a date lies outside its range
 * @JP_BASE_ERROR_TOO_LARGE: a limit on size, depth or count was reached
 * @JP_BASE_ERROR_DUPLICATE: a key that must be unique occurs twice
 * @JP_BASE_ERROR_SEALED: sealed data could not be opened: wrong key, or changed data
 * @JP_BASE_ERROR_MISSING: a part of the program is not installed, or is of another version
 *
 * What a caller of the base layer can act upon.
 */
typedef enum {
  JP_BASE_ERROR_INVALID,
  JP_BASE_ERROR_RANGE,
  JP_BASE_ERROR_TOO_LARGE,
  JP_BASE_ERROR_DUPLICATE,
  JP_BASE_ERROR_SEALED,
  JP_BASE_ERROR_MISSING,
} JpBaseError;

#define JP_BASE_ERROR (jp_base_error_quark ())

GQuark jp_base_error_quark (void);

G_END_DECLS
