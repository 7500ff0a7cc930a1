/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-typing-repo.h"

#define TYPING_TABLE "typing"

static gboolean
run (JpVault *vault, JpStatement *statement, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) || !jp_statement_run (statement, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/**
 * jp_typing_repo_save:
 * @vault: a vault that writes
 * @place: which form, at most %JP_SEAL_MAX_NAME_BYTES bytes
 * @typed: a{ss} from field to text
 * @error: return location for a [error@Jp.StoreError]
 *
 * Keeps what is typed instead of what was kept for the form before.
 *
 * Returns: whether it is on the disk; `JP_STORE_ERROR_INVALID` above %JP_TYPING_MAX_BYTES
 */
gboolean
jp_typing_repo_save (JpVault *vault, const char *place, GVariant *typed, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (place != NULL && strlen (place) <= JP_SEAL_MAX_NAME_BYTES, FALSE);
  g_return_val_if_fail (g_variant_is_of_type (typed, G_VARIANT_TYPE ("a{ss}")), FALSE);

  const char *sql = "INSERT INTO typing (place, doc, at) VALUES (:place, :doc, :at)"
                    " ON CONFLICT (place) DO UPDATE SET doc = excluded.doc, at = excluded.at";
  g_autoptr (JpStatement) statement = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gsize size = g_variant_get_size (typed);

  if (size > JP_TYPING_MAX_BYTES)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
                   "typing: %" G_GSIZE_FORMAT " bytes, limit %d", size, JP_TYPING_MAX_BYTES);
      return FALSE;
    }

  statement = jp_db_prepare (vault->db, sql, error);
  if (statement == NULL)
    return jp_vault_translate (error);
  /* The place is part of the seal: what is typed for one person never shows up at another. */
  sealed =
    jp_seal_close (vault->key, TYPING_TABLE, &JP_ID_NONE, place, g_variant_get_data (typed), size);
  jp_statement_bind_text (statement, ":place", place);
  jp_statement_bind_blob (statement, ":doc", g_bytes_get_data (sealed, NULL),
                          g_bytes_get_size (sealed));
  jp_statement_bind_integer (statement, ":at", jp_vault_now_us (vault));
  return run (vault, statement, error);
}

/**
 * jp_typing_repo_load:
 * @vault: a vault
 * @place: which form
 * @out_typed: (out) (nullable) (transfer full): a{ss}, %NULL if nothing is kept
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_typing_repo_load (JpVault *vault, const char *place, GVariant **out_typed, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (place != NULL, FALSE);
  g_return_val_if_fail (out_typed != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT doc FROM typing WHERE place = :place", error);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GVariant) typed = NULL;
  gconstpointer sealed = NULL;
  gsize         length_bytes = 0;
  gboolean      row = FALSE;

  *out_typed = NULL;
  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":place", place);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (!row)
    return TRUE;

  sealed = jp_statement_get_blob (statement, 0, &length_bytes);
  plain = jp_seal_open (vault->key, TYPING_TABLE, &JP_ID_NONE, place, sealed, length_bytes, error);
  if (plain == NULL)
    return jp_vault_translate (error);

  typed = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a{ss}"), plain, FALSE));
  *out_typed = g_variant_get_normal_form (typed);
  return TRUE;
}

/**
 * jp_typing_repo_clear:
 * @vault: a vault that writes
 * @place: which form
 * @error: return location for a [error@Jp.StoreError]
 *
 * Forgets what is kept: it was saved as a record, or thrown away.
 *
 * Returns: whether it is gone
 */
gboolean
jp_typing_repo_clear (JpVault *vault, const char *place, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "DELETE FROM typing WHERE place = :place", error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":place", place);
  return run (vault, statement, error);
}
