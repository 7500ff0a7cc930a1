/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-fake-clock.h"
#include "jp-platform.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"

G_BEGIN_DECLS

/* A platform with two schools in a folder of its own. */
typedef struct
{
  JpTestDir   *dir;      /* (owned) */
  char        *folder;   /* (owned): of the platform */
  JpFakeClock *clock;    /* (owned) */
  JpIdSource  *ids;      /* (owned) */
  JpPlatform  *platform; /* (owned) */
  JpId         school;   /* where the tests work */
  JpId         other;    /* a school that must never be seen there */
} JpPlatformFixture;

JpPlatformFixture *jp_platform_fixture_new (void);
void               jp_platform_fixture_free (JpPlatformFixture *self);
void               jp_platform_fixture_open (JpPlatformFixture *self);
void               jp_platform_fixture_reopen (JpPlatformFixture *self);
void               jp_platform_fixture_save (JpPlatformFixture *self, const char *name);
void               jp_platform_fixture_restore (JpPlatformFixture *self, const char *name);
JpPlatformStore   *jp_platform_fixture_get_store (JpPlatformFixture *self);
JpDb              *jp_platform_fixture_get_db (JpPlatformFixture *self);
gint64             jp_platform_fixture_count (JpPlatformFixture *self, const char *sql);
gint64             jp_platform_fixture_get_seq (JpPlatformFixture *self, const JpId *school);
JpRecord *jp_platform_fixture_put (JpPlatformFixture *self, const JpId *school, JpRecord *record);
JpRecord *jp_platform_fixture_find (JpPlatformFixture *self, JpKind kind, const JpId *id);

/* Drafts that are valid as they are, with a new id. */
JpDraft *jp_platform_fixture_new_school (JpPlatformFixture *self, const char *name);
JpDraft *jp_platform_fixture_new_trainee (JpPlatformFixture *self);
JpDraft *jp_platform_fixture_new_tier (JpPlatformFixture *self);
JpDraft *jp_platform_fixture_new_policy (JpPlatformFixture *self);
JpDraft *jp_platform_fixture_new_own (JpPlatformFixture *self, JpKind kind);
JpDraft *
jp_platform_fixture_new_contract (JpPlatformFixture *self, const JpId *trainee, const JpId *tier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPlatformFixture, jp_platform_fixture_free)

G_END_DECLS
