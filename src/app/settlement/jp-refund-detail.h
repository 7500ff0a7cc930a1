/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

GtkWidget *jp_refund_detail_new (JpOffice *office);

G_END_DECLS
