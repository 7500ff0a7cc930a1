/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-ledger-private.h"
#include "jp-money.h"
#include "jp-settlement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SETTING_LEDGER   "ledger" /* "1" once the facts that were here before are posted */
#define CATCH_UP_MAX     200      /* facts in one transaction */
#define POSTING_COLUMNS  "n, debit, credit, fen, at, reference, revision, t, source, contract"
#define N_POSTING_FIELDS 10

static const struct
{
  const char *name;
  const char *label;
} accounts[JP_LEDGER_N_ACCOUNTS] = {
  [JP_LEDGER_PAID] = { "paid", NC_ ("account", "Paid") },
  [JP_LEDGER_CUSTODY] = { "custody", NC_ ("account", "In custody") },
  [JP_LEDGER_RELEASED] = { "released", NC_ ("account", "Released") },
  [JP_LEDGER_REFUNDED] = { "refunded", NC_ ("account", "Refunded") },
  [JP_LEDGER_PENALTY] = { "penalty", NC_ ("account", "Penalty") },
  [JP_LEDGER_DISPUTED] = { "disputed", NC_ ("account", "Disputed") },
};

/**
 * jp_ledger_account_get_name:
 * @account: an account
 *
 * Returns: (transfer none): its name for programs
 */
const char *
jp_ledger_account_get_name (JpLedgerAccount account)
{
  g_return_val_if_fail ((guint)account < JP_LEDGER_N_ACCOUNTS, NULL);

  return accounts[account].name;
}

/**
 * jp_ledger_account_get_label:
 * @account: an account
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
jp_ledger_account_get_label (JpLedgerAccount account)
{
  g_return_val_if_fail ((guint)account < JP_LEDGER_N_ACCOUNTS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "account", accounts[account].label);
}

/**
 * jp_ledger_account_lookup:
 * @name: (nullable): a name for programs
 * @out_account: (out): its account
 *
 * Returns: whether there is such an account
 */
gboolean
jp_ledger_account_lookup (const char *name, JpLedgerAccount *out_account)
{
  for (guint i = 0; i < JP_LEDGER_N_ACCOUNTS; i++)
    if (g_strcmp0 (accounts[i].name, name) == 0)
      {
        *out_account = (JpLedgerAccount)i;
        return TRUE;
      }
  return FALSE;
}

/* --- what a fact moves --- */

static void
set_reference (JpLedgerMove *move, JpRecord *record, JpFieldId field)
{
  const char *reference = field != 0 ? jp_record_get_text (record, field) : NULL;
  JpIdText    text;

  if (reference != NULL && *reference != '\0')
    g_strlcpy (move->reference, reference, sizeof move->reference);
  else
    g_snprintf (move->reference, sizeof move->reference, "%s/%s", jp_record_get_info (record)->name,
                jp_id_to_text (jp_record_get_id (record), text));
}

static void
set_contract (JpLedgerMove *move, JpRecord *record, JpFieldId field)
{
  const JpId *contract = jp_record_get_ref (record, field);

  move->contract = contract != NULL ? *contract : JP_ID_NONE;
}

static gboolean
derive_payment (JpRecord *payment, JpLedgerMove *move)
{
  set_contract (move, payment, JP_PAYMENT_CONTRACT);
  set_reference (move, payment, JP_PAYMENT_BANK_REFERENCE);
  move->debit = JP_LEDGER_PAID;
  move->credit = JP_LEDGER_CUSTODY;
  move->amount_fen = jp_record_get_integer (payment, JP_PAYMENT_AMOUNT);
  move->at_us = jp_record_get_integer (payment, JP_PAYMENT_PAID_AT);
  return g_strcmp0 (jp_record_get_text (payment, JP_PAYMENT_STATE), "received") == 0;
}

