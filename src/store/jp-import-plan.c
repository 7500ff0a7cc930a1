/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"
#include "jp-import-private.h"
#include "jp-import.h"
#include "jp-query.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

/* The rehearsal: what each row would do to the live data. Reads only. */

#define ROWS_PER_STEP 64

typedef struct
{
  JpImport   *import;
  JpVault    *vault;
  JpDate      today;
  GHashTable *seen;    /* (owned): key of a row → its number */
  GPtrArray  *tiers;   /* (owned) (nullable): loaded when the first row names one */
  GPtrArray  *coaches; /* (owned) (nullable): likewise */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_hash_table_unref (plan->seen);
  g_clear_pointer (&plan->tiers, g_ptr_array_unref);
  g_clear_pointer (&plan->coaches, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
is_refused (const JpImportRow *row)
{
  return row->reason != NULL;
}

/* --- names of other records
 * ------------------------------------------------------------------------ */

static gboolean
load (Plan *plan, JpKind kind, GPtrArray **records, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  if (*records == NULL)
    *records = jp_query_fetch_all (plan->vault, query, error);
  return *records != NULL;
}

/* "C1 普通班" and "c1普通班" are the same name. */
static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *one = jp_text_clean_code (a);
  g_autofree char *other = jp_text_clean_code (b);

  return strcmp (one, other) == 0;
}

/* On sale beats a draft, a later version beats an earlier one. */
static gboolean
is_better_tier (Plan *plan, JpRecord *tier, JpRecord *best)
{
  int status = jp_record_get_code (tier, JP_CLASS_TIER_STATUS);

  if (status == JP_TIER_STATUS_ENDED ||
      jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM) > plan->today)
    return FALSE;
  if (best == NULL)
    return TRUE;
  if (status != jp_record_get_code (best, JP_CLASS_TIER_STATUS))
    return status == JP_TIER_STATUS_PUBLISHED;
  return jp_record_get_integer (tier, JP_CLASS_TIER_VERSION_NO) >
         jp_record_get_integer (best, JP_CLASS_TIER_VERSION_NO);
}

static gboolean
find_tier (Plan *plan, JpImportRow *row, const JpImportReference *reference, GError **error)
{
  const char *wanted = jp_draft_get_text (row->draft, JP_TRAINEE_LICENCE_TYPE);
  JpRecord   *best = NULL;

  if (!load (plan, JP_KIND_CLASS_TIER, &plan->tiers, error))
    return FALSE;

  for (guint i = 0; i < plan->tiers->len; i++)
    {
      JpRecord   *tier = g_ptr_array_index (plan->tiers, i);
      const char *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);

      if (same_name (jp_record_get_text (tier, JP_CLASS_TIER_NAME), reference->title) &&
          (wanted == NULL || g_strcmp0 (type, wanted) == 0) && is_better_tier (plan, tier, best))
        best = tier;
    }

  if (best == NULL)
    {
      jp_import_row_refuse (row, reference->field,
                            C_ ("import", "No class tier on sale has this name for this licence "
                                          "type: add it first, or leave the cell empty"));
      return TRUE;
    }

  /* A roster that names only the tier means the tier's licence type. */
  if (wanted == NULL)
    {
      const JpFieldId field = JP_TRAINEE_LICENCE_TYPE;

      jp_draft_set_text (row->draft, field, jp_record_get_text (best, JP_CLASS_TIER_LICENCE_TYPE));
      g_array_append_val (row->given, field);
    }
  jp_draft_set_ref (row->draft, reference->field, jp_record_get_id (best));
  g_array_append_val (row->given, reference->field);
  return TRUE;
}

static gboolean
find_coach (Plan *plan, JpImportRow *row, const JpImportReference *reference, GError **error)
{
  JpRecord *found = NULL;
  guint     n_found = 0;

  if (!load (plan, JP_KIND_COACH, &plan->coaches, error))
    return FALSE;

  for (guint i = 0; i < plan->coaches->len; i++)
    {
      JpRecord *coach = g_ptr_array_index (plan->coaches, i);

      if (jp_record_get_code (coach, JP_COACH_EMPLOY_STATUS) != JP_EMPLOY_STATUS_EMPLOYED ||
          !same_name (jp_record_get_text (coach, JP_COACH_NAME), reference->title))
        continue;
      found = coach;
      n_found++;
    }

  if (n_found != 1)
    {
      jp_import_row_refuse (row, reference->field,
                            n_found == 0
                              ? C_ ("import",
                                    "Nobody of this name teaches here: add the coach first, "
                                    "or leave the cell empty")
                              : C_ ("import",
                                    "Several coaches have this name: leave the cell empty and "
                                    "choose the coach afterwards"));
      return TRUE;
    }
  jp_draft_set_ref (row->draft, reference->field, jp_record_get_id (found));
  g_array_append_val (row->given, reference->field);
  return TRUE;
}

