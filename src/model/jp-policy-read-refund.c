/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-licence.h"
#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

#define MAX_OVERRIDES  8
#define MAX_FRACTION   1000
#define MAX_RATE_TYPES 32

static const char *const charge_names[] = { "unknown", "fixed",  "fee",  "share",   "exam",
                                            "hours",   "earned", "used", "penalty", NULL };
static const char *const base_names[] = { "price", "fee", "paid", "unused", NULL };

/**
 * jp_policy_item_free: (skip)
 * @item: (transfer full): an item
 *
 * Frees it.
 */
void
jp_policy_item_free (JpPolicyItem *item)
{
  for (guint i = 0; i < item->n_rates; i++)
    g_strfreev (item->rates[i].licence_types);

  g_free (item->id);
  g_free (item->title);
  g_free (item->clause);
  g_free (item->note);
  g_free (item->fee);
  g_free (item->cap_fee);
  g_clear_pointer (&item->conditions, g_array_unref);
  g_free (item);
}

/**
 * jp_policy_override_free: (skip)
 * @rule: (transfer full): an override
 *
 * Frees it.
 */
void
jp_policy_override_free (JpPolicyOverride *rule)
{
  g_free (rule->id);
  g_free (rule->title);
  g_free (rule->clause);
  g_clear_pointer (&rule->conditions, g_array_unref);
  g_free (rule);
}

static guint
read_faults (JpDataReader *reader, const char *member)
{
  g_auto (GStrv) names = jp_data_reader_texts_if (reader, member, JP_POLICY_N_FAULTS);
  guint mask = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint fault = 0;

      while (fault < JP_POLICY_N_FAULTS && !g_str_equal (jp_policy_fault_names[fault], names[i]))
        fault++;

      if (fault == JP_POLICY_N_FAULTS)
        jp_data_reader_fail (reader, member, JP_MODEL_ERROR_INVALID,
                             "must name \"trainee\", \"school\" or \"nobody\"");
      else
        mask |= 1u << fault;
    }

  return mask;
}

static void
add_condition (GArray *conditions, JpPolicyCondition condition)
{
  g_array_append_val (conditions, condition);
}

static void
read_days (JpDataReader *reader, const char *member, JpPolicyConditionKind kind, GArray *conditions)
{
  if (!jp_data_reader_enter_if (reader, member))
    return;

  add_condition (conditions,
                 (JpPolicyCondition){
                   .kind = kind,
                   .event = jp_policy_read_event (reader, "of"),
                   .days = (int)jp_data_reader_integer (reader, "days", 0, JP_POLICY_MAX_DAYS),
                 });
  jp_data_reader_leave (reader);
}

static void
read_hours_at_most (JpDataReader *reader, GArray *conditions)
{
  if (!jp_data_reader_enter_if (reader, "hours_at_most"))
    return;

  JpPolicyCondition condition = {
    .kind = JP_POLICY_CONDITION_HOURS_AT_MOST,
    .part = (int)jp_data_reader_integer (reader, "part", 1, JP_POLICY_N_PARTS),
    .numerator = (int)jp_data_reader_integer (reader, "num", 0, MAX_FRACTION),
    .denominator = (int)jp_data_reader_integer (reader, "den", 1, MAX_FRACTION),
  };

  if (condition.numerator > condition.denominator)
    jp_data_reader_fail (reader, "num", JP_MODEL_ERROR_INVALID, "is more than the whole");

  add_condition (conditions, condition);
  jp_data_reader_leave (reader);
}

static void
read_exam_condition (JpDataReader         *reader,
                     const char           *member,
                     JpPolicyConditionKind kind,
                     GArray               *conditions)
{
  gint64 subject = 0;

  if (jp_data_reader_integer_if (reader, member, 1, JP_POLICY_N_PARTS, &subject))
    add_condition (conditions, (JpPolicyCondition){ .kind = kind, .subject = (int)subject });
}

static void
read_event_condition (JpDataReader         *reader,
                      const char           *member,
                      JpPolicyConditionKind kind,
                      GArray               *conditions)
{
  if (jp_data_reader_has (reader, member))
    add_condition (conditions, (JpPolicyCondition){
                                 .kind = kind,
                                 .event = jp_policy_read_event (reader, member),
                               });
}

