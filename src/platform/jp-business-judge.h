/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business.h"
#include "jp-codes.h"

G_BEGIN_DECLS

/* Which minutes of a training session count (domain.md §6.2), as far as what the terminal sends
 * allows to say. Pure: the facts come in, the findings go out. */

#define JP_BUSINESS_JUDGE_MAX_MINUTES 1440

/**
 * JpBusinessJudgeSpan:
 * @from_us: first instant
 * @until_us: the instant after the last
 *
 * When a trainee, a coach or a vehicle was in another session.
 */
typedef struct
{
  gint64 from_us;
  gint64 until_us;
} JpBusinessJudgeSpan;

/**
 * JpBusinessJudgeFacts:
 * @curriculum: rules of the hour and of the day
 * @method: how it was taught
 * @started_us: sign-in
 * @minutes: recorded, 0 … %JP_BUSINESS_JUDGE_MAX_MINUTES
 * @mileage_m: driven
 * @photos_us: (array length=n_photos) (nullable): when photos were taken, in order
 * @n_photos: how many
 * @coach_fits: the coach is filed and may teach this licence type
 * @vehicle_fits: the vehicle is filed, inspected, of this licence type, and has this terminal
 * @spans: (element-type JpBusinessJudgeSpan): other sessions of trainee, coach or vehicle
 * @day_minutes: minutes of the same kind that the trainee has on this day already
 *
 * What is known of a session.
 */
typedef struct
{
  JpCurriculum *curriculum;
  JpMethod      method;
  gint64        started_us;
  gint64        minutes;
  gint64        mileage_m;
  const gint64 *photos_us;
  guint         n_photos;
  gboolean      coach_fits;
  gboolean      vehicle_fits;
  GArray       *spans;
  gint64        day_minutes;
} JpBusinessJudgeFacts;

/**
 * JpBusinessJudgement:
 * @valid_minutes: what should count, after the rule of 45 of 60
 * @reason: why the rest does not, the most frequent one; none if all counts
 * @lost_minutes: by reason: minutes that are lost to it
 *
 * What is proposed to the reviewer.
 */
typedef struct
{
  gint64          valid_minutes;
  JpSessionReason reason;
  gint64          lost_minutes[JP_SESSION_LAST_REASON + 1];
} JpBusinessJudgement;

void jp_business_judge (const JpBusinessJudgeFacts *facts, JpBusinessJudgement *out_judgement);

G_END_DECLS
