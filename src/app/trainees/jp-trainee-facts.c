/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-facts.h"

#include "jp-progress-repo.h"
#include "jp-query.h"

/**
 * jp_trainee_facts_free:
 * @self: (nullable) (transfer full): facts
 */
void
jp_trainee_facts_free (JpTraineeFacts *self)
{
  if (self == NULL)
    return;

  jp_progress_free (self->progress);
  jp_record_unref (self->contract);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->exams, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
read_newest (JpVault    *vault,
             JpFieldId   trainee_field,
             const JpId *trainee,
             JpFieldId   order,
             guint       limit,
             GError    **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_FIELD_KIND (trainee_field));

  jp_query_where_ref (query, trainee_field, trainee);
  jp_query_set_order (query, order, TRUE);
  jp_query_set_limit (query, limit);
  return jp_query_fetch_all (vault, query, error);
}

/**
 * jp_trainee_facts_read:
 * @vault: a vault
 * @trainee: a trainee
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): what is known of the trainee, or %NULL with an error
 */
JpTraineeFacts *
jp_trainee_facts_read (JpVault *vault, const JpId *trainee, GError **error)
{
  g_autoptr (JpTraineeFacts) facts = g_new0 (JpTraineeFacts, 1);
  g_autoptr (GPtrArray) contracts = NULL;

  facts->progress = jp_progress_repo_read (vault, trainee, error);
  if (facts->progress == NULL)
    return NULL;

  contracts = read_newest (vault, JP_CONTRACT_TRAINEE, trainee, 0, 1, error);
  facts->sessions = read_newest (vault, JP_TRAINING_SESSION_TRAINEE, trainee,
                                 JP_TRAINING_SESSION_STARTED_AT, JP_TRAINEE_FACTS_EVENTS, error);
  facts->exams = read_newest (vault, JP_EXAM_RESULT_TRAINEE, trainee, JP_EXAM_RESULT_TAKEN_ON,
                              JP_TRAINEE_FACTS_EVENTS, error);
  if (contracts == NULL || facts->sessions == NULL || facts->exams == NULL)
    return NULL;

  if (contracts->len > 0)
    {
      facts->contract = g_steal_pointer (&contracts->pdata[0]);
      facts->lines =
        read_newest (vault, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (facts->contract), 0,
                     JP_TRAINEE_FACTS_EVENTS, error);
    }
  else
    facts->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  return facts->lines != NULL ? g_steal_pointer (&facts) : NULL;
}
