/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-judge.h"

/* Hours of the day as published by Chengdu (domain.md §6.2 B): Heze has published none. */
#define CLASSROOM_FROM_MINUTE  (8 * 60)
#define CLASSROOM_UNTIL_MINUTE (22 * 60)
#define PRACTICE_FROM_MINUTE   (7 * 60)
#define PRACTICE_UNTIL_MINUTE  (21 * 60)

/* Rules 8, 9 and 10 of domain.md §6.2 A. */
#define LEAST_MILEAGE_M      100
#define PHOTO_EVERY_MINUTES  15
#define PHOTO_LATE_MINUTES   3
#define PHOTO_AROUND_MINUTES 7
#define DAY_MINUTES          1440

typedef struct
{
  const JpBusinessJudgeFacts *facts;
  guint8                      lost[JP_BUSINESS_JUDGE_MAX_MINUTES]; /* JpSessionReason by minute */
} Log;

/* A minute is lost once, to what was found first. */
static void
lose (Log *log, gint64 from, gint64 until, JpSessionReason reason)
{
  for (gint64 i = MAX (from, 0); i < MIN (until, log->facts->minutes); i++)
    if (log->lost[i] == JP_SESSION_REASON_NONE)
      log->lost[i] = (guint8)reason;
}

static void
lose_all (Log *log, JpSessionReason reason)
{
  lose (log, 0, log->facts->minutes, reason);
}

static gboolean
is_driven (const JpBusinessJudgeFacts *facts)
{
  return facts->method == JP_METHOD_PRACTICE;
}

static void
check_time_of_day (Log *log)
{
  const JpBusinessJudgeFacts *facts = log->facts;
  gint64 from = is_driven (facts) ? PRACTICE_FROM_MINUTE : CLASSROOM_FROM_MINUTE;
  gint64 until = is_driven (facts) ? PRACTICE_UNTIL_MINUTE : CLASSROOM_UNTIL_MINUTE;
  gint64 start = (facts->started_us + JP_CHINA_UTC_OFFSET_US) / JP_MINUTE_US % DAY_MINUTES;

  if (facts->method == JP_METHOD_REMOTE)
    return;
  for (gint64 i = 0; i < facts->minutes; i++)
    {
      gint64 minute = (start + i) % DAY_MINUTES;

      if (minute < from || minute >= until)
        lose (log, i, i + 1, JP_SESSION_REASON_TIME_OF_DAY);
    }
}

static gboolean
has_photo (const JpBusinessJudgeFacts *facts, gint64 minute)
{
  gint64 at_us = facts->started_us + minute * JP_MINUTE_US;

  for (guint i = 0; i < facts->n_photos; i++)
    if (ABS (facts->photos_us[i] - at_us) <= PHOTO_LATE_MINUTES * JP_MINUTE_US)
      return TRUE;
  return FALSE;
}

/* At sign-in, every 15 minutes, and at sign-out. */
static void
check_photos (Log *log)
{
  const JpBusinessJudgeFacts *facts = log->facts;
  gboolean                    was_missing = FALSE;

  if (facts->n_photos == 0)
    lose_all (log, JP_SESSION_REASON_PHOTOS);
  for (gint64 due = 0; due < facts->minutes + PHOTO_EVERY_MINUTES; due += PHOTO_EVERY_MINUTES)
    {
      gint64   minute = MIN (due, facts->minutes);
      gboolean is_missing = !has_photo (facts, minute);

      if (is_missing && was_missing)
        lose_all (log, JP_SESSION_REASON_PHOTOS);
      else if (is_missing)
        lose (log, minute - PHOTO_AROUND_MINUTES, minute + PHOTO_AROUND_MINUTES,
              JP_SESSION_REASON_PHOTO);
      was_missing = is_missing;
    }
}

