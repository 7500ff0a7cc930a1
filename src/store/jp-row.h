/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* One line of a list: made when a view asks, filled when its page has been read. */

#define JP_TYPE_ROW (jp_row_get_type ())

G_DECLARE_FINAL_TYPE (JpRow, jp_row, JP, ROW, GObject)

JpRow      *jp_row_new (gint64 rid);
gint64      jp_row_get_rid (JpRow *self);
JpRecord   *jp_row_get_record (JpRow *self);
void        jp_row_fill (JpRow *self, JpRecord *record, GStrv titles);
const char *jp_row_get_ref_title (JpRow *self, JpFieldId field);
const char *jp_row_get_bound_title (JpRow *self);
char       *jp_row_dup_display (JpRow *self, JpFieldId field);

G_END_DECLS
