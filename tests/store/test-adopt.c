/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-commit.h"
#include "jp-digest-repo.h"
#include "jp-op-repo.h"
#include "jp-record-table.h"
#include "jp-vault-fixture.h"

/* A program that comes after another one: version 1 of the records did not know who made the state
 * that a conflict holds, nor when (0005-conflicts.sql). */

#define TO_VERSION_1                                                                               \
  "DELETE FROM setting WHERE name = 'fields';"                                                     \
  "ALTER TABLE conflict DROP COLUMN their_who; ALTER TABLE conflict DROP COLUMN their_at"

static JpRecord *
add_conflict (JpVault *vault)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_CONFLICT, &id);

  jp_draft_set_text (draft, JP_CONFLICT_ROW_KIND, "trainee");
  jp_draft_set_text (draft, JP_CONFLICT_ROW_ID, "0193a000-0000-7000-8000-000000000001");
  jp_draft_set_text (draft, JP_CONFLICT_THEIRS, "{}");
  jp_draft_set_extra (draft, "{\"later\":{\"deep\":[1,2]},\"their_at\":1764000000000000,"
                             "\"their_who\":\"李校长\"}");
  jp_vault_fixture_put (vault, draft);
  return jp_vault_fixture_get (vault, JP_KIND_CONFLICT, &id);
}

static void
exec (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (vault->db, sql, &error);
  g_assert_no_error (error);
}

/* The columns are made with each step of the schema. */
static void
set_up_again (JpVault *vault)
{
  g_autoptr (GError) error = NULL;

  jp_record_table_ensure_all (vault->db, &error);
  g_assert_no_error (error);
  jp_vault_set_up (vault, &error);
  g_assert_no_error (error);
}

static void
test_upgrade (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) kept = add_conflict (vault);
  g_autoptr (JpRecord) known = NULL;
  g_autoptr (JpRecord) again = NULL;

  exec (vault, TO_VERSION_1);
  set_up_again (vault);
  known = jp_vault_fixture_get (vault, JP_KIND_CONFLICT, jp_record_get_id (kept));
  g_assert_cmpstr (jp_record_get_text (known, JP_CONFLICT_THEIR_WHO), ==, "李校长");
  g_assert_cmpint (jp_record_get_integer (known, JP_CONFLICT_THEIR_AT), ==, 1764000000000000);
  g_assert_cmpstr (jp_record_get_text (known, JP_CONFLICT_THEIRS), ==, "{}");
  g_assert_cmpstr (jp_record_get_extra (known), ==, "{\"later\":{\"deep\":[1,2]}}");
  g_assert_cmpint (jp_record_get_head (known)->version, ==, jp_record_get_head (kept)->version);

  /* Once: what is said of the field afterwards holds. */
  exec (vault, "UPDATE conflict SET their_who = NULL,"
               " extra = '{\"their_who\":\"no\"}'");
  set_up_again (vault);
  again = jp_vault_fixture_get (vault, JP_KIND_CONFLICT, jp_record_get_id (kept));
  g_assert_false (jp_record_has (again, JP_CONFLICT_THEIR_WHO));
}

/* Tables that the older program did not know had ended the comparison of sums. */
static void
test_sums (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  gint64   sum = 0;
  gboolean kept = FALSE;

  exec (vault, "INSERT INTO setting (name, value) VALUES ('" JP_SETTING_DIGEST "', 'off')"
               " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  set_up_again (vault);
  g_assert_true (jp_digest_repo_get (vault, &sum, &kept, &error));
  g_assert_cmpint (sum, ==, -1);

  exec (vault, TO_VERSION_1);
  set_up_again (vault);
  g_assert_true (jp_digest_repo_get (vault, &sum, &kept, &error));
  g_assert_cmpint (sum, >=, 0);
  g_assert_false (kept);
}

/* An edit names what it touches: what the program does not know stays as it is. */
static void
test_edit (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) made = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) before = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpOp) op = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const JpId op_id = jp_id_source_next (vault->ids);
  JpChange  *change = jp_change_new (&op_id, "edit", "前台");
  JpDraft   *draft = jp_draft_new_from (made);
  gint64     n = 0;

  jp_draft_set_extra (draft, "{\"aura\":\"blue\"}");
  jp_vault_fixture_put (vault, draft);
  before = jp_vault_fixture_get (vault, JP_KIND_TRAINEE, jp_record_get_id (made));
  draft = jp_draft_new_from (before);
  jp_draft_set_text (draft, JP_TRAINEE_NOTE, "下午");
  after = jp_draft_end (draft);
  jp_change_add (change, before, after);
  n = jp_vault_fixture_commit (vault, change);

  g_clear_pointer (&after, jp_record_unref);
  after = jp_vault_fixture_get (vault, JP_KIND_TRAINEE, jp_record_get_id (made));
  g_assert_cmpstr (jp_record_get_text (after, JP_TRAINEE_NOTE), ==, "下午");
  g_assert_cmpstr (jp_record_get_extra (after), ==, "{\"aura\":\"blue\"}");
  op = jp_op_repo_get (vault, n, &error);
  g_assert_no_error (error);
  bytes = jp_op_to_bytes (op);
  g_assert_null (
    g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), "aura"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/store/adopt/" name, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,       \
              jp_vault_fixture_tear_down)
  ADD ("upgrade", test_upgrade);
  ADD ("sums", test_sums);
  ADD ("edit", test_edit);
#undef ADD

  return g_test_run ();
}
