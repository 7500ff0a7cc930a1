/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

static gboolean
add (JpBusinessFixture *b, const JpBusinessSession *session, JpRecord **out_record, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) record = NULL;

  jp_business_fixture_begin (b, &transaction);
  if (!jp_business_add_session (b->business, session, &record, error) ||
      !jp_business_commit (b->business, &transaction, error))
    return FALSE;
  if (out_record != NULL)
    *out_record = g_steal_pointer (&record);
  return TRUE;
}

static JpId
add_and_get_id (JpBusinessFixture *b, const JpBusinessSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = NULL;

  add (b, session, &record, &error);
  g_assert_no_error (error);
  return *jp_record_get_id (record);
}

static void
assert_refused (JpBusinessFixture *b, JpBusinessSession session, JpPlatformError code)
{
  g_autoptr (GError) error = NULL;
  gint64 n_before = jp_platform_fixture_count (b->f, "SELECT count (*) FROM training_session");

  g_assert_false (add (b, &session, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, (int)code);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM training_session"), ==,
                   n_before);
}

static void
test_arrival (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId              contract = jp_business_fixture_pay (b);
  JpBusinessSession session = jp_business_fixture_new_session (b, &contract, 2);
  JpId              id = add_and_get_id (b, &session);
  JpId              again = add_and_get_id (b, &session);
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_TRAINING_SESSION, &id);

  g_assert_cmpint (jp_id_compare (&id, &again), ==, 0);
  g_assert_cmpstr (jp_record_get_text (record, JP_TRAINING_SESSION_STATE), ==, "pending");
  /* Practice, C1, part 2, field. */
  g_assert_cmpstr (jp_record_get_text (record, JP_TRAINING_SESSION_COURSE_CODE), ==, "1212120000");
  g_assert_cmpint (jp_id_compare (jp_record_get_ref (record, JP_TRAINING_SESSION_COACH), &b->coach),
                   ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT pending_minutes FROM trainee"), ==,
                   240);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT valid_minutes FROM trainee"), ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT minutes FROM session_report"), ==, 240);

  /* The same number cannot be another session. */
  session.started_us -= JP_MINUTE_US;
  session.ended_us -= JP_MINUTE_US;
  assert_refused (b, session, JP_PLATFORM_ERROR_CONFLICT);
}

#define REFUSED(b, change, code)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    JpBusinessSession changed = honest;                                                            \
    change;                                                                                        \
    assert_refused ((b), changed, (code));                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_refusals (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId              contract = jp_business_fixture_pay (b);
  JpBusinessSession honest = jp_business_fixture_new_session (b, &contract, 2);

  REFUSED (b, changed.record_no = "1", JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.record_no = "0000x", JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.part = 0, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.part = 5, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.part = 1, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.method = JP_METHOD_REMOTE, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.method = (JpMethod)9, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.course_code = "12", JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.ended_us = changed.started_us, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.ended_us += 2 * JP_DAY_US, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.minutes = 238, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.minutes = 0, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.mileage_m = -1, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.mileage_m = 3000000, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.n_photos = 201, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.coach_number = NULL, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.vehicle_number = NULL, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.terminal_number = NULL, JP_PLATFORM_ERROR_INVALID);
  REFUSED (b, changed.trainee_number = "3717008999999999", JP_PLATFORM_ERROR_NOT_FOUND);
  REFUSED (b, changed.coach_number = "3717003999999999", JP_PLATFORM_ERROR_NOT_FOUND);
  REFUSED (b, changed.vehicle_number = "3717004999999999", JP_PLATFORM_ERROR_NOT_FOUND);
  REFUSED (b, changed.terminal_number = "3717005999999999", JP_PLATFORM_ERROR_NOT_FOUND);

  /* Tomorrow. */
  REFUSED (b, (changed.started_us += JP_DAY_US, changed.ended_us += JP_DAY_US),
           JP_PLATFORM_ERROR_CONFLICT);
  /* Before the money was there. */
  REFUSED (b, (changed.started_us -= 3 * JP_DAY_US, changed.ended_us -= 3 * JP_DAY_US),
           JP_PLATFORM_ERROR_CONFLICT);
}

