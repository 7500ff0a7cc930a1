/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business.h"
#include "jp-business-private.h"

/**
 * jp_business_new:
 * @store: an open store; must outlive the business
 *
 * Returns: (transfer full): the business of the platform whose store it is
 */
JpBusiness *
jp_business_new (JpPlatformStore *store)
{
  g_return_val_if_fail (store != NULL, NULL);

  JpBusiness *self = g_new0 (JpBusiness, 1);

  self->store = store;
  self->bank = jp_bank_new (jp_platform_store_get_db (store));
  self->policies =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jp_policy_unref);
  self->curricula =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jp_curriculum_unref);
  self->touched = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);
  return self;
}

/**
 * jp_business_free:
 * @self: (nullable) (transfer full): a business
 *
 * Frees it.
 */
void
jp_business_free (JpBusiness *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bank, jp_bank_free);
  g_clear_pointer (&self->policies, g_hash_table_unref);
  g_clear_pointer (&self->curricula, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_free (self);
}

/**
 * jp_business_get_store:
 * @self: a business
 *
 * Returns: (transfer none): its store
 */
JpPlatformStore *
jp_business_get_store (JpBusiness *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->store;
}

/**
 * jp_business_get_bank:
 * @self: a business
 *
 * Returns: (transfer none): the custodian bank
 */
JpBank *
jp_business_get_bank (JpBusiness *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bank;
}

/**
 * jp_business_refuse: (skip)
 * @error: return location
 * @code: what the caller can do about it
 * @format: why, without personal data
 * @...: for @format
 *
 * Returns: %FALSE
 */
gboolean
jp_business_refuse (GError **error, JpPlatformError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, JP_PLATFORM_ERROR, (int)code, message);
  return FALSE;
}

/* --- transactions --- */

/**
 * jp_business_begin:
 * @self: a business
 * @out_transaction: (out caller-allocates): the guard
 * @error: return location for a [error@Jp.DbError]
 *
 * Begins to do business.
 *
 * Returns: whether the transaction is open
 */
gboolean
jp_business_begin (JpBusiness *self, JpTransaction *out_transaction, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_remove_all (self->touched);
  return jp_platform_store_begin (self->store, out_transaction, error);
}

/* The contract says what the books say, and the books keep together (sync.md §5.4, I3 and I4). */
static gboolean
check_contract (JpBusiness *self, const JpId *id, GError **error)
{
  JpBankSums sums = { 0 };
  g_autoptr (JpRecord) contract = jp_business_get (self, JP_KIND_CONTRACT, id, NULL, error);

  if (contract == NULL || !jp_bank_get_sums (self->bank, id, &sums, error))
    return FALSE;
  if (sums.custody_fen >= 0 && sums.released_fen >= 0 && sums.refunded_fen >= 0 &&
      sums.paid_fen == sums.custody_fen + sums.released_fen + sums.refunded_fen &&
      sums.paid_fen == jp_record_get_integer (contract, JP_CONTRACT_PAID) &&
      sums.released_fen == jp_record_get_integer (contract, JP_CONTRACT_RELEASED) &&
      sums.refunded_fen == jp_record_get_integer (contract, JP_CONTRACT_REFUNDED))
    return TRUE;

  g_critical ("a contract and the bank's books differ");
  g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT,
                       "a contract and the bank's books differ");
  return FALSE;
}

/**
 * jp_business_commit:
 * @self: a business
 * @transaction: what jp_business_begin() opened
 * @error: return location for a [error@Jp.DbError]
 *
 * Ends a piece of business, unless the money of a contract that it touched does not add up.
 *
 * Returns: whether it is on the disk; otherwise nothing of it has happened
 */
gboolean
jp_business_commit (JpBusiness *self, JpTransaction *transaction, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  GHashTableIter iter;
  gpointer       contract = NULL;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &contract, NULL))
    if (!check_contract (self, contract, error))
      return FALSE;

  return jp_platform_store_commit (self->store, transaction, error);
}

/**
 * jp_business_post: (skip)
 * @self: a business with an open transaction
 * @order: what the bank shall do
 * @out_reference: (out) (optional) (transfer full): the bank's number of it
 * @error: return location
 *
 * Moves money; the contracts that it touches are checked at the commit.
 *
 * Returns: whether it is done
 */
gboolean
jp_business_post (JpBusiness *self, const JpBankOrder *order, char **out_reference, GError **error)
{
  if (!jp_id_is_none (&order->contract))
    g_hash_table_add (self->touched, jp_id_copy (&order->contract));
  if (order->kind == JP_BANK_MOVE)
    g_hash_table_add (self->touched, jp_id_copy (&order->to_contract));
  return jp_bank_post (self->bank, order, out_reference, error);
}

