/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-facts.h"

#include "jp-codes.h"
#include "jp-facts-repo.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-request.h"

/**
 * jp_contract_facts_free:
 * @self: (nullable) (transfer full): facts
 */
void
jp_contract_facts_free (JpContractFacts *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->contract, jp_record_unref);
  g_clear_pointer (&self->plan, jp_policy_plan_free);
  g_clear_pointer (&self->policy, jp_policy_unref);
  g_clear_pointer (&self->released, g_array_unref);
  g_free (self->trainee);
  g_free (self->tier);
  g_free (self);
}

static gboolean
make_plan (JpVault *vault, JpContractFacts *facts, GError **error)
{
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) plan_error = NULL;
  g_autoptr (JpFacts) known = jp_facts_repo_read (vault, jp_record_get_id (facts->contract),
                                                  jp_vault_today (vault), &read_error);

  /* A policy of a newer version, or a frozen copy that cannot be read, is told as unknown: what the
   * contract itself says is there. */
  if (known == NULL && (g_error_matches (read_error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND) ||
                        g_error_matches (read_error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT)))
    {
      g_message ("%s", read_error->message);
      return TRUE;
    }
  if (known == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }

  facts->policy = jp_policy_ref (known->policy);
  facts->plan = jp_policy_plan_new (facts->policy, &known->gather.facts, &plan_error);
  if (facts->plan == NULL)
    g_message ("%s", plan_error->message);
  return TRUE;
}

static gboolean
add_releases (JpVault *vault, JpContractFacts *facts, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT_LINE);
  g_autoptr (GPtrArray) lines = NULL;

  facts->released = g_array_new (FALSE, TRUE, sizeof (gint64));
  if (facts->plan == NULL)
    return TRUE;

  g_array_set_size (facts->released, facts->plan->n_stages);
  jp_query_where_ref (query, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (facts->contract));
  lines = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    for (guint j = 0; j < facts->plan->n_stages; j++)
      if (g_strcmp0 (jp_record_get_text (lines->pdata[i], JP_STATEMENT_LINE_STAGE),
                     facts->plan->stages[j].stage->title) == 0)
        g_array_index (facts->released, gint64, j) +=
          jp_record_get_integer (lines->pdata[i], JP_STATEMENT_LINE_AMOUNT);
  return lines != NULL;
}

/* Under way, or still waiting for the second person. Who came from another school is no matter of
 * this contract's end. */
static gboolean
find_request (JpVault         *vault,
              JpContractFacts *facts,
              JpKind           kind,
              gboolean        *out_asked,
              gboolean        *out_open,
              GError         **error)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_autoptr (GPtrArray) requests = NULL;

  jp_query_where_ref (query, fields->contract, jp_record_get_id (facts->contract));
  requests = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      JpRecord *one = g_ptr_array_index (requests, i);
      int       state = jp_record_get_code (one, fields->state);

      if (kind == JP_KIND_TRANSFER && jp_record_get_integer (one, JP_TRANSFER_OUTGOING) == 0)
        continue;
      *out_asked |= state == JP_REQUEST_STATE_DRAFT;
      *out_open |= state == JP_REQUEST_STATE_PENDING ||
                   (kind == JP_KIND_REFUND && state == JP_REQUEST_STATE_APPROVED);
    }
  return requests != NULL;
}

/**
 * jp_contract_facts_read:
 * @vault: a vault
 * @id: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): what is known of the contract, or %NULL with an error
 */
JpContractFacts *
jp_contract_facts_read (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (JpContractFacts) facts = g_new0 (JpContractFacts, 1);

  facts->contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, id, error);
  if (facts->contract == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }

  if (!jp_lookup_title (vault, JP_KIND_TRAINEE,
                        jp_record_get_ref (facts->contract, JP_CONTRACT_TRAINEE), &facts->trainee,
                        error) ||
      !jp_lookup_title (vault, JP_KIND_CLASS_TIER,
                        jp_record_get_ref (facts->contract, JP_CONTRACT_CLASS_TIER), &facts->tier,
                        error) ||
      !make_plan (vault, facts, error) || !add_releases (vault, facts, error) ||
      !find_request (vault, facts, JP_KIND_REFUND, &facts->asked_refund, &facts->open_refund,
                     error) ||
      !find_request (vault, facts, JP_KIND_TRANSFER, &facts->asked_transfer, &facts->open_transfer,
                     error))
    return NULL;
  return g_steal_pointer (&facts);
}
