/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* The panes of withdrawals and transfers: whose it is, whether it is right, and what the second
 * person can do. */
GtkWidget *jp_request_detail_new_refund (JpOffice *office);
GtkWidget *jp_request_detail_new_transfer (JpOffice *office);

G_END_DECLS
