/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

#include "jp-check-place.h"

#include <math.h>

/* The public listing: which schools there are, how far away, and what they ask. */

#define DEFAULT_ROWS   50
#define MAX_ROWS       200
#define EARTH_RADIUS_M 6371008.8 /* mean radius, IUGG */

/* One school on its way into the answer. */
typedef struct
{
  JpRecord *school;     /* (owned) */
  gint64    distance_m; /* -1 = not known */
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->school, jp_record_unref);
}

typedef struct
{
  const char       *district; /* (nullable) */
  const char       *licence;  /* (nullable) */
  gint64            level;    /* 0 = any */
  gint64            limit;
  gboolean          has_point;
  JpCheckPlacePoint point;
} Filter;

/* "lat,lng", as maps write it; the ministry's interface has them the other way round. */
static gboolean
parse_point (const char *text, JpCheckPlacePoint *out_point)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 3);
  g_autofree char *turned = NULL;

  if (g_strv_length (parts) != 2)
    return FALSE;
  turned = g_strconcat (parts[1], ",", parts[0], NULL);
  return jp_check_place_parse_point (turned, out_point) == JP_PROBLEM_NONE;
}

static gboolean
read_filter (JpPublicCall *call, Filter *out, GError **error)
{
  const char *near = jp_http_request_get_query (call->request, "near");

  *out = (Filter){ .limit = DEFAULT_ROWS };
  out->district = jp_http_request_get_query (call->request, "district");
  out->licence = jp_http_request_get_query (call->request, "licence");
  out->has_point = near != NULL;
  if (!jp_http_request_get_query_integer (call->request, "limit", 1, MAX_ROWS, &out->limit,
                                          error) ||
      !jp_http_request_get_query_integer (call->request, "level", 1, 3, &out->level, error))
    return FALSE;
  return near == NULL || parse_point (near, &out->point) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID,
                             "\"near\" is a latitude and a longitude in China");
}

static double
to_radians (gint64 udeg)
{
  return (double)udeg / JP_CHECK_PLACE_MICRO_PER_DEGREE * G_PI / 180;
}

/* Haversine: right to half a percent anywhere, and to a metre in a city. */
static gint64
compute_distance (JpCheckPlacePoint from, JpRecord *school)
{
  double lat_from = to_radians (from.lat_udeg);
  double lat_to = to_radians (jp_record_get_integer (school, JP_SCHOOL_LATITUDE));
  double lng =
    to_radians (jp_record_get_integer (school, JP_SCHOOL_LONGITUDE)) - to_radians (from.lng_udeg);
  double lat_half = sin ((lat_to - lat_from) / 2);
  double lng_half = sin (lng / 2);
  double chord = lat_half * lat_half + cos (lat_from) * cos (lat_to) * lng_half * lng_half;

  return (gint64)llround (2 * EARTH_RADIUS_M * asin (MIN (1.0, sqrt (chord))));
}

static gboolean
teaches (JpRecord *school, const char *licence)
{
  const char *list = jp_record_get_text (school, JP_SCHOOL_LICENCE_TYPES);
  g_auto (GStrv) types = g_strsplit (list != NULL ? list : "", ",", -1);

  return g_strv_contains ((const char *const *)types, licence);
}

static gboolean
fits (JpRecord *school, const Filter *filter)
{
  if (jp_record_has (school, JP_SCHOOL_BUSI_STATUS) &&
      jp_record_get_code (school, JP_SCHOOL_BUSI_STATUS) != JP_BUSI_STATUS_OPEN)
    return FALSE;
  if (filter->district != NULL &&
      g_strcmp0 (jp_record_get_text (school, JP_SCHOOL_DISTRICT), filter->district) != 0)
    return FALSE;
  if (filter->level != 0 && jp_record_get_code (school, JP_SCHOOL_LEVEL) != filter->level)
    return FALSE;
  return filter->licence == NULL || teaches (school, filter->licence);
}