/* What comes back is a line with a negative amount. */
static gboolean
derive_line (JpRecord *line, JpLedgerMove *move)
{
  static const struct
  {
    const char     *kind;
    JpLedgerAccount to;
  } kinds[] = {
    { "release", JP_LEDGER_RELEASED },
    { "correction", JP_LEDGER_RELEASED },
    { "refund", JP_LEDGER_REFUNDED },
    { "penalty", JP_LEDGER_PENALTY },
  };
  const char *kind = jp_record_get_text (line, JP_STATEMENT_LINE_KIND);
  gint64      amount_fen = jp_record_get_integer (line, JP_STATEMENT_LINE_AMOUNT);

  set_contract (move, line, JP_STATEMENT_LINE_CONTRACT);
  set_reference (move, line, JP_STATEMENT_LINE_BANK_REFERENCE);
  move->amount_fen = amount_fen == G_MININT64 ? G_MAXINT64 : ABS (amount_fen);
  move->at_us = jp_record_get_integer (line, JP_STATEMENT_LINE_PAID_AT);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      {
        move->debit = amount_fen < 0 ? kinds[i].to : JP_LEDGER_CUSTODY;
        move->credit = amount_fen < 0 ? JP_LEDGER_CUSTODY : kinds[i].to;
        return TRUE;
      }
  return FALSE;
}

/* Without the bank's reference nobody can tell it from its line: the line posts it. */
static gboolean
derive_refund (JpRecord *refund, JpLedgerMove *move)
{
  set_contract (move, refund, JP_REFUND_CONTRACT);
  set_reference (move, refund, JP_REFUND_BANK_REFERENCE);
  move->debit = JP_LEDGER_CUSTODY;
  move->credit = JP_LEDGER_REFUNDED;
  move->amount_fen = jp_record_get_integer (refund, JP_REFUND_AMOUNT);
  move->at_us = jp_record_get_integer (refund, JP_REFUND_DECIDED_AT);
  return jp_record_get_code (refund, JP_REFUND_STATE) == JP_REQUEST_STATE_DONE &&
         jp_record_has (refund, JP_REFUND_BANK_REFERENCE);
}

/* What the bank has moved for an upheld dispute; its line on the next statement is the same. */
static gboolean
derive_correction (JpRecord *dispute, JpLedgerMove *move)
{
  gint64 fen = jp_record_get_integer (dispute, JP_DISPUTE_CORRECTION);

  set_reference (move, dispute, JP_DISPUTE_BANK_REFERENCE);
  move->debit = fen < 0 ? JP_LEDGER_RELEASED : JP_LEDGER_CUSTODY;
  move->credit = fen < 0 ? JP_LEDGER_CUSTODY : JP_LEDGER_RELEASED;
  move->amount_fen = fen == G_MININT64 ? G_MAXINT64 : ABS (fen);
  move->at_us = jp_record_get_integer (dispute, JP_DISPUTE_DECIDED_AT);
  return jp_record_has (dispute, JP_DISPUTE_BANK_REFERENCE);
}

/* Open, it is about what the line paid too much, or about what custody still holds for it; when it
 * ends, nothing is disputed any more. Where the list is wrong and not the money, nothing is. */
static gboolean
derive_dispute (JpRecord *dispute, JpLedgerMove *move)
{
  int      state = jp_record_get_code (dispute, JP_DISPUTE_STATE);
  gboolean is_refund = g_strcmp0 (jp_record_get_text (dispute, JP_DISPUTE_KIND), "refund") == 0;
  gint64   fen = 0;

  set_contract (move, dispute, JP_DISPUTE_CONTRACT);
  if (state == JP_DISPUTE_STATE_UPHELD)
    return derive_correction (dispute, move);
  if (__builtin_sub_overflow (jp_record_get_integer (dispute, JP_DISPUTE_PAID),
                              jp_record_get_integer (dispute, JP_DISPUTE_CLAIMED), &fen))
    fen = G_MAXINT64;
  set_reference (move, dispute, 0);
  move->debit = fen < 0 ? JP_LEDGER_CUSTODY : is_refund ? JP_LEDGER_REFUNDED : JP_LEDGER_RELEASED;
  move->credit = JP_LEDGER_DISPUTED;
  move->amount_fen = fen == G_MININT64 ? G_MAXINT64 : ABS (fen);
  move->at_us = jp_record_get_integer (dispute, JP_DISPUTE_OPENED_AT);
  return (state == JP_DISPUTE_STATE_SENT || state == JP_DISPUTE_STATE_REVIEW) &&
         jp_record_get_code (dispute, JP_DISPUTE_VERDICT) != JP_SETTLEMENT_DUPLICATE;
}

