/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-first-frame.h"

#include <string.h>

static long
read_resident_kib (void)
{
  g_autofree char *status = NULL;
  const char      *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    g_error ("/proc/self/status cannot be read");
  line = strstr (status, "VmRSS:");
  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

/**
 * jp_perf_first_frame_print:
 * @started_us: monotonic time at which the parent started this process
 *
 * Tells the parent how long it took until now, and how much memory it takes: "MICROSECONDS KIB".
 */
void
jp_perf_first_frame_print (const char *started_us)
{
  gint64 took_us = g_get_monotonic_time () - g_ascii_strtoll (started_us, NULL, 10);

  g_print ("%" G_GINT64_FORMAT " %ld\n", took_us, read_resident_kib ());
}
