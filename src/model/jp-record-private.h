/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* Shared by the immutable record and its draft. */

typedef union
{
  char  *text;    /* (owned): text and code fields */
  gint64 integer; /* integers, booleans, dates, instants */
  JpId   ref;
} JpValue;

struct _JpRecord
{
  const JpKindInfo *info; /* (borrowed): static */
  JpId              id;
  JpRecordHead      head;
  char             *created_by; /* (owned) (nullable) */
  char             *extra;      /* (owned) (nullable): JSON of members this program does not know */
  guint64           set;        /* bit per field: has a value */
  JpValue           values[];   /* info->n_fields */
};

gsize jp_record_size (const JpKindInfo *info);
void  jp_record_copy_into (JpRecord *to, const JpRecord *from);
void  jp_record_clear_contents (gpointer record);

static inline gboolean
jp_record_is_set (const JpRecord *self, guint index)
{
  return (self->set >> index & 1) != 0;
}

G_END_DECLS
