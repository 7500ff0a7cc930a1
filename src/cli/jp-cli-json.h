/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"
#include "jp-id.h"
#include "jp-json.h"

G_BEGIN_DECLS

/* Members of what `--json` prints. */

void jp_cli_json_add_text (JsonBuilder *builder, const char *member, const char *text);
void jp_cli_json_add_integer (JsonBuilder *builder, const char *member, gint64 value);
void jp_cli_json_add_id (JsonBuilder *builder, const char *member, const JpId *id);
void jp_cli_json_add_date (JsonBuilder *builder, const char *member, JpDate date);

G_END_DECLS
