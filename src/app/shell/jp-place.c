/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-place.h"

#include <glib/gi18n-lib.h>

static const JpPlace places[] = {
  { "today", "go-home-symbolic", NC_ ("place", "Today"), JP_PLACE_GROUP_TODAY },
  { "trainees", "system-users-symbolic", NC_ ("place", "Trainees"), JP_PLACE_GROUP_ENROLMENT },
  { "contracts", "jp-contract-symbolic", NC_ ("place", "Contracts"), JP_PLACE_GROUP_ENROLMENT },
  { "tiers", "jp-tier-symbolic", NC_ ("place", "Class Tiers"), JP_PLACE_GROUP_ENROLMENT },
  { "hours", "jp-hours-symbolic", NC_ ("place", "Hours"), JP_PLACE_GROUP_TEACHING },
  { "coaches", "jp-coach-symbolic", NC_ ("place", "Coaches"), JP_PLACE_GROUP_TEACHING },
  { "vehicles", "jp-vehicle-symbolic", NC_ ("place", "Vehicles"), JP_PLACE_GROUP_TEACHING },
  { "terminals", "jp-terminal-symbolic", NC_ ("place", "Terminals"), JP_PLACE_GROUP_TEACHING },
  { "statements", "jp-statement-symbolic", NC_ ("place", "Statements"), JP_PLACE_GROUP_MONEY },
  { "refunds", "jp-refund-symbolic", NC_ ("place", "Refunds"), JP_PLACE_GROUP_MONEY },
  { "transfers", "jp-transfer-symbolic", NC_ ("place", "Transfers"), JP_PLACE_GROUP_MONEY },
  { "finance", "jp-finance-symbolic", NC_ ("place", "Finance"), JP_PLACE_GROUP_MONEY },
  { "school", "mark-location-symbolic", NC_ ("place", "School Profile"), JP_PLACE_GROUP_SCHOOL },
  { "sync", "emblem-synchronizing-symbolic", NC_ ("place", "Sync"), JP_PLACE_GROUP_SCHOOL },
};

static const char *group_titles[] = {
  [JP_PLACE_GROUP_TODAY] = NULL,
  [JP_PLACE_GROUP_ENROLMENT] = NC_ ("place group", "Enrolment"),
  [JP_PLACE_GROUP_TEACHING] = NC_ ("place group", "Teaching"),
  [JP_PLACE_GROUP_MONEY] = NC_ ("place group", "Money"),
  [JP_PLACE_GROUP_SCHOOL] = NC_ ("place group", "School"),
};

/**
 * jp_place_get_all:
 * @out_n_places: (out): how many there are
 *
 * Lists the places in the order of the sidebar.
 *
 * Returns: (transfer none) (array length=out_n_places): a constant table
 */
const JpPlace *
jp_place_get_all (gsize *out_n_places)
{
  g_return_val_if_fail (out_n_places != NULL, NULL);

  *out_n_places = G_N_ELEMENTS (places);
  return places;
}

/**
 * jp_place_find:
 * @name: (nullable): a name, possibly unknown
 *
 * Returns: (transfer none) (nullable): the place called @name
 */
const JpPlace *
jp_place_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_strcmp0 (places[i].name, name) == 0)
        return &places[i];
    }

  return NULL;
}

/**
 * jp_place_get_title:
 * @place: a place
 *
 * Returns: (transfer none): its translated title
 */
const char *
jp_place_get_title (const JpPlace *place)
{
  g_return_val_if_fail (place != NULL, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "place", place->title);
}

/**
 * jp_place_get_group_title:
 * @group: a group
 *
 * Returns: (transfer none) (nullable): its translated heading; the first group has none
 */
const char *
jp_place_get_group_title (JpPlaceGroup group)
{
  g_return_val_if_fail (group < G_N_ELEMENTS (group_titles), NULL);

  if (group_titles[group] == NULL)
    return NULL;

  return g_dpgettext2 (GETTEXT_PACKAGE, "place group", group_titles[group]);
}
