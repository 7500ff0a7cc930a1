/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A strip above the pane of a record about which something is to be decided. */

#define JP_TYPE_CONFLICT_NOTICE (jp_conflict_notice_get_type ())

G_DECLARE_FINAL_TYPE (JpConflictNotice, jp_conflict_notice, JP, CONFLICT_NOTICE, GtkWidget)

GtkWidget *jp_conflict_notice_new (JpOffice *office);
void       jp_conflict_notice_set_record (JpConflictNotice *self, JpRecord *record);
guint      jp_conflict_notice_get_n_questions (JpConflictNotice *self);

G_END_DECLS
