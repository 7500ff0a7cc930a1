/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *jp_json_build (const char *checked, gsize length_bytes);

G_END_DECLS
