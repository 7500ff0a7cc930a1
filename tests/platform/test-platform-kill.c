/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-caller.h"

#include "jp-platform-api.h"

#include <stdlib.h>

/* A process that pushes without end is killed again and again: whatever was answered is there,
 * nothing is there by half, and the station goes on where it was. */

#define N_KILLS        8
#define MAX_PUSHES     12
#define MAX_DELAY_US   3000
#define OPS_PER_PUSH   3
#define N_REPEATED     2 /* operations sent again at the start, as after a lost answer */
#define CHILD_ARGUMENT "--child"

/* --- the process that is killed --- */

/* Operation number n is the same in every process: a trainee and a tier, together. */
static JpOp *
make_op (JpPlatformCaller *caller, gint64 n)
{
  JpPlatformFixture *f = caller->fixture;
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) tier = NULL;
  JpOp *op = NULL;

  g_clear_object (&f->ids);
  f->ids = jp_id_source_new_seeded (JP_CLOCK (f->clock), (guint64)n);
  trainee = jp_draft_end (jp_platform_fixture_new_trainee (f));
  tier = jp_draft_end (jp_platform_fixture_new_tier (f));
  op = jp_platform_caller_begin (caller, "create");
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, trainee));
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, tier));
  return op;
}

static void
forget_first (JpPlatformCaller *caller, gint64 until_n)
{
  while (caller->outbox->items->len > 0 &&
         ((JpPushItem *)g_ptr_array_index (caller->outbox->items, 0))->n <= until_n)
    g_ptr_array_remove_index (caller->outbox->items, 0);
}

static void
work (JpPlatformCaller *caller, gint64 acked_n)
{
  while (caller->n < acked_n)
    jp_platform_caller_end (caller, make_op (caller, caller->n + 1));
  forget_first (caller, acked_n - N_REPEATED);

  while (TRUE)
    {
      for (guint i = 0; i < OPS_PER_PUSH; i++)
        jp_platform_caller_end (caller, make_op (caller, caller->n + 1));

      g_autoptr (JpPushResponse) response = jp_platform_caller_push (caller);

      for (guint i = 0; i < response->verdicts->len; i++)
        g_assert_cmpint (((JpVerdict *)g_ptr_array_index (response->verdicts, i))->result, ==,
                         JP_VERDICT_APPLIED);
      g_print ("acked %" G_GINT64_FORMAT "\n", response->acked_n);
    }
}

/* Arguments: folder, school, station, token, number of the last operation with a verdict. */
static int
run_child (char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (clock));
  const JpPlatformStoreOptions options = { .clock = JP_CLOCK (clock), .ids = ids };
  JpPlatformFixture            f = { .clock = clock };
  JpPlatformCaller             caller = {
                .fixture = &f, .token = arguments[3], .epoch = g_strdup (""), .after = g_strdup ("")
  };
  gint64 acked_n = g_ascii_strtoll (arguments[4], NULL, 10);

  f.platform = jp_platform_new (&options);
  jp_platform_open (f.platform, arguments[0], &error);
  g_assert_no_error (error);
  jp_id_parse (arguments[1], &caller.school, &error);
  g_assert_no_error (error);
  jp_id_parse (arguments[2], &caller.station, &error);
  g_assert_no_error (error);
  caller.router = jp_http_router_new ();
  jp_platform_api_add_routes (f.platform, caller.router, NULL);
  caller.outbox = jp_push_request_new (&caller.station, caller.epoch, caller.after);

  work (&caller, acked_n);
  return EXIT_FAILURE; /* never comes here */
}

/* --- the test --- */

static gint64
run_until_killed (JpPlatformFixture *f, JpPlatformCaller *caller, gint64 acked_n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", &error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, acked_n);
  JpIdText         school;
  JpIdText         station;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  guint n_pushes = jp_id_source_below (f->ids, MAX_PUSHES);

  g_assert_no_error (error);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, CHILD_ARGUMENT, f->folder,
                            jp_id_to_text (&caller->school, school),
                            jp_id_to_text (&caller->station, station), caller->token, number, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

  for (guint i = 0; i < n_pushes; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (line, "acked "));
      acked_n = g_ascii_strtoll (line + strlen ("acked "), NULL, 10);
    }
  g_usleep (jp_id_source_below (f->ids, MAX_DELAY_US));
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  return acked_n;
}

static gint64
check (JpPlatformFixture *f, gint64 answered_n)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  jp_db_check (jp_platform_fixture_get_db (f), &error);
  g_assert_no_error (error);
  n = jp_platform_fixture_count (f, "SELECT acked_n FROM station");
  g_assert_cmpint (n, >=, answered_n);
  g_assert_cmpint (n % OPS_PER_PUSH, ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM op_log"), ==, n);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM trainee"), ==, n);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM class_tier"), ==, n);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT max (ver) FROM trainee"), <=, 1);
  g_assert_cmpint (jp_platform_fixture_count (f, "SELECT count(*) FROM (SELECT 1 FROM feed WHERE t "
                                                 "= 8 OR t = 7"
                                                 " GROUP BY school, seq HAVING count(*) = 2)"),
                   ==, n);
  return n;
}

static void
test_kill (void)
{
  g_autoptr (JpPlatformFixture) f = jp_platform_fixture_new ();
  g_autoptr (JpPlatformCaller) caller = jp_platform_caller_new (f, &f->school);
  gint64 acked_n = 0;

  g_clear_pointer (&f->platform, jp_platform_free);
  for (guint i = 0; i < N_KILLS; i++)
    {
      gint64 answered_n = run_until_killed (f, caller, acked_n);

      jp_platform_fixture_open (f);
      acked_n = check (f, answered_n);
      g_clear_pointer (&f->platform, jp_platform_free);
    }
  g_test_message ("%" G_GINT64_FORMAT " operations", acked_n);
}

int
main (int argc, char **argv)
{
  if (argc == 7 && strcmp (argv[1], CHILD_ARGUMENT) == 0)
    return run_child (argv + 2);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/platform/kill", test_kill);
  return g_test_run ();
}
