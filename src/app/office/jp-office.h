/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-sync.h"
#include "jp-window.h"

G_BEGIN_DECLS

/* What every page works with: the school's data, the sync engine, and the ways to tell the user
 * something. */

#define JP_TYPE_OFFICE (jp_office_get_type ())

G_DECLARE_FINAL_TYPE (JpOffice, jp_office, JP, OFFICE, GObject)

typedef void (*JpOfficeDone) (gpointer user_data);

JpOffice *jp_office_new (JpStore *store, JpSync *sync);
JpStore  *jp_office_get_store (JpOffice *self);
JpSync   *jp_office_get_sync (JpOffice *self);
JpRecord *jp_office_get_school (JpOffice *self);
void      jp_office_set_window (JpOffice *self, JpWindow *window);
JpWindow *jp_office_get_window (JpOffice *self);
void      jp_office_tell (JpOffice *self, const char *sentence);
void      jp_office_tell_error (JpOffice *self, const GError *error);
char     *jp_office_dup_error_sentence (const GError *error);
void      jp_office_commit (JpOffice    *self,
                            JpChange    *change,
                            const char  *sentence,
                            JpOfficeDone done,
                            gpointer     user_data);
void      jp_office_undo (JpOffice *self);
gboolean  jp_office_can_undo (JpOffice *self);
void      jp_office_delete (JpOffice *self, GPtrArray *records);
void      jp_office_restore (JpOffice *self, GPtrArray *records);
void      jp_office_show (JpOffice *self, JpKind kind, const JpId *id);

G_END_DECLS
