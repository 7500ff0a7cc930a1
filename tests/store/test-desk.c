/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-commit.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"

static void
test_setup (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *setting = NULL;
  g_autofree char *expected = jp_id_dup_text (&fixture->vault->school);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) school =
    jp_vault_fixture_get (fixture->vault, JP_KIND_SCHOOL, &fixture->vault->school);

  g_assert_cmpstr (jp_record_get_text (school, JP_SCHOOL_SHORT_NAME), ==, "曹州");
  g_assert_true (jp_vault_get_setting (fixture->vault, JP_SETTING_SCHOOL, &setting, &error));
  g_assert_cmpstr (setting, ==, expected);
}

static void
test_enrol (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  const char *number = jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER);
  g_autoptr (JpRecord) found =
    jp_desk_find_person (fixture->vault, JP_KIND_TRAINEE, number, &error);
  JpId     id = jp_id_source_next (fixture->vault->ids);
  JpDraft *again = jp_draft_new (JP_KIND_TRAINEE, &id);

  /* What follows from the number is there. */
  g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_BIRTH_DATE), ==, 20010203);
  g_assert_cmpint (jp_record_get_code (trainee, JP_TRAINEE_SEX), ==, JP_SEX_FEMALE);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_true (jp_id_equal (jp_record_get_id (found), jp_record_get_id (trainee)));

  jp_draft_set_text (again, JP_TRAINEE_NAME, "王小明");
  jp_draft_set_text (again, JP_TRAINEE_ID_NUMBER, number);
  g_assert_null (jp_desk_enrol_trainee (fixture->vault, again, "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TRAINEE_EXISTS);
}

static JpRecord *
add_enrolment (JpVaultFixture *fixture, const char *number)
{
  JpId     id = jp_id_source_next (fixture->vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_ENROLMENT, &id);

  jp_draft_set_text (draft, JP_ENROLMENT_NAME, "李秀英");
  jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, number);
  jp_draft_set_text (draft, JP_ENROLMENT_PHONE, "13805300001");
  jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE, "C1");
  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT, JP_FAKE_CLOCK_NOW_US - 3 * JP_DAY_US);
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
  return jp_vault_fixture_save (fixture->vault, draft);
}

static void
test_accept (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = jp_test_record_dup_id_number (fixture->random, 19991224, TRUE);
  g_autoptr (JpRecord) enrolment = add_enrolment (fixture, number);
  g_autoptr (JpRecord) again = add_enrolment (fixture, number);
  JpChange *change =
    jp_desk_accept_enrolment (vault, jp_record_get_id (enrolment), NULL, "前台", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (change->rows->len, ==, 2);
  jp_vault_fixture_commit (vault, change);

  g_autoptr (JpRecord) trainee = jp_desk_find_person (vault, JP_KIND_TRAINEE, number, &error);
  g_autoptr (JpRecord) accepted =
    jp_vault_fixture_get (vault, JP_KIND_ENROLMENT, jp_record_get_id (enrolment));

  g_assert_nonnull (trainee);
  g_assert_cmpstr (jp_record_get_text (trainee, JP_TRAINEE_NAME), ==, "李秀英");
  g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_APPLIED_ON), ==, 20261121);
  g_assert_cmpint (jp_record_get_code (accepted, JP_ENROLMENT_STATUS), ==,
                   JP_ENROLMENT_STATUS_ACCEPTED);
  g_assert_true (
    jp_id_equal (jp_record_get_ref (accepted, JP_ENROLMENT_TRAINEE), jp_record_get_id (trainee)));

  /* The same person once more: no second file. */
  change = jp_desk_accept_enrolment (vault, jp_record_get_id (again), NULL, "前台", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (change->rows->len, ==, 1);
  jp_vault_fixture_commit (vault, change);

  g_assert_null (
    jp_desk_decline_enrolment (vault, jp_record_get_id (again), "满员", "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_ENROLMENT_CLOSED);
}

static JpId
add_vehicle (JpVaultFixture *fixture, const char *plate)
{
  g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_VEHICLE, fixture->random);
  g_autoptr (JpRecord) record = NULL;

  jp_draft_set_text (draft, JP_VEHICLE_PLATE, plate);
  record = jp_vault_fixture_save (fixture->vault, g_steal_pointer (&draft));
  return *jp_record_get_id (record);
}

static JpId
add_terminal (JpVaultFixture *fixture, JpTerminalStatus status)
{
  g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_TERMINAL, fixture->random);
  g_autoptr (JpRecord) record = NULL;

  jp_draft_set_code (draft, JP_TERMINAL_STATUS, (int)status);
  record = jp_vault_fixture_save (fixture->vault, g_steal_pointer (&draft));
  return *jp_record_get_id (record);
}

