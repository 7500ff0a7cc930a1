/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-bank.h"

#include "jp-money.h"

struct _JpBank
{
  JpDb *db; /* (borrowed): outlives the bank */
};

/* The accounts of each kind of movement. */
static const struct
{
  const char *name;
  const char *from;
  const char *to;
} kinds[JP_BANK_N_KINDS] = {
  [JP_BANK_PAYMENT] = { "payment", "payer", "custody" },
  [JP_BANK_RELEASE] = { "release", "custody", "disposable" },
  [JP_BANK_RECALL] = { "recall", "disposable", "custody" },
  [JP_BANK_REFUND] = { "refund", "custody", "payer" },
  [JP_BANK_MOVE] = { "move", "custody", "custody" },
  [JP_BANK_MISTAKE] = { "mistake", "suspense", "disposable" },
};

/**
 * jp_bank_new:
 * @db: the platform's connection; must outlive the bank
 *
 * Returns: (transfer full): the bank whose books are in @db
 */
JpBank *
jp_bank_new (JpDb *db)
{
  g_return_val_if_fail (db != NULL, NULL);

  JpBank *self = g_new0 (JpBank, 1);

  self->db = db;
  return self;
}

/**
 * jp_bank_free:
 * @self: (nullable) (transfer full): a bank
 *
 * Frees it; the books stay.
 */
void
jp_bank_free (JpBank *self)
{
  g_free (self);
}

/* "No owner" is a value here, unlike elsewhere. */
static void
bind_owner (JpStatement *statement, const char *name, const JpId *id)
{
  jp_statement_bind_blob (statement, name, id->bytes, sizeof id->bytes);
}

static gboolean
find_account (JpBank     *self,
              const char *kind,
              const JpId *school,
              const JpId *contract,
              gint64     *out_account,
              GError    **error)
{
  g_autoptr (JpStatement) find = jp_db_prepare (self->db,
                                                "SELECT id FROM bank_account WHERE kind = :kind"
                                                " AND school = :school AND contract = :contract",
                                                error);
  gboolean row = FALSE;

  if (find == NULL)
    return FALSE;
  jp_statement_bind_text (find, ":kind", kind);
  bind_owner (find, ":school", school);
  bind_owner (find, ":contract", contract);
  if (!jp_statement_step (find, &row, error))
    return FALSE;

  *out_account = row ? jp_statement_get_integer (find, 0) : 0;
  return TRUE;
}

static gboolean
ensure_account (JpBank     *self,
                const char *kind,
                const JpId *school,
                const JpId *contract,
                gint64     *out_account,
                GError    **error)
{
  gboolean    is_pooled = g_str_equal (kind, "suspense");
  const JpId *owner = is_pooled ? &JP_ID_NONE : school;
  const JpId *of = is_pooled || g_str_equal (kind, "disposable") ? &JP_ID_NONE : contract;

  if (!find_account (self, kind, owner, of, out_account, error))
    return FALSE;
  if (*out_account != 0)
    return TRUE;

  g_autoptr (JpStatement) add = jp_db_prepare (self->db,
                                               "INSERT INTO bank_account (kind, school, contract)"
                                               " VALUES (:kind, :school, :contract)",
                                               error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_text (add, ":kind", kind);
  bind_owner (add, ":school", owner);
  bind_owner (add, ":contract", of);
  if (!jp_statement_run (add, error))
    return FALSE;

  *out_account = jp_db_get_last_rowid (self->db);
  return TRUE;
}

static gboolean
take_reference (JpBank *self, gint64 at_us, char **out_reference, GError **error)
{
  JpDate day = jp_date_from_instant (at_us);
  g_autoptr (JpStatement) take =
    jp_db_prepare (self->db,
                   "INSERT INTO bank_day (day, last) VALUES (:day, 1)"
                   " ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last",
                   error);
  gboolean row = FALSE;

  if (take == NULL)
    return FALSE;
  jp_statement_bind_integer (take, ":day", day);
  if (!jp_statement_step (take, &row, error))
    return FALSE;
  g_assert (row);

  *out_reference = g_strdup_printf ("%08d-%06d", day, (int)jp_statement_get_integer (take, 0));
  return TRUE;
}

static gboolean
is_same (const JpBankOrder *order, JpStatement *done)
{
  JpId contract;

  jp_statement_get_id (done, 2, &contract);
  return g_str_equal (jp_statement_get_text (done, 1), kinds[order->kind].name) &&
         jp_id_equal (&contract, &order->contract) &&
         jp_statement_get_integer (done, 3) == order->amount_fen &&
         g_strcmp0 (jp_statement_get_text (done, 4), order->stage) == 0;
}

/* Nothing in *out_reference if it was never asked for. */
static gboolean
find_done (JpBank *self, const JpBankOrder *order, char **out_reference, GError **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (self->db,
                   "SELECT reference, kind, contract, fen, stage FROM bank_movement"
                   " WHERE purpose = :purpose",
                   error);
  gboolean row = FALSE;

  *out_reference = NULL;
  if (find == NULL)
    return FALSE;
  jp_statement_bind_text (find, ":purpose", order->purpose);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  if (!is_same (order, find))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                   "\"%s\" was done with other particulars", order->purpose);
      return FALSE;
    }

  *out_reference = g_strdup (jp_statement_get_text (find, 0));
  return TRUE;
}

