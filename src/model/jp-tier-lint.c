/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-lint.h"

#include "jp-codes.h"
#include "jp-display.h"
#include "jp-money.h"
#include "jp-policy-gather.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const JpFieldId fee_fields[] = { JP_CLASS_TIER_SERVICE_FEE, JP_CLASS_TIER_PART1_FEE,
                                        JP_CLASS_TIER_PART2_FEE, JP_CLASS_TIER_PART3_FEE,
                                        JP_CLASS_TIER_PART4_FEE };

/* What the platform fights (domain.md §0: false advertising, extra charges); school practice of how
 * such things are put. */
static const char *const promises[] = { "包过",     "保过",     "包拿证",   "保拿证", "包考过",
                                        "必过",     "免学时",   "不用打卡", "代打卡", "免考",
                                        "内部名额", "内部关系", "快速拿证", "挂靠",   "全市最低" };
static const char *const extras[] = { "另收",   "另付", "另计", "加收",     "额外收费",
                                      "补差价", "押金", "现金", "私下",     "空调费",
                                      "油费自", "自理", "自费", "不含考试", "补考费另" };

static void
finding_free (gpointer data)
{
  JpTierFinding *finding = data;

  g_free (finding->first);
  g_free (finding->second);
  g_free (finding);
}

static JpTierFinding *
add (GPtrArray *findings, JpTierFindingKind kind, JpFieldId field)
{
  JpTierFinding *finding = g_new0 (JpTierFinding, 1);

  finding->kind = kind;
  finding->field = field;
  g_ptr_array_add (findings, finding);
  return finding;
}

static gint64
sum_fees (JpRecord *tier, gboolean *out_has_any)
{
  gint64 sum_fen = 0;

  *out_has_any = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fee_fields); i++)
    if (jp_record_has (tier, fee_fields[i]))
      {
        sum_fen += jp_record_get_integer (tier, fee_fields[i]);
        *out_has_any = TRUE;
      }
  return sum_fen;
}

static void
check_sum (GPtrArray *findings, JpRecord *tier)
{
  gboolean has_any = FALSE;
  gint64   sum_fen = sum_fees (tier, &has_any);
  gint64   price_fen = jp_record_get_integer (tier, JP_CLASS_TIER_PRICE);

  if (!has_any || sum_fen == price_fen)
    return;

  JpTierFinding *finding = add (findings, JP_TIER_FINDING_SUM, JP_CLASS_TIER_PRICE);

  finding->first = jp_money_format (sum_fen);
  finding->second = jp_money_format (price_fen);
}

static gboolean
needs_fees (JpPolicy *policy)
{
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    if (jp_policy_get_stage (policy, i)->amount == JP_POLICY_AMOUNT_FEE)
      return TRUE;
  return FALSE;
}

static void
check_policy (GPtrArray *findings, JpRecord *tier, JpPolicy *policy)
{
  JpPolicyGather fees = { 0 };
  gboolean       has_any = FALSE;
  g_autoptr (GArray) violations = NULL;

  sum_fees (tier, &has_any);
  if (!has_any)
    {
      if (needs_fees (policy))
        add (findings, JP_TIER_FINDING_NO_SPLIT, JP_CLASS_TIER_PRICE);
      return;
    }

  jp_policy_gather_add_fees (&fees, tier);
  violations = jp_policy_check_limits (policy, jp_record_get_integer (tier, JP_CLASS_TIER_PRICE),
                                       fees.fees, fees.facts.n_fees);
  for (guint i = 0; i < violations->len; i++)
    {
      const JpPolicyViolation *violation = &g_array_index (violations, JpPolicyViolation, i);
      JpTierFinding           *finding = add (findings, JP_TIER_FINDING_LIMIT, JP_CLASS_TIER_PRICE);
      g_autofree char         *actual = jp_money_format (violation->actual_fen);

      finding->first = g_strdup_printf ("%s %s", violation->limit->title, actual);
      finding->second = jp_money_format (violation->bound_fen);
      finding->is_minimum = violation->is_minimum;
    }
}

