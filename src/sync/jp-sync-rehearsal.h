/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* What the next round would change, without changing anything: what waits is counted, what is new
 * is read and compared. */

#define JP_SYNC_REHEARSAL_MAX_LINES 200

/**
 * JpSyncRehearsalWhat:
 * @JP_SYNC_REHEARSAL_NEW: a record would appear
 * @JP_SYNC_REHEARSAL_CHANGED: a record would change
 * @JP_SYNC_REHEARSAL_TRASHED: a record would go into the trash
 * @JP_SYNC_REHEARSAL_RESTORED: a record would come out of it
 * @JP_SYNC_REHEARSAL_ASKED: both sides changed the same: somebody would be asked
 */
typedef enum {
  JP_SYNC_REHEARSAL_NEW,
  JP_SYNC_REHEARSAL_CHANGED,
  JP_SYNC_REHEARSAL_TRASHED,
  JP_SYNC_REHEARSAL_RESTORED,
  JP_SYNC_REHEARSAL_ASKED,
} JpSyncRehearsalWhat;

#define JP_SYNC_REHEARSAL_N (JP_SYNC_REHEARSAL_ASKED + 1)

/**
 * JpSyncRehearsalLine:
 * @what: what would become of the record
 * @kind: its kind
 * @id: the record
 * @title: (owned): what names it
 * @units: merge units that would change, or about which somebody would be asked
 */
typedef struct
{
  JpSyncRehearsalWhat what;
  JpKind              kind;
  JpId                id;
  char               *title;
  guint32             units;
} JpSyncRehearsalLine;

/**
 * JpSyncRehearsal:
 * @n_waiting: operations that would be sent
 * @n: how many records of each sort, by #JpSyncRehearsalWhat
 * @lines: (owned) (element-type JpSyncRehearsalLine): the first of them; those that are asked about
 *   come first
 * @first: nothing was read yet: the next round reads everything
 * @complete: all that is new was looked at
 */
typedef struct
{
  gint64     n_waiting;
  gint64     n[JP_SYNC_REHEARSAL_N];
  GPtrArray *lines;
  gboolean   first;
  gboolean   complete;
} JpSyncRehearsal;

void             jp_sync_rehearsal_async (JpStore            *store,
                                          JpTransport        *transport,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
JpSyncRehearsal *jp_sync_rehearsal_finish (JpStore *store, GAsyncResult *result, GError **error);
void             jp_sync_rehearsal_free (JpSyncRehearsal *self);
char            *jp_sync_rehearsal_dup_sentence (const JpSyncRehearsal *self);
char            *jp_sync_rehearsal_line_dup_text (const JpSyncRehearsalLine *self);
const char      *jp_sync_rehearsal_what_get_label (JpSyncRehearsalWhat what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncRehearsal, jp_sync_rehearsal_free)

G_END_DECLS
