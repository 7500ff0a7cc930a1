/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-round.h"

G_BEGIN_DECLS

/* Keeps a store and the platform together in the background: runs a round when something was saved,
 * from time to time, and when asked to; waits longer after each failure. */

#define JP_SYNC_IDLE_S        60 /* between two rounds when nothing happens */
#define JP_SYNC_SLOW_S        120
#define JP_SYNC_STUCK_S       (30 * 60)
#define JP_SYNC_AFTER_SAVE_MS 800 /* collects what a user does in one go */

/**
 * JpSyncState:
 * @JP_SYNC_STATE_LOCAL: no platform is configured: everything stays here
 * @JP_SYNC_STATE_UP_TO_DATE: the last round was whole and nothing waits
 * @JP_SYNC_STATE_WAITING: changes wait; the next round sends them
 * @JP_SYNC_STATE_RUNNING: a round runs
 * @JP_SYNC_STATE_OFFLINE: the platform could not be reached; not an error
 * @JP_SYNC_STATE_PROBLEM: somebody must do something, see jp_sync_dup_sentence()
 *
 * Told from the queue and the last round, never from the socket (peers.md §6, rule 10).
 */
typedef enum {
  JP_SYNC_STATE_LOCAL,
  JP_SYNC_STATE_UP_TO_DATE,
  JP_SYNC_STATE_WAITING,
  JP_SYNC_STATE_RUNNING,
  JP_SYNC_STATE_OFFLINE,
  JP_SYNC_STATE_PROBLEM,
} JpSyncState;

/**
 * JpSyncStall:
 * @JP_SYNC_STALL_NONE: what waits is going up, or there is no line
 * @JP_SYNC_STALL_SLOW: for two minutes nothing was judged although the platform answers
 * @JP_SYNC_STALL_STUCK: for half an hour
 *
 * Whether the queue moves (sync.md K11).
 */
typedef enum {
  JP_SYNC_STALL_NONE,
  JP_SYNC_STALL_SLOW,
  JP_SYNC_STALL_STUCK,
} JpSyncStall;

#define JP_TYPE_SYNC (jp_sync_get_type ())

G_DECLARE_FINAL_TYPE (JpSync, jp_sync, JP, SYNC, GObject)

JpSync              *jp_sync_new (JpStore *store);
void                 jp_sync_set_transport (JpSync *self, JpTransport *transport);
JpTransport         *jp_sync_get_transport (JpSync *self);
JpStore             *jp_sync_get_store (JpSync *self);
void                 jp_sync_now (JpSync *self);
void                 jp_sync_stop (JpSync *self);
JpSyncState          jp_sync_get_state (JpSync *self);
gint64               jp_sync_get_n_waiting (JpSync *self);
gint64               jp_sync_get_oldest_us (JpSync *self);
const JpSyncReceipt *jp_sync_get_last_receipt (JpSync *self);
const JpSyncReceipt *jp_sync_get_running_receipt (JpSync *self);
const GError        *jp_sync_get_problem (JpSync *self);
gint64               jp_sync_get_clock_offset_us (JpSync *self);
JpSyncStall          jp_sync_get_stall (JpSync *self);
char                *jp_sync_dup_title (JpSync *self);
char                *jp_sync_dup_sentence (JpSync *self);

G_END_DECLS
