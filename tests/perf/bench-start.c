/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* From the start of the process to the first frame of the roster, and the memory it takes then,
 * over the same of an empty window, both in turn on the same display.
 *
 *   bench-start EMPTY ROSTER   the two programs */

#include "jp-perf-school.h"

#include <gio/gio.h>
#include <string.h>

#define N_RUNS 7 /* and one before that does not count: it fills the caches */

typedef struct
{
  GArray *ms;  /* (owned) (element-type double) */
  GArray *mib; /* (owned) (element-type double) */
} Figures;

static void
run (const char *program, Figures *figures)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *started_us = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, started_us, NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) words = NULL;
  double ms = 0;
  double mib = 0;

  if (child == NULL || !g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, &error))
    g_error ("%s: %s", program, error->message);
  words = g_strsplit (g_strstrip (output), " ", 2);
  if (!g_subprocess_get_successful (child) || g_strv_length (words) != 2)
    g_error ("%s gave no figures: \"%s\"", program, output);

  ms = g_ascii_strtod (words[0], NULL) / 1000.0;
  mib = g_ascii_strtod (words[1], NULL) / 1024.0;
  if (figures == NULL)
    return;
  g_array_append_val (figures->ms, ms);
  g_array_append_val (figures->mib, mib);
}

static void
figures_init (Figures *self)
{
  self->ms = g_array_new (FALSE, FALSE, sizeof (double));
  self->mib = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
figures_clear (Figures *self)
{
  g_array_unref (self->ms);
  g_array_unref (self->mib);
}

int
main (int argc, char **argv)
{
  g_autoptr (JpPerfSchool) school = jp_perf_school_new (); /* made now if need be, not measured */
  Figures empty;
  Figures roster;

  if (argc != 3)
    g_error ("usage: bench-start EMPTY ROSTER");

  figures_init (&empty);
  figures_init (&roster);
  for (int i = 0; i <= N_RUNS; i++)
    {
      run (argv[1], i > 0 ? &empty : NULL);
      run (argv[2], i > 0 ? &roster : NULL);
    }

  double empty_ms = jp_perf_quantile (empty.ms, 0.5);
  double roster_ms = jp_perf_quantile (roster.ms, 0.5);
  double empty_mib = jp_perf_quantile (empty.mib, 0.5);
  double roster_mib = jp_perf_quantile (roster.mib, 0.5);

  jp_perf_print ("start_ratio", roster_ms / empty_ms, "ratio");
  jp_perf_print ("start_ms", roster_ms, "ms");
  jp_perf_print ("start_empty_ms", empty_ms, "ms");
  jp_perf_print ("memory_ratio", roster_mib / empty_mib, "ratio");
  jp_perf_print ("memory_mib", roster_mib, "MiB");
  jp_perf_print ("memory_empty_mib", empty_mib, "MiB");
  figures_clear (&empty);
  figures_clear (&roster);
  return 0;
}
