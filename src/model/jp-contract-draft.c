/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-draft.h"

#include "jp-codes.h"
#include "jp-licence.h"
#include "jp-model-error.h"

#define MODEL_TEXT       "heze-model-draft"
#define TERM_YEARS       3 /* as long as a proof of learning (学习驾驶证明) holds */
#define MINUTES_PER_HOUR 60
#define PARTS_OF_FEE     5

/* The sources and what has been written into the gaps so far. */
typedef struct
{
  const JpContractSources *from;   /* (borrowed) */
  GHashTable              *values; /* (owned): name of a gap → text */
} Gaps;

/* Takes @value. */
static void
fill (Gaps *self, const char *gap, char *value)
{
  g_autofree char *owned = value;
  g_autofree char *line = owned != NULL ? jp_text_clean (owned) : NULL;

  if (line != NULL && *line != '\0')
    g_hash_table_insert (self->values, (gpointer)gap, g_steal_pointer (&line));
}

static void
fill_from (Gaps *self, const char *gap, JpRecord *record, JpFieldId field)
{
  fill (self, gap, g_strdup (jp_record_get_text (record, field)));
}

static char *
write_date (JpDate date)
{
  return g_strdup_printf ("%d年%d月%d日", jp_date_get_year (date), jp_date_get_month (date),
                          jp_date_get_day (date));
}

static char *
write_yuan (gint64 amount_fen)
{
  g_autofree char *plain = jp_money_format_plain (amount_fen);

  return g_strconcat (plain, "元", NULL);
}

static const char *
document_in_chinese (JpRecord *trainee)
{
  switch (jp_record_get_code (trainee, JP_TRAINEE_ID_TYPE))
    {
    case JP_ID_TYPE_RESIDENT:
      return "居民身份证";
    case JP_ID_TYPE_PASSPORT:
      return "护照";
    case JP_ID_TYPE_OFFICER:
      return "军官证";
    default:
      return "证件";
    }
}

static void
fill_parties (Gaps *self)
{
  JpRecord *trainee = self->from->trainee;
  gboolean  male = jp_record_get_code (trainee, JP_TRAINEE_SEX) == JP_SEX_MALE;

  fill_from (self, "trainee_name", trainee, JP_TRAINEE_NAME);
  fill (self, "trainee_sex", g_strdup (male ? "男" : "女"));
  fill (self, "trainee_id_type", g_strdup (document_in_chinese (trainee)));
  fill_from (self, "trainee_id_number", trainee, JP_TRAINEE_ID_NUMBER);
  fill_from (self, "trainee_phone", trainee, JP_TRAINEE_PHONE);
  fill_from (self, "trainee_address", trainee, JP_TRAINEE_ADDRESS);
  fill_from (self, "school_name", self->from->school, JP_SCHOOL_NAME);
  fill_from (self, "school_credit_code", self->from->school, JP_SCHOOL_CREDIT_CODE);
  fill_from (self, "school_permit_no", self->from->school, JP_SCHOOL_LICENCE_NO);
  fill_from (self, "school_legal", self->from->school, JP_SCHOOL_LEGAL_PERSON);
  fill_from (self, "school_address", self->from->school, JP_SCHOOL_ADDRESS);
  fill_from (self, "school_phone", self->from->school, JP_SCHOOL_PHONE);
}

static char *
write_hours (Gaps *self, int part)
{
  JpCurriculumNumber number = { 0 };
  const char        *type = jp_record_get_text (self->from->tier, JP_CLASS_TIER_LICENCE_TYPE);

  if (!jp_curriculum_get_minutes (self->from->curriculum, type, part, &number) ||
      number.value == JP_CURRICULUM_UNKNOWN)
    return g_strdup ("以主管部门公布的学时为准");
  return g_strdup_printf ("%" G_GINT64_FORMAT "学时", number.value / MINUTES_PER_HOUR);
}

static void
fill_training (Gaps *self)
{
  static const char *const gaps[] = { NULL, "hours_part1", "hours_part2", "hours_part3",
                                      "hours_part4" };
  JpRecord                *tier = self->from->tier;
  const char              *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);
  const JpLicence         *licence = jp_licence_lookup (type);
  JpDate                   today = self->from->on;
  JpDate                   last =
    jp_date_add_days (jp_date_new (jp_date_get_year (today) + TERM_YEARS, jp_date_get_month (today),
                                   MIN (jp_date_get_day (today), 28)),
                      -1);

  fill_from (self, "class_name", tier, JP_CLASS_TIER_NAME);
  fill (self, "licence_type", g_strdup (type));
  fill (self, "licence_name", g_strdup (licence != NULL ? licence->name : type));
  fill (self, "valid_from", write_date (today));
  fill (self, "valid_to", write_date (last));
  fill (self, "curriculum_title",
        g_strdup (jp_curriculum_get_header (self->from->curriculum)->title));
  for (int part = 1; part <= JP_CURRICULUM_N_PARTS; part++)
    fill (self, gaps[part], write_hours (self, part));
  if (jp_record_get_code (tier, JP_CLASS_TIER_TRAINING_MODE) == JP_TRAINING_MODE_FIXED)
    fill (self, "booking_mode", g_strdup ("按双方约定的固定时段培训"));

  fill (self, "training_place",
        g_strdup (self->from->places != NULL
                    ? self->from->places
                    : jp_record_get_text (self->from->school, JP_SCHOOL_ADDRESS)));
}

