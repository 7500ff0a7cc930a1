/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-contract-draft.h"
#include "jp-desk-private.h"
#include "jp-rules.h"
#include "jp-wire-record.h"

/* Drafting a contract: the gaps of the model text are filled from trainee, school, tier, policy and
 * curriculum, and all of them are frozen in it. The text is Chinese whatever the language of the
 * program. */

#define NUMBER_DIGITS  5
#define STATION_DIGITS 3

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
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

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

static JpRecord *
freeze (Sources *sources, GError **error)
{
  g_autoptr (JpDraft) draft = start_draft (sources);
  g_autofree char *copy = jp_wire_record_to_text (sources->tier);
  g_autofree char *places = NULL;
  g_autoptr (JpContractText) model = jp_contract_draft_new_model (error);
  JpContractSources from = { .model = model,
                             .school = sources->school,
                             .trainee = sources->trainee,
                             .tier = sources->tier,
                             .policy = sources->policy,
                             .curriculum = sources->curriculum,
                             .number = sources->number,
                             .on = jp_vault_today (sources->vault) };

  if (model == NULL || !write_places (sources, &places, error))
    return NULL;
  from.places = places;
  if (jp_contract_draft_freeze (&from, draft, copy, error))
    return jp_draft_end (g_steal_pointer (&draft));

  /* A gap without a value: the caller can only fill in what is missing. */
  if (error != NULL && *error != NULL)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_INVALID;
    }
  return NULL;
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
  g_autoptr (JpRecord) contract = NULL;

  if (!load_sources (&sources, trainee, tier, error))
    return NULL;
  contract = freeze (&sources, error);
  if (contract == NULL)
    return NULL;
  if (sources.draft == NULL || jp_record_diff_units (sources.draft, contract) != 0)
    jp_change_add (change, sources.draft, contract);
  move_trainee (&sources, change);
  if (change->rows->len > 0)
    return g_steal_pointer (&change);

  jp_desk_refuse (JP_DESK_UNCHANGED, "contract", error);
  return NULL;
}

/**
 * jp_desk_redraft_contract:
 * @vault: a vault
 * @contract: a draft
 * @tier: a class tier that is on sale, usually another one
 * @actor: who drafts it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Edits a draft: it is drafted again under the same number, with another class tier and with
 * everything else as it is now.
 *
 * Returns: (transfer full): a change "draft", or %NULL with %JP_DESK_CONTRACT_STATE if it is no
 *   draft any more, %JP_DESK_UNCHANGED, or an error of [func@Jp.desk_draft_contract]
 */
JpChange *
jp_desk_redraft_contract (JpVault    *vault,
                          const JpId *contract,
                          const JpId *tier,
                          const char *actor,
                          GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (tier != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CONTRACT, contract, error);

  if (record == NULL)
    return NULL;
  if (jp_record_get_code (record, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_DRAFT)
    return jp_desk_draft_contract (vault, jp_record_get_ref (record, JP_CONTRACT_TRAINEE), tier,
                                   actor, error);

  jp_desk_refuse (JP_DESK_CONTRACT_STATE, "contract", error);
  return NULL;
}
