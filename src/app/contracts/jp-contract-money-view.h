/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-contract-money.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *jp_contract_money_view_new (const JpContractMoney *money);

G_END_DECLS
