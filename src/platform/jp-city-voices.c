/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-codes.h"

#define N_ENROLMENTS  3
#define N_EVALUATIONS 20
#define ANSWER_DAYS   10

static const struct
{
  const char *type;
  const char *content;
  const char *state;
} complaints[] = {
  { "school", "申请退费已三天，请问进度如何？", "open" },
  { "coach", "约好的训练时间被临时取消，希望提前通知。", "open" },
  { "suggestion", "建议周末增加夜间训练时段。", "answered" },
};

static const char *const praises[] = {
  "教练耐心，讲解细致。",     "预约方便，场地整洁。", "一次通过，感谢！",
  "收费透明，没有额外费用。", "等待时间稍长。",
};

static gboolean
put_enrolment (JpCity *city, JpCitySchool *school, guint i, GError **error)
{
  gint64           asked_us = city->now_us - (gint64)(i * 9 + 2) * JP_HOUR_US;
  JpId             id = jp_city_new_id (city, "enrolment:%u:%u", school->index, i);
  JpDraft         *draft = jp_city_new_draft (city, JP_KIND_ENROLMENT, &id, asked_us);
  JpRecord        *tier = school->tiers->pdata[i % school->tiers->len];
  g_autofree char *name = jp_city_dup_person_name (city);
  g_autofree char *id_number = jp_city_dup_id_number (city, 18, 40);
  g_autofree char *phone = jp_city_dup_mobile (city);

  jp_draft_set_text (draft, JP_ENROLMENT_NAME, name);
  jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, id_number);
  jp_draft_set_text (draft, JP_ENROLMENT_PHONE, phone);
  jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE,
                     jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE));
  jp_draft_set_ref (draft, JP_ENROLMENT_CLASS_TIER, jp_record_get_id (tier));
  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT, asked_us);
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
  return jp_city_put_only (city, &school->id, draft, error);
}

static gboolean
put_complaint (JpCity *city, JpCitySchool *school, guint i, GError **error)
{
  JpDate   made_on = jp_date_add_days (city->today, -3 - (int)i);
  JpId     id = jp_city_new_id (city, "complaint:%u:%u", school->index, i);
  JpDraft *draft =
    jp_city_new_draft (city, JP_KIND_COMPLAINT, &id, jp_date_to_instant (made_on, 10, 0));
  g_autofree char *name = jp_city_dup_person_name (city);

  jp_draft_set_text (draft, JP_COMPLAINT_TRAINEE_NAME, name);
  jp_draft_set_text (draft, JP_COMPLAINT_TYPE, complaints[i].type);
  jp_draft_set_date (draft, JP_COMPLAINT_MADE_ON, made_on);
  jp_draft_set_text (draft, JP_COMPLAINT_CONTENT, complaints[i].content);
  jp_draft_set_date (draft, JP_COMPLAINT_DUE_ON, jp_date_add_days (made_on, ANSWER_DAYS));
  jp_draft_set_text (draft, JP_COMPLAINT_STATE, complaints[i].state);
  if (strcmp (complaints[i].state, "answered") == 0)
    jp_draft_set_text (draft, JP_COMPLAINT_ANSWER, "已安排周六夜训，谢谢建议。");
  return jp_city_put_only (city, &school->id, draft, error);
}

static gboolean
put_evaluation (JpCity *city, JpCitySchool *school, guint i, GError **error)
{
  gint64    given_us = city->now_us - (gint64)(i * 2 + 1) * JP_DAY_US;
  JpId      id = jp_city_new_id (city, "evaluation:%u:%u", school->index, i);
  JpDraft  *draft = jp_city_new_draft (city, JP_KIND_EVALUATION, &id, given_us);
  JpRecord *coach = school->coaches->pdata[jp_city_roll (city, school->coaches->len)];
  guint     stars = jp_city_chance (city, 70) ? 5 : 3 + jp_city_roll (city, 2);

  jp_draft_set_text (draft, JP_EVALUATION_OBJECT, "coach");
  jp_draft_set_ref (draft, JP_EVALUATION_COACH, jp_record_get_id (coach));
  jp_draft_set_integer (draft, JP_EVALUATION_STARS, stars);
  jp_draft_set_integer (draft, JP_EVALUATION_MANNER, stars);
  jp_draft_set_integer (draft, JP_EVALUATION_TEACHING, stars);
  jp_draft_set_text (draft, JP_EVALUATION_TEXT,
                     praises[jp_city_roll (city, G_N_ELEMENTS (praises))]);
  jp_draft_set_integer (draft, JP_EVALUATION_GIVEN_AT, given_us);
  return jp_city_put_only (city, &school->id, draft, error);
}

/**
 * jp_city_make_voices:
 * @self: a city with an open transaction
 * @school: a school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * What trainees say: enrolments on the platform, stars, complaints.
 *
 * Returns: whether it worked
 */
gboolean
jp_city_make_voices (JpCity *self, JpCitySchool *school, GError **error)
{
  jp_platform_store_next_group (self->store);
  for (guint i = 0; i < N_ENROLMENTS; i++)
    if (!put_enrolment (self, school, i, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (complaints); i++)
    if (!put_complaint (self, school, i, error))
      return FALSE;
  for (guint i = 0; i < N_EVALUATIONS; i++)
    if (!put_evaluation (self, school, i, error))
      return FALSE;
  return TRUE;
}
