/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-detail.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* The pane of kinds that have no pane of their own: everything the description names, group by
 * group, and what happened to the record. */

#define JP_TYPE_RECORD_DETAIL (jp_record_detail_get_type ())

G_DECLARE_FINAL_TYPE (JpRecordDetail, jp_record_detail, JP, RECORD_DETAIL, GtkWidget)

GtkWidget *jp_record_detail_new (JpOffice *office);

G_END_DECLS
