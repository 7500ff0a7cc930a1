/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor-private.h"

#include "jp-progress.h"

#include <glib/gi18n.h>

/* One step each for one contract. */

#define SESSION_MINUTES  240 /* as much as a day allows */
#define PHOTO_MINUTES    15
#define KM_PER_HOUR      15
#define METRES_PER_KM    1000
#define MINUTES_PER_HOUR 60
#define SLOT_HOURS       4
#define FIRST_SLOT_HOUR  8
#define N_SLOTS          3
#define PASSING_SCORE    95
#define FAILING_SCORE    70
#define N_PARTS          4
#define RETRY_MS         500

/* --- trainee --- */

typedef struct
{
  char       *token; /* (owned) */
  char       *path;  /* (owned): of the contract */
  JsonObject *state; /* (owned): of the contract */
} Trainee;

static void
trainee_clear (Trainee *trainee)
{
  g_clear_pointer (&trainee->token, g_free);
  g_clear_pointer (&trainee->path, g_free);
  g_clear_pointer (&trainee->state, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trainee, trainee_clear)

static gboolean
has_not_arrived (const GError *error)
{
  return g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND) ||
         g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
}

static JsonObject *
ask_for_token (JpActor *self, const JpActorOptions *options, GError **error)
{
  JsonBuilder *body = jp_actor_new_body ();

  jp_actor_set_text (body, "contract_no", options->contract);
  jp_actor_set_text (body, "school", options->school);
  return jp_actor_post (self, JP_PUBLIC_MESSENGER, "/v1/public/messages", body, error);
}

/* The text message with the token arrives once the school has sent its offer. */
static gboolean
become_trainee (JpActor *self, const JpActorOptions *options, Trainee *out, GError **error)
{
  gint64 until_us = jp_clock_monotonic_us (self->host.clock) + options->wait_s * JP_SECOND_US;

  if (options->contract == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           _ ("This step needs --contract."));
      return FALSE;
    }
  while (TRUE)
    {
      g_autoptr (GError) refusal = NULL;

      out->state = ask_for_token (self, options, &refusal);
      if (out->state != NULL)
        break;
      if (!has_not_arrived (refusal) || jp_clock_monotonic_us (self->host.clock) >= until_us)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      self->host.pause (RETRY_MS, self->host.user_data);
    }

  out->token = g_strdup (jp_actor_read_text (out->state, "token"));
  out->path = g_strconcat ("/v1/public/contracts/", jp_actor_read_text (out->state, "id"), NULL);
  return TRUE;
}

static JsonObject *
post_as_trainee (JpActor       *self,
                 const Trainee *trainee,
                 const char    *verb,
                 JsonBuilder   *body,
                 GError       **error)
{
  g_autofree char *path = g_strconcat (trainee->path, "/", verb, NULL);

  return jp_actor_link_post (self->link, trainee->token, path, jp_actor_end_body (body), error);
}

/**
 * jp_actor_sign: (skip)
 * @self: an actor
 * @options: which contract
 * @error: return location
 *
 * The trainee reads the text of the contract and signs its digest.
 *
 * Returns: whether it is signed
 */
gboolean
jp_actor_sign (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_auto (Trainee) trainee = { 0 };
  g_autoptr (JsonObject) contract = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonBuilder     *body = NULL;
  g_autofree char *digest = NULL;
  const char      *text = NULL;

  if (!become_trainee (self, options, &trainee, error))
    return FALSE;
  contract = jp_actor_link_get (self->link, trainee.token, trainee.path, error);
  if (contract == NULL)
    return FALSE;
  text = jp_actor_read_text (contract, "text");
  digest = jp_hash_sha256_text (text, text != NULL ? strlen (text) : 0);
  body = jp_actor_new_body ();
  jp_actor_set_text (body, "digest", digest);
  answer = post_as_trainee (self, &trainee, "sign", body, error);
  if (answer == NULL)
    return FALSE;
  jp_actor_tell (self, _ ("%s: the trainee has signed"), options->contract);
  return TRUE;
}

