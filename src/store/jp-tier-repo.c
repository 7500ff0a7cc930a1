/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-repo.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-policy-gather.h"
#include "jp-rules.h"

static JpPolicy *
load_policy (JpVault *vault, JpRecord *tier, GError **error)
{
  const char *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);

  return jp_rules_load_policy (vault, type != NULL ? type : "", jp_vault_today (vault), error);
}

/**
 * jp_tier_repo_lint:
 * @vault: a vault
 * @tier: a class tier, saved or as it is typed
 * @error: return location for a [error@Jp.StoreError]
 *
 * Looks for what is wrong with a tier, with the platform's copy of it and the rules of the day.
 *
 * Returns: (transfer full) (element-type JpTierFinding): the findings, or %NULL with an error
 */
GPtrArray *
jp_tier_repo_lint (JpVault *vault, JpRecord *tier, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (jp_record_get_kind (tier) == JP_KIND_CLASS_TIER, NULL);

  g_autoptr (JpPolicy) policy = load_policy (vault, tier, error);
  g_autoptr (JpRecord) base = NULL;

  if (policy == NULL ||
      !jp_commit_get_base (vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier), &base, error))
    return NULL;

  gboolean is_published =
    base != NULL && jp_record_get_code (base, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_PUBLISHED;

  return jp_tier_lint_run (tier, is_published ? base : NULL, policy);
}

/**
 * jp_tier_repo_curve:
 * @vault: a vault
 * @tier: a class tier
 * @policy: (nullable): the rules to try; %NULL: those of the day
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Computes what is released week by week of %JP_TIER_REPO_TRAINEES trainees who buy the tier today
 * and train as usual.
 *
 * Returns: (transfer full) (element-type gint64): the sum in fen after each week; or %NULL with
 *   %JP_DESK_POLICY_SILENT if the rules leave a number open
 */
GArray *
jp_tier_repo_curve (JpVault *vault, JpRecord *tier, JpPolicy *policy, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (jp_record_get_kind (tier) == JP_KIND_CLASS_TIER, NULL);

  const char *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);
  g_autoptr (JpPolicy) loaded =
    policy != NULL ? jp_policy_ref (policy) : load_policy (vault, tier, error);
  g_autoptr (JpCurriculum) curriculum =
    loaded != NULL ? jp_rules_load_curriculum (vault, jp_vault_today (vault), error) : NULL;
  JpPolicyGather gather = { 0 };
  JpTierCurve    input = { .licence_type = type != NULL ? type : "",
                           .n_trainees = JP_TIER_REPO_TRAINEES };
  GArray        *weeks = NULL;

  if (curriculum == NULL)
    return NULL;
  jp_policy_gather_add_fees (&gather, tier);
  input.price_fen = jp_record_get_integer (tier, JP_CLASS_TIER_PRICE);
  input.fees = gather.fees;
  input.n_fees = gather.facts.n_fees;
  weeks = jp_tier_curve_new (&input, loaded, curriculum, &jp_tier_curve_usual, error);
  if (weeks == NULL && error != NULL && *error != NULL)
    {
      (*error)->domain = JP_DESK_ERROR;
      (*error)->code = JP_DESK_POLICY_SILENT;
    }
  return weeks;
}