static gboolean
derive (JpRecord *record, JpLedgerMove *move)
{
  *move = (JpLedgerMove){ 0 };
  if (jp_record_get_head (record)->deleted || jp_record_get_head (record)->parked)
    return FALSE;
  switch ((int)jp_record_get_kind (record))
    {
    case JP_KIND_PAYMENT:
      return derive_payment (record, move);
    case JP_KIND_STATEMENT_LINE:
      return derive_line (record, move);
    case JP_KIND_REFUND:
      return derive_refund (record, move);
    case JP_KIND_DISPUTE:
      return derive_dispute (record, move);
    default:
      return FALSE;
    }
}

/**
 * jp_ledger_derive: (skip)
 * @record: a fact
 * @out_move: (out): what it moves
 *
 * Returns: whether it moves something that can be posted
 */
gboolean
jp_ledger_derive (JpRecord *record, JpLedgerMove *out_move)
{
  return derive (record, out_move) && out_move->amount_fen > 0 &&
         out_move->amount_fen <= JP_FEN_MAX;
}

/**
 * jp_ledger_is_out_of_range: (skip)
 * @record: a fact
 *
 * Returns: whether it would move an amount that cannot be posted
 */
gboolean
jp_ledger_is_out_of_range (JpRecord *record)
{
  JpLedgerMove move;

  return derive (record, &move) && (move.amount_fen < 0 || move.amount_fen > JP_FEN_MAX);
}

/* --- postings --- */

static void
posting_free (gpointer data)
{
  JpLedgerPosting *posting = data;

  g_free (posting->reference);
  g_free (posting);
}

static JpLedgerPosting *
read_posting (JpStatement *row, JpId *out_contract)
{
  JpLedgerPosting *posting = g_new0 (JpLedgerPosting, 1);

  posting->n = jp_statement_get_integer (row, 0);
  jp_ledger_account_lookup (jp_statement_get_text (row, 1), &posting->debit);
  jp_ledger_account_lookup (jp_statement_get_text (row, 2), &posting->credit);
  posting->amount_fen = jp_statement_get_integer (row, 3);
  posting->at_us = jp_statement_get_integer (row, 4);
  posting->reference = g_strdup (jp_statement_get_text (row, 5));
  posting->revision = jp_statement_get_integer (row, 6);
  posting->kind = (JpKind)jp_statement_get_integer (row, 7);
  jp_statement_get_id (row, 8, &posting->source);
  if (out_contract != NULL)
    jp_statement_get_id (row, 9, out_contract);
  return posting;
}

/* The newest posting of a source, or of a reference; %NULL with success if there is none. */
static gboolean
find_newest (JpVault          *vault,
             const JpId       *source,
             const char       *reference,
             JpLedgerPosting **out_posting,
             JpId             *out_contract,
             GError          **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   source != NULL ? "SELECT " POSTING_COLUMNS " FROM posting WHERE source = :source"
                                    " ORDER BY n DESC LIMIT 1"
                                  : "SELECT " POSTING_COLUMNS
                                    " FROM posting WHERE reference = :reference"
                                    " ORDER BY revision DESC LIMIT 1",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  if (source != NULL)
    jp_statement_bind_id (statement, ":source", source);
  else
    jp_statement_bind_text (statement, ":reference", reference);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  *out_posting = row ? read_posting (statement, out_contract) : NULL;
  return TRUE;
}

