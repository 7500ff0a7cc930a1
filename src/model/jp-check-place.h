/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Points and outlines as the ministry's interface writes them: `lng,lat;lng,lat;…` in degrees.
 * Inside the program a coordinate is a whole number of microdegrees (about 0.1 m), WGS-84. */

#define JP_CHECK_PLACE_MICRO_PER_DEGREE   1000000
#define JP_CHECK_PLACE_POLYGON_MAX_LENGTH 1024
#define JP_CHECK_PLACE_POLYGON_MIN_POINTS 3
#define JP_CHECK_PLACE_POLYGON_MAX_POINTS 128
#define JP_CHECK_PLACE_LNG_MIN_UDEG       73000000
#define JP_CHECK_PLACE_LNG_MAX_UDEG       136000000
#define JP_CHECK_PLACE_LAT_MIN_UDEG       3000000
#define JP_CHECK_PLACE_LAT_MAX_UDEG       54000000

/**
 * JpCheckPlacePoint:
 * @lng_udeg: longitude in microdegrees, east positive
 * @lat_udeg: latitude in microdegrees, north positive
 *
 * A plain value.
 */
typedef struct
{
  gint32 lng_udeg;
  gint32 lat_udeg;
} JpCheckPlacePoint;

JpProblem jp_check_place_point (const char *text);
JpProblem jp_check_place_polygon (const char *text);

JpProblem jp_check_place_parse_point (const char *text, JpCheckPlacePoint *out_point);
JpProblem jp_check_place_parse_polygon (const char *text, GArray **out_points);
gboolean  jp_check_place_contains (const JpCheckPlacePoint *corners,
                                   guint                    n_corners,
                                   JpCheckPlacePoint        point);

G_END_DECLS
