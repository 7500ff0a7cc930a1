/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-judge.h"
#include "jp-business-private.h"

#include "jp-json.h"
#include "jp-licence.h"

/* Sessions come in from the terminals: what cannot be one is refused, what looks wrong is taken in
 * with a report, and all of it waits for the reviewer. */

#define RECORD_NO_DIGITS   5
#define COURSE_CODE_DIGITS 10
#define CLOCK_TOLERANCE_US (5 * JP_MINUTE_US)
#define DURATION_SLACK     1
#define MAX_PHOTOS         200

typedef struct
{
  JpBusiness              *self;
  const JpBusinessSession *in;
  JpId                     school;
  JpRecord                *trainee;  /* (owned) */
  JpRecord                *contract; /* (owned) */
  JpRecord                *coach;    /* (owned) (nullable) */
  JpRecord                *vehicle;  /* (owned) (nullable) */
  JpRecord                *terminal; /* (owned) (nullable) */
} Arrival;

static void
arrival_clear (Arrival *arrival)
{
  g_clear_pointer (&arrival->trainee, jp_record_unref);
  g_clear_pointer (&arrival->contract, jp_record_unref);
  g_clear_pointer (&arrival->coach, jp_record_unref);
  g_clear_pointer (&arrival->vehicle, jp_record_unref);
  g_clear_pointer (&arrival->terminal, jp_record_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arrival, arrival_clear)

static gboolean
invalid (GError **error, const char *what)
{
  return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "%s", what);
}

/* What is wrong whoever sent it. */
static gboolean
check_form (JpBusiness *self, const JpBusinessSession *in, GError **error)
{
  gint64   now_us = jp_clock_now_us (jp_platform_store_get_clock (self->store));
  gint64   span = (in->ended_us - in->started_us) / JP_MINUTE_US;
  gboolean is_theory = in->method == JP_METHOD_CLASSROOM || in->method == JP_METHOD_REMOTE;

  if (!jp_text_is_digits (in->record_no, RECORD_NO_DIGITS))
    return invalid (error, "a record number has five digits");
  if (in->part < 1 || in->part > JP_POLICY_N_PARTS)
    return invalid (error, "the part is 1 to 4");
  if (jp_code_get (jp_method_codes, (int)in->method) == NULL)
    return invalid (error, "the method is not known");
  if (is_theory != (in->part == 1 || in->part == 4))
    return invalid (error, "the method does not fit the part");
  if (in->course_code != NULL && !jp_text_is_digits (in->course_code, COURSE_CODE_DIGITS))
    return invalid (error, "a course code has ten digits");
  if (in->ended_us <= in->started_us || span > JP_BUSINESS_JUDGE_MAX_MINUTES)
    return invalid (error, "the session does not end after its start, on the same day");
  if (in->minutes < 1 || ABS (span - in->minutes) > DURATION_SLACK)
    return invalid (error, "the minutes are not those between start and end");
  if (in->mileage_m < 0 || in->mileage_m > jp_field_get (JP_TRAINING_SESSION_MILEAGE)->max)
    return invalid (error, "the mileage is out of range");
  if (in->n_photos > MAX_PHOTOS)
    return invalid (error, "there are too many photos");
  if (jp_date_get_year (jp_date_from_instant (in->started_us)) !=
      jp_date_get_year (jp_date_from_instant (in->ended_us)))
    return invalid (error, "a session cannot lie in two years");
  if (in->ended_us > now_us + CLOCK_TOLERANCE_US)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the session has not ended yet");
  return TRUE;
}

