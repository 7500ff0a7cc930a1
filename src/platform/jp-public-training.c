/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

/* Sessions of the terminals, reviews, and exam results. */

#define MAX_SESSIONS     100
#define MAX_PHOTOS       200
#define MAX_NUMBER_BYTES 32
#define MAX_REASON_BYTES 600
#define DEFAULT_ROWS     100
#define MAX_ROWS         500

/* --- sessions --- */

static gboolean
read_photos (JsonObject *object, GArray *photos, GError **error)
{
  JsonArray *array =
    jp_json_has (object, "photos") ? jp_json_get_array (object, "photos", MAX_PHOTOS, error) : NULL;

  if (array == NULL)
    return !jp_json_has (object, "photos");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gint64 at_us = 0;

      if (!jp_json_as_integer (json_array_get_element (array, i), 0, JP_JSON_INTEGER_MAX, &at_us,
                               error))
        return FALSE;
      g_array_append_val (photos, at_us);
    }
  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *name, const char **out_number, GError **error)
{
  if (!jp_json_has (object, name) || jp_json_is_null (object, name))
    return TRUE;
  return jp_json_get_text (object, name, MAX_NUMBER_BYTES, out_number, error);
}

static gboolean
read_method (JsonObject *object, JpMethod *out_method, GError **error)
{
  const char   *name = NULL;
  const JpCode *code = NULL;

  if (!jp_json_get_text (object, "method", MAX_NUMBER_BYTES, &name, error))
    return FALSE;
  code = jp_code_lookup (jp_method_codes, name);
  if (code == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the method is not known");
  *out_method = (JpMethod)code->value;
  return TRUE;
}

static gboolean
read_session (JsonObject *object, GArray *photos, JpBusinessSession *out, GError **error)
{
  const gint64 max = JP_JSON_INTEGER_MAX;

  *out = (JpBusinessSession){ 0 };
  if (!jp_json_get_text (object, "trainee_number", MAX_NUMBER_BYTES, &out->trainee_number, error) ||
      !jp_json_get_text (object, "record_no", MAX_NUMBER_BYTES, &out->record_no, error) ||
      !read_number (object, "coach_number", &out->coach_number, error) ||
      !read_number (object, "vehicle_number", &out->vehicle_number, error) ||
      !read_number (object, "terminal_number", &out->terminal_number, error) ||
      !read_number (object, "course_code", &out->course_code, error) ||
      !read_method (object, &out->method, error) ||
      !jp_json_get_integer (object, "part", 1, JP_POLICY_N_PARTS, &out->part, error) ||
      !jp_json_get_integer (object, "started_at", 0, max, &out->started_us, error) ||
      !jp_json_get_integer (object, "ended_at", 0, max, &out->ended_us, error) ||
      !jp_json_get_integer (object, "minutes", 0, max, &out->minutes, error) ||
      !read_photos (object, photos, error))
    return FALSE;
  if (jp_json_has (object, "mileage") &&
      !jp_json_get_integer (object, "mileage", 0, max, &out->mileage_m, error))
    return FALSE;
  if (jp_json_has (object, "backfilled") &&
      !jp_json_get_boolean (object, "backfilled", &out->backfilled, error))
    return FALSE;
  out->photos_us = (const gint64 *)(gpointer)photos->data;
  out->n_photos = photos->len;
  return TRUE;
}

static gboolean
add_one (JpPublicCall *call, JsonObject *object, JpRecord **out_session, GError **error)
{
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (gint64));
  JpBusinessSession session;

  return read_session (object, photos, &session, error) &&
         jp_business_add_session (call->business, &session, out_session, error);
}

/* A refusal is this session's, anything else the request's. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == JP_PLATFORM_ERROR || error->domain == JP_BASE_ERROR;
}

static void
add_result (JpPublicCall *call, JsonObject *object, JpRecord *session, const GError *refusal)
{
  g_autoptr (GError) ignored = NULL;
  const char *record_no = NULL;

  json_builder_begin_object (call->out);
  /* ignored: a session without a number is refused with that reason */
  jp_json_get_text (object, "record_no", MAX_NUMBER_BYTES, &record_no, &ignored);
  jp_public_add_text (call, "record_no", record_no);
  jp_public_add_boolean (call, "accepted", session != NULL);
  if (session != NULL)
    {
      jp_public_add_id (call, "id", jp_record_get_id (session));
      jp_public_add_field (call, session, JP_TRAINING_SESSION_STATE);
    }
  else
    jp_public_add_text (call, "detail", refusal->message);
  json_builder_end_object (call->out);
}

