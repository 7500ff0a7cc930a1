/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-codes.h"

#define N_PARTS           4
#define MAX_AGE_DAYS      420
#define SESSION_MINUTES   240 /* four hours of 60 minutes: the most a day allows, domain.md §2.1 */
#define REVIEW_DAYS       3
#define WITHDRAWN_PERCENT 3
#define START_BP          1000 /* the demo policy's shares */
#define PART_BP           3000

/* How far a trainee is. */
typedef struct
{
  JpCity       *city;
  JpCitySchool *school;
  JpRecord     *trainee;  /* (owned) (nullable): NULL until written */
  JpDraft      *draft;    /* (owned) (nullable) */
  JpRecord     *contract; /* (owned) (nullable) */
  JpRecord     *tier;     /* (borrowed) */
  JpRecord     *coach;    /* (borrowed) */
  guint         which_vehicle;
  const char   *name; /* (borrowed): of draft or trainee */
  gint64        applied_us;
  gint64        signed_us; /* 0 = not signed */
  guint         n_sessions;
  gint64        valid[N_PARTS + 1];
  gint64        pending;
  gint64        required[N_PARTS + 1];
  gint64        approved_us[N_PARTS + 1]; /* when the part's review was passed, 0 = not yet */
  int           exams_passed;             /* count of subjects passed, in order */
  gint64        released_fen;
  gint64        refunded_fen;
  const char   *status;
} Life;

static void
life_clear (Life *life)
{
  jp_record_unref (life->trainee);
  jp_draft_free (life->draft);
  jp_record_unref (life->contract);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Life, life_clear)

static gboolean
is_past (Life *life, gint64 at_us)
{
  return at_us < life->city->now_us;
}

static void
start_person (Life *life)
{
  JpCity          *city = life->city;
  JpCitySchool    *school = life->school;
  JpId             id = jp_city_new_id (city, "trainee:%u:%u", school->index, school->n_trainees++);
  g_autofree char *name = jp_city_dup_person_name (city);
  g_autofree char *id_number = jp_city_dup_id_number (city, 18, 52);
  g_autofree char *phone = jp_city_dup_mobile (city);
  g_autofree char *number = jp_city_dup_number (city);
  g_autofree char *address =
    jp_city_dup_address (city, jp_record_get_text (school->record, JP_SCHOOL_DISTRICT));
  JpDraft         *draft = jp_city_new_draft (city, JP_KIND_TRAINEE, &id, life->applied_us);
  g_autofree char *birth = g_strndup (id_number + 6, 8);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, name);
  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_RESIDENT);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, id_number);
  jp_draft_set_code (draft, JP_TRAINEE_SEX,
                     (id_number[16] - '0') % 2 == 1 ? JP_SEX_MALE : JP_SEX_FEMALE);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, (JpDate)g_ascii_strtoll (birth, NULL, 10));
  jp_draft_set_text (draft, JP_TRAINEE_NATIONALITY, "中国");
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, phone);
  jp_draft_set_text (draft, JP_TRAINEE_ADDRESS, address);
  jp_draft_set_text (draft, JP_TRAINEE_NUMBER, number);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE,
                     jp_record_get_text (life->tier, JP_CLASS_TIER_LICENCE_TYPE));
  jp_draft_set_code (draft, JP_TRAINEE_BUSI_TYPE, 0);
  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, jp_record_get_id (life->tier));
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, jp_record_get_id (life->coach));
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, jp_date_from_instant (life->applied_us));
  life->draft = draft;
  life->name = jp_draft_get_text (draft, JP_TRAINEE_NAME);
}

static void
read_required (Life *life)
{
  const char *type = jp_record_get_text (life->tier, JP_CLASS_TIER_LICENCE_TYPE);

  for (int part = 1; part <= N_PARTS; part++)
    {
      JpCurriculumNumber number = { 0 };

      if (jp_curriculum_get_minutes (life->city->curriculum, type, part, &number) &&
          number.value > 0)
        life->required[part] = number.value;
    }
}

/* Money. */

static gboolean
post (Life       *life,
      JpBankKind  kind,
      const char *stage,
      gint64      amount_fen,
      gint64      at_us,
      char      **out_reference,
      GError    **error)
{
  const char      *number = jp_record_get_text (life->contract, JP_CONTRACT_NUMBER);
  g_autofree char *purpose =
    g_strdup_printf ("%u:%s:%d:%s", life->school->index, number, kind, stage);
  JpBankOrder order = { .kind = kind,
                        .school = life->school->id,
                        .contract = *jp_record_get_id (life->contract),
                        .purpose = purpose,
                        .amount_fen = amount_fen,
                        .at_us = at_us };

  return jp_bank_post (life->city->bank, &order, out_reference, error);
}

