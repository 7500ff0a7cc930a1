/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-text.h"
#include "jp-verify-private.h"
#include "jp-verify.h"

/* The rows of all kinds: readable, pointing somewhere, unsent where they say so, and with money
 * that adds up. */

#define COLUMN_ID 1 /* of jp_record_table_get_select() */

/* A row of a table, as a key. */
typedef struct
{
  gint64 kind;
  JpId   id;
} RowKey;

typedef struct
{
  JpVerifyRun *run;
  GHashTable  *ids;     /* (owned): RowKey of every row */
  GHashTable  *pending; /* (owned): RowKey → units of unjudged operations */
} Rows;

static guint
row_key_hash (gconstpointer key)
{
  const RowKey *row = key;

  return jp_id_hash (&row->id) ^ (guint)row->kind;
}

static gboolean
row_key_equal (gconstpointer a, gconstpointer b)
{
  const RowKey *one = a;
  const RowKey *other = b;

  return one->kind == other->kind && jp_id_equal (&one->id, &other->id);
}

static RowKey *
row_key_new (JpKind kind, const JpId *id)
{
  RowKey *key = g_new0 (RowKey, 1);

  key->kind = (gint64)kind;
  key->id = *id;
  return key;
}

/* Only what others point to needs remembering. */
static gboolean
is_target (JpKind kind)
{
  for (int other = 1; other <= JP_KIND_LAST; other++)
    {
      const JpKindInfo *info = jp_kind_get_info ((JpKind)other);

      for (guint i = 0; i < info->n_fields; i++)
        if (info->fields[i].type == JP_FIELD_REF && info->fields[i].target == kind)
          return TRUE;
    }
  return FALSE;
}

static gboolean
collect_ids (Rows *rows, JpKind kind, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (rows->run->vault->db, jp_record_table_get_select (kind), error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      JpId id = JP_ID_NONE;

      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;
      if (jp_statement_get_id (statement, COLUMN_ID, &id))
        g_hash_table_add (rows->ids, row_key_new (kind, &id));
    }
}

static gboolean
collect_pending (Rows *rows, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (rows->run->vault->db,
                   "SELECT op_row.t, op_row.id, op_row.units FROM op_row JOIN op ON op.n = op_row.n"
                   " WHERE op.state = 0",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      JpId id = JP_ID_NONE;

      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;

      jp_statement_get_id (statement, 1, &id);

      RowKey *key = row_key_new ((JpKind)jp_statement_get_integer (statement, 0), &id);
      guint32 units = GPOINTER_TO_UINT (g_hash_table_lookup (rows->pending, key));

      units |= (guint32)jp_statement_get_integer (statement, 2);
      g_hash_table_insert (rows->pending, key, GUINT_TO_POINTER (units));
    }
}

static void
check_references (Rows *rows, JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (field->type != JP_FIELD_REF || !jp_record_has (record, field->id))
        continue;

      RowKey key = { (gint64)field->target, *jp_record_get_ref (record, field->id) };

      rows->run->report->n_examined[JP_VERIFY_REFERENCES]++;
      if (!g_hash_table_contains (rows->ids, &key))
        jp_verify_report (rows->run, JP_VERIFY_REFERENCES, info->kind, jp_record_get_id (record), 0,
                          field->name);
    }
}

static void
check_pending (Rows *rows, JpRecord *record)
{
  RowKey  key = { (gint64)jp_record_get_kind (record), *jp_record_get_id (record) };
  guint32 expected = GPOINTER_TO_UINT (g_hash_table_lookup (rows->pending, &key));

  rows->run->report->n_examined[JP_VERIFY_PENDING]++;
  if (jp_record_get_head (record)->pending != expected)
    jp_verify_report (rows->run, JP_VERIFY_PENDING, (JpKind)key.kind, &key.id, 0,
                      "mask is not what the unjudged operations touched");
  g_hash_table_remove (rows->pending, &key);
}

static void
check_contract (Rows *rows, JpRecord *contract)
{
  gint64 paid_fen = jp_record_get_integer (contract, JP_CONTRACT_PAID);
  gint64 out_fen = jp_record_get_integer (contract, JP_CONTRACT_RELEASED) +
                   jp_record_get_integer (contract, JP_CONTRACT_REFUNDED);
  const char      *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);
  g_autofree char *digest = text != NULL ? jp_contract_text_hash (text) : NULL;

  rows->run->report->n_examined[JP_VERIFY_MONEY]++;
  if (paid_fen < out_fen)
    jp_verify_report (rows->run, JP_VERIFY_MONEY, JP_KIND_CONTRACT, jp_record_get_id (contract), 0,
                      "more was released and refunded than paid");

  rows->run->report->n_examined[JP_VERIFY_TEXTS]++;
  if (g_strcmp0 (digest, jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST)) != 0)
    jp_verify_report (rows->run, JP_VERIFY_TEXTS, JP_KIND_CONTRACT, jp_record_get_id (contract), 0,
                      "text does not match its digest");
}

static void
check_row (Rows *rows, JpStatement *statement, JpKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record =
    jp_record_table_read (statement, kind, rows->run->vault->key, &error);
  JpId id = JP_ID_NONE;

  if (record == NULL)
    {
      jp_statement_get_id (statement, COLUMN_ID, &id);
      jp_verify_report (rows->run, JP_VERIFY_ROWS, kind, &id, 0, error->message);
      return;
    }

  check_references (rows, record);
  check_pending (rows, record);
  if (kind == JP_KIND_CONTRACT)
    check_contract (rows, record);
}

