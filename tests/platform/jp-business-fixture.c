/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#include "jp-business-private.h"
#include "jp-json.h"
#include "jp-wire-record.h"

#define TEXT "机动车驾驶员培训合同：甲方学车，乙方教车，一费到底。"

static JpDraft *
new_draft (JpBusinessFixture *self, JpKind kind)
{
  const JpId id = jp_id_source_next (self->f->ids);

  return jp_draft_new (kind, &id);
}

static JpId
put_and_get_id (JpBusinessFixture *self, JpDraft *draft)
{
  g_autoptr (JpRecord) record = jp_business_fixture_put (self, draft);

  return *jp_record_get_id (record);
}

static void
add_means (JpBusinessFixture *self)
{
  JpDraft *tier = jp_platform_fixture_new_tier (self->f);
  JpDraft *coach = new_draft (self, JP_KIND_COACH);
  JpDraft *vehicle = new_draft (self, JP_KIND_VEHICLE);
  JpDraft *terminal = new_draft (self, JP_KIND_TERMINAL);
  JpDraft *seat = new_draft (self, JP_KIND_TERMINAL_ASSIGNMENT);

  jp_draft_set_text (tier, JP_CLASS_TIER_STATUS, "published");
  self->tier = put_and_get_id (self, tier);

  jp_draft_set_text (coach, JP_COACH_NAME, "李教练");
  jp_draft_set_text (coach, JP_COACH_NUMBER, "3717003000000001");
  jp_draft_set_text (coach, JP_COACH_TEACHES, "C1");
  jp_draft_set_text (coach, JP_COACH_EMPLOY_STATUS, "employed");
  self->coach = put_and_get_id (self, coach);

  jp_draft_set_text (vehicle, JP_VEHICLE_PLATE, "鲁R0001学");
  jp_draft_set_text (vehicle, JP_VEHICLE_NUMBER, "3717004000000001");
  jp_draft_set_text (vehicle, JP_VEHICLE_LICENCE_TYPE, "C1");
  jp_draft_set_text (vehicle, JP_VEHICLE_STATUS, "in-use");
  self->vehicle = put_and_get_id (self, vehicle);

  jp_draft_set_text (terminal, JP_TERMINAL_SERIAL, "T-0001");
  jp_draft_set_text (terminal, JP_TERMINAL_TYPE, "vehicle");
  jp_draft_set_text (terminal, JP_TERMINAL_NUMBER, "3717005000000001");
  self->terminal = put_and_get_id (self, terminal);

  jp_draft_set_ref (seat, JP_TERMINAL_ASSIGNMENT_TERMINAL, &self->terminal);
  jp_draft_set_ref (seat, JP_TERMINAL_ASSIGNMENT_VEHICLE, &self->vehicle);
  jp_draft_set_integer (seat, JP_TERMINAL_ASSIGNMENT_STARTED_AT,
                        JP_FAKE_CLOCK_NOW_US - 400 * JP_DAY_US);
  put_and_get_id (self, seat);
}

/**
 * jp_business_fixture_new:
 *
 * Returns: (transfer full): a platform with a school that can train for C1
 */
