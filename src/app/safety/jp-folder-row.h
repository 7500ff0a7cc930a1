/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that chooses a folder, or none. */

#define JP_TYPE_FOLDER_ROW (jp_folder_row_get_type ())

G_DECLARE_FINAL_TYPE (JpFolderRow, jp_folder_row, JP, FOLDER_ROW, AdwActionRow)

GtkWidget  *jp_folder_row_new (const char *title, const char *hint);
const char *jp_folder_row_get_path (JpFolderRow *self);
void        jp_folder_row_set_path (JpFolderRow *self, const char *path);
void        jp_folder_row_set_note (JpFolderRow *self, const char *note);

G_END_DECLS
