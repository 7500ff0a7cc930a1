/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

/* Puts a few members into a zip archive in memory; the file appears only when it is complete. */

typedef struct _JpZipWriter JpZipWriter;

JpZipWriter *jp_zip_writer_new (gint64 modified_us);
void         jp_zip_writer_free (JpZipWriter *self);
void         jp_zip_writer_add (JpZipWriter *self, const char *name, GBytes *bytes);
gboolean     jp_zip_writer_save (JpZipWriter *self, GFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpZipWriter, jp_zip_writer_free)

G_END_DECLS
