/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-error.h"

/**
 * jp_platform_error_quark:
 *
 * Returns: the error domain of the platform layer
 */
G_DEFINE_QUARK (jp_platform_error_quark, jp_platform_error)