static void
check_copy (GPtrArray *findings, JpRecord *tier, JpRecord *published)
{
  static const JpFieldId fields[] = {
    JP_CLASS_TIER_NAME,        JP_CLASS_TIER_LICENCE_TYPE, JP_CLASS_TIER_PRICE,
    JP_CLASS_TIER_SERVICE_FEE, JP_CLASS_TIER_PART1_FEE,    JP_CLASS_TIER_PART2_FEE,
    JP_CLASS_TIER_PART3_FEE,   JP_CLASS_TIER_PART4_FEE,    JP_CLASS_TIER_SERVICES,
    JP_CLASS_TIER_CHARGE_MODE, JP_CLASS_TIER_PAY_MODE,     JP_CLASS_TIER_TRAINING_MODE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *here = jp_record_dup_display (tier, fields[i], TRUE);
      g_autofree char *there = jp_record_dup_display (published, fields[i], TRUE);

      if (g_strcmp0 (here, there) == 0)
        continue;

      JpTierFinding *finding = add (findings, JP_TIER_FINDING_COPY, fields[i]);

      finding->first = g_steal_pointer (&here);
      finding->second = g_steal_pointer (&there);
    }
}

static void
check_words (GPtrArray         *findings,
             JpRecord          *tier,
             JpTierFindingKind  kind,
             const char *const *words,
             gsize              n_words)
{
  static const JpFieldId fields[] = { JP_CLASS_TIER_NAME, JP_CLASS_TIER_SERVICES };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = jp_record_get_text (tier, fields[i]);

      for (gsize j = 0; text != NULL && j < n_words; j++)
        if (strstr (text, words[j]) != NULL)
          add (findings, kind, fields[i])->first = g_strdup (words[j]);
    }
}

/**
 * jp_tier_lint_run:
 * @tier: a class tier
 * @published: (nullable): its copy on the platform
 * @policy: (nullable): the rules that hold for it
 *
 * Looks for what is wrong with a tier: stages that do not add up, a published copy that differs,
 * promises nobody may make, words that announce extra charges. Pure.
 *
 * Returns: (transfer full) (element-type JpTierFinding): the findings, maybe none
 */
GPtrArray *
jp_tier_lint_run (JpRecord *tier, JpRecord *published, JpPolicy *policy)
{
  g_return_val_if_fail (jp_record_get_kind (tier) == JP_KIND_CLASS_TIER, NULL);

  GPtrArray *findings = g_ptr_array_new_with_free_func (finding_free);

  check_sum (findings, tier);
  if (policy != NULL)
    check_policy (findings, tier, policy);
  if (published != NULL)
    check_copy (findings, tier, published);
  check_words (findings, tier, JP_TIER_FINDING_PROMISE, promises, G_N_ELEMENTS (promises));
  check_words (findings, tier, JP_TIER_FINDING_EXTRA, extras, G_N_ELEMENTS (extras));
  return findings;
}

static const char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : C_ ("value", "nothing");
}

/**
 * jp_tier_lint_dup_sentence:
 * @finding: a finding
 *
 * Returns: (transfer full): what is wrong and what to do next
 */
char *
jp_tier_lint_dup_sentence (const JpTierFinding *finding)
{
  g_return_val_if_fail (finding != NULL, NULL);

  const char *label = jp_field_get_label (jp_field_get (finding->field));

  switch (finding->kind)
    {
    case JP_TIER_FINDING_SUM:
      /* Translators: a sum, the price. */
      return g_strdup_printf (_ ("The parts add up to %s, the price is %s. Correct the parts."),
                              finding->first, finding->second);
    case JP_TIER_FINDING_NO_SPLIT:
      return g_strdup (
        _ ("The rules release the fee part by part, and this tier does not split it. "
           "Fill in the parts."));
    case JP_TIER_FINDING_LIMIT:
      if (finding->is_minimum)
        /* Translators: what and how much, a bound. */
        return g_strdup_printf (_ ("%s is less than the %s that the rules ask for. Raise it."),
                                finding->first, finding->second);
      return g_strdup_printf (_ ("%s is more than the %s that the rules allow. Lower it."),
                              finding->first, finding->second);
    case JP_TIER_FINDING_COPY:
      /* Translators: a field, its value here, its value on the platform. */
      return g_strdup_printf (_ (
                                "%s: here %s, published %s. Make a new version, or take the change "
                                "back."),
                              label, none_if_empty (finding->first),
                              none_if_empty (finding->second));
    case JP_TIER_FINDING_PROMISE:
      /* Translators: a field, a word. */
      return g_strdup_printf (_ ("%s promises “%s”, which is forbidden advertising. Take it out."),
                              label, finding->first);
    case JP_TIER_FINDING_EXTRA:
    default:
      return g_strdup_printf (_ ("%s says “%s”: there is one fee to the end and nothing beside it. "
                                 "Put it into the price, or take it out."),
                              label, finding->first);
    }
}
