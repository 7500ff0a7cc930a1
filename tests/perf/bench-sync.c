/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* A first sync, from the platform's answers to rows in the store, over the rate at which plain
 * SQLite inserts the same rows: same columns, same page size, same durability, nothing else.
 * Medians of three. The platform works in the same process, on the same cores. */

#include "jp-gzip.h"
#include "jp-perf-school.h"
#include "jp-platform-caller.h"
#include "jp-station-fixture.h"

#include <malloc.h>
#include <sqlite3.h>

#define PAGE_ROWS  1000
#define SEED       7
#define N_ATTEMPTS 3
#define GZIP_LEVEL 6 /* as the platform packs them */
#define KIB        1024.0

static double
seconds_since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
}

static void
fill_platform (JpPlatformFixture *platform, GPtrArray *trainees)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (platform);

  for (guint i = 0; i < trainees->len;)
    {
      g_autoptr (GError) error = NULL;
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      jp_platform_store_begin (store, &transaction, &error);
      for (guint end = MIN (i + PAGE_ROWS, trainees->len); i < end; i++)
        {
          jp_platform_store_put (store, &platform->school, trainees->pdata[i], NULL, &error);
          g_assert_no_error (error);
        }
      jp_platform_store_commit (store, &transaction, &error);
      g_assert_no_error (error);
    }
}

/* --- the first sync --- */

static double
sync_once (JpPlatformFixture *platform, char **out_database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStationFixture) station = jp_station_fixture_new (platform);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
  gint64 start_us = g_get_monotonic_time ();
  double seconds = 0;

  jp_station_fixture_round (station, NULL, &error);
  seconds = seconds_since (start_us);
  g_assert_no_error (error);
  g_assert_cmpint (jp_station_fixture_count (station, query), ==, JP_PERF_N_TRAINEES);
  if (out_database != NULL)
    {
      g_autoptr (GFile) from = g_file_new_for_path (station->path);
      g_autoptr (GFile) to = NULL;

      jp_station_fixture_reopen (station); /* everything is in one file now */
      *out_database = jp_test_dir_build (platform->dir, "synced.db");
      to = g_file_new_for_path (*out_database);
      g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  return seconds;
}

/* --- plain SQLite --- */

typedef struct
{
  sqlite3_value **values; /* (owned): row by row */
  int             n_columns;
  guint           n_rows;
  char           *create; /* (owned): of the table */
} Rows;

static void
expect_at (sqlite3 *db, int code, int expected, const char *where)
{
  if (code != expected)
    g_error ("%s: %s", where, sqlite3_errmsg (db));
}

#define expect(code, expected) expect_at (db, (code), (expected), G_STRLOC)

static void
read_rows (const char *path, Rows *out_rows)
{
  sqlite3      *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint         at = 0;

  expect (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  expect (sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_schema WHERE name = 'trainee'", -1,
                              &statement, NULL),
          SQLITE_OK);
  expect (sqlite3_step (statement), SQLITE_ROW);
  out_rows->create = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);

  expect (sqlite3_prepare_v2 (db, "SELECT * FROM trainee ORDER BY rid", -1, &statement, NULL),
          SQLITE_OK);
  out_rows->n_columns = sqlite3_column_count (statement);
  out_rows->n_rows = JP_PERF_N_TRAINEES;
  out_rows->values = g_new0 (sqlite3_value *, (gsize)out_rows->n_columns * out_rows->n_rows);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < out_rows->n_columns; i++)
      out_rows->values[at++] = sqlite3_value_dup (sqlite3_column_value (statement, i));
  g_assert_cmpuint (at, ==, (guint)out_rows->n_columns * out_rows->n_rows);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
clear_rows (Rows *rows)
{
  for (guint i = 0; i < (guint)rows->n_columns * rows->n_rows; i++)
    sqlite3_value_free (rows->values[i]);
  g_free (rows->values);
  g_free (rows->create);
}

