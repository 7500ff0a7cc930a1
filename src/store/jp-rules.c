/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-rules.h"

#include "jp-desk-private.h"
#include "jp-query.h"
#include "jp-signature.h"

/* Heze's own rules: principles published, shares not (domain.md §0). */
#define DEFAULT_POLICY "heze-editable"

static GBytes *
document_of (JpRecord *record, JpFieldId field)
{
  const char *text = jp_record_get_text (record, field);

  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static GPtrArray *
fetch_newest_first (JpVault *vault, JpKind kind, JpFieldId valid_from, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  jp_query_set_order (query, valid_from, TRUE);
  return jp_query_fetch_all (vault, query, error);
}

/* A file that the platform sent and this program cannot read is newer than this program. */
static gboolean
translate_model (GError **error)
{
  if (error != NULL && *error != NULL)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_TOO_NEW;
    }
  return FALSE;
}

/* Reads a policy that the platform sent. Since this PC knows the platform's key, what is not signed
 * with it is not the platform's. */
static JpPolicy *
read_policy (JpVault *vault, JpRecord *record, GError **error)
{
  g_autoptr (GBytes) bytes = document_of (record, JP_POLICY_DOCUMENT);
  g_autoptr (JpPolicy) policy =
    jp_policy_new_from_bytes (jp_record_get_text (record, JP_POLICY_POLICY_ID), bytes, error);
  g_autofree char *key = NULL;
  g_autofree char *text = policy != NULL ? jp_policy_dup_signed_text (policy) : NULL;

  if (policy == NULL)
    {
      translate_model (error);
      return NULL;
    }
  if (!jp_vault_get_setting (vault, JP_SETTING_POLICY_KEY, &key, error))
    return NULL;
  if (key == NULL ||
      jp_signature_verify (key, text, jp_record_get_text (record, JP_POLICY_SIGNATURE)))
    return g_steal_pointer (&policy);
  jp_desk_refuse (JP_DESK_POLICY_UNSIGNED, "policy", error);
  return NULL;
}

/**
 * jp_rules_load_policy:
 * @vault: a vault
 * @licence_type: what is trained for
 * @on: the day
 * @error: return location for a [error@Jp.StoreError]
 *
 * Finds the release and refund rules for a contract made on a day: the newest of those the platform
 * sent that applies; without one, the file that the setting %JP_SETTING_POLICY names; without that,
 * the city's file, which says what is not published.
 *
 * Returns: (transfer full): the policy; or %NULL with `JP_STORE_ERROR_TOO_NEW` if it cannot be
 * read, or %JP_DESK_POLICY_UNSIGNED if it is not the platform's
 */
JpPolicy *
jp_rules_load_policy (JpVault *vault, const char *licence_type, JpDate on, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (licence_type != NULL, NULL);

  g_autoptr (GPtrArray) records =
    fetch_newest_first (vault, JP_KIND_POLICY, JP_POLICY_VALID_FROM, error);
  g_autofree char *setting = NULL;
  JpPolicy        *policy = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);
      g_autoptr (JpPolicy) candidate = read_policy (vault, record, error);

      if (candidate == NULL)
        return NULL;
      if (jp_data_header_is_valid_on (jp_policy_get_header (candidate), on) &&
          jp_policy_applies_to (candidate, licence_type))
        return g_steal_pointer (&candidate);
    }

  if (records == NULL || !jp_vault_get_setting (vault, JP_SETTING_POLICY, &setting, error))
    return NULL;
  policy = jp_policy_new_from_data (setting != NULL ? setting : DEFAULT_POLICY, error);
  if (policy == NULL)
    translate_model (error);
  return policy;
}

/**
 * jp_rules_load_curriculum:
 * @vault: a vault
 * @on: the day
 * @error: return location for a [error@Jp.StoreError]
 *
 * Finds the curriculum for a contract made on a day: the newest that the platform sent, else the
 * program's file for that day.
 *
 * Returns: (transfer full): the curriculum, or %NULL with `JP_STORE_ERROR_TOO_NEW`
 */
