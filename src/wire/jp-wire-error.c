/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-wire-error.h"

/**
 * jp_wire_error_quark:
 *
 * Returns: the error domain of the wire layer
 */
G_DEFINE_QUARK (jp_wire_error_quark, jp_wire_error)
