/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-contract-text.h"
#include "jp-desk-private.h"
#include "jp-licence.h"
#include "jp-rules.h"
#include "jp-wire-record.h"

/* Drafting a contract: the gaps of the model text are filled from trainee, school, tier, policy and
 * curriculum, and all of them are frozen in it. The text is Chinese whatever the language of the
 * program. */

#define MODEL_TEXT       "heze-model-draft"
#define TERM_YEARS       3 /* as long as a proof of learning (学习驾驶证明) holds */
#define NUMBER_DIGITS    5
#define STATION_DIGITS   3
#define MINUTES_PER_HOUR 60
#define PARTS_OF_FEE     5

/* Everything a contract is drafted from. */
typedef struct
{
  JpVault      *vault;      /* (borrowed) */
  JpRecord     *trainee;    /* (owned) */
  JpRecord     *tier;       /* (owned) */
  JpRecord     *school;     /* (owned) */
  JpRecord     *draft;      /* (owned) (nullable): an earlier draft of the same contract */
  JpPolicy     *policy;     /* (owned) */
  JpCurriculum *curriculum; /* (owned) */
  char         *number;     /* (owned) */
  GHashTable   *values;     /* (owned): name of a gap → text */
} Sources;

static void
sources_clear (Sources *sources)
{
  jp_record_unref (sources->trainee);
  jp_record_unref (sources->tier);
  jp_record_unref (sources->school);
  jp_record_unref (sources->draft);
  jp_policy_unref (sources->policy);
  jp_curriculum_unref (sources->curriculum);
  g_free (sources->number);
  g_clear_pointer (&sources->values, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

/* --- may it be drafted?
 * ---------------------------------------------------------------------------- */

static gboolean
check_trainee (JpRecord *trainee, GError **error)
{
  int status = jp_record_get_code (trainee, JP_TRAINEE_STATUS);

  return status == JP_TRAINEE_STATUS_ENROLLED || status == JP_TRAINEE_STATUS_TRAINING ||
         jp_desk_refuse (JP_DESK_TRAINEE_LEFT, "trainee", error);
}

static gboolean
check_tier (JpRecord *tier, JpRecord *trainee, JpDate today, GError **error)
{
  JpDate until = jp_record_get_date (tier, JP_CLASS_TIER_VALID_UNTIL);

  if (jp_record_get_code (tier, JP_CLASS_TIER_STATUS) != JP_TIER_STATUS_PUBLISHED ||
      jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM) > today ||
      (until != JP_DATE_NONE && until < today))
    return jp_desk_refuse (JP_DESK_TIER_NOT_ON_SALE, "class tier", error);
  if (g_strcmp0 (jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE),
                 jp_record_get_text (trainee, JP_TRAINEE_LICENCE_TYPE)) != 0)
    return jp_desk_refuse (JP_DESK_TIER_LICENCE, "class tier", error);
  return TRUE;
}

static gboolean
check_school (JpRecord *school, GError **error)
{
  return (jp_record_has (school, JP_SCHOOL_CREDIT_CODE) &&
          jp_record_has (school, JP_SCHOOL_LICENCE_NO) &&
          jp_record_has (school, JP_SCHOOL_LEGAL_PERSON)) ||
         jp_desk_refuse (JP_DESK_SCHOOL_INCOMPLETE, "school", error);
}

/* A draft is drafted again; anything beyond that is under way. */
static gboolean
find_draft (Sources *sources, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (GPtrArray) contracts = NULL;

  jp_query_where_ref (query, JP_CONTRACT_TRAINEE, jp_record_get_id (sources->trainee));
  contracts = jp_query_fetch_all (sources->vault, query, error);
  if (contracts == NULL)
    return FALSE;

  for (guint i = 0; i < contracts->len; i++)
    {
      JpRecord *contract = g_ptr_array_index (contracts, i);
      int       status = jp_record_get_code (contract, JP_CONTRACT_STATUS);

      if (status == JP_CONTRACT_STATUS_OFFERED || status == JP_CONTRACT_STATUS_SIGNED ||
          status == JP_CONTRACT_STATUS_PAID)
        return jp_desk_refuse (JP_DESK_CONTRACT_RUNNING, "contract", error);
      if (status == JP_CONTRACT_STATUS_DRAFT && sources->draft == NULL)
        sources->draft = jp_record_ref (contract);
    }
  return TRUE;
}

/* --- its number
 * ------------------------------------------------------------------------------------ */

/* HT-2026-003-00042: the station's number keeps two stations that are offline from giving the same
 * one (sync.md §3.2). */