static GArray *
read_conditions (JpDataReader *reader)
{
  GArray *conditions = g_array_new (FALSE, FALSE, sizeof (JpPolicyCondition));
  gint64  minutes = 0;

  if (!jp_data_reader_enter_if (reader, "when"))
    return conditions;

  read_event_condition (reader, "happened", JP_POLICY_CONDITION_HAPPENED, conditions);
  read_event_condition (reader, "not_happened", JP_POLICY_CONDITION_NOT_HAPPENED, conditions);
  if (jp_data_reader_has (reader, "fault"))
    add_condition (conditions, (JpPolicyCondition){ .kind = JP_POLICY_CONDITION_FAULT,
                                                    .faults = read_faults (reader, "fault") });
  read_days (reader, "within_days", JP_POLICY_CONDITION_WITHIN_DAYS, conditions);
  read_days (reader, "after_days", JP_POLICY_CONDITION_AFTER_DAYS, conditions);
  read_hours_at_most (reader, conditions);
  if (jp_data_reader_integer_if (reader, "notice_at_least_minutes", 0, JP_POLICY_MAX_NOTICE,
                                 &minutes))
    add_condition (conditions, (JpPolicyCondition){ .kind = JP_POLICY_CONDITION_NOTICE_AT_LEAST,
                                                    .minutes = (int)minutes });
  read_exam_condition (reader, "exam_passed", JP_POLICY_CONDITION_EXAM_PASSED, conditions);
  read_exam_condition (reader, "exam_not_passed", JP_POLICY_CONDITION_EXAM_NOT_PASSED, conditions);

  if (conditions->len == 0)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_MISSING, "names no condition");

  jp_data_reader_leave (reader);

  return conditions;
}

static void
read_rates (JpDataReader *reader, JpPolicyItem *item)
{
  guint n_rates = jp_data_reader_enter_list (reader, "rates", 0, JP_POLICY_MAX_RATES);

  for (guint i = 0; i < n_rates && jp_data_reader_enter_element (reader, i); i++)
    {
      JpPolicyRate *rate = &item->rates[item->n_rates++];

      rate->licence_types = jp_data_reader_texts_if (reader, "licence_types", MAX_RATE_TYPES);
      rate->rate_fen = jp_data_reader_integer (reader, "rate_fen", 0, JP_FEN_MAX);

      if (rate->licence_types[0] == NULL)
        jp_data_reader_fail (reader, "licence_types", JP_MODEL_ERROR_MISSING, "names no type");
      for (guint j = 0; rate->licence_types[j] != NULL; j++)
        {
          if (jp_licence_lookup (rate->licence_types[j]) == NULL)
            jp_data_reader_fail (reader, "licence_types", JP_MODEL_ERROR_INVALID,
                                 "there is no licence type \"%s\"", rate->licence_types[j]);
        }

      jp_data_reader_leave (reader);
    }

  if (n_rates > 0)
    jp_data_reader_leave (reader);
}

static void
read_hours_charge (JpDataReader *reader, JpPolicyItem *item)
{
  static const char *const bases[] = { "reviewed", "used", NULL };

  item->parts = jp_policy_read_parts (reader);
  item->by_used_minutes = jp_data_reader_choice_if (reader, "minutes", bases, 0) == 1;
  jp_data_reader_integer_if (reader, "rate_fen", 0, JP_FEN_MAX, &item->rate_fen);
  read_rates (reader, item);

  if (item->rate_fen == JP_POLICY_UNKNOWN && item->n_rates == 0)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_MISSING, "needs \"rate_fen\" or \"rates\"");
}

static void
read_penalty (JpDataReader *reader, JpPolicyItem *item)
{
  item->share_bp = (int)jp_data_reader_integer (reader, "share_bp", 0, JP_BASIS_POINTS_ALL);
  item->base = (JpPolicyPenaltyBase)jp_data_reader_choice (reader, "of", base_names);
  item->faults = read_faults (reader, "fault");

  if (item->base == JP_POLICY_PENALTY_OF_FEE)
    item->fee = g_strdup (jp_data_reader_text (reader, "fee"));
  if (item->faults == 0)
    jp_data_reader_fail (reader, "fault", JP_MODEL_ERROR_MISSING, "says nobody");
}

static void
read_charge (JpDataReader *reader, JpPolicyItem *item)
{
  item->charge = (JpPolicyChargeKind)jp_data_reader_choice (reader, "charge", charge_names);

  switch (item->charge)
    {
    case JP_POLICY_CHARGE_FIXED:
      item->amount_fen = jp_data_reader_integer (reader, "amount_fen", 0, JP_FEN_MAX);
      break;
    case JP_POLICY_CHARGE_FEE:
      item->fee = g_strdup (jp_data_reader_text (reader, "fee"));
      item->is_optional = jp_data_reader_boolean_if (reader, "optional", FALSE);
      break;
    case JP_POLICY_CHARGE_SHARE:
      item->share_bp = (int)jp_data_reader_integer (reader, "share_bp", 0, JP_BASIS_POINTS_ALL);
      break;
    case JP_POLICY_CHARGE_EXAM:
      item->subject = (int)jp_data_reader_integer (reader, "subject", 1, JP_POLICY_N_PARTS);
      item->amount_fen = jp_data_reader_integer (reader, "first_fen", 0, JP_FEN_MAX);
      item->again_fen = jp_data_reader_integer (reader, "again_fen", 0, JP_FEN_MAX);
      break;
    case JP_POLICY_CHARGE_HOURS:
      read_hours_charge (reader, item);
      break;
    case JP_POLICY_CHARGE_PENALTY:
      read_penalty (reader, item);
      break;
    case JP_POLICY_CHARGE_UNKNOWN:
    case JP_POLICY_CHARGE_EARNED:
    case JP_POLICY_CHARGE_USED:
    default:
      break;
    }
}

