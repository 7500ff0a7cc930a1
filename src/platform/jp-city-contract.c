/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-codes.h"
#include "jp-wire-record.h"

/**
 * jp_city_make_contract:
 * @self: a city
 * @school: the school
 * @trainee: who signs
 * @tier: what is bought
 * @drafted_us: when it was drafted
 * @status: stored name of its status
 * @error: return location for an error of the model
 *
 * Drafts a contract as the desk does; nothing is written yet.
 *
 * Returns: (transfer full): the contract, or %NULL with an error
 */
JpRecord *
jp_city_make_contract (JpCity       *self,
                       JpCitySchool *school,
                       JpRecord     *trainee,
                       JpRecord     *tier,
                       gint64        drafted_us,
                       const char   *status,
                       GError      **error)
{
  JpId id = jp_city_new_id (self, "contract:%u:%u", school->index, school->n_contracts);
  g_autoptr (JpDraft) draft = jp_city_new_draft (self, JP_KIND_CONTRACT, &id, drafted_us);
  JpDate           on = jp_date_from_instant (drafted_us);
  g_autofree char *number =
    g_strdup_printf ("HT-%d-900-%05u", jp_date_get_year (on), ++school->n_contracts);
  g_autofree char  *copy = jp_wire_record_to_text (tier);
  JpContractSources from = { .model = self->model,
                             .school = school->record,
                             .trainee = trainee,
                             .tier = tier,
                             .policy = self->policy,
                             .curriculum = self->curriculum,
                             .number = number,
                             .places = school->places,
                             .on = on };

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, number);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, jp_record_get_id (trainee));
  jp_draft_set_text (draft, JP_CONTRACT_STATUS, status);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, on);
  return jp_contract_draft_freeze (&from, draft, copy, error)
           ? jp_draft_end (g_steal_pointer (&draft))
           : NULL;
}
