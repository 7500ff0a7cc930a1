/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-verify.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-remote-repo.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"

/* The platform's word about the first two operations. */
static void
judge (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_verdict_free);
  JpRemoteReply   reply = { .verdicts = verdicts };
  JpRemoteOutcome outcome = { 0 };

  g_ptr_array_add (verdicts, jp_verdict_new (1, JP_VERDICT_APPLIED, 11, NULL, NULL));
  g_ptr_array_add (verdicts, jp_verdict_new (2, JP_VERDICT_REJECTED, 12, "price", "太贵"));
  g_assert_true (jp_remote_repo_apply (vault, &reply, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcome.n_verdicts, ==, 2);
}

/* A school in which everything has happened once. */
static void
set_up (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  jp_vault_fixture_set_up (fixture, data);

  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "C1 普通班", 328000);
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpDraft) edit = jp_draft_new_from (trainee);
  g_autoptr (JpRecord) after = NULL;
  JpId op_id = jp_id_source_next (fixture->vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", "前台");
  gint64 n = 0;

  jp_draft_set_ref (edit, JP_TRAINEE_CLASS_TIER, jp_record_get_id (tier));
  after = jp_draft_end (g_steal_pointer (&edit));
  jp_change_add (change, trainee, after);
  g_assert_true (jp_commit_change (fixture->vault, change, &n, &error));
  g_assert_true (jp_commit_undo (fixture->vault, n, "校长", NULL, &error));
  g_assert_no_error (error);
  judge (fixture->vault);
}

static JpVerifyReport *
verify (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  JpVerifyReport *report = jp_verify_run (vault, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static void
assert_found (JpVault *vault, JpVerifyCheck check)
{
  g_autoptr (JpVerifyReport) report = verify (vault);

  g_assert_cmpuint (report->n_found[check], >, 0);
  g_assert_false (jp_verify_is_good (report));
  g_assert_cmpuint (report->findings->len, >, 0);
}

static void
test_good (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpVerifyReport) report = verify (fixture->vault);

  for (guint i = 0; i < report->findings->len; i++)
    g_test_message ("%s", ((JpVerifyFinding *)g_ptr_array_index (report->findings, i))->detail);
  g_assert_cmpuint (report->findings->len, ==, 0);
  g_assert_true (jp_verify_is_good (report));
  g_assert_cmpuint (report->n_examined[JP_VERIFY_OPERATIONS], ==, 5);
  g_assert_cmpuint (report->n_examined[JP_VERIFY_AUDIT], ==, 5);
  g_assert_cmpuint (report->n_examined[JP_VERIFY_ROWS], ==, 3);
}

static void
exec (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (vault->db, sql, &error);
  g_assert_no_error (error);
}

/* Takes away what stops an honest program, as somebody with a hex editor would. */
static void
disarm (JpVault *vault)
{
  exec (vault,
        "DROP TRIGGER op_keeps_evidence; DROP TRIGGER op_stays; DROP TRIGGER audit_unchanged;"
        "DROP TRIGGER audit_stays; PRAGMA foreign_keys = OFF;");
}

static GBytes *
get_bytes (JpVault *vault, const char *sql, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, &error);
  gboolean row = FALSE;
  gsize    size = 0;

  g_assert_no_error (error);
  jp_statement_bind_integer (statement, ":n", n);
  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_true (row);

  gconstpointer bytes = jp_statement_get_blob (statement, 0, &size);

  return g_bytes_new (bytes, size);
}

