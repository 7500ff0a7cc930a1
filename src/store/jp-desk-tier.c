/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-desk-private.h"

/* Class tiers: a draft is edited in place; a published one never changes: a new version takes its
 * place, and contracts keep the version they were made from (product.md, "who owns what"). */

/* The old version ends the day before the new one begins, or today if that is today. */
static void
end_version (JpChange *change, JpRecord *tier, JpDate next_from, JpDate today)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (tier);
  JpDate last = jp_date_add_days (next_from, -1);

  last = MAX (last, jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM));
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_UNTIL, last);
  if (next_from <= today)
    jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_ENDED);
  jp_desk_add (change, tier, g_steal_pointer (&draft));
}

static gboolean
add_version (JpVault *vault, JpChange *change, JpRecord *tier, JpRecord *wanted, GError **error)
{
  const JpKindInfo *info = jp_kind_get_info (JP_KIND_CLASS_TIER);
  JpDate            today = jp_vault_today (vault);
  JpDate            from = jp_record_get_date (wanted, JP_CLASS_TIER_VALID_FROM);
  JpId              id = jp_id_source_next (vault->ids);
  g_autoptr (JpDraft) version = jp_draft_new (JP_KIND_CLASS_TIER, &id);

  /* Left alone, the date is the old version's: the new one begins today. */
  if (from == jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM))
    from = today;
  if (from < today)
    return jp_desk_refuse (JP_DESK_TIER_DATE, "class tier", error);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].owner != JP_OWNER_PLATFORM)
      jp_draft_copy_field (version, wanted, info->fields[i].id);

  jp_draft_set_integer (version, JP_CLASS_TIER_VERSION_NO,
                        jp_record_get_integer (tier, JP_CLASS_TIER_VERSION_NO) + 1);
  jp_draft_set_ref (version, JP_CLASS_TIER_REPLACES, jp_record_get_id (tier));
  jp_draft_set_code (version, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_PUBLISHED);
  jp_draft_set_date (version, JP_CLASS_TIER_VALID_FROM, from);
  if (jp_record_field_equal (wanted, tier, JP_CLASS_TIER_VALID_UNTIL))
    jp_draft_clear (version, JP_CLASS_TIER_VALID_UNTIL);

  end_version (change, tier, from, today);
  jp_desk_add (change, NULL, g_steal_pointer (&version));
  return TRUE;
}

/* Somebody looked at an old version and wants to change it: the newest one is the one to change. */
static gboolean
is_replaced (JpVault *vault, JpRecord *tier, gboolean *out_replaced, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (JpRecord) next = NULL;

  jp_query_where_ref (query, JP_CLASS_TIER_REPLACES, jp_record_get_id (tier));
  if (!jp_desk_find_first (vault, query, &next, error))
    return FALSE;

  *out_replaced = next != NULL;
  return TRUE;
}

/**
 * jp_desk_change_tier:
 * @vault: a vault
 * @wanted: (transfer full): a draft made from the tier, with what shall be different
 * @actor: who changes it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Changes a draft in place; for a published tier makes the next version, published, and ends the
 * old one.
 *
 * Returns: (transfer full): a change "edit" or "new-version", or %NULL with %JP_DESK_UNCHANGED,
 *   %JP_DESK_TIER_ENDED, %JP_DESK_TIER_DATE or another error
 */
JpChange *
jp_desk_change_tier (JpVault *vault, JpDraft *wanted, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (wanted != NULL, NULL);
  g_return_val_if_fail (jp_draft_get_kind (wanted) == JP_KIND_CLASS_TIER, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpDraft) draft = wanted;
  g_autoptr (JpRecord) tier =
    jp_desk_get_live (vault, JP_KIND_CLASS_TIER, jp_draft_get_id (draft), error);
  g_autoptr (JpChange) change = NULL;
  g_autoptr (JpRecord) after = NULL;
  gboolean replaced = FALSE;

  if (tier == NULL || !is_replaced (vault, tier, &replaced, error))
    return NULL;
  if (replaced || jp_record_get_code (tier, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_ENDED)
    {
      jp_desk_refuse (JP_DESK_TIER_ENDED, "class tier", error);
      return NULL;
    }

  after = jp_draft_end (g_steal_pointer (&draft));
  if (jp_record_diff_units (tier, after) == 0)
    {
      jp_desk_refuse (JP_DESK_UNCHANGED, "class tier", error);
      return NULL;
    }

  if (jp_record_get_code (tier, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_DRAFT)
    {
      change = jp_desk_new_change (vault, "edit", actor);
      jp_change_add (change, tier, after);
      return g_steal_pointer (&change);
    }

  change = jp_desk_new_change (vault, "new-version", actor);
  return add_version (vault, change, tier, after, error) ? g_steal_pointer (&change) : NULL;
}

static JpChange *
move_tier (JpVault *vault, JpRecord *tier, JpTierStatus to, const char *actor)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (tier);
  g_autoptr (JpChange) change =
    jp_desk_new_change (vault, to == JP_TIER_STATUS_ENDED ? "end" : "publish", actor);
  JpDate today = jp_vault_today (vault);
  JpDate from = jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM);

  jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, (int)to);
  if (to == JP_TIER_STATUS_PUBLISHED && from < today)
    jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, today);
  if (to == JP_TIER_STATUS_ENDED)
    jp_draft_set_date (draft, JP_CLASS_TIER_VALID_UNTIL, MAX (today, from));
  jp_desk_add (change, tier, g_steal_pointer (&draft));
  return g_steal_pointer (&change);
}

/**
 * jp_desk_publish_tier:
 * @vault: a vault
 * @tier: a draft
 * @actor: who publishes it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Puts a tier on sale, from its date or from today if that has passed. Its price is fixed from now
 * on.
 *
 * Returns: (transfer full): a change "publish", or %NULL with %JP_DESK_UNCHANGED,
 *   %JP_DESK_TIER_ENDED or another error
 */
JpChange *
jp_desk_publish_tier (JpVault *vault, const JpId *tier, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (tier != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CLASS_TIER, tier, error);

  if (record == NULL)
    return NULL;
  if (jp_record_get_code (record, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_DRAFT)
    return move_tier (vault, record, JP_TIER_STATUS_PUBLISHED, actor);

  jp_desk_refuse (jp_record_get_code (record, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_ENDED
                    ? JP_DESK_TIER_ENDED
                    : JP_DESK_UNCHANGED,
                  "class tier", error);
  return NULL;
}

/**
 * jp_desk_end_tier:
 * @vault: a vault
 * @tier: a tier that is on sale
 * @actor: who ends it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Takes a tier off sale today. Contracts made from it go on.
 *
 * Returns: (transfer full): a change "end", or %NULL with %JP_DESK_TIER_ENDED or another error
 */
JpChange *
jp_desk_end_tier (JpVault *vault, const JpId *tier, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (tier != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CLASS_TIER, tier, error);

  if (record == NULL)
    return NULL;
  if (jp_record_get_code (record, JP_CLASS_TIER_STATUS) != JP_TIER_STATUS_ENDED)
    return move_tier (vault, record, JP_TIER_STATUS_ENDED, actor);

  jp_desk_refuse (JP_DESK_TIER_ENDED, "class tier", error);
  return NULL;
}
