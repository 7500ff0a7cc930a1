/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"
#include "jp-record.h"
#include "jp-seal.h"

G_BEGIN_DECLS

/**
 * JpRowStamp:
 * @school: the school the row belongs to
 * @seq: the platform's counter at the row's last write, 0 where unknown
 *
 * What a row carries beside its record.
 */
typedef struct
{
  JpId   school;
  gint64 seq;
} JpRowStamp;

/**
 * JpRowImage:
 *
 * A record as its table wants it: fields sealed, blind indexes and what it is searched by computed.
 * This takes as long as the writing, and any thread can do it for the one that writes. Immutable.
 */
typedef struct _JpRowImage JpRowImage;

JpRowImage *jp_row_image_new (JpSealKey *key, JpRecord *record);
void        jp_row_image_free (JpRowImage *self);
JpRecord   *jp_row_image_get_record (const JpRowImage *self);
void jp_row_image_bind (const JpRowImage *self, JpStatement *statement, const JpRowStamp *stamp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpRowImage, jp_row_image_free)

G_END_DECLS