static sqlite3_stmt *
prepare_insert (sqlite3 *db, int n_columns)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO trainee VALUES (?");
  sqlite3_stmt *statement = NULL;

  for (int i = 1; i < n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  expect (sqlite3_prepare_v2 (db, sql->str, -1, &statement, NULL), SQLITE_OK);
  return statement;
}

static double
insert_once (const char *path, const Rows *rows)
{
  sqlite3      *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64        start_us = 0;
  double        seconds = 0;

  expect (sqlite3_open (path, &db), SQLITE_OK);
  expect (sqlite3_exec (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL),
          SQLITE_OK);
  expect (sqlite3_exec (db, rows->create, NULL, NULL, NULL), SQLITE_OK);
  statement = prepare_insert (db, rows->n_columns);

  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < rows->n_rows; i++)
    {
      if (i % PAGE_ROWS == 0)
        expect (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
      for (int j = 0; j < rows->n_columns; j++)
        sqlite3_bind_value (statement, j + 1, rows->values[i * (guint)rows->n_columns + (guint)j]);
      expect (sqlite3_step (statement), SQLITE_DONE);
      sqlite3_reset (statement);
      if (i % PAGE_ROWS == PAGE_ROWS - 1 || i + 1 == rows->n_rows)
        expect (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    }
  seconds = seconds_since (start_us);

  sqlite3_finalize (statement);
  sqlite3_close (db);
  return seconds;
}

static GArray *
insert_plain (JpPlatformFixture *platform, const char *database)
{
  Rows    rows = { NULL };
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));

  read_rows (database, &rows);
  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("plain-%d.db", i);
      g_autofree char *path = jp_test_dir_build (platform->dir, name);
      const double     seconds = insert_once (path, &rows);

      g_array_append_val (times, seconds);
    }
  clear_rows (&rows);
  return times;
}

/* --- bytes and memory --- */

/* The bodies of all pages of the table, packed as they travel. */
static double
count_bytes (JpPlatformFixture *platform)
{
  g_autoptr (JpPlatformCaller) caller = jp_platform_caller_new (platform, &platform->school);
  gint64 after = 0;
  double n_bytes = 0;

  do
    {
      g_autoptr (JpHttpResponse) response =
        jp_platform_caller_get (caller, "bootstrap/trainee?after=%" G_GINT64_FORMAT "&limit=%d",
                                after, PAGE_ROWS);
      g_autoptr (GBytes) packed = jp_gzip_pack (jp_http_response_get_body (response), GZIP_LEVEL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JpPageTable) page =
        jp_page_table_open (jp_http_response_get_body (response), &error);

      g_assert_no_error (error);
      n_bytes += (double)g_bytes_get_size (packed);
      after = page->next;
    }
  while (after != 0);
  return n_bytes;
}

/* A line of /proc/self/status, in KiB; 0 where there is none. */
static double
read_status (const char *name)
{
  g_autofree char *text = NULL;
  const char      *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, name);
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) : 0;
}

/* From here on the peak is counted. */
static void
reset_peak (void)
{
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

int
main (void)
{
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (GPtrArray) trainees = jp_perf_school_make_trainees (0, JP_PERF_N_TRAINEES, SEED);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) plain_times = NULL;
  g_autofree char *database = NULL;
  double           before_kib = 0;
  double           peak_kib = 0;

  fill_platform (platform, trainees);
  g_ptr_array_set_size (trainees, 0);
  malloc_trim (0);
  before_kib = read_status ("VmRSS:");
  reset_peak ();
  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      const double seconds = sync_once (platform, i == 0 ? &database : NULL);

      if (i == 0)
        peak_kib = read_status ("VmHWM:");
      g_array_append_val (times, seconds);
    }
  plain_times = insert_plain (platform, database);

  double seconds = jp_perf_quantile (times, 0.5);
  double plain = jp_perf_quantile (plain_times, 0.5);

  jp_perf_print ("first_sync_ratio", plain / seconds, "ratio");
  jp_perf_print ("first_sync_rate", JP_PERF_N_TRAINEES / seconds, "rows/s");
  jp_perf_print ("plain_insert_rate", JP_PERF_N_TRAINEES / plain, "rows/s");
  jp_perf_print ("first_sync_bytes", count_bytes (platform), "bytes");
  jp_perf_print ("first_sync_memory", (peak_kib - before_kib) / KIB, "MiB");
  return 0;
}