static gboolean
find_contract (Arrival *arrival, GError **error)
{
  g_autoptr (GPtrArray) contracts = jp_business_list (arrival->self, JP_CONTRACT_TRAINEE,
                                                      jp_record_get_id (arrival->trainee), error);

  for (guint i = 0; contracts != NULL && i < contracts->len; i++)
    if (jp_record_get_code (contracts->pdata[i], JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_PAID)
      {
        arrival->contract = jp_record_ref (contracts->pdata[i]);
        break;
      }
  if (contracts == NULL)
    return FALSE;
  if (arrival->contract == NULL ||
      arrival->in->started_us < jp_record_get_integer (arrival->contract, JP_CONTRACT_PAID_AT))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the trainee's fee was not in custody then");
  return TRUE;
}

/* Of the trainee's school, as every terminal demands. */
static gboolean
find_means (Arrival    *arrival,
            JpFieldId   field,
            const char *number,
            JpRecord  **out_record,
            GError    **error)
{
  JpId school;

  if (number == NULL)
    return TRUE;
  *out_record = jp_business_get_by_number (arrival->self, field, number, &school, error);
  if (*out_record == NULL)
    return FALSE;
  return jp_id_equal (&school, &arrival->school) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the %s is of another school",
                             jp_kind_get_info (JP_FIELD_KIND (field))->name);
}

static gboolean
find_all (Arrival *arrival, GError **error)
{
  const JpBusinessSession *in = arrival->in;

  arrival->trainee = jp_business_get_by_number (arrival->self, JP_TRAINEE_NUMBER,
                                                in->trainee_number, &arrival->school, error);
  if (arrival->trainee == NULL)
    return FALSE;
  if (in->method != JP_METHOD_REMOTE && in->coach_number == NULL)
    return invalid (error, "a session needs a coach");
  if (in->method == JP_METHOD_PRACTICE && in->vehicle_number == NULL)
    return invalid (error, "practice needs a vehicle");
  if (in->method != JP_METHOD_REMOTE && in->terminal_number == NULL)
    return invalid (error, "a session needs a terminal");
  return find_means (arrival, JP_COACH_NUMBER, in->coach_number, &arrival->coach, error) &&
         find_means (arrival, JP_VEHICLE_NUMBER, in->vehicle_number, &arrival->vehicle, error) &&
         find_means (arrival, JP_TERMINAL_NUMBER, in->terminal_number, &arrival->terminal, error);
}

static gboolean
covers (const char *permitted, const char *wanted)
{
  const JpLicence *licence = permitted != NULL ? jp_licence_lookup (permitted) : NULL;

  if (g_strcmp0 (permitted, wanted) == 0)
    return TRUE;
  return licence != NULL && licence->covers != NULL && g_strv_contains (licence->covers, wanted);
}

static gboolean
has_lapsed (JpRecord *record, JpFieldId until, JpDate on)
{
  return jp_record_has (record, until) && jp_record_get_date (record, until) < on;
}

static gboolean
does_coach_fit (Arrival *arrival, JpDate on)
{
  if (arrival->coach == NULL)
    return TRUE;
  return g_strcmp0 (jp_record_get_text (arrival->coach, JP_COACH_EMPLOY_STATUS), "employed") == 0 &&
         !has_lapsed (arrival->coach, JP_COACH_PERMIT_UNTIL, on) &&
         covers (jp_record_get_text (arrival->coach, JP_COACH_TEACHES),
                 jp_record_get_text (arrival->contract, JP_CONTRACT_LICENCE_TYPE));
}

/* The terminal sat in this vehicle all the time. */
static gboolean
is_seated (Arrival *arrival, gboolean *out_seated, GError **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (arrival->self->store),
                   "SELECT 1 FROM terminal_assignment WHERE terminal = :terminal"
                   " AND vehicle = :vehicle AND started_at <= :from"
                   " AND (ended_at IS NULL OR ended_at >= :until)"
                   " AND deleted = 0 AND parked = 0 LIMIT 1",
                   error);

  if (find == NULL)
    return FALSE;
  jp_statement_bind_id (find, ":terminal", jp_record_get_id (arrival->terminal));
  jp_statement_bind_id (find, ":vehicle", jp_record_get_id (arrival->vehicle));
  jp_statement_bind_integer (find, ":from", arrival->in->started_us);
  jp_statement_bind_integer (find, ":until", arrival->in->ended_us);
  return jp_statement_step (find, out_seated, error);
}

