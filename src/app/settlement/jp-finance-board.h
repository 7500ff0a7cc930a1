/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-finance-repo.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* Where the money is, what is stuck, what will come: figures, a work-list and charts. */

#define JP_TYPE_FINANCE_BOARD (jp_finance_board_get_type ())

G_DECLARE_FINAL_TYPE (JpFinanceBoard, jp_finance_board, JP, FINANCE_BOARD, GtkWidget)

GtkWidget *jp_finance_board_new (JpOffice *office);
void       jp_finance_board_show (JpFinanceBoard    *self,
                                  JpFinanceOverview *overview,
                                  JpFinanceOutlook  *outlook);
guint      jp_finance_board_get_n_stuck (JpFinanceBoard *self);

G_END_DECLS
