/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-approval-repo.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-query.h"
#include "jp-request.h"
#include "jp-user-repo.h"
#include "jp-vault-fixture.h"

#define PRICE_FEN 328000
#define PAID_ON   20260105
#define MASTER    "王校长"
#define MONEY     "李会计"
#define DESK      "前台小张"
#define OFFICE    "教务老赵"

static const char *
pin_of (const char *name)
{
  if (g_str_equal (name, MASTER))
    return "135790";
  return g_str_equal (name, MONEY) ? "246802" : "112233";
}

static gboolean
add_user (JpVault *vault, const char *name, JpRole role, GError **error)
{
  const JpUserSpec spec = { name, role, pin_of (name), MASTER, pin_of (MASTER) };

  return jp_user_repo_add (vault, &spec, error);
}

static void
add_users (JpVault *vault)
{
  g_autoptr (GError) error = NULL;

  add_user (vault, MASTER, JP_ROLE_PRINCIPAL, &error);
  g_assert_no_error (error);
  add_user (vault, MONEY, JP_ROLE_FINANCE, &error);
  g_assert_no_error (error);
  add_user (vault, DESK, JP_ROLE_DESK, &error);
  g_assert_no_error (error);
  add_user (vault, OFFICE, JP_ROLE_OFFICE, &error);
  g_assert_no_error (error);
}

static gboolean
ask (JpVault *vault, JpRecord *contract, const char *name, JpId *out_id, GError **error)
{
  const JpApprovalAsk what = {
    .kind = JP_KIND_REFUND,
    .contract = *jp_record_get_id (contract),
    .fault = JP_FAULT_TRAINEE,
    .reason = "搬家",
    .name = name,
    .pin = pin_of (name),
  };

  return jp_approval_repo_ask (vault, &what, out_id, error);
}

static gboolean
decide (JpVault *vault, const JpId *id, gboolean approve, const char *name, GError **error)
{
  const JpApprovalDecision decision = { JP_KIND_REFUND, *id, approve, name, pin_of (name) };

  return jp_approval_repo_decide (vault, &decision, error);
}

/* That the platform is asked for. */
static guint
count_refunds (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  gint64 count = 0;

  jp_query_where_code (query, JP_REFUND_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_PENDING);

  jp_query_count (vault, query, &count, &error);
  g_assert_no_error (error);
  return (guint)count;
}

