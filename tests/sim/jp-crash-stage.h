/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-vfs.h"
#include "jp-vault-fixture.h"

G_BEGIN_DECLS

/* A store on a simulated disk, for one action of a user. */

#define JP_CRASH_FILE "school.db"

typedef struct _JpCrashStage JpCrashStage;

/**
 * JpCrashStage:
 * @fixture: clock, contents and the open vault
 * @node: (owned): the machine
 * @key: (owned): the data key
 * @path: (owned): the database
 * @random: decides what the action is about
 * @acks: (owned) (element-type JpId): operations whose saving was acknowledged
 * @n_acks: what was acknowledged, operations or not
 * @subject: (owned) (nullable): what the preparation left for the action
 * @records: (owned) (element-type JpRecord): likewise
 * @id: likewise
 * @n: number of the operation that was saved last
 * @acked: (nullable): told of each acknowledgement
 * @acked_data: (borrowed): for @acked
 *
 * What an action works with.
 */
struct _JpCrashStage
{
  JpVaultFixture fixture;
  JpSimNode     *node;
  JpSealKey     *key;
  char          *path;
  JpSimRandom    random;
  GArray        *acks;
  guint          n_acks;
  JpRecord      *subject;
  GPtrArray     *records;
  JpId           id;
  gint64         n;
  void (*acked) (JpCrashStage *self, gpointer user_data);
  gpointer acked_data;
};

JpCrashStage *jp_crash_stage_new (guint64 seed);
void          jp_crash_stage_free (JpCrashStage *self);
void          jp_crash_stage_begin (JpCrashStage *self, const JpSimDisk *disk, guint64 seed);
gboolean      jp_crash_stage_open (JpCrashStage *self, GError **error);
void          jp_crash_stage_close (JpCrashStage *self);
void          jp_crash_stage_ack (JpCrashStage *self, const JpId *op_id);
gboolean      jp_crash_stage_commit (JpCrashStage *self, JpChange *change, GError **error);
JpRecord     *jp_crash_stage_add (JpCrashStage *self, JpKind kind);
JpRecord     *jp_crash_stage_get (JpCrashStage *self, JpRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCrashStage, jp_crash_stage_free)

G_END_DECLS
