/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that appears, or replaces an older one, only when it is complete and on the disk. */

typedef struct _JpSafeFile JpSafeFile;

JpSafeFile *jp_safe_file_open (GFile *file, GError **error);
void        jp_safe_file_close (JpSafeFile *self);
const char *jp_safe_file_get_path (const JpSafeFile *self);
const char *jp_safe_file_get_folder (const JpSafeFile *self);
gboolean    jp_safe_file_write (JpSafeFile *self, const char *data, gsize n_bytes, GError **error);
gboolean    jp_safe_file_commit (JpSafeFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSafeFile, jp_safe_file_close)

G_END_DECLS
