/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-progress-repo.h"

#include "jp-lookup.h"
#include "jp-query.h"

static JpCurriculum *
find_curriculum (JpVault *vault, JpRecord *trainee)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (GPtrArray) contracts = NULL;

  jp_query_where_ref (query, JP_CONTRACT_TRAINEE, jp_record_get_id (trainee));
  jp_query_set_order (query, 0, TRUE);
  jp_query_set_limit (query, 1);
  contracts = jp_query_fetch_all (vault, query, NULL);

  /* ignored: without the contract's curriculum the one of the enrolment day holds, without that
   * none */
  if (contracts != NULL && contracts->len > 0 &&
      jp_record_has (contracts->pdata[0], JP_CONTRACT_CURRICULUM_ID))
    {
      JpCurriculum *frozen =
        jp_curriculum_new_from_data (jp_record_get_text (contracts->pdata[0],
                                                         JP_CONTRACT_CURRICULUM_ID),
                                     NULL);

      if (frozen != NULL)
        return frozen;
    }
  return jp_curriculum_new_for_date (jp_record_get_date (trainee, JP_TRAINEE_APPLIED_ON), NULL);
}

static gboolean
add_sessions (JpVault *vault, const JpId *trainee, JpProgress *progress, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINING_SESSION);
  g_autoptr (GPtrArray) sessions = NULL;

  jp_query_where_ref (query, JP_TRAINING_SESSION_TRAINEE, trainee);
  sessions = jp_query_fetch_all (vault, query, error);
  if (sessions == NULL)
    return FALSE;

  for (guint i = 0; i < sessions->len; i++)
    {
      JpRecord        *session = g_ptr_array_index (sessions, i);
      const JpId      *coach = jp_record_get_ref (session, JP_TRAINING_SESSION_COACH);
      g_autofree char *name = NULL;

      if (coach != NULL && !jp_lookup_title (vault, JP_KIND_COACH, coach, &name, error))
        return FALSE;
      jp_progress_add_session (progress, session, name);
    }
  return TRUE;
}

static gboolean
add_exams (JpVault *vault, const JpId *trainee, JpProgress *progress, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_EXAM_RESULT);
  g_autoptr (GPtrArray) exams = NULL;

  jp_query_where_ref (query, JP_EXAM_RESULT_TRAINEE, trainee);
  exams = jp_query_fetch_all (vault, query, error);
  if (exams == NULL)
    return FALSE;

  for (guint i = 0; i < exams->len; i++)
    jp_progress_add_exam (progress, g_ptr_array_index (exams, i));
  return TRUE;
}

/**
 * jp_progress_repo_read:
 * @vault: a vault
 * @trainee: a trainee
 * @error: return location for a [error@Jp.StoreError]
 *
 * Adds up a trainee's sessions and exams against the curriculum frozen in the newest contract, or
 * without one the curriculum of the day of enrolment.
 *
 * Returns: (transfer full): the progress, or %NULL with an error
 */
JpProgress *
jp_progress_repo_read (JpVault *vault, const JpId *trainee, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (trainee != NULL, NULL);

  g_autoptr (JpRecord) record =
    jp_record_table_get (vault->db, vault->key, JP_KIND_TRAINEE, trainee, error);

  if (record == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }

  g_autoptr (JpCurriculum) curriculum = find_curriculum (vault, record);
  g_autoptr (JpProgress) progress =
    jp_progress_new (curriculum, jp_record_get_text (record, JP_TRAINEE_LICENCE_TYPE));

  if (!add_sessions (vault, trainee, progress, error) ||
      !add_exams (vault, trainee, progress, error))
    return NULL;
  return g_steal_pointer (&progress);
}
