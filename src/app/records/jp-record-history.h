/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_RECORD_HISTORY_MAX 6 /* newest events shown in a pane */

GtkWidget  *jp_record_history_new (JpOffice *office, JpRecord *record);
const char *jp_record_history_get_action_label (const char *kind);

G_END_DECLS
