/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

#define MAX_LIMITS     16
#define MAX_LIMIT_FEES 8

/* The events' names are kinds of triggers too: "trigger": { "kind": "contract_signed" }. */
static const char *const trigger_names[] = {
  "contract_signed",
  "fee_paid",
  "file_opened",
  "card_issued",
  "training_started",
  "graduated",
  "licence_issued",
  "hours_reviewed",
  "hours_daily",
  "exam_passed",
  "any",
  "all",
  NULL,
};

enum {
  NAME_HOURS_REVIEWED = JP_POLICY_N_EVENTS,
  NAME_HOURS_DAILY,
  NAME_EXAM_PASSED,
  NAME_ANY,
  NAME_ALL,
};

/**
 * jp_policy_stage_free: (skip)
 * @stage: (transfer full): a stage
 *
 * Frees it.
 */
void
jp_policy_stage_free (JpPolicyStage *stage)
{
  g_free (stage->id);
  g_free (stage->title);
  g_free (stage->clause);
  g_free (stage->note);
  g_free (stage->fee);
  g_free (stage);
}

/**
 * jp_policy_limit_free: (skip)
 * @limit: (transfer full): a limit
 *
 * Frees it.
 */
void
jp_policy_limit_free (JpPolicyLimit *limit)
{
  g_free (limit->id);
  g_free (limit->title);
  g_free (limit->clause);
  g_strfreev (limit->fees);
  g_free (limit);
}

/**
 * jp_policy_read_parts: (skip)
 * @reader: a reader in an object with `parts`
 *
 * Returns: bit n for part n; at least one after success
 */
guint
jp_policy_read_parts (JpDataReader *reader)
{
  gint64 parts[JP_POLICY_N_PARTS] = { 0 };
  guint  mask = 0;
  guint  n_parts =
    jp_data_reader_integers_if (reader, "parts", 1, JP_POLICY_N_PARTS, parts, JP_POLICY_N_PARTS);

  for (guint i = 0; i < n_parts; i++)
    {
      if ((mask & (1u << parts[i])) != 0)
        jp_data_reader_fail (reader, "parts", JP_MODEL_ERROR_INVALID, "names a part twice");

      mask |= 1u << parts[i];
    }

  if (mask == 0)
    jp_data_reader_fail (reader, "parts", JP_MODEL_ERROR_MISSING, "names no part");

  return mask;
}

/**
 * jp_policy_read_event: (skip)
 * @reader: a reader
 * @member: a member that names an event
 *
 * Returns: the event
 */
JpPolicyEvent
jp_policy_read_event (JpDataReader *reader, const char *member)
{
  return (JpPolicyEvent)jp_data_reader_choice (reader, member, jp_policy_event_names);
}

static void
read_simple_trigger (JpDataReader *reader, int name, JpPolicyStage *stage)
{
  JpPolicyTrigger trigger = { 0 };

  switch (name)
    {
    case NAME_HOURS_REVIEWED:
      trigger.kind = JP_POLICY_TRIGGER_HOURS_REVIEWED;
      trigger.parts = jp_policy_read_parts (reader);
      break;
    case NAME_HOURS_DAILY:
      trigger.kind = JP_POLICY_TRIGGER_HOURS_DAILY;
      trigger.parts = jp_policy_read_parts (reader);
      break;
    case NAME_EXAM_PASSED:
      trigger.kind = JP_POLICY_TRIGGER_EXAM_PASSED;
      trigger.subject = (int)jp_data_reader_integer (reader, "subject", 1, JP_POLICY_N_PARTS);
      break;
    default:
      trigger.kind = JP_POLICY_TRIGGER_EVENT;
      trigger.event = (JpPolicyEvent)name;
      break;
    }

  stage->triggers[stage->n_triggers++] = trigger;
}

static void
read_several_triggers (JpDataReader *reader, JpPolicyStage *stage)
{
  guint n_triggers = jp_data_reader_enter_list (reader, "of", 2, JP_POLICY_MAX_TRIGGERS);

  for (guint i = 0; i < n_triggers && jp_data_reader_enter_element (reader, i); i++)
    {
      int name = jp_data_reader_choice (reader, "kind", trigger_names);

      if (name >= NAME_ANY || name == NAME_HOURS_DAILY)
        jp_data_reader_fail (reader, "kind", JP_MODEL_ERROR_INVALID,
                             "\"%s\" cannot be one of several triggers", trigger_names[name]);
      else
        read_simple_trigger (reader, name, stage);

      jp_data_reader_leave (reader);
    }

  if (n_triggers > 0)
    jp_data_reader_leave (reader);
}

