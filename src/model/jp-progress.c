/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-progress.h"

#include <glib/gi18n-lib.h>

/**
 * jp_progress_new:
 * @curriculum: (nullable): the curriculum of the enrolment day; %NULL if none is known
 * @licence_type: what the trainee learns
 *
 * Returns: (transfer full): the progress of somebody who has not begun
 */
JpProgress *
jp_progress_new (JpCurriculum *curriculum, const char *licence_type)
{
  g_return_val_if_fail (licence_type != NULL, NULL);

  JpProgress *self = g_new0 (JpProgress, 1);

  self->last_void_reason = JP_CODE_UNSET;
  for (int part = 1; part <= JP_PROGRESS_N_PARTS; part++)
    {
      JpCurriculumNumber number = { .value = JP_CURRICULUM_UNKNOWN };

      if (curriculum != NULL && jp_curriculum_get_minutes (curriculum, licence_type, part, &number))
        self->parts[part].required_minutes = number.value;
      else
        self->parts[part].required_minutes = JP_CURRICULUM_UNKNOWN;
    }

  return self;
}

/**
 * jp_progress_free:
 * @self: (nullable) (transfer full): a progress
 */
void
jp_progress_free (JpProgress *self)
{
  if (self == NULL)
    return;

  g_free (self->last_void_coach);
  g_free (self);
}

static void
note_void (JpProgress *self, JpRecord *session, const char *coach)
{
  gint64 started_us = jp_record_get_integer (session, JP_TRAINING_SESSION_STARTED_AT);

  if (started_us < self->last_void_us)
    return;

  self->last_void_us = started_us;
  self->last_void_reason = jp_record_get_code (session, JP_TRAINING_SESSION_REASON);
  g_free (self->last_void_coach);
  self->last_void_coach = g_strdup (coach);
}

/**
 * jp_progress_add_session:
 * @self: a progress
 * @session: a training session of the trainee
 * @coach: (nullable): name of its coach
 *
 * Counts a session as the platform judged it; nothing is judged here.
 */
void
jp_progress_add_session (JpProgress *self, JpRecord *session, const char *coach)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (session != NULL);

  gint64 part = jp_record_get_integer (session, JP_TRAINING_SESSION_PART);
  gint64 recorded = jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION);
  gint64 valid = jp_record_get_integer (session, JP_TRAINING_SESSION_VALID_MINUTES);
  gint64 started_us = jp_record_get_integer (session, JP_TRAINING_SESSION_STARTED_AT);

  if (part < 1 || part > JP_PROGRESS_N_PARTS || jp_record_get_head (session)->deleted)
    return;

  if (jp_record_get_code (session, JP_TRAINING_SESSION_STATE) == JP_SESSION_STATE_PENDING)
    {
      self->parts[part].pending_minutes += recorded;
      if (self->oldest_pending_us == 0 || started_us < self->oldest_pending_us)
        self->oldest_pending_us = started_us;
      return;
    }

  self->parts[part].valid_minutes += valid;
  if (recorded > valid)
    {
      self->parts[part].void_minutes += recorded - valid;
      note_void (self, session, coach);
    }
}

/**
 * jp_progress_add_exam:
 * @self: a progress
 * @exam: an exam result of the trainee
 */
void
jp_progress_add_exam (JpProgress *self, JpRecord *exam)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (exam != NULL);

  gint64 subject = jp_record_get_integer (exam, JP_EXAM_RESULT_SUBJECT);

  if (subject >= 1 && subject <= JP_PROGRESS_N_PARTS &&
      g_strcmp0 (jp_record_get_text (exam, JP_EXAM_RESULT_OUTCOME), "passed") == 0)
    self->parts[subject].exam_passed = TRUE;
}

/**
 * jp_progress_get_current_part:
 * @self: a progress
 *
 * Returns: the first part whose hours or exam are missing, 1 … 4; 0 if all is done
 */
int
jp_progress_get_current_part (const JpProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  for (int part = 1; part <= JP_PROGRESS_N_PARTS; part++)
    if (!self->parts[part].exam_passed)
      return part;

  return 0;
}

/**
 * jp_progress_get_valid_minutes:
 * @self: a progress
 *
 * Returns: valid minutes of all parts
 */
gint64
jp_progress_get_valid_minutes (const JpProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  gint64 sum = 0;

  for (int part = 1; part <= JP_PROGRESS_N_PARTS; part++)
    sum += self->parts[part].valid_minutes;
  return sum;
}

/**
 * jp_progress_get_required_minutes:
 * @self: a progress
 *
 * Returns: required minutes of all parts, or %JP_CURRICULUM_UNKNOWN if one is not known
 */
gint64
jp_progress_get_required_minutes (const JpProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  gint64 sum = 0;

  for (int part = 1; part <= JP_PROGRESS_N_PARTS; part++)
    {
      if (self->parts[part].required_minutes == JP_CURRICULUM_UNKNOWN)
        return JP_CURRICULUM_UNKNOWN;
      sum += self->parts[part].required_minutes;
    }
  return sum;
}