static gboolean
make_number (Sources *sources, GError **error)
{
  g_autofree char *station = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *pattern = NULL;
  guint64          station_no = 0;
  guint64          last = 0;
  gboolean         row = FALSE;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (sources->vault->db,
                   "SELECT MAX (number) FROM contract WHERE number GLOB :pattern", error);

  if (statement == NULL)
    return jp_vault_translate (error);
  if (!jp_vault_get_setting (sources->vault, JP_SETTING_STATION_NO, &station, error))
    return FALSE;
  if (station != NULL)
    g_ascii_string_to_unsigned (station, 10, 0, 999, &station_no, NULL); /* not one: 0 */

  prefix = g_strdup_printf ("HT-%d-%0*u-", jp_date_get_year (jp_vault_today (sources->vault)),
                            STATION_DIGITS, (guint)station_no);
  pattern = g_strconcat (prefix, "*", NULL);
  jp_statement_bind_text (statement, ":pattern", pattern);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (row && !jp_statement_is_null (statement, 0))
    g_ascii_string_to_unsigned (jp_statement_get_text (statement, 0) + strlen (prefix), 10, 0,
                                G_MAXUINT32, &last, NULL); /* not one of ours: begin anew */

  sources->number = g_strdup_printf ("%s%0*u", prefix, NUMBER_DIGITS, (guint)last + 1);
  return TRUE;
}

static gboolean
check_rules (Sources *sources, const char *licence_type, GError **error)
{
  JpCurriculumNumber number = { 0 };

  if (!jp_policy_applies_to (sources->policy, licence_type))
    return jp_desk_refuse (JP_DESK_NO_POLICY, "contract", error);
  return jp_curriculum_get_minutes (sources->curriculum, licence_type, JP_CURRICULUM_TOTAL,
                                    &number) ||
         jp_desk_refuse (JP_DESK_NO_CURRICULUM, "contract", error);
}

static gboolean
load_sources (Sources *sources, const JpId *trainee, const JpId *tier, GError **error)
{
  JpVault    *vault = sources->vault;
  JpDate      today = jp_vault_today (vault);
  const char *licence_type = NULL;

  sources->trainee = jp_desk_get_live (vault, JP_KIND_TRAINEE, trainee, error);
  if (sources->trainee == NULL || !check_trainee (sources->trainee, error))
    return FALSE;
  sources->tier = jp_desk_get_live (vault, JP_KIND_CLASS_TIER, tier, error);
  if (sources->tier == NULL || !check_tier (sources->tier, sources->trainee, today, error))
    return FALSE;
  sources->school = jp_desk_get_live (vault, JP_KIND_SCHOOL, &vault->school, error);
  if (sources->school == NULL || !check_school (sources->school, error))
    return FALSE;
  if (!find_draft (sources, error))
    return FALSE;

  licence_type = jp_record_get_text (sources->tier, JP_CLASS_TIER_LICENCE_TYPE);
  sources->policy = jp_rules_load_policy (vault, licence_type, today, error);
  if (sources->policy == NULL)
    return FALSE;
  sources->curriculum = jp_rules_load_curriculum (vault, today, error);
  if (sources->curriculum == NULL || !check_rules (sources, licence_type, error))
    return FALSE;

  if (sources->draft == NULL)
    return make_number (sources, error);
  sources->number = g_strdup (jp_record_get_text (sources->draft, JP_CONTRACT_NUMBER));
  return TRUE;
}

/* --- the gaps of the text
 * -------------------------------------------------------------------------- */

/* Takes @value. */
static void
fill (Sources *sources, const char *gap, char *value)
{
  g_autofree char *owned = value;
  g_autofree char *line = owned != NULL ? jp_text_clean (owned) : NULL;

  if (line != NULL && *line != '\0')
    g_hash_table_insert (sources->values, (gpointer)gap, g_steal_pointer (&line));
}