static void
read_cap (JpDataReader *reader, JpPolicyItem *item)
{
  if (!jp_data_reader_enter_if (reader, "cap"))
    return;

  item->cap_fee = g_strdup (jp_data_reader_text_if (reader, "fee"));

  guint n_said = item->cap_fee != NULL;

  n_said += jp_data_reader_integer_if (reader, "amount_fen", 0, JP_FEN_MAX, &item->cap_fen);
  n_said += jp_data_reader_integer_if (reader, "share_bp", 0, JP_BASIS_POINTS_ALL, &item->cap_bp);

  if (n_said != 1)
    jp_data_reader_fail (reader, NULL, JP_MODEL_ERROR_INVALID,
                         "needs exactly one of \"amount_fen\", \"share_bp\" and \"fee\"");

  jp_data_reader_leave (reader);
}

static void
read_until (JpDataReader *reader, JpPolicyItem *item)
{
  gint64 before_bp = 0;

  item->has_until = jp_data_reader_has (reader, "refundable_until");
  if (item->has_until)
    item->until = jp_policy_read_event (reader, "refundable_until");

  if (jp_data_reader_integer_if (reader, "before_bp", 0, JP_BASIS_POINTS_ALL, &before_bp) &&
      !item->has_until)
    jp_data_reader_fail (reader, "before_bp", JP_MODEL_ERROR_INVALID,
                         "means nothing without \"refundable_until\"");

  item->before_bp = (int)before_bp;
}

static void
read_item (JpPolicy *self, JpDataReader *reader)
{
  JpPolicyItem *item = g_new0 (JpPolicyItem, 1);

  g_ptr_array_add (self->items, item);
  item->rate_fen = JP_POLICY_UNKNOWN;
  item->cap_fen = JP_POLICY_UNKNOWN;
  item->cap_bp = JP_POLICY_UNKNOWN;
  item->id = g_strdup (jp_data_reader_text (reader, "id"));
  item->title = g_strdup (jp_data_reader_text (reader, "title"));
  item->clause = g_strdup (jp_data_reader_text (reader, "clause"));
  item->note = g_strdup (jp_data_reader_text_if (reader, "note"));
  item->state = jp_data_header_read_state (self->header, reader);
  item->confidence = jp_data_header_read_confidence (self->header, reader);
  read_charge (reader, item);
  read_cap (reader, item);
  item->conditions = read_conditions (reader);
  read_until (reader, item);

  gboolean is_unknown = item->charge == JP_POLICY_CHARGE_UNKNOWN;

  if (is_unknown != (item->state == JP_DATA_STATE_TO_CONFIRM))
    jp_data_reader_fail (reader, "charge", JP_MODEL_ERROR_INVALID,
                         "is \"unknown\" exactly if the state is \"to_confirm\"");

  for (guint i = 0; i + 1 < self->items->len; i++)
    {
      if (g_str_equal (jp_policy_get_item (self, i)->id, item->id))
        jp_data_reader_fail (reader, "id", JP_MODEL_ERROR_INVALID, "\"%s\" occurs twice", item->id);
    }
}

static void
read_override (JpPolicy *self, JpDataReader *reader)
{
  JpPolicyOverride *rule = g_new0 (JpPolicyOverride, 1);

  g_ptr_array_add (self->overrides, rule);
  rule->id = g_strdup (jp_data_reader_text (reader, "id"));
  rule->title = g_strdup (jp_data_reader_text (reader, "title"));
  rule->clause = g_strdup (jp_data_reader_text (reader, "clause"));
  rule->refund_bp = (int)jp_data_reader_integer (reader, "refund_bp", 0, JP_BASIS_POINTS_ALL);
  rule->conditions = read_conditions (reader);
  jp_data_header_read_state (self->header, reader);
  jp_data_header_read_confidence (self->header, reader);

  if (rule->conditions->len == 0)
    jp_data_reader_fail (reader, "when", JP_MODEL_ERROR_MISSING,
                         "an override without a condition would replace every item");
}

