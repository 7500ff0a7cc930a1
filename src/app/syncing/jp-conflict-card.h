/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-conflict-repo.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* Everything that is to be decided about one record: for each question what was before, the edit
 * and what is in force, of whom and when, and a choice. What is chosen at first changes nothing. */

#define JP_TYPE_CONFLICT_CARD (jp_conflict_card_get_type ())

G_DECLARE_FINAL_TYPE (JpConflictCard, jp_conflict_card, JP, CONFLICT_CARD, GtkWidget)

GtkWidget *jp_conflict_card_new (JpOffice *office, GPtrArray *conflicts);
GPtrArray *jp_conflict_card_get_conflicts (JpConflictCard *self);
void       jp_conflict_card_choose (JpConflictCard *self, guint index, gboolean mine);
gboolean   jp_conflict_card_get_choice (JpConflictCard *self, guint index);
void       jp_conflict_card_decide (JpConflictCard *self);
GPtrArray *jp_conflict_card_new_all (JpOffice *office, GPtrArray *conflicts);

G_END_DECLS
