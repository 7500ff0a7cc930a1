/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-feed.h"
#include "jp-page-sums.h"
#include "jp-platform-error.h"
#include "jp-record-table.h"

G_BEGIN_DECLS

/* The platform's database: the records of all schools, and the stream in which each school sees its
 * changes. A folder with the file, its key and a lock; one process and one thread at a time
 * (sync.md F6).
 *
 * Every change of a record goes through jp_platform_store_put(), inside a transaction begun by
 * jp_platform_store_begin(): it raises the row's version, takes the school's next number and moves
 * the row's entry in the stream, all of it or nothing. Rows put one after the other share a number,
 * and so arrive together, until jp_platform_store_next_group() or jp_platform_store_commit(). */

#define JP_PLATFORM_STORE_MAX_GROUP_ROWS  1000
#define JP_PLATFORM_STORE_MAX_GROUP_BYTES (2 * 1024 * 1024)

#define JP_PLATFORM_STORE_BLOB_QUOTA_BYTES ((gint64)8 * 1024 * 1024 * 1024) /* of one school */

typedef struct _JpPlatformStore JpPlatformStore;

/**
 * JpPlatformChangedFunc:
 * @school: a school whose stream has something new
 * @user_data: as given to jp_platform_store_set_changed_func()
 *
 * Called once per school after a commit, on the thread of the store.
 */
typedef void (*JpPlatformChangedFunc) (const JpId *school, gpointer user_data);

/**
 * JpPlatformSignFunc:
 * @station: a station
 * @request_pem: its request for a certificate (PKCS #10)
 * @user_data: as given to jp_platform_store_set_sign_func()
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes the certificate by which the station proves who it is. On the thread of the store.
 *
 * Returns: (transfer full): the certificate as PEM, or %NULL with an error
 */
typedef char *(*JpPlatformSignFunc) (const JpId *station,
                                     const char *request_pem,
                                     gpointer    user_data,
                                     GError    **error);

/**
 * JpPlatformStoreOptions:
 * @clock: (not nullable): tells the time of changes
 * @ids: (not nullable): makes ids, tokens and codes
 *
 * What a store needs to work.
 */
typedef struct
{
  JpClock    *clock;
  JpIdSource *ids;
} JpPlatformStoreOptions;

/**
 * JpPlatformTenant:
 * @seq: the school's counter: number of its newest change
 * @min_seq: a cursor below it cannot be served any more
 * @durable_seq: everything up to here is in a backup
 * @sum: over the versions of all its rows, see jp_digest_row()
 *
 * How far the stream of a school reaches.
 */
typedef struct
{
  gint64 seq;
  gint64 min_seq;
  gint64 durable_seq;
  gint64 sum;
} JpPlatformTenant;

JpPlatformStore *
jp_platform_store_open (const char *folder, const JpPlatformStoreOptions *options, GError **error);
void        jp_platform_store_close (JpPlatformStore *self);
JpDb       *jp_platform_store_get_db (JpPlatformStore *self);
JpSealKey  *jp_platform_store_get_key (JpPlatformStore *self);
gint64      jp_platform_store_get_blob_quota (JpPlatformStore *self);
void        jp_platform_store_set_blob_quota (JpPlatformStore *self, gint64 quota_bytes);
JpClock    *jp_platform_store_get_clock (JpPlatformStore *self);
JpIdSource *jp_platform_store_get_ids (JpPlatformStore *self);
JpDate      jp_platform_store_get_today (JpPlatformStore *self);
const char *jp_platform_store_get_epoch (JpPlatformStore *self);
gboolean    jp_platform_store_new_epoch (JpPlatformStore *self, GError **error);
void        jp_platform_store_set_changed_func (JpPlatformStore      *self,
                                                JpPlatformChangedFunc func,
                                                gpointer              user_data);
void        jp_platform_store_set_sign_func (JpPlatformStore   *self,
                                             JpPlatformSignFunc func,
                                             gpointer           user_data);
gboolean    jp_platform_store_can_sign (JpPlatformStore *self);
char       *jp_platform_store_sign (JpPlatformStore *self,
                                    const JpId      *station,
                                    const char      *request_pem,
                                    GError         **error);
gboolean    jp_platform_store_backup (JpPlatformStore *self, const char *path, GError **error);

/* Schools. */
gboolean jp_platform_store_add_school (JpPlatformStore *self, JpRecord *school, GError **error);
GArray  *jp_platform_store_list_schools (JpPlatformStore *self, GError **error);
gboolean jp_platform_store_get_tenant (JpPlatformStore  *self,
                                       const JpId       *school,
                                       JpPlatformTenant *out_tenant,
                                       GError          **error);
gboolean jp_platform_store_is_untouched (JpPlatformStore *self,
                                         const JpId      *school,
                                         const JpId      *station,
                                         JpRecord        *present,
                                         gint64           version,
                                         gboolean        *out_untouched,
                                         GError         **error);
gboolean jp_platform_store_purge (JpPlatformStore *self,
                                  const JpId      *school,
                                  gint64           before_us,
                                  GError         **error);

/* Changes. */
gboolean
jp_platform_store_begin (JpPlatformStore *self, JpTransaction *out_transaction, GError **error);
gboolean
jp_platform_store_commit (JpPlatformStore *self, JpTransaction *transaction, GError **error);
gboolean jp_platform_store_mark (JpPlatformStore *self, GError **error);
gboolean jp_platform_store_unmark (JpPlatformStore *self, gboolean keep, GError **error);
void     jp_platform_store_next_group (JpPlatformStore *self);
gboolean jp_platform_store_put (JpPlatformStore *self,
                                const JpId      *school,
                                JpRecord        *record,
                                JpRecord       **out_record,
                                GError         **error);
void     jp_platform_store_set_author (JpPlatformStore *self, const JpId *station);
gboolean jp_platform_store_put_as (JpPlatformStore *self,
                                   const JpId      *school,
                                   const JpId      *station,
                                   JpRecord        *record,
                                   JpRecord       **out_record,
                                   GError         **error);

/* Sums, to compare. */
JpPageSums *
jp_platform_store_read_table_sums (JpPlatformStore *self, const JpId *school, GError **error);
JpPageSums *jp_platform_store_read_part_sums (JpPlatformStore *self,
                                              const JpId      *school,
                                              JpKind           kind,
                                              GError         **error);
JpPageFeed *jp_platform_store_read_part (JpPlatformStore *self,
                                         const JpId      *school,
                                         JpKind           kind,
                                         guint            part,
                                         GError         **error);

/* Reading. */
gboolean  jp_platform_store_is_shared (JpKind kind);
JpRecord *jp_platform_store_find (JpPlatformStore *self,
                                  const JpId      *school,
                                  JpKind           kind,
                                  const JpId      *id,
                                  GError         **error);
gboolean  jp_platform_store_has (JpPlatformStore *self,
                                 const JpId      *school,
                                 JpKind           kind,
                                 const JpId      *id,
                                 gboolean        *out_has,
                                 GError         **error);
gboolean  jp_platform_store_find_owner (JpPlatformStore *self,
                                        JpKind           kind,
                                        const JpId      *id,
                                        JpId            *out_school,
                                        GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPlatformStore, jp_platform_store_close)

G_END_DECLS
