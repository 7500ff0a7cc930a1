/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tour-world.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A PC at the front desk: its profile, its window, and what a test asks of them. */

#define JP_TOUR_WAIT_MS 120000

/**
 * JpTourDesk:
 * @profile: (owned): folder of the school on this PC
 * @application: (owned)
 * @start: (owned)
 * @office: (borrowed): of the start, once the school is open
 */
typedef struct
{
  char          *profile;
  JpApplication *application;
  JpStart       *start;
  JpOffice      *office;
} JpTourDesk;

void       jp_tour_desk_init (JpTourDesk *self, const char *profile);
void       jp_tour_desk_open (JpTourDesk *self);
void       jp_tour_desk_join (JpTourDesk *self, const JpTourWorld *world, const char *name);
GtkWindow *jp_tour_desk_get_window (JpTourDesk *self);
gboolean   jp_tour_desk_wait (JpTourDesk *self, JpSyncState state, const char *what);
void       jp_tour_desk_sync (JpTourDesk *self);
gpointer   jp_tour_desk_read (JpTourDesk *self, JpStoreFunc func, gpointer data);
gpointer   jp_tour_desk_write (JpTourDesk *self, JpStoreFunc func, gpointer data);
int        jp_tour_desk_count (JpTourDesk *self, JpKind kind);
int        jp_tour_desk_count_found (JpTourDesk *self, JpQuery *query);
JpRecord  *jp_tour_desk_find (JpTourDesk *self, JpQuery *query);
JpRecord  *jp_tour_desk_get (JpTourDesk *self, JpKind kind, const JpId *id);
void       jp_tour_desk_close (JpTourDesk *self);
void       jp_tour_desk_clear (JpTourDesk *self);

G_END_DECLS