static void
put_bytes (JpVault *vault, const char *sql, gint64 n, const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, &error);

  g_assert_no_error (error);
  jp_statement_bind_integer (statement, ":n", n);
  jp_statement_bind_blob (statement, ":bytes", bytes, size);
  g_assert_true (jp_statement_run (statement, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char   *get;
  const char   *put;
  JpVerifyCheck check;
} Blob;

static const Blob blobs[] = {
  { "SELECT body FROM op WHERE n = :n", "UPDATE op SET body = :bytes WHERE n = :n",
    JP_VERIFY_OPERATIONS },
  { "SELECT chain FROM op WHERE n = :n", "UPDATE op SET chain = :bytes WHERE n = :n",
    JP_VERIFY_OPERATIONS },
  { "SELECT op_id FROM op WHERE n = :n", "UPDATE op SET op_id = :bytes WHERE n = :n",
    JP_VERIFY_OPERATIONS },
  { "SELECT hash FROM audit WHERE n = :n", "UPDATE audit SET hash = :bytes WHERE n = :n",
    JP_VERIFY_AUDIT },
  { "SELECT id FROM audit WHERE n = :n", "UPDATE audit SET id = :bytes WHERE n = :n",
    JP_VERIFY_AUDIT },
};

/* Each byte of everything that is binary, in each operation and entry. */
static void
test_each_byte (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;

  disarm (vault);
  for (gsize i = 0; i < G_N_ELEMENTS (blobs); i++)
    for (gint64 n = 1; n <= 5; n++)
      {
        g_autoptr (GBytes) original = get_bytes (vault, blobs[i].get, n);
        gsize         size = 0;
        const guint8 *bytes = g_bytes_get_data (original, &size);
        gsize         stride = size > 64 ? size / 16 : 1; /* of a body, samples will do */

        for (gsize at = 0; at < size; at += stride)
          {
            g_autofree guint8 *changed = g_memdup2 (bytes, size);

            changed[at] ^= 0x01;
            put_bytes (vault, blobs[i].put, n, changed, size);
            assert_found (vault, blobs[i].check);
          }
        put_bytes (vault, blobs[i].put, n, bytes, size);
      }

  test_good (fixture, data);
}

typedef struct
{
  const char   *name;
  const char   *sql;
  JpVerifyCheck check;
} Tampering;

/* The last operation and its audit entry: no gap is left. */
#define CUT_OFF                                                                                    \
  "DELETE FROM op_row WHERE n = 5; DELETE FROM op WHERE n = 5; DELETE FROM audit WHERE n = 5"

static const Tampering tamperings[] = {
  { "op-actor", "UPDATE op SET actor = '校章' WHERE n = 2", JP_VERIFY_OPERATIONS },
  { "op-at", "UPDATE op SET at = at + 1 WHERE n = 2", JP_VERIFY_OPERATIONS },
  { "op-kind", "UPDATE op SET kind = 'edit' WHERE n = 1", JP_VERIFY_OPERATIONS },
  { "op-number", "UPDATE op SET n = 9 WHERE n = 5", JP_VERIFY_OPERATIONS },
  { "op-undoes", "UPDATE op SET undoes = 3 WHERE n = 5", JP_VERIFY_OPERATIONS },
  { "op-undoes-nothing", "UPDATE op SET undoes = NULL WHERE n = 5", JP_VERIFY_OPERATIONS },
  { "op-undoes-suddenly", "UPDATE op SET undoes = 2 WHERE n = 4", JP_VERIFY_OPERATIONS },
  { "op-state", "UPDATE op SET state = 2 WHERE n = 4", JP_VERIFY_OPERATIONS },
  { "op-verdict", "UPDATE op SET result = 'applied' WHERE n = 4", JP_VERIFY_OPERATIONS },
  { "verdict-result", "UPDATE op SET result = 'rejected' WHERE n = 1", JP_VERIFY_OPERATIONS },
  { "verdict-problem", "UPDATE op SET problem = NULL WHERE n = 2", JP_VERIFY_OPERATIONS },
  { "verdict-detail", "UPDATE op SET detail = '太贵了' WHERE n = 2", JP_VERIFY_OPERATIONS },
  { "verdict-empty", "UPDATE op SET detail = '' WHERE n = 1", JP_VERIFY_OPERATIONS },
  { "verdict-seq", "UPDATE op SET seq = 77 WHERE n = 1", JP_VERIFY_OPERATIONS },
  { "verdict-judged-at", "UPDATE op SET judged_at = judged_at + 1 WHERE n = 1",
    JP_VERIFY_OPERATIONS },
  { "verdict-erased",
    "UPDATE op SET state = 0, result = NULL, problem = NULL, detail = NULL, seq = NULL,"
    " judged_at = NULL WHERE n = 2",
    JP_VERIFY_OPERATIONS },
  { "verdict-invented",
    "UPDATE op SET state = 2, result = 'applied', seq = 3, judged_at = at"
    " WHERE n = 3",
    JP_VERIFY_OPERATIONS },
  { "verdicts-swapped",
    "UPDATE op SET (result, problem, detail, seq) ="
    " (SELECT result, problem, detail, seq FROM op AS other WHERE other.n = 3 - op.n)"
    " WHERE n IN (1, 2)",
    JP_VERIFY_OPERATIONS },
  { "cut-off-op", CUT_OFF, JP_VERIFY_OPERATIONS },
  { "cut-off-audit", CUT_OFF, JP_VERIFY_AUDIT },
  { "emptied-op", "DELETE FROM op_row; DELETE FROM op; DELETE FROM audit", JP_VERIFY_OPERATIONS },
  { "emptied-audit", "DELETE FROM op_row; DELETE FROM op; DELETE FROM audit", JP_VERIFY_AUDIT },
  { "op-head-missing", "DELETE FROM setting WHERE name = 'op_head'", JP_VERIFY_OPERATIONS },
  { "op-head-of-audit",
    "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'audit_head')"
    " WHERE name = 'op_head'",
    JP_VERIFY_OPERATIONS },
  { "audit-head-missing", "DELETE FROM setting WHERE name = 'audit_head'", JP_VERIFY_AUDIT },
  { "audit-head-rubbish", "UPDATE setting SET value = '5 00' WHERE name = 'audit_head'",
    JP_VERIFY_AUDIT },
  { "verdicts-missing", "DELETE FROM setting WHERE name = 'verdicts'", JP_VERIFY_OPERATIONS },
  { "op-missing", "DELETE FROM op_row WHERE n = 3; DELETE FROM op WHERE n = 3",
    JP_VERIFY_OPERATIONS },
  { "op-row-missing", "DELETE FROM op_row WHERE n = 3", JP_VERIFY_OPERATIONS },
  { "op-row-units", "UPDATE op_row SET units = units | 1 WHERE n = 4", JP_VERIFY_OPERATIONS },
  { "op-row-moved", "UPDATE op_row SET n = 2 WHERE n = 3", JP_VERIFY_OPERATIONS },
  { "audit-actor", "UPDATE audit SET actor = '前太' WHERE n = 3", JP_VERIFY_AUDIT },
  { "audit-action", "UPDATE audit SET action = 'exit' WHERE n = 4", JP_VERIFY_AUDIT },
  { "audit-at", "UPDATE audit SET at = at - 1 WHERE n = 3", JP_VERIFY_AUDIT },
  { "audit-kind", "UPDATE audit SET t = t + 1 WHERE n = 3", JP_VERIFY_AUDIT },
  { "audit-detail", "UPDATE audit SET detail = detail || ' ' WHERE n = 3", JP_VERIFY_AUDIT },
  { "audit-row", "UPDATE audit SET id = NULL WHERE n = 3", JP_VERIFY_AUDIT },
  { "audit-number", "UPDATE audit SET n = 6 WHERE n = 5", JP_VERIFY_AUDIT },
  { "audit-missing", "DELETE FROM audit WHERE n = 2", JP_VERIFY_AUDIT },
  { "audit-cut-off", "DELETE FROM audit WHERE n = 5", JP_VERIFY_AUDIT },
  { "sealed-field", "UPDATE trainee SET phone = zeroblob (60)", JP_VERIFY_ROWS },
  { "sealed-elsewhere", "UPDATE trainee SET phone = id_number", JP_VERIFY_ROWS },
  { "pending", "UPDATE trainee SET pending = 0", JP_VERIFY_PENDING },
  { "pending-more", "UPDATE class_tier SET pending = pending | 1", JP_VERIFY_PENDING },
  { "row-missing", "DELETE FROM trainee", JP_VERIFY_PENDING },
};

static void
test_tampering (JpVaultFixture *fixture, gconstpointer data)
{
  const Tampering *tampering = data;

  disarm (fixture->vault);
  exec (fixture->vault, tampering->sql);
  assert_found (fixture->vault, tampering->check);
}

static void
test_reference (JpVaultFixture *fixture, gconstpointer data)
{
  exec (fixture->vault, "UPDATE trainee SET coach = x'0102030405060708090a0b0c0d0e0f10'");

  g_autoptr (JpVerifyReport) report = verify (fixture->vault);

  g_assert_cmpuint (report->n_found[JP_VERIFY_REFERENCES], ==, 1);
  g_assert_cmpstr (((JpVerifyFinding *)g_ptr_array_index (report->findings, 0))->detail, ==,
                   "coach");

  /* While the first sync runs, rows come before what they point to. */
  g_assert_true (jp_verify_is_good (report));
}

/* Two assignments of one terminal, the second begun before the first has ended. */
static void
test_assignments (JpVaultFixture *fixture, gconstpointer data)
{
  JpId terminal = jp_id_source_next (fixture->vault->ids);
  JpId vehicle = jp_id_source_next (fixture->vault->ids);

  for (int i = 0; i < 2; i++)
    {
      JpId     id = jp_id_source_next (fixture->vault->ids);
      JpDraft *draft = jp_draft_new (JP_KIND_TERMINAL_ASSIGNMENT, &id);
      gint64   from_us = JP_FAKE_CLOCK_NOW_US - (10 - i) * JP_DAY_US;

      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, &terminal);
      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, &vehicle);
      jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_SIM, "1440530000001");
      jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_REASON, JP_ASSIGNMENT_REASON_SWAP);
      jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, from_us);
      jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT, from_us + 3 * JP_DAY_US);
      jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, JP_ASSIGNMENT_REASON_SWAP);
      jp_record_unref (jp_vault_fixture_save (fixture->vault, draft));
    }

  g_autoptr (JpVerifyReport) report = verify (fixture->vault);

  g_assert_cmpuint (report->n_found[JP_VERIFY_ASSIGNMENTS], ==, 2);
  g_assert_false (jp_verify_is_good (report));
}

