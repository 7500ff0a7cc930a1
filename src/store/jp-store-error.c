/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-store-error.h"

/**
 * jp_store_error_quark:
 *
 * Returns: the error domain of the store layer
 */
G_DEFINE_QUARK (jp_store_error_quark, jp_store_error)