static gboolean
pay (Life *life, GError **error)
{
  JpCity *city = life->city;
  gint64  price = jp_record_get_integer (life->contract, JP_CONTRACT_PRICE);
  gint64  paid_us = life->signed_us + 2 * JP_HOUR_US;
  JpId    id =
    jp_city_new_id (city, "payment:%s", jp_record_get_text (life->contract, JP_CONTRACT_NUMBER));
  JpDraft         *draft = NULL;
  g_autofree char *reference = NULL;

  id = jp_city_new_id (city, "payment:%u:%u", life->school->index, life->school->n_contracts);
  if (!post (life, JP_BANK_PAYMENT, "fee", price, paid_us, &reference, error))
    return FALSE;

  draft = jp_city_new_draft (city, JP_KIND_PAYMENT, &id, paid_us);
  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, jp_record_get_id (life->contract));
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, price);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, paid_us);
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, reference);
  jp_draft_set_text (draft, JP_PAYMENT_STATE, "received");
  return jp_city_put_only (city, &life->school->id, draft, error);
}

/* @purpose is the stage, unless it is paid once more. */
static gboolean
pay_out (Life *life, const JpCityRelease *release, const char *purpose, GError **error)
{
  const char      *number = jp_record_get_text (life->contract, JP_CONTRACT_NUMBER);
  g_autofree char *name =
    g_strdup_printf ("%u:%s:%d:%s", life->school->index, number, JP_BANK_RELEASE, purpose);
  g_autofree char *reference = NULL;
  JpBankOrder      order = { .kind = JP_BANK_RELEASE,
                             .school = life->school->id,
                             .contract = *jp_record_get_id (life->contract),
                             .purpose = name,
                             .stage = release->stage,
                             .amount_fen = release->amount_fen,
                             .at_us = release->paid_us };

  if (!jp_bank_post (life->city->bank, &order, &reference, error))
    return FALSE;
  life->released_fen += release->amount_fen;
  jp_city_add_line (life->school, life->contract, life->name,
                    &(JpCityLine){ .kind = "release",
                                   .stage = release->stage,
                                   .share_bp = release->share_bp,
                                   .amount_fen = release->amount_fen,
                                   .paid_us = release->paid_us,
                                   .reference = reference });
  return TRUE;
}

static gboolean
pay_newest (Life *life, JpCityRelease *release, GError **error)
{
  JpCityFault   fault = jp_city_spoil (life->city, life->school, release);
  JpCityRelease more = *release;

  if (fault == JP_CITY_FAULT_MISSING)
    return TRUE;
  if (!pay_out (life, release, release->stage, error))
    return FALSE;
  if (fault == JP_CITY_FAULT_TWICE)
    {
      more.amount_fen = MIN (more.amount_fen, more.left_fen);
      more.paid_us += JP_MINUTE_US;
      return pay_out (life, &more, "again", error);
    }
  if (fault == JP_CITY_FAULT_NOT_REACHED)
    {
      more.stage = more.next_stage;
      more.amount_fen = more.next_fen;
      more.share_bp = PART_BP;
      return pay_out (life, &more, more.stage, error);
    }
  return TRUE;
}

/* Of the stages in their order, how many have been paid; fills in when, and what is left then. */
static guint
date_stages (Life *life, JpCityRelease *stages, guint n_stages)
{
  gint64 price = jp_record_get_integer (life->contract, JP_CONTRACT_PRICE);
  gint64 left = price - life->refunded_fen;

  for (guint i = 0; i < n_stages; i++)
    {
      if (stages[i].paid_us == 0 || !is_past (life, stages[i].paid_us + JP_DAY_US))
        return i;
      stages[i].paid_us += JP_DAY_US;
      stages[i].price_fen = price;
      left -= stages[i].amount_fen;
      stages[i].left_fen = left;
    }
  return n_stages;
}

/* The shares of the demo policy, 10/30/30/rest, one day after each is earned; of the newest one the
 * bank may think otherwise. */
