/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-facts.h"

#include "jp-codes.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-rules.h"

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

/* The list of fees of the tier, by the names that policies use. */
static guint
list_fees (JpRecord *tier, JpPolicyFee *fees)
{
  static const struct
  {
    JpFieldId   field;
    const char *id;
  } names[] = {
    { JP_CLASS_TIER_SERVICE_FEE, "service" }, { JP_CLASS_TIER_PART1_FEE, "part1" },
    { JP_CLASS_TIER_PART2_FEE, "part2" },     { JP_CLASS_TIER_PART3_FEE, "part3" },
    { JP_CLASS_TIER_PART4_FEE, "part4" },
  };
  guint n_fees = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (jp_record_has (tier, names[i].field))
      fees[n_fees++] = (JpPolicyFee){ names[i].id, jp_record_get_integer (tier, names[i].field) };
  return n_fees;
}

static void
make_plan (JpVault *vault, JpContractFacts *facts, JpRecord *tier)
{
  JpPolicyFee   fees[5] = { 0 };
  JpPolicyFacts about = { 0 };
  gint64        signed_us = jp_record_get_integer (facts->contract, JP_CONTRACT_SIGNED_AT);
  gint64        paid_us = jp_record_get_integer (facts->contract, JP_CONTRACT_PAID_AT);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpCurriculum) curriculum = jp_rules_find_curriculum (vault, facts->contract, NULL);

  /* ignored: a policy of a newer version is told as unknown */
  facts->policy = jp_rules_find_policy (vault, facts->contract, NULL);
  if (facts->policy == NULL)
    return;

  jp_policy_facts_init (&about, curriculum,
                        jp_record_get_text (facts->contract, JP_CONTRACT_LICENCE_TYPE));
  about.on = jp_vault_today (vault);
  about.price_fen = jp_record_get_integer (facts->contract, JP_CONTRACT_PRICE);
  about.paid_fen = jp_record_get_integer (facts->contract, JP_CONTRACT_PAID);
  about.released_fen = jp_record_get_integer (facts->contract, JP_CONTRACT_RELEASED);
  about.fees = fees;
  about.n_fees = tier != NULL ? list_fees (tier, fees) : 0;
  if (signed_us > 0)
    about.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = jp_date_from_instant (signed_us);
  if (paid_us > 0)
    about.events[JP_POLICY_EVENT_FEE_PAID] = jp_date_from_instant (paid_us);

  facts->plan = jp_policy_plan_new (facts->policy, &about, &error);
  if (facts->plan == NULL)
    g_message ("%s", error->message);
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
                     facts->plan->stages[j].stage->id) == 0)
        g_array_index (facts->released, gint64, j) +=
          jp_record_get_integer (lines->pdata[i], JP_STATEMENT_LINE_AMOUNT);
  return lines != NULL;
}

static gboolean
find_refund (JpVault *vault, JpContractFacts *facts, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  gint64 n_open = 0;

  jp_query_where_ref (query, JP_REFUND_CONTRACT, jp_record_get_id (facts->contract));
  jp_query_where_code (query, JP_REFUND_STATE, JP_QUERY_NOT_EQUAL, JP_REQUEST_STATE_REFUSED);
  if (!jp_query_count (vault, query, &n_open, error))
    return FALSE;
  facts->open_refund = n_open > 0;
  return TRUE;
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
  g_autoptr (JpRecord) tier = NULL;
  const JpId *tier_id = NULL;

  facts->contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, id, error);
  if (facts->contract == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }

  tier_id = jp_record_get_ref (facts->contract, JP_CONTRACT_CLASS_TIER);
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE,
                        jp_record_get_ref (facts->contract, JP_CONTRACT_TRAINEE), &facts->trainee,
                        error) ||
      !jp_lookup_title (vault, JP_KIND_CLASS_TIER, tier_id, &facts->tier, error))
    return NULL;

  /* ignored: the first sync may bring a contract before its tier */
  tier = jp_record_table_find (vault->db, vault->key, JP_KIND_CLASS_TIER, tier_id, NULL);
  make_plan (vault, facts, tier);
  if (!add_releases (vault, facts, error) || !find_refund (vault, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}