/* The split of the price, if the tier has one; it adds up to the price (jp-validate.c). */
static char *
write_fees (JpRecord *tier)
{
  static const struct
  {
    JpFieldId   field;
    const char *name;
  } parts[PARTS_OF_FEE] = {
    { JP_CLASS_TIER_SERVICE_FEE, "报名与服务费" }, { JP_CLASS_TIER_PART1_FEE, "第一部分培训费" },
    { JP_CLASS_TIER_PART2_FEE, "第二部分培训费" }, { JP_CLASS_TIER_PART3_FEE, "第三部分培训费" },
    { JP_CLASS_TIER_PART4_FEE, "第四部分培训费" },
  };
  g_autoptr (GString) fees = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (jp_record_get_integer (tier, parts[i].field) > 0)
      {
        g_autofree char *yuan = write_yuan (jp_record_get_integer (tier, parts[i].field));

        g_string_append_printf (fees, "%s%s%s", fees->len > 0 ? "、" : "", parts[i].name, yuan);
      }
  if (fees->len > 0)
    return g_string_free (g_steal_pointer (&fees), FALSE);

  g_autofree char *whole = write_yuan (jp_record_get_integer (tier, JP_CLASS_TIER_PRICE));

  return g_strconcat ("培训费（含报名、四个部分的培训与服务）", whole, NULL);
}

static char *
join_clauses (GPtrArray *clauses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < clauses->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "；" : "",
                            (const char *)g_ptr_array_index (clauses, i));
  if (text->len == 0)
    g_string_append (text, "按平台公布的规则");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_money (Gaps *self)
{
  gint64 price_fen = jp_record_get_integer (self->from->tier, JP_CLASS_TIER_PRICE);
  g_autoptr (GPtrArray) releases = g_ptr_array_new ();
  g_autoptr (GPtrArray) refunds = g_ptr_array_new ();

  for (guint i = 0; i < jp_policy_get_n_stages (self->from->policy); i++)
    g_ptr_array_add (releases, jp_policy_get_stage (self->from->policy, i)->clause);
  for (guint i = 0; i < jp_policy_get_n_items (self->from->policy); i++)
    g_ptr_array_add (refunds, jp_policy_get_item (self->from->policy, i)->clause);

  fill (self, "contract_no", g_strdup (self->from->number));
  fill (self, "price", write_yuan (price_fen));
  fill (self, "price_capital", jp_contract_text_capital_amount (price_fen));
  fill (self, "fee_items", write_fees (self->from->tier));
  fill (self, "exam_fees",
        g_strdup ("由公安机关交通管理部门按其公布的标准收取，不属于乙方收费，乙方不得加价"));
  fill (self, "policy_title", g_strdup (jp_policy_get_header (self->from->policy)->title));
  fill (self, "policy_digest", g_strdup (jp_policy_get_digest (self->from->policy)));
  fill (self, "release_rules", join_clauses (releases));
  fill (self, "refund_rules", join_clauses (refunds));
  fill (self, "signed_on", g_strdup ("双方完成电子签名之日"));
}

/**
 * jp_contract_draft_freeze:
 * @sources: what the contract is drafted from
 * @draft: a draft of the contract
 * @tier_copy: JSON of the class tier, kept in the contract
 * @error: return location for a [error@Jp.ModelError]
 *
 * Fills the gaps of the model text from trainee, school, tier, policy and curriculum and freezes
 * all of them in @draft: whatever changes later, this contract keeps its price and its rules. The
 * text is Chinese whatever the language of the program. Pure.
 *
 * Returns: whether the text is whole
 */
gboolean
jp_contract_draft_freeze (const JpContractSources *sources,
                          JpDraft                 *draft,
                          const char              *tier_copy,
                          GError                 **error)
{
  g_return_val_if_fail (sources != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);
  g_return_val_if_fail (tier_copy != NULL, FALSE);

  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Gaps                gaps = { sources, values };
  JpRecord           *tier = sources->tier;
  const JpDataHeader *header = jp_contract_text_get_header (sources->model);
  g_autofree char    *text = NULL;
  g_autofree char    *digest = NULL;
  g_autofree char *version = g_strdup_printf ("%s/%" G_GINT64_FORMAT, header->id, header->version);

  fill_training (&gaps);
  fill_parties (&gaps);
  fill_money (&gaps);
  text = jp_contract_text_render (sources->model, values, error);
  if (text == NULL)
    return FALSE;

  digest = jp_contract_text_hash (text);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, jp_record_get_id (tier));
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE,
                     jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE));
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE,
                        jp_record_get_integer (tier, JP_CLASS_TIER_PRICE));
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_ID, jp_policy_get_header (sources->policy)->id);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, jp_policy_get_digest (sources->policy));
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_ID,
                     jp_curriculum_get_header (sources->curriculum)->id);
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_DIGEST,
                     jp_curriculum_get_digest (sources->curriculum));
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, tier_copy);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_VERSION, version);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, text);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  return TRUE;
}

/**
 * jp_contract_draft_new_model:
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: (transfer full): the model text that contracts are drafted from today
 */
JpContractText *
jp_contract_draft_new_model (GError **error)
{
  return jp_contract_text_new_from_data (MODEL_TEXT, error);
}
