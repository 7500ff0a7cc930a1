/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-judge.h"
#include "jp-test-random.h"

#include "jp-fake-clock.h"

#define DAY      20261124
#define MAX_LATE 17

/* An honest hour of practice at 9 o'clock, with everything a case may change. */
typedef struct
{
  JpBusinessJudgeFacts facts;
  GArray              *spans;      /* (owned) */
  JpCurriculum        *curriculum; /* (owned) */
  gint64               photos[MAX_LATE];
  JpBusinessJudgement  out;
} Case;

static void
take_photos (Case *one)
{
  one->facts.n_photos = 0;
  for (gint64 minute = 0; minute <= one->facts.minutes; minute += 15)
    one->photos[one->facts.n_photos++] = one->facts.started_us + minute * JP_MINUTE_US;
}

static Case *
case_new (JpMethod method, int hour, gint64 minutes)
{
  Case *one = g_new0 (Case, 1);
  g_autoptr (GError) error = NULL;

  one->curriculum = jp_curriculum_new_from_data ("demo-assumption", &error);
  g_assert_no_error (error);
  one->spans = g_array_new (FALSE, FALSE, sizeof (JpBusinessJudgeSpan));
  one->facts = (JpBusinessJudgeFacts){
    .curriculum = one->curriculum,
    .method = method,
    .started_us = jp_date_to_instant (DAY, hour, 0),
    .minutes = minutes,
    .mileage_m = method == JP_METHOD_PRACTICE ? 15000 : 0,
    .photos_us = one->photos,
    .coach_fits = TRUE,
    .vehicle_fits = TRUE,
    .spans = one->spans,
  };
  take_photos (one);
  return one;
}

static void
case_free (Case *one)
{
  g_array_unref (one->spans);
  jp_curriculum_unref (one->curriculum);
  g_free (one);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static void
add_span (Case *one, gint64 from_minute, gint64 until_minute)
{
  const JpBusinessJudgeSpan span = { one->facts.started_us + from_minute * JP_MINUTE_US,
                                     one->facts.started_us + until_minute * JP_MINUTE_US };

  g_array_append_val (one->spans, span);
}

/* Takes away the photo at a minute. */
static void
miss_photo (Case *one, gint64 minute)
{
  guint n = 0;

  for (guint i = 0; i < one->facts.n_photos; i++)
    if (one->photos[i] != one->facts.started_us + minute * JP_MINUTE_US)
      one->photos[n++] = one->photos[i];
  g_assert_cmpuint (n, ==, one->facts.n_photos - 1);
  one->facts.n_photos = n;
}

static void
assert_judged (Case *one, gint64 valid_minutes, JpSessionReason reason)
{
  jp_business_judge (&one->facts, &one->out);
  g_assert_cmpint (one->out.valid_minutes, ==, valid_minutes);
  g_assert_cmpint (one->out.reason, ==, reason);
}

static void
test_honest (void)
{
  g_autoptr (Case) practice = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) classroom = case_new (JP_METHOD_CLASSROOM, 18, 240);
  g_autoptr (Case) remote = case_new (JP_METHOD_REMOTE, 2, 60);

  assert_judged (practice, 60, JP_SESSION_REASON_NONE);
  assert_judged (classroom, 240, JP_SESSION_REASON_NONE);
  assert_judged (remote, 60, JP_SESSION_REASON_NONE);
}

static void
test_time_of_day (void)
{
  g_autoptr (Case) early = case_new (JP_METHOD_PRACTICE, 6, 120);
  g_autoptr (Case) late = case_new (JP_METHOD_PRACTICE, 20, 120);
  g_autoptr (Case) night = case_new (JP_METHOD_PRACTICE, 2, 60);
  g_autoptr (Case) classroom = case_new (JP_METHOD_CLASSROOM, 7, 120);

  /* 60 of 120 are left: 4/3 of them count. */
  assert_judged (early, 80, JP_SESSION_REASON_TIME_OF_DAY);
  g_assert_cmpint (early->out.lost_minutes[JP_SESSION_REASON_TIME_OF_DAY], ==, 60);
  assert_judged (late, 80, JP_SESSION_REASON_TIME_OF_DAY);
  assert_judged (night, 0, JP_SESSION_REASON_TIME_OF_DAY);
  assert_judged (classroom, 80, JP_SESSION_REASON_TIME_OF_DAY);
}

static void
test_means (void)
{
  g_autoptr (Case) coach = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) vehicle = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) standing = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) sitting = case_new (JP_METHOD_CLASSROOM, 9, 60);
  g_autoptr (Case) barely = case_new (JP_METHOD_PRACTICE, 9, 60);

  coach->facts.coach_fits = FALSE;
  assert_judged (coach, 0, JP_SESSION_REASON_COACH);
  vehicle->facts.vehicle_fits = FALSE;
  assert_judged (vehicle, 0, JP_SESSION_REASON_VEHICLE);
  standing->facts.mileage_m = 99;
  assert_judged (standing, 0, JP_SESSION_REASON_DISTANCE);
  barely->facts.mileage_m = 100;
  assert_judged (barely, 60, JP_SESSION_REASON_NONE);
  sitting->facts.mileage_m = 0;
  assert_judged (sitting, 60, JP_SESSION_REASON_NONE);
}

