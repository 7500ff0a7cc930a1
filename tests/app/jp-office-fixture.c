/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-office-fixture.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-pages.h"
#include "jp-setup.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-ui-test.h"

#define WAIT_MS    5000
#define N_TRAINEES 12
#define N_LINES    24

/**
 * jp_office_fixture_next_id:
 * @self: a fixture
 *
 * Returns: a new id
 */
JpId
jp_office_fixture_next_id (JpOfficeFixture *self)
{
  return jp_id_source_next (self->ids);
}

/**
 * jp_office_fixture_now_us:
 * @self: a fixture
 *
 * Returns: the time of its clock
 */
gint64
jp_office_fixture_now_us (JpOfficeFixture *self)
{
  return jp_clock_now_us (JP_CLOCK (self->clock));
}

/**
 * jp_office_fixture_put:
 * @self: a fixture, while seeding
 * @draft: (transfer full): a row as the platform sends it
 *
 * Writes the row.
 */
void
jp_office_fixture_put (JpOfficeFixture *self, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpRowStamp stamp = { .school = self->school };
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_desk_set_defaults (draft, jp_vault_today (self->vault));
  record = jp_draft_end (draft);
  jp_db_begin_write (self->vault->db, &transaction, &error);
  g_assert_no_error (error);
  jp_record_table_put (self->vault->db, self->vault->key, record, &stamp, NULL, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

static JpDraft *
begin (JpOfficeFixture *self, JpKind kind, JpId *out_id)
{
  JpId id = jp_id_source_next (self->ids);

  if (out_id != NULL)
    *out_id = id;
  return jp_draft_new (kind, &id);
}

static void
add_tier (JpOfficeFixture *self)
{
  JpDraft *draft = begin (self, JP_KIND_CLASS_TIER, &self->tier);

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "基础班");
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 368000);
  jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_PUBLISHED);
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, 20260301);
  jp_office_fixture_put (self, draft);
}

static const char *const names[N_TRAINEES] = { "曾雨桐", "王建国", "李娜",   "孙志远",
                                               "赵敏",   "周涛",   "徐文",   "古丽·买买提",
                                               "马桐",   "朱英娟", "张建秀", "陈辉磊" };

static void
add_contract (JpOfficeFixture *self, int i, const JpId *trainee)
{
  JpId             id;
  JpDraft         *draft = begin (self, JP_KIND_CONTRACT, &id);
  g_autofree char *number = g_strdup_printf ("HT-0041-26-02-%05d", 231 + i);
  int              status = i % 4 == 0   ? JP_CONTRACT_STATUS_OFFERED
                            : i % 4 == 1 ? JP_CONTRACT_STATUS_SIGNED
                                         : JP_CONTRACT_STATUS_PAID;

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, number);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, trainee);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, &self->tier);
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, 368000);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, status);
  jp_draft_set_integer (draft, JP_CONTRACT_OFFERED_AT,
                        jp_office_fixture_now_us (self) - (i + 1) * JP_DAY_US);
  if (status != JP_CONTRACT_STATUS_OFFERED)
    jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT,
                          jp_office_fixture_now_us (self) - i * JP_DAY_US);
  if (status == JP_CONTRACT_STATUS_PAID)
    {
      jp_draft_set_integer (draft, JP_CONTRACT_PAID, 368000);
      jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, 110400);
    }
  jp_office_fixture_put (self, draft);
  if (i == 0)
    self->contract = id;
}

static void
add_trainees (JpOfficeFixture *self)
{
  for (int i = 0; i < N_TRAINEES; i++)
    {
      JpId             id;
      JpDraft         *draft = begin (self, JP_KIND_TRAINEE, &id);
      g_autofree char *number = jp_test_record_dup_id_number (self->random, 20010203, i % 2);
      g_autofree char *mobile = g_strdup_printf ("138053%05d", 10000 + i * 37);

      jp_draft_set_text (draft, JP_TRAINEE_NAME, names[i]);
      jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, number);
      jp_draft_set_text (draft, JP_TRAINEE_PHONE, mobile);
      jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, i % 3 == 0 ? "C2" : "C1");
      jp_office_fixture_put (self, draft);
      if (i == 0)
        self->trainee = id;
      add_contract (self, i, &id);
    }
}

static void
add_enrolments (JpOfficeFixture *self)
{
  const char *const people[] = { "陈浩然", "杨思琪", "何敏" };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      JpDraft         *draft = begin (self, JP_KIND_ENROLMENT, NULL);
      g_autofree char *number = jp_test_record_dup_id_number (self->random, 20030405, i % 2);
      g_autofree char *mobile = g_strdup_printf ("139053%05d", 20000 + i);

      jp_draft_set_text (draft, JP_ENROLMENT_NAME, people[i]);
      jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, number);
      jp_draft_set_text (draft, JP_ENROLMENT_PHONE, mobile);
      jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE, "C1");
      jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
      jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT,
                            jp_office_fixture_now_us (self) - (i + 1) * 5 * JP_HOUR_US);
      jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
      jp_office_fixture_put (self, draft);
    }
}