static void
swap (JpVault *vault, JpDeskSwap request, gsize expected_rows)
{
  g_autoptr (GError) error = NULL;
  JpChange *change = jp_desk_swap_terminal (vault, &request, "教务", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (change->rows->len, ==, expected_rows);
  jp_vault_fixture_commit (vault, change);
}

static void
assert_refused (JpVault *vault, JpDeskSwap request, JpDeskProblem problem)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_desk_swap_terminal (vault, &request, "教务", &error));
  g_assert_error (error, JP_DESK_ERROR, (int)problem);
}

static void
assert_terminal (JpVault *vault, const JpId *terminal, JpTerminalStatus status, const JpId *vehicle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = jp_vault_fixture_get (vault, JP_KIND_TERMINAL, terminal);
  g_autoptr (JpRecord) assignment =
    jp_desk_find_assignment (vault, JP_TERMINAL_ASSIGNMENT_TERMINAL, terminal, &error);

  g_assert_no_error (error);
  g_assert_cmpint (jp_record_get_code (record, JP_TERMINAL_STATUS), ==, (int)status);
  g_assert_cmpint (assignment != NULL, ==, vehicle != NULL);
  if (vehicle != NULL)
    g_assert_true (
      jp_id_equal (jp_record_get_ref (assignment, JP_TERMINAL_ASSIGNMENT_VEHICLE), vehicle));
}

static void
test_swap (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault   *vault = fixture->vault;
  JpId       car = add_vehicle (fixture, "鲁R1967学");
  JpId       other_car = add_vehicle (fixture, "鲁R2046学");
  JpId       old = add_terminal (fixture, JP_TERMINAL_STATUS_SPARE);
  JpId       next = add_terminal (fixture, JP_TERMINAL_STATUS_SPARE);
  JpId       dead = add_terminal (fixture, JP_TERMINAL_STATUS_RETIRED);
  JpDeskSwap request = { car, old, "1440530000001", JP_ASSIGNMENT_REASON_FIRST, NULL, FALSE };

  swap (vault, request, 2);
  assert_terminal (vault, &old, JP_TERMINAL_STATUS_IN_USE, &car);
  assert_refused (vault, request, JP_DESK_UNCHANGED);

  jp_fake_clock_advance (fixture->clock, JP_DAY_US);
  request.terminal = next;
  request.reason = JP_ASSIGNMENT_REASON_REPAIR;
  swap (vault, request, 4);
  assert_terminal (vault, &old, JP_TERMINAL_STATUS_REPAIR, NULL);
  assert_terminal (vault, &next, JP_TERMINAL_STATUS_IN_USE, &car);

  /* A new card in the same terminal is a new assignment too. */
  request.sim = "1440530000002";
  request.reason = JP_ASSIGNMENT_REASON_SIM;
  swap (vault, request, 2);
  assert_terminal (vault, &next, JP_TERMINAL_STATUS_IN_USE, &car);

  request.vehicle = other_car;
  assert_refused (vault, request, JP_DESK_TERMINAL_ELSEWHERE);
  request.take_from_other = TRUE;
  swap (vault, request, 2);
  assert_terminal (vault, &next, JP_TERMINAL_STATUS_IN_USE, &other_car);

  request.vehicle = car;
  request.terminal = dead;
  assert_refused (vault, request, JP_DESK_TERMINAL_RETIRED);
  request.terminal = JP_ID_NONE;
  assert_refused (vault, request, JP_DESK_VEHICLE_EMPTY);
  request.vehicle = other_car;
  swap (vault, request, 2);
  assert_terminal (vault, &next, JP_TERMINAL_STATUS_SPARE, NULL);
}

