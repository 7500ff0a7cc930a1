/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-keeper.h"
#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How the data of this PC are kept safe: backups, the journal, the check, the password. A page of
 * the preferences. */

#define JP_TYPE_SAFETY_PAGE (jp_safety_page_get_type ())

G_DECLARE_FINAL_TYPE (JpSafetyPage, jp_safety_page, JP, SAFETY_PAGE, AdwPreferencesPage)

GtkWidget  *jp_safety_page_new (JpOffice *office, JpKeeper *keeper, JpProfile *profile);
void        jp_safety_page_back_up (JpSafetyPage *self);
void        jp_safety_page_verify (JpSafetyPage *self);
const char *jp_safety_page_get_backup_text (JpSafetyPage *self);
const char *jp_safety_page_get_verify_text (JpSafetyPage *self);

G_END_DECLS