static void
add_means (JpOfficeFixture *self, JpDate today)
{
  JpDraft *coach = begin (self, JP_KIND_COACH, NULL);
  JpDraft *vehicle = begin (self, JP_KIND_VEHICLE, NULL);

  jp_draft_set_text (coach, JP_COACH_NAME, "李建国");
  jp_draft_set_text (coach, JP_COACH_EMPLOY_STATUS, "employed");
  jp_draft_set_text (coach, JP_COACH_TEACHES, "C1");
  jp_draft_set_date (coach, JP_COACH_PERMIT_UNTIL, jp_date_add_days (today, 15));
  jp_office_fixture_put (self, coach);

  jp_draft_set_text (vehicle, JP_VEHICLE_PLATE, "鲁R1967学");
  jp_draft_set_text (vehicle, JP_VEHICLE_STATUS, "in-use");
  jp_draft_set_text (vehicle, JP_VEHICLE_LICENCE_TYPE, "C1");
  jp_draft_set_text (vehicle, JP_VEHICLE_BRAND, "桑塔纳");
  jp_draft_set_date (vehicle, JP_VEHICLE_INSPECTED_UNTIL, jp_date_add_days (today, -2));
  jp_draft_set_date (vehicle, JP_VEHICLE_INSURED_UNTIL, jp_date_add_days (today, 200));
  jp_office_fixture_put (self, vehicle);
}

static void
add_line (JpOfficeFixture *self, const JpId *statement, int line, gint64 paid_at_us)
{
  JpDraft         *draft = begin (self, JP_KIND_STATEMENT_LINE, NULL);
  g_autofree char *number = g_strdup_printf ("HT-0041-26-02-%05d", 231 + line % N_TRAINEES);
  g_autofree char *bank = g_strdup_printf ("20260930-%06d", 4417 + line);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, statement);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, line + 1);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, number);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, names[line % N_TRAINEES]);
  if (line == 0)
    {
      jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, &self->contract);
      jp_draft_set_ref (draft, JP_STATEMENT_LINE_TRAINEE, &self->trainee);
    }
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE,
                     line % 2 ? "科目三 学时通过" : "科目二 学时通过");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, line % 12 == 11 ? "refund" : "release");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_SHARE, 3000);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, line % 12 == 11 ? -36800 : 110400);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, paid_at_us);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, bank);
  jp_office_fixture_put (self, draft);
}

static void
add_statements (JpOfficeFixture *self)
{
  const JpDate from[] = { 20260801, 20260901, 20261001 };
  const JpDate to[] = { 20260831, 20260930, 20261031 };
  gint64       balance_fen = 128456000;

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    {
      JpId             id;
      JpDraft         *draft = begin (self, JP_KIND_STATEMENT, &id);
      g_autofree char *number = g_strdup_printf ("JS-0041-2026-%02u", 8 + i);
      gint64           total_fen = (N_LINES - 2) * 110400 - 2 * 36800;

      jp_draft_set_text (draft, JP_STATEMENT_NUMBER, number);
      jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, from[i]);
      jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, to[i]);
      jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, jp_date_to_instant (to[i], 20, 0));
      jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, N_LINES);
      jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, i == 1 ? total_fen + 27600 : total_fen);
      jp_draft_set_integer (draft, JP_STATEMENT_OPENING, balance_fen);
      balance_fen -= total_fen;
      jp_draft_set_integer (draft, JP_STATEMENT_CLOSING, balance_fen);
      jp_draft_set_code (draft, JP_STATEMENT_STATE,
                         i == 0 ? JP_STATEMENT_STATE_PAID : JP_STATEMENT_STATE_ISSUED);
      jp_office_fixture_put (self, draft);
      for (int line = 0; line < N_LINES; line++)
        add_line (self, &id, line, jp_date_to_instant (from[i], 10, line));
      if (i == 1)
        self->statement = id;
    }
}

/* A change of the front desk that waits for the platform. */
static void
edit_tier (JpOfficeFixture *self)
{
  g_autoptr (GError) error = NULL;
  JpId op_id = jp_id_source_next (self->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", "前台");
  g_autoptr (JpRecord) before = jp_record_table_get (self->vault->db, self->vault->key,
                                                     JP_KIND_CLASS_TIER, &self->tier, &error);
  g_autoptr (JpDraft) draft = jp_draft_new_from (before);
  g_autoptr (JpRecord) after = NULL;

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "基础班 2026");
  after = jp_draft_end (g_steal_pointer (&draft));
  jp_change_add (change, before, after);
  jp_commit_change (self->vault, change, NULL, &error);
  g_assert_no_error (error);
}

/**
 * jp_office_fixture_seed:
 * @self: a fixture, while seeding
 *
 * A week of made-up work.
 */
