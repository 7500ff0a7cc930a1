/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-crash-stage.h"
#include "jp-sim-tally.h"

G_BEGIN_DECLS

/* Crash enumeration: an action is done once while the disk is copied before
 * each call that changes it. Each copy is then cut off in many ways and opened:
 * what is found must be one of the states that the program itself committed,
 * never older than what it acknowledged. */

/**
 * JpCrashAction:
 * @name: what the user does
 * @prepare: (nullable): makes what it needs; may not fail
 * @act: does it; acknowledges with jp_crash_stage_ack() what is saved
 * @fresh: the disk is empty and the vault is not open
 *
 * An action of a user.
 */
typedef struct
{
  const char *name;
  void (*prepare) (JpCrashStage *stage);
  gboolean (*act) (JpCrashStage *stage, GError **error);
  gboolean fresh;
} JpCrashAction;

/**
 * JpCrashEffort:
 * @repeats: how often each kind of loss is tried at each call
 * @faults: how often the action is done again on a disk that fails
 *
 * How much is tried.
 */
typedef struct
{
  guint repeats;
  guint faults;
} JpCrashEffort;

typedef struct _JpCrash JpCrash;

const JpCrashAction *jp_crash_get_action (guint index);
JpCrash             *jp_crash_new (JpSimTally *tally);
void                 jp_crash_free (JpCrash *self);
void                 jp_crash_run (JpCrash             *self,
                                   const JpCrashAction *action,
                                   guint64              seed,
                                   const JpCrashEffort *effort);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCrash, jp_crash_free)

G_END_DECLS