static gboolean
does_vehicle_fit (Arrival *arrival, JpDate on, gboolean *out_fits, GError **error)
{
  JpRecord *vehicle = arrival->vehicle;

  *out_fits = TRUE;
  if (arrival->in->method != JP_METHOD_PRACTICE)
    return TRUE;
  if (!is_seated (arrival, out_fits, error))
    return FALSE;
  *out_fits = *out_fits &&
              g_strcmp0 (jp_record_get_text (vehicle, JP_VEHICLE_STATUS), "in-use") == 0 &&
              !has_lapsed (vehicle, JP_VEHICLE_INSPECTED_UNTIL, on) &&
              g_strcmp0 (jp_record_get_text (vehicle, JP_VEHICLE_LICENCE_TYPE),
                         jp_record_get_text (arrival->contract, JP_CONTRACT_LICENCE_TYPE)) == 0;
  return TRUE;
}

static gboolean
add_spans (Arrival *arrival, const char *sql, JpRecord *of, GArray *spans, GError **error)
{
  gboolean row = FALSE;

  if (of == NULL)
    return TRUE;

  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (arrival->self->store), sql, error);

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":id", jp_record_get_id (of));
  /* No session is longer than a day. */
  jp_statement_bind_integer (read, ":after", arrival->in->started_us - JP_DAY_US);
  jp_statement_bind_integer (read, ":from", arrival->in->started_us);
  jp_statement_bind_integer (read, ":until", arrival->in->ended_us);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        return TRUE;

      const JpBusinessJudgeSpan span = { jp_statement_get_integer (read, 0),
                                         jp_statement_get_integer (read, 1) };

      g_array_append_val (spans, span);
    }
  return FALSE;
}

#define OTHERS                                                                                     \
  " AND started_at > :after AND started_at < :until AND ended_at > :from AND deleted = 0"          \
  " AND state <> 'void'"

/* In a car, coach and vehicle are with one trainee; in a classroom a coach is with many. */
static gboolean
find_spans (Arrival *arrival, GArray *spans, GError **error)
{
  gboolean is_practice = arrival->in->method == JP_METHOD_PRACTICE;

  return add_spans (arrival,
                    "SELECT started_at, ended_at FROM training_session WHERE trainee = :id" OTHERS,
                    arrival->trainee, spans, error) &&
         (!is_practice ||
          (add_spans (arrival,
                      "SELECT started_at, ended_at FROM training_session WHERE coach = :id"
                      " AND method = 'practice'" OTHERS,
                      arrival->coach, spans, error) &&
           add_spans (arrival,
                      "SELECT started_at, ended_at FROM training_session WHERE vehicle = "
                      ":id" OTHERS,
                      arrival->vehicle, spans, error)));
}

/* Minutes of the same kind on the same day: those that count, and all that wait. */
static gboolean
read_day (Arrival *arrival, gint64 *out_minutes, GError **error)
{
  gboolean is_theory = arrival->in->method == JP_METHOD_CLASSROOM;
  gint64   day_us = jp_date_to_instant (jp_date_from_instant (arrival->in->started_us), 0, 0);
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (arrival->self->store),
                   "SELECT ifnull (sum (CASE state WHEN 'pending' THEN duration"
                   " ELSE valid_minutes END), 0) FROM training_session WHERE trainee = :trainee"
                   " AND started_at >= :day AND started_at < :next AND deleted = 0"
                   " AND method <> 'remote' AND (method = 'classroom') = :theory",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", jp_record_get_id (arrival->trainee));
  jp_statement_bind_integer (read, ":day", day_us);
  jp_statement_bind_integer (read, ":next", day_us + JP_DAY_US);
  jp_statement_bind_integer (read, ":theory", is_theory);
  if (!jp_statement_step (read, &row, error))
    return FALSE;
  *out_minutes = jp_statement_get_integer (read, 0);
  return TRUE;
}

