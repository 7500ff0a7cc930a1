/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-error.h"

/**
 * jp_sync_error_quark:
 *
 * Returns: the error domain of the sync layer
 */
G_DEFINE_QUARK (jp_sync_error_quark, jp_sync_error)