/**
 * jp_public_add_sessions: (skip)
 * @call: "sessions"
 * @error: return location
 *
 * Takes sessions in, each for itself: one that is refused does not keep out the others.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_add_sessions (JpPublicCall *call, GError **error)
{
  JsonArray *sessions = jp_json_get_array (call->in, "sessions", MAX_SESSIONS, error);

  if (sessions == NULL)
    return FALSE;
  json_builder_set_member_name (call->out, "results");
  json_builder_begin_array (call->out);
  for (guint i = 0; i < json_array_get_length (sessions); i++)
    {
      g_autoptr (GError) refusal = NULL;
      g_autoptr (JpRecord) session = NULL;
      JsonObject *object = jp_json_element_object (sessions, i, error);

      if (object == NULL || !jp_platform_store_mark (call->self->store, error))
        return FALSE;

      gboolean accepted = add_one (call, object, &session, &refusal);

      if (!accepted && !is_refusal (refusal))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      if (!jp_platform_store_unmark (call->self->store, accepted, error))
        return FALSE;
      add_result (call, object, session, refusal);
    }
  json_builder_end_array (call->out);
  return TRUE;
}

/* --- reviews --- */

/* Lists by school and contract, so that one trainee's can be told apart. */
#define OF_WHOM                                                                                    \
  " AND (:school IS NULL OR x.school = :school) AND (:contract IS NULL OR c.id = :contract)"

static gboolean
bind_whom (JpPublicCall *call, JpStatement *statement, GError **error)
{
  const char *school = jp_http_request_get_query (call->request, "school");
  const char *number = jp_http_request_get_query (call->request, "contract_no");
  gint64      limit = DEFAULT_ROWS;
  JpId        owner = JP_ID_NONE;
  JpId        contract = JP_ID_NONE;

  if (!jp_http_request_get_query_integer (call->request, "limit", 1, MAX_ROWS, &limit, error))
    return FALSE;
  if (school != NULL && !jp_public_find_school (call, school, &owner, error))
    return FALSE;
  if (number != NULL && !jp_public_find_contract (call, number, school, &contract, error))
    return FALSE;
  jp_statement_bind_id (statement, ":school", &owner);
  jp_statement_bind_id (statement, ":contract", &contract);
  jp_statement_bind_integer (statement, ":limit", limit);
  return TRUE;
}

static void
add_session_row (JpPublicCall *call, JpStatement *row)
{
  JpId id;

  jp_statement_get_id (row, 0, &id);
  json_builder_begin_object (call->out);
  jp_public_add_id (call, "id", &id);
  jp_public_add_text (call, "record_no", jp_statement_get_text (row, 1));
  jp_public_add_integer (call, "part", jp_statement_get_integer (row, 2));
  jp_public_add_text (call, "method", jp_statement_get_text (row, 3));
  jp_public_add_integer (call, "started_at", jp_statement_get_integer (row, 4));
  jp_public_add_integer (call, "minutes", jp_statement_get_integer (row, 5));
  jp_public_add_integer (call, "proposed_minutes", jp_statement_get_integer (row, 6));
  jp_public_add_text (call, "proposed_reason", jp_statement_get_text (row, 7));
  jp_public_add_text (call, "findings", jp_statement_get_text (row, 8));
  json_builder_end_object (call->out);
}

/**
 * jp_public_list_sessions: (skip)
 * @call: "school", "contract_no", "limit"
 * @error: return location
 *
 * Lists sessions that wait for their review, oldest first, with what the rules propose. A session
 * that came in without a report counts in full.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_sessions (JpPublicCall *call, GError **error)
{
  g_autoptr (JpStatement) read = jp_db_prepare (
    jp_platform_store_get_db (call->self->store),
    "SELECT x.id, x.record_no, x.part, x.method, x.started_at, x.duration,"
    " ifnull (r.minutes, x.duration), ifnull (r.reason, 'none'), ifnull (r.findings, '{}')"
    " FROM training_session x LEFT JOIN session_report r ON r.session = x.id"
    " JOIN contract c ON c.trainee = x.trainee AND c.status = 'paid' AND c.deleted = 0"
    " WHERE x.state = 'pending' AND x.deleted = 0" OF_WHOM " ORDER BY x.started_at LIMIT :limit",
    error);
  gboolean row = FALSE;

  if (read == NULL || !bind_whom (call, read, error))
    return FALSE;
  json_builder_set_member_name (call->out, "sessions");
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      add_session_row (call, read);
    }
  return FALSE;
}

/**
 * jp_public_review_session: (skip)
 * @call: "id", "valid_minutes", "reason"
 * @error: return location
 *
 * Returns: whether it is judged
 */