JpBusinessFixture *
jp_business_fixture_new (void)
{
  JpBusinessFixture *self = g_new0 (JpBusinessFixture, 1);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data ("heze-demo-assumption", &error);
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("demo-assumption", &error);

  g_assert_no_error (error);
  self->f = jp_platform_fixture_new ();
  self->business = jp_business_new (jp_platform_fixture_get_store (self->f));
  self->policy_digest = g_strdup (jp_policy_get_digest (policy));
  self->curriculum_digest = g_strdup (jp_curriculum_get_digest (curriculum));

  jp_business_fixture_begin (self, &transaction);
  jp_business_publish_policy (self->business, "heze-demo-assumption", &error);
  jp_business_publish_curriculum (self->business, "demo-assumption", &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (self, &transaction);
  add_means (self);
  return self;
}

/**
 * jp_business_fixture_free:
 * @self: (nullable) (transfer full): a fixture
 *
 * Takes everything away.
 */
void
jp_business_fixture_free (JpBusinessFixture *self)
{
  if (self == NULL)
    return;

  g_free (self->record_no);
  g_free (self->trainee_number);
  g_free (self->policy_digest);
  g_free (self->curriculum_digest);
  jp_business_free (self->business);
  jp_platform_fixture_free (self->f);
  g_free (self);
}

/**
 * jp_business_fixture_begin:
 * @self: a fixture
 * @transaction: (out caller-allocates): a guard
 *
 * Begins a piece of business.
 */
void
jp_business_fixture_begin (JpBusinessFixture *self, JpTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  jp_business_begin (self->business, transaction, &error);
  g_assert_no_error (error);
}

/**
 * jp_business_fixture_commit:
 * @self: a fixture
 * @transaction: the guard
 *
 * Ends a piece of business.
 */
void
jp_business_fixture_commit (JpBusinessFixture *self, JpTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  jp_business_commit (self->business, transaction, &error);
  g_assert_no_error (error);
}

/**
 * jp_business_fixture_get:
 * @self: a fixture
 * @kind: a kind
 * @id: an id
 *
 * Returns: (transfer full): the record, which must exist
 */
JpRecord *
jp_business_fixture_get (JpBusinessFixture *self, JpKind kind, const JpId *id)
{
  JpRecord *record = jp_platform_fixture_find (self->f, kind, id);

  g_assert_nonnull (record);
  return record;
}

/**
 * jp_business_fixture_put:
 * @self: a fixture
 * @draft: (transfer full): a row of the first school
 *
 * Returns: (transfer full): the row as written
 */
JpRecord *
jp_business_fixture_put (JpBusinessFixture *self, JpDraft *draft)
{
  return jp_platform_fixture_put (self->f, &self->f->school, jp_draft_end (draft));
}

/**
 * jp_business_fixture_add_trainee:
 * @self: a fixture
 *
 * Returns: a trainee of the school
 */
JpId
jp_business_fixture_add_trainee (JpBusinessFixture *self)
{
  return put_and_get_id (self, jp_platform_fixture_new_trainee (self->f));
}

/**
 * jp_business_fixture_new_contract:
 * @self: a fixture
 * @trainee: who shall sign it
 *
 * Returns: (transfer full): an offered contract that can be signed
 */
JpDraft *
jp_business_fixture_new_contract (JpBusinessFixture *self, const JpId *trainee)
{
  JpDraft *draft = new_draft (self, JP_KIND_CONTRACT);
  g_autoptr (JpRecord) published = jp_business_fixture_get (self, JP_KIND_CLASS_TIER, &self->tier);
  g_autofree char *tier = jp_wire_record_to_text (published);
  g_autofree char *digest = jp_hash_sha256_text (TEXT, strlen (TEXT));
  g_autofree char *number =
    g_strdup_printf ("HT-2026-001-%08u", jp_id_source_below (self->f->ids, 100000000));

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, number);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, trainee);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, &self->tier);
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, JP_BUSINESS_FIXTURE_PRICE_FEN);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_ID, "heze-demo-assumption");
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, self->policy_digest);
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_ID, "demo-assumption");
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_DIGEST, self->curriculum_digest);
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, tier);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_VERSION, "test/1");
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, TEXT);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, 20261124);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_OFFERED);
  return draft;
}

/**
 * jp_business_fixture_offer:
 * @self: a fixture
 *
 * Returns: an offered contract of a new trainee
 */
JpId
jp_business_fixture_offer (JpBusinessFixture *self)
{
  JpId trainee = jp_business_fixture_add_trainee (self);

  return put_and_get_id (self, jp_business_fixture_new_contract (self, &trainee));
}

/**
 * jp_business_fixture_pay:
 * @self: a fixture
 *
 * Returns: a contract of a new trainee that is signed and paid
 */
