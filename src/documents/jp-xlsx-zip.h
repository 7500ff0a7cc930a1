/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

/* Read-only access to the members of a zip archive in memory, safe against hostile archives. */

#define JP_XLSX_ZIP_MAX_MEMBERS    10000u
#define JP_XLSX_ZIP_MAX_RATIO      300u            /* inflated ÷ deflated; real sheets: 5 … 60 */
#define JP_XLSX_ZIP_FREE_BYTES     (1024u * 1024u) /* of a member, before the ratio counts */
#define JP_XLSX_ZIP_MAX_NAME_BYTES 1024u
#define JP_XLSX_ZIP_TRUSTED        G_MAXUINT64 /* no limits: an archive of our own */

typedef struct _JpXlsxZip    JpXlsxZip;
typedef struct _JpXlsxMember JpXlsxMember;

JpXlsxZip *jp_xlsx_zip_new (GBytes *bytes, guint64 max_inflated_bytes, GError **error);
void       jp_xlsx_zip_free (JpXlsxZip *self);
char     **jp_xlsx_zip_dup_names (const JpXlsxZip *self);
gboolean   jp_xlsx_zip_has (const JpXlsxZip *self, const char *name);

JpXlsxMember *jp_xlsx_zip_open_member (JpXlsxZip    *self,
                                       const char   *name,
                                       GCancellable *cancellable,
                                       GError      **error);
gssize jp_xlsx_zip_read_member (JpXlsxMember *member, void *buffer, gsize n_bytes, GError **error);
void   jp_xlsx_zip_close_member (JpXlsxMember *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpXlsxZip, jp_xlsx_zip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpXlsxMember, jp_xlsx_zip_close_member)

G_END_DECLS