static void
check_overlaps (Log *log)
{
  const JpBusinessJudgeFacts *facts = log->facts;

  for (guint i = 0; i < facts->spans->len; i++)
    {
      const JpBusinessJudgeSpan *span = &g_array_index (facts->spans, JpBusinessJudgeSpan, i);
      gint64                     from = (span->from_us - facts->started_us) / JP_MINUTE_US;
      gint64 until = (span->until_us - facts->started_us + JP_MINUTE_US - 1) / JP_MINUTE_US;

      if (span->until_us > facts->started_us)
        lose (log, from, until, JP_SESSION_REASON_OVERLAP);
    }
}

/* The day's limit counts what is still valid, so it comes last. */
static void
check_daily_limit (Log *log)
{
  const JpBusinessJudgeFacts *facts = log->facts;
  gboolean           is_practice = is_driven (facts) || facts->method == JP_METHOD_SIMULATOR;
  JpCurriculumNumber limit =
    jp_curriculum_get_rule (facts->curriculum, is_practice
                                                 ? JP_CURRICULUM_RULE_DAILY_PRACTICE_MAX
                                                 : JP_CURRICULUM_RULE_DAILY_CLASSROOM_MAX);
  gint64 left = limit.value - facts->day_minutes;

  if (limit.value == JP_CURRICULUM_UNKNOWN || facts->method == JP_METHOD_REMOTE)
    return;
  for (gint64 i = 0; i < facts->minutes; i++)
    {
      if (log->lost[i] != JP_SESSION_REASON_NONE)
        continue;
      if (left <= 0)
        lose (log, i, i + 1, JP_SESSION_REASON_DAILY_LIMIT);
      left--;
    }
}

static void
count (const Log *log, JpBusinessJudgement *out)
{
  const JpBusinessJudgeFacts *facts = log->facts;
  gint64                      effective = 0;

  *out = (JpBusinessJudgement){ .reason = JP_SESSION_REASON_NONE };
  for (gint64 i = 0; i < facts->minutes; i++)
    {
      out->lost_minutes[log->lost[i]]++;
      effective += log->lost[i] == JP_SESSION_REASON_NONE;
    }
  out->lost_minutes[JP_SESSION_REASON_NONE] = 0;
  out->valid_minutes =
    jp_curriculum_recognise_minutes (facts->curriculum, facts->minutes, effective);
  /* The rule of 45 of 60 is for what a lesson loses by itself, not for hours over the limit. */
  out->valid_minutes =
    MIN (out->valid_minutes, facts->minutes - out->lost_minutes[JP_SESSION_REASON_DAILY_LIMIT] -
                               out->lost_minutes[JP_SESSION_REASON_OVERLAP]);
  if (out->valid_minutes == facts->minutes)
    return;

  for (int i = JP_SESSION_REASON_NONE + 1; i <= JP_SESSION_LAST_REASON; i++)
    if (out->lost_minutes[i] > out->lost_minutes[out->reason])
      out->reason = (JpSessionReason)i;
}

/**
 * jp_business_judge:
 * @facts: a session
 * @out_judgement: (out): which minutes count, and why not the others
 *
 * Applies the rules one by one; a minute is lost to the first that it breaks. A session with three
 * quarters of its minutes left counts in full, a worse one at 4/3 of them. Pure; any thread.
 */
void
jp_business_judge (const JpBusinessJudgeFacts *facts, JpBusinessJudgement *out_judgement)
{
  g_return_if_fail (facts != NULL);
  g_return_if_fail (facts->minutes >= 0 && facts->minutes <= JP_BUSINESS_JUDGE_MAX_MINUTES);
  g_return_if_fail (out_judgement != NULL);

  Log log = { .facts = facts };

  if (!facts->coach_fits)
    lose_all (&log, JP_SESSION_REASON_COACH);
  if (!facts->vehicle_fits)
    lose_all (&log, JP_SESSION_REASON_VEHICLE);
  if (is_driven (facts) && facts->mileage_m < LEAST_MILEAGE_M)
    lose_all (&log, JP_SESSION_REASON_DISTANCE);
  check_time_of_day (&log);
  check_overlaps (&log);
  check_photos (&log);
  check_daily_limit (&log);
  count (&log, out_judgement);
}