static gboolean
insert (JpVault            *vault,
        const JpLedgerMove *move,
        gint64              revision,
        JpKind              kind,
        const JpId         *source,
        GError            **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (
    vault->db,
    "INSERT INTO posting (contract, debit, credit, fen, at, reference, revision, t, source,"
    " posted_at) VALUES (:contract, :debit, :credit, :fen, :at, :reference, :revision, :t,"
    " :source, :now)",
    error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_blob (statement, ":contract", move->contract.bytes,
                          sizeof move->contract.bytes);
  jp_statement_bind_text (statement, ":debit", accounts[move->debit].name);
  jp_statement_bind_text (statement, ":credit", accounts[move->credit].name);
  jp_statement_bind_integer (statement, ":fen", move->amount_fen);
  jp_statement_bind_integer (statement, ":at", move->at_us);
  jp_statement_bind_text (statement, ":reference", move->reference);
  jp_statement_bind_integer (statement, ":revision", revision);
  jp_statement_bind_integer (statement, ":t", (gint64)kind);
  jp_statement_bind_id (statement, ":source", source);
  jp_statement_bind_integer (statement, ":now", jp_vault_now_us (vault));
  return jp_statement_run (statement, error);
}

static gboolean
take_back (JpVault *vault, const JpLedgerPosting *posting, const JpId *contract, GError **error)
{
  JpLedgerMove back = {
    .contract = *contract,
    .debit = posting->credit,
    .credit = posting->debit,
    .amount_fen = posting->amount_fen,
    .at_us = posting->at_us,
  };

  g_strlcpy (back.reference, posting->reference, sizeof back.reference);
  return insert (vault, &back, posting->revision + 1, posting->kind, &posting->source, error);
}

static gboolean
is_effective (const JpLedgerPosting *posting)
{
  return posting != NULL && posting->revision % 2 == 0;
}

static gboolean
is_same (const JpLedgerPosting *posting, const JpId *contract, const JpLedgerMove *move)
{
  return posting->debit == move->debit && posting->credit == move->credit &&
         posting->amount_fen == move->amount_fen && jp_id_equal (contract, &move->contract);
}

/* A reference is posted once. The decision of a refund and its line are one movement and may both
 * say so; anything else with a reference that is taken is a finding. */
static gboolean
post (JpVault *vault, JpRecord *record, const JpLedgerMove *move, GError **error)
{
  JpId             contract = JP_ID_NONE;
  JpLedgerPosting *newest = NULL;
  gboolean         ok = FALSE;

  if (!find_newest (vault, NULL, move->reference, &newest, &contract, error))
    return FALSE;
  if (is_effective (newest))
    {
      gboolean is_one =
        newest->kind != jp_record_get_kind (record) && is_same (newest, &contract, move);

      ok = jp_ledger_note (vault, JP_LEDGER_BREACH_REFERENCE, record, is_one ? 0 : move->amount_fen,
                           error);
    }
  else
    ok = insert (vault, move, newest != NULL ? newest->revision + 1 : 0,
                 jp_record_get_kind (record), jp_record_get_id (record), error) &&
         jp_ledger_note (vault, JP_LEDGER_BREACH_REFERENCE, record, 0, error);
  if (newest != NULL)
    posting_free (newest);
  return ok;
}

static gboolean
update (JpVault *vault, JpRecord *record, GError **error)
{
  JpLedgerMove     move;
  JpLedgerPosting *newest = NULL;
  JpId             contract = JP_ID_NONE;
  gboolean         moves = jp_ledger_derive (record, &move);
  gboolean         ok = FALSE;

  if (!find_newest (vault, jp_record_get_id (record), NULL, &newest, &contract, error))
    return FALSE;

  gboolean is_posted = is_effective (newest) && moves && is_same (newest, &contract, &move) &&
                       strcmp (newest->reference, move.reference) == 0;

  ok =
    is_posted || ((!is_effective (newest) || take_back (vault, newest, &contract, error)) &&
                  (moves ? post (vault, record, &move, error)
                         : jp_ledger_note (vault, JP_LEDGER_BREACH_REFERENCE, record, 0, error)));
  ok = ok && jp_ledger_note (vault, JP_LEDGER_BREACH_RANGE, record,
                             jp_ledger_is_out_of_range (record) ? 1 : 0, error);
  ok = ok && (is_posted || newest == NULL || jp_id_equal (&contract, &move.contract) ||
              jp_ledger_check_contract (vault, &contract, error));
  ok = ok && jp_ledger_check_contract (vault, &move.contract, error);
  if (newest != NULL)
    posting_free (newest);
  return ok;
}

/**
 * jp_ledger_apply:
 * @vault: a vault with an open write transaction
 * @record: a row as it was just written
 * @error: return location for a [error@Jp.DbError]
 *
 * Posts what a fact moves, once; takes back what an earlier version of it moved differently; and
 * checks the contract and the statement that it touches. The same fact again changes nothing. Rows
 * that are no facts about money are passed over.
 *
 * Returns: whether the database could be written; that a fact breaks something is a finding
 */
gboolean
jp_ledger_apply (JpVault *vault, JpRecord *record, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  switch ((int)jp_record_get_kind (record))
    {
    case JP_KIND_PAYMENT:
    case JP_KIND_REFUND:
    case JP_KIND_DISPUTE:
      return update (vault, record, error);
    case JP_KIND_STATEMENT_LINE:
      return update (vault, record, error) &&
             jp_ledger_check_statement (vault,
                                        jp_record_get_ref (record, JP_STATEMENT_LINE_STATEMENT),
                                        error);
    case JP_KIND_CONTRACT:
      return jp_ledger_check_contract (vault, jp_record_get_id (record), error);
    case JP_KIND_STATEMENT:
      return jp_ledger_check_statement (vault, jp_record_get_id (record), error);
    default:
      return TRUE;
    }
}

static gboolean
list_posted_parked (JpVault *vault, JpKind kind, GPtrArray *records, GError **error)
{
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind),
                 " WHERE parked = 1 AND id IN (SELECT source FROM posting)", NULL);
  g_autoptr (JpStatement) rows = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  while (rows != NULL && jp_statement_step (rows, &row, error))
    {
      JpRecord *record = row ? jp_record_table_read (rows, kind, vault->key, error) : NULL;

      if (!row)
        return TRUE;
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  return FALSE;
}

