/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-blob-repo.h"
#include "jp-codes.h"
#include "jp-record.h"

G_BEGIN_DECLS

/* Photos and scanned papers that belong to a record. */

/**
 * JpAttachmentFile:
 * @kind: kind of the record that it belongs to
 * @id: that record
 * @purpose: what it is
 * @name: name of the file; folders in it are left out
 * @bytes: what is in it
 *
 * A file that is to be attached.
 */
typedef struct
{
  JpKind              kind;
  JpId                id;
  JpAttachmentPurpose purpose;
  const char         *name;
  GBytes             *bytes;
} JpAttachmentFile;

/**
 * JpAttachment:
 * @record: (owned): the attachment
 * @blob: where its bytes are
 *
 * One attachment of a record.
 */
typedef struct
{
  JpRecord  *record;
  JpBlobInfo blob;
} JpAttachment;

gint64     jp_attachment_repo_add (JpVault                *vault,
                                   const JpAttachmentFile *file,
                                   const char             *actor,
                                   JpRecord              **out_record,
                                   GError                **error);
GPtrArray *jp_attachment_repo_list (JpVault *vault, JpKind kind, const JpId *id, GError **error);
GBytes    *jp_attachment_repo_read (JpVault *vault, JpRecord *attachment, GError **error);
gboolean   jp_attachment_repo_audit (JpVault    *vault,
                                     JpRecord   *attachment,
                                     const char *actor,
                                     const char *action,
                                     GError    **error);
JpAttachmentPurpose jp_attachment_repo_guess (JpKind kind, int media_type);

G_END_DECLS
