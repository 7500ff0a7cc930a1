/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-policy.h"

#include "jp-data.h"
#include "jp-licence.h"
#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

#define FORMAT            "jiapei-policy"
#define FOLDER            "policies"
#define MAX_LICENCE_TYPES 32

const char *const jp_policy_event_names[] = { "contract_signed",  "fee_paid",
                                              "file_opened",      "card_issued",
                                              "training_started", "graduated",
                                              "licence_issued",   NULL };
const char *const jp_policy_fault_names[] = { "trainee", "school", "nobody", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (jp_policy_event_names) == JP_POLICY_N_EVENTS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (jp_policy_fault_names) == JP_POLICY_N_FAULTS + 1);

static void
policy_clear (JpPolicy *self)
{
  g_clear_pointer (&self->header, jp_data_header_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->city, g_free);
  g_clear_pointer (&self->licence_types, g_strfreev);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->overrides, g_ptr_array_unref);
  g_clear_pointer (&self->total_cap_clause, g_free);
  g_clear_pointer (&self->transfer_clause, g_free);
}

static void
read_licence_types (JpPolicy *self, JpDataReader *reader)
{
  self->licence_types = jp_data_reader_texts_if (reader, "licence_types", MAX_LICENCE_TYPES);

  for (guint i = 0; self->licence_types[i] != NULL; i++)
    {
      if (jp_licence_lookup (self->licence_types[i]) == NULL)
        jp_data_reader_fail (reader, "licence_types", JP_MODEL_ERROR_INVALID,
                             "there is no licence type \"%s\"", self->licence_types[i]);
    }
}

static void
read_custody (JpPolicy *self, JpDataReader *reader)
{
  gint64 share_bp = JP_BASIS_POINTS_ALL;

  self->custody_fen = JP_POLICY_UNKNOWN;

  if (jp_data_reader_enter_if (reader, "custody"))
    {
      gboolean has_share =
        jp_data_reader_integer_if (reader, "share_bp", 0, JP_BASIS_POINTS_ALL, &share_bp);
      gboolean has_amount =
        jp_data_reader_integer_if (reader, "amount_fen", 0, JP_FEN_MAX, &self->custody_fen);

      jp_data_reader_text_if (reader, "clause");
      if (jp_data_header_read_state (self->header, reader) == JP_DATA_STATE_TO_CONFIRM)
        {
          if (has_share || has_amount)
            jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_INVALID,
                                 "has an amount although it is to be confirmed");
          share_bp = JP_POLICY_UNKNOWN;
        }
      else if (has_share == has_amount)
        {
          jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_INVALID,
                               "needs either \"share_bp\" or \"amount_fen\"");
        }
      jp_data_header_read_confidence (self->header, reader);
      jp_data_reader_leave (reader);
    }

  self->custody_bp = (int)share_bp;
}

static void
read_all (JpPolicy *self, JpDataReader *reader)
{
  static const char *const payments[] = { "once", "per_stage", NULL };

  self->header = jp_data_header_read (reader, FORMAT);
  self->digest = jp_data_reader_dup_digest (reader);
  self->city = g_strdup (jp_data_reader_text (reader, "city"));
  self->is_per_stage = jp_data_reader_choice_if (reader, "payment", payments, 0) == 1;
  read_licence_types (self, reader);
  read_custody (self, reader);
  jp_policy_read_release (self, reader);
  jp_policy_read_refund (self, reader);
  jp_policy_read_transfer (self, reader);

  if (jp_data_reader_is_ok (reader) && self->stages->len == 0 && !self->has_refund)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_MISSING,
                         "there are neither stages nor refund rules");
}

/**
 * jp_policy_new_from_bytes: (constructor)
 * @file_name: for messages
 * @bytes: a policy file
 * @error: return location for a [error@Jp.ModelError]
 *
 * Reads and checks a policy: no unknown members, every number with what it rests on, stages that
 * can add up to any price. Any thread.
 *
 * Returns: (transfer full): the policy, or %NULL with an error that names file, line, member and
 *   reason
 */
