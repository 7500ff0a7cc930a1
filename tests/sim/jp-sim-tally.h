/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JpSimChecker:
 * @JP_SIM_LOST: something that was acknowledged is gone
 * @JP_SIM_DOUBLED: one event had two effects
 * @JP_SIM_SILENT: a value that somebody typed was dropped and nobody was told
 * @JP_SIM_DIVERGED: two places that must agree do not, or one does not agree
 * with itself
 * @JP_SIM_WEDGED: something does not end although nothing is in its way
 *
 * What can be wrong.
 */
typedef enum {
  JP_SIM_LOST,
  JP_SIM_DOUBLED,
  JP_SIM_SILENT,
  JP_SIM_DIVERGED,
  JP_SIM_WEDGED,
} JpSimChecker;

#define JP_SIM_N_CHECKERS 5

/**
 * JpSimTally:
 * @n_seeds: histories that were played
 * @n_events: what happened in them
 * @n_crash_points: disks after a power cut that were opened and checked
 * @n_faults: calls that were made to fail
 * @n_found: what was wrong, by checker
 * @n_shrunk: findings that were made small
 * @first: (owned) (nullable): the first finding in words
 *
 * The figures of a run.
 */
typedef struct
{
  guint64 n_seeds;
  guint64 n_events;
  guint64 n_crash_points;
  guint64 n_faults;
  guint64 n_found[JP_SIM_N_CHECKERS];
  guint   n_shrunk;
  char   *first;
} JpSimTally;

const char *jp_sim_tally_get_name (JpSimChecker checker);
void        jp_sim_tally_find (JpSimTally *self, JpSimChecker checker, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
gboolean jp_sim_tally_is_good (const JpSimTally *self);
void     jp_sim_tally_clear (JpSimTally *self);

G_END_DECLS
