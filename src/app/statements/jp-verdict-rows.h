/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-settlement-repo.h"
#include "jp-tint.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define JP_VERDICT_VIEW_ALL      "all"
#define JP_VERDICT_VIEW_LOOK     "look"     /* what somebody has to look at */
#define JP_VERDICT_VIEW_DISPUTED "disputed" /* what is or was contested, not taken back */

/* One judged line of a statement, or something that is missing there. */

#define JP_TYPE_VERDICT_ROW (jp_verdict_row_get_type ())

G_DECLARE_FINAL_TYPE (JpVerdictRow, jp_verdict_row, JP, VERDICT_ROW, GObject)

const JpSettlementRow *jp_verdict_row_get (JpVerdictRow *self);
gint64                 jp_verdict_row_get_id (JpVerdictRow *self);
JpTint                 jp_verdict_row_get_tint (JpVerdictRow *self);
gboolean               jp_verdict_row_can_contest (JpVerdictRow *self);

/* The rows of a checked statement as a list: one view, one search, one order at a time. */

#define JP_TYPE_VERDICT_ROWS (jp_verdict_rows_get_type ())

G_DECLARE_FINAL_TYPE (JpVerdictRows, jp_verdict_rows, JP, VERDICT_ROWS, GObject)

JpVerdictRows *jp_verdict_rows_new (void);
void           jp_verdict_rows_take_report (JpVerdictRows *self, JpSettlementReport *report);
void  jp_verdict_rows_set_filter (JpVerdictRows *self, const char *view, const char *search);
void  jp_verdict_rows_set_order (JpVerdictRows *self, const char *column_id, gboolean descending);
guint jp_verdict_rows_count (JpVerdictRows *self, const char *view);
guint jp_verdict_rows_find (JpVerdictRows *self, gint64 id);

G_END_DECLS
