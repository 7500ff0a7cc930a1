/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-dispute.h"
#include "jp-business-private.h"

/* The numbers that the platform gives: in place of the national tier, which gives them out in life
 * (domain.md §1.2). Their inner structure is not published; ours is Heze, a digit for the kind, and
 * a running number. */

#define CITY_PREFIX "371700"

/**
 * jp_business_take_number: (skip)
 * @store: a store with an open transaction
 * @counter: which series
 * @out_number: (out): the next number of it, from 1
 * @error: return location
 *
 * Returns: whether it is taken
 */
gboolean
jp_business_take_number (JpPlatformStore *store,
                         const char      *counter,
                         gint64          *out_number,
                         GError         **error)
{
  g_autoptr (JpStatement) take =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO counter (name, last) VALUES (:name, 1)"
                   " ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
                   error);
  gboolean row = FALSE;

  if (take == NULL)
    return FALSE;
  jp_statement_bind_text (take, ":name", counter);
  if (!jp_statement_step (take, &row, error))
    return FALSE;
  g_assert (row);

  *out_number = jp_statement_get_integer (take, 0);
  return TRUE;
}

/**
 * jp_business_take_ministry_number: (skip)
 * @store: a store with an open transaction
 * @kind: school, coach, vehicle, terminal or trainee
 * @error: return location
 *
 * Returns: (transfer full): the next 16-character number of the kind, or %NULL
 */
char *
jp_business_take_ministry_number (JpPlatformStore *store, JpKind kind, GError **error)
{
  gint64 number = 0;

  if (!jp_business_take_number (store, jp_kind_get_info (kind)->name, &number, error))
    return NULL;
  return g_strdup_printf (CITY_PREFIX "%d%09d", (int)kind, (int)number);
}

static gboolean
put_as_platform (JpPlatform *platform, const JpId *school, JpDraft *draft, GError **error)
{
  g_autoptr (JpRecord) record = jp_draft_end (draft);

  return jp_platform_store_put (jp_platform_get_store (platform), school, record, NULL, error);
}

/* A coach, a vehicle or a terminal is filed when it arrives. */
static gboolean
file_row (JpPlatform *platform,
          const JpId *school,
          JpRecord   *after,
          JpFieldId   number_field,
          GError    **error)
{
  if (jp_record_has (after, number_field))
    return TRUE;

  g_autofree char *number = jp_business_take_ministry_number (jp_platform_get_store (platform),
                                                              jp_record_get_kind (after), error);

  if (number == NULL)
    return FALSE;

  JpDraft *draft = jp_draft_new_from (after);

  jp_draft_set_text (draft, number_field, number);
  return put_as_platform (platform, school, draft, error);
}

/* A published tier takes the school's next five-digit number. */
static gboolean
file_tier (JpPlatform *platform, const JpId *school, JpRecord *after, GError **error)
{
  JpIdText text;
  gint64   number = 0;

  if (jp_record_has (after, JP_CLASS_TIER_SEQUENCE) ||
      jp_record_get_code (after, JP_CLASS_TIER_STATUS) != JP_TIER_STATUS_PUBLISHED)
    return TRUE;

  g_autofree char *counter = g_strconcat ("class_tier/", jp_id_to_text (school, text), NULL);

  if (!jp_business_take_number (jp_platform_get_store (platform), counter, &number, error))
    return FALSE;

  g_autofree char *sequence = g_strdup_printf ("%05d", (int)(number % 100000));
  JpDraft         *draft = jp_draft_new_from (after);

  jp_draft_set_text (draft, JP_CLASS_TIER_SEQUENCE, sequence);
  return put_as_platform (platform, school, draft, error);
}

static gboolean
note_offer (JpPlatform *platform, const JpId *school, JpRecord *after, GError **error)
{
  if (jp_record_get_code (after, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_OFFERED ||
      jp_record_has (after, JP_CONTRACT_OFFERED_AT))
    return TRUE;

  JpDraft *draft = jp_draft_new_from (after);
  JpClock *clock = jp_platform_store_get_clock (jp_platform_get_store (platform));

  jp_draft_set_integer (draft, JP_CONTRACT_OFFERED_AT, jp_clock_now_us (clock));
  return put_as_platform (platform, school, draft, error);
}

static gboolean
react (JpPlatform *platform,
       const JpId *school,
       JpRecord   *before,
       JpRecord   *after,
       gpointer    user_data,
       GError    **error)
{
  if (jp_record_get_head (after)->deleted || jp_record_get_head (after)->parked)
    return TRUE;

  switch ((int)jp_record_get_kind (after))
    {
    case JP_KIND_COACH:
      return file_row (platform, school, after, JP_COACH_NUMBER, error);
    case JP_KIND_VEHICLE:
      return file_row (platform, school, after, JP_VEHICLE_NUMBER, error);
    case JP_KIND_TERMINAL:
      return file_row (platform, school, after, JP_TERMINAL_NUMBER, error);
    case JP_KIND_CLASS_TIER:
      return file_tier (platform, school, after, error);
    case JP_KIND_CONTRACT:
      return note_offer (platform, school, after, error);
    case JP_KIND_DISPUTE:
      return jp_business_take_dispute (platform, school, after, error);
    default:
      return TRUE;
    }
}

/**
 * jp_business_attach:
 * @platform: a platform that answers no requests yet
 *
 * Lets the platform react to what schools push: coaches, vehicles, terminals and published tiers
 * get their numbers, offered contracts the time of the offer; disputes are looked at.
 */
void
jp_business_attach (JpPlatform *platform)
{
  g_return_if_fail (platform != NULL);

  jp_platform_add_row_func (platform, react, NULL);
}