/* A coach of another school may not teach here. */
static void
test_other_school (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId              contract = jp_business_fixture_pay (b);
  JpBusinessSession session = jp_business_fixture_new_session (b, &contract, 2);
  JpId              id = jp_id_source_next (b->f->ids);
  JpDraft          *coach = jp_draft_new (JP_KIND_COACH, &id);

  jp_draft_set_text (coach, JP_COACH_NUMBER, "3717003000000099");
  jp_draft_set_text (coach, JP_COACH_EMPLOY_STATUS, "employed");
  jp_record_unref (jp_platform_fixture_put (b->f, &b->f->other, jp_draft_end (coach)));
  session.coach_number = "3717003000000099";
  assert_refused (b, session, JP_PLATFORM_ERROR_CONFLICT);
}

static void
assert_report (JpBusinessFixture *b, const JpId *id, gint64 minutes, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_fixture_get_db (b->f),
                   "SELECT minutes, reason FROM session_report WHERE session = :id", &error);
  gboolean row = FALSE;

  jp_statement_bind_id (read, ":id", id);
  jp_statement_step (read, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  g_assert_cmpint (jp_statement_get_integer (read, 0), ==, minutes);
  g_assert_cmpstr (jp_statement_get_text (read, 1), ==, reason);
}

static void
change (JpBusinessFixture *b, JpKind kind, const JpId *id, JpFieldId field, const char *text)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, kind, id);
  JpDraft *draft = jp_draft_new_from (record);

  if (jp_field_get (field)->type == JP_FIELD_DATE)
    jp_draft_set_date (draft, field, 20200101);
  else
    jp_draft_set_text (draft, field, text);
  jp_record_unref (jp_business_fixture_put (b, draft));
}

/* What is wrong is taken in, and told to the reviewer. */
static void
test_reports (void)
{
  static const struct
  {
    JpFieldId   field;
    const char *wrong, *right;
    const char *reason;
  } cases[] = {
    { JP_COACH_TEACHES, "D", "C1", "coach" },
    { JP_COACH_EMPLOY_STATUS, "left", "employed", "coach" },
    { JP_VEHICLE_LICENCE_TYPE, "C2", "C1", "vehicle" },
    { JP_VEHICLE_STATUS, "out-of-use", "in-use", "vehicle" },
    { JP_VEHICLE_INSPECTED_UNTIL, NULL, NULL, "vehicle" },
  };
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId contract = jp_business_fixture_pay (b);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JpKind            kind = JP_FIELD_KIND (cases[i].field);
      const JpId       *of = kind == JP_KIND_COACH ? &b->coach : &b->vehicle;
      JpBusinessSession session = jp_business_fixture_new_session (b, &contract, 2);
      JpId              id;

      change (b, kind, of, cases[i].field, cases[i].wrong);
      id = add_and_get_id (b, &session);
      assert_report (b, &id, 0, cases[i].reason);
      if (cases[i].right != NULL)
        change (b, kind, of, cases[i].field, cases[i].right);
    }
}

