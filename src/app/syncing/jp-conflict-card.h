/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-conflict-repo.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* One conflict: which record, each field before, mine and theirs, and the two ways out. */

GtkWidget *jp_conflict_card_new (const JpConflict *conflict);
void       jp_conflict_card_decide (JpOffice *office, const JpConflict *conflict, gboolean mine);

G_END_DECLS