static void
test_new_version (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (vault, "C1 普通班", 328000);
  JpDraft  *wanted = jp_draft_new_from (tier);
  JpChange *change = NULL;
  JpId      next_id;

  jp_draft_set_integer (wanted, JP_CLASS_TIER_PRICE, 348000);
  change = jp_desk_change_tier (vault, wanted, "校长", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (change->rows->len, ==, 2);
  next_id = *jp_record_get_id (((JpChangeRow *)g_ptr_array_index (change->rows, 1))->after);
  jp_vault_fixture_commit (vault, change);

  g_autoptr (JpRecord) old =
    jp_vault_fixture_get (vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier));
  g_autoptr (JpRecord) next = jp_vault_fixture_get (vault, JP_KIND_CLASS_TIER, &next_id);

  g_assert_cmpint (jp_record_get_integer (old, JP_CLASS_TIER_PRICE), ==, 328000);
  g_assert_cmpint (jp_record_get_code (old, JP_CLASS_TIER_STATUS), ==, JP_TIER_STATUS_ENDED);
  g_assert_cmpint (jp_record_get_date (old, JP_CLASS_TIER_VALID_UNTIL), ==, 20261123);
  g_assert_cmpint (jp_record_get_integer (next, JP_CLASS_TIER_PRICE), ==, 348000);
  g_assert_cmpint (jp_record_get_integer (next, JP_CLASS_TIER_VERSION_NO), ==, 2);
  g_assert_cmpint (jp_record_get_date (next, JP_CLASS_TIER_VALID_FROM), ==, 20261124);
  g_assert_true (
    jp_id_equal (jp_record_get_ref (next, JP_CLASS_TIER_REPLACES), jp_record_get_id (tier)));

  g_assert_null (jp_desk_change_tier (vault, jp_draft_new_from (old), "校长", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TIER_ENDED);
  g_clear_error (&error);
  g_assert_null (jp_desk_change_tier (vault, jp_draft_new_from (next), "校长", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_UNCHANGED);
  g_clear_error (&error);

  wanted = jp_draft_new_from (next);
  jp_draft_set_date (wanted, JP_CLASS_TIER_VALID_FROM, 20261001);
  g_assert_null (jp_desk_change_tier (vault, wanted, "校长", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TIER_DATE);
  g_clear_error (&error);

  /* Planned ahead: the present version stays on sale until then. */
  wanted = jp_draft_new_from (next);
  jp_draft_set_date (wanted, JP_CLASS_TIER_VALID_FROM, 20270101);
  jp_vault_fixture_commit (vault, jp_desk_change_tier (vault, wanted, "校长", &error));
  g_clear_pointer (&next, jp_record_unref);
  next = jp_vault_fixture_get (vault, JP_KIND_CLASS_TIER, &next_id);
  g_assert_cmpint (jp_record_get_code (next, JP_CLASS_TIER_STATUS), ==, JP_TIER_STATUS_PUBLISHED);
  g_assert_cmpint (jp_record_get_date (next, JP_CLASS_TIER_VALID_UNTIL), ==, 20261231);
}

static void
test_publish (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_CLASS_TIER, &id);
  JpDraft *wanted = NULL;

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "C2 周末班");
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, "C2");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 398000);

  g_autoptr (JpRecord) tier = jp_vault_fixture_save (vault, draft);

  wanted = jp_draft_new_from (tier);
  jp_draft_set_integer (wanted, JP_CLASS_TIER_PRICE, 388000);

  JpChange *change = jp_desk_change_tier (vault, wanted, "校长", &error);

  g_assert_cmpuint (change->rows->len, ==, 1);
  jp_vault_fixture_commit (vault, change);
  jp_vault_fixture_commit (vault, jp_desk_publish_tier (vault, &id, "校长", &error));
  g_assert_null (jp_desk_publish_tier (vault, &id, "校长", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_UNCHANGED);
  g_clear_error (&error);
  jp_vault_fixture_commit (vault, jp_desk_end_tier (vault, &id, "校长", &error));
  g_assert_null (jp_desk_end_tier (vault, &id, "校长", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TIER_ENDED);
}

static void
complete_school (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) school = jp_vault_fixture_get (vault, JP_KIND_SCHOOL, &vault->school);
  JpDraft  *draft = jp_draft_new_from (school);
  JpId      op_id = jp_id_source_next (vault->ids);
  JpChange *change = jp_change_new (&op_id, "edit", "校长");
  g_autoptr (JpRecord) after = NULL;

  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, "91350100M000100Y43");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_NO, "鲁交运管许可菏字371702000001号");
  jp_draft_set_text (draft, JP_SCHOOL_LEGAL_PERSON, "王建国");
  after = jp_draft_end (draft);
  jp_change_add (change, school, after);
  jp_vault_fixture_commit (vault, change);
}

static JpRecord *
draft_contract (JpVault *vault, JpRecord *trainee, JpRecord *tier)
{
  g_autoptr (GError) error = NULL;
  JpChange *change = jp_desk_draft_contract (vault, jp_record_get_id (trainee),
                                             jp_record_get_id (tier), "前台", &error);
  JpId      id;

  g_assert_no_error (error);
  id = *jp_record_get_id (((JpChangeRow *)g_ptr_array_index (change->rows, 0))->after);
  jp_vault_fixture_commit (vault, change);
  return jp_vault_fixture_get (vault, JP_KIND_CONTRACT, &id);
}