static gboolean
release_all (Life *life, GError **error)
{
  gint64        price = jp_record_get_integer (life->contract, JP_CONTRACT_PRICE);
  gint64        first = jp_money_share (price, START_BP);
  gint64        middle = jp_money_share (price, PART_BP);
  gboolean      both = life->approved_us[3] != 0 && life->approved_us[4] != 0;
  gint64        last_us = both ? MAX (life->approved_us[3], life->approved_us[4]) : 0;
  JpCityRelease stages[] = {
    { "registration", .share_bp = START_BP, .amount_fen = first, .paid_us = life->signed_us },
    { "part1", .share_bp = PART_BP, .amount_fen = middle, .paid_us = life->approved_us[1] },
    { "part2", .share_bp = PART_BP, .amount_fen = middle, .paid_us = life->approved_us[2] },
    { "part3", .share_bp = PART_BP, .amount_fen = price - first - 2 * middle, .paid_us = last_us },
  };
  guint n_due = date_stages (life, stages, G_N_ELEMENTS (stages));

  for (guint i = 0; i + 1 < n_due; i++)
    if (!pay_out (life, &stages[i], stages[i].stage, error))
      return FALSE;
  if (n_due == 0)
    return TRUE;
  if (n_due < G_N_ELEMENTS (stages) && stages[n_due].paid_us == 0 && life->refunded_fen == 0)
    {
      stages[n_due - 1].next_stage = stages[n_due].stage;
      stages[n_due - 1].next_fen = stages[n_due].amount_fen;
    }
  return pay_newest (life, &stages[n_due - 1], error);
}

/* Training. */

static const char *
get_course_code (JpRecord *tier, int part)
{
  gboolean c2 = g_strcmp0 (jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE), "C2") == 0;

  switch (part)
    {
    case 1:
      return "2001010000";
    case 2:
      return c2 ? "1222120000" : "1212120000";
    case 3:
      return c2 ? "1223250000" : "1213250000";
    default:
      return "2004410000";
    }
}

typedef struct
{
  int         part;
  gint64      started_us;
  gint64      minutes;
  gint64      valid;
  const char *state;
  int         reason;
} Session;

static void
judge (Life *life, Session *session)
{
  JpCity *city = life->city;
  guint   dice = jp_city_roll (city, 100);

  session->valid = session->minutes;
  session->state = "valid";
  if (!is_past (life, session->started_us + REVIEW_DAYS * JP_DAY_US))
    {
      session->state = "pending";
      session->valid = 0;
    }
  else if (dice < 3)
    {
      session->state = "void";
      session->valid = 0;
      session->reason = dice == 0 ? 7 : dice == 1 ? 9 : 10;
    }
  else if (dice < 6)
    {
      session->state = "partial";
      session->valid = session->minutes - 30;
      session->reason = 5;
    }
}

static gboolean
put_session (Life *life, const Session *session, GError **error)
{
  JpCity  *city = life->city;
  guint    number = ++life->n_sessions;
  gboolean practice = session->part == 2 || session->part == 3;
  gint64   ended_us = session->started_us + session->minutes * JP_MINUTE_US;
  JpId id = jp_city_new_id (city, "session:%u:%u:%u", life->school->index, life->school->n_trainees,
                            number);
  JpDraft         *draft = jp_city_new_draft (city, JP_KIND_TRAINING_SESSION, &id, ended_us);
  g_autofree char *record_no = g_strdup_printf ("%05u", number);

  jp_draft_set_ref (draft, JP_TRAINING_SESSION_TRAINEE, jp_draft_get_id (life->draft));
  jp_draft_set_text (draft, JP_TRAINING_SESSION_RECORD_NO, record_no);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_PART, session->part);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_METHOD, practice ? 1 : 2);
  jp_draft_set_text (draft, JP_TRAINING_SESSION_COURSE_CODE,
                     get_course_code (life->tier, session->part));
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_STARTED_AT, session->started_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_ENDED_AT, ended_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_DURATION, session->minutes);
  jp_draft_set_ref (draft, JP_TRAINING_SESSION_COACH, jp_record_get_id (life->coach));
  if (practice)
    {
      guint which = (life->which_vehicle + number) % life->school->vehicles->len;

      jp_draft_set_integer (draft, JP_TRAINING_SESSION_MILEAGE,
                            session->minutes * (80 + (gint64)jp_city_roll (city, 160)));
      jp_draft_set_ref (draft, JP_TRAINING_SESSION_VEHICLE,
                        jp_record_get_id (life->school->vehicles->pdata[which]));
      jp_draft_set_ref (draft, JP_TRAINING_SESSION_TERMINAL,
                        jp_record_get_id (life->school->terminals->pdata[which]));
    }
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_BACKFILLED, jp_city_chance (city, 4) ? 1 : 0);
  jp_draft_set_text (draft, JP_TRAINING_SESSION_STATE, session->state);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_VALID_MINUTES, session->valid);
  if (session->reason != 0)
    jp_draft_set_code (draft, JP_TRAINING_SESSION_REASON, session->reason);
  if (strcmp (session->state, "pending") != 0)
    jp_draft_set_integer (draft, JP_TRAINING_SESSION_REVIEWED_AT, ended_us + JP_DAY_US);
  return jp_city_put_only (city, &life->school->id, draft, error);
}

