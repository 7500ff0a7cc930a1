/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-clock.h"

G_BEGIN_DECLS

/* A record's name for life: a UUID of version 7, made by whoever makes the record (sync.md §3.2).
 * The time inside makes ids of one process increase; nothing else may read it. */

#define JP_ID_BYTES       16
#define JP_ID_TEXT_LENGTH 36

/**
 * JpId:
 * @bytes: the 16 bytes, in network order; all zero is "no id"
 *
 * A plain value: copy it by assignment.
 */
typedef struct
{
  guint8 bytes[JP_ID_BYTES];
} JpId;

typedef char JpIdText[JP_ID_TEXT_LENGTH + 1];

extern const JpId JP_ID_NONE;

gboolean    jp_id_is_none (const JpId *id);
gboolean    jp_id_equal (gconstpointer a, gconstpointer b);
int         jp_id_compare (gconstpointer a, gconstpointer b);
guint       jp_id_hash (gconstpointer id);
JpId       *jp_id_copy (const JpId *id);
const char *jp_id_to_text (const JpId *id, JpIdText text);
char       *jp_id_dup_text (const JpId *id);
gboolean    jp_id_parse (const char *text, JpId *out_id, GError **error);
JpId        jp_id_derive (const char *purpose, const char *key);

/* Makes ids and other random bytes. Thread-safe. */
#define JP_TYPE_ID_SOURCE (jp_id_source_get_type ())

G_DECLARE_FINAL_TYPE (JpIdSource, jp_id_source, JP, ID_SOURCE, GObject)

JpIdSource *jp_id_source_new (JpClock *clock);
JpIdSource *jp_id_source_new_seeded (JpClock *clock, guint64 seed);
JpId        jp_id_source_next (JpIdSource *self);
void        jp_id_source_fill (JpIdSource *self, gpointer bytes, gsize length_bytes);
guint32     jp_id_source_below (JpIdSource *self, guint32 bound);

G_END_DECLS