JpPolicy *
jp_policy_new_from_bytes (const char *file_name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (JpDataReader) reader = jp_data_reader_new (file_name, bytes, error);

  if (reader == NULL)
    return NULL;

  g_autoptr (JpPolicy) self = g_atomic_rc_box_new0 (JpPolicy);

  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_policy_stage_free);
  self->limits = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_policy_limit_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_policy_item_free);
  self->overrides = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_policy_override_free);
  self->total_cap_bp = JP_POLICY_UNKNOWN;
  self->refund_days = JP_POLICY_UNKNOWN;
  read_all (self, reader);

  if (!jp_data_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * jp_policy_new_from_data: (constructor)
 * @id: a file of the program without its `.json`, like `fuzhou-2020`
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: (transfer full): the policy, or %NULL with %JP_MODEL_ERROR_MISSING
 */
JpPolicy *
jp_policy_new_from_data (const char *id, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  g_autofree char *path = g_strconcat (FOLDER, "/", id, ".json", NULL);
  g_autoptr (GBytes) bytes = jp_data_lookup (path, error);

  return bytes != NULL ? jp_policy_new_from_bytes (path, bytes, error) : NULL;
}

/**
 * jp_policy_ref:
 * @self: a policy
 *
 * Returns: (transfer full): another reference
 */
JpPolicy *
jp_policy_ref (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_policy_unref:
 * @self: (nullable) (transfer full): a policy
 *
 * Drops a reference.
 */
void
jp_policy_unref (JpPolicy *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify)policy_clear);
}

/**
 * jp_policy_get_header:
 * @self: a policy
 *
 * Returns: (transfer none): issuer, version, validity and sources
 */
const JpDataHeader *
jp_policy_get_header (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->header;
}

/**
 * jp_policy_get_digest:
 * @self: a policy
 *
 * Returns: SHA-256 of the file without white space, in hexadecimal: what a contract freezes and a
 *   platform signs
 */
const char *
jp_policy_get_digest (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->digest;
}

/**
 * jp_policy_dup_signed_text:
 * @self: a policy
 *
 * Returns: (transfer full): what a platform signs when it serves the file
 */
char *
jp_policy_dup_signed_text (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strconcat (FORMAT "\n", self->digest, NULL);
}

/**
 * jp_policy_get_city:
 * @self: a policy
 *
 * Returns: the city it holds in, in Chinese
 */
const char *
jp_policy_get_city (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->city;
}

/**
 * jp_policy_is_complete:
 * @self: a policy
 *
 * Returns: %TRUE if no number of a stage or of a refund item is missing
 */
gboolean
jp_policy_is_complete (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->stages->len; i++)
    {
      if (jp_policy_get_stage (self, i)->amount == JP_POLICY_AMOUNT_UNKNOWN)
        return FALSE;
    }

  for (guint i = 0; i < self->items->len; i++)
    {
      if (jp_policy_get_item (self, i)->charge == JP_POLICY_CHARGE_UNKNOWN)
        return FALSE;
    }

  return self->stages->len > 0 && self->has_refund;
}

/**
 * jp_policy_is_paid_per_stage:
 * @self: a policy
 *
 * Returns: %TRUE if each stage is paid before it begins, %FALSE if everything is paid at once
 */
gboolean
jp_policy_is_paid_per_stage (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_per_stage;
}

/**
 * jp_policy_applies_to:
 * @self: a policy
 * @licence_type: a code
 *
 * Returns: %TRUE if its numbers hold for contracts of that type
 */
gboolean
jp_policy_applies_to (JpPolicy *self, const char *licence_type)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (licence_type != NULL, FALSE);

  return self->licence_types[0] == NULL ||
         g_strv_contains ((const char *const *)self->licence_types, licence_type);
}

/**
 * jp_policy_get_n_stages:
 * @self: a policy
 *
 * Returns: how many stages the release has; 0 if the file has no release rules
 */
guint
jp_policy_get_n_stages (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stages->len;
}

/**
 * jp_policy_get_stage:
 * @self: a policy
 * @index: which stage
 *
 * Returns: (transfer none): the stage
 */
const JpPolicyStage *
jp_policy_get_stage (JpPolicy *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->stages->len, NULL);

  return g_ptr_array_index (self->stages, index);
}

/**
 * jp_policy_get_n_items:
 * @self: a policy
 *
 * Returns: how many lines a refund has
 */
