/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-line-training.h"

#include "jp-codes.h"
#include "jp-plural.h"
#include "jp-progress.h"
#include "jp-query.h"

#include <glib/gi18n-lib.h>

struct _JpLineTraining
{
  GPtrArray *sessions; /* (owned) (element-type JpRecord): the oldest first */
  GPtrArray *exams;    /* (owned) (element-type JpRecord) */
};

/**
 * jp_line_training_free:
 * @self: (nullable) (transfer full): training
 */
void
jp_line_training_free (JpLineTraining *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->exams, g_ptr_array_unref);
  g_free (self);
}

/* Parts whose hours, and subjects whose exams the stage waits for; all of them if it is unknown. */
static void
find_masks (const JpPolicyStage *stage, guint *out_parts, guint *out_subjects)
{
  *out_parts = *out_subjects = stage == NULL ? ~0u : 0;
  for (guint i = 0; stage != NULL && i < stage->n_triggers; i++)
    {
      const JpPolicyTrigger *trigger = &stage->triggers[i];

      *out_parts |= trigger->parts;
      if (trigger->kind == JP_POLICY_TRIGGER_EXAM_PASSED)
        *out_subjects |= 1u << trigger->subject;
    }
}

static GPtrArray *
read_rows (JpVault *vault, JpRecord *contract, JpFieldId trainee, JpFieldId order, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_FIELD_KIND (trainee));

  jp_query_where_ref (query, trainee, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_query_set_order (query, order, FALSE);
  return jp_query_fetch_all (vault, query, error);
}

static void
keep_some (GPtrArray *rows, JpFieldId number, guint mask)
{
  for (guint i = rows->len; i > 0; i--)
    {
      gint64 value = jp_record_get_integer (rows->pdata[i - 1], number);

      if (value < 0 || value > 31 || !(mask >> value & 1))
        g_ptr_array_remove_index (rows, i - 1);
    }
}

static void
keep_since (GPtrArray *sessions, gint64 signed_us)
{
  for (guint i = sessions->len; i > 0; i--)
    if (jp_record_get_integer (sessions->pdata[i - 1], JP_TRAINING_SESSION_STARTED_AT) < signed_us)
      g_ptr_array_remove_index (sessions, i - 1);
}

/**
 * jp_line_training_read:
 * @vault: a vault
 * @contract: a contract
 * @stage: (nullable): a stage of its policy; %NULL for all that was trained
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): what counts for the stage, or %NULL with an error
 */
JpLineTraining *
jp_line_training_read (JpVault             *vault,
                       JpRecord            *contract,
                       const JpPolicyStage *stage,
                       GError             **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  g_autoptr (JpLineTraining) self = g_new0 (JpLineTraining, 1);
  guint parts = 0;
  guint subjects = 0;

  find_masks (stage, &parts, &subjects);
  self->sessions =
    read_rows (vault, contract, JP_TRAINING_SESSION_TRAINEE, JP_TRAINING_SESSION_STARTED_AT, error);
  if (self->sessions == NULL)
    return NULL;
  self->exams = read_rows (vault, contract, JP_EXAM_RESULT_TRAINEE, JP_EXAM_RESULT_TAKEN_ON, error);
  if (self->exams == NULL)
    return NULL;
  keep_since (self->sessions, jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT));
  keep_some (self->sessions, JP_TRAINING_SESSION_PART, parts);
  keep_some (self->exams, JP_EXAM_RESULT_SUBJECT, subjects);
  return g_steal_pointer (&self);
}

/**
 * jp_line_training_get_n:
 * @self: training
 *
 * Returns: how many sessions and exams there are
 */
guint
jp_line_training_get_n (JpLineTraining *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sessions->len + self->exams->len;
}

/**
 * jp_line_training_dup_heading:
 * @self: training
 *
 * Returns: (transfer full): how much it is, translated
 */
char *
jp_line_training_dup_heading (JpLineTraining *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *sessions =
    jp_plural_format (NP_ ("%d session", "%d sessions"), self->sessions->len);
  g_autofree char *exams =
    jp_plural_format (NP_ ("%d exam result", "%d exam results"), self->exams->len);

  /* Translators: number of sessions, number of exam results. */
  return g_strdup_printf (C_ ("evidence", "%1$s, %2$s"), sessions, exams);
}

static void
add_session (JpRecord *session, JpTimeline *timeline)
{
  gint64           started_us = jp_record_get_integer (session, JP_TRAINING_SESSION_STARTED_AT);
  const char      *state = jp_record_get_text (session, JP_TRAINING_SESSION_STATE);
  gboolean         pending = g_strcmp0 (state, "pending") == 0;
  gint64           duration = jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION);
  gint64           valid = jp_record_get_integer (session, JP_TRAINING_SESSION_VALID_MINUTES);
  g_autofree char *day = jp_date_to_iso (jp_date_from_instant (started_us));
  g_autofree char *minutes = jp_plural_format (NP_ ("%d minute", "%d minutes"), duration);
  g_autofree char *judged = jp_record_dup_display (session, JP_TRAINING_SESSION_STATE, FALSE);
  g_autofree char *counted = jp_plural_format (NP_ ("%d counts", "%d count"), valid);
  gint64           part = jp_record_get_integer (session, JP_TRAINING_SESSION_PART);
  g_autofree char *title =
    /* Translators: a part of the curriculum, minutes. */
    g_strdup_printf (C_ ("evidence", "%1$s, %2$s"), jp_progress_get_part_label ((int)part),
                     minutes);
  g_autofree char *detail =
    /* Translators: judgement of a session, how many of its minutes count. */
    pending ? g_strdup (judged) : g_strdup_printf (C_ ("evidence", "%1$s: %2$s"), judged, counted);
  const JpTimelineEntry entry = {
    day, title, detail, pending ? JP_TINT_WARN : valid >= duration ? JP_TINT_OK : JP_TINT_BAD, NULL,
  };

  jp_timeline_add (timeline, &entry);
}

static void
add_exam (JpRecord *exam, JpTimeline *timeline)
{
  const char      *outcome = jp_record_get_text (exam, JP_EXAM_RESULT_OUTCOME);
  g_autofree char *day = jp_date_to_iso (jp_record_get_date (exam, JP_EXAM_RESULT_TAKEN_ON));
  g_autofree char *word = jp_record_dup_display (exam, JP_EXAM_RESULT_OUTCOME, FALSE);
  const char      *title =
    jp_progress_get_subject_label ((int)jp_record_get_integer (exam, JP_EXAM_RESULT_SUBJECT));
  const JpTimelineEntry entry = {
    day, title, word, g_strcmp0 (outcome, "passed") == 0 ? JP_TINT_OK : JP_TINT_WARN, NULL,
  };

  jp_timeline_add (timeline, &entry);
}

/**
 * jp_line_training_fill:
 * @self: training
 * @timeline: where it goes
 *
 * Lists the sessions, each with its day, its minutes and whether they are reviewed, then the exams.
 */
void
jp_line_training_fill (JpLineTraining *self, JpTimeline *timeline)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (JP_IS_TIMELINE (timeline));

  jp_timeline_clear (timeline);
  for (guint i = 0; i < self->sessions->len; i++)
    add_session (self->sessions->pdata[i], timeline);
  for (guint i = 0; i < self->exams->len; i++)
    add_exam (self->exams->pdata[i], timeline);
}