static gboolean
resolve_references (Plan *plan, JpImportRow *row, GError **error)
{
  for (guint i = 0; i < row->references->len && !is_refused (row); i++)
    {
      const JpImportReference *reference = g_ptr_array_index (row->references, i);
      JpKind                   target = jp_field_get (reference->field)->target;

      if (target == JP_KIND_CLASS_TIER && plan->import->kind == JP_KIND_TRAINEE)
        {
          if (!find_tier (plan, row, reference, error))
            return FALSE;
        }
      else if (target == JP_KIND_COACH)
        {
          if (!find_coach (plan, row, reference, error))
            return FALSE;
        }
      else
        jp_import_row_refuse (row, reference->field,
                              C_ ("import", "This column cannot be imported: please leave it out"));
    }
  return TRUE;
}

/* --- the record of a row
 * --------------------------------------------------------------------------- */

static gboolean
find_live (Plan *plan, const char *key, JpRecord **out_record, GError **error)
{
  g_autoptr (JpQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) local_error = NULL;

  if (plan->import->kind == JP_KIND_TRAINEE || plan->import->kind == JP_KIND_COACH)
    {
      *out_record = jp_desk_find_person (plan->vault, plan->import->kind, key, &local_error);
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  query = jp_query_new (plan->import->kind);
  jp_query_where_text (query, plan->import->key, JP_QUERY_EQUAL, key);
  jp_query_set_limit (query, 1);
  found = jp_query_fetch_all (plan->vault, query, error);
  if (found == NULL)
    return FALSE;
  *out_record = found->len > 0 ? jp_record_ref (g_ptr_array_index (found, 0)) : NULL;
  return TRUE;
}

static gboolean
is_in_trash (Plan *plan, const char *key, gboolean *out_in_trash, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (plan->import->kind);
  gint64 n = 0;

  jp_query_set_rows (query, JP_QUERY_TRASH);
  jp_query_where_text (query, plan->import->key, JP_QUERY_EQUAL, key);
  if (!jp_query_count (plan->vault, query, &n, error))
    return FALSE;
  *out_in_trash = n > 0;
  return TRUE;
}

static void
check (Plan *plan, JpImportRow *row, JpDraft *draft)
{
  g_autoptr (GArray) issues = jp_validate_draft (draft, plan->today);

  if (issues->len == 0)
    return;

  const JpIssue   *issue = &g_array_index (issues, JpIssue, 0);
  g_autofree char *sentence = jp_problem_dup_sentence (issue->problem);

  jp_import_row_refuse (row, issue->field, sentence);
}

static void
copy_value (JpDraft *to, JpDraft *from, JpFieldId field)
{
  const JpField *description = jp_field_get (field);

  if (!jp_draft_has (from, field))
    return;
  if (jp_field_is_text (description))
    jp_draft_set_text (to, field, jp_draft_get_text (from, field));
  else if (description->type == JP_FIELD_REF)
    jp_draft_set_ref (to, field, jp_draft_get_ref (from, field));
  else
    jp_draft_set_integer (to, field, jp_draft_get_integer (from, field));
}

static void
copy_given (JpDraft *to, const JpImportRow *row)
{
  for (guint i = 0; i < row->given->len; i++)
    copy_value (to, row->draft, g_array_index (row->given, JpFieldId, i));
}

static void
plan_new (Plan *plan, JpImportRow *row)
{
  JpId id = jp_id_source_next (plan->vault->ids);
  g_autoptr (JpDraft) draft = jp_draft_new (plan->import->kind, &id);

  copy_given (draft, row);
  jp_desk_set_defaults (draft, plan->today);
  check (plan, row, draft);
  if (is_refused (row))
    return;

  row->outcome = JP_IMPORT_NEW;
  row->after = jp_draft_end (g_steal_pointer (&draft));
}

/* Only what stands in the row changes; an empty cell takes nothing away. */
static void
plan_known (Plan *plan, JpImportRow *row, JpRecord *known)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (known);
  g_autoptr (JpRecord) after = NULL;

  copy_given (draft, row);
  jp_validate_derive (draft, plan->import->key);
  check (plan, row, draft);
  if (is_refused (row))
    return;

  after = jp_draft_end (g_steal_pointer (&draft));
  row->before = jp_record_ref (known);
  row->outcome = JP_IMPORT_SAME;
  if (jp_record_diff_units (known, after) == 0)
    return;
  row->outcome = JP_IMPORT_CHANGED;
  row->after = g_steal_pointer (&after);
}

