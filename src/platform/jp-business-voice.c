/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-check-id.h"
#include "jp-licence.h"
#include "jp-validate.h"

/* What people say to the platform: that they want to learn, how it was, what is wrong. */

#define MAX_KEY_CHARS     64
#define MAX_CONTENT_CHARS 2000
#define MAX_TEXT_CHARS    500
#define ANSWER_DAYS       10 /* ours: no term is published */

static gboolean
check_key (const char *key, GError **error)
{
  return (*key != '\0' && jp_text_length (key) <= MAX_KEY_CHARS) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the key is wrong");
}

/* The same key of the same asker names the same thing. */
static JpId
make_id (const char *what, const JpId *asker, const char *key)
{
  JpIdText         text;
  g_autofree char *name = g_strconcat (jp_id_to_text (asker, text), "/", key, NULL);

  return jp_id_derive (what, name);
}

static gboolean
find_done (JpBusiness *self, JpKind kind, const JpId *id, JpRecord **out_record, GError **error)
{
  g_autoptr (GError) read_error = NULL;

  *out_record = jp_business_get (self, kind, id, NULL, &read_error);
  if (*out_record != NULL ||
      g_error_matches (read_error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

/* --- enrolments --- */

static gboolean
check_tier (JpBusiness *self, const JpBusinessEnrolment *enrolment, GError **error)
{
  JpId school;
  g_autoptr (JpRecord) tier = NULL;

  if (jp_id_is_none (&enrolment->tier))
    return TRUE;
  tier = jp_business_get (self, JP_KIND_CLASS_TIER, &enrolment->tier, &school, error);
  if (tier == NULL)
    return FALSE;
  if (!jp_id_equal (&school, &enrolment->school) ||
      jp_record_get_code (tier, JP_CLASS_TIER_STATUS) != JP_TIER_STATUS_PUBLISHED ||
      g_strcmp0 (jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE), enrolment->licence_type) !=
        0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the school does not offer this class tier");
  return TRUE;
}

static gboolean
check_person (JpBusiness *self, const JpBusinessEnrolment *enrolment, GError **error)
{
  JpDate    today = jp_platform_store_get_today (self->store);
  JpProblem problem = jp_check_id_number_on (enrolment->id_number, today);

  if (problem == JP_PROBLEM_NONE)
    problem = jp_licence_check_age (enrolment->licence_type,
                                    jp_check_id_get_birth_date (enrolment->id_number), today);
  return problem == JP_PROBLEM_NONE ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the person: %s",
                             jp_problem_get_name (problem));
}

static gboolean
check_draft (JpBusiness *self, JpDraft *draft, GError **error)
{
  g_autoptr (GArray) issues = jp_validate_draft (draft, jp_platform_store_get_today (self->store));

  if (issues->len == 0)
    return TRUE;

  const JpIssue *issue = &g_array_index (issues, JpIssue, 0);

  return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "%s: %s",
                             jp_field_get (issue->field)->name,
                             jp_problem_get_name (issue->problem));
}

static JpDraft *
make_enrolment (JpBusiness *self, const JpBusinessEnrolment *enrolment, const JpId *id)
{
  JpDraft *draft = jp_draft_new (JP_KIND_ENROLMENT, id);

  jp_draft_set_text (draft, JP_ENROLMENT_NAME, enrolment->name);
  jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, enrolment->id_number);
  jp_draft_set_text (draft, JP_ENROLMENT_PHONE, enrolment->phone);
  jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE, enrolment->licence_type);
  if (!jp_id_is_none (&enrolment->tier))
    jp_draft_set_ref (draft, JP_ENROLMENT_CLASS_TIER, &enrolment->tier);
  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
  return draft;
}

static gboolean
check_school (JpBusiness *self, const JpBusinessEnrolment *enrolment, GError **error)
{
  g_autoptr (JpRecord) school =
    jp_business_get (self, JP_KIND_SCHOOL, &enrolment->school, NULL, error);

  if (school == NULL)
    return FALSE;
  if (jp_record_has (school, JP_SCHOOL_BUSI_STATUS) &&
      jp_record_get_code (school, JP_SCHOOL_BUSI_STATUS) != JP_BUSI_STATUS_OPEN)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the school is not open for business");
  return TRUE;
}

/**
 * jp_business_enrol:
 * @self: a business with an open transaction
 * @enrolment: who wants to learn where
 * @key: names this enrolment: the same key is one enrolment; 1 … 64 characters
 * @out_enrolment: (out) (optional) (transfer full): the enrolment, which the school has to accept
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE, also when it came before; %FALSE with `JP_PLATFORM_ERROR_INVALID`,
 *   `JP_PLATFORM_ERROR_NOT_FOUND` or `JP_PLATFORM_ERROR_CONFLICT`
 */
