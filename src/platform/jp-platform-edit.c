/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-edit.h"

#include "jp-platform-conflict.h"
#include "jp-platform-row.h"

/**
 * jp_platform_outcome_clear:
 * @self: an outcome
 */
void
jp_platform_outcome_clear (JpPlatformOutcome *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->detail, g_free);
}

/* What the verdict of a whole operation is taken from: the gravest of its rows. */
static guint
gravity (JpVerdictResult result)
{
  static const guint gravities[] = {
    [JP_VERDICT_APPLIED] = 0,  [JP_VERDICT_DUPLICATE] = 0, [JP_VERDICT_MERGED] = 1,
    [JP_VERDICT_PENDING] = 2,  [JP_VERDICT_CONFLICT] = 3,  [JP_VERDICT_PARKED] = 4,
    [JP_VERDICT_REJECTED] = 5,
  };

  return gravities[result];
}

static void
take_outcome (JpPlatformOutcome *whole, JpPlatformOutcome *part)
{
  gboolean graver = gravity (part->result) > gravity (whole->result);

  if (!graver && (whole->problem != NULL || part->problem == NULL ||
                  gravity (part->result) < gravity (whole->result)))
    return;

  jp_platform_outcome_clear (whole);
  whole->result = part->result;
  whole->problem = part->problem;
  whole->detail = g_steal_pointer (&part->detail);
}

/* What breaks a rule of the schema or of the business is the fault of the row, not of the push. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT) ||
         g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID) ||
         g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN);
}

static const char *
name_refusal (const GError *error)
{
  if (error->domain == JP_DB_ERROR)
    return "constraint";
  return error->code == JP_PLATFORM_ERROR_FORBIDDEN ? "forbidden" : "invalid";
}

/* Nothing of a refused row is lost: the inbox has it; and the station gets the state that holds. */
static gboolean
report_refusal (JpPlatformRow *row, GError **error)
{
  JpPlatformStore *store = jp_platform_get_store (row->platform);
  gboolean         rejected = row->outcome.result == JP_VERDICT_REJECTED;
  gboolean         known = row->theirs != NULL;
  g_autofree char *detail = g_strconcat (row->outcome.problem, row->outcome.detail ? ": " : NULL,
                                         row->outcome.detail, NULL);
  const JpPlatformConflict conflict = {
    .reason = rejected ? JP_CONFLICT_REASON_REJECTED : JP_CONFLICT_REASON_PARKED,
    .units = known ? row->row->units : 0,
    .base = row->row->base,
    .mine = row->row->set,
    .theirs = row->theirs,
    .detail = detail,
  };

  if (known && !row->written &&
      !jp_platform_store_put_as (store, &row->station->school, &row->station->id, row->theirs, NULL,
                                 error))
    return FALSE;
  return row->row->kind == JP_KIND_CONFLICT ||
         jp_platform_conflict_put (store, row->station, row->op, row->row, &conflict, error);
}

