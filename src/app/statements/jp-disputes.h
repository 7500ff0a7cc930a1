/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-records-spec.h"

G_BEGIN_DECLS

/* Names of views that are not those of statements begin so. */
#define JP_DISPUTES_VIEW_PREFIX  "dispute-"
#define JP_DISPUTES_VIEW_ANSWERS JP_DISPUTES_VIEW_PREFIX "answers" /* that nobody has read */

const JpRecordsSpec *jp_disputes_get_spec (void);
void                 jp_disputes_send (JpOffice *office, JpRecord *dispute);
void                 jp_disputes_withdraw (JpOffice *office, JpRecord *dispute);
void                 jp_disputes_mark_read (JpOffice *office, JpRecord *dispute);

G_END_DECLS
