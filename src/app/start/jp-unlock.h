/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-restore.h"

G_BEGIN_DECLS

/* What a start asks of its thread: making keys out of passwords takes a while. */

/**
 * JpUnlock:
 * @folder: (owned): the profile
 * @password: (owned) (nullable): its password, %NULL to ask the keyring
 * @school: (owned) (nullable): of a school to be founded
 * @backup: (owned) (nullable): a backup to be put in the place of the profile
 * @journal: (owned) (nullable): folder of the journal that goes with it
 * @key: (owned) (nullable): the data key, if the profile was open; tried before the password
 * @outcome: what restoring did
 * @demo: the demo school, which is made if it is not there
 * @clock: (owned): where time comes from
 * @ids: (owned): where ids come from
 *
 * A profile to be unlocked or made.
 */
typedef struct
{
  char       *folder;
  char       *password;
  JpDraft    *school;
  char       *backup;
  char       *journal;
  JpSealKey  *key;
  gboolean    demo;
  JpClock    *clock;
  JpIdSource *ids;

  JpRestoreOutcome outcome;
} JpUnlock;

JpUnlock *jp_unlock_new (const char *folder, const char *password, JpClock *clock, JpIdSource *ids);
void      jp_unlock_free (JpUnlock *self);
JpProfile *jp_unlock_run (JpUnlock *self, GError **error);
char      *jp_unlock_dup_news (const JpUnlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpUnlock, jp_unlock_free)

G_END_DECLS