/* The terminal was in no vehicle, or was changed in the middle of the lesson. */
static void
test_terminal_elsewhere (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId              contract = jp_business_fixture_pay (b);
  JpBusinessSession session = jp_business_fixture_new_session (b, &contract, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql =
    g_strdup_printf ("UPDATE terminal_assignment SET ended_at = %" G_GINT64_FORMAT,
                     session.started_us + JP_HOUR_US);
  JpId id;

  jp_db_exec (jp_platform_fixture_get_db (b->f), sql, &error);
  g_assert_no_error (error);
  id = add_and_get_id (b, &session);
  assert_report (b, &id, 0, "vehicle");
}

/* Two trainees at the same time with one coach and one vehicle; in the classroom that is fine. */
static void
test_overlaps (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId              one = jp_business_fixture_pay (b);
  JpId              two = jp_business_fixture_pay (b);
  JpBusinessSession first = jp_business_fixture_new_session (b, &one, 2);
  JpBusinessSession second = { 0 };
  gint64            started_us = first.started_us;
  JpId              id = add_and_get_id (b, &first);

  assert_report (b, &id, 240, "none");
  second = jp_business_fixture_new_session (b, &two, 2);
  for (guint i = 0; i < second.n_photos; i++)
    b->photos[i] += started_us + 2 * JP_HOUR_US - second.started_us;
  second.started_us = started_us + 2 * JP_HOUR_US;
  second.ended_us = second.started_us + 4 * JP_HOUR_US;
  id = add_and_get_id (b, &second);
  assert_report (b, &id, 120, "overlap");

  first = jp_business_fixture_new_session (b, &one, 1);
  started_us = first.started_us;
  id = add_and_get_id (b, &first);
  second = jp_business_fixture_new_session (b, &two, 1);
  for (guint i = 0; i < second.n_photos; i++)
    b->photos[i] += started_us - second.started_us;
  second.started_us = started_us;
  second.ended_us = started_us + 4 * JP_HOUR_US;
  id = add_and_get_id (b, &second);
  assert_report (b, &id, 240, "none");
}

static gboolean
review (JpBusinessFixture *b,
        const JpId        *id,
        gint64             minutes,
        JpSessionReason    reason,
        GError           **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (b, &transaction);
  return jp_business_review_session (b->business, id, minutes, reason, NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

static void
assert_hours (JpBusinessFixture *b, gint64 valid, gint64 pending)
{
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT valid_minutes FROM trainee"), ==,
                   valid);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT part2_minutes FROM trainee"), ==,
                   valid);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT pending_minutes FROM trainee"), ==,
                   pending);
}

