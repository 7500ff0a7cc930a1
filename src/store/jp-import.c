/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-import.h"

#include "jp-commit.h"
#include "jp-display.h"
#include "jp-import-private.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

#define BULLETS "•*"

static void
reference_free (gpointer data)
{
  JpImportReference *reference = data;

  g_free (reference->title);
  g_free (reference);
}

static void
row_free (gpointer data)
{
  JpImportRow *row = data;

  jp_draft_free (row->draft);
  g_array_unref (row->given);
  g_ptr_array_unref (row->references);
  g_free (row->reason);
  g_clear_pointer (&row->before, jp_record_unref);
  g_clear_pointer (&row->after, jp_record_unref);
  g_free (row);
}

/**
 * jp_import_get_key:
 * @kind: a kind
 *
 * Returns: the field by which a row finds its record, or 0 if the kind is not imported
 */
JpFieldId
jp_import_get_key (JpKind kind)
{
  switch ((int)kind)
    {
    case JP_KIND_TRAINEE:
      return JP_TRAINEE_ID_NUMBER;
    case JP_KIND_COACH:
      return JP_COACH_ID_NUMBER;
    case JP_KIND_VEHICLE:
      return JP_VEHICLE_PLATE;
    case JP_KIND_TERMINAL:
      return JP_TERMINAL_SERIAL;
    default:
      return 0;
    }
}

/**
 * jp_import_may:
 * @kind: a kind
 *
 * Returns: whether rosters of the kind can be imported
 */
gboolean
jp_import_may (JpKind kind)
{
  return jp_import_get_key (kind) != 0;
}

/**
 * jp_import_new:
 * @kind: a kind that can be imported
 *
 * Returns: (transfer full): an import without rows
 */
JpImport *
jp_import_new (JpKind kind)
{
  g_return_val_if_fail (jp_import_may (kind), NULL);

  JpImport *self = g_new0 (JpImport, 1);

  self->kind = kind;
  self->key = jp_import_get_key (kind);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->op_ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  return self;
}

/**
 * jp_import_free:
 * @self: (nullable) (transfer full): an import
 */
void
jp_import_free (JpImport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_array_unref (self->starts);
  g_array_unref (self->op_ids);
  g_free (self);
}

/**
 * jp_import_get_kind:
 * @self: an import
 *
 * Returns: the kind of its records
 */
JpKind
jp_import_get_kind (JpImport *self)
{
  g_return_val_if_fail (self != NULL, JP_KIND_NONE);

  return self->kind;
}

/**
 * jp_import_get_rows:
 * @self: an import
 *
 * Returns: (transfer none) (element-type JpImportRow): its rows, in the order of the file
 */
GPtrArray *
jp_import_get_rows (JpImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rows;
}

/**
 * jp_import_add_row:
 * @self: an import that has not been planned
 * @number: number of the row in its file
 *
 * Returns: (transfer none) (nullable): the new row, to be filled; %NULL if there are
 *   %JP_IMPORT_MAX_ROWS already
 */
JpImportRow *
jp_import_add_row (JpImport *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->rows->len >= JP_IMPORT_MAX_ROWS)
    return NULL;

  JpImportRow *row = g_new0 (JpImportRow, 1);
  JpId         nobody = jp_id_derive ("import", "row"); /* the plan says whose row it is */

  row->number = number;
  row->draft = jp_draft_new (self->kind, &nobody);
  row->given = g_array_new (FALSE, FALSE, sizeof (JpFieldId));
  row->references = g_ptr_array_new_with_free_func (reference_free);
  g_ptr_array_add (self->rows, row);
  return row;
}

/**
 * jp_import_row_refuse:
 * @row: a row
 * @field: the field that is to blame, or 0
 * @sentence: why, translated
 *
 * Refuses a row. The first reason stays: it is the one to correct first.
 */
void
jp_import_row_refuse (JpImportRow *row, JpFieldId field, const char *sentence)
{
  g_return_if_fail (row != NULL);
  g_return_if_fail (sentence != NULL);

  if (row->reason != NULL)
    return;

  row->outcome = JP_IMPORT_REFUSED;
  row->field = field;
  row->reason = field == 0 ? g_strdup (sentence)
                           /* Translators: the name of a column, and what is wrong in it. */
                           : g_strdup_printf (C_ ("import", "%s: %s"),
                                              jp_field_get_label (jp_field_get (field)), sentence);
}

