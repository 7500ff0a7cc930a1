/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

GPtrArray  *jp_roster_labels_list (JpKind kind);
JpFieldId   jp_roster_labels_find (JpKind kind, const char *label);
gboolean    jp_roster_labels_is_ours (const char *label);
const char *jp_roster_labels_find_code (const JpField *field, const char *text);

G_END_DECLS
