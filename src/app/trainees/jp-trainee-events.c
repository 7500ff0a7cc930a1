/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-events.h"

#include "jp-codes.h"
#include "jp-detail-parts.h"

#include <glib/gi18n-lib.h>

#define MAX_EVENTS 6

/* One line of the latest events, before they are put into order. */
typedef struct
{
  gint64 at_us;
  char  *text; /* (owned) */
} Event;

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->text);
  g_free (event);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Event *one = *(const Event *const *)a;
  const Event *two = *(const Event *const *)b;

  return one->at_us < two->at_us ? 1 : one->at_us > two->at_us ? -1 : 0;
}

static void
add (GPtrArray *events, gint64 at_us, char *text)
{
  Event *event = g_new0 (Event, 1);

  event->at_us = at_us;
  event->text = text;
  g_ptr_array_add (events, event);
}

static char *
describe_session (JpRecord *session)
{
  g_autofree char *state = jp_record_dup_display (session, JP_TRAINING_SESSION_STATE, TRUE);
  g_autofree char *reason = jp_record_dup_display (session, JP_TRAINING_SESSION_REASON, TRUE);
  g_autofree char *part = jp_record_dup_display (session, JP_TRAINING_SESSION_PART, TRUE);
  int              minutes = (int)jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION);

  if (jp_record_get_code (session, JP_TRAINING_SESSION_REASON) > 0)
    /* Translators: part, minutes, judgement, reason. */
    return g_strdup_printf (C_ ("session", "%s, %d minutes · %s: %s"), part, minutes, state,
                            reason);
  /* Translators: part, minutes, judgement. */
  return g_strdup_printf (C_ ("session", "%s, %d minutes · %s"), part, minutes, state);
}

static char *
describe_exam (JpRecord *exam)
{
  g_autofree char *outcome = jp_record_dup_display (exam, JP_EXAM_RESULT_OUTCOME, TRUE);
  g_autofree char *subject = jp_record_dup_display (exam, JP_EXAM_RESULT_SUBJECT, TRUE);

  if (jp_record_has (exam, JP_EXAM_RESULT_SCORE))
    /* Translators: subject, outcome, points. */
    return g_strdup_printf (_ ("Exam of %s · %s, %d points"), subject, outcome,
                            (int)jp_record_get_integer (exam, JP_EXAM_RESULT_SCORE));
  return g_strdup_printf (_ ("Exam of %s · %s"), subject, outcome);
}

static char *
describe_line (JpRecord *line)
{
  g_autofree char *kind = jp_record_dup_display (line, JP_STATEMENT_LINE_KIND, TRUE);
  g_autofree char *amount = jp_record_dup_display (line, JP_STATEMENT_LINE_AMOUNT, TRUE);
  const char      *stage = jp_record_get_text (line, JP_STATEMENT_LINE_STAGE);

  /* Translators: release or refund, amount, stage. */
  return g_strdup_printf (_ ("%s %s · %s"), kind, amount, stage != NULL ? stage : "");
}

/**
 * jp_trainee_events_new:
 * @facts: what is known of a trainee
 *
 * Returns: (transfer floating) (nullable): the latest sessions, exams and releases, newest first;
 * %NULL if there are none
 */
GtkWidget *
jp_trainee_events_new (const JpTraineeFacts *facts)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (event_free);
  GtkWidget *column = NULL;

  for (guint i = 0; i < facts->sessions->len; i++)
    add (events, jp_record_get_integer (facts->sessions->pdata[i], JP_TRAINING_SESSION_STARTED_AT),
         describe_session (facts->sessions->pdata[i]));
  for (guint i = 0; i < facts->exams->len; i++)
    add (events,
         jp_date_to_instant (jp_record_get_date (facts->exams->pdata[i], JP_EXAM_RESULT_TAKEN_ON),
                             12, 0),
         describe_exam (facts->exams->pdata[i]));
  for (guint i = 0; i < facts->lines->len; i++)
    if (jp_record_has (facts->lines->pdata[i], JP_STATEMENT_LINE_PAID_AT))
      add (events, jp_record_get_integer (facts->lines->pdata[i], JP_STATEMENT_LINE_PAID_AT),
           describe_line (facts->lines->pdata[i]));

  if (events->len == 0)
    return NULL;

  g_ptr_array_sort (events, compare_newest_first);
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  jp_detail_parts_add (column, jp_detail_parts_new_heading (_ ("Recent"), NULL));
  for (guint i = 0; i < events->len && i < MAX_EVENTS; i++)
    {
      const Event     *event = g_ptr_array_index (events, i);
      g_autofree char *when = jp_instant_to_short (event->at_us);

      jp_detail_parts_add (column, jp_detail_parts_new_event (when, event->text));
    }
  return column;
}
