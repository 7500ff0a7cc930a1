/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-attachment-repo.h"
#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Files on their way between the desk and the attachments of a record. In clear they lie only where
 * somebody saves them, or, while somebody looks at one, in a folder of this program that nobody
 * else may enter and that is emptied when the program ends and when it starts. */

void jp_attachment_files_add (JpOffice *office, JpRecord *home, GFile *file);
void
jp_attachment_files_add_bytes (JpOffice *office, JpRecord *home, const char *name, GBytes *bytes);
void jp_attachment_files_choose (JpOffice *office, JpRecord *home);
void jp_attachment_files_open (JpOffice *office, JpRecord *attachment);
void jp_attachment_files_save (JpOffice *office, JpRecord *attachment);
void jp_attachment_files_save_to (JpOffice *office, JpRecord *attachment, GFile *file);
void jp_attachment_files_delete (JpOffice *office, JpRecord *attachment);
void jp_attachment_files_load_photo (JpOffice *office, const JpId *trainee, AdwAvatar *avatar);
void jp_attachment_files_clear (void);

typedef gboolean (*JpAttachmentFilesShow) (GFile *file, GError **error);

void jp_attachment_files_set_show (JpAttachmentFilesShow show);

G_END_DECLS