static void
read_total_cap (JpPolicy *self, JpDataReader *reader)
{
  if (!jp_data_reader_enter_if (reader, "total_cap"))
    return;

  self->total_cap_bp = jp_data_reader_integer (reader, "share_bp", 0, JP_BASIS_POINTS_ALL);
  self->total_cap_clause = g_strdup (jp_data_reader_text (reader, "clause"));
  jp_data_reader_leave (reader);
}

typedef void (*ReadRow) (JpPolicy *self, JpDataReader *reader);

static void
read_list (JpPolicy *self, JpDataReader *reader, const char *member, guint max, ReadRow read_row)
{
  guint n_rows = jp_data_reader_enter_list (reader, member, 0, max);

  for (guint i = 0; i < n_rows && jp_data_reader_enter_element (reader, i); i++)
    {
      read_row (self, reader);
      jp_data_reader_leave (reader);
    }

  if (n_rows > 0)
    jp_data_reader_leave (reader);
}

/* "earned" and "used" look at the stages, and two of them would count the same money twice. */
static void
check_charges (JpPolicy *self, JpDataReader *reader)
{
  guint n_of_stages = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      JpPolicyChargeKind charge = jp_policy_get_item (self, i)->charge;

      n_of_stages += charge == JP_POLICY_CHARGE_EARNED || charge == JP_POLICY_CHARGE_USED;
    }

  if (n_of_stages > 0 && self->stages->len == 0)
    jp_data_reader_fail (reader, "items", JP_MODEL_ERROR_INVALID,
                         "\"earned\" and \"used\" need stages");
  if (n_of_stages > 1)
    jp_data_reader_fail (reader, "items", JP_MODEL_ERROR_INVALID,
                         "\"earned\" and \"used\" may occur once only");
}

/**
 * jp_policy_read_refund: (skip)
 * @self: a policy whose stages have been read
 * @reader: a reader in the outermost object
 *
 * Reads the refund rules, if there are any.
 */
void
jp_policy_read_refund (JpPolicy *self, JpDataReader *reader)
{
  if (!jp_data_reader_enter_if (reader, "refund"))
    return;

  self->has_refund = TRUE;
  read_list (self, reader, "overrides", MAX_OVERRIDES, read_override);
  read_list (self, reader, "items", JP_POLICY_MAX_ITEMS, read_item);
  read_total_cap (self, reader);
  jp_data_reader_integer_if (reader, "within_working_days", 0, JP_POLICY_MAX_DAYS,
                             &self->refund_days);

  if (self->items->len == 0)
    jp_data_reader_fail (reader, "items", JP_MODEL_ERROR_MISSING, "there is no item");

  check_charges (self, reader);
  jp_data_reader_leave (reader);
}

/**
 * jp_policy_read_transfer: (skip)
 * @self: a policy that is being read
 * @reader: a reader in the outermost object
 *
 * Reads what happens to hours and money of somebody who changes schools.
 */
void
jp_policy_read_transfer (JpPolicy *self, JpDataReader *reader)
{
  static const char *const moneys[] = { "unknown", "refund", "follow", NULL };
  gint64                   penalty_bp = 0;

  if (!jp_data_reader_enter_if (reader, "transfer"))
    return;

  self->hours_follow = jp_data_reader_boolean_if (reader, "hours_follow", TRUE);
  self->transfer_money = (JpPolicyTransferMoney)jp_data_reader_choice (reader, "money", moneys);
  jp_data_reader_integer_if (reader, "penalty_bp", 0, JP_BASIS_POINTS_ALL, &penalty_bp);
  self->transfer_penalty_bp = (int)penalty_bp;
  self->transfer_clause = g_strdup (jp_data_reader_text (reader, "clause"));
  self->transfer_state = jp_data_header_read_state (self->header, reader);
  jp_data_header_read_confidence (self->header, reader);

  if ((self->transfer_money == JP_POLICY_TRANSFER_UNKNOWN) !=
      (self->transfer_state == JP_DATA_STATE_TO_CONFIRM))
    jp_data_reader_fail (reader, "money", JP_MODEL_ERROR_INVALID,
                         "is \"unknown\" exactly if the state is \"to_confirm\"");
  if (self->transfer_money == JP_POLICY_TRANSFER_REFUND && !self->has_refund)
    jp_data_reader_fail (reader, "money", JP_MODEL_ERROR_INVALID, "needs refund rules");
  if (self->transfer_money == JP_POLICY_TRANSFER_FOLLOW && self->stages->len == 0)
    jp_data_reader_fail (reader, "money", JP_MODEL_ERROR_INVALID, "needs stages");

  jp_data_reader_leave (reader);
}