static gint64
number_of (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) read = jp_db_prepare (vault->db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (read, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return jp_statement_get_integer (read, 0);
}

static void
assert_refused (GError *error, JpDeskProblem problem)
{
  g_assert_error (error, JP_DESK_ERROR, (int)problem);
  g_assert_cmpuint (strlen (jp_desk_problem_get_sentence (problem)), >, 10);
}

/* The other PCs see what was asked for; the platform is asked by the second person. */
static void
test_two_people (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (JpRecord) draft = NULL;
  g_autoptr (JpRecord) refund = NULL;

  add_users (vault);
  ask (vault, contract, DESK, &id, &error);
  g_assert_no_error (error);
  draft = jp_vault_fixture_get (vault, JP_KIND_REFUND, &id);
  g_assert_cmpint (jp_record_get_code (draft, JP_REFUND_STATE), ==, JP_REQUEST_STATE_DRAFT);
  g_assert_false (jp_record_has (draft, JP_REFUND_CHECKED_BY));
  g_assert_false (ask (vault, contract, MONEY, NULL, &error));
  assert_refused (error, JP_DESK_REFUND_OPEN);
  g_clear_error (&error);

  open = jp_approval_repo_list (vault, JP_KIND_REFUND, TRUE, &error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((JpApproval *)open->pdata[0])->reason, ==, "搬家");
  g_assert_cmpstr (((JpApproval *)open->pdata[0])->asked_by, ==, DESK);
  g_assert_null (((JpApproval *)open->pdata[0])->decided_by);

  decide (vault, &id, TRUE, MONEY, &error);
  g_assert_no_error (error);
  refund = jp_vault_fixture_get (vault, JP_KIND_REFUND, &id);
  g_assert_cmpint (jp_record_get_code (refund, JP_REFUND_STATE), ==, JP_REQUEST_STATE_PENDING);
  g_assert_cmpstr (jp_record_get_text (refund, JP_REFUND_REASON), ==, "搬家");
  g_assert_false (jp_id_equal (jp_record_get_ref (refund, JP_REFUND_ASKED_BY),
                               jp_record_get_ref (refund, JP_REFUND_CHECKED_BY)));

  all = jp_approval_repo_list (vault, JP_KIND_REFUND, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (((JpApproval *)all->pdata[0])->decided_by, ==, MONEY);
  g_assert_true (((JpApproval *)all->pdata[0])->is_approved);

  g_assert_false (ask (vault, contract, DESK, NULL, &error));
  assert_refused (error, JP_DESK_REFUND_OPEN);
}

/* Who asked cannot approve, not even the principal; desk and training office cannot at all. */
static void
test_who_may (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);

  add_users (vault);
  g_assert_false (ask (vault, contract, OFFICE, NULL, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  g_assert_false (ask (vault, contract, "别人", NULL, &error));
  assert_refused (error, JP_DESK_USER_UNKNOWN);
  g_clear_error (&error);

  ask (vault, contract, MASTER, &id, &error);
  g_assert_no_error (error);
  g_assert_false (decide (vault, &id, TRUE, MASTER, &error));
  assert_refused (error, JP_DESK_SAME_PERSON);
  g_clear_error (&error);
  g_assert_false (decide (vault, &id, TRUE, DESK, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  g_assert_false (decide (vault, &id, TRUE, OFFICE, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  g_assert_cmpuint (count_refunds (vault), ==, 0);

  decide (vault, &id, FALSE, MASTER, &error); /* taken back */
  g_assert_no_error (error);
  g_assert_false (decide (vault, &id, TRUE, MONEY, &error));
  assert_refused (error, JP_DESK_DECIDED);
  g_clear_error (&error);
  g_assert_cmpuint (count_refunds (vault), ==, 0);

  ask (vault, contract, MONEY, &id, &error);
  g_assert_no_error (error);
  decide (vault, &id, TRUE, MASTER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_refunds (vault), ==, 1);
}

static gboolean
commit_request (JpVault *vault, JpRecord *before, const char *kind, JpDraft *draft, GError **error)
{
  JpId op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, kind, MASTER);
  g_autoptr (JpRecord) after = jp_draft_end (draft);

  jp_change_add (change, before, after);
  return jp_commit_change (vault, change, NULL, error);
}

static gboolean
ask_transfer (JpVault *vault, JpRecord *contract, const char *name, JpId *out_id, GError **error)
{
  const JpApprovalAsk what = {
    .kind = JP_KIND_TRANSFER,
    .contract = *jp_record_get_id (contract),
    .school_no = "3717020000000099",
    .school = "丹阳路驾校",
    .name = name,
    .pin = pin_of (name),
  };

  return jp_approval_repo_ask (vault, &what, out_id, error);
}

static gboolean
decide_transfer (JpVault *vault, const JpId *id, gboolean approve, const char *name, GError **error)
{
  const JpApprovalDecision decision = { JP_KIND_TRANSFER, *id, approve, name, pin_of (name) };

  return jp_approval_repo_decide (vault, &decision, error);
}

static void
assert_forbidden (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpStatement) bad = jp_db_prepare (vault->db, sql, &error);

  g_assert_no_error (error);
  jp_db_begin_write (vault->db, &transaction, &error);
  g_assert_no_error (error);
  g_assert_false (jp_statement_run (bad, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

/* The store refuses a request behind which there are no two people, whoever builds the change. */
static void
assert_enforced (JpVault *vault, JpKind kind, const JpId *id)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) asked = jp_vault_fixture_get (vault, kind, id);
  JpDraft *draft = jp_draft_new_from (asked);

  jp_draft_set_code (draft, fields->state, JP_REQUEST_STATE_PENDING);
  g_assert_false (commit_request (vault, asked, fields->approve, draft, &error));
  assert_refused (error, JP_DESK_NOT_APPROVED);
  g_clear_error (&error);
  draft = jp_draft_new_from (asked);
  jp_draft_set_code (draft, fields->state, JP_REQUEST_STATE_PENDING);
  jp_draft_set_ref (draft, fields->checked_by, jp_record_get_ref (asked, fields->asked_by));
  g_assert_false (commit_request (vault, asked, fields->approve, draft, &error));
  assert_refused (error, JP_DESK_SAME_PERSON);
  g_clear_error (&error);
  draft = jp_draft_new_from (asked);
  jp_draft_set_code (draft, fields->state, JP_REQUEST_STATE_PENDING);
  g_assert_false (commit_request (vault, asked, "edit", draft, &error));
  assert_refused (error, JP_DESK_NOT_APPROVED);
}

/* And the database itself refuses a second person who is the first. */
static void
test_enforced (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);

  add_users (vault);
  ask (vault, contract, DESK, &id, &error);
  g_assert_no_error (error);
  assert_enforced (vault, JP_KIND_REFUND, &id);
  assert_forbidden (vault, "UPDATE refund SET state = 'pending', checked_by = asked_by");
  assert_forbidden (vault, "UPDATE refund SET state = 'pending'");
  assert_forbidden (vault, "UPDATE refund SET asked_by = NULL, checked_by = randomblob (16)");
  g_assert_cmpuint (count_refunds (vault), ==, 0);
  decide (vault, &id, FALSE, DESK, &error);
  g_assert_no_error (error);

  ask_transfer (vault, contract, DESK, &id, &error);
  g_assert_no_error (error);
  assert_enforced (vault, JP_KIND_TRANSFER, &id);
  assert_forbidden (vault, "UPDATE transfer SET state = 'pending', checked_by = asked_by");
  assert_forbidden (vault, "UPDATE transfer SET state = 'pending'");
  assert_forbidden (vault, "UPDATE transfer SET asked_by = NULL, checked_by = randomblob (16)");
}

/* Only one way out of a contract is asked for at a time. */
static void
assert_both_wait (JpVault *vault, JpRecord *contract)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpApproval) open = NULL;

  g_assert_false (ask_transfer (vault, contract, MONEY, NULL, &error));
  assert_refused (error, JP_DESK_TRANSFER_OPEN);
  g_clear_error (&error);
  g_assert_false (ask (vault, contract, MONEY, NULL, &error));
  assert_refused (error, JP_DESK_TRANSFER_OPEN);
  g_clear_error (&error);
  jp_approval_repo_find_open (vault, jp_record_get_id (contract), &open, &error);
  g_assert_no_error (error);
  g_assert_cmpint (open->kind, ==, JP_KIND_TRANSFER);
  g_assert_cmpstr (open->school, ==, "丹阳路驾校");
  g_assert_cmpstr (open->asked_by, ==, DESK);
}

/* A transfer needs two people like a withdrawal, by the same rules. */
static void
test_transfer (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (GPtrArray) all = NULL;

  add_users (vault);
  g_assert_false (ask_transfer (vault, contract, OFFICE, NULL, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  ask_transfer (vault, contract, DESK, &id, &error);
  g_assert_no_error (error);
  assert_both_wait (vault, contract);
  g_assert_false (decide_transfer (vault, &id, TRUE, DESK, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  decide_transfer (vault, &id, FALSE, DESK, &error); /* taken back */
  g_assert_no_error (error);

  ask_transfer (vault, contract, MASTER, &id, &error);
  g_assert_no_error (error);
  g_assert_false (decide_transfer (vault, &id, TRUE, MASTER, &error));
  assert_refused (error, JP_DESK_SAME_PERSON);
  g_clear_error (&error);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM transfer WHERE state = 'pending'"), ==,
                   0);
  decide_transfer (vault, &id, TRUE, MONEY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM transfer WHERE state = 'pending'"
                                     " AND asked_by <> checked_by"),
                   ==, 1);
  g_assert_false (decide_transfer (vault, &id, FALSE, MONEY, &error));
  assert_refused (error, JP_DESK_DECIDED);
  g_clear_error (&error);
  all = jp_approval_repo_list (vault, JP_KIND_TRANSFER, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
}

/* A decision about a contract that has moved on changes nothing, and can be made again. */
static void
test_moved_on (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  JpDraft *draft = jp_draft_new_from (contract);

  add_users (vault);
  ask (vault, contract, DESK, &id, &error);
  g_assert_no_error (error);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_FULFILLED);
  jp_vault_fixture_put (vault, draft);
  g_assert_false (decide (vault, &id, TRUE, MONEY, &error));
  assert_refused (error, JP_DESK_CONTRACT_STATE);
  g_clear_error (&error);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM refund WHERE state = 'draft'"), ==, 1);
  decide (vault, &id, FALSE, MONEY, &error);
  g_assert_no_error (error);
}

/* Five wrong PINs close the door for five minutes, also for the right one. */
static void
test_pins (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpUser) user = NULL;
  const JpUserSpec weak = { "新人", JP_ROLE_DESK, "000000", MASTER, pin_of (MASTER) };
  const JpUserSpec thief = { MASTER, JP_ROLE_DESK, "999998", DESK, pin_of (DESK) };
  const JpUserSpec mine = { DESK, JP_ROLE_DESK, "556677", DESK, pin_of (DESK) };
  const JpUserSpec left = { OFFICE, JP_ROLE_OFFICE, NULL, MASTER, pin_of (MASTER) };
  const JpUserSpec self = { MASTER, JP_ROLE_PRINCIPAL, NULL, MASTER, pin_of (MASTER) };

  g_assert_false (add_user (vault, DESK, JP_ROLE_DESK, &error));
  assert_refused (error, JP_DESK_USER_FIRST);
  g_clear_error (&error);
  add_users (vault);
  g_assert_false (add_user (vault, DESK, JP_ROLE_DESK, &error));
  assert_refused (error, JP_DESK_USER_EXISTS);
  g_clear_error (&error);
  g_assert_false (jp_user_repo_add (vault, &weak, &error));
  assert_refused (error, JP_DESK_PIN_WEAK);
  g_clear_error (&error);
  g_assert_false (jp_user_repo_set_pin (vault, &thief, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);

  for (int i = 0; i < JP_USER_MAX_FAILURES; i++)
    {
      g_assert_null (jp_user_repo_check (vault, MONEY, "123456", &error));
      assert_refused (error, JP_DESK_PIN_WRONG);
      g_clear_error (&error);
    }
  g_assert_null (jp_user_repo_check (vault, MONEY, pin_of (MONEY), &error));
  assert_refused (error, JP_DESK_PIN_BLOCKED);
  g_clear_error (&error);
  jp_fake_clock_advance (fixture->clock, JP_USER_BLOCK_US + 1);
  user = jp_user_repo_check (vault, MONEY, pin_of (MONEY), &error);
  g_assert_no_error (error);
  g_assert_cmpint (user->role, ==, JP_ROLE_FINANCE);

  jp_user_repo_set_pin (vault, &mine, &error);
  g_assert_no_error (error);
  g_assert_null (jp_user_repo_check (vault, DESK, pin_of (DESK), &error));
  assert_refused (error, JP_DESK_PIN_WRONG);
  g_clear_error (&error);

  jp_user_repo_disable (vault, &left, &error);
  g_assert_no_error (error);
  g_assert_null (jp_user_repo_check (vault, OFFICE, pin_of (OFFICE), &error));
  assert_refused (error, JP_DESK_USER_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (jp_user_repo_disable (vault, &self, &error));
  assert_refused (error, JP_DESK_SAME_PERSON);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM user WHERE pin LIKE '%2233%'"), ==, 0);
}

/* Who is known from another PC has no PIN here, and chooses one with a code of that PC: once,
 * within a week, typed however one likes. */
static void
test_code (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpUser) user = NULL;
  g_autofree char *code = NULL;
  g_autofree char *late = NULL;
  g_autofree char *typed = NULL;
  JpUserSpec       by_desk = { MONEY, JP_ROLE_FINANCE, NULL, DESK, pin_of (DESK) };
  JpUserSpec       by_master = { MONEY, JP_ROLE_FINANCE, NULL, MASTER, pin_of (MASTER) };
  JpUserSpec       choose = { MONEY, JP_ROLE_FINANCE, "778899", MONEY, "2345-6789-ABCD" };

  add_users (vault);
  g_assert_false (jp_user_repo_make_code (vault, &by_desk, &code, &error));
  assert_refused (error, JP_DESK_USER_ROLE);
  g_clear_error (&error);
  jp_user_repo_make_code (vault, &by_master, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code), ==, 14);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM person"
                                     " WHERE handover LIKE '$argon2id$%' AND handover_until > 0"),
                   ==, 1);

  /* As at another PC. */
  g_assert_true (jp_db_exec (vault->db,
                             "DELETE FROM user WHERE person IN"
                             " (SELECT id FROM person WHERE role = 'finance')",
                             &error));
  g_assert_null (jp_user_repo_check (vault, MONEY, pin_of (MONEY), &error));
  assert_refused (error, JP_DESK_PIN_MISSING);
  g_clear_error (&error);
  g_assert_false (jp_user_repo_set_pin (vault, &choose, &error));
  assert_refused (error, JP_DESK_CODE_WRONG);
  g_clear_error (&error);
  typed = g_ascii_strdown (code, -1);
  choose.by_pin = typed;
  jp_user_repo_set_pin (vault, &choose, &error);
  g_assert_no_error (error);
  user = jp_user_repo_check (vault, MONEY, "778899", &error);
  g_assert_no_error (error);
  g_assert_true (user->has_pin);
  g_assert_cmpint (number_of (vault, "SELECT count (*) FROM person WHERE handover IS NOT NULL"), ==,
                   0);

  by_master.name = DESK;
  jp_user_repo_make_code (vault, &by_master, &late, &error);
  g_assert_no_error (error);
  g_assert_true (jp_db_exec (vault->db,
                             "DELETE FROM user WHERE person IN"
                             " (SELECT id FROM person WHERE role = 'desk')",
                             &error));
  jp_fake_clock_advance (fixture->clock, 7 * JP_DAY_US + 1);
  choose = (JpUserSpec){ DESK, JP_ROLE_DESK, "778899", DESK, late };
  g_assert_false (jp_user_repo_set_pin (vault, &choose, &error));
  assert_refused (error, JP_DESK_CODE_WRONG);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/withdrawal/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,  \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("two-people", test_two_people);
  ADD ("who-may", test_who_may);
  ADD ("enforced", test_enforced);
  ADD ("transfer", test_transfer);
  ADD ("moved-on", test_moved_on);
  ADD ("pins", test_pins);
  ADD ("code", test_code);

  return g_test_run ();
}