static void
read_trigger (JpDataReader *reader, JpPolicyStage *stage)
{
  gint64 rate_fen = 0;

  stage->hour_rate_fen = JP_POLICY_UNKNOWN;

  if (!jp_data_reader_enter (reader, "trigger"))
    return;

  int name = jp_data_reader_choice (reader, "kind", trigger_names);

  if (name >= NAME_ANY)
    read_several_triggers (reader, stage);
  else
    read_simple_trigger (reader, name, stage);

  stage->needs_all = name == NAME_ALL;

  if (name == NAME_HOURS_DAILY &&
      jp_data_reader_integer_if (reader, "per_hour_fen", 1, JP_FEN_MAX, &rate_fen))
    stage->hour_rate_fen = rate_fen;

  jp_data_reader_leave (reader);
}

/* Exactly one of share_bp, amount_fen, fee and rest; none of them if it is to be confirmed. */
static void
read_amount (JpDataReader *reader, JpPolicyStage *stage)
{
  gint64      share_bp = 0;
  guint       n_said = 0;
  const char *fee = jp_data_reader_text_if (reader, "fee");

  if (jp_data_reader_integer_if (reader, "share_bp", 0, JP_BASIS_POINTS_ALL, &share_bp))
    {
      stage->amount = JP_POLICY_AMOUNT_SHARE;
      stage->share_bp = (int)share_bp;
      n_said++;
    }
  if (jp_data_reader_integer_if (reader, "amount_fen", 0, JP_FEN_MAX, &stage->amount_fen))
    {
      stage->amount = JP_POLICY_AMOUNT_FIXED;
      n_said++;
    }
  if (fee != NULL)
    {
      stage->amount = JP_POLICY_AMOUNT_FEE;
      stage->fee = g_strdup (fee);
      n_said++;
    }
  if (jp_data_reader_boolean_if (reader, "rest", FALSE))
    {
      stage->amount = JP_POLICY_AMOUNT_REST;
      n_said++;
    }

  if (n_said > 1)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_INVALID,
                         "says its amount in more than one way");
  if (n_said == 0 && stage->state != JP_DATA_STATE_TO_CONFIRM)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_MISSING,
                         "needs \"share_bp\", \"amount_fen\", \"fee\" or \"rest\", or the state "
                         "\"to_confirm\"");
  if (n_said > 0 && stage->state == JP_DATA_STATE_TO_CONFIRM)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_INVALID,
                         "has an amount although it is to be confirmed");
}

static JpPolicyStage *
read_stage (JpPolicy *self, JpDataReader *reader)
{
  JpPolicyStage *stage = g_new0 (JpPolicyStage, 1);
  gint64         days = 0;

  g_ptr_array_add (self->stages, stage);
  stage->cap_fen = JP_POLICY_UNKNOWN;
  stage->cap_bp = JP_POLICY_UNKNOWN;
  stage->id = g_strdup (jp_data_reader_text (reader, "id"));
  stage->title = g_strdup (jp_data_reader_text (reader, "title"));
  stage->clause = g_strdup (jp_data_reader_text (reader, "clause"));
  stage->note = g_strdup (jp_data_reader_text_if (reader, "note"));
  stage->state = jp_data_header_read_state (self->header, reader);
  stage->confidence = jp_data_header_read_confidence (self->header, reader);
  read_trigger (reader, stage);
  read_amount (reader, stage);
  jp_data_reader_integer_if (reader, "cap_fen", 0, JP_FEN_MAX, &stage->cap_fen);
  jp_data_reader_integer_if (reader, "cap_bp", 0, JP_BASIS_POINTS_ALL, &stage->cap_bp);
  jp_data_reader_integer_if (reader, "review_delay_days", 0, JP_POLICY_MAX_DAYS, &days);
  stage->review_delay_days = (int)days;

  if (days > 0 && stage->n_triggers > 0 && stage->triggers[0].kind == JP_POLICY_TRIGGER_HOURS_DAILY)
    jp_data_reader_fail (reader, "review_delay_days", JP_MODEL_ERROR_INVALID,
                         "hours that earn daily are approved already: there is nothing to wait "
                         "for");

  return stage;
}

static void
check_ids (JpPolicy *self, JpDataReader *reader)
{
  for (guint i = 0; i < self->stages->len; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (jp_policy_get_stage (self, i)->id, jp_policy_get_stage (self, j)->id))
            jp_data_reader_fail (reader, "stages", JP_MODEL_ERROR_INVALID,
                                 "the id \"%s\" occurs twice", jp_policy_get_stage (self, i)->id);
        }
    }
}

