/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-application.h"
#include "jp-fake-clock.h"
#include "jp-office.h"
#include "jp-test-dir.h"

G_BEGIN_DECLS

/**
 * JpOfficeFixture:
 *
 * The window of a small school with a clock that stands still: a store on the disk, no platform, a
 * week of made-up work.
 */
typedef struct
{
  JpTestDir     *dir;
  JpFakeClock   *clock;
  JpIdSource    *ids;
  JpIdSource    *random; /* for contents */
  JpSealKey     *key;
  JpStore       *store;
  JpSync        *sync;
  JpOffice      *office;
  JpApplication *application;
  JpWindow      *window;

  JpVault *vault; /* while seeding */
  JpId     school;
  JpId     trainee; /* the first one */
  JpId     contract;
  JpId     tier;
  JpId     statement; /* of September */
} JpOfficeFixture;

typedef void (*JpOfficeSeed) (JpOfficeFixture *self);

void   jp_office_fixture_set_up (JpOfficeFixture *self, JpOfficeSeed seed);
void   jp_office_fixture_tear_down (JpOfficeFixture *self);
void   jp_office_fixture_seed (JpOfficeFixture *self);
void   jp_office_fixture_put (JpOfficeFixture *self, JpDraft *draft);
JpId   jp_office_fixture_next_id (JpOfficeFixture *self);
void   jp_office_fixture_commit (JpOfficeFixture *self, JpChange *change);
gint64 jp_office_fixture_now_us (JpOfficeFixture *self);
void   jp_office_fixture_shoot (JpOfficeFixture *self, const char *name);

G_END_DECLS