JpId
jp_business_fixture_pay (JpBusinessFixture *self)
{
  JpId contract = jp_business_fixture_offer (self);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *digest = jp_hash_sha256_text (TEXT, strlen (TEXT));
  g_autoptr (GError) error = NULL;

  jp_business_fixture_begin (self, &transaction);
  jp_business_sign (self->business, &contract, digest, NULL, &error);
  g_assert_no_error (error);
  jp_business_pay (self->business, &contract, "1", JP_BUSINESS_FIXTURE_PRICE_FEN, NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (self, &transaction);
  return contract;
}

/**
 * jp_business_fixture_assert_money:
 * @self: a fixture
 * @contract: a contract
 * @paid_fen: expected
 * @released_fen: expected
 * @refunded_fen: expected
 *
 * Asserts that contract and books say the same, and that all books are in order.
 */
void
jp_business_fixture_assert_money (JpBusinessFixture *self,
                                  const JpId        *contract,
                                  gint64             paid_fen,
                                  gint64             released_fen,
                                  gint64             refunded_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = jp_business_fixture_get (self, JP_KIND_CONTRACT, contract);
  JpBank    *bank = jp_business_get_bank (self->business);
  JpBankSums sums = { 0 };

  g_assert_cmpint (jp_record_get_integer (record, JP_CONTRACT_PAID), ==, paid_fen);
  g_assert_cmpint (jp_record_get_integer (record, JP_CONTRACT_RELEASED), ==, released_fen);
  g_assert_cmpint (jp_record_get_integer (record, JP_CONTRACT_REFUNDED), ==, refunded_fen);
  jp_bank_get_sums (bank, contract, &sums, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sums.paid_fen, ==, paid_fen);
  g_assert_cmpint (sums.custody_fen, ==, paid_fen - released_fen - refunded_fen);
  jp_bank_check (bank, &error);
  g_assert_no_error (error);
}

static void
take_trainee_number (JpBusinessFixture *self, const JpId *contract)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (self, JP_KIND_CONTRACT, contract);
  g_autoptr (JpRecord) trainee =
    jp_business_fixture_get (self, JP_KIND_TRAINEE,
                             jp_record_get_ref (record, JP_CONTRACT_TRAINEE));

  g_free (self->trainee_number);
  self->trainee_number = g_strdup (jp_record_get_text (trainee, JP_TRAINEE_NUMBER));
}

/**
 * jp_business_fixture_new_session:
 * @self: a fixture
 * @contract: a contract that is paid
 * @part: 1 … 4
 *
 * Lets a day go by.
 *
 * Returns: an honest session of four hours on the new day, which has just ended; valid until the
 *   next call
 */
JpBusinessSession
jp_business_fixture_new_session (JpBusinessFixture *self, const JpId *contract, int part)
{
  gboolean          is_theory = part == 1 || part == 4;
  JpBusinessSession session = {
    .coach_number = "3717003000000001",
    .vehicle_number = is_theory ? NULL : "3717004000000001",
    .terminal_number = "3717005000000001",
    .part = part,
    .method = is_theory ? JP_METHOD_CLASSROOM : JP_METHOD_PRACTICE,
    .minutes = 240,
    .mileage_m = is_theory ? 0 : 60000,
    .photos_us = self->photos,
    .n_photos = G_N_ELEMENTS (self->photos),
  };
  gint64 now_us = 0;
  gint64 today_us = 0;

  take_trainee_number (self, contract);
  session.trainee_number = self->trainee_number;
  g_free (self->record_no);
  self->record_no = g_strdup_printf ("%05u", ++self->n_sessions);
  session.record_no = self->record_no;

  now_us = jp_clock_now_us (JP_CLOCK (self->f->clock));
  today_us = jp_date_to_instant (jp_date_from_instant (now_us), 0, 0);
  session.started_us = today_us + JP_DAY_US + 8 * JP_HOUR_US;
  session.ended_us = session.started_us + 4 * JP_HOUR_US;
  for (guint i = 0; i < G_N_ELEMENTS (self->photos); i++)
    self->photos[i] = session.started_us + 15 * i * JP_MINUTE_US;
  jp_fake_clock_advance (self->f->clock, session.ended_us - now_us);
  return session;
}

