/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-office.h"
#include "jp-verdict-rows.h"

G_BEGIN_DECLS

/* Contests lines of a statement: what is wrong with them, a few words, and the evidence. */

#define JP_TYPE_DISPUTE_WINDOW (jp_dispute_window_get_type ())

G_DECLARE_FINAL_TYPE (JpDisputeWindow, jp_dispute_window, JP, DISPUTE_WINDOW, GObject)

JpFormWindow *jp_dispute_window_open (JpOffice *office, const JpId *statement, GPtrArray *rows);

G_END_DECLS
