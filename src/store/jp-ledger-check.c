/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-ledger-private.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

/* What holds of the books, looked at whenever a row is written that touches it. */

static const struct
{
  const char *name;
  const char *sentence; /* with the amount */
} breaches[JP_LEDGER_N_BREACHES] = {
  [JP_LEDGER_BREACH_CUSTODY] = { "custody", N_ ("%s more left custody than was paid in.") },
  [JP_LEDGER_BREACH_PAID] = { "paid",
                              N_ ("The payments and what the contract says differ by %s.") },
  [JP_LEDGER_BREACH_OUT] = { "out", N_ ("Statements pay out %s more than the contract says.") },
  [JP_LEDGER_BREACH_REFERENCE] = { "reference",
                                   N_ ("The bank’s reference was used before: %s are not posted a "
                                       "second time.") },
  [JP_LEDGER_BREACH_TOTAL] = { "total", N_ ("The lines and the total differ by %s.") },
  [JP_LEDGER_BREACH_RANGE] = { "range", N_ ("The amount is out of range and is not posted.") },
  [JP_LEDGER_BREACH_DISPUTED] = { "disputed", N_ ("Disputes are about %s more than there is.") },
};

/**
 * jp_ledger_breach_get_name:
 * @breach: what is broken
 *
 * Returns: (transfer none): its name for programs
 */
const char *
jp_ledger_breach_get_name (JpLedgerBreach breach)
{
  g_return_val_if_fail ((guint)breach < JP_LEDGER_N_BREACHES, NULL);

  return breaches[breach].name;
}

/**
 * jp_ledger_finding_dup_sentence:
 * @finding: a finding
 *
 * Returns: (transfer full): it as a translated sentence
 */