guint
jp_policy_get_n_items (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * jp_policy_get_item:
 * @self: a policy
 * @index: which item
 *
 * Returns: (transfer none): the item
 */
const JpPolicyItem *
jp_policy_get_item (JpPolicy *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

/**
 * jp_policy_get_refund_days:
 * @self: a policy
 *
 * Returns: within how many working days a refund must have arrived, or %JP_POLICY_UNKNOWN
 */
int
jp_policy_get_refund_days (JpPolicy *self)
{
  g_return_val_if_fail (self != NULL, JP_POLICY_UNKNOWN);

  return (int)self->refund_days;
}

static gint64
sum_fees (const JpPolicyLimit *limit, const JpPolicyFee *fees, guint n_fees)
{
  gint64 sum_fen = 0;

  for (guint i = 0; i < n_fees; i++)
    {
      if (g_strv_contains ((const char *const *)limit->fees, fees[i].id))
        sum_fen += fees[i].amount_fen;
    }

  return sum_fen;
}

/* 5 % of 50.59 yuan is 2.5295: a maximum allows 2.52, a minimum asks for 2.53. */
static void
check_limit (GArray *violations, const JpPolicyLimit *limit, gint64 price_fen, gint64 actual_fen)
{
  gint64 scaled = actual_fen * JP_BASIS_POINTS_ALL;
  gint64 min_scaled = price_fen * limit->min_bp;
  gint64 max_scaled = price_fen * limit->max_bp;

  if (limit->min_bp != JP_POLICY_UNKNOWN && scaled < min_scaled)
    {
      gint64            bound = (min_scaled + JP_BASIS_POINTS_ALL - 1) / JP_BASIS_POINTS_ALL;
      JpPolicyViolation violation = { limit, actual_fen, bound, TRUE };

      g_array_append_val (violations, violation);
    }
  if (limit->max_bp != JP_POLICY_UNKNOWN && scaled > max_scaled)
    {
      JpPolicyViolation violation = { limit, actual_fen, max_scaled / JP_BASIS_POINTS_ALL, FALSE };

      g_array_append_val (violations, violation);
    }
}

/**
 * jp_policy_check_limits:
 * @self: a policy
 * @price_fen: the price of a class tier or contract, 0 … %JP_FEN_MAX
 * @fees: (array length=n_fees): fees by their names; some may be sums of others
 * @n_fees: how many
 *
 * Checks fees against the bounds that the policy sets (东莞: service ≤ 25 %, …).
 *
 * Returns: (transfer full) (element-type JpPolicyViolation): the bounds that are broken, maybe none
 */
GArray *
jp_policy_check_limits (JpPolicy *self, gint64 price_fen, const JpPolicyFee *fees, guint n_fees)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (price_fen >= 0 && price_fen <= JP_FEN_MAX, NULL);
  g_return_val_if_fail (fees != NULL || n_fees == 0, NULL);

  GArray *violations = g_array_new (FALSE, FALSE, sizeof (JpPolicyViolation));

  for (guint i = 0; i < self->limits->len; i++)
    {
      const JpPolicyLimit *limit = g_ptr_array_index (self->limits, i);

      check_limit (violations, limit, price_fen, sum_fees (limit, fees, n_fees));
    }

  return violations;
}

/**
 * jp_policy_check_fees:
 * @self: a policy
 * @price_fen: the price of a class tier or contract
 * @fees: (array length=n_fees): its fees, which must add up to the price
 * @n_fees: how many, ≤ %JP_POLICY_MAX_ITEMS
 * @error: return location for a [error@Jp.ModelError]
 *
 * Checks a list of fees against the bounds that the policy sets (东莞: service ≤ 25 %, …).
 *
 * Returns: (transfer full) (element-type JpPolicyViolation): the bounds that are broken, maybe
 *   none; %NULL with %JP_MODEL_ERROR_RANGE or %JP_MODEL_ERROR_INVALID if the fees are not amounts
 *   or do not add up
 */
GArray *
jp_policy_check_fees (JpPolicy          *self,
                      gint64             price_fen,
                      const JpPolicyFee *fees,
                      guint              n_fees,
                      GError           **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fees != NULL || n_fees == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const JpPolicyFacts facts = {
    .on = self->header->valid_from,
    .licence_type = self->licence_types[0] != NULL ? self->licence_types[0] : "C1",
    .price_fen = price_fen,
    .fees = fees,
    .n_fees = n_fees,
  };
  gint64 sum_fen = 0;

  if (!jp_policy_facts_check (self, &facts, error))
    return NULL;

  for (guint i = 0; i < n_fees; i++)
    sum_fen += fees[i].amount_fen;

  if (sum_fen != price_fen)
    {
      g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID,
                   "fees add up to %" G_GINT64_FORMAT " fen, the price is %" G_GINT64_FORMAT,
                   sum_fen, price_fen);
      return NULL;
    }

  return jp_policy_check_limits (self, price_fen, fees, n_fees);
}