static void
fill_from (Sources *sources, const char *gap, JpRecord *record, JpFieldId field)
{
  fill (sources, gap, g_strdup (jp_record_get_text (record, field)));
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
fill_parties (Sources *sources)
{
  JpRecord *trainee = sources->trainee;
  gboolean  male = jp_record_get_code (trainee, JP_TRAINEE_SEX) == JP_SEX_MALE;

  fill_from (sources, "trainee_name", trainee, JP_TRAINEE_NAME);
  fill (sources, "trainee_sex", g_strdup (male ? "男" : "女"));
  fill (sources, "trainee_id_type", g_strdup (document_in_chinese (trainee)));
  fill_from (sources, "trainee_id_number", trainee, JP_TRAINEE_ID_NUMBER);
  fill_from (sources, "trainee_phone", trainee, JP_TRAINEE_PHONE);
  fill_from (sources, "trainee_address", trainee, JP_TRAINEE_ADDRESS);
  fill_from (sources, "school_name", sources->school, JP_SCHOOL_NAME);
  fill_from (sources, "school_credit_code", sources->school, JP_SCHOOL_CREDIT_CODE);
  fill_from (sources, "school_permit_no", sources->school, JP_SCHOOL_LICENCE_NO);
  fill_from (sources, "school_legal", sources->school, JP_SCHOOL_LEGAL_PERSON);
  fill_from (sources, "school_address", sources->school, JP_SCHOOL_ADDRESS);
  fill_from (sources, "school_phone", sources->school, JP_SCHOOL_PHONE);
}

static char *
write_hours (Sources *sources, int part)
{
  JpCurriculumNumber number = { 0 };
  const char        *type = jp_record_get_text (sources->tier, JP_CLASS_TIER_LICENCE_TYPE);

  if (!jp_curriculum_get_minutes (sources->curriculum, type, part, &number) ||
      number.value == JP_CURRICULUM_UNKNOWN)
    return g_strdup ("以主管部门公布的学时为准");
  return g_strdup_printf ("%" G_GINT64_FORMAT "学时", number.value / MINUTES_PER_HOUR);
}

static gboolean
write_places (Sources *sources, char **out_places, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_GROUND);
  g_autoptr (GPtrArray) grounds = jp_query_fetch_all (sources->vault, query, error);
  g_autoptr (GString) places = g_string_new (NULL);

  if (grounds == NULL)
    return FALSE;

  for (guint i = 0; i < grounds->len; i++)
    g_string_append_printf (places, "%s%s（%s）", i > 0 ? "、" : "",
                            jp_record_get_text (g_ptr_array_index (grounds, i), JP_GROUND_NAME),
                            jp_record_get_text (g_ptr_array_index (grounds, i), JP_GROUND_ADDRESS));
  if (grounds->len == 0)
    g_string_append (places, jp_record_get_text (sources->school, JP_SCHOOL_ADDRESS));

  *out_places = g_string_free (g_steal_pointer (&places), FALSE);
  return TRUE;
}

static gboolean
fill_training (Sources *sources, GError **error)
{
  static const char *const gaps[] = { NULL, "hours_part1", "hours_part2", "hours_part3",
                                      "hours_part4" };
  JpRecord                *tier = sources->tier;
  const char              *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);
  const JpLicence         *licence = jp_licence_lookup (type);
  JpDate                   today = jp_vault_today (sources->vault);
  JpDate                   last =
    jp_date_add_days (jp_date_new (jp_date_get_year (today) + TERM_YEARS, jp_date_get_month (today),
                                   MIN (jp_date_get_day (today), 28)),
                      -1);
  char *places = NULL;

  fill_from (sources, "class_name", tier, JP_CLASS_TIER_NAME);
  fill (sources, "licence_type", g_strdup (type));
  fill (sources, "licence_name", g_strdup (licence != NULL ? licence->name : type));
  fill (sources, "valid_from", write_date (today));
  fill (sources, "valid_to", write_date (last));
  fill (sources, "curriculum_title",
        g_strdup (jp_curriculum_get_header (sources->curriculum)->title));
  for (int part = 1; part <= JP_CURRICULUM_N_PARTS; part++)
    fill (sources, gaps[part], write_hours (sources, part));
  if (jp_record_get_code (tier, JP_CLASS_TIER_TRAINING_MODE) == JP_TRAINING_MODE_FIXED)
    fill (sources, "booking_mode", g_strdup ("按双方约定的固定时段培训"));

  if (!write_places (sources, &places, error))
    return FALSE;
  fill (sources, "training_place", places);
  return TRUE;
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
fill_money (Sources *sources)
{
  gint64 price_fen = jp_record_get_integer (sources->tier, JP_CLASS_TIER_PRICE);
  g_autoptr (GPtrArray) releases = g_ptr_array_new ();
  g_autoptr (GPtrArray) refunds = g_ptr_array_new ();

  for (guint i = 0; i < jp_policy_get_n_stages (sources->policy); i++)
    g_ptr_array_add (releases, jp_policy_get_stage (sources->policy, i)->clause);
  for (guint i = 0; i < jp_policy_get_n_items (sources->policy); i++)
    g_ptr_array_add (refunds, jp_policy_get_item (sources->policy, i)->clause);

  fill (sources, "contract_no", g_strdup (sources->number));
  fill (sources, "price", write_yuan (price_fen));
  fill (sources, "price_capital", jp_contract_text_capital_amount (price_fen));
  fill (sources, "fee_items", write_fees (sources->tier));
  fill (sources, "exam_fees",
        g_strdup ("由公安机关交通管理部门按其公布的标准收取，不属于乙方收费，乙方不得加价"));
  fill (sources, "policy_title", g_strdup (jp_policy_get_header (sources->policy)->title));
  fill (sources, "policy_digest", g_strdup (jp_policy_get_digest (sources->policy)));
  fill (sources, "release_rules", join_clauses (releases));
  fill (sources, "refund_rules", join_clauses (refunds));
  fill (sources, "signed_on", g_strdup ("双方完成电子签名之日"));
}

