/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-finance-board.h"
#include "jp-page-registry.h"
#include "jp-states.h"

G_BEGIN_DECLS

/* The page Finance: where the school's money is, what will come and what is stuck. */

#define JP_TYPE_FINANCE_PAGE (jp_finance_page_get_type ())

G_DECLARE_FINAL_TYPE (JpFinancePage, jp_finance_page, JP, FINANCE_PAGE, GtkWidget)

GtkWidget      *jp_finance_page_new (JpOffice *office);
void            jp_finance_page_register (JpPageRegistry *registry, JpOffice *office);
JpStates       *jp_finance_page_get_states (JpFinancePage *self);
JpFinanceBoard *jp_finance_page_get_board (JpFinancePage *self);

G_END_DECLS