/**
 * jp_ledger_take_back_parked:
 * @vault: a vault with an open write transaction
 * @kind: a kind of which rows were set aside
 * @error: return location for a [error@Jp.DbError]
 *
 * Takes back what facts moved that the platform has forgotten: they stay readable, and count for
 * nothing until the platform has them again.
 *
 * Returns: whether the database could be written
 */
gboolean
jp_ledger_take_back_parked (JpVault *vault, JpKind kind, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  if (kind != JP_KIND_PAYMENT && kind != JP_KIND_REFUND && kind != JP_KIND_STATEMENT_LINE)
    return TRUE;
  if (!list_posted_parked (vault, kind, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!jp_ledger_apply (vault, records->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- facts that were here before the ledger --- */

static gboolean
catch_up_some (JpVault *vault, JpKind kind, gint64 *inout_rid, gboolean *out_more, GError **error)
{
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (kind),
                                      " WHERE rid > :after ORDER BY rid LIMIT :limit", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gboolean row = FALSE;

  if (statement == NULL || !jp_db_begin_write (vault->db, &transaction, error))
    return FALSE;
  jp_statement_bind_integer (statement, ":after", *inout_rid);
  jp_statement_bind_integer (statement, ":limit", CATCH_UP_MAX);
  while (jp_statement_step (statement, &row, error) && row)
    {
      JpRecord *record = jp_record_table_read (statement, kind, vault->key, error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  if (row)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      *inout_rid = jp_record_get_head (records->pdata[i])->rid;
      if (!jp_ledger_apply (vault, records->pdata[i], error))
        return FALSE;
    }
  *out_more = records->len == CATCH_UP_MAX;
  return jp_transaction_commit (&transaction, error);
}

static gboolean
is_caught_up (JpVault *vault, gboolean *out_done, GError **error)
{
  g_autofree char *value = NULL;

  if (!jp_vault_get_setting (vault, SETTING_LEDGER, &value, error))
    return FALSE;
  *out_done = value != NULL;
  return TRUE;
}

/**
 * jp_ledger_catch_up:
 * @vault: a writing vault without an open transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * Posts the facts that were here before there was a ledger. Once; a kill in the middle loses
 * nothing.
 *
 * Returns: whether it worked
 */
gboolean
jp_ledger_catch_up (JpVault *vault, GError **error)
{
  static const JpKind kinds[] = { JP_KIND_PAYMENT, JP_KIND_REFUND,   JP_KIND_STATEMENT_LINE,
                                  JP_KIND_DISPUTE, JP_KIND_CONTRACT, JP_KIND_STATEMENT };
  gboolean            done = FALSE;

  g_return_val_if_fail (vault != NULL, FALSE);

  if (!is_caught_up (vault, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64   rid = 0;
      gboolean more = TRUE;

      while (more)
        if (!catch_up_some (vault, kinds[i], &rid, &more, error))
          return jp_vault_translate (error);
    }

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) &&
          jp_vault_set_setting (vault, SETTING_LEDGER, "1", error) &&
          jp_transaction_commit (&transaction, error)) ||
         jp_vault_translate (error);
}

/* --- reading --- */

/**
 * jp_ledger_get_balance:
 * @vault: a vault
 * @contract: a contract
 * @out_balance: (out): where its money is
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_ledger_get_balance (JpVault         *vault,
                       const JpId      *contract,
                       JpLedgerBalance *out_balance,
                       GError         **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (out_balance != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT debit, credit, sum (fen) FROM posting WHERE contract = :contract"
                   " GROUP BY debit, credit",
                   error);
  JpLedgerBalance balance = { 0 };
  gboolean        row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_blob (statement, ":contract", contract->bytes, sizeof contract->bytes);
  while (jp_statement_step (statement, &row, error))
    {
      JpLedgerAccount debit = JP_LEDGER_PAID;
      JpLedgerAccount credit = JP_LEDGER_PAID;

      if (!row)
        {
          balance.fen[JP_LEDGER_PAID] = -balance.fen[JP_LEDGER_PAID];
          *out_balance = balance;
          return TRUE;
        }
      jp_ledger_account_lookup (jp_statement_get_text (statement, 0), &debit);
      jp_ledger_account_lookup (jp_statement_get_text (statement, 1), &credit);
      balance.fen[debit] -= jp_statement_get_integer (statement, 2);
      balance.fen[credit] += jp_statement_get_integer (statement, 2);
    }
  return jp_vault_translate (error);
}

/**
 * jp_ledger_list_postings:
 * @vault: a vault
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpLedgerPosting): its postings in the order in which the
 *   money moved, or %NULL with an error
 */
GPtrArray *
jp_ledger_list_postings (JpVault *vault, const JpId *contract, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT " POSTING_COLUMNS
                   " FROM posting WHERE contract = :contract ORDER BY at, n",
                   error);
  g_autoptr (GPtrArray) postings = g_ptr_array_new_with_free_func (posting_free);
  gboolean row = FALSE;

  if (statement != NULL)
    jp_statement_bind_blob (statement, ":contract", contract->bytes, sizeof contract->bytes);
  while (statement != NULL && jp_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&postings);
      g_ptr_array_add (postings, read_posting (statement, NULL));
    }
  jp_vault_translate (error);
  return NULL;
}
