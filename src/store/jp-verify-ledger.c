/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-ledger-private.h"
#include "jp-verify-private.h"

/* The ledger follows from the facts, and nothing else is in it. What the facts themselves break is
 * reported apart: that is the platform's or the bank's. */

typedef struct
{
  JpLedgerMove move;
  gint64       n;
  gint64       revision;
  JpKind       kind;
  JpId         source;
  gboolean     is_due; /* its fact was seen */
} Entry;

typedef struct
{
  JpVerifyRun *run;
  GHashTable  *entries;  /* (owned): reference → Entry: the newest revision */
  GHashTable  *excluded; /* (owned): JpId: facts whose reference was posted for another one */
} Ledger;

static void
report (Ledger *ledger, JpKind kind, const JpId *id, gint64 n, const char *detail)
{
  jp_verify_report (ledger->run, JP_VERIFY_LEDGER, kind, id, n, detail);
}

static gboolean
is_reversal (const Entry *before, const Entry *entry)
{
  return entry->move.debit == before->move.credit && entry->move.credit == before->move.debit &&
         entry->move.amount_fen == before->move.amount_fen &&
         jp_id_equal (&entry->move.contract, &before->move.contract);
}

static Entry *
read_entry (JpStatement *row)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->n = jp_statement_get_integer (row, 0);
  if (!jp_ledger_account_lookup (jp_statement_get_text (row, 1), &entry->move.debit) ||
      !jp_ledger_account_lookup (jp_statement_get_text (row, 2), &entry->move.credit))
    entry->move.amount_fen = -1;
  else
    entry->move.amount_fen = jp_statement_get_integer (row, 3);
  g_strlcpy (entry->move.reference, jp_statement_get_text (row, 4), sizeof entry->move.reference);
  entry->revision = jp_statement_get_integer (row, 5);
  entry->kind = (JpKind)jp_statement_get_integer (row, 6);
  jp_statement_get_id (row, 7, &entry->source);
  jp_statement_get_id (row, 8, &entry->move.contract);
  return entry;
}

static gboolean
read_entries (Ledger *ledger, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (ledger->run->vault->db,
                   "SELECT n, debit, credit, fen, reference, revision, t, source, contract"
                   " FROM posting ORDER BY reference, revision",
                   error);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      Entry *entry = row ? read_entry (read) : NULL;
      Entry *before = NULL;

      if (!row)
        return TRUE;
      before = g_hash_table_lookup (ledger->entries, entry->move.reference);
      if (entry->revision != (before != NULL ? before->revision + 1 : 0) ||
          (entry->revision % 2 == 1 && !is_reversal (before, entry)))
        report (ledger, entry->kind, &entry->source, entry->n,
                "a posting does not follow the one before it");
      g_hash_table_replace (ledger->entries, entry->move.reference, entry);
      if (!jp_verify_step (ledger->run, JP_VERIFY_LEDGER, error))
        return FALSE;
    }
  return jp_vault_translate (error);
}

/* --- findings of the facts --- */

static gboolean
read_findings (Ledger *ledger, GError **error)
{
  g_autoptr (GArray) findings = jp_ledger_list_findings (ledger->run->vault, error);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const JpLedgerFinding *finding = &g_array_index (findings, JpLedgerFinding, i);
      g_autofree char       *detail =
        g_strdup_printf ("%s: %" G_GINT64_FORMAT " fen",
                         jp_ledger_breach_get_name (finding->breach), finding->amount_fen);

      jp_verify_report (ledger->run, JP_VERIFY_BOOKS, finding->kind, &finding->id, 0, detail);
      if (finding->breach == JP_LEDGER_BREACH_REFERENCE)
        {
          JpId *id = g_new (JpId, 1);

          *id = finding->id;
          g_hash_table_add (ledger->excluded, id);
        }
    }
  return findings != NULL;
}

/* --- facts --- */

static gboolean
is_posted (Ledger *ledger, JpRecord *record, const JpLedgerMove *move)
{
  Entry   *entry = g_hash_table_lookup (ledger->entries, move->reference);
  gboolean is_own = entry != NULL && jp_id_equal (&entry->source, jp_record_get_id (record));

  if (entry == NULL || entry->revision % 2 == 1 || entry->move.debit != move->debit ||
      entry->move.credit != move->credit || entry->move.amount_fen != move->amount_fen ||
      !jp_id_equal (&entry->move.contract, &move->contract))
    return FALSE;
  entry->is_due = entry->is_due || is_own;
  return is_own || entry->kind != jp_record_get_kind (record);
}

static gboolean
check_facts (Ledger *ledger, JpKind kind, GError **error)
{
  JpVault *vault = ledger->run->vault;
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, jp_record_table_get_select (kind), error);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      /* An unreadable one has been reported with the rows. */
      g_autoptr (JpRecord) record =
        row ? jp_record_table_read (read, kind, vault->key, NULL) : NULL;
      JpLedgerMove move;

      if (!row)
        return TRUE;
      if (!jp_verify_step (ledger->run, JP_VERIFY_LEDGER, error))
        return FALSE;
      if (record != NULL && jp_ledger_derive (record, &move) &&
          !is_posted (ledger, record, &move) &&
          !g_hash_table_contains (ledger->excluded, jp_record_get_id (record)))
        report (ledger, kind, jp_record_get_id (record), 0, "what it moves is not posted");
    }
  return jp_vault_translate (error);
}

static void
check_sources (Ledger *ledger)
{
  GHashTableIter iter;
  gpointer       value = NULL;

  g_hash_table_iter_init (&iter, ledger->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *entry = value;

      if (entry->revision % 2 == 0 && !entry->is_due)
        report (ledger, entry->kind, &entry->source, entry->n, "nothing that is here moves this");
    }
}

static gboolean
check_sums (Ledger *ledger, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (ledger->run->vault->db,
                   "SELECT a.statement FROM statement_sum AS a LEFT JOIN"
                   " (SELECT statement, count (*) AS n, sum (ifnull (amount, 0)) AS fen FROM "
                   "statement_line"
                   "  WHERE deleted = 0 GROUP BY statement) AS b ON b.statement = a.statement"
                   " WHERE a.n <> ifnull (b.n, 0) OR a.fen <> ifnull (b.fen, 0)",
                   error);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      JpId id = JP_ID_NONE;

      if (!row)
        return TRUE;
      jp_statement_get_id (read, 0, &id);
      report (ledger, JP_KIND_STATEMENT, &id, 0, "the sum of its lines is not what was counted");
    }
  return jp_vault_translate (error);
}

/**
 * jp_verify_ledger: (skip)
 * @run: a verification
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether the check could run
 */
gboolean
jp_verify_ledger (JpVerifyRun *run, GError **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) excluded = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);
  Ledger ledger = { run, entries, excluded };

  if (!read_entries (&ledger, error) || !read_findings (&ledger, error) ||
      !check_facts (&ledger, JP_KIND_PAYMENT, error) ||
      !check_facts (&ledger, JP_KIND_STATEMENT_LINE, error) ||
      !check_facts (&ledger, JP_KIND_REFUND, error) ||
      !check_facts (&ledger, JP_KIND_DISPUTE, error))
    return FALSE;
  check_sources (&ledger);
  return check_sums (&ledger, error);
}