/**
 * jp_business_fixture_train:
 * @self: a fixture
 * @contract: a contract that is paid
 * @part: 1 … 4
 *
 * Trains the hours of a part, four a day, and has them judged.
 */
void
jp_business_fixture_train (JpBusinessFixture *self, const JpId *contract, int part)
{
  static const int minutes[] = { 0, 720, 960, 1440, 600 };

  for (int done = 0; done < minutes[part]; done += 240)
    {
      JpBusinessSession session = jp_business_fixture_new_session (self, contract, part);
      g_autoptr (GError) error = NULL;
      g_autoptr (JpRecord) record = NULL;
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      jp_business_fixture_begin (self, &transaction);
      jp_business_add_session (self->business, &session, &record, &error);
      g_assert_no_error (error);
      jp_business_review_session (self->business, jp_record_get_id (record), 240,
                                  JP_SESSION_REASON_NONE, NULL, &error);
      g_assert_no_error (error);
      jp_business_fixture_commit (self, &transaction);
    }
}

static JpId
find_stage (JpBusinessFixture *self, const JpId *contract, int part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_fixture_get_db (self->f),
                   "SELECT id FROM stage_record WHERE contract = :contract AND part = :part"
                   " AND state = 'submitted'",
                   &error);
  gboolean row = FALSE;
  JpId     id;

  jp_statement_bind_id (find, ":contract", contract);
  jp_statement_bind_integer (find, ":part", part);
  jp_statement_step (find, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  jp_statement_get_id (find, 0, &id);
  return id;
}

/**
 * jp_business_fixture_review:
 * @self: a fixture
 * @contract: a contract
 * @part: a part whose hours are complete
 *
 * Approves the part.
 */
void
jp_business_fixture_review (JpBusinessFixture *self, const JpId *contract, int part)
{
  JpId stage = find_stage (self, contract, part);
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (self, &transaction);
  jp_business_review_stage (self->business, &stage, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (self, &transaction);
}

/**
 * jp_business_fixture_pass:
 * @self: a fixture
 * @contract: a contract
 * @subject: 1 … 4
 *
 * Passes a subject today.
 */
void
jp_business_fixture_pass (JpBusinessFixture *self, const JpId *contract, int subject)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpBusinessExam exam = { .subject = subject, .outcome = "passed", .score = 95 };

  take_trainee_number (self, contract);
  exam.trainee_number = self->trainee_number;
  exam.taken_on = jp_date_from_instant (jp_clock_now_us (JP_CLOCK (self->f->clock)));
  jp_business_fixture_begin (self, &transaction);
  jp_business_add_exam (self->business, &exam, NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (self, &transaction);
}

/**
 * jp_business_fixture_settle:
 * @self: a fixture
 *
 * Issues the statement until today.
 *
 * Returns: (transfer full) (nullable): the statement, if anything has moved
 */
JpRecord *
jp_business_fixture_settle (JpBusinessFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpRecord *statement = NULL;

  jp_business_fixture_begin (self, &transaction);
  jp_business_issue_statement (self->business, &self->f->school,
                               jp_date_from_instant (jp_clock_now_us (JP_CLOCK (self->f->clock))),
                               &statement, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (self, &transaction);
  return statement;
}

/**
 * jp_business_fixture_list:
 * @self: a fixture
 * @reference: a reference field
 * @id: what it points to
 *
 * Returns: (transfer full) (element-type JpRecord): the rows that point there
 */
GPtrArray *
jp_business_fixture_list (JpBusinessFixture *self, JpFieldId reference, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = jp_business_list (self->business, reference, id, &error);

  g_assert_no_error (error);
  return records;
}

/**
 * jp_business_fixture_get_last_session:
 * @self: a fixture
 *
 * Returns: the session that came in last
 */
JpId
jp_business_fixture_get_last_session (JpBusinessFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_fixture_get_db (self->f),
                   "SELECT id FROM training_session ORDER BY rid DESC LIMIT 1", &error);
  gboolean row = FALSE;
  JpId     id;

  jp_statement_step (find, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  jp_statement_get_id (find, 0, &id);
  return id;
}
