/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* The pane of a contract: what was agreed upon in plain words, where the money is, the legal text.
 */

GtkWidget *jp_contract_detail_new (JpOffice *office);

G_END_DECLS