gboolean
jp_public_review_session (JpPublicCall *call, GError **error)
{
  JpId          id;
  gint64        minutes = 0;
  const char   *name = NULL;
  const JpCode *reason = NULL;
  g_autoptr (JpRecord) session = NULL;

  if (!jp_public_read_id (call, "id", &id, error) ||
      !jp_json_get_integer (call->in, "valid_minutes", 0, JP_JSON_INTEGER_MAX, &minutes, error) ||
      !jp_json_get_text (call->in, "reason", MAX_NUMBER_BYTES, &name, error))
    return FALSE;
  reason = jp_code_lookup (jp_session_reason_codes, name);
  if (reason == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the reason is not known");
  if (!jp_business_review_session (call->business, &id, minutes, (JpSessionReason)reason->value,
                                   &session, error))
    return FALSE;
  jp_public_add_id (call, "id", &id);
  jp_public_add_field (call, session, JP_TRAINING_SESSION_STATE);
  jp_public_add_field (call, session, JP_TRAINING_SESSION_VALID_MINUTES);
  jp_public_add_field (call, session, JP_TRAINING_SESSION_REASON);
  return TRUE;
}

static void
add_stage_row (JpPublicCall *call, JpStatement *row)
{
  JpId id;

  jp_statement_get_id (row, 0, &id);
  json_builder_begin_object (call->out);
  jp_public_add_id (call, "id", &id);
  jp_public_add_text (call, "contract_no", jp_statement_get_text (row, 1));
  jp_public_add_integer (call, "part", jp_statement_get_integer (row, 2));
  jp_public_add_integer (call, "total_minutes", jp_statement_get_integer (row, 3));
  jp_public_add_integer (call, "valid_minutes", jp_statement_get_integer (row, 4));
  jp_public_add_integer (call, "submitted_at", jp_statement_get_integer (row, 5));
  json_builder_end_object (call->out);
}

/**
 * jp_public_list_stages: (skip)
 * @call: "school", "contract_no", "limit"
 * @error: return location
 *
 * Lists parts that wait for their review, oldest first.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_stages (JpPublicCall *call, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT x.id, c.number, x.part, x.total_minutes, x.valid_minutes, x.submitted_at"
                   " FROM stage_record x JOIN contract c ON c.id = x.contract"
                   " WHERE x.state = 'submitted' AND x.deleted = 0" OF_WHOM
                   " ORDER BY x.submitted_at LIMIT :limit",
                   error);
  gboolean row = FALSE;

  if (read == NULL || !bind_whom (call, read, error))
    return FALSE;
  json_builder_set_member_name (call->out, "stages");
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      add_stage_row (call, read);
    }
  return FALSE;
}

/**
 * jp_public_review_stage: (skip)
 * @call: "id", "approve", "reason"
 * @error: return location
 *
 * Returns: whether it is decided
 */
gboolean
jp_public_review_stage (JpPublicCall *call, GError **error)
{
  JpId        id;
  gboolean    approve = FALSE;
  const char *reason = NULL;
  g_autoptr (JpRecord) stage = NULL;

  if (!jp_public_read_id (call, "id", &id, error) ||
      !jp_json_get_boolean (call->in, "approve", &approve, error) ||
      !jp_public_read_optional (call, "reason", MAX_REASON_BYTES, &reason, error) ||
      !jp_business_review_stage (call->business, &id, approve, reason, &stage, error))
    return FALSE;
  jp_public_add_id (call, "id", &id);
  jp_public_add_field (call, stage, JP_STAGE_RECORD_PART);
  jp_public_add_field (call, stage, JP_STAGE_RECORD_STATE);
  return TRUE;
}

/* --- exams --- */

/**
 * jp_public_add_exam: (skip)
 * @call: "trainee_number", "subject", "taken_on", "outcome", "score"
 * @error: return location
 *
 * Returns: whether it is taken in
 */
gboolean
jp_public_add_exam (JpPublicCall *call, GError **error)
{
  JpBusinessExam exam = { .score = -1 };
  g_autoptr (JpRecord) result = NULL;

  exam.taken_on = jp_platform_store_get_today (call->self->store);
  if (!jp_json_get_text (call->in, "trainee_number", MAX_NUMBER_BYTES, &exam.trainee_number,
                         error) ||
      !jp_json_get_integer (call->in, "subject", 1, JP_POLICY_N_PARTS, &exam.subject, error) ||
      !jp_public_read_date (call, "taken_on", &exam.taken_on, error) ||
      !jp_json_get_text (call->in, "outcome", MAX_NUMBER_BYTES, &exam.outcome, error))
    return FALSE;
  if (jp_json_has (call->in, "score") &&
      !jp_json_get_integer (call->in, "score", 0, 100, &exam.score, error))
    return FALSE;
  if (!jp_business_add_exam (call->business, &exam, &result, error))
    return FALSE;
  jp_public_add_field (call, result, JP_EXAM_RESULT_SUBJECT);
  jp_public_add_field (call, result, JP_EXAM_RESULT_ATTEMPT);
  jp_public_add_field (call, result, JP_EXAM_RESULT_OUTCOME);
  return TRUE;
}
