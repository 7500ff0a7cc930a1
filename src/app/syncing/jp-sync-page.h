/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-board-page.h"
#include "jp-conflict-card.h"
#include "jp-sync-data.h"

G_BEGIN_DECLS

/* The page Sync: the state in a sentence, what is to be decided, what waits and why. */

#define JP_TYPE_SYNC_PAGE (jp_sync_page_get_type ())

G_DECLARE_FINAL_TYPE (JpSyncPage, jp_sync_page, JP, SYNC_PAGE, JpBoardPage)

GtkWidget        *jp_sync_page_new (JpOffice *office);
const JpSyncData *jp_sync_page_get_data (JpSyncPage *self);
JpConflictCard   *jp_sync_page_get_card (JpSyncPage *self, guint index);

G_END_DECLS
