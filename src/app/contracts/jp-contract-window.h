/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A contract to be read: the rules in plain words beside its text, and its money with the line of
 * time and the ledger. */

#define JP_TYPE_CONTRACT_WINDOW (jp_contract_window_get_type ())

G_DECLARE_FINAL_TYPE (JpContractWindow, jp_contract_window, JP, CONTRACT_WINDOW, AdwWindow)

#define JP_CONTRACT_WINDOW_WORDS "words"
#define JP_CONTRACT_WINDOW_MONEY "money"

void     jp_contract_window_open (JpOffice *office, const JpId *contract);
void     jp_contract_window_show_page (JpContractWindow *self, const char *page);
gboolean jp_contract_window_is_ready (JpContractWindow *self);

G_END_DECLS
