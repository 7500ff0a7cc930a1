/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-contract.h"

#include "jp-desk.h"
#include "jp-query.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  JpOffice *office;    /* (owned): only touched by the main thread */
  JpRecord *trainee;   /* (owned) */
  gboolean  may_draft; /* FALSE after drafting: then it is there, or something is wrong */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->office);
  jp_record_unref (opening->trainee);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void find_newest (Opening *opening);

static gpointer
find_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (GPtrArray) contracts = NULL;

  jp_query_where_ref (query, JP_CONTRACT_TRAINEE, data);
  jp_query_where_code (query, JP_CONTRACT_STATUS, JP_QUERY_NOT_EQUAL, JP_CONTRACT_STATUS_CANCELLED);
  jp_query_set_order (query, 0, TRUE);
  jp_query_set_limit (query, 1);
  contracts = jp_query_fetch_all (vault, query, error);
  return contracts != NULL && contracts->len > 0 ? jp_record_ref (contracts->pdata[0]) : NULL;
}

static JpChange *
draft_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  JpRecord   *trainee = data;
  const JpId *tier = jp_record_get_ref (trainee, JP_TRAINEE_CLASS_TIER);

  return jp_desk_draft_contract (vault, jp_record_get_id (trainee), tier, actor, error);
}

static void
drafted_cb (gpointer user_data)
{
  find_newest (user_data);
}

static void
failed_cb (const GError *error, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;

  jp_office_tell_error (opening->office, error);
}

static void
draft (Opening *opening)
{
  JpOfficeAct act = {
    .build = draft_call,
    .data = jp_record_ref (opening->trainee),
    .data_free = (GDestroyNotify)jp_record_unref,
    .kinds = jp_store_kind_bit (JP_KIND_CONTRACT) | jp_store_kind_bit (JP_KIND_TRAINEE),
    .sentence = _ ("The contract is drafted"),
    .done = drafted_cb,
    .failed = failed_cb,
    .user_data = opening,
  };

  opening->may_draft = FALSE;
  jp_office_act (opening->office, &act);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&contract, &error))
    jp_office_tell_error (opening->office, error);
  else if (contract != NULL)
    jp_office_show (opening->office, JP_KIND_CONTRACT, jp_record_get_id (contract));
  else if (!jp_record_has (opening->trainee, JP_TRAINEE_CLASS_TIER))
    jp_office_tell (opening->office,
                    _ ("A contract needs a class tier. Choose one for the trainee first (F2)."));
  else if (opening->may_draft)
    draft (g_steal_pointer (&opening));
}

static void
find_newest (Opening *opening)
{
  JpStoreCall call = { find_call, jp_id_copy (jp_record_get_id (opening->trainee)), g_free,
                       (GDestroyNotify)jp_record_unref, 0 };

  jp_store_read_async (jp_office_get_store (opening->office), &call, NULL, found_cb, opening);
}

/**
 * jp_trainee_contract_open:
 * @office: the office
 * @trainee: a trainee
 *
 * Goes to the newest contract that was not taken back; drafts one if there is none.
 */
void
jp_trainee_contract_open (JpOffice *office, JpRecord *trainee)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (trainee != NULL);

  Opening *opening = g_new0 (Opening, 1);

  opening->office = g_object_ref (office);
  opening->trainee = jp_record_ref (trainee);
  opening->may_draft = TRUE;
  find_newest (opening);
}
