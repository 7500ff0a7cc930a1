/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpModelError:
 * @JP_MODEL_ERROR_INVALID: a record or a data file breaks a rule of the domain
 * @JP_MODEL_ERROR_RANGE: a number or a date lies outside its range
 * @JP_MODEL_ERROR_MISSING: a required value is not there
 * @JP_MODEL_ERROR_OVERFLOW: an amount would leave the range of money
 *
 * What a caller of the model layer can act upon.
 */
typedef enum {
  JP_MODEL_ERROR_INVALID,
  JP_MODEL_ERROR_RANGE,
  JP_MODEL_ERROR_MISSING,
  JP_MODEL_ERROR_OVERFLOW,
} JpModelError;

#define JP_MODEL_ERROR (jp_model_error_quark ())

GQuark jp_model_error_quark (void);

G_END_DECLS