static gboolean
put_stage (Life *life, int part, gint64 done_us, GError **error)
{
  JpCity *city = life->city;
  JpId    id =
    jp_city_new_id (city, "stage:%u:%u:%d", life->school->index, life->school->n_trainees, part);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_STAGE_RECORD, &id, done_us);
  gint64   reviewed_us = done_us + 2 * JP_DAY_US;
  gboolean approved = is_past (life, reviewed_us);

  jp_draft_set_ref (draft, JP_STAGE_RECORD_TRAINEE, jp_draft_get_id (life->draft));
  jp_draft_set_ref (draft, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (life->contract));
  jp_draft_set_integer (draft, JP_STAGE_RECORD_PART, part);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_TOTAL_MINUTES, life->valid[part]);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_VALID_MINUTES, life->valid[part]);
  jp_draft_set_code (draft, JP_STAGE_RECORD_STATE,
                     approved ? JP_STAGE_STATE_APPROVED : JP_STAGE_STATE_SUBMITTED);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_SUBMITTED_AT, done_us);
  if (approved)
    {
      jp_draft_set_integer (draft, JP_STAGE_RECORD_REVIEWED_AT, reviewed_us);
      life->approved_us[part] = reviewed_us;
    }
  return jp_city_put_only (city, &life->school->id, draft, error);
}

static gboolean
put_exam (Life *life, int subject, int attempt, gint64 taken_us, gboolean passed, GError **error)
{
  JpCity *city = life->city;
  JpId id = jp_city_new_id (city, "exam:%u:%u:%d:%d", life->school->index, life->school->n_trainees,
                            subject, attempt);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_EXAM_RESULT, &id, taken_us);

  jp_draft_set_ref (draft, JP_EXAM_RESULT_TRAINEE, jp_draft_get_id (life->draft));
  jp_draft_set_integer (draft, JP_EXAM_RESULT_SUBJECT, subject);
  jp_draft_set_date (draft, JP_EXAM_RESULT_TAKEN_ON, jp_date_from_instant (taken_us));
  jp_draft_set_integer (draft, JP_EXAM_RESULT_ATTEMPT, attempt);
  jp_draft_set_text (draft, JP_EXAM_RESULT_OUTCOME, passed ? "passed" : "failed");
  jp_draft_set_integer (draft, JP_EXAM_RESULT_SCORE,
                        passed ? 90 + jp_city_roll (city, 11) : 60 + jp_city_roll (city, 25));
  return jp_city_put_only (city, &life->school->id, draft, error);
}

/* Returns when the subject was passed, 0 if it has not been. */
static gboolean
take_exam (Life *life, int subject, gint64 from_us, gint64 *out_passed_us, GError **error)
{
  *out_passed_us = 0;
  for (int attempt = 1; attempt <= 3; attempt++)
    {
      gint64   taken_us = from_us + (5 + 12 * (attempt - 1)) * JP_DAY_US;
      gboolean passed = attempt == 3 || jp_city_chance (life->city, 78);

      if (!is_past (life, taken_us))
        return TRUE;
      if (!put_exam (life, subject, attempt, taken_us, passed, error))
        return FALSE;
      if (passed)
        {
          life->exams_passed++;
          *out_passed_us = taken_us;
          return TRUE;
        }
    }
  return TRUE;
}

/* Trains one part from a day on; *inout_us becomes the moment the next part can begin, 0 = not yet.
 */
