/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db-error.h"

/**
 * jp_db_error_quark:
 *
 * Returns: the error domain of the db layer
 */
G_DEFINE_QUARK (jp_db_error_quark, jp_db_error)