/**
 * jp_actor_pay: (skip)
 * @self: an actor
 * @options: which contract
 * @error: return location
 *
 * The trainee pays what is left of the price. The key is the same each time: it is paid once.
 *
 * Returns: whether it is paid
 */
gboolean
jp_actor_pay (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_auto (Trainee) trainee = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  JsonBuilder     *body = NULL;
  g_autofree char *money = NULL;
  gint64           price_fen = 0;

  if (!become_trainee (self, options, &trainee, error))
    return FALSE;
  price_fen = jp_actor_read_integer (trainee.state, "price");
  body = jp_actor_new_body ();
  jp_actor_set_text (body, "key", "actor");
  jp_actor_set_integer (body, "amount", price_fen);
  answer = post_as_trainee (self, &trainee, "pay", body, error);
  if (answer == NULL)
    return FALSE;
  money = jp_money_format (jp_actor_read_integer (answer, "amount"));
  jp_actor_tell (self, _ ("%s: %s paid into custody, bank reference %s"), options->contract, money,
                 jp_actor_read_text (answer, "bank_reference"));
  return TRUE;
}

/**
 * jp_actor_withdraw: (skip)
 * @self: an actor
 * @options: which contract
 * @error: return location
 *
 * The trainee asks to leave and to get back what is not used.
 *
 * Returns: whether it is asked
 */
gboolean
jp_actor_withdraw (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_auto (Trainee) trainee = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  JsonBuilder *body = NULL;

  if (!become_trainee (self, options, &trainee, error))
    return FALSE;
  body = jp_actor_new_body ();
  jp_actor_set_text (body, "fault", "trainee");
  answer = post_as_trainee (self, &trainee, "withdraw", body, error);
  if (answer == NULL)
    return FALSE;
  jp_actor_tell (self, _ ("%s: the trainee has asked to leave"), options->contract);
  return TRUE;
}

/* --- terminal --- */

typedef struct
{
  JsonObject *state; /* (borrowed): of the contract */
  int         part;
  gint64      now_us;    /* at the platform */
  gint64      last_us;   /* end of the last session */
  gint64      record_no; /* of the last session */
  gboolean    suspicious;
} Course;

static gboolean
is_practice (int part)
{
  return part == 2 || part == 3;
}

static JsonObject *
get_part (JsonObject *state, int part)
{
  return jp_actor_get_element (state, "parts", (guint)part - 1);
}

static gint64
get_missing (JsonObject *state, int part)
{
  JsonObject *row = get_part (state, part);

  if (row == NULL)
    return 0;
  return jp_actor_read_integer (row, "required_minutes") -
         jp_actor_read_integer (row, "valid_minutes") -
         jp_actor_read_integer (row, "pending_minutes");
}

static int
find_part (JsonObject *state, int wanted)
{
  if (wanted != 0)
    return wanted;
  for (int part = 1; part <= N_PARTS; part++)
    if (get_missing (state, part) > 0)
      return part;
  return 0;
}

/* On the first day on which nothing was trained, after the file was opened. Trainees have their own
 * time of day, so that two of one coach seldom meet. */
static gint64
next_start (const Course *course)
{
  const char *number = jp_actor_read_text (course->state, "trainee_number");
  guint       slot = number != NULL ? g_str_hash (number) % N_SLOTS : 0;
  gint64      paid_us = jp_actor_read_integer (course->state, "paid_at");
  JpDate      after = jp_date_from_instant (MAX (course->last_us, paid_us));
  JpDate      today = jp_date_from_instant (course->now_us);
  int         hour = FIRST_SLOT_HOUR + (int)slot * SLOT_HOURS;

  return jp_date_to_instant (MAX (jp_date_add_days (after, 1), today), hour, 0);
}

