/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-error.h"

/**
 * jp_base_error_quark:
 *
 * Returns: the error domain of the base layer
 */
/* clang-format off */
G_DEFINE_QUARK (jp-base-error-quark, jp_base_error)
/* clang-format on */