void
jp_office_fixture_seed (JpOfficeFixture *self)
{
  add_tier (self);
  add_trainees (self);
  add_enrolments (self);
  add_means (self, jp_vault_today (self->vault));
  add_statements (self);
  edit_tier (self);
}

static void
found_school (JpOfficeFixture *self, const char *path, JpOfficeSeed seed)
{
  g_autoptr (GError) error = NULL;
  JpSetupSchool school = {
    .name = "菏泽市牡丹机动车驾驶员培训有限公司",
    .short_name = "牡丹驾校",
    .district = "371702",
    .address = "菏泽市牡丹区人民路1号",
    .phone = "0530-5550000",
    .licence_types = "C1,C2",
  };

  self->school = jp_id_derive ("school", "test");
  self->vault =
    jp_vault_open (path, JP_DB_WRITER, self->key, JP_CLOCK (self->clock), self->ids, &error);
  g_assert_no_error (error);
  jp_vault_set_up (self->vault, &error);
  g_assert_no_error (error);
  jp_setup_school (self->vault, jp_setup_new_draft (&self->school, &school), "校长", &error);
  g_assert_no_error (error);
  if (seed != NULL)
    seed (self);
  g_clear_pointer (&self->vault, jp_vault_close);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jp_store_open_finish (JP_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  jp_store_close_finish (JP_STORE (source), result, NULL);
  *(gboolean *)user_data = TRUE;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jp_store_commit_finish (JP_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

/**
 * jp_office_fixture_set_up:
 * @self: a fixture
 * @seed: (nullable): fills the school before its window opens
 *
 * Founds a school and opens its window.
 */
void
jp_office_fixture_set_up (JpOfficeFixture *self, JpOfficeSeed seed)
{
  g_autofree char *path = NULL;
  gboolean         done = FALSE;
  g_autoptr (GError) error = NULL;

  self->dir = jp_test_dir_new ();
  self->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->ids = jp_id_source_new_seeded (JP_CLOCK (self->clock), 7);
  self->random = jp_test_random_new_source (JP_CLOCK (self->clock));
  self->key = jp_seal_key_new_random ();
  path = jp_test_dir_build (self->dir, "school.db");
  found_school (self, path, seed);

  self->store = jp_store_new (path, self->key, JP_CLOCK (self->clock), self->ids, "前台");
  jp_store_open_async (self->store, NULL, opened_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
  self->sync = jp_sync_new (self->store);
  self->office = jp_office_new (self->store, self->sync);
  self->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, &error));
  jp_pages_register (jp_application_get_pages (self->application), self->office);
  self->window = jp_window_new (GTK_APPLICATION (self->application),
                                jp_application_get_pages (self->application));
  jp_office_set_window (self->office, self->window);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (self->window));
  jp_ui_test_settle ();
}

/**
 * jp_office_fixture_tear_down:
 * @self: a fixture
 *
 * Closes the window and the school.
 */
void
jp_office_fixture_tear_down (JpOfficeFixture *self)
{
  gboolean done = FALSE;

  jp_sync_stop (self->sync);
  gtk_window_destroy (GTK_WINDOW (self->window));
  jp_ui_test_settle ();
  if (jp_store_is_open (self->store))
    {
      jp_store_close_async (self->store, NULL, closed_cb, &done);
      g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
    }
  jp_ui_test_settle ();
  jp_ui_test_end_application (G_APPLICATION (g_steal_pointer (&self->application)));
  g_assert_finalize_object (g_steal_pointer (&self->office));
  g_clear_object (&self->sync);
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->ids);
  g_clear_object (&self->random);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->key, jp_seal_key_unref);
  g_clear_pointer (&self->dir, jp_test_dir_free);
}

/**
 * jp_office_fixture_commit:
 * @self: a fixture
 * @change: (transfer full): what a user does
 *
 * Saves a change and waits for it.
 */
void
jp_office_fixture_commit (JpOfficeFixture *self, JpChange *change)
{
  gboolean done = FALSE;

  jp_store_commit_async (self->store, change, NULL, committed_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
}

/**
 * jp_office_fixture_shoot:
 * @self: a fixture
 * @name: name of the picture
 *
 * For people: pictures of the window, light and dark, if JP_TEST_SHOTS names a folder.
 */
void
jp_office_fixture_shoot (JpOfficeFixture *self, const char *name)
{
  const char      *folder = g_getenv ("JP_TEST_SHOTS");
  AdwStyleManager *style = adw_style_manager_get_default ();

  if (folder == NULL)
    return;
  for (int dark = 0; dark < 2; dark++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s%s.png", folder, name, dark ? "-dark" : "");

      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                      : ADW_COLOR_SCHEME_FORCE_LIGHT);
      jp_ui_test_wait_ms (500);
      jp_ui_test_screenshot (GTK_WINDOW (self->window), path);
    }
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
}
