/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

#include "jp-platform-station.h"

/* What administrators do about the PCs of the schools. */

static void
add_station (const JpPlatformStationInfo *info, gpointer user_data)
{
  JpPublicCall *call = user_data;

  json_builder_begin_object (call->out);
  jp_public_add_id (call, "station", &info->id);
  jp_public_add_integer (call, "station_no", info->no);
  jp_public_add_text (call, "name", info->name);
  jp_public_add_integer (call, "enrolled_at", info->enrolled_us);
  jp_public_add_integer (call, "pushed_at", info->pushed_us);
  jp_public_add_boolean (call, "revoked", info->revoked);
  json_builder_end_object (call->out);
}

/**
 * jp_public_list_stations: (skip)
 * @call: "school" in the query
 * @error: return location
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_stations (JpPublicCall *call, GError **error)
{
  const char *text = jp_http_request_get_query (call->request, "school");
  JpId        school;

  if (!jp_public_find_school (call, text != NULL ? text : "", &school, error))
    return FALSE;
  json_builder_set_member_name (call->out, "stations");
  json_builder_begin_array (call->out);
  if (!jp_platform_station_list (call->self->store, &school, add_station, call, error))
    return FALSE;
  json_builder_end_array (call->out);
  return TRUE;
}

/**
 * jp_public_revoke_station: (skip)
 * @call: "station"
 * @error: return location
 *
 * Shuts a station out, with all that branched off from it.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_revoke_station (JpPublicCall *call, GError **error)
{
  JpId station;

  if (!jp_public_read_id (call, "station", &station, error) ||
      !jp_platform_station_revoke_inside (call->self->store, &station, error))
    return FALSE;
  jp_public_add_id (call, "revoked", &station);
  return TRUE;
}