/* What was exported without the right to see it says nothing: the cell is left as it is. */
static gboolean
is_masked (const JpField *field, const char *text)
{
  return (field->flags & JP_FIELD_SEALED) && strpbrk (text, BULLETS) != NULL;
}

/**
 * jp_import_row_put:
 * @row: a row
 * @field: a field of its kind
 * @text: what stands in the cell; "" leaves the field alone
 *
 * Takes a cell. What cannot be understood refuses the row.
 */
void
jp_import_row_put (JpImportRow *row, JpFieldId field, const char *text)
{
  g_return_if_fail (row != NULL);
  g_return_if_fail (text != NULL);

  const JpField     *description = jp_field_get (field);
  g_autofree char   *clean = jp_text_clean (text);
  g_autofree char   *sentence = NULL;
  JpImportReference *reference = NULL;
  JpProblem          problem = JP_PROBLEM_NONE;

  if (*clean == '\0' || is_masked (description, clean))
    return;
  if (description->type == JP_FIELD_REF)
    {
      reference = g_new0 (JpImportReference, 1);
      reference->field = field;
      reference->title = g_steal_pointer (&clean);
      g_ptr_array_add (row->references, reference);
      return;
    }

  problem = jp_display_parse (row->draft, field, text);
  if (problem == JP_PROBLEM_NONE)
    {
      g_array_append_val (row->given, field);
      return;
    }
  sentence = jp_problem_dup_sentence (problem);
  jp_import_row_refuse (row, field, sentence);
}

/**
 * jp_import_count:
 * @self: an import that has been planned
 * @outcome: an outcome
 *
 * Returns: how many rows have it
 */
guint
jp_import_count (JpImport *self, JpImportOutcome outcome)
{
  g_return_val_if_fail (self != NULL, 0);

  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    if (((JpImportRow *)g_ptr_array_index (self->rows, i))->outcome == outcome)
      n++;
  return n;
}

/* --- committing
 * ------------------------------------------------------------------------------------ */

/**
 * jp_import_get_n_changes:
 * @self: an import that has been planned
 *
 * Returns: in how many changes it is committed
 */
guint
jp_import_get_n_changes (JpImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->starts->len;
}

/**
 * jp_import_make_change:
 * @self: an import that has been planned
 * @index: which change, below jp_import_get_n_changes()
 * @actor: who imports
 *
 * Makes one piece of the import, of at most %JP_CHANGE_MAX_ROWS rows, for a job of the writer. Its
 * identity was fixed with the plan: committing it a second time is no second import.
 *
 * Returns: (transfer full): a change "import"
 */
JpChange *
jp_import_make_change (JpImport *self, guint index, const char *actor)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->starts->len, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  JpChange *change = jp_change_new (&g_array_index (self->op_ids, JpId, index), "import", actor);
  guint     end = index + 1 < self->starts->len ? g_array_index (self->starts, guint, index + 1)
                                                : self->rows->len;

  for (guint i = g_array_index (self->starts, guint, index); i < end; i++)
    {
      JpImportRow *row = g_ptr_array_index (self->rows, i);

      if (row->outcome == JP_IMPORT_NEW || row->outcome == JP_IMPORT_CHANGED)
        jp_change_add (change, row->before, row->after);
    }
  return change;
}

/**
 * jp_import_commit:
 * @self: an import that has been planned
 * @vault: a writing vault without an open transaction
 * @actor: who imports
 * @monitor: (nullable): how the job is watched
 * @error: return location for a [error@Jp.StoreError]
 *
 * Replays the plan. If it stops in between, what was committed stays; planning the same roster
 * again finds those rows the same.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_CONFLICT` (a record has changed since the
 *   rehearsal: plan again), `G_IO_ERROR_CANCELLED` or another code
 */
gboolean
jp_import_commit (JpImport        *self,
                  JpVault         *vault,
                  const char      *actor,
                  const JpMonitor *monitor,
                  GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (vault != NULL, FALSE);

  for (guint i = 0; i < self->starts->len; i++)
    {
      g_autoptr (JpChange) change = jp_import_make_change (self, i, actor);

      if (!jp_monitor_step (monitor, g_array_index (self->starts, guint, i), self->rows->len,
                            error) ||
          !jp_commit_change (vault, change, NULL, error))
        return FALSE;
    }
  return jp_monitor_step (monitor, self->rows->len, self->rows->len, error);
}
