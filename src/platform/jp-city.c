/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city.h"
#include "jp-city-private.h"
#include "jp-data.h"
#include "jp-signature.h"

#define POLICY                   "heze-demo-assumption"
#define CURRICULUM               "demo-assumption"
#define TRAINEES_LARGE           2000
#define TRAINEES_SMALL           22
#define TRAINEES_TEST            60
#define SCHOOLS_TEST             3
#define TRAINEES_PER_TRANSACTION 20

static void
city_clear (JpCity *city)
{
  g_clear_pointer (&city->bank, jp_bank_free);
  g_clear_object (&city->random);
  g_clear_pointer (&city->policy, jp_policy_unref);
  g_clear_pointer (&city->curriculum, jp_curriculum_unref);
  g_clear_pointer (&city->model, jp_contract_text_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpCity, city_clear)

/**
 * jp_city_new_draft:
 * @self: a city
 * @kind: a kind
 * @id: the record
 * @created_us: when it was made, in the city
 *
 * Returns: (transfer full): an empty draft made by the platform
 */
JpDraft *
jp_city_new_draft (JpCity *self, JpKind kind, const JpId *id, gint64 created_us)
{
  JpDraft     *draft = jp_draft_new (kind, id);
  JpRecordHead head = { .created_at_us = created_us, .updated_at_us = created_us };

  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, "platform");
  return draft;
}

/**
 * jp_city_put:
 * @self: a city with an open transaction
 * @school: (nullable): the school
 * @draft: (transfer full): the record
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): the record as it was written, or %NULL with an error
 */
JpRecord *
jp_city_put (JpCity *self, const JpId *school, JpDraft *draft, GError **error)
{
  g_autoptr (JpRecord) record = jp_draft_end (draft);
  JpRecord *written = NULL;

  return jp_platform_store_put (self->store, school, record, &written, error) ? written : NULL;
}

/**
 * jp_city_put_only:
 * @self: a city with an open transaction
 * @school: (nullable): the school
 * @draft: (transfer full): the record
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: whether it was written
 */
gboolean
jp_city_put_only (JpCity *self, const JpId *school, JpDraft *draft, GError **error)
{
  g_autoptr (JpRecord) written = jp_city_put (self, school, draft, error);

  return written != NULL;
}

