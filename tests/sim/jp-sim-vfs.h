/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-disk.h"

G_BEGIN_DECLS

/* SQLite on simulated disks. Databases below the folder of a node live on the
 * node's disk in memory; all others go to the system. Time stands still,
 * waiting takes none, and random numbers follow from a seed: the same calls
 * have the same effects. One thread. */

/**
 * JpSimFault:
 * @JP_SIM_FAULT_NONE: all is well
 * @JP_SIM_FAULT_DIE: the machine stops: this call and all that follow do
 * nothing and fail
 * @JP_SIM_FAULT_IO: the call fails
 * @JP_SIM_FAULT_IO_STAYS: the call and all changes that follow fail
 * @JP_SIM_FAULT_FULL: the call finds the disk full
 * @JP_SIM_FAULT_FULL_STAYS: so do all that write after it
 * @JP_SIM_FAULT_READ: a read fails
 *
 * What happens at the call that a node was told.
 */
typedef enum {
  JP_SIM_FAULT_NONE,
  JP_SIM_FAULT_DIE,
  JP_SIM_FAULT_IO,
  JP_SIM_FAULT_IO_STAYS,
  JP_SIM_FAULT_FULL,
  JP_SIM_FAULT_FULL_STAYS,
  JP_SIM_FAULT_READ,
} JpSimFault;

#define JP_SIM_N_FAULTS 7

/**
 * JpSimCall:
 * @JP_SIM_CALL_CREATE: a new file is opened
 * @JP_SIM_CALL_WRITE: a write
 * @JP_SIM_CALL_TRUNCATE: a file is cut
 * @JP_SIM_CALL_SYNC: a file is synced
 * @JP_SIM_CALL_DELETE: a file is removed
 *
 * The calls of SQLite that change a disk.
 */
typedef enum {
  JP_SIM_CALL_CREATE,
  JP_SIM_CALL_WRITE,
  JP_SIM_CALL_TRUNCATE,
  JP_SIM_CALL_SYNC,
  JP_SIM_CALL_DELETE,
} JpSimCall;

typedef struct _JpSimNode JpSimNode;

/**
 * JpSimWatch:
 * @node: a node
 * @call: what is about to change its disk
 * @user_data: as given to jp_sim_node_set_watch()
 *
 * Called before each change of a disk, while the disk is as a crash at this
 * moment would find it.
 */
typedef void (*JpSimWatch) (JpSimNode *node, JpSimCall call, gpointer user_data);

void       jp_sim_vfs_install (void);
void       jp_sim_vfs_set_seed (guint64 seed);
void       jp_sim_memory_set_fault (gint64 after_calls, gboolean stays);
void       jp_sim_memory_hold (gboolean held);
guint64    jp_sim_memory_get_n_calls (void);
guint64    jp_sim_memory_get_n_faults (void);
JpSimNode *jp_sim_node_new (const char *folder);
void       jp_sim_node_free (JpSimNode *self);
JpSimDisk *jp_sim_node_get_disk (JpSimNode *self);
void       jp_sim_node_set_disk (JpSimNode *self, JpSimDisk *disk);
char      *jp_sim_node_dup_path (JpSimNode *self, const char *name);
void       jp_sim_node_set_watch (JpSimNode *self, JpSimWatch watch, gpointer user_data);
void       jp_sim_node_set_fault (JpSimNode *self, JpSimFault fault, guint after_calls);
void       jp_sim_node_kill (JpSimNode *self);
gboolean   jp_sim_node_is_dead (JpSimNode *self);
guint      jp_sim_node_get_n_changes (JpSimNode *self);
guint      jp_sim_node_get_n_faults (JpSimNode *self);
guint      jp_sim_node_get_n_open (JpSimNode *self);
void       jp_sim_node_set_lying (JpSimNode *self, gboolean lying);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSimNode, jp_sim_node_free)

G_END_DECLS