static gboolean
judge (Arrival *arrival, JpBusinessJudgement *out, GError **error)
{
  const JpBusinessSession *in = arrival->in;
  JpDate                   on = jp_date_from_instant (in->started_us);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JpBusinessJudgeSpan));
  JpBusinessJudgeFacts facts = {
    .method = in->method,
    .started_us = in->started_us,
    .minutes = in->minutes,
    .mileage_m = in->mileage_m,
    .photos_us = in->photos_us,
    .n_photos = in->n_photos,
    .coach_fits = does_coach_fit (arrival, on),
    .spans = spans,
  };

  facts.curriculum = jp_business_find_curriculum (arrival->self, arrival->contract, error);
  if (facts.curriculum == NULL || !does_vehicle_fit (arrival, on, &facts.vehicle_fits, error) ||
      !find_spans (arrival, spans, error) || !read_day (arrival, &facts.day_minutes, error))
    return FALSE;
  jp_business_judge (&facts, out);
  return TRUE;
}

/* --- writing --- */

static char *
make_course_code (Arrival *arrival)
{
  static const char *const items[] = { NULL, "01", "12", "36", "41" };
  const JpLicence         *licence =
    jp_licence_lookup (jp_record_get_text (arrival->contract, JP_CONTRACT_LICENCE_TYPE));
  const char *vehicle = licence != NULL ? licence->course_code : NULL;

  return g_strdup_printf ("%d%s%d%s0000", (int)arrival->in->method,
                          vehicle != NULL ? vehicle : "00", (int)arrival->in->part,
                          items[arrival->in->part]);
}

static JpDraft *
make_draft (Arrival *arrival)
{
  const JpBusinessSession *in = arrival->in;
  JpId             id = jp_id_source_next (jp_platform_store_get_ids (arrival->self->store));
  JpDraft         *draft = jp_draft_new (JP_KIND_TRAINING_SESSION, &id);
  g_autofree char *course =
    in->course_code != NULL ? g_strdup (in->course_code) : make_course_code (arrival);

  jp_draft_set_ref (draft, JP_TRAINING_SESSION_TRAINEE, jp_record_get_id (arrival->trainee));
  jp_draft_set_text (draft, JP_TRAINING_SESSION_RECORD_NO, in->record_no);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_PART, in->part);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_METHOD, (int)in->method);
  jp_draft_set_text (draft, JP_TRAINING_SESSION_COURSE_CODE, course);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_STARTED_AT, in->started_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_ENDED_AT, in->ended_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_DURATION, in->minutes);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_MILEAGE, in->mileage_m);
  if (arrival->coach != NULL)
    jp_draft_set_ref (draft, JP_TRAINING_SESSION_COACH, jp_record_get_id (arrival->coach));
  if (arrival->vehicle != NULL)
    jp_draft_set_ref (draft, JP_TRAINING_SESSION_VEHICLE, jp_record_get_id (arrival->vehicle));
  if (arrival->terminal != NULL)
    jp_draft_set_ref (draft, JP_TRAINING_SESSION_TERMINAL, jp_record_get_id (arrival->terminal));
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_BACKFILLED, in->backfilled);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_STATE, JP_SESSION_STATE_PENDING);
  return draft;
}

static char *
findings_to_text (const JpBusinessJudgement *judgement)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  for (int i = JP_SESSION_REASON_NONE + 1; i <= JP_SESSION_LAST_REASON; i++)
    if (judgement->lost_minutes[i] > 0)
      {
        json_builder_set_member_name (builder, jp_code_get (jp_session_reason_codes, i)->name);
        json_builder_add_int_value (builder, judgement->lost_minutes[i]);
      }
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_json_to_text (node);
}

