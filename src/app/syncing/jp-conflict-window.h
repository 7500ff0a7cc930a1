/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is to be decided about one record, opened from the record itself. */

#define JP_TYPE_CONFLICT_WINDOW (jp_conflict_window_get_type ())

G_DECLARE_FINAL_TYPE (JpConflictWindow, jp_conflict_window, JP, CONFLICT_WINDOW, AdwWindow)

JpConflictWindow *jp_conflict_window_open (JpOffice *office, JpKind kind, const JpId *id);

G_END_DECLS