static void
add_photos (JsonBuilder *body, gint64 start_us, gint64 minutes, gboolean suspicious)
{
  json_builder_set_member_name (body, "photos");
  json_builder_begin_array (body);
  for (gint64 due = 0; due < minutes + PHOTO_MINUTES; due += PHOTO_MINUTES)
    {
      gint64 minute = MIN (due, minutes);

      /* Somebody else sat there after the first hour. */
      if (!suspicious || minute <= MINUTES_PER_HOUR)
        json_builder_add_int_value (body, start_us + minute * JP_MINUTE_US);
    }
  json_builder_end_array (body);
}

static JsonBuilder *
make_session (const Course *course, gint64 start_us, gint64 minutes)
{
  JsonBuilder     *body = jp_actor_new_body ();
  gboolean         practice = is_practice (course->part);
  g_autofree char *record_no =
    g_strdup_printf ("%05" G_GINT64_FORMAT, (course->record_no + 1) % 100000);
  gint64 metres = practice ? minutes * KM_PER_HOUR * METRES_PER_KM / MINUTES_PER_HOUR : 0;

  json_builder_set_member_name (body, "sessions");
  json_builder_begin_array (body);
  json_builder_begin_object (body);
  jp_actor_set_text (body, "trainee_number", jp_actor_read_text (course->state, "trainee_number"));
  jp_actor_set_text (body, "record_no", record_no);
  jp_actor_set_text (body, "coach_number", jp_actor_read_text (course->state, "coach_number"));
  if (practice)
    jp_actor_set_text (body, "vehicle_number",
                       jp_actor_read_text (course->state, "vehicle_number"));
  jp_actor_set_text (body, "terminal_number",
                     jp_actor_read_text (course->state, "terminal_number"));
  jp_actor_set_integer (body, "part", course->part);
  jp_actor_set_text (body, "method", practice ? "practice" : "classroom");
  jp_actor_set_integer (body, "started_at", start_us);
  jp_actor_set_integer (body, "ended_at", start_us + minutes * JP_MINUTE_US);
  jp_actor_set_integer (body, "minutes", minutes);
  jp_actor_set_integer (body, "mileage", course->suspicious && practice ? 50 : metres);
  add_photos (body, start_us, minutes, course->suspicious);
  json_builder_end_object (body);
  json_builder_end_array (body);
  return body;
}

static gboolean
send_session (JpActor *self, Course *course, gint64 minutes, GError **error)
{
  gint64      start_us = next_start (course);
  gint64      end_us = start_us + minutes * JP_MINUTE_US;
  JsonObject *result = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!jp_actor_advance (self, end_us, course->now_us, error))
    return FALSE;
  course->now_us = MAX (course->now_us, end_us);
  answer = jp_actor_post (self, JP_PUBLIC_TERMINAL, "/v1/public/sessions",
                          make_session (course, start_us, minutes), error);
  result = answer != NULL ? jp_actor_get_element (answer, "results", 0) : NULL;
  if (result == NULL)
    return FALSE;
  if (!jp_actor_read_boolean (result, "accepted"))
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                           jp_actor_read_text (result, "detail"));
      return FALSE;
    }
  course->record_no++;
  course->last_us = end_us;
  return TRUE;
}

/**
 * jp_actor_train: (skip)
 * @self: an actor
 * @options: which contract, which part, how long
 * @error: return location
 *
 * A terminal sends the sessions of a part, four hours on each following day; the days of the demo
 * go by.
 *
 * Returns: whether it is trained
 */
