/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

/* Enrolments, evaluations and complaints. */

#define TOKEN_VALID_US    (90 * JP_DAY_US)
#define MAX_NAME_BYTES    256
#define MAX_NUMBER_BYTES  32
#define MAX_KEY_BYTES     256
#define MAX_TEXT_BYTES    2000
#define MAX_CONTENT_BYTES 8000

static gboolean
read_enrolment (JpPublicCall *call, JpBusinessEnrolment *out, const char **out_key, GError **error)
{
  const char *school = NULL;

  *out = (JpBusinessEnrolment){ 0 };
  if (!jp_json_get_text (call->in, "school", MAX_NAME_BYTES, &school, error) ||
      !jp_public_find_school (call, school, &out->school, error) ||
      !jp_json_get_text (call->in, "name", MAX_NAME_BYTES, &out->name, error) ||
      !jp_json_get_text (call->in, "id_number", MAX_NUMBER_BYTES, &out->id_number, error) ||
      !jp_json_get_text (call->in, "phone", MAX_NUMBER_BYTES, &out->phone, error) ||
      !jp_json_get_text (call->in, "licence_type", MAX_NUMBER_BYTES, &out->licence_type, error) ||
      !jp_json_get_text (call->in, "key", MAX_KEY_BYTES, out_key, error))
    return FALSE;
  return !jp_json_has (call->in, "class_tier") || jp_json_is_null (call->in, "class_tier") ||
         jp_public_read_id (call, "class_tier", &out->tier, error);
}

/**
 * jp_public_enrol: (skip)
 * @call: "school", "name", "id_number", "phone", "licence_type", "class_tier", "key"
 * @error: return location
 *
 * Takes an enrolment in and gives its maker a token to ask about it. Everybody may; those who fail
 * too often have to wait.
 *
 * Returns: whether it is taken in
 */
gboolean
jp_public_enrol (JpPublicCall *call, GError **error)
{
  const char         *remote = jp_http_request_get_remote (call->request);
  const char         *key = NULL;
  JpBusinessEnrolment enrolment;
  JpPublicCaller      owner = { .role = JP_PUBLIC_APPLICANT };
  g_autoptr (JpRecord) record = NULL;
  g_autofree char *token = NULL;

  if (!jp_platform_limiter_check (call->self->limiter, remote, error))
    return FALSE;
  if (!read_enrolment (call, &enrolment, &key, error) ||
      !jp_business_enrol (call->business, &enrolment, key, &record, error))
    {
      jp_platform_limiter_count (call->self->limiter, remote);
      return FALSE;
    }
  owner.school = enrolment.school;
  owner.subject = *jp_record_get_id (record);
  if (!jp_public_token_make (call->self->store, &owner, TOKEN_VALID_US, &token, error))
    return FALSE;
  jp_public_add_id (call, "id", &owner.subject);
  jp_public_add_field (call, record, JP_ENROLMENT_STATUS);
  jp_public_add_text (call, "token", token);
  return TRUE;
}

/**
 * jp_public_show_enrolment: (skip)
 * @call: nothing
 * @error: return location
 *
 * Tells applicants what the school said, and the number of the contract it has offered.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_show_enrolment (JpPublicCall *call, GError **error)
{
  g_autoptr (JpRecord) enrolment =
    jp_business_get (call->business, JP_KIND_ENROLMENT, &call->caller.subject, NULL, error);
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT number FROM contract WHERE trainee = :trainee AND deleted = 0"
                   " AND parked = 0 AND status NOT IN ('draft', 'cancelled')"
                   " ORDER BY rid DESC LIMIT 1",
                   error);
  gboolean row = FALSE;

  if (enrolment == NULL || find == NULL)
    return FALSE;
  if (jp_record_has (enrolment, JP_ENROLMENT_TRAINEE))
    {
      jp_statement_bind_id (find, ":trainee", jp_record_get_ref (enrolment, JP_ENROLMENT_TRAINEE));
      if (!jp_statement_step (find, &row, error))
        return FALSE;
    }
  jp_public_add_field (call, enrolment, JP_ENROLMENT_STATUS);
  jp_public_add_field (call, enrolment, JP_ENROLMENT_REASON);
  jp_public_add_text (call, "contract_no", row ? jp_statement_get_text (find, 0) : NULL);
  return TRUE;
}

static gboolean
read_stars (JpPublicCall *call, const char *name, gint64 max, gint64 *out_stars, GError **error)
{
  return !jp_json_has (call->in, name) ||
         jp_json_get_integer (call->in, name, 1, max, out_stars, error);
}

/**
 * jp_public_evaluate: (skip)
 * @call: "key", "stars", "coach_number", "part", "manner", "teaching", "text"
 * @error: return location
 *
 * Returns: whether it is taken in
 */