static gboolean
write_report (JpBusiness                *self,
              const JpId                *session,
              const JpBusinessJudgement *judgement,
              GError                   **error)
{
  g_autofree char *findings = findings_to_text (judgement);
  g_autoptr (JpStatement) add =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "INSERT INTO session_report (session, minutes, reason, findings)"
                   " VALUES (:session, :minutes, :reason, :findings)",
                   error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_id (add, ":session", session);
  jp_statement_bind_integer (add, ":minutes", judgement->valid_minutes);
  jp_statement_bind_text (add, ":reason",
                          jp_code_get (jp_session_reason_codes, (int)judgement->reason)->name);
  jp_statement_bind_text (add, ":findings", findings);
  return jp_statement_run (add, error);
}

/* The session with this record number, if it came before; the same number cannot be another one. */
static gboolean
find_present (Arrival *arrival, JpRecord **out_session, GError **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (arrival->self->store),
                   "SELECT id FROM training_session WHERE trainee = :trainee"
                   " AND record_no = :record_no AND deleted = 0",
                   error);
  gboolean row = FALSE;
  JpId     id;

  *out_session = NULL;
  if (find == NULL)
    return FALSE;
  jp_statement_bind_id (find, ":trainee", jp_record_get_id (arrival->trainee));
  jp_statement_bind_text (find, ":record_no", arrival->in->record_no);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (!row || !jp_statement_get_id (find, 0, &id))
    return TRUE;

  g_autoptr (JpRecord) present =
    jp_business_get (arrival->self, JP_KIND_TRAINING_SESSION, &id, NULL, error);

  if (present == NULL)
    return FALSE;
  if (jp_record_get_integer (present, JP_TRAINING_SESSION_STARTED_AT) != arrival->in->started_us ||
      jp_record_get_integer (present, JP_TRAINING_SESSION_ENDED_AT) != arrival->in->ended_us ||
      jp_record_get_integer (present, JP_TRAINING_SESSION_PART) != arrival->in->part)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "another session has this record number");
  *out_session = g_steal_pointer (&present);
  return TRUE;
}

/**
 * jp_business_add_session:
 * @self: a business with an open transaction
 * @session: what a terminal sends
 * @out_session: (out) (optional) (transfer full): the session, which waits for its review
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Takes a session in. What the rules find wrong with it is kept for the reviewer.
 *
 * Returns: %TRUE, also when it came before; %FALSE with `JP_PLATFORM_ERROR_INVALID` if it cannot be
 *   a session, `JP_PLATFORM_ERROR_NOT_FOUND` if a number is not known, or
 *   `JP_PLATFORM_ERROR_CONFLICT` if the trainee may not train, a means is of another school, or the
 *   record number is taken
 */
gboolean
jp_business_add_session (JpBusiness              *self,
                         const JpBusinessSession *session,
                         JpRecord               **out_session,
                         GError                 **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (session != NULL, FALSE);
  g_return_val_if_fail (session->trainee_number != NULL, FALSE);
  g_return_val_if_fail (session->record_no != NULL, FALSE);

  g_auto (Arrival) arrival = { .self = self, .in = session };
  JpBusinessJudgement judgement = { 0 };
  g_autoptr (JpRecord) record = NULL;

  if (!check_form (self, session, error) || !find_all (&arrival, error) ||
      !find_present (&arrival, &record, error))
    return FALSE;
  if (record == NULL)
    {
      if (!find_contract (&arrival, error) || !judge (&arrival, &judgement, error) ||
          !jp_business_put (self, &arrival.school, make_draft (&arrival), &record, error) ||
          !write_report (self, jp_record_get_id (record), &judgement, error) ||
          !jp_business_count_trainee (self, &arrival.school, jp_record_get_id (arrival.trainee),
                                      error))
        return FALSE;
    }

  if (out_session != NULL)
    *out_session = g_steal_pointer (&record);
  return TRUE;
}
