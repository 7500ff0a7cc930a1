/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-profile.h"

G_BEGIN_DECLS

/* What a start asks of its thread: making keys out of passwords takes a while. */

/**
 * JpUnlock:
 * @folder: (owned): the profile
 * @password: (owned) (nullable): its password, %NULL to ask the keyring
 * @school: (owned) (nullable): of a school to be founded
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
  gboolean    demo;
  JpClock    *clock;
  JpIdSource *ids;
} JpUnlock;

JpUnlock *jp_unlock_new (const char *folder, const char *password, JpClock *clock, JpIdSource *ids);
void      jp_unlock_free (JpUnlock *self);
JpProfile *jp_unlock_run (JpUnlock *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpUnlock, jp_unlock_free)

G_END_DECLS