static void
test_review (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId              contract = jp_business_fixture_pay (b);
  JpBusinessSession session = jp_business_fixture_new_session (b, &contract, 2);
  JpId              id = add_and_get_id (b, &session);
  JpId              nobody = jp_id_source_next (b->f->ids);

  assert_hours (b, 0, 240);
  g_assert_false (review (b, &id, 241, JP_SESSION_REASON_NONE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (review (b, &id, -1, JP_SESSION_REASON_PHOTO, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (review (b, &id, 100, JP_SESSION_REASON_NONE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (review (b, &id, 240, JP_SESSION_REASON_PHOTO, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (review (b, &nobody, 240, JP_SESSION_REASON_NONE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_hours (b, 0, 240);

  g_assert_true (review (b, &id, 0, JP_SESSION_REASON_PHOTOS, &error));
  assert_hours (b, 0, 0);
  /* An appeal. */
  g_assert_true (review (b, &id, 200, JP_SESSION_REASON_PHOTO, &error));
  assert_hours (b, 200, 0);
  g_assert_true (review (b, &id, 200, JP_SESSION_REASON_PHOTO, &error));
  g_assert_true (review (b, &id, 240, JP_SESSION_REASON_NONE, &error));
  g_assert_no_error (error);
  assert_hours (b, 240, 0);
}

/* Once a part is under review its sessions stay as they are, until it is refused. */
static void
test_review_of_a_part (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stages = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId           contract = jp_business_fixture_pay (b);
  JpId           session = JP_ID_NONE;
  const JpId    *stage = NULL;
  JpBusinessExam exam = { .subject = 1, .outcome = "passed", .score = 95 };

  jp_business_fixture_train (b, &contract, 1);
  exam.trainee_number = b->trainee_number;
  exam.taken_on = jp_date_from_instant (jp_clock_now_us (JP_CLOCK (b->f->clock)));
  stages = jp_business_fixture_list (b, JP_STAGE_RECORD_CONTRACT, &contract);
  g_assert_cmpuint (stages->len, ==, 1);
  stage = jp_record_get_id (stages->pdata[0]);
  session = jp_business_fixture_get_last_session (b);

  g_assert_false (review (b, &session, 0, JP_SESSION_REASON_PHOTOS, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);

  jp_business_fixture_begin (b, &transaction);
  /* No exam before the approval. */
  g_assert_false (jp_business_add_exam (b->business, &exam, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (jp_business_review_stage (b->business, stage, FALSE, NULL, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (jp_business_review_stage (b->business, stage, FALSE, "照片不清", NULL, &error));
  g_assert_true (jp_business_review_stage (b->business, stage, FALSE, "照片不清", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (jp_business_review_stage (b->business, stage, TRUE, NULL, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  jp_business_fixture_commit (b, &transaction);

  /* Judged again: fewer hours, then enough of them: a new record goes to the review. */
  g_assert_true (review (b, &session, 0, JP_SESSION_REASON_PHOTOS, &error));
  g_assert_true (review (b, &session, 240, JP_SESSION_REASON_NONE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM stage_record WHERE "
                                                    "state = 'submitted'"),
                   ==, 1);
  jp_business_fixture_review (b, &contract, 1);
  jp_business_fixture_pass (b, &contract, 1);
  jp_business_fixture_pass (b, &contract, 1);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM exam_result"), ==, 1);
}

static void
test_exams (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId           contract = jp_business_fixture_pay (b);
  JpDate         today = JP_DATE_NONE;
  JpBusinessExam exam = { .subject = 1, .outcome = "failed", .score = 60 };
  static const struct
  {
    JpDate      days;
    gint64      subject, score;
    const char *outcome;
    int         code;
  } wrong[] = {
    { 0, 0, 60, "failed", JP_PLATFORM_ERROR_INVALID },
    { 0, 5, 60, "failed", JP_PLATFORM_ERROR_INVALID },
    { 0, 1, 101, "failed", JP_PLATFORM_ERROR_INVALID },
    { 0, 1, 60, "won", JP_PLATFORM_ERROR_INVALID },
    { 1, 1, 60, "failed", JP_PLATFORM_ERROR_CONFLICT },
    { -9, 1, 60, "failed", JP_PLATFORM_ERROR_CONFLICT },
  };

  jp_business_fixture_train (b, &contract, 1);
  jp_business_fixture_review (b, &contract, 1);
  today = jp_date_from_instant (jp_clock_now_us (JP_CLOCK (b->f->clock)));
  exam.trainee_number = b->trainee_number;
  jp_business_fixture_begin (b, &transaction);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      JpBusinessExam one = { exam.trainee_number, wrong[i].subject,
                             jp_date_add_days (today, wrong[i].days), wrong[i].outcome,
                             wrong[i].score };

      g_assert_false (jp_business_add_exam (b->business, &one, NULL, &error));
      g_assert_error (error, JP_PLATFORM_ERROR, wrong[i].code);
      g_clear_error (&error);
    }

  exam.taken_on = today;
  g_assert_true (jp_business_add_exam (b->business, &exam, NULL, &error));
  g_assert_true (jp_business_add_exam (b->business, &exam, NULL, &error));
  exam.outcome = "passed";
  g_assert_false (jp_business_add_exam (b->business, &exam, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  jp_business_fixture_commit (b, &transaction);

  jp_fake_clock_advance (b->f->clock, JP_DAY_US);
  jp_business_fixture_pass (b, &contract, 1);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT attempt FROM exam_result WHERE outcome "
                                                    "= 'passed'"),
                   ==, 2);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT exams_passed FROM trainee"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-session/arrival", test_arrival);
  g_test_add_func ("/platform/business-session/refusals", test_refusals);
  g_test_add_func ("/platform/business-session/other-school", test_other_school);
  g_test_add_func ("/platform/business-session/reports", test_reports);
  g_test_add_func ("/platform/business-session/terminal-elsewhere", test_terminal_elsewhere);
  g_test_add_func ("/platform/business-session/overlaps", test_overlaps);
  g_test_add_func ("/platform/business-session/review", test_review);
  g_test_add_func ("/platform/business-session/review-of-a-part", test_review_of_a_part);
  g_test_add_func ("/platform/business-session/exams", test_exams);

  return g_test_run ();
}
