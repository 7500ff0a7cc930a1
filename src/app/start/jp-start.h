/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-application.h"
#include "jp-keeper.h"
#include "jp-office.h"
#include "jp-profile.h"
#include "jp-setup.h"

G_BEGIN_DECLS

/* From a started program to a window with a school in it: unlock or set up a profile, open the
 * store, start the sync engine, make the pages known; and back again at the end. */

#define JP_TYPE_START (jp_start_get_type ())

typedef struct _JpWelcome JpWelcome;

G_DECLARE_FINAL_TYPE (JpStart, jp_start, JP, START, GObject)

JpStart    *jp_start_new (JpApplication *application, const char *folder);
const char *jp_start_get_folder (JpStart *self);
const char *jp_start_get_home (JpStart *self);
gboolean    jp_start_has_key (JpStart *self);
JpOffice   *jp_start_get_office (JpStart *self);
JpKeeper   *jp_start_get_keeper (JpStart *self);
JpWindow   *jp_start_get_window (JpStart *self);
JpWelcome  *jp_start_get_welcome (JpStart *self);
void        jp_start_prepare (JpStart *self);
void        jp_start_run (JpStart *self);
void        jp_start_prepare (JpStart *self);
void        jp_start_unlock (JpStart *self, const char *password);
void        jp_start_create (JpStart *self, const char *password, const JpSetupSchool *school);
void        jp_start_open_demo (JpStart *self);
void
jp_start_restore (JpStart *self, const char *backup, const char *journal, const char *password);
void     jp_start_leave_demo (JpStart *self);
void     jp_start_close (JpStart *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jp_start_close_finish (JpStart *self, GAsyncResult *result, GError **error);

G_END_DECLS