/**
 * jp_progress_get_part_label:
 * @part: 1 … 4
 *
 * Returns: (transfer none): its translated short name
 */
const char *
jp_progress_get_part_label (int part)
{
  switch (part)
    {
    case 1:
      return C_ ("part", "Part 1");
    case 2:
      return C_ ("part", "Part 2");
    case 3:
      return C_ ("part", "Part 3");
    case 4:
      return C_ ("part", "Part 4");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * jp_progress_get_subject_label:
 * @subject: 1 … 4
 *
 * Returns: (transfer none): the translated name of an exam
 */
const char *
jp_progress_get_subject_label (int subject)
{
  switch (subject)
    {
    case 1:
      return C_ ("subject", "subject 1");
    case 2:
      return C_ ("subject", "subject 2");
    case 3:
      return C_ ("subject", "subject 3");
    case 4:
      return C_ ("subject", "subject 4");
    default:
      g_return_val_if_reached ("");
    }
}

static void
append_sentence (GString *text, char *sentence)
{
  g_autofree char *before = g_strdup (text->str);

  if (text->len == 0)
    g_string_append (text, sentence);
  else
    /* Translators: two sentences, one after the other. */
    g_string_printf (text, C_ ("sentences", "%s %s"), before, sentence);
  g_free (sentence);
}

static void
append_hours (GString *text, const JpProgressPart *part, int number)
{
  g_autofree char *valid = jp_minutes_format_hours (part->valid_minutes);
  g_autofree char *required = jp_minutes_format_hours (part->required_minutes);

  if (part->required_minutes == JP_CURRICULUM_UNKNOWN)
    append_sentence (text, g_strdup_printf (_ ("%s: %s hours valid; the hours required are not "
                                               "confirmed."),
                                            jp_progress_get_part_label (number), valid));
  else
    /* Translators: a part of the curriculum, its valid and its required hours. */
    append_sentence (text, g_strdup_printf (_ ("%s: %s of %s hours valid."),
                                            jp_progress_get_part_label (number), valid, required));
}

static void
append_void (GString *text, const JpProgress *self, const JpProgressPart *part)
{
  g_autofree char *hours = jp_minutes_format_hours (part->void_minutes);
  g_autofree char *when = jp_instant_to_short (self->last_void_us);
  const JpCode    *reason = jp_code_get (jp_session_reason_codes, self->last_void_reason);
  const char      *why = reason != NULL ? jp_code_get_label (reason) : _ ("no reason given");

  if (part->void_minutes == 0)
    return;
  if (self->last_void_coach != NULL && *self->last_void_coach != '\0')
    /* Translators: hours, date and time, reason, coach. */
    append_sentence (text, g_strdup_printf (_ ("%s hours void (last %s: %s, coach %s)."), hours,
                                            when, why, self->last_void_coach));
  else
    append_sentence (text, g_strdup_printf (_ ("%s hours void (last %s: %s)."), hours, when, why));
}

static void
append_pending (GString *text, const JpProgress *self, const JpProgressPart *part, gint64 now_us)
{
  g_autofree char *hours = jp_minutes_format_hours (part->pending_minutes);
  int              days = jp_date_days_between (jp_date_from_instant (self->oldest_pending_us),
                                                jp_date_from_instant (now_us));

  if (part->pending_minutes > 0)
    append_sentence (text,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "%s hours wait for review, the oldest %d day.",
                                                   "%s hours wait for review, the oldest %d days.",
                                                   (gulong)MAX (days, 0)),
                                      hours, MAX (days, 0)));
}

static void
append_next (GString *text, const JpProgressPart *part, int number)
{
  gint64           missing = part->required_minutes - part->valid_minutes;
  const char      *subject = jp_progress_get_subject_label (number);
  g_autofree char *hours = jp_minutes_format_hours (missing);

  if (part->required_minutes == JP_CURRICULUM_UNKNOWN)
    return;
  if (missing > 0)
    append_sentence (text,
                     g_strdup_printf (_ ("%s more hours until the exam of %s."), hours, subject));
  else
    append_sentence (text, g_strdup_printf (_ ("Ready for the exam of %s."), subject));
}

/**
 * jp_progress_dup_sentence:
 * @self: a progress
 * @now_us: the present instant, for ages
 *
 * Returns: (transfer full): "where am I?" in words: valid, void and waiting hours of the present
 * part, why, and what comes next
 */
char *
jp_progress_dup_sentence (const JpProgress *self, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, NULL);

  int      number = jp_progress_get_current_part (self);
  GString *text = g_string_new (NULL);

  if (number == 0)
    append_sentence (text, g_strdup (_ ("All hours are valid and all exams are passed.")));
  else
    {
      const JpProgressPart *part = &self->parts[number];

      append_hours (text, part, number);
      append_void (text, self, part);
      append_pending (text, self, part, now_us);
      append_next (text, part, number);
    }

  return g_string_free (text, FALSE);
}