static gboolean
train_part (Life *life, int part, gint64 *inout_us, GError **error)
{
  JpCity *city = life->city;
  gint64  day_us = *inout_us;
  gint64  passed_us = 0;

  while (life->valid[part] < life->required[part])
    {
      Session session = { .part = part };

      day_us += (1 + (gint64)jp_city_roll (city, 6)) * JP_DAY_US;
      session.started_us = day_us - day_us % JP_DAY_US + jp_city_roll (city, 8) * 30 * JP_MINUTE_US;
      session.minutes = MIN (SESSION_MINUTES, life->required[part] - life->valid[part]);
      if (!is_past (life, session.started_us + session.minutes * JP_MINUTE_US))
        {
          *inout_us = 0;
          return TRUE;
        }
      judge (life, &session);
      life->valid[part] += session.valid;
      if (strcmp (session.state, "pending") == 0)
        life->pending += session.minutes;
      if (!put_session (life, &session, error))
        return FALSE;
      if (strcmp (session.state, "pending") == 0)
        {
          *inout_us = 0;
          return TRUE;
        }
    }

  if (!put_stage (life, part, day_us + JP_DAY_US, error) ||
      !take_exam (life, part, day_us + JP_DAY_US, &passed_us, error))
    return FALSE;
  *inout_us = passed_us;
  return TRUE;
}

static gboolean
train (Life *life, GError **error)
{
  gint64 day_us = life->signed_us + (3 + (gint64)jp_city_roll (life->city, 10)) * JP_DAY_US;

  for (int part = 1; part <= N_PARTS && day_us != 0; part++)
    if (!train_part (life, part, &day_us, error))
      return FALSE;

  life->status = life->exams_passed == N_PARTS ? "graduated" : "training";
  return TRUE;
}

/* Leaving before the training begins: 10 % is earned, the rest goes back (the demo policy's rule).
 */
static gboolean
withdraw (Life *life, GError **error)
{
  JpCity *city = life->city;
  gint64  asked_us = life->signed_us + 6 * JP_DAY_US;
  gint64  decided_us = asked_us + 2 * JP_DAY_US;
  gint64  price = jp_record_get_integer (life->contract, JP_CONTRACT_PRICE);
  JpId    id = jp_city_new_id (city, "refund:%u:%u", life->school->index, life->school->n_trainees);
  JpDraft         *draft = NULL;
  g_autofree char *reference = NULL;

  if (!is_past (life, decided_us + JP_DAY_US))
    return train (life, error);

  life->refunded_fen = price - jp_money_share (price, 1000);
  if (!post (life, JP_BANK_REFUND, "withdrawal", life->refunded_fen, decided_us, &reference, error))
    return FALSE;

  jp_city_add_line (life->school, life->contract, life->name,
                    &(JpCityLine){ .kind = "refund",
                                   .stage = "退学退费",
                                   .amount_fen = life->refunded_fen,
                                   .paid_us = decided_us,
                                   .reference = reference });
  draft = jp_city_new_draft (city, JP_KIND_REFUND, &id, asked_us);
  jp_draft_set_ref (draft, JP_REFUND_CONTRACT, jp_record_get_id (life->contract));
  jp_draft_set_ref (draft, JP_REFUND_TRAINEE, jp_draft_get_id (life->draft));
  jp_draft_set_date (draft, JP_REFUND_ASKED_ON, jp_date_from_instant (asked_us));
  jp_draft_set_text (draft, JP_REFUND_FAULT, "trainee");
  jp_draft_set_text (draft, JP_REFUND_REASON, "外出工作，不再学车");
  jp_draft_set_code (draft, JP_REFUND_STATE, JP_REQUEST_STATE_DONE);
  jp_draft_set_integer (draft, JP_REFUND_AMOUNT, life->refunded_fen);
  jp_draft_set_integer (draft, JP_REFUND_DECIDED_AT, decided_us);
  jp_draft_set_text (draft, JP_REFUND_BANK_REFERENCE, reference);
  life->status = "withdrawn";
  return jp_city_put_only (city, &life->school->id, draft, error);
}

static gboolean
put_contract (Life *life, GError **error)
{
  JpDraft    *draft = jp_draft_new_from (life->contract);
  gint64      price = jp_record_get_integer (life->contract, JP_CONTRACT_PRICE);
  const char *status = "paid";

  if (life->refunded_fen > 0)
    status = "withdrawn";
  else if (life->released_fen == price)
    status = "fulfilled";
  jp_draft_set_text (draft, JP_CONTRACT_STATUS, status);
  jp_draft_set_integer (draft, JP_CONTRACT_OFFERED_AT, life->signed_us - 3 * JP_HOUR_US);
  jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT, life->signed_us);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID_AT, life->signed_us + 2 * JP_HOUR_US);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID, price);
  jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, life->released_fen);
  jp_draft_set_integer (draft, JP_CONTRACT_REFUNDED, life->refunded_fen);
  return jp_city_put_only (life->city, &life->school->id, draft, error);
}