static void
test_photos (void)
{
  g_autoptr (Case) none = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) one = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) two = case_new (JP_METHOD_PRACTICE, 9, 120);
  g_autoptr (Case) apart = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) out = case_new (JP_METHOD_PRACTICE, 9, 50);

  none->facts.n_photos = 0;
  assert_judged (none, 0, JP_SESSION_REASON_PHOTOS);

  /* 14 of 60 minutes around it, 46 are left: three quarters, so all of it. */
  miss_photo (one, 30);
  assert_judged (one, 60, JP_SESSION_REASON_NONE);
  g_assert_cmpint (one->out.lost_minutes[JP_SESSION_REASON_PHOTO], ==, 14);

  miss_photo (two, 60);
  miss_photo (two, 75);
  assert_judged (two, 0, JP_SESSION_REASON_PHOTOS);

  /* Twice one, not in a row: 28 lost, 32 left, 4/3 of them are 42. */
  miss_photo (apart, 15);
  miss_photo (apart, 45);
  assert_judged (apart, 42, JP_SESSION_REASON_PHOTO);

  /* The one at sign-out, which nobody took: 7 minutes before it. */
  assert_judged (out, 50, JP_SESSION_REASON_NONE);
  g_assert_cmpint (out->out.lost_minutes[JP_SESSION_REASON_PHOTO], ==, 7);
}

static void
test_overlap (void)
{
  g_autoptr (Case) half = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) little = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) whole = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) beside = case_new (JP_METHOD_PRACTICE, 9, 60);

  add_span (half, -30, 30);
  assert_judged (half, 30, JP_SESSION_REASON_OVERLAP);
  /* The rule of 45 of 60 gives nobody back what another session has. */
  add_span (little, 55, 90);
  assert_judged (little, 55, JP_SESSION_REASON_OVERLAP);
  add_span (whole, -10, 100);
  assert_judged (whole, 0, JP_SESSION_REASON_OVERLAP);
  add_span (beside, -60, 0);
  add_span (beside, 60, 120);
  assert_judged (beside, 60, JP_SESSION_REASON_NONE);
}

static void
test_daily_limit (void)
{
  g_autoptr (Case) full = case_new (JP_METHOD_PRACTICE, 9, 60);
  g_autoptr (Case) most = case_new (JP_METHOD_CLASSROOM, 9, 60);
  g_autoptr (Case) last = case_new (JP_METHOD_SIMULATOR, 9, 60);
  g_autoptr (Case) remote = case_new (JP_METHOD_REMOTE, 9, 60);
  g_autoptr (Case) night = case_new (JP_METHOD_PRACTICE, 6, 120);

  full->facts.day_minutes = 240;
  assert_judged (full, 0, JP_SESSION_REASON_DAILY_LIMIT);
  most->facts.day_minutes = 230;
  assert_judged (most, 10, JP_SESSION_REASON_DAILY_LIMIT);
  last->facts.day_minutes = 180;
  assert_judged (last, 60, JP_SESSION_REASON_NONE);
  remote->facts.day_minutes = 600;
  assert_judged (remote, 60, JP_SESSION_REASON_NONE);
  /* What does not count anyway does not use up the day. */
  night->facts.day_minutes = 180;
  assert_judged (night, 80, JP_SESSION_REASON_TIME_OF_DAY);
}

/* Whatever comes in: never more minutes than recorded, a reason exactly if some are lost. */
static void
test_random (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint i = 0; i < 2000; i++)
    {
      JpMethod method = (JpMethod)(1 + jp_id_source_below (random, 4));
      g_autoptr (Case) one = case_new (method, (int)jp_id_source_below (random, 24),
                                       1 + jp_id_source_below (random, 240));

      one->facts.mileage_m = jp_id_source_below (random, 400);
      one->facts.day_minutes = jp_id_source_below (random, 300);
      one->facts.coach_fits = jp_id_source_below (random, 5) > 0;
      one->facts.vehicle_fits = jp_id_source_below (random, 5) > 0;
      one->facts.n_photos = jp_id_source_below (random, one->facts.n_photos + 1);
      if (jp_id_source_below (random, 3) == 0)
        add_span (one, (gint64)jp_id_source_below (random, 300) - 100,
                  jp_id_source_below (random, 400));
      jp_business_judge (&one->facts, &one->out);
      g_assert_cmpint (one->out.valid_minutes, >=, 0);
      g_assert_cmpint (one->out.valid_minutes, <=, one->facts.minutes);
      g_assert_cmpint (one->out.reason == JP_SESSION_REASON_NONE, ==,
                       one->out.valid_minutes == one->facts.minutes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-judge/honest", test_honest);
  g_test_add_func ("/platform/business-judge/time-of-day", test_time_of_day);
  g_test_add_func ("/platform/business-judge/means", test_means);
  g_test_add_func ("/platform/business-judge/photos", test_photos);
  g_test_add_func ("/platform/business-judge/overlap", test_overlap);
  g_test_add_func ("/platform/business-judge/daily-limit", test_daily_limit);
  g_test_add_func ("/platform/business-judge/random", test_random);

  return g_test_run ();
}
