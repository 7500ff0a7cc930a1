/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-demo.h"

#include "jp-demo-school.h"
#include "jp-fake-clock.h"
#include "jp-query.h"
#include "jp-test-dir.h"
#include "jp-validate.h"
#include "jp-verify.h"

static JpVault *
make (JpTestDir *dir, const char *name, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = jp_test_dir_build (dir, name);
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) ids = jp_id_source_new (clock);
  g_autoptr (JpProfile) profile = jp_demo_create (folder, seed, clock, NULL, &error);
  JpVault *vault = NULL;

  g_assert_no_error (error);
  vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key, clock, ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_reload_school (vault, &error));
  return vault;
}

static gint64
count (JpVault *vault, JpKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (kind);
  gint64 n = 0;

  g_assert_true (jp_query_count (vault, query, &n, &error));
  return n;
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autoptr (JpVault) vault = make (dir, "demo", JP_DEMO_SEED);
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);
  JpId id = jp_demo_school_get_id ();

  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);
  g_assert_true (jp_id_equal (&vault->school, &id));
  g_assert_cmpint (count (vault, JP_KIND_TRAINEE), ==, JP_DEMO_TRAINEES);
  g_assert_cmpint (count (vault, JP_KIND_CONTRACT), ==, JP_DEMO_TRAINEES / 2);
  g_assert_cmpint (count (vault, JP_KIND_COACH), ==, 8);
  g_assert_cmpint (count (vault, JP_KIND_TERMINAL_ASSIGNMENT), ==, 9);
  g_assert_cmpint (count (vault, JP_KIND_CLASS_TIER), ==, 5);
}

static void
assert_same (JpVault *a, JpVault *b, JpKind kind, gboolean same)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_autoptr (GPtrArray) ours = jp_query_fetch_all (a, query, &error);
  g_autoptr (GPtrArray) theirs = jp_query_fetch_all (b, query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ours->len, ==, theirs->len);
  for (guint i = 0; i < ours->len; i++)
    {
      JpRecord *one = g_ptr_array_index (ours, i);
      JpRecord *other = g_ptr_array_index (theirs, i);

      g_assert_cmpint (jp_id_equal (jp_record_get_id (one), jp_record_get_id (other)), ==, same);
      if (same)
        g_assert_cmpuint (jp_record_diff_units (one, other), ==, 0);
    }
}

static void
test_seed (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autoptr (JpVault) first = make (dir, "first", 7);
  g_autoptr (JpVault) second = make (dir, "second", 7);
  g_autoptr (JpVault) third = make (dir, "third", 8);

  assert_same (first, second, JP_KIND_TRAINEE, TRUE);
  assert_same (first, second, JP_KIND_COACH, TRUE);
  assert_same (first, second, JP_KIND_CLASS_TIER, TRUE);
  assert_same (first, third, JP_KIND_TRAINEE, FALSE);
}

static void
test_school (void)
{
  g_autoptr (JpDraft) draft = jp_demo_school_new_draft ();
  g_autoptr (GArray) issues = jp_validate_draft (draft, 20261124);

  g_assert_cmpuint (issues->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/demo/whole", test_whole);
  g_test_add_func ("/store/demo/seed", test_seed);
  g_test_add_func ("/store/demo/school", test_school);
  return g_test_run ();
}