char *
jp_ledger_finding_dup_sentence (const JpLedgerFinding *finding)
{
  g_return_val_if_fail (finding != NULL, NULL);
  g_return_val_if_fail ((guint)finding->breach < JP_LEDGER_N_BREACHES, NULL);

  const char      *sentence = _ (breaches[finding->breach].sentence);
  g_autofree char *money = jp_money_format (ABS (finding->amount_fen));
  g_autoptr (GString) text = g_string_new (sentence);

  g_string_replace (text, "%s", money, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
note (JpVault       *vault,
      JpLedgerBreach breach,
      JpKind         kind,
      const JpId    *id,
      gint64         amount_fen,
      GError       **error)
{
  const char *sql =
    amount_fen != 0
      ? "INSERT INTO ledger_finding (kind, t, id, fen, found_at) VALUES (:kind, :t, :id, :fen, "
        ":now)"
        " ON CONFLICT (kind, t, id) DO UPDATE SET fen = excluded.fen WHERE fen <> excluded.fen"
      : "DELETE FROM ledger_finding WHERE kind = :kind AND t = :t AND id = :id";
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":kind", breaches[breach].name);
  jp_statement_bind_integer (statement, ":t", (gint64)kind);
  jp_statement_bind_id (statement, ":id", id);
  if (amount_fen != 0)
    {
      jp_statement_bind_integer (statement, ":fen", amount_fen);
      jp_statement_bind_integer (statement, ":now", jp_vault_now_us (vault));
    }
  return jp_statement_run (statement, error);
}

/**
 * jp_ledger_note: (skip)
 * @vault: a vault with an open write transaction
 * @breach: what a fact breaks
 * @record: the fact
 * @amount_fen: by how much, 0: it does not break it
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the finding is written, or gone
 */
gboolean
jp_ledger_note (JpVault       *vault,
                JpLedgerBreach breach,
                JpRecord      *record,
                gint64         amount_fen,
                GError       **error)
{
  return note (vault, breach, jp_record_get_kind (record), jp_record_get_id (record), amount_fen,
               error);
}

/* What the contract says of itself: paid, and gone out; and that it is there. */
static const char said_sql[] =
  "SELECT ifnull (paid, 0), ifnull (released, 0) + ifnull (refunded, 0), 1"
  " FROM contract WHERE id = :id";

/* The same by the books. Disputes move what is said to have gone out, and what is held: beside them
 * it stays the same. */
static const char booked_sql[] =
  "SELECT ifnull (sum (fen * ((debit = 'paid') - (credit = 'paid'))), 0),"
  " ifnull (sum (fen * ((credit IN ('released', 'refunded', 'penalty'))"
  " - (debit IN ('released', 'refunded', 'penalty')))), 0)"
  " FROM posting WHERE contract = :id"
  " AND debit <> 'disputed' AND credit <> 'disputed'";

static const char disputed_sql[] =
  "SELECT ifnull (sum (fen * ((credit = 'disputed') - (debit = 'disputed'))), 0)"
  " FROM posting WHERE contract = :id"
  " AND (credit = 'disputed' OR debit = 'disputed')";

/* What disputes are about was held, released or refunded before: what goes beyond that. */
static const char excess_sql[] =
  "SELECT ifnull (sum (max (fen, 0)), 0) FROM (SELECT"
  " sum (p.fen * ((p.debit = a.name) - (p.credit = a.name))) AS fen"
  " FROM (SELECT 'custody' AS name UNION ALL SELECT 'released'"
  " UNION ALL SELECT 'refunded') AS a, posting AS p"
  " WHERE p.contract = :id AND (p.debit = a.name OR p.credit = a.name)"
  " GROUP BY a.name HAVING sum (p.credit = 'disputed') > 0)";

/* Numbers about a contract or statement, which stay as they are where there is no row. */
static gboolean
read_sums (JpVault    *vault,
           const char *sql,
           const JpId *id,
           gint64     *out_sums,
           gsize       n_sums,
           GError    **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  for (gsize i = 0; row && i < n_sums; i++)
    out_sums[i] = jp_statement_get_integer (statement, (int)i);
  return TRUE;
}

static gboolean
check_disputed (JpVault *vault, const JpId *contract, GError **error)
{
  gint64 disputed_fen = 0;
  gint64 excess_fen = 0;

  if (!read_sums (vault, disputed_sql, contract, &disputed_fen, 1, error) ||
      (disputed_fen > 0 && !read_sums (vault, excess_sql, contract, &excess_fen, 1, error)))
    return FALSE;
  return note (vault, JP_LEDGER_BREACH_DISPUTED, JP_KIND_CONTRACT, contract, excess_fen, error);
}

/**
 * jp_ledger_check_contract: (skip)
 * @vault: a vault with an open write transaction
 * @contract: a contract, or none
 * @error: return location for a [error@Jp.DbError]
 *
 * Looks whether custody holds what it must and whether the books and the contract agree, and keeps
 * the findings. What stands on no statement yet has left no trace in the books, so the contract may
 * say more than they do, never less.
 *
 * Returns: whether it could be looked at
 */
gboolean
jp_ledger_check_contract (JpVault *vault, const JpId *contract, GError **error)
{
  gint64   booked[2] = { 0 }; /* paid, gone out */
  gint64   said[3] = { 0 };   /* the same, and whether the contract is there: if not, no breach */
  gboolean is_known = FALSE;

  if (jp_id_is_none (contract))
    return TRUE;
  if (!read_sums (vault, booked_sql, contract, booked, G_N_ELEMENTS (booked), error) ||
      !read_sums (vault, said_sql, contract, said, G_N_ELEMENTS (said), error))
    return FALSE;
  is_known = said[2] != 0;
  return check_disputed (vault, contract, error) &&
         note (vault, JP_LEDGER_BREACH_CUSTODY, JP_KIND_CONTRACT, contract,
               MAX (booked[1] - booked[0], 0), error) &&
         note (vault, JP_LEDGER_BREACH_PAID, JP_KIND_CONTRACT, contract,
               is_known ? booked[0] - said[0] : 0, error) &&
         note (vault, JP_LEDGER_BREACH_OUT, JP_KIND_CONTRACT, contract,
               is_known ? MAX (booked[1] - said[1], 0) : 0, error);
}

/**
 * jp_ledger_check_statement: (skip)
 * @vault: a vault with an open write transaction
 * @statement: (nullable): a statement
 * @error: return location for a [error@Jp.DbError]
 *
 * Looks whether the lines add up to the total, once all of them are here.
 *
 * Returns: whether it could be looked at
 */
gboolean
jp_ledger_check_statement (JpVault *vault, const JpId *statement, GError **error)
{
  static const char sql[] = "SELECT t.fen - s.total FROM statement AS s JOIN statement_sum AS t"
                            " ON t.statement = s.id WHERE s.id = :id AND t.n >= s.line_count";
  gint64            difference_fen = 0;

  if (statement == NULL)
    return TRUE;
  return read_sums (vault, sql, statement, &difference_fen, 1, error) &&
         note (vault, JP_LEDGER_BREACH_TOTAL, JP_KIND_STATEMENT, statement, difference_fen, error);
}

/**
 * jp_ledger_list_findings:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpLedgerFinding): what the facts of the platform and the
 *   bank break, or %NULL with an error
 */
GArray *
jp_ledger_list_findings (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, "SELECT kind, t, id, fen FROM ledger_finding ORDER BY kind, t, id",
                   error);
  g_autoptr (GArray) findings = g_array_new (FALSE, TRUE, sizeof (JpLedgerFinding));
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      JpLedgerFinding finding = { 0 };

      if (!row)
        return g_steal_pointer (&findings);
      for (guint i = 0; i < JP_LEDGER_N_BREACHES; i++)
        if (g_strcmp0 (breaches[i].name, jp_statement_get_text (read, 0)) == 0)
          finding.breach = (JpLedgerBreach)i;
      finding.kind = (JpKind)jp_statement_get_integer (read, 1);
      jp_statement_get_id (read, 2, &finding.id);
      finding.amount_fen = jp_statement_get_integer (read, 3);
      g_array_append_val (findings, finding);
    }
  jp_vault_translate (error);
  return NULL;
}