static gboolean
apply_marked (JpPlatformRow *row, GError **error)
{
  JpPlatformStore *store = jp_platform_get_store (row->platform);
  g_autoptr (GError) local = NULL;

  if (!jp_platform_store_mark (store, error))
    return FALSE;
  if (jp_platform_row_apply (row, &local))
    return jp_platform_store_unmark (store, TRUE, error);
  if (!is_refusal (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  row->written = FALSE;
  jp_platform_outcome_clear (&row->outcome);
  row->outcome.result = JP_VERDICT_REJECTED;
  row->outcome.problem = name_refusal (local);
  row->outcome.detail = g_strdup (local->message);
  return jp_platform_store_unmark (store, FALSE, error);
}

/* No row is no error. Shared rows are not the school's. */
static gboolean
find_row (JpPlatform *platform,
          const JpId *school,
          JpKind      kind,
          const JpId *id,
          JpRecord  **out_row,
          GError    **error)
{
  g_autoptr (GError) local = NULL;

  *out_row = NULL;
  if (jp_platform_store_is_shared (kind))
    return TRUE;
  *out_row = jp_platform_store_find (jp_platform_get_store (platform), school, kind, id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_row (JpPlatform              *platform,
         const JpPlatformStation *station,
         const JpOp              *op,
         const JpOpRow           *op_row,
         JpPlatformOutcome       *outcome,
         GError                 **error)
{
  g_autoptr (JpRecord) theirs = NULL;
  JpPlatformRow row = { .platform = platform, .station = station, .op = op, .row = op_row };
  gboolean      done = FALSE;

  if (!find_row (platform, &station->school, op_row->kind, &op_row->id, &theirs, error))
    return FALSE;

  row.theirs = theirs;
  done = apply_marked (&row, error);
  if (done &&
      (row.outcome.result == JP_VERDICT_REJECTED || row.outcome.result == JP_VERDICT_PARKED))
    done = report_refusal (&row, error);
  if (done)
    take_outcome (outcome, &row.outcome);
  jp_platform_outcome_clear (&row.outcome);
  return done;
}

/* --- the order of rows --- */

static gboolean
is_assignment (const JpOpRow *row, gboolean ending)
{
  return row->kind == JP_KIND_TERMINAL_ASSIGNMENT &&
         (jp_record_has (row->set, JP_TERMINAL_ASSIGNMENT_ENDED_AT) ||
          row->deletion == JP_OP_DELETE) == ending;
}

static gboolean
refers_to_one_of (const JpOpRow *row, GHashTable *waiting)
{
  const JpKindInfo *info = jp_kind_get_info (row->kind);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (field->type != JP_FIELD_REF || !jp_record_has (row->set, field->id))
        continue;

      const JpId *id = jp_record_get_ref (row->set, field->id);

      if (!jp_id_equal (id, &row->id) && g_hash_table_contains (waiting, id))
        return TRUE;
    }

  return FALSE;
}

static gboolean
must_wait (const JpOpRow *row, GPtrArray *rows, GHashTable *waiting)
{
  if (refers_to_one_of (row, waiting))
    return TRUE;
  if (!is_assignment (row, FALSE))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const JpOpRow *other = g_ptr_array_index (rows, i);

      if (is_assignment (other, TRUE) && g_hash_table_contains (waiting, &other->id))
        return TRUE;
    }

  return FALSE;
}

/* Moves the rows that need not wait. */
static void
move_ready (GPtrArray *rows, GPtrArray *left, GHashTable *waiting, GPtrArray *sorted)
{
  for (guint i = 0; i < left->len;)
    {
      JpOpRow *row = g_ptr_array_index (left, i);

      if (must_wait (row, rows, waiting))
        {
          i++;
          continue;
        }
      g_ptr_array_add (sorted, row);
      g_hash_table_remove (waiting, &row->id);
      g_ptr_array_remove_index (left, i);
    }
}

/* Rows come after those they refer to, and an assignment begins after another has ended; where that
 * goes round in a circle, in the order in which they were sent. */
static GPtrArray *
sort_rows (GPtrArray *rows)
{
  GPtrArray *sorted = g_ptr_array_new ();
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autoptr (GHashTable) waiting = g_hash_table_new (jp_id_hash, jp_id_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      JpOpRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (left, row);
      g_hash_table_add (waiting, &row->id);
    }

  while (left->len > 0)
    {
      guint n_before = left->len;

      move_ready (rows, left, waiting, sorted);
      if (left->len < n_before)
        continue;

      JpOpRow *first = g_ptr_array_index (left, 0);

      g_ptr_array_add (sorted, first);
      g_hash_table_remove (waiting, &first->id);
      g_ptr_array_remove_index (left, 0);
    }

  return sorted;
}

/* --- decided items --- */

/* The row that a decided item puts back, or a row of kind none. */
static gboolean
find_decided (JpPlatform *platform,
              const JpId *school,
              const JpId *item_id,
              JpOpRow    *out_row,
              GError    **error)
{
  g_autoptr (JpRecord) item = NULL;
  g_autoptr (JpRecord) row = NULL;
  JpId id;

  *out_row = (JpOpRow){ 0 };
  if (!find_row (platform, school, JP_KIND_CONFLICT, item_id, &item, error))
    return FALSE;
  if (item == NULL || jp_record_get_code (item, JP_CONFLICT_REASON) != JP_CONFLICT_REASON_PARKED ||
      jp_record_get_code (item, JP_CONFLICT_STATE) != JP_CONFLICT_STATE_MINE)
    return TRUE;

  const JpKindInfo *info = jp_kind_lookup (jp_record_get_text (item, JP_CONFLICT_ROW_KIND));

  if (info == NULL || !jp_id_parse (jp_record_get_text (item, JP_CONFLICT_ROW_ID), &id, NULL))
    return TRUE;
  if (!find_row (platform, school, info->kind, &id, &row, error))
    return FALSE;
  if (row != NULL && jp_record_get_head (row)->parked)
    *out_row =
      (JpOpRow){ .kind = info->kind, .id = id, .version = jp_record_get_head (row)->version };
  return TRUE;
}

/* Somebody decided that a parked row shall hold: it takes its place if there is room now. */
static gboolean
place_again (JpPlatform              *platform,
             const JpPlatformStation *station,
             const JpOp              *op,
             const JpId              *item_id,
             GError                 **error)
{
  JpOpRow again;
  g_auto (JpPlatformOutcome) outcome = { 0 };

  if (!find_decided (platform, &station->school, item_id, &again, error))
    return FALSE;
  if (again.kind == JP_KIND_NONE)
    return TRUE;

  g_autoptr (JpRecord) nothing = jp_draft_end (jp_draft_new (again.kind, &again.id));

  again.base = nothing;
  again.set = nothing;
  return run_row (platform, station, op, &again, &outcome, error);
}

/**
 * jp_platform_edit_run:
 * @platform: a platform with an open transaction
 * @station: who sent the operation
 * @op: the operation
 * @out_outcome: (out): what came of it; clear it afterwards
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Puts an operation onto the rows. What it writes has one number in the stream of the school.
 *
 * Returns: %TRUE, or %FALSE with an error: the transaction is then to be given up
 */
gboolean
jp_platform_edit_run (JpPlatform              *platform,
                      const JpPlatformStation *station,
                      const JpOp              *op,
                      JpPlatformOutcome       *out_outcome,
                      GError                 **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);
  g_return_val_if_fail (op != NULL, FALSE);
  g_return_val_if_fail (out_outcome != NULL, FALSE);

  g_autoptr (GPtrArray) rows = sort_rows (op->rows);

  *out_outcome = (JpPlatformOutcome){ .result = JP_VERDICT_APPLIED };
  jp_platform_store_next_group (jp_platform_get_store (platform));

  for (guint i = 0; i < rows->len; i++)
    {
      const JpOpRow *row = g_ptr_array_index (rows, i);

      if (!run_row (platform, station, op, row, out_outcome, error) ||
          (row->kind == JP_KIND_CONFLICT && !place_again (platform, station, op, &row->id, error)))
        return FALSE;
    }

  return TRUE;
}
