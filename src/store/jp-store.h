/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-query.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* The school's data for programs with a main loop: two workers, one that writes and one that reads
 * (house-style.md §10). Repository functions run on them by jp_store_read_async() and
 * jp_store_write_async(); results come back into the caller's main context. */

#define JP_TYPE_STORE (jp_store_get_type ())

G_DECLARE_FINAL_TYPE (JpStore, jp_store, JP, STORE, GObject)

/**
 * JpStoreFunc:
 * @vault: the vault of the worker's thread
 * @data: what was given with the call
 * @error: return location; set exactly when the call fails
 *
 * A repository call. Runs on a worker; must not touch GObjects other than @data.
 *
 * Returns: (nullable): the result, owned by the caller of the finish function
 */
typedef gpointer (*JpStoreFunc) (JpVault *vault, gpointer data, GError **error);

/**
 * JpStoreCall:
 * @func: the repository call
 * @data: (owned) (nullable): its data
 * @data_free: (nullable): how to free @data
 * @result_free: (nullable): how to free a result that nobody takes
 * @kinds: mask of the kinds that a writing call may change, jp_store_kind_bit(); announced when it
 *   succeeds
 *
 * A call on its way to a worker.
 */
typedef struct
{
  JpStoreFunc    func;
  gpointer       data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  guint64        kinds;
} JpStoreCall;

#define JP_STORE_KINDS_ALL G_MAXUINT64

/**
 * JpJournalState:
 * @JP_JOURNAL_NONE: there is to be none
 * @JP_JOURNAL_WHOLE: every operation is in it
 * @JP_JOURNAL_BEHIND: it could not be written: the stick is not there, or full
 *
 * How the journal of operations stands.
 */
typedef enum {
  JP_JOURNAL_NONE,
  JP_JOURNAL_WHOLE,
  JP_JOURNAL_BEHIND,
} JpJournalState;

guint64 jp_store_kind_bit (JpKind kind);

JpStore *
jp_store_new (const char *path, JpSealKey *key, JpClock *clock, JpIdSource *ids, const char *actor);
JpStore    *jp_store_new_in_loop (const char *path,
                                  JpSealKey  *key,
                                  JpClock    *clock,
                                  JpIdSource *ids,
                                  const char *actor);
const char *jp_store_get_actor (JpStore *self);
const char *jp_store_get_path (JpStore *self);
JpClock    *jp_store_get_clock (JpStore *self);
JpIdSource *jp_store_get_ids (JpStore *self);
JpSealKey  *jp_store_get_key (JpStore *self);
gboolean    jp_store_is_open (JpStore *self);
JpDate      jp_store_today (JpStore *self);

JpJournalState jp_store_get_journal_state (JpStore *self);

void     jp_store_open_async (JpStore            *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean jp_store_open_finish (JpStore *self, GAsyncResult *result, GError **error);
void     jp_store_close_async (JpStore            *self,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean jp_store_close_finish (JpStore *self, GAsyncResult *result, GError **error);

void jp_store_read_async (JpStore            *self,
                          const JpStoreCall  *call,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
gboolean
jp_store_read_finish (JpStore *self, GAsyncResult *result, gpointer *out_result, GError **error);
void jp_store_write_async (JpStore            *self,
                           const JpStoreCall  *call,
                           int                 priority,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
gboolean
jp_store_write_finish (JpStore *self, GAsyncResult *result, gpointer *out_result, GError **error);

void      jp_store_commit_async (JpStore            *self,
                                 JpChange           *change,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gint64    jp_store_commit_finish (JpStore *self, GAsyncResult *result, GError **error);
void      jp_store_undo_async (JpStore            *self,
                               gint64              n,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gint64    jp_store_undo_finish (JpStore *self, GAsyncResult *result, GError **error);
void      jp_store_get_record_async (JpStore            *self,
                                     JpKind              kind,
                                     const JpId         *id,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
JpRecord *jp_store_get_record_finish (JpStore *self, GAsyncResult *result, GError **error);
void      jp_store_count_async (JpStore            *self,
                                const JpQuery      *query,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gint64    jp_store_count_finish (JpStore *self, GAsyncResult *result, GError **error);

JpChange *jp_store_new_change (JpStore *self, const char *kind);
JpDraft  *jp_store_new_draft (JpStore *self, JpKind kind);

G_END_DECLS
