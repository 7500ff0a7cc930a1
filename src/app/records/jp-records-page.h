/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-list-page.h"
#include "jp-page.h"
#include "jp-records-spec.h"

G_BEGIN_DECLS

/* A page that lists the records of one kind: table, saved views, search, pane, form, trash. */

#define JP_TYPE_RECORDS_PAGE (jp_records_page_get_type ())

G_DECLARE_FINAL_TYPE (JpRecordsPage, jp_records_page, JP, RECORDS_PAGE, GtkWidget)

GtkWidget *jp_records_page_new (JpOffice *office, const JpRecordsSpec *spec);
void
jp_records_page_register (JpPageRegistry *registry, JpOffice *office, const JpRecordsSpec *spec);

JpListPage          *jp_records_page_get_list (JpRecordsPage *self);
const JpRecordsSpec *jp_records_page_get_spec (JpRecordsPage *self);
JpRow               *jp_records_page_ref_selected (JpRecordsPage *self);

G_END_DECLS
