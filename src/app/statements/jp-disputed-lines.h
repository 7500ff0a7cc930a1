/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-desk.h"
#include "jp-settlement-repo.h"

G_BEGIN_DECLS

/* Lines of one statement that somebody has chosen, by their names: they outlive the check they
 * come from. */

typedef struct _JpDisputedLines JpDisputedLines;

JpDisputedLines *jp_disputed_lines_new (const JpId *statement);
JpDisputedLines *jp_disputed_lines_copy (JpDisputedLines *self);
void             jp_disputed_lines_free (JpDisputedLines *self);
void             jp_disputed_lines_add (JpDisputedLines *self, const JpSettlementRow *row);
guint            jp_disputed_lines_get_n (JpDisputedLines *self);
const JpId      *jp_disputed_lines_get_statement (JpDisputedLines *self);
JpDeskDispute    jp_disputed_lines_describe (JpDisputedLines *self);
GPtrArray       *jp_disputed_lines_find (JpDisputedLines *self, const JpSettlementReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpDisputedLines, jp_disputed_lines_free)

G_END_DECLS
