/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"

G_BEGIN_DECLS

/* A school with a roster of 100,000 people, made once and kept in the folder for temporary files.
 */

#define JP_PERF_N_TRAINEES 100000

typedef struct
{
  char       *path; /* (owned): the database */
  JpSealKey  *key;  /* (owned) */
  JpClock    *clock;
  JpIdSource *ids;
} JpPerfSchool;

JpPerfSchool *jp_perf_school_new (void);
JpPerfSchool *jp_perf_school_copy (JpPerfSchool *self);
void          jp_perf_school_free (JpPerfSchool *self);
GPtrArray    *jp_perf_school_make_trainees (guint first, guint n, guint64 seed);
JpStore      *jp_perf_school_open_store (JpPerfSchool *self);
void          jp_perf_school_close_store (JpStore *store);
gpointer      jp_perf_school_read (JpStore *store, const JpStoreCall *call);

void   jp_perf_print (const char *name, double value, const char *unit);
double jp_perf_quantile (GArray *values, double quantile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPerfSchool, jp_perf_school_free)

G_END_DECLS
