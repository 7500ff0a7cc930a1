/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-answer-box.h"
#include "jp-request-window.h"
#include "jp-transfer-repo.h"

G_BEGIN_DECLS

/* Asks for the transfer of a trainee to another school, and says before what becomes of hours and
 * money by the contract's rules. */

#define JP_TYPE_TRANSFER_WINDOW (jp_transfer_window_get_type ())

G_DECLARE_FINAL_TYPE (JpTransferWindow, jp_transfer_window, JP, TRANSFER_WINDOW, JpRequestWindow)

#define JP_TRANSFER_WINDOW_NUMBER "school-no"
#define JP_TRANSFER_WINDOW_NAME   "school"

void jp_transfer_window_open (JpOffice *office, const JpId *contract);
void
jp_transfer_window_show_answer (JpAnswerBox *box, const JpTransferSheet *sheet, const char *why);

G_END_DECLS