/* Whatever the price is, the stages must add up to it: the last one takes the remainder. */
static void
check_sum (JpPolicy *self, JpDataReader *reader)
{
  int   sum_bp = 0;
  guint n_of[JP_POLICY_AMOUNT_REST + 1] = { 0 };
  guint n_stages = self->stages->len;

  for (guint i = 0; i < n_stages; i++)
    {
      const JpPolicyStage *stage = jp_policy_get_stage (self, i);
      gboolean             is_last = i + 1 == n_stages;

      n_of[stage->amount]++;
      sum_bp += stage->amount == JP_POLICY_AMOUNT_SHARE ? stage->share_bp : 0;

      if (stage->amount == JP_POLICY_AMOUNT_REST && !is_last)
        jp_data_reader_fail (reader, "stages", JP_MODEL_ERROR_INVALID,
                             "stage \"%s\": only the last stage can take the rest", stage->id);
      if (is_last && (stage->cap_fen != JP_POLICY_UNKNOWN || stage->cap_bp != JP_POLICY_UNKNOWN))
        jp_data_reader_fail (reader, "stages", JP_MODEL_ERROR_INVALID,
                             "stage \"%s\": the last stage takes what is left and has no cap",
                             stage->id);
    }

  if (sum_bp > JP_BASIS_POINTS_ALL)
    jp_data_reader_fail (reader, "stages", JP_MODEL_ERROR_INVALID,
                         "the shares add up to %d basis points, more than %d", sum_bp,
                         JP_BASIS_POINTS_ALL);

  if (n_of[JP_POLICY_AMOUNT_UNKNOWN] > 0 || n_of[JP_POLICY_AMOUNT_REST] > 0 || n_stages == 0)
    return;

  gboolean only_fees = n_of[JP_POLICY_AMOUNT_FEE] == n_stages;
  gboolean only_shares = n_of[JP_POLICY_AMOUNT_SHARE] == n_stages;

  if (!only_fees && (!only_shares || sum_bp != JP_BASIS_POINTS_ALL))
    jp_data_reader_fail (reader, "stages", JP_MODEL_ERROR_INVALID,
                         "the stages cannot add up to every price: let the last one take the rest");
}

static void
read_limit (JpPolicy *self, JpDataReader *reader)
{
  JpPolicyLimit *limit = g_new0 (JpPolicyLimit, 1);

  g_ptr_array_add (self->limits, limit);
  limit->id = g_strdup (jp_data_reader_text (reader, "id"));
  limit->title = g_strdup (jp_data_reader_text (reader, "title"));
  limit->clause = g_strdup (jp_data_reader_text (reader, "clause"));
  limit->fees = jp_data_reader_texts_if (reader, "fees", MAX_LIMIT_FEES);
  limit->min_bp = JP_POLICY_UNKNOWN;
  limit->max_bp = JP_POLICY_UNKNOWN;
  jp_data_reader_integer_if (reader, "min_bp", 0, JP_BASIS_POINTS_ALL, &limit->min_bp);
  jp_data_reader_integer_if (reader, "max_bp", 0, JP_BASIS_POINTS_ALL, &limit->max_bp);
  jp_data_header_read_state (self->header, reader);
  jp_data_header_read_confidence (self->header, reader);

  if (limit->fees[0] == NULL)
    jp_data_reader_fail (reader, "fees", JP_MODEL_ERROR_MISSING, "names no fee");
  if (limit->min_bp == JP_POLICY_UNKNOWN && limit->max_bp == JP_POLICY_UNKNOWN)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_MISSING, "needs \"min_bp\" or \"max_bp\"");
}

/**
 * jp_policy_read_release: (skip)
 * @self: a policy that is being read
 * @reader: a reader in the outermost object
 *
 * Reads the stages of the release and the limits of fees.
 */
void
jp_policy_read_release (JpPolicy *self, JpDataReader *reader)
{
  guint n_stages = jp_data_reader_enter_list (reader, "stages", 0, JP_POLICY_MAX_STAGES);

  for (guint i = 0; i < n_stages && jp_data_reader_enter_element (reader, i); i++)
    {
      read_stage (self, reader);
      jp_data_reader_leave (reader);
    }

  if (n_stages > 0)
    jp_data_reader_leave (reader);

  guint n_limits = jp_data_reader_enter_list (reader, "limits", 0, MAX_LIMITS);

  for (guint i = 0; i < n_limits && jp_data_reader_enter_element (reader, i); i++)
    {
      read_limit (self, reader);
      jp_data_reader_leave (reader);
    }

  if (n_limits > 0)
    jp_data_reader_leave (reader);

  if (jp_data_reader_is_ok (reader))
    {
      check_ids (self, reader);
      check_sum (self, reader);
    }
}