/**
 * jp_city_is_empty:
 * @platform: an open platform
 * @out_empty: (out): no school is there
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_city_is_empty (JpPlatform *platform, gboolean *out_empty, GError **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);

  g_autoptr (GArray) schools =
    jp_platform_store_list_schools (jp_platform_get_store (platform), error);

  if (schools == NULL)
    return FALSE;
  *out_empty = schools->len == 0;
  return TRUE;
}

static char *
dup_document (const char *folder, const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.json", folder, id);
  g_autoptr (GBytes) bytes = jp_data_lookup (path, error);
  gsize       size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return text != NULL ? g_strndup (text, size) : NULL;
}

static gboolean
publish_policy (JpCity *city, GError **error)
{
  const JpDataHeader *header = jp_policy_get_header (city->policy);
  JpId                id = jp_city_new_id (city, "policy");
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_POLICY, &id, city->now_us - 400 * JP_DAY_US);
  g_autofree char *document = dup_document ("policies", POLICY, error);
  g_autofree char *text = jp_policy_dup_signed_text (city->policy);
  g_autofree char *signature = jp_signature_sign (jp_platform_store_get_key (city->store), text);

  if (document == NULL)
    {
      jp_draft_free (draft);
      return FALSE;
    }
  jp_draft_set_text (draft, JP_POLICY_POLICY_ID, header->id);
  jp_draft_set_text (draft, JP_POLICY_TITLE, header->title);
  jp_draft_set_text (draft, JP_POLICY_ISSUER, header->issuer);
  jp_draft_set_date (draft, JP_POLICY_VALID_FROM, header->valid_from);
  jp_draft_set_text (draft, JP_POLICY_DIGEST, jp_policy_get_digest (city->policy));
  jp_draft_set_text (draft, JP_POLICY_DOCUMENT, document);
  jp_draft_set_text (draft, JP_POLICY_SIGNATURE, signature);
  return jp_city_put_only (city, NULL, draft, error);
}

static gboolean
publish_curriculum (JpCity *city, GError **error)
{
  const JpDataHeader *header = jp_curriculum_get_header (city->curriculum);
  JpId                id = jp_city_new_id (city, "curriculum");
  JpDraft            *draft =
    jp_city_new_draft (city, JP_KIND_CURRICULUM, &id, city->now_us - 400 * JP_DAY_US);
  g_autofree char *document = dup_document ("curricula", CURRICULUM, error);

  if (document == NULL)
    {
      jp_draft_free (draft);
      return FALSE;
    }
  jp_draft_set_text (draft, JP_CURRICULUM_CURRICULUM_ID, header->id);
  jp_draft_set_text (draft, JP_CURRICULUM_TITLE, header->title);
  jp_draft_set_text (draft, JP_CURRICULUM_ISSUER, header->issuer);
  jp_draft_set_date (draft, JP_CURRICULUM_VALID_FROM, header->valid_from);
  jp_draft_set_text (draft, JP_CURRICULUM_DIGEST, jp_curriculum_get_digest (city->curriculum));
  jp_draft_set_text (draft, JP_CURRICULUM_DOCUMENT, document);
  return jp_city_put_only (city, NULL, draft, error);
}

static gboolean
publish_rules (JpCity *city, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_platform_store_begin (city->store, &transaction, error) &&
         publish_policy (city, error) && publish_curriculum (city, error) &&
         jp_platform_store_commit (city->store, &transaction, error);
}

static gboolean
make_trainees (JpCity *city, JpCitySchool *school, guint n_trainees, GError **error)
{
  for (guint made = 0; made < n_trainees;)
    {
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      if (!jp_platform_store_begin (city->store, &transaction, error))
        return FALSE;
      for (guint i = 0; i < TRAINEES_PER_TRANSACTION && made < n_trainees; i++, made++)
        if (!jp_city_make_trainee (city, school, error))
          return FALSE;
      if (!jp_platform_store_commit (city->store, &transaction, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_school (JpCity *city, JpCitySchool *school, gboolean large, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_platform_store_begin (city->store, &transaction, error) &&
         jp_city_settle (city, school, error) &&
         (!large || jp_city_make_voices (city, school, error)) &&
         jp_platform_store_commit (city->store, &transaction, error);
}

static gboolean
make_school (JpCity *city, guint index, guint n_trainees, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpCitySchool *school = NULL;
  gboolean      large = index == 0;
  gboolean      ok = FALSE;

  if (!jp_platform_store_begin (city->store, &transaction, error))
    return FALSE;
  school = jp_city_make_school (city, index, large, error);
  if (school == NULL)
    return FALSE;

  school->with_faults = large;
  ok = jp_platform_store_commit (city->store, &transaction, error) &&
       make_trainees (city, school, n_trainees, error) && end_school (city, school, large, error) &&
       (!large || jp_city_make_disputes (city, school, error));
  jp_city_school_free (school);
  return ok;
}

/**
 * jp_city_fill:
 * @platform: an open platform without schools
 * @seed: the same seed on the same day makes the same city
 * @size: how large
 * @error: return location for an error of the platform, the database or the model
 *
 * Makes the city. Takes seconds; on the platform's thread.
 *
 * Returns: whether the city is complete
 */
gboolean
jp_city_fill (JpPlatform *platform, guint64 seed, JpCitySize size, GError **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);

  JpPlatformStore *store = jp_platform_get_store (platform);
  JpDate           today = jp_platform_store_get_today (store);
  g_auto (JpCity) city = {
    .store = store,
    .bank = jp_bank_new (jp_platform_store_get_db (store)),
    .random = jp_id_source_new_seeded (jp_platform_store_get_clock (store), seed),
    .today = today,
    .now_us = jp_date_to_instant (today, 12, 0),
  };
  guint n_schools = size == JP_CITY_SMALL ? SCHOOLS_TEST : JP_CITY_N_SCHOOLS;

  city.policy = jp_policy_new_from_data (POLICY, error);
  city.curriculum = city.policy != NULL ? jp_curriculum_new_from_data (CURRICULUM, error) : NULL;
  city.model = city.curriculum != NULL ? jp_contract_draft_new_model (error) : NULL;
  if (city.model == NULL || !publish_rules (&city, error))
    return FALSE;

  for (guint i = 0; i < n_schools; i++)
    {
      guint n_trainees = i == 0 ? TRAINEES_LARGE : TRAINEES_SMALL;

      if (size == JP_CITY_SMALL)
        n_trainees = i == 0 ? TRAINEES_TEST : TRAINEES_SMALL;
      if (!make_school (&city, i, n_trainees, error))
        return FALSE;
    }

  return jp_bank_check (city.bank, error);
}
