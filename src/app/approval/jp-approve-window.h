/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-request-window.h"

G_BEGIN_DECLS

/* The second person looks at a withdrawal or a transfer, and approves or declines it. */

#define JP_TYPE_APPROVE_WINDOW (jp_approve_window_get_type ())

G_DECLARE_FINAL_TYPE (JpApproveWindow, jp_approve_window, JP, APPROVE_WINDOW, JpRequestWindow)

void jp_approve_window_open (JpOffice *office, const JpId *contract);

G_END_DECLS
