/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk in memory that forgets like a real one: what was written and not
 * synced may be lost, torn or kept in any mixture when the power fails, and so
 * may a new or a removed name. Copies share their blocks, so that a disk can be
 * copied at every call of a program. */

#define JP_SIM_BLOCK_BYTES 4096
#define JP_SIM_TORN_BYTES  512 /* what a disk writes whole or not at all */

/**
 * JpSimLoss:
 * @JP_SIM_LOSS_NONE: the program died and the machine did not: everything is
 * there
 * @JP_SIM_LOSS_ALL: nothing that was not synced is there
 * @JP_SIM_LOSS_PREFIX: of each file the first so many writes are there
 * @JP_SIM_LOSS_FILES: all writes of some files, none of others
 * @JP_SIM_LOSS_SUBSET: any of the writes, in any mixture
 * @JP_SIM_LOSS_TORN: any parts of them
 *
 * What becomes of the writes that were not synced.
 */
typedef enum {
  JP_SIM_LOSS_NONE,
  JP_SIM_LOSS_ALL,
  JP_SIM_LOSS_PREFIX,
  JP_SIM_LOSS_FILES,
  JP_SIM_LOSS_SUBSET,
  JP_SIM_LOSS_TORN,
} JpSimLoss;

#define JP_SIM_N_LOSSES 6

/* Repeatable numbers that are cheap to make. */
typedef struct
{
  guint64 state;
} JpSimRandom;

guint64 jp_sim_random_next (JpSimRandom *self);
guint   jp_sim_random_below (JpSimRandom *self, guint bound);

typedef struct _JpSimDisk JpSimDisk;
typedef struct _JpSimFile JpSimFile;

JpSimDisk *jp_sim_disk_new (void);
JpSimDisk *jp_sim_disk_copy (const JpSimDisk *self);
JpSimDisk *jp_sim_disk_crash (const JpSimDisk *self, JpSimLoss loss, JpSimRandom *random);
void       jp_sim_disk_free (JpSimDisk *self);
guint64    jp_sim_disk_get_digest (JpSimDisk *self);
gboolean   jp_sim_disk_has_unsynced (const JpSimDisk *self);
void       jp_sim_disk_adopt (JpSimDisk *self, const JpSimDisk *other, const char *name);
gboolean   jp_sim_disk_replace (JpSimDisk *self, const char *name, const char *from);

JpSimFile *jp_sim_disk_find (JpSimDisk *self, const char *name);
JpSimFile *jp_sim_disk_create (JpSimDisk *self, const char *name);
void       jp_sim_disk_remove (JpSimDisk *self, const char *name, gboolean durable);
void       jp_sim_disk_sync (JpSimDisk *self, JpSimFile *file);

gint64  jp_sim_file_get_size (const JpSimFile *self);
gsize   jp_sim_file_read (const JpSimFile *self, gint64 offset, gpointer bytes, gsize length_bytes);
void    jp_sim_file_write (JpSimFile *self, gint64 offset, gconstpointer bytes, gsize length_bytes);
void    jp_sim_file_truncate (JpSimFile *self, gint64 size);
void    jp_sim_file_flip (JpSimFile *self, gint64 offset, guint8 mask);
guint64 jp_sim_file_get_digest (JpSimFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSimDisk, jp_sim_disk_free)

G_END_DECLS
