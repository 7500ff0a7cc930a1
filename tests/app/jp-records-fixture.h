/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-application.h"
#include "jp-office.h"
#include "jp-records-page.h"
#include "jp-test-dir.h"

G_BEGIN_DECLS

/* The window with a school's data in it: a store in a folder of its own, the fake clock, made-up
 * people. */

#define JP_RECORDS_FIXTURE_TRAINEES 60

typedef struct
{
  JpTestDir     *dir;
  JpApplication *application;
  JpStore       *store;
  JpSync        *sync; /* no platform: it stays offline */
  JpOffice      *office;
  JpWindow      *window;
} JpRecordsFixture;

void           jp_records_fixture_set_up (JpRecordsFixture *self, gconstpointer empty);
void           jp_records_fixture_tear_down (JpRecordsFixture *self, gconstpointer empty);
JpRecordsPage *jp_records_fixture_show (JpRecordsFixture *self, const char *place);
void           jp_records_fixture_wait (JpRecordsFixture *self);
JpRecord      *jp_records_fixture_select (JpRecordsPage *page, guint position);
gint64         jp_records_fixture_count (JpRecordsFixture *self, const JpQuery *query);
JpRecord      *jp_records_fixture_find (JpRecordsFixture *self, const JpQuery *query);
JpRecord   *jp_records_fixture_find_named (JpRecordsFixture *self, JpKind kind, const char *title);
gint64      jp_records_fixture_count_audit (JpRecordsFixture *self, const char *action);
void        jp_records_fixture_break_table (JpRecordsFixture *self, const char *table);
gboolean    jp_records_fixture_press (JpRecordsFixture *self, const char *label);
void        jp_records_fixture_answer (JpRecordsFixture *self, const char *response);
const char *jp_records_fixture_get_id_number (void);
GtkWindow  *jp_records_fixture_wait_for_form (JpRecordsFixture *self);

G_END_DECLS
