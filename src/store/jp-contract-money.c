/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-money.h"

#include "jp-facts-repo.h"
#include "jp-policy-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
event_free (gpointer data)
{
  JpMoneyEvent *event = data;

  g_free (event->stage);
  g_free (event->reference);
  g_free (event->sentence);
  g_free (event);
}

/**
 * jp_contract_money_free:
 * @self: (nullable) (transfer full): the money of a contract
 *
 * Frees it.
 */
void
jp_contract_money_free (JpContractMoney *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->contract, jp_record_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->postings, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self->note);
  g_free (self);
}

/**
 * jp_contract_money_get_label:
 * @kind: what happened
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
jp_contract_money_get_label (JpMoneyEventKind kind)
{
  switch (kind)
    {
    case JP_MONEY_PAID:
      return C_ ("money", "Paid in");
    case JP_MONEY_RELEASED:
      return C_ ("money", "Released");
    case JP_MONEY_REFUNDED:
      return C_ ("money", "Refunded");
    case JP_MONEY_EXPECTED:
      return C_ ("money", "Expected");
    case JP_MONEY_DISPUTED:
      return C_ ("money", "Disputed");
    case JP_MONEY_OTHER:
    default:
      return C_ ("money", "Other");
    }
}

/**
 * jp_contract_money_is_undone:
 * @self: the money of a contract
 * @posting: index of one of its postings
 *
 * Returns: whether a later posting takes it back
 */
gboolean
jp_contract_money_is_undone (const JpContractMoney *self, guint posting)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (posting < self->postings->len, FALSE);

  const JpLedgerPosting *one = self->postings->pdata[posting];

  for (guint i = 0; i < self->postings->len; i++)
    {
      const JpLedgerPosting *other = self->postings->pdata[i];

      if (other->revision == one->revision + 1 && other->revision % 2 == 1 &&
          strcmp (other->reference, one->reference) == 0)
        return TRUE;
    }
  return FALSE;
}

static JpMoneyEventKind
find_kind (const JpLedgerPosting *posting)
{
  if (posting->debit == JP_LEDGER_PAID && posting->credit == JP_LEDGER_CUSTODY)
    return JP_MONEY_PAID;
  if (posting->debit == JP_LEDGER_CUSTODY && posting->credit == JP_LEDGER_RELEASED)
    return JP_MONEY_RELEASED;
  if (posting->debit == JP_LEDGER_CUSTODY && posting->credit == JP_LEDGER_REFUNDED)
    return JP_MONEY_REFUNDED;
  if (posting->credit == JP_LEDGER_DISPUTED)
    return JP_MONEY_DISPUTED;
  return JP_MONEY_OTHER;
}

static gboolean
read_stage (JpVault *vault, const JpLedgerPosting *posting, char **out_stage, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) line = NULL;

  *out_stage = NULL;
  if (posting->kind != JP_KIND_STATEMENT_LINE)
    return TRUE;
  line = jp_record_table_find (vault->db, vault->key, JP_KIND_STATEMENT_LINE, &posting->source,
                               &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  if (line != NULL)
    *out_stage = g_strdup (jp_record_get_text (line, JP_STATEMENT_LINE_STAGE));
  return TRUE;
}

/* What was taken back did not happen; the ledger beside it shows both. */
static gboolean
add_past (JpVault *vault, JpContractMoney *self, gint64 *out_custody_fen, GError **error)
{
  gint64 custody_fen = 0;

  for (guint i = 0; i < self->postings->len; i++)
    {
      const JpLedgerPosting *posting = self->postings->pdata[i];
      JpMoneyEvent          *event = NULL;
      char                  *stage = NULL;

      if (posting->revision % 2 == 1 || jp_contract_money_is_undone (self, i))
        continue;
      if (!read_stage (vault, posting, &stage, error))
        return FALSE;
      custody_fen += posting->credit == JP_LEDGER_CUSTODY ? posting->amount_fen : 0;
      /* A dispute moves nothing at the bank. */
      if (posting->credit != JP_LEDGER_DISPUTED)
        custody_fen -= posting->debit == JP_LEDGER_CUSTODY ? posting->amount_fen : 0;
      event = g_new0 (JpMoneyEvent, 1);
      event->kind = find_kind (posting);
      event->on = jp_date_from_instant (posting->at_us);
      event->amount_fen = posting->amount_fen;
      event->custody_fen = custody_fen;
      event->stage = stage;
      event->reference = g_strdup (posting->reference);
      g_ptr_array_add (self->events, event);
    }
  *out_custody_fen = custody_fen;
  return TRUE;
}

/* What nothing tells the day of comes last. */
static int
compare_expected (gconstpointer a, gconstpointer b)
{
  const JpFinanceItem *one = *(const JpFinanceItem *const *)a;
  const JpFinanceItem *two = *(const JpFinanceItem *const *)b;

  if ((one->expected_on == JP_DATE_NONE) != (two->expected_on == JP_DATE_NONE))
    return one->expected_on == JP_DATE_NONE ? 1 : -1;
  return (one->expected_on > two->expected_on) - (one->expected_on < two->expected_on);
}

static gboolean
add_expected (JpVault *vault, JpContractMoney *self, gint64 custody_fen, GError **error)
{
  g_autoptr (GPtrArray) items =
    jp_finance_repo_list_contract (vault, jp_record_get_id (self->contract), error);

  if (items == NULL)
    return FALSE;
  g_ptr_array_sort (items, compare_expected);
  for (guint i = 0; i < items->len; i++)
    {
      const JpFinanceItem *item = items->pdata[i];
      JpMoneyEvent        *event = g_new0 (JpMoneyEvent, 1);

      custody_fen -= item->amount_fen;
      event->kind = JP_MONEY_EXPECTED;
      event->on = item->expected_on;
      event->amount_fen = item->amount_fen;
      event->custody_fen = custody_fen;
      event->stage = g_strdup (item->stage);
      event->is_estimate = item->is_estimate;
      event->sentence = g_strdup (item->sentence);
      g_ptr_array_add (self->events, event);
    }
  return TRUE;
}

/* A contract whose rules have not come yet has no words; its text is there all the same. */
static gboolean
add_words (JpVault *vault, JpContractMoney *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpFacts) facts = jp_facts_repo_read (vault, jp_record_get_id (self->contract),
                                                  jp_vault_today (vault), &local_error);

  if (facts == NULL)
    {
      if (g_error_matches (local_error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND) ||
          g_error_matches (local_error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->words = jp_policy_words_new (facts->policy, &facts->gather.facts);
  self->note = g_strdup (jp_policy_get_header (facts->policy)->note);
  return TRUE;
}

/**
 * jp_contract_money_read:
 * @vault: a vault
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reads what happened to the money of a contract, what should come next, its ledger, and what its
 * rules mean in plain words.
 *
 * Returns: (transfer full): the money, or %NULL with an error
 */
JpContractMoney *
jp_contract_money_read (JpVault *vault, const JpId *contract, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  g_autoptr (JpContractMoney) self = g_new0 (JpContractMoney, 1);
  gint64 custody_fen = 0;

  self->events = g_ptr_array_new_with_free_func (event_free);
  self->contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, contract, error);
  if (self->contract == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  self->postings = jp_ledger_list_postings (vault, contract, error);
  if (self->postings == NULL || !jp_ledger_get_balance (vault, contract, &self->balance, error) ||
      !add_past (vault, self, &custody_fen, error) ||
      !add_expected (vault, self, custody_fen, error) || !add_words (vault, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
