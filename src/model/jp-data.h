/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-reader.h"

G_BEGIN_DECLS

/* The data files that the program carries: rules of the state and the cities, in versions, each
 * number with its issuer, its source and how sure we are of it. */

GBytes *jp_data_lookup (const char *path, GError **error);
GStrv   jp_data_list (const char *folder);

G_END_DECLS
