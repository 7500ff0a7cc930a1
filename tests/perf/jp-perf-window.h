/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-application.h"
#include "jp-office.h"
#include "jp-perf-school.h"
#include "jp-records-page.h"

G_BEGIN_DECLS

/* The program's window with the big roster, put together as src/app/start does it once a key is
 * known. Neither the keyring nor a password is asked: how long those take is theirs. */
typedef struct
{
  JpApplication *application; /* (owned) */
  JpPerfSchool  *school;      /* (owned) */
  JpStore       *store;       /* (owned) */
  JpSync        *sync;        /* (owned) */
  JpOffice      *office;      /* (owned) */
  JpWindow      *window;      /* (borrowed) (nullable): NULL until it is shown */
  void (*shown) (gpointer self);
} JpPerfWindow;

void        jp_perf_window_init (JpPerfWindow *self, void (*shown) (gpointer self));
void        jp_perf_window_clear (JpPerfWindow *self);
JpListPage *jp_perf_window_get_list (JpPerfWindow *self);
gboolean    jp_perf_window_is_filled (JpPerfWindow *self);

G_END_DECLS