static void
test_money (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_CONTRACT, fixture->random);
  g_autofree char *digest = jp_hash_sha256_text ("正文", strlen ("正文"));

  jp_draft_set_text (draft, JP_CONTRACT_TEXT, "正文");
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID, 328000);
  jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, 300000);
  jp_draft_set_integer (draft, JP_CONTRACT_REFUNDED, 28000);
  jp_record_unref (jp_vault_fixture_save (fixture->vault, g_steal_pointer (&draft)));

  g_autoptr (JpVerifyReport) good = verify (fixture->vault);

  g_assert_cmpuint (good->n_found[JP_VERIFY_MONEY], ==, 0);
  g_assert_cmpuint (good->n_found[JP_VERIFY_TEXTS], ==, 0);

  exec (fixture->vault, "UPDATE contract SET released = released + 1");
  assert_found (fixture->vault, JP_VERIFY_MONEY);
  exec (fixture->vault, "UPDATE contract SET released = released - 1, text_digest ="
                        " replace (text_digest, substr (text_digest, 1, 1), 'x')");
  assert_found (fixture->vault, JP_VERIFY_TEXTS);
}

static void
test_cancel (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  JpMonitor monitor = { NULL, NULL, cancellable };

  g_cancellable_cancel (cancellable);
  g_assert_null (jp_verify_run (fixture->vault, &monitor, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/verify/" path, JpVaultFixture, NULL, set_up, func, jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("good", test_good);
  ADD ("each-byte", test_each_byte);
  ADD ("reference", test_reference);
  ADD ("assignments", test_assignments);
  ADD ("money", test_money);
  ADD ("cancel", test_cancel);
  for (gsize i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/store/verify/tampering/", tamperings[i].name, NULL);

      g_test_add (path, JpVaultFixture, &tamperings[i], set_up, test_tampering,
                  jp_vault_fixture_tear_down);
    }
  return g_test_run ();
}
