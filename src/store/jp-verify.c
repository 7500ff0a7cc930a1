/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-verify.h"

#include "jp-db-tables.h"
#include "jp-verify-private.h"

#include <glib/gi18n-lib.h>

#define STEPS_PER_REPORT 256

static void
finding_free (gpointer data)
{
  JpVerifyFinding *finding = data;

  g_free (finding->detail);
  g_free (finding);
}

/**
 * jp_verify_report_free:
 * @self: (nullable) (transfer full): a report
 */
void
jp_verify_report_free (JpVerifyReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->findings);
  g_free (self);
}

/**
 * jp_verify_report:
 * @run: a verification
 * @check: which check
 * @kind: kind of the row, or %JP_KIND_NONE
 * @id: (nullable): the row
 * @n: number of the operation or audit entry, or 0
 * @detail: what is wrong
 *
 * Notes a fault.
 */
void
jp_verify_report (JpVerifyRun  *run,
                  JpVerifyCheck check,
                  JpKind        kind,
                  const JpId   *id,
                  gint64        n,
                  const char   *detail)
{
  run->report->n_found[check]++;
  if (run->report->findings->len >= JP_VERIFY_MAX_FINDINGS)
    return;

  JpVerifyFinding *finding = g_new0 (JpVerifyFinding, 1);

  finding->check = check;
  finding->kind = kind;
  finding->id = id != NULL ? *id : JP_ID_NONE;
  finding->n = n;
  finding->detail = g_strdup (detail);
  g_ptr_array_add (run->report->findings, finding);
}

/**
 * jp_verify_step:
 * @run: a verification
 * @check: which check looks at the next thing
 * @error: return location
 *
 * Returns: %TRUE to go on, or %FALSE with `G_IO_ERROR_CANCELLED`
 */
gboolean
jp_verify_step (JpVerifyRun *run, JpVerifyCheck check, GError **error)
{
  run->report->n_examined[check]++;
  run->done++;
  if (run->done % STEPS_PER_REPORT != 0)
    return TRUE;
  return jp_monitor_step (run->monitor, run->done, MAX (run->total, run->done), error);
}

/**
 * jp_verify_get_name:
 * @check: a check
 *
 * Returns: (transfer none): its name for programs
 */
const char *
jp_verify_get_name (JpVerifyCheck check)
{
  static const char *const names[JP_VERIFY_N_CHECKS] = {
    [JP_VERIFY_DATABASE] = "database",     [JP_VERIFY_OPERATIONS] = "operations",
    [JP_VERIFY_AUDIT] = "audit",           [JP_VERIFY_ROWS] = "rows",
    [JP_VERIFY_REFERENCES] = "references", [JP_VERIFY_ASSIGNMENTS] = "assignments",
    [JP_VERIFY_PENDING] = "pending",       [JP_VERIFY_MONEY] = "money",
    [JP_VERIFY_TEXTS] = "texts",           [JP_VERIFY_LEDGER] = "ledger",
    [JP_VERIFY_BOOKS] = "books",           [JP_VERIFY_BLOBS] = "blobs",
  };

  g_return_val_if_fail ((gsize)check < JP_VERIFY_N_CHECKS, NULL);

  return names[check];
}

/**
 * jp_verify_get_label:
 * @check: a check
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
jp_verify_get_label (JpVerifyCheck check)
{
  static const char *const labels[JP_VERIFY_N_CHECKS] = {
    [JP_VERIFY_DATABASE] = NC_ ("verify", "Database file"),
    [JP_VERIFY_OPERATIONS] = NC_ ("verify", "Chain of operations"),
    [JP_VERIFY_AUDIT] = NC_ ("verify", "Chain of the audit"),
    [JP_VERIFY_ROWS] = NC_ ("verify", "Every record can be read"),
    [JP_VERIFY_REFERENCES] = NC_ ("verify", "References"),
    [JP_VERIFY_ASSIGNMENTS] = NC_ ("verify", "Terminals bound once"),
    [JP_VERIFY_PENDING] = NC_ ("verify", "Unsent changes"),
    [JP_VERIFY_MONEY] = NC_ ("verify", "Money of the contracts"),
    [JP_VERIFY_TEXTS] = NC_ ("verify", "Texts of the contracts"),
    [JP_VERIFY_LEDGER] = NC_ ("verify", "Ledger"),
    [JP_VERIFY_BOOKS] = NC_ ("verify", "Books of platform and bank"),
    [JP_VERIFY_BLOBS] = NC_ ("verify", "Photos and scanned papers"),
  };

  g_return_val_if_fail ((gsize)check < JP_VERIFY_N_CHECKS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "verify", labels[check]);
}

/* A damaged file is a finding; that the check cannot run is an error. */
static gboolean
verify_database (JpVerifyRun *run, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) tables = NULL;

  if (!jp_verify_step (run, JP_VERIFY_DATABASE, error))
    return FALSE;
  if (!jp_db_check (run->vault->db, &local_error))
    {
      if (!g_error_matches (local_error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return jp_vault_translate (error);
        }
      jp_verify_report (run, JP_VERIFY_DATABASE, JP_KIND_NONE, NULL, 0, local_error->message);
    }

  tables = jp_db_tables_count (run->vault->db, error);
  if (tables == NULL)
    return jp_vault_translate (error);
  for (guint i = 0; i < tables->len; i++)
    run->total += (guint64)((JpDbTable *)g_ptr_array_index (tables, i))->n_rows;
  return TRUE;
}

/**
 * jp_verify_run:
 * @vault: a vault without an open transaction
 * @monitor: (nullable): how the job is watched
 * @error: return location for a [error@Jp.StoreError]
 *
 * Verifies all of a school's data, as of one moment. Takes about a second for 30,000 rows: never on
 * the main thread of a window.
 *
 * Returns: (transfer full): the report, or %NULL with an error if the check itself could not run
 */
JpVerifyReport *
jp_verify_run (JpVault *vault, const JpMonitor *monitor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpVerifyReport) report = g_new0 (JpVerifyReport, 1);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpVerifyRun run = { .vault = vault, .report = report, .monitor = monitor };

  report->findings = g_ptr_array_new_with_free_func (finding_free);
  if (!jp_db_begin_read (vault->db, &transaction, error))
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!verify_database (&run, error) || !jp_verify_chains (&run, error) ||
      !jp_verify_rows (&run, error) || !jp_verify_assignments (&run, error) ||
      !jp_verify_ledger (&run, error) || !jp_verify_blobs (&run, error) ||
      !jp_monitor_step (monitor, run.done, run.done, error))
    return NULL;
  return g_steal_pointer (&report);
}

/**
 * jp_verify_is_good:
 * @report: a report
 *
 * A reference to a row that has not come yet is no fault while the school is being synced, and what
 * the platform or the bank got wrong is not damage of the data: these do not make a report bad.
 *
 * Returns: whether the data hold what they promise
 */
gboolean
jp_verify_is_good (const JpVerifyReport *report)
{
  g_return_val_if_fail (report != NULL, FALSE);

  for (int check = 0; check < JP_VERIFY_N_CHECKS; check++)
    if (check != JP_VERIFY_REFERENCES && check != JP_VERIFY_BOOKS && report->n_found[check] > 0)
      return FALSE;
  return TRUE;
}