static gboolean
put_trainee (Life *life, GError **error)
{
  static const JpFieldId fields[] = { 0, JP_TRAINEE_PART1_MINUTES, JP_TRAINEE_PART2_MINUTES,
                                      JP_TRAINEE_PART3_MINUTES, JP_TRAINEE_PART4_MINUTES };
  JpDraft               *draft = life->draft;
  gint64                 valid = 0;
  gint64                 required = 0;

  for (int part = 1; part <= N_PARTS; part++)
    {
      jp_draft_set_integer (draft, fields[part], life->valid[part]);
      valid += life->valid[part];
      required += life->required[part];
    }
  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, valid);
  jp_draft_set_integer (draft, JP_TRAINEE_PENDING_MINUTES, life->pending);
  jp_draft_set_integer (draft, JP_TRAINEE_REQUIRED_MINUTES, required);
  jp_draft_set_integer (draft, JP_TRAINEE_EXAMS_PASSED, life->exams_passed);
  jp_draft_set_text (draft, JP_TRAINEE_STATUS, life->status);
  return jp_city_put_only (life->city, &life->school->id, g_steal_pointer (&life->draft), error);
}

/* Somebody who has come in the last days: no contract, a draft, one that waits to be signed or
 * paid. */
static gboolean
begin (Life *life, GError **error)
{
  static const char *const states[] = { NULL, "draft", "offered", "offered", "signed" };
  const char              *state = states[jp_city_roll (life->city, G_N_ELEMENTS (states))];
  JpDraft                 *draft = NULL;

  life->status = "enrolled";
  if (state == NULL)
    return TRUE;

  life->contract = jp_city_make_contract (life->city, life->school, life->trainee, life->tier,
                                          life->applied_us, state, error);
  if (life->contract == NULL)
    return FALSE;

  draft = jp_draft_new_from (life->contract);
  if (strcmp (state, "draft") != 0)
    jp_draft_set_integer (draft, JP_CONTRACT_OFFERED_AT, life->applied_us + JP_HOUR_US);
  if (strcmp (state, "signed") == 0)
    jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT, life->applied_us + 3 * JP_HOUR_US);
  return jp_city_put_only (life->city, &life->school->id, draft, error);
}

static gboolean
live (Life *life, GError **error)
{
  life->signed_us = life->applied_us + JP_DAY_US;
  life->contract = jp_city_make_contract (life->city, life->school, life->trainee, life->tier,
                                          life->applied_us, "paid", error);
  if (life->contract == NULL || !pay (life, error))
    return FALSE;

  if (jp_city_chance (life->city, WITHDRAWN_PERCENT) ? !withdraw (life, error)
                                                     : !train (life, error))
    return FALSE;
  return release_all (life, error) && put_contract (life, error);
}

/**
 * jp_city_make_trainee:
 * @self: a city with an open transaction
 * @school: a school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Makes a trainee and everything that has happened to them so far.
 *
 * Returns: whether it worked
 */
gboolean
jp_city_make_trainee (JpCity *self, JpCitySchool *school, GError **error)
{
  gint64 age_days = jp_city_roll (self, MAX_AGE_DAYS);
  g_auto (Life) life = {
    .city = self,
    .school = school,
    .tier = school->tiers->pdata[jp_city_roll (self, school->tiers->len)],
    .coach = school->coaches->pdata[jp_city_roll (self, school->coaches->len)],
    .which_vehicle = jp_city_roll (self, school->vehicles->len),
    .applied_us =
      self->now_us - age_days * JP_DAY_US - (gint64)jp_city_roll (self, 180) * JP_MINUTE_US,
  };

  jp_platform_store_next_group (self->store);
  start_person (&life);
  read_required (&life);
  jp_draft_set_text (life.draft, JP_TRAINEE_STATUS, "enrolled");
  {
    JpDraft *copy = NULL;

    life.trainee = jp_draft_end (g_steal_pointer (&life.draft));
    copy = jp_draft_new_from (life.trainee);
    life.draft = copy;
    life.name = jp_record_get_text (life.trainee, JP_TRAINEE_NAME);
  }

  return (age_days < 3 ? begin (&life, error) : live (&life, error)) && put_trainee (&life, error);
}