static void
assert_draft_refused (JpVault *vault, JpRecord *trainee, JpRecord *tier, JpDeskProblem problem)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_desk_draft_contract (vault, jp_record_get_id (trainee), jp_record_get_id (tier),
                                         "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, (int)problem);
}

static void
test_draft (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (vault, "C1 普通班", 328000);
  g_autoptr (JpRecord) weekend = jp_vault_fixture_add_tier (vault, "C1 周末班", 398000);
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) other = jp_vault_fixture_add_trainee (fixture, "C2");

  assert_draft_refused (vault, trainee, tier, JP_DESK_SCHOOL_INCOMPLETE);
  complete_school (vault);
  assert_draft_refused (vault, other, tier, JP_DESK_TIER_LICENCE);

  g_autoptr (JpRecord) contract = draft_contract (vault, trainee, tier);
  const char *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);
  g_autoptr (JpRecord) moved =
    jp_vault_fixture_get (vault, JP_KIND_TRAINEE, jp_record_get_id (trainee));

  g_assert_cmpstr (jp_record_get_text (contract, JP_CONTRACT_NUMBER), ==, "HT-2026-000-00001");
  g_assert_cmpint (jp_record_get_integer (contract, JP_CONTRACT_PRICE), ==, 328000);
  g_assert_nonnull (strstr (text, jp_record_get_text (trainee, JP_TRAINEE_NAME)));
  g_assert_nonnull (strstr (text, "叁仟贰佰捌拾元"));
  g_assert_nonnull (strstr (text, "HT-2026-000-00001"));
  g_assert_null (strstr (text, "{{"));
  g_assert_true (
    jp_id_equal (jp_record_get_ref (moved, JP_TRAINEE_CLASS_TIER), jp_record_get_id (tier)));
  assert_draft_refused (vault, trainee, tier, JP_DESK_UNCHANGED);

  /* Another tier before it is sent: the same contract, drafted again. */
  g_autoptr (JpRecord) again = draft_contract (vault, trainee, weekend);

  g_assert_true (jp_id_equal (jp_record_get_id (again), jp_record_get_id (contract)));
  g_assert_cmpint (jp_record_get_integer (again, JP_CONTRACT_PRICE), ==, 398000);
  g_assert_cmpstr (jp_record_get_text (again, JP_CONTRACT_NUMBER), ==, "HT-2026-000-00001");

  /* The same from the contract's side. */
  g_autoptr (GError) error = NULL;

  jp_vault_fixture_commit (vault,
                           jp_desk_redraft_contract (vault, jp_record_get_id (again),
                                                     jp_record_get_id (tier), "前台", &error));

  g_autoptr (JpRecord) back =
    jp_vault_fixture_get (vault, JP_KIND_CONTRACT, jp_record_get_id (again));

  g_assert_cmpint (jp_record_get_integer (back, JP_CONTRACT_PRICE), ==, 328000);
  jp_vault_fixture_commit (vault, jp_desk_offer_contract (vault, jp_record_get_id (again), "前台",
                                                          &error));
  g_assert_null (jp_desk_redraft_contract (vault, jp_record_get_id (again),
                                           jp_record_get_id (weekend), "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_CONTRACT_STATE);
}

static void
set_status (JpVault *vault, const JpId *contract, JpContractStatus status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "UPDATE contract SET status = :status WHERE id = :id", &error);

  g_assert_no_error (error);
  jp_statement_bind_text (statement, ":status",
                          jp_code_get (jp_contract_status_codes, (int)status)->name);
  jp_statement_bind_id (statement, ":id", contract);
  g_assert_true (jp_statement_run (statement, &error));
}

