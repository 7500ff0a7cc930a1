/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"
#include "jp-record.h"
#include "jp-row-image.h"
#include "jp-seal.h"

G_BEGIN_DECLS

/* The tables of the records, made from their description: the only code that turns a record into
 * columns and back, for the client and the platform alike.
 *
 * Columns of every table: rid, id, school, ver, seq, pending, deleted, parked, created_by,
 * created_at, updated_at, extra, find; then one column per field. A sensitive field has its sealed
 * value in <field>, and where it is a number of some sort a blind index in <field>_bix and the last
 * four characters in <field>_tail. Columns are only ever added. References carry no foreign key: a
 * page of the feed may bring a row before the row it points to, and nothing is ever deleted under a
 * reference (deletion is a mark). */

#define JP_RECORD_TAIL_CHARS 4

gboolean jp_record_table_ensure_all (JpDb *db, GError **error);
gboolean jp_record_table_ensure_indexes (JpDb *db, GError **error);
gboolean jp_record_table_refresh_pinyin (JpDb *db, GError **error);
gboolean jp_record_table_drop_indexes (JpDb *db, JpKind kind, GError **error);
gboolean jp_record_table_put (JpDb             *db,
                              JpSealKey        *key,
                              JpRecord         *record,
                              const JpRowStamp *stamp,
                              gint64           *out_rid,
                              GError          **error);
gboolean jp_record_table_put_image (JpDb             *db,
                                    const JpRowImage *image,
                                    const JpRowStamp *stamp,
                                    GError          **error);
gboolean jp_record_table_add_image (JpDb             *db,
                                    const JpRowImage *image,
                                    const JpRowStamp *stamp,
                                    gboolean         *out_new,
                                    GError          **error);
JpRecord *
jp_record_table_get (JpDb *db, JpSealKey *key, JpKind kind, const JpId *id, GError **error);
JpRecord *
jp_record_table_get_rid (JpDb *db, JpSealKey *key, JpKind kind, gint64 rid, GError **error);
JpRecord *
jp_record_table_find (JpDb *db, JpSealKey *key, JpKind kind, const JpId *id, GError **error);
const char *jp_record_table_get_select (JpKind kind);
JpRecord   *jp_record_table_read (JpStatement *row, JpKind kind, JpSealKey *key, GError **error);
gboolean    jp_record_table_get_stamp (JpDb       *db,
                                       JpKind      kind,
                                       const JpId *id,
                                       JpRowStamp *out_stamp,
                                       GError    **error);
gboolean    jp_record_table_peek (JpDb       *db,
                                  JpKind      kind,
                                  const JpId *id,
                                  gint64     *out_version,
                                  guint32    *out_pending,
                                  GError    **error);
gboolean    jp_record_table_has_index_column (const JpField *field);
gboolean
jp_record_table_set_parked (JpDb *db, JpKind kind, const JpId *id, gboolean parked, GError **error);

G_END_DECLS
