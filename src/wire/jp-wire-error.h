/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpWireError:
 * @JP_WIRE_ERROR_INVALID: a message does not have the expected form
 * @JP_WIRE_ERROR_TOO_NEW: a message needs a newer program
 * @JP_WIRE_ERROR_TOO_LARGE: a limit on size or count was reached
 *
 * What a caller of the wire layer can act upon.
 */
typedef enum {
  JP_WIRE_ERROR_INVALID,
  JP_WIRE_ERROR_TOO_NEW,
  JP_WIRE_ERROR_TOO_LARGE,
} JpWireError;

#define JP_WIRE_ERROR (jp_wire_error_quark ())

GQuark jp_wire_error_quark (void);

G_END_DECLS
