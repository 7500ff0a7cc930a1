/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* What the sidebar tells all day: the school, what waits where, and the state of sync. */

#define JP_TYPE_STATUS (jp_status_get_type ())

G_DECLARE_FINAL_TYPE (JpStatus, jp_status, JP, STATUS, GObject)

JpStatus *jp_status_new (JpOffice *office, JpWindow *window);

G_END_DECLS