static gboolean
check_kind (Rows *rows, JpKind kind, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (rows->run->vault->db, jp_record_table_get_select (kind), error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;
      if (!jp_verify_step (rows->run, JP_VERIFY_ROWS, error))
        return FALSE;
      check_row (rows, statement, kind);
    }
}

/* What the platform said of rows with unsent edits is sealed too. */
static gboolean
check_bases (Rows *rows, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (rows->run->vault->db, "SELECT t, id, doc FROM base", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      JpId  id = JP_ID_NONE;
      gsize size = 0;

      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;

      jp_statement_get_id (statement, 1, &id);

      gconstpointer sealed = jp_statement_get_blob (statement, 2, &size);
      g_autoptr (GBytes) plain =
        jp_seal_open (rows->run->vault->key, "base", &id, "doc", sealed, size, NULL);

      if (plain == NULL)
        jp_verify_report (rows->run, JP_VERIFY_ROWS,
                          (JpKind)jp_statement_get_integer (statement, 0), &id, 0,
                          "the platform's state cannot be opened");
    }
}

static void
report_lost (Rows *rows)
{
  GHashTableIter iter;
  gpointer       key = NULL;

  g_hash_table_iter_init (&iter, rows->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    jp_verify_report (rows->run, JP_VERIFY_PENDING, (JpKind)((RowKey *)key)->kind,
                      &((RowKey *)key)->id, 0, "an unjudged operation touched a row that is gone");
}

/**
 * jp_verify_rows:
 * @run: a verification
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether the check could run
 */
gboolean
jp_verify_rows (JpVerifyRun *run, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (row_key_hash, row_key_equal, g_free, NULL);
  g_autoptr (GHashTable) pending =
    g_hash_table_new_full (row_key_hash, row_key_equal, g_free, NULL);
  Rows rows = { run, ids, pending };

  for (int kind = 1; kind <= JP_KIND_LAST; kind++)
    if (is_target ((JpKind)kind) && !collect_ids (&rows, (JpKind)kind, error))
      return FALSE;
  if (!collect_pending (&rows, error))
    return FALSE;

  for (int kind = 1; kind <= JP_KIND_LAST; kind++)
    if (!check_kind (&rows, (JpKind)kind, error))
      return FALSE;

  report_lost (&rows);
  return check_bases (&rows, error);
}

/* --- assignments
 * ----------------------------------------------------------------------------------- */

static int
compare_assignments (gconstpointer a, gconstpointer b, gpointer user_data)
{
  JpRecord *one = *(JpRecord *const *)a;
  JpRecord *other = *(JpRecord *const *)b;
  JpFieldId end = GPOINTER_TO_UINT (user_data);
  int       order = jp_id_compare (jp_record_get_ref (one, end), jp_record_get_ref (other, end));
  gint64    from = jp_record_get_integer (one, JP_TERMINAL_ASSIGNMENT_STARTED_AT);
  gint64    other_from = jp_record_get_integer (other, JP_TERMINAL_ASSIGNMENT_STARTED_AT);

  if (order != 0)
    return order;
  return from < other_from ? -1 : from > other_from;
}

/* One after the other: each has ended before the next one begins. */
static void
check_sequence (JpVerifyRun *run, GPtrArray *assignments, JpFieldId end)
{
  g_ptr_array_sort_with_data (assignments, compare_assignments, GUINT_TO_POINTER (end));
  for (guint i = 1; i < assignments->len; i++)
    {
      JpRecord *before = g_ptr_array_index (assignments, i - 1);
      JpRecord *next = g_ptr_array_index (assignments, i);

      if (!jp_id_equal (jp_record_get_ref (before, end), jp_record_get_ref (next, end)))
        continue;
      if (!jp_record_has (before, JP_TERMINAL_ASSIGNMENT_ENDED_AT) ||
          jp_record_get_integer (before, JP_TERMINAL_ASSIGNMENT_ENDED_AT) >
            jp_record_get_integer (next, JP_TERMINAL_ASSIGNMENT_STARTED_AT))
        jp_verify_report (run, JP_VERIFY_ASSIGNMENTS, JP_KIND_TERMINAL_ASSIGNMENT,
                          jp_record_get_id (next), 0, jp_field_get (end)->name);
    }
}

static gboolean
has_both_ends (JpRecord *assignment)
{
  return jp_record_has (assignment, JP_TERMINAL_ASSIGNMENT_TERMINAL) &&
         jp_record_has (assignment, JP_TERMINAL_ASSIGNMENT_VEHICLE);
}

/**
 * jp_verify_assignments:
 * @run: a verification
 * @error: return location for a [error@Jp.StoreError]
 *
 * Verifies terminals and vehicles over all of their history. What waits for a decision of the
 * platform is left out.
 *
 * Returns: whether the check could run
 */
gboolean
jp_verify_assignments (JpVerifyRun *run, GError **error)
{
  g_autoptr (GPtrArray) assignments =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (run->vault->db, jp_record_table_get_select (JP_KIND_TERMINAL_ASSIGNMENT), error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        break;
      if (!jp_verify_step (run, JP_VERIFY_ASSIGNMENTS, error))
        return FALSE;

      /* An unreadable one has been reported with the rows. */
      g_autoptr (JpRecord) record =
        jp_record_table_read (statement, JP_KIND_TERMINAL_ASSIGNMENT, run->vault->key, NULL);

      if (record != NULL && !jp_record_get_head (record)->deleted &&
          !jp_record_get_head (record)->parked && has_both_ends (record))
        g_ptr_array_add (assignments, g_steal_pointer (&record));
    }

  check_sequence (run, assignments, JP_TERMINAL_ASSIGNMENT_TERMINAL);
  check_sequence (run, assignments, JP_TERMINAL_ASSIGNMENT_VEHICLE);
  return TRUE;
}