gboolean
jp_actor_train (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autoptr (JsonObject) state = jp_actor_look_up (self, options, error);
  g_autofree char *hours = NULL;
  Course           course = { .state = state, .suspicious = options->suspicious };
  gint64           left = 0;
  guint            n_sessions = 0;

  if (state == NULL)
    return FALSE;
  course.part = find_part (state, options->part);
  course.now_us = jp_actor_read_integer (state, "now");
  course.last_us = jp_actor_read_integer (state, "last_session_at");
  course.record_no = jp_actor_read_integer (state, "last_record_no");
  left = course.part > 0 ? get_missing (state, course.part) : 0;
  if (course.part > 0 && options->minutes > 0)
    left = options->minutes;
  hours = jp_minutes_format_hours (MAX (left, 0));

  for (; left > 0; left -= SESSION_MINUTES, n_sessions++)
    if (!send_session (self, &course, MIN (left, SESSION_MINUTES), error))
      return FALSE;

  if (n_sessions == 0)
    jp_actor_tell (self, _ ("%s: there is nothing left to train"), options->contract);
  else
    jp_actor_tell (self,
                   g_dngettext (GETTEXT_PACKAGE, "%s: %s, %u session, %s hours",
                                "%s: %s, %u sessions, %s hours", n_sessions),
                   options->contract, jp_progress_get_part_label (course.part), n_sessions, hours);
  return TRUE;
}

/* --- reviewer --- */

static gboolean
review_one (JpActor *self, JsonObject *session, GError **error)
{
  JsonBuilder *body = jp_actor_new_body ();
  g_autoptr (JsonObject) answer = NULL;

  jp_actor_set_text (body, "id", jp_actor_read_text (session, "id"));
  jp_actor_set_integer (body, "valid_minutes", jp_actor_read_integer (session, "proposed_minutes"));
  jp_actor_set_text (body, "reason", jp_actor_read_text (session, "proposed_reason"));
  answer = jp_actor_post (self, JP_PUBLIC_REVIEWER, "/v1/public/reviews/sessions", body, error);
  return answer != NULL;
}

static gboolean
review_sessions (JpActor *self, const JpActorOptions *options, guint *out_n, GError **error)
{
  g_autofree char *path = jp_actor_dup_query ("/v1/public/reviews/sessions", options);
  g_autoptr (JsonObject) list = jp_actor_get (self, JP_PUBLIC_REVIEWER, path, error);

  if (list == NULL)
    return FALSE;
  *out_n = jp_actor_get_length (list, "sessions");
  for (guint i = 0; i < *out_n; i++)
    if (!review_one (self, jp_actor_get_element (list, "sessions", i), error))
      return FALSE;
  return TRUE;
}