static char *
render (Sources *sources, char **out_version, GError **error)
{
  g_autoptr (JpContractText) model = jp_contract_text_new_from_data (MODEL_TEXT, error);
  char *text = NULL;

  sources->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  if (model == NULL || !fill_training (sources, error))
    return NULL;

  fill_parties (sources);
  fill_money (sources);
  text = jp_contract_text_render (model, sources->values, error);
  if (text == NULL && error != NULL && *error != NULL)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_INVALID;
    }
  *out_version = g_strdup_printf ("%s/%" G_GINT64_FORMAT, jp_contract_text_get_header (model)->id,
                                  jp_contract_text_get_header (model)->version);
  return text;
}

/* --- the record
 * ------------------------------------------------------------------------------------ */

static char *
copy_tier (JpRecord *tier)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  jp_wire_record_write (builder, tier);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_text (root);
}

static JpDraft *
start_draft (Sources *sources)
{
  JpId     id = jp_id_source_next (sources->vault->ids);
  JpDraft *draft = sources->draft != NULL ? jp_draft_new_from (sources->draft)
                                          : jp_draft_new (JP_KIND_CONTRACT, &id);

  if (sources->draft != NULL)
    return draft;

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, sources->number);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, jp_record_get_id (sources->trainee));
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, jp_vault_today (sources->vault));
  return draft;
}

static JpDraft *
freeze (Sources *sources, const char *text, const char *version)
{
  JpDraft         *draft = start_draft (sources);
  JpRecord        *tier = sources->tier;
  g_autofree char *copy = copy_tier (tier);
  g_autofree char *digest = jp_contract_text_hash (text);

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
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, copy);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_VERSION, version);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, text);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  return draft;
}

/* The roster shows the tier that was agreed upon. */
static void
move_trainee (Sources *sources, JpChange *change)
{
  const JpId *present = jp_record_get_ref (sources->trainee, JP_TRAINEE_CLASS_TIER);
  const JpId *agreed = jp_record_get_id (sources->tier);

  if (present != NULL && jp_id_equal (present, agreed))
    return;

  g_autoptr (JpDraft) draft = jp_draft_new_from (sources->trainee);

  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, agreed);
  jp_desk_add (change, sources->trainee, g_steal_pointer (&draft));
}

/**
 * jp_desk_draft_contract:
 * @vault: a vault
 * @trainee: who shall sign it
 * @tier: a class tier that is on sale
 * @actor: who drafts it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Drafts the contract of a trainee: number, frozen copies, filled text and its digest. If there is
 * a draft already, it is drafted again under the same number.
 *
 * Returns: (transfer full): a change "draft" whose first row is the contract, or %NULL with
 *   %JP_DESK_TRAINEE_LEFT, %JP_DESK_CONTRACT_RUNNING, %JP_DESK_TIER_NOT_ON_SALE,
 *   %JP_DESK_TIER_LICENCE, %JP_DESK_SCHOOL_INCOMPLETE or another error
 */
JpChange *
jp_desk_draft_contract (JpVault    *vault,
                        const JpId *trainee,
                        const JpId *tier,
                        const char *actor,
                        GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (trainee != NULL, NULL);
  g_return_val_if_fail (tier != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_auto (Sources) sources = { .vault = vault };
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "draft", actor);
  g_autofree char *version = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JpRecord) contract = NULL;

  if (!load_sources (&sources, trainee, tier, error))
    return NULL;
  text = render (&sources, &version, error);
  if (text == NULL)
    return NULL;

  contract = jp_draft_end (freeze (&sources, text, version));
  if (sources.draft == NULL || jp_record_diff_units (sources.draft, contract) != 0)
    jp_change_add (change, sources.draft, contract);
  move_trainee (&sources, change);
  if (change->rows->len > 0)
    return g_steal_pointer (&change);

  jp_desk_refuse (JP_DESK_UNCHANGED, "contract", error);
  return NULL;
}