/* Nearest first; those without a place last; otherwise by number, so that the order is the same
 * every time. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = a;
  const Entry *two = b;

  if (one->distance_m != two->distance_m)
    {
      if (one->distance_m < 0 || two->distance_m < 0)
        return one->distance_m < 0 ? 1 : -1;
      return one->distance_m < two->distance_m ? -1 : 1;
    }

  int order = g_strcmp0 (jp_record_get_text (one->school, JP_SCHOOL_NUMBER),
                         jp_record_get_text (two->school, JP_SCHOOL_NUMBER));

  return order != 0
           ? order
           : jp_id_compare (jp_record_get_id (one->school), jp_record_get_id (two->school));
}

static void
take_school (GArray *entries, JpRecord *school, const Filter *filter)
{
  Entry entry = { .school = school, .distance_m = -1 };

  if (filter->has_point && jp_record_has (school, JP_SCHOOL_LATITUDE) &&
      jp_record_has (school, JP_SCHOOL_LONGITUDE))
    entry.distance_m = compute_distance (filter->point, school);
  g_array_append_val (entries, entry);
}

static GArray *
find_schools (JpPublicCall *call, const Filter *filter, GError **error)
{
  JpPlatformStore *store = call->self->store;
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (JP_KIND_SCHOOL),
                                      " WHERE deleted = 0 AND parked = 0 ORDER BY rid", NULL);
  g_autoptr (JpStatement) read = jp_db_prepare (jp_platform_store_get_db (store), sql, error);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gboolean row = FALSE;

  g_array_set_clear_func (entries, entry_clear);
  if (read == NULL)
    return NULL;
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        {
          g_array_sort (entries, compare_entries);
          return g_steal_pointer (&entries);
        }

      g_autoptr (JpRecord) school =
        jp_record_table_read (read, JP_KIND_SCHOOL, jp_platform_store_get_key (store), error);

      if (school == NULL)
        return NULL;
      if (fits (school, filter))
        take_school (entries, g_steal_pointer (&school), filter);
    }
  return NULL;
}

static gboolean
add_tiers (JpPublicCall *call, JpRecord *school, const Filter *filter, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT id, name, licence_type, price, services, training_mode, charge_mode"
                   " FROM class_tier WHERE school = :school AND status = 'published'"
                   " AND deleted = 0 AND parked = 0 AND valid_from <= :today"
                   " AND (valid_until IS NULL OR valid_until >= :today)"
                   " AND (:licence IS NULL OR licence_type = :licence)"
                   " ORDER BY licence_type, price, rid",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", jp_record_get_id (school));
  jp_statement_bind_integer (read, ":today", jp_platform_store_get_today (call->self->store));
  if (filter->licence != NULL)
    jp_statement_bind_text (read, ":licence", filter->licence);
  json_builder_set_member_name (call->out, "tiers");
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      JpId id;

      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      jp_statement_get_id (read, 0, &id);
      json_builder_begin_object (call->out);
      jp_public_add_id (call, "id", &id);
      jp_public_add_text (call, "name", jp_statement_get_text (read, 1));
      jp_public_add_text (call, "licence_type", jp_statement_get_text (read, 2));
      jp_public_add_integer (call, "price", jp_statement_get_integer (read, 3));
      jp_public_add_text (call, "services", jp_statement_get_text (read, 4));
      jp_public_add_text (call, "training_mode", jp_statement_get_text (read, 5));
      jp_public_add_text (call, "charge_mode", jp_statement_get_text (read, 6));
      json_builder_end_object (call->out);
    }
  return FALSE;
}

/* Stars in tenths, so that nobody has to round. */
static gboolean
add_stars (JpPublicCall *call, JpRecord *school, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT count (*), ifnull ((sum (stars) * 10 + count (*) / 2) / count (*), 0)"
                   " FROM evaluation WHERE school = :school AND deleted = 0",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", jp_record_get_id (school));
  if (!jp_statement_step (read, &row, error))
    return FALSE;
  jp_public_add_integer (call, "n_evaluations", jp_statement_get_integer (read, 0));
  jp_public_add_integer (call, "star_tenths", jp_statement_get_integer (read, 1));
  return TRUE;
}

static gboolean
add_school (JpPublicCall *call, const Entry *entry, const Filter *filter, GError **error)
{
  static const JpFieldId fields[] = {
    JP_SCHOOL_NAME,        JP_SCHOOL_SHORT_NAME,    JP_SCHOOL_NUMBER,        JP_SCHOOL_DISTRICT,
    JP_SCHOOL_LEVEL,       JP_SCHOOL_LICENCE_TYPES, JP_SCHOOL_PHONE,         JP_SCHOOL_ADDRESS,
    JP_SCHOOL_LATITUDE,    JP_SCHOOL_LONGITUDE,     JP_SCHOOL_SERVICES,      JP_SCHOOL_INTRODUCTION,
    JP_SCHOOL_ENVIRONMENT, JP_SCHOOL_COACH_COUNT,   JP_SCHOOL_VEHICLE_COUNT,
  };

  json_builder_begin_object (call->out);
  jp_public_add_id (call, "id", jp_record_get_id (entry->school));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    jp_public_add_field (call, entry->school, fields[i]);
  if (entry->distance_m >= 0)
    jp_public_add_integer (call, "distance_m", entry->distance_m);
  if (!add_stars (call, entry->school, error) || !add_tiers (call, entry->school, filter, error))
    return FALSE;
  json_builder_end_object (call->out);
  return TRUE;
}

/**
 * jp_public_list_schools: (skip)
 * @call: "district", "level", "licence", "near", "limit"
 * @error: return location
 *
 * Lists the schools that are open, with their published class tiers: nearest first if a point is
 * given.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_schools (JpPublicCall *call, GError **error)
{
  Filter filter;
  g_autoptr (GArray) entries = NULL;

  if (!read_filter (call, &filter, error))
    return FALSE;
  entries = find_schools (call, &filter, error);
  if (entries == NULL)
    return FALSE;
  jp_public_add_integer (call, "total", entries->len);
  json_builder_set_member_name (call->out, "schools");
  json_builder_begin_array (call->out);
  for (guint i = 0; i < MIN (entries->len, (guint)filter.limit); i++)
    if (!add_school (call, &g_array_index (entries, Entry, i), &filter, error))
      return FALSE;
  json_builder_end_array (call->out);
  return TRUE;
}