static gboolean
review_stages (JpActor *self, const JpActorOptions *options, guint *out_n, GError **error)
{
  g_autofree char *path = jp_actor_dup_query ("/v1/public/reviews/stages", options);
  g_autoptr (JsonObject) list = jp_actor_get (self, JP_PUBLIC_REVIEWER, path, error);

  if (list == NULL)
    return FALSE;
  *out_n = jp_actor_get_length (list, "stages");
  for (guint i = 0; i < *out_n; i++)
    {
      JsonObject  *stage = jp_actor_get_element (list, "stages", i);
      JsonBuilder *body = jp_actor_new_body ();
      g_autoptr (JsonObject) answer = NULL;

      jp_actor_set_text (body, "id", jp_actor_read_text (stage, "id"));
      json_builder_set_member_name (body, "approve");
      json_builder_add_boolean_value (body, TRUE);
      answer = jp_actor_post (self, JP_PUBLIC_REVIEWER, "/v1/public/reviews/stages", body, error);
      if (answer == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_actor_review: (skip)
 * @self: an actor
 * @options: which contract or school; all of them if none is named
 * @error: return location
 *
 * The reviewer judges what waits as the rules propose, then approves the parts that are complete.
 *
 * Returns: whether it is reviewed
 */
gboolean
jp_actor_review (JpActor *self, const JpActorOptions *options, GError **error)
{
  guint n_sessions = 0;
  guint n_stages = 0;

  if (!review_sessions (self, options, &n_sessions, error) ||
      !review_stages (self, options, &n_stages, error))
    return FALSE;
  jp_actor_tell (self, _ ("reviewed: sessions %u, parts approved %u"), n_sessions, n_stages);
  return TRUE;
}

/* --- examiner --- */

static int
find_subject (JsonObject *state, int wanted)
{
  if (wanted != 0)
    return wanted;
  for (int part = 1; part <= N_PARTS; part++)
    {
      JsonObject *row = get_part (state, part);

      if (row != NULL && jp_actor_read_boolean (row, "approved") &&
          !jp_actor_read_boolean (row, "passed"))
        return part;
    }
  return 0;
}

/**
 * jp_actor_examine: (skip)
 * @self: an actor
 * @options: which contract, which subject, with which outcome
 * @error: return location
 *
 * The traffic police send a result of today.
 *
 * Returns: whether it is taken in
 */
gboolean
jp_actor_examine (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autoptr (JsonObject) state = jp_actor_look_up (self, options, error);
  g_autoptr (JsonObject) answer = NULL;
  JsonBuilder *body = NULL;
  const char  *outcome = options->outcome != NULL ? options->outcome : "passed";
  int          subject = state != NULL ? find_subject (state, options->subject) : 0;

  if (state == NULL)
    return FALSE;
  if (subject == 0)
    {
      jp_actor_tell (self, _ ("%s: no subject is open for an exam"), options->contract);
      return TRUE;
    }
  body = jp_actor_new_body ();
  jp_actor_set_text (body, "trainee_number", jp_actor_read_text (state, "trainee_number"));
  jp_actor_set_integer (body, "subject", subject);
  jp_actor_set_text (body, "outcome", outcome);
  jp_actor_set_integer (body, "score",
                        g_str_equal (outcome, "passed") ? PASSING_SCORE : FAILING_SCORE);
  answer = jp_actor_post (self, JP_PUBLIC_EXAMINER, "/v1/public/exams", body, error);
  if (answer == NULL)
    return FALSE;
  jp_actor_tell (self, _ ("%s: %s %s"), options->contract, jp_progress_get_subject_label (subject),
                 jp_actor_read_text (answer, "outcome"));
  return TRUE;
}

/* --- bank --- */

static JsonObject *
ask_for_statement (JpActor *self, const char *school, GError **error)
{
  JsonBuilder *body = jp_actor_new_body ();

  jp_actor_set_text (body, "school", school);
  return jp_actor_post (self, JP_PUBLIC_BANK, "/v1/public/bank/statements", body, error);
}

/* Today's statement exists: the next one is tomorrow's. */
static JsonObject *
ask_tomorrow (JpActor *self, const char *school, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  JsonObject *answer = ask_for_statement (self, school, &refusal);

  if (answer != NULL)
    return answer;
  if (!g_error_matches (refusal, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT) ||
      !jp_actor_advance (self, JP_DAY_US, 0, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  return ask_for_statement (self, school, error);
}

/**
 * jp_actor_settle: (skip)
 * @self: an actor
 * @options: which school, or a contract of it
 * @error: return location
 *
 * The bank pays out what is due and issues the school's statement.
 *
 * Returns: whether it is answered
 */
gboolean
jp_actor_settle (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autoptr (JsonObject) state = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *money = NULL;
  const char      *school = options->school;
  JsonObject      *statement = NULL;
  gint64           n_lines = 0;

  if (options->contract != NULL)
    {
      state = jp_actor_look_up (self, options, error);
      if (state == NULL)
        return FALSE;
      school = jp_actor_read_text (state, "school");
    }
  if (school == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           _ ("This step needs --school or --contract."));
      return FALSE;
    }
  answer = ask_tomorrow (self, school, error);
  if (answer == NULL)
    return FALSE;
  statement =
    jp_json_is_null (answer, "statement") ? NULL : jp_json_get_object (answer, "statement", NULL);
  if (statement == NULL)
    {
      jp_actor_tell (self, _ ("the bank has nothing to state"));
      return TRUE;
    }

  n_lines = jp_actor_read_integer (statement, "line_count");
  money = jp_money_format (jp_actor_read_integer (statement, "total"));
  jp_actor_tell (self,
                 g_dngettext (GETTEXT_PACKAGE, "statement %s: %d line, %s",
                              "statement %s: %d lines, %s", (gulong)n_lines),
                 jp_actor_read_text (statement, "number"), (int)n_lines, money);
  return TRUE;
}