static gboolean
add_movement (JpBank            *self,
              const JpBankOrder *order,
              const char        *reference,
              gint64            *out_movement,
              GError           **error)
{
  g_autoptr (JpStatement) add =
    jp_db_prepare (self->db,
                   "INSERT INTO bank_movement (reference, purpose, kind, school, contract, stage,"
                   " fen, at) VALUES (:reference, :purpose, :kind, :school, :contract, :stage,"
                   " :fen, :at)",
                   error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_text (add, ":reference", reference);
  jp_statement_bind_text (add, ":purpose", order->purpose);
  jp_statement_bind_text (add, ":kind", kinds[order->kind].name);
  bind_owner (add, ":school", &order->school);
  bind_owner (add, ":contract", &order->contract);
  if (order->stage != NULL)
    jp_statement_bind_text (add, ":stage", order->stage);
  jp_statement_bind_integer (add, ":fen", order->amount_fen);
  jp_statement_bind_integer (add, ":at", order->at_us);
  if (!jp_statement_run (add, error))
    return FALSE;

  *out_movement = jp_db_get_last_rowid (self->db);
  return TRUE;
}

static gboolean
add_posting (JpBank *self, gint64 movement, int line, gint64 account, gint64 fen, GError **error)
{
  g_autoptr (JpStatement) add =
    jp_db_prepare (self->db,
                   "INSERT INTO bank_posting (movement, line, account, fen)"
                   " VALUES (:movement, :line, :account, :fen)",
                   error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_integer (add, ":movement", movement);
  jp_statement_bind_integer (add, ":line", line);
  jp_statement_bind_integer (add, ":account", account);
  jp_statement_bind_integer (add, ":fen", fen);
  return jp_statement_run (add, error);
}

static gboolean
add_seal (JpBank *self, gint64 movement, GError **error)
{
  g_autoptr (JpStatement) add =
    jp_db_prepare (self->db, "INSERT INTO bank_seal (movement) VALUES (:movement)", error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_integer (add, ":movement", movement);
  return jp_statement_run (add, error);
}

static gboolean
check_order (JpBank *self, const JpBankOrder *order, gint64 from, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (self->db, "SELECT fen FROM bank_balance WHERE account = :account", error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_integer (read, ":account", from);
  if (!jp_statement_step (read, &row, error))
    return FALSE;
  if (!g_str_equal (kinds[order->kind].from, "custody"))
    return TRUE;
  if ((row ? jp_statement_get_integer (read, 0) : 0) >= order->amount_fen)
    return TRUE;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
               "custody does not hold %" G_GINT64_FORMAT " fen for \"%s\"", order->amount_fen,
               order->purpose);
  return FALSE;
}

static gboolean
do_order (JpBank *self, const JpBankOrder *order, const char *reference, GError **error)
{
  gboolean    is_move = order->kind == JP_BANK_MOVE;
  const JpId *to_school = is_move ? &order->to_school : &order->school;
  const JpId *to_contract = is_move ? &order->to_contract : &order->contract;
  gboolean    is_mistaken = order->kind == JP_BANK_RECALL && jp_id_is_none (&order->contract);
  gint64      from = 0;
  gint64      to = 0;
  gint64      movement = 0;

  return ensure_account (self, kinds[order->kind].from, &order->school, &order->contract, &from,
                         error) &&
         ensure_account (self, is_mistaken ? kinds[JP_BANK_MISTAKE].from : kinds[order->kind].to,
                         to_school, to_contract, &to, error) &&
         check_order (self, order, from, error) &&
         add_movement (self, order, reference, &movement, error) &&
         add_posting (self, movement, 1, from, -order->amount_fen, error) &&
         add_posting (self, movement, 2, to, order->amount_fen, error) &&
         add_seal (self, movement, error);
}

/**
 * jp_bank_post:
 * @self: a bank
 * @order: what to do
 * @out_reference: (out) (optional) (transfer full): the bank's number of the movement
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Moves money, inside an open transaction. What was done before for the same purpose is not done
 * again: its reference is returned.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if custody does not hold that much or
 *   the purpose was done with other particulars, `JP_PLATFORM_ERROR_INVALID` if the amount is out
 *   of range; the transaction is then to be given up
 */
gboolean
jp_bank_post (JpBank *self, const JpBankOrder *order, char **out_reference, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (order != NULL, FALSE);
  g_return_val_if_fail (order->purpose != NULL, FALSE);
  g_return_val_if_fail ((guint)order->kind < JP_BANK_N_KINDS, FALSE);
  g_assert (jp_db_in_write (self->db));

  g_autofree char *reference = NULL;

  if (order->amount_fen < 1 || order->amount_fen > JP_FEN_MAX)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                   "%" G_GINT64_FORMAT " fen cannot be moved", order->amount_fen);
      return FALSE;
    }
  if (!find_done (self, order, &reference, error))
    return FALSE;
  if (reference == NULL && (!take_reference (self, order->at_us, &reference, error) ||
                            !do_order (self, order, reference, error)))
    return FALSE;

  if (out_reference != NULL)
    *out_reference = g_steal_pointer (&reference);
  return TRUE;
}

/* In and out of one custody account, by kind of movement. */
static void
add_sums (JpBankSums *sums, const char *kind, gint64 in_fen, gint64 out_fen)
{
  sums->custody_fen += in_fen - out_fen;
  if (g_str_equal (kind, kinds[JP_BANK_RELEASE].name) ||
      g_str_equal (kind, kinds[JP_BANK_RECALL].name))
    {
      sums->released_fen += out_fen - in_fen;
      return;
    }

  sums->paid_fen += in_fen;
  sums->refunded_fen += out_fen;
}

/**
 * jp_bank_get_sums:
 * @self: a bank
 * @contract: a contract
 * @out_sums: (out): where its money is, all zero if it has none
 * @error: return location for a [error@Jp.DbError]
 *
 * Adds the postings up; nothing is remembered.
 *
 * Returns: whether the books could be read
 */
gboolean
jp_bank_get_sums (JpBank *self, const JpId *contract, JpBankSums *out_sums, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (out_sums != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (self->db,
                   "SELECT m.kind, sum (max (p.fen, 0)), -sum (min (p.fen, 0))"
                   " FROM bank_account a JOIN bank_posting p ON p.account = a.id"
                   " JOIN bank_movement m ON m.id = p.movement"
                   " WHERE a.contract = :contract AND a.kind = 'custody' GROUP BY m.kind",
                   error);
  JpBankSums sums = { 0 };

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":contract", contract);
  while (TRUE)
    {
      gboolean row = FALSE;

      if (!jp_statement_step (read, &row, error))
        return FALSE;
      if (!row)
        break;
      add_sums (&sums, jp_statement_get_text (read, 0), jp_statement_get_integer (read, 1),
                jp_statement_get_integer (read, 2));
    }

  *out_sums = sums;
  return TRUE;
}

static gboolean
read_integer (JpStatement *statement, gint64 *out_integer, GError **error)
{
  gboolean row = FALSE;

  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  *out_integer = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_bank_get_released:
 * @self: a bank
 * @contract: a contract
 * @stage: a stage of its policy
 * @out_fen: (out): what the school has been given for the stage, less what it gave back
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the books could be read
 */
gboolean
jp_bank_get_released (JpBank     *self,
                      const JpId *contract,
                      const char *stage,
                      gint64     *out_fen,
                      GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (stage != NULL, FALSE);
  g_return_val_if_fail (out_fen != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (self->db,
                   "SELECT sum (CASE kind WHEN 'release' THEN fen WHEN 'recall' THEN -fen END)"
                   " FROM bank_movement WHERE contract = :contract AND stage = :stage",
                   error);

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":contract", contract);
  jp_statement_bind_text (read, ":stage", stage);
  return read_integer (read, out_fen, error);
}

/**
 * jp_bank_get_custody:
 * @self: a bank
 * @school: a school
 * @before_us: the first instant that does not count
 * @out_fen: (out): what was held of all its contracts then
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the books could be read
 */
gboolean
jp_bank_get_custody (JpBank     *self,
                     const JpId *school,
                     gint64      before_us,
                     gint64     *out_fen,
                     GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_fen != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (self->db,
                   "SELECT sum (p.fen) FROM bank_account a JOIN bank_posting p ON p.account = a.id"
                   " JOIN bank_movement m ON m.id = p.movement"
                   " WHERE a.kind = 'custody' AND a.school = :school AND m.at < :before",
                   error);

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", school);
  jp_statement_bind_integer (read, ":before", before_us);
  return read_integer (read, out_fen, error);
}

/**
 * jp_bank_get_disposable:
 * @self: a bank
 * @school: a school
 * @out_fen: (out): balance of its own account; < 0 if it owes
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the books could be read
 */
gboolean
jp_bank_get_disposable (JpBank *self, const JpId *school, gint64 *out_fen, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_fen != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (self->db,
                   "SELECT b.fen FROM bank_account a JOIN bank_balance b ON b.account = a.id"
                   " WHERE a.kind = 'disposable' AND a.school = :school",
                   error);

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", school);
  return read_integer (read, out_fen, error);
}

/* Each finds something only if the books are wrong; the numbers are those of sync.md §5.4. */
static const struct
{
  const char *name;
  const char *sql;
} invariants[] = {
  { "I1: a movement without a seal, or that does not add up",
    "SELECT count (*) FROM bank_movement m WHERE NOT EXISTS"
    " (SELECT 1 FROM bank_seal s WHERE s.movement = m.id)"
    " OR (SELECT sum (fen) FROM bank_posting p WHERE p.movement = m.id) <> 0" },
  { "I2: the accounts do not add up to nothing",
    "SELECT ifnull (sum (fen), 0) <> 0 FROM bank_balance" },
  { "I2: a balance is not the sum of its postings",
    "SELECT count (*) FROM bank_account a WHERE"
    " ifnull ((SELECT fen FROM bank_balance b WHERE b.account = a.id), 0) <>"
    " ifnull ((SELECT sum (fen) FROM bank_posting p WHERE p.account = a.id), 0)" },
  { "I3: a contract and the books differ",
    "SELECT count (*) FROM contract c WHERE (ifnull (c.paid, 0) - ifnull (c.released, 0) -"
    " ifnull (c.refunded, 0)) <> ifnull ((SELECT b.fen FROM bank_account a"
    " JOIN bank_balance b ON b.account = a.id"
    " WHERE a.contract = c.id AND a.kind = 'custody'), 0)"
    " OR ifnull (c.released, 0) <> ifnull ((SELECT sum (CASE m.kind WHEN 'release' THEN m.fen"
    " WHEN 'recall' THEN -m.fen END) FROM bank_movement m WHERE m.contract = c.id), 0)" },
  { "I4: negative custody",
    "SELECT count (*) FROM bank_account a JOIN bank_balance b ON b.account = a.id"
    " WHERE a.kind = 'custody' AND b.fen < 0" },
  { "I5: money of a contract that there is not",
    "SELECT count (*) FROM bank_account a WHERE a.contract <> zeroblob (16)"
    " AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.id = a.contract)" },
};

/**
 * jp_bank_check:
 * @self: a bank
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Looks through all books and all contracts: for tests, and for the check of a night.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID` that names the first broken invariant
 */
gboolean
jp_bank_check (JpBank *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (invariants); i++)
    {
      g_autoptr (JpStatement) read = jp_db_prepare (self->db, invariants[i].sql, error);
      gint64 n_wrong = 0;

      if (read == NULL || !read_integer (read, &n_wrong, error))
        return FALSE;
      if (n_wrong != 0)
        {
          g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                       "%s (%" G_GINT64_FORMAT ")", invariants[i].name, n_wrong);
          return FALSE;
        }
    }

  return TRUE;
}
