/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-view-bar.h"

G_BEGIN_DECLS

/* The live numbers on the saved views of a list, and where a record stands that somebody asks for.
 */

#define JP_TYPE_RECORDS_COUNTS (jp_records_counts_get_type ())

G_DECLARE_FINAL_TYPE (JpRecordsCounts, jp_records_counts, JP, RECORDS_COUNTS, GObject)

JpRecordsCounts *jp_records_counts_new (JpStore *store, JpViewBar *bar);
void   jp_records_counts_add (JpRecordsCounts *self, const char *view_name, const JpQuery *query);
void   jp_records_counts_find (JpRecordsCounts *self, JpKind kind, const char *id);
gint64 jp_records_counts_get_found_rid (JpRecordsCounts *self, const char *id);

G_END_DECLS