gboolean
jp_business_enrol (JpBusiness                *self,
                   const JpBusinessEnrolment *enrolment,
                   const char                *key,
                   JpRecord                 **out_enrolment,
                   GError                   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (enrolment != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  JpId id = make_id ("enrolment", &enrolment->school, key);
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpDraft) draft = make_enrolment (self, enrolment, &id);

  if (!check_key (key, error) || !check_school (self, enrolment, error) ||
      !check_draft (self, draft, error) || !check_person (self, enrolment, error) ||
      !check_tier (self, enrolment, error) ||
      !find_done (self, JP_KIND_ENROLMENT, &id, &record, error))
    return FALSE;
  if (record == NULL)
    {
      if (!jp_business_put (self, &enrolment->school, g_steal_pointer (&draft), &record, error))
        return FALSE;
    }
  else if (g_strcmp0 (jp_record_get_text (record, JP_ENROLMENT_ID_NUMBER), enrolment->id_number) !=
           0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the key names somebody else");

  if (out_enrolment != NULL)
    *out_enrolment = g_steal_pointer (&record);
  return TRUE;
}

/* --- evaluations --- */

static gboolean
is_star (gint64 stars, gboolean may_miss)
{
  return (may_miss && stars == 0) || (stars >= 1 && stars <= 5);
}

static gboolean
check_evaluation (const JpBusinessEvaluation *evaluation, GError **error)
{
  return (is_star (evaluation->stars, FALSE) && is_star (evaluation->manner, TRUE) &&
          is_star (evaluation->teaching, TRUE) && evaluation->part >= 0 &&
          evaluation->part <= JP_POLICY_N_PARTS &&
          (evaluation->text == NULL || jp_text_length (evaluation->text) <= MAX_TEXT_CHARS)) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the evaluation is wrong");
}

/* Trainees speak of the school they train at, and of its coaches. */
static gboolean
find_coach (JpBusiness *self,
            const JpId *school,
            const char *number,
            JpRecord  **out_coach,
            GError    **error)
{
  JpId owner;

  if (number == NULL)
    return TRUE;
  *out_coach = jp_business_get_by_number (self, JP_COACH_NUMBER, number, &owner, error);
  if (*out_coach == NULL)
    return FALSE;
  return jp_id_equal (&owner, school) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the coach is of another school");
}

static void
set_number (JpDraft *draft, JpFieldId field, gint64 number)
{
  if (number > 0)
    jp_draft_set_integer (draft, field, number);
}

/**
 * jp_business_evaluate:
 * @self: a business with an open transaction
 * @contract: the contract of whoever speaks
 * @evaluation: how it was
 * @key: names this evaluation: the same key is one evaluation
 * @out_evaluation: (out) (optional) (transfer full): the evaluation
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE, also when it was given before; %FALSE with `JP_PLATFORM_ERROR_INVALID`,
 *   `JP_PLATFORM_ERROR_NOT_FOUND`, or `JP_PLATFORM_ERROR_CONFLICT` if there is no training to speak
 *   of
 */
gboolean
jp_business_evaluate (JpBusiness                 *self,
                      const JpId                 *contract,
                      const JpBusinessEvaluation *evaluation,
                      const char                 *key,
                      JpRecord                  **out_evaluation,
                      GError                    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (evaluation != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  JpId school;
  JpId id = make_id ("evaluation", contract, key);
  g_autoptr (JpRecord) coach = NULL;
  g_autoptr (JpRecord) done = NULL;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_CONTRACT, contract, &school, error);
  JpDraft *draft = NULL;

  if (record == NULL || !check_key (key, error) || !check_evaluation (evaluation, error) ||
      !find_coach (self, &school, evaluation->coach_number, &coach, error) ||
      !find_done (self, JP_KIND_EVALUATION, &id, &done, error))
    return FALSE;
  if (done == NULL && !jp_record_has (record, JP_CONTRACT_PAID_AT))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "training has not begun");
  if (done != NULL)
    {
      if (out_evaluation != NULL)
        *out_evaluation = g_steal_pointer (&done);
      return TRUE;
    }

  draft = jp_draft_new (JP_KIND_EVALUATION, &id);
  jp_draft_set_ref (draft, JP_EVALUATION_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
  jp_draft_set_text (draft, JP_EVALUATION_OBJECT, coach != NULL ? "coach" : "school");
  if (coach != NULL)
    jp_draft_set_ref (draft, JP_EVALUATION_COACH, jp_record_get_id (coach));
  jp_draft_set_integer (draft, JP_EVALUATION_STARS, evaluation->stars);
  set_number (draft, JP_EVALUATION_PART, evaluation->part);
  set_number (draft, JP_EVALUATION_MANNER, evaluation->manner);
  set_number (draft, JP_EVALUATION_TEACHING, evaluation->teaching);
  if (evaluation->text != NULL)
    jp_draft_set_text (draft, JP_EVALUATION_TEXT, evaluation->text);
  jp_draft_set_integer (draft, JP_EVALUATION_GIVEN_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  return jp_business_put (self, &school, draft, out_evaluation, error);
}

/* --- complaints --- */

static gboolean
put_complaint (JpBusiness *self,
               const JpId *school,
               JpDraft    *complaint,
               JpRecord   *contract,
               JpRecord  **out_complaint,
               GError    **error)
{
  g_autoptr (JpDraft) draft = complaint;
  JpDate today = jp_platform_store_get_today (self->store);
  g_autoptr (JpRecord) trainee =
    jp_business_get (self, JP_KIND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), NULL,
                     error);

  if (trainee == NULL)
    return FALSE;
  jp_draft_set_ref (draft, JP_COMPLAINT_TRAINEE, jp_record_get_id (trainee));
  jp_draft_set_text (draft, JP_COMPLAINT_TRAINEE_NAME,
                     jp_record_get_text (trainee, JP_TRAINEE_NAME));
  jp_draft_set_date (draft, JP_COMPLAINT_MADE_ON, today);
  jp_draft_set_date (draft, JP_COMPLAINT_DUE_ON, jp_date_add_days (today, ANSWER_DAYS));
  jp_draft_set_text (draft, JP_COMPLAINT_STATE, "open");
  return jp_business_put (self, school, g_steal_pointer (&draft), out_complaint, error);
}

/**
 * jp_business_complain:
 * @self: a business with an open transaction
 * @contract: the contract of whoever speaks
 * @type: `coach`, `school` or `suggestion`
 * @content: what is wrong; 1 … 2000 characters
 * @key: names this complaint: the same key is one complaint
 * @out_complaint: (out) (optional) (transfer full): the complaint, which the school has to answer
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE, also when it was made before; %FALSE with `JP_PLATFORM_ERROR_INVALID` or
 *   `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_business_complain (JpBusiness *self,
                      const JpId *contract,
                      const char *type,
                      const char *content,
                      const char *key,
                      JpRecord  **out_complaint,
                      GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (content != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  JpId school;
  JpId id = make_id ("complaint", contract, key);
  g_autoptr (JpRecord) done = NULL;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_CONTRACT, contract, &school, error);
  JpDraft *draft = NULL;

  if (record == NULL || !check_key (key, error) ||
      !find_done (self, JP_KIND_COMPLAINT, &id, &done, error))
    return FALSE;
  if (jp_code_lookup (jp_complaint_type_codes, type) == NULL || *content == '\0' ||
      jp_text_length (content) > MAX_CONTENT_CHARS)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the complaint is wrong");
  if (done != NULL)
    {
      if (out_complaint != NULL)
        *out_complaint = g_steal_pointer (&done);
      return TRUE;
    }

  draft = jp_draft_new (JP_KIND_COMPLAINT, &id);
  jp_draft_set_text (draft, JP_COMPLAINT_TYPE, type);
  jp_draft_set_text (draft, JP_COMPLAINT_CONTENT, content);
  return put_complaint (self, &school, draft, record, out_complaint, error);
}

/**
 * jp_business_conclude:
 * @self: a business with an open transaction
 * @complaint: a complaint that the school has answered
 * @opinion: what the department thinks; 1 … 2000 characters
 * @out_complaint: (out) (optional) (transfer full): the concluded complaint
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID`, `JP_PLATFORM_ERROR_NOT_FOUND`, or
 *   `JP_PLATFORM_ERROR_CONFLICT` if there is no answer yet
 */
gboolean
jp_business_conclude (JpBusiness *self,
                      const JpId *complaint,
                      const char *opinion,
                      JpRecord  **out_complaint,
                      GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (complaint != NULL, FALSE);
  g_return_val_if_fail (opinion != NULL, FALSE);

  JpId school;
  g_autoptr (JpRecord) record =
    jp_business_get (self, JP_KIND_COMPLAINT, complaint, &school, error);
  JpDraft *draft = NULL;

  if (record == NULL)
    return FALSE;
  if (*opinion == '\0' || jp_text_length (opinion) > MAX_CONTENT_CHARS)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the opinion is wrong");
  if (g_strcmp0 (jp_record_get_text (record, JP_COMPLAINT_STATE), "answered") != 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the school has not answered, or it is concluded");
  draft = jp_draft_new_from (record);
  jp_draft_set_text (draft, JP_COMPLAINT_DEPARTMENT_OPINION, opinion);
  jp_draft_set_text (draft, JP_COMPLAINT_STATE, "closed");
  return jp_business_put (self, &school, draft, out_complaint, error);
}
