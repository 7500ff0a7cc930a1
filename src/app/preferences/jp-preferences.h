/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-application.h"
#include "jp-office.h"
#include "jp-profile.h"
#include "jp-safety-page.h"

G_BEGIN_DECLS

/* The preferences of this PC: colours, the keyring, backups. */

#define JP_TYPE_PREFERENCES (jp_preferences_get_type ())

G_DECLARE_FINAL_TYPE (JpPreferences, jp_preferences, JP, PREFERENCES, AdwPreferencesWindow)

JpPreferences *jp_preferences_new (JpOffice *office, JpKeeper *keeper, JpProfile *profile);
void           jp_preferences_attach (JpApplication *application,
                                      JpOffice      *office,
                                      JpKeeper      *keeper,
                                      JpProfile     *profile);
JpSafetyPage  *jp_preferences_get_safety (JpPreferences *self);

G_END_DECLS
