/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-refund-repo.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What would go back: one sentence, and both columns with clause and arithmetic below. */

#define JP_TYPE_REFUND_VIEW (jp_refund_view_get_type ())

G_DECLARE_FINAL_TYPE (JpRefundView, jp_refund_view, JP, REFUND_VIEW, AdwBin)

GtkWidget  *jp_refund_view_new (void);
void        jp_refund_view_set_sheet (JpRefundView *self, JpRefundSheet *sheet);
void        jp_refund_view_set_problem (JpRefundView *self, const char *sentence);
const char *jp_refund_view_get_answer (JpRefundView *self);

G_END_DECLS