gboolean
jp_public_evaluate (JpPublicCall *call, GError **error)
{
  const char          *key = NULL;
  JpBusinessEvaluation evaluation = { 0 };
  g_autoptr (JpRecord) record = NULL;

  if (!jp_json_get_text (call->in, "key", MAX_KEY_BYTES, &key, error) ||
      !jp_json_get_integer (call->in, "stars", 1, 5, &evaluation.stars, error) ||
      !jp_public_read_optional (call, "coach_number", MAX_NUMBER_BYTES, &evaluation.coach_number,
                                error) ||
      !read_stars (call, "part", JP_POLICY_N_PARTS, &evaluation.part, error) ||
      !read_stars (call, "manner", 5, &evaluation.manner, error) ||
      !read_stars (call, "teaching", 5, &evaluation.teaching, error) ||
      !jp_public_read_optional (call, "text", MAX_TEXT_BYTES, &evaluation.text, error) ||
      !jp_business_evaluate (call->business, &call->caller.subject, &evaluation, key, &record,
                             error))
    return FALSE;
  jp_public_add_id (call, "id", jp_record_get_id (record));
  jp_public_add_field (call, record, JP_EVALUATION_STARS);
  return TRUE;
}

/**
 * jp_public_complain: (skip)
 * @call: "key", "type", "content"
 * @error: return location
 *
 * Returns: whether it is taken in
 */
gboolean
jp_public_complain (JpPublicCall *call, GError **error)
{
  const char *key = NULL;
  const char *type = NULL;
  const char *content = NULL;
  g_autoptr (JpRecord) record = NULL;

  if (!jp_json_get_text (call->in, "key", MAX_KEY_BYTES, &key, error) ||
      !jp_json_get_text (call->in, "type", MAX_NUMBER_BYTES, &type, error) ||
      !jp_json_get_text (call->in, "content", MAX_CONTENT_BYTES, &content, error) ||
      !jp_business_complain (call->business, &call->caller.subject, type, content, key, &record,
                             error))
    return FALSE;
  jp_public_add_id (call, "id", jp_record_get_id (record));
  jp_public_add_field (call, record, JP_COMPLAINT_STATE);
  jp_public_add_field (call, record, JP_COMPLAINT_DUE_ON);
  return TRUE;
}

/**
 * jp_public_conclude: (skip)
 * @call: "id", "opinion"
 * @error: return location
 *
 * Returns: whether the complaint is concluded
 */
gboolean
jp_public_conclude (JpPublicCall *call, GError **error)
{
  JpId        id;
  const char *opinion = NULL;
  g_autoptr (JpRecord) record = NULL;

  if (!jp_public_read_id (call, "id", &id, error) ||
      !jp_json_get_text (call->in, "opinion", MAX_CONTENT_BYTES, &opinion, error) ||
      !jp_business_conclude (call->business, &id, opinion, &record, error))
    return FALSE;
  jp_public_add_id (call, "id", &id);
  jp_public_add_field (call, record, JP_COMPLAINT_STATE);
  return TRUE;
}