JpCurriculum *
jp_rules_load_curriculum (JpVault *vault, JpDate on, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (GPtrArray) records =
    fetch_newest_first (vault, JP_KIND_CURRICULUM, JP_CURRICULUM_VALID_FROM, error);
  JpCurriculum *curriculum = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GBytes) bytes = document_of (record, JP_CURRICULUM_DOCUMENT);
      g_autoptr (JpCurriculum) candidate =
        jp_curriculum_new_from_bytes (jp_record_get_text (record, JP_CURRICULUM_CURRICULUM_ID),
                                      bytes, error);

      if (candidate == NULL)
        {
          translate_model (error);
          return NULL;
        }
      if (jp_data_header_is_valid_on (jp_curriculum_get_header (candidate), on))
        return g_steal_pointer (&candidate);
    }

  if (records == NULL)
    return NULL;
  curriculum = jp_curriculum_new_for_date (on, error);
  if (curriculum == NULL)
    translate_model (error);
  return curriculum;
}

/* The record with a digest: there is at most one. */
static gboolean
find_record (JpVault    *vault,
             JpFieldId   digest_field,
             const char *digest,
             JpRecord  **out_record,
             GError    **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_FIELD_KIND (digest_field));
  g_autoptr (GPtrArray) records = NULL;

  jp_query_where_text (query, digest_field, JP_QUERY_EQUAL, digest);
  jp_query_set_limit (query, 1);
  records = jp_query_fetch_all (vault, query, error);
  if (records == NULL)
    return FALSE;

  *out_record = records->len > 0 ? jp_record_ref (records->pdata[0]) : NULL;
  return TRUE;
}

static gboolean
missing (const char *what, GError **error)
{
  g_clear_error (error);
  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND,
               "the %s of this contract is not known in the version it was signed with", what);
  return FALSE;
}

/**
 * jp_rules_find_policy:
 * @vault: a vault
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Finds the very version of the rules that a contract was made with.
 *
 * Returns: (transfer full): the policy, or %NULL with `JP_STORE_ERROR_NOT_FOUND`: computing with
 *   other rules would be wrong
 */
JpPolicy *
jp_rules_find_policy (JpVault *vault, JpRecord *contract, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  const char *id = jp_record_get_text (contract, JP_CONTRACT_POLICY_ID);
  const char *digest = jp_record_get_text (contract, JP_CONTRACT_POLICY_DIGEST);
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpPolicy) policy = NULL;
  g_autoptr (GError) local_error = NULL;

  if (id == NULL || digest == NULL)
    {
      missing ("policy", error);
      return NULL;
    }
  if (!find_record (vault, JP_POLICY_DIGEST, digest, &record, error))
    return NULL;

  policy = record != NULL ? read_policy (vault, record, &local_error)
                          : jp_policy_new_from_data (id, &local_error);
  if (g_error_matches (local_error, JP_DESK_ERROR, JP_DESK_POLICY_UNSIGNED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (policy != NULL && strcmp (jp_policy_get_digest (policy), digest) == 0)
    return g_steal_pointer (&policy);
  missing ("policy", error);
  return NULL;
}

/**
 * jp_rules_find_curriculum:
 * @vault: a vault
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Finds the very version of the curriculum that a contract was made with.
 *
 * Returns: (transfer full): the curriculum, or %NULL with `JP_STORE_ERROR_NOT_FOUND`
 */
JpCurriculum *
jp_rules_find_curriculum (JpVault *vault, JpRecord *contract, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  const char *id = jp_record_get_text (contract, JP_CONTRACT_CURRICULUM_ID);
  const char *digest = jp_record_get_text (contract, JP_CONTRACT_CURRICULUM_DIGEST);
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JpCurriculum) curriculum = NULL;

  if (id == NULL || digest == NULL)
    {
      missing ("curriculum", error);
      return NULL;
    }
  if (!find_record (vault, JP_CURRICULUM_DIGEST, digest, &record, error))
    return NULL;

  bytes = record != NULL ? document_of (record, JP_CURRICULUM_DOCUMENT) : NULL;
  curriculum = bytes != NULL ? jp_curriculum_new_from_bytes (id, bytes, error)
                             : jp_curriculum_new_from_data (id, error);
  if (curriculum != NULL && strcmp (jp_curriculum_get_digest (curriculum), digest) == 0)
    return g_steal_pointer (&curriculum);
  missing ("curriculum", error);
  return NULL;
}
