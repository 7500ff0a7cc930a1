/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-request-window.h"

G_BEGIN_DECLS

/* "What would I get back?", and asking for it. */

#define JP_TYPE_WITHDRAW_WINDOW (jp_withdraw_window_get_type ())

G_DECLARE_FINAL_TYPE (JpWithdrawWindow, jp_withdraw_window, JP, WITHDRAW_WINDOW, JpRequestWindow)

void jp_withdraw_window_open (JpOffice *office, const JpId *contract);

G_END_DECLS