/**
 * jp_business_sum_up: (skip)
 * @self: a business with an open transaction
 * @contract: a draft of a contract
 * @error: return location
 *
 * Writes into a contract what the bank's books say of it.
 *
 * Returns: whether the books could be read
 */
gboolean
jp_business_sum_up (JpBusiness *self, JpDraft *contract, GError **error)
{
  JpBankSums sums = { 0 };

  if (!jp_bank_get_sums (self->bank, jp_draft_get_id (contract), &sums, error))
    return FALSE;
  jp_draft_set_integer (contract, JP_CONTRACT_PAID, sums.paid_fen);
  jp_draft_set_integer (contract, JP_CONTRACT_RELEASED, sums.released_fen);
  jp_draft_set_integer (contract, JP_CONTRACT_REFUNDED, sums.refunded_fen);
  return TRUE;
}

/* --- rows --- */

/**
 * jp_business_get: (skip)
 * @self: a business
 * @kind: a kind
 * @id: an id
 * @out_school: (out) (optional): the school it belongs to
 * @error: return location
 *
 * Reads a row that counts: not in the trash, not waiting for a decision.
 *
 * Returns: (transfer full): the record, or %NULL with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
JpRecord *
jp_business_get (JpBusiness *self, JpKind kind, const JpId *id, JpId *out_school, GError **error)
{
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (GError) db_error = NULL;
  JpDb *db = jp_platform_store_get_db (self->store);

  record = jp_record_table_find (db, jp_platform_store_get_key (self->store), kind, id, &db_error);
  if (db_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&db_error));
      return NULL;
    }
  if (record == NULL || jp_record_get_head (record)->deleted || jp_record_get_head (record)->parked)
    {
      jp_business_refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "there is no such %s",
                          jp_kind_get_info (kind)->name);
      return NULL;
    }
  if (out_school != NULL &&
      !jp_platform_store_find_owner (self->store, kind, id, out_school, error))
    return NULL;
  return g_steal_pointer (&record);
}

/**
 * jp_business_get_by_number: (skip)
 * @self: a business
 * @field: the number of a trainee, coach, vehicle or terminal
 * @number: a number
 * @out_school: (out) (optional): the school it belongs to
 * @error: return location
 *
 * Returns: (transfer full): the record, or %NULL with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
JpRecord *
jp_business_get_by_number (JpBusiness *self,
                           JpFieldId   field,
                           const char *number,
                           JpId       *out_school,
                           GError    **error)
{
  JpKind           kind = JP_FIELD_KIND (field);
  g_autofree char *sql = g_strconcat ("SELECT id FROM ", jp_kind_get_info (kind)->name,
                                      " WHERE number = :number AND deleted = 0"
                                      " AND parked = 0 ORDER BY rid LIMIT 1",
                                      NULL);
  g_autoptr (JpStatement) find = jp_db_prepare (jp_platform_store_get_db (self->store), sql, error);
  gboolean row = FALSE;
  JpId     id;

  if (find == NULL)
    return NULL;
  jp_statement_bind_text (find, ":number", number);
  if (!jp_statement_step (find, &row, error))
    return NULL;
  if (!row || !jp_statement_get_id (find, 0, &id))
    {
      jp_business_refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "no %s has this number",
                          jp_kind_get_info (kind)->name);
      return NULL;
    }
  return jp_business_get (self, kind, &id, out_school, error);
}

/**
 * jp_business_list: (skip)
 * @self: a business
 * @reference: a reference field that has an index
 * @id: what it points to
 * @error: return location
 *
 * Returns: (transfer full) (element-type JpRecord): the rows that point there and count, oldest
 *   first
 */
GPtrArray *
jp_business_list (JpBusiness *self, JpFieldId reference, const JpId *id, GError **error)
{
  JpKind           kind = JP_FIELD_KIND (reference);
  g_autofree char *sql =
    g_strconcat (jp_record_table_get_select (kind), " WHERE ", jp_field_get (reference)->name,
                 " = :id AND deleted = 0 AND parked = 0 ORDER BY rid", NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (self->store), sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  jp_statement_bind_id (statement, ":id", id);

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&records);

      JpRecord *record =
        jp_record_table_read (statement, kind, jp_platform_store_get_key (self->store), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
}

/**
 * jp_business_put: (skip)
 * @self: a business with an open transaction
 * @school: the school of the row
 * @draft: (transfer full): the new state
 * @out_record: (out) (optional) (transfer full): the row as it was written
 * @error: return location
 *
 * Returns: whether it is written
 */
gboolean
jp_business_put (JpBusiness *self,
                 const JpId *school,
                 JpDraft    *draft,
                 JpRecord  **out_record,
                 GError    **error)
{
  g_autoptr (JpRecord) record = jp_draft_end (draft);

  return jp_platform_store_put (self->store, school, record, out_record, error);
}