static void
refuse_double (JpImportRow *row, JpFieldId key, guint first_number)
{
  /* Translators: %u is the number of a row in a spreadsheet. */
  g_autofree char *sentence =
    g_strdup_printf (C_ ("import", "Row %u has the same: please keep one of the two"),
                     first_number);

  jp_import_row_refuse (row, key, sentence);
}

/* A row with a wrong number cannot find its record: its problem is told, nothing else. */
static gboolean
has_key (Plan *plan, JpImportRow *row)
{
  JpProblem problem = jp_validate_field (row->draft, plan->import->key);

  if (problem == JP_PROBLEM_NONE)
    return TRUE;

  g_autofree char *sentence = jp_problem_dup_sentence (problem);

  jp_import_row_refuse (row, plan->import->key, sentence);
  return FALSE;
}

static gboolean
plan_row (Plan *plan, JpImportRow *row, GError **error)
{
  g_autoptr (JpRecord) known = NULL;
  const char *key = NULL;
  gboolean    in_trash = FALSE;
  guint       first_number = 0;

  if (is_refused (row) || !has_key (plan, row))
    return TRUE;

  key = jp_draft_get_text (row->draft, plan->import->key);
  first_number = GPOINTER_TO_UINT (g_hash_table_lookup (plan->seen, key));
  if (first_number > 0)
    {
      refuse_double (row, plan->import->key, first_number);
      return TRUE;
    }
  g_hash_table_insert (plan->seen, g_strdup (key), GUINT_TO_POINTER (row->number));

  if (!resolve_references (plan, row, error) || !find_live (plan, key, &known, error) ||
      (known == NULL && !is_in_trash (plan, key, &in_trash, error)))
    return FALSE;
  if (is_refused (row))
    return TRUE;

  if (in_trash)
    jp_import_row_refuse (row, plan->import->key,
                          C_ ("import", "This record lies in the trash: restore it there, or "
                                        "leave the row out"));
  else if (known != NULL)
    plan_known (plan, row, known);
  else
    plan_new (plan, row);
  return TRUE;
}

/* Cuts the work into changes, each with its identity. */
static void
cut (JpImport *self, JpIdSource *ids)
{
  guint n_rows = JP_CHANGE_MAX_ROWS;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const JpImportRow *row = g_ptr_array_index (self->rows, i);

      if (row->outcome != JP_IMPORT_NEW && row->outcome != JP_IMPORT_CHANGED)
        continue;
      if (n_rows == JP_CHANGE_MAX_ROWS)
        {
          JpId id = jp_id_source_next (ids);

          g_array_append_val (self->starts, i);
          g_array_append_val (self->op_ids, id);
          n_rows = 0;
        }
      n_rows++;
    }
}

/**
 * jp_import_plan:
 * @self: an import with all its rows, not planned yet
 * @vault: a vault, reading will do
 * @monitor: (nullable): how the job is watched
 * @error: return location for a [error@Jp.StoreError]
 *
 * Rehearses the import: compares each row with the live data and decides what becomes of it. The
 * record of a row is found by its ID number, plate or serial number. Never on the main thread.
 *
 * Returns: whether the rehearsal could run
 */
gboolean
jp_import_plan (JpImport *self, JpVault *vault, const JpMonitor *monitor, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->starts->len == 0, FALSE);
  g_return_val_if_fail (vault != NULL, FALSE);

  g_auto (Plan) plan = {
    .import = self,
    .vault = vault,
    .today = jp_vault_today (vault),
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };

  for (guint i = 0; i < self->rows->len; i++)
    if ((i % ROWS_PER_STEP == 0 && !jp_monitor_step (monitor, i, self->rows->len, error)) ||
        !plan_row (&plan, g_ptr_array_index (self->rows, i), error))
      return FALSE;

  cut (self, vault->ids);
  return jp_monitor_step (monitor, self->rows->len, self->rows->len, error);
}
