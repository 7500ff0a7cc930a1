/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JpPlaceGroup:
 *
 * The groups of the sidebar, in order.
 */
typedef enum {
  JP_PLACE_GROUP_TODAY,
  JP_PLACE_GROUP_ENROLMENT,
  JP_PLACE_GROUP_TEACHING,
  JP_PLACE_GROUP_MONEY,
  JP_PLACE_GROUP_SCHOOL,
} JpPlaceGroup;

/**
 * JpPlace:
 * @name: what code calls it, e.g. "trainees"; also the target of `win.go`
 * @icon_name: a symbolic icon
 * @title: English title with context "place", not translated
 * @group: where it stands
 *
 * A place of the sidebar. Each has at most one page.
 */
typedef struct
{
  const char  *name;
  const char  *icon_name;
  const char  *title;
  JpPlaceGroup group;
} JpPlace;

const JpPlace *jp_place_get_all (gsize *out_n_places);
const JpPlace *jp_place_find (const char *name);
const char    *jp_place_get_title (const JpPlace *place);
const char    *jp_place_get_group_title (JpPlaceGroup group);

G_END_DECLS
