/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-window.h"

G_BEGIN_DECLS

#define JP_TYPE_APPLICATION (jp_application_get_type ())

G_DECLARE_FINAL_TYPE (JpApplication, jp_application, JP, APPLICATION, AdwApplication)

/* Shows the first window; called when there is none. */
typedef void (*JpApplicationOpener) (gpointer user_data);

JpApplication  *jp_application_new (GApplicationFlags flags);
JpPageRegistry *jp_application_get_pages (JpApplication *self);
JpWindow       *jp_application_get_window (JpApplication *self);
void
jp_application_set_opener (JpApplication *self, JpApplicationOpener opener, gpointer user_data);
void jp_application_set_preparer (JpApplication *self, JpApplicationOpener preparer);
void jp_application_set_can_sync (JpApplication *self, gboolean can_sync);

G_END_DECLS
