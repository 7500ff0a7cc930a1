/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* The pane of a class tier: what it costs, what it is made of, its versions. */

GtkWidget *jp_tier_detail_new (JpOffice *office);

G_END_DECLS