static void
test_offer (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (vault, "C1 普通班", 328000);
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpChange) change = NULL;
  JpDeskRefund wanted;
  JpDraft     *refund = NULL;
  const JpId  *id = NULL;

  complete_school (vault);
  contract = draft_contract (vault, trainee, tier);
  id = jp_record_get_id (contract);
  wanted = (JpDeskRefund){ jp_id_source_next (vault->ids), *id, JP_FAULT_TRAINEE, "搬家",
                           jp_id_source_next (vault->ids) };
  g_assert_null (jp_desk_ask_refund (vault, &wanted, "财务", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_CONTRACT_STATE);
  g_clear_error (&error);

  jp_vault_fixture_commit (vault, jp_desk_offer_contract (vault, id, "前台", &error));
  assert_draft_refused (vault, trainee, tier, JP_DESK_CONTRACT_RUNNING);
  g_assert_null (jp_desk_offer_contract (vault, id, "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_CONTRACT_STATE);
  g_clear_error (&error);

  /* Signed and paid on the platform. */
  set_status (vault, id, JP_CONTRACT_STATUS_PAID);
  g_assert_null (jp_desk_cancel_contract (vault, id, "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_CONTRACT_STATE);
  g_clear_error (&error);
  change = jp_desk_ask_refund (vault, &wanted, "财务", &error);
  g_assert_no_error (error);
  refund = jp_draft_new_from (((JpChangeRow *)change->rows->pdata[0])->after);
  jp_vault_fixture_put (vault, refund);
  g_assert_null (jp_desk_ask_refund (vault, &wanted, "财务", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_REFUND_OPEN);
}

static void
test_cancel (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (vault, "C1 普通班", 328000);
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) first = NULL;
  g_autoptr (JpRecord) second = NULL;

  complete_school (vault);
  first = draft_contract (vault, trainee, tier);
  jp_vault_fixture_commit (vault, jp_desk_cancel_contract (vault, jp_record_get_id (first), "前台",
                                                           &error));

  /* A new one gets a new number. */
  second = draft_contract (vault, trainee, tier);
  g_assert_cmpstr (jp_record_get_text (second, JP_CONTRACT_NUMBER), ==, "HT-2026-000-00002");

  /* Somebody changed the text in the database. */
  g_assert_true (jp_db_exec (vault->db,
                             "UPDATE contract SET text_digest = "
                             "replace (text_digest, substr (text_digest, 1, 1), 'x')",
                             &error));
  g_assert_null (jp_desk_offer_contract (vault, jp_record_get_id (second), "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_CONTRACT_CHANGED);
}

static void
test_trash (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  const JpId *id = jp_record_get_id (trainee);

  jp_vault_fixture_commit (vault,
                           jp_desk_set_deleted (vault, JP_KIND_TRAINEE, id, TRUE, "前台", &error));
  g_assert_null (jp_desk_set_deleted (vault, JP_KIND_TRAINEE, id, TRUE, "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_UNCHANGED);
  g_clear_error (&error);
  jp_vault_fixture_commit (vault,
                           jp_desk_set_deleted (vault, JP_KIND_TRAINEE, id, FALSE, "前台", &error));

  g_autoptr (JpRecord) back = jp_vault_fixture_get (vault, JP_KIND_TRAINEE, id);

  g_assert_false (jp_record_get_head (back)->deleted);
}

static void
test_trash_rows (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) one = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) two = jp_vault_fixture_add_trainee (fixture, "C2");
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  JpRecord *both[] = { one, two };
  JpChange *change = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (JpRecord) stored =
        jp_vault_fixture_get (vault, JP_KIND_TRAINEE, jp_record_get_id (both[i]));
      gint64 rid = jp_record_get_head (stored)->rid;

      g_array_append_val (rids, rid);
    }

  change = jp_desk_set_rows_deleted (vault, JP_KIND_TRAINEE, rids, TRUE, "前台", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (change->rows->len, ==, 2);
  jp_vault_fixture_commit (vault, change);
  g_assert_null (jp_desk_set_rows_deleted (vault, JP_KIND_TRAINEE, rids, TRUE, "前台", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_UNCHANGED);
  g_clear_error (&error);

  g_array_index (rids, gint64, 1) = 987654;
  g_assert_null (jp_desk_set_rows_deleted (vault, JP_KIND_TRAINEE, rids, FALSE, "前台", &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

static void
test_sentences (void)
{
  for (int problem = 0; problem <= JP_DESK_LAST_PROBLEM; problem++)
    g_assert_cmpuint (strlen (jp_desk_problem_get_sentence ((JpDeskProblem)problem)), >, 10);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/desk/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, func,            \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("setup", test_setup);
  ADD ("enrol", test_enrol);
  ADD ("accept", test_accept);
  ADD ("swap", test_swap);
  ADD ("new-version", test_new_version);
  ADD ("publish", test_publish);
  ADD ("draft", test_draft);
  ADD ("offer", test_offer);
  ADD ("cancel", test_cancel);
  ADD ("trash", test_trash);
  ADD ("trash-rows", test_trash_rows);
  g_test_add_func ("/store/desk/sentences", test_sentences);
  return g_test_run ();
}
