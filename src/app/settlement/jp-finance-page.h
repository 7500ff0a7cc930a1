/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-board-page.h"
#include "jp-finance-board.h"

G_BEGIN_DECLS

/* The page Finance: where the school's money is, what will come and what is stuck. */

#define JP_TYPE_FINANCE_PAGE (jp_finance_page_get_type ())

G_DECLARE_FINAL_TYPE (JpFinancePage, jp_finance_page, JP, FINANCE_PAGE, JpBoardPage)

GtkWidget      *jp_finance_page_new (JpOffice *office);
JpFinanceBoard *jp_finance_page_get_board (JpFinancePage *self);

G_END_DECLS
