/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-place.h"

#include <string.h>

#define MAX_DEGREE_DIGITS 3
#define MAX_DECIMALS      15

/* Reads "115.480656" exactly, without floating point; the seventh decimal rounds. */
static gboolean
read_degrees (const char **cursor, gint32 *out_udeg)
{
  const char *p = *cursor;
  gint64      udeg = 0;
  gint64      unit = JP_CHECK_PLACE_MICRO_PER_DEGREE;
  gboolean    negative = *p == '-';
  int         n_degrees = 0;
  int         n_decimals = 0;

  if (negative)
    p++;

  for (; g_ascii_isdigit (*p) && n_degrees <= MAX_DEGREE_DIGITS; p++, n_degrees++)
    udeg = udeg * 10 + (*p - '0') * JP_CHECK_PLACE_MICRO_PER_DEGREE;

  if (n_degrees == 0 || n_degrees > MAX_DEGREE_DIGITS)
    return FALSE;

  if (*p == '.')
    {
      for (p++; g_ascii_isdigit (*p); p++, n_decimals++)
        {
          unit /= 10;
          udeg += unit > 0 ? (*p - '0') * unit : (n_decimals == 6 && *p >= '5');
        }

      if (n_decimals == 0 || n_decimals > MAX_DECIMALS)
        return FALSE;
    }

  *cursor = p;
  *out_udeg = (gint32)(negative ? -udeg : udeg);

  return TRUE;
}

static gboolean
read_point (const char **cursor, JpCheckPlacePoint *out_point)
{
  JpCheckPlacePoint point = { 0 };
  const char       *p = *cursor;

  if (!read_degrees (&p, &point.lng_udeg) || *p != ',')
    return FALSE;

  p++;
  if (!read_degrees (&p, &point.lat_udeg))
    return FALSE;

  *cursor = p;
  *out_point = point;

  return TRUE;
}

static gboolean
is_in_china (const JpCheckPlacePoint *point)
{
  return point->lng_udeg >= JP_CHECK_PLACE_LNG_MIN_UDEG &&
         point->lng_udeg <= JP_CHECK_PLACE_LNG_MAX_UDEG &&
         point->lat_udeg >= JP_CHECK_PLACE_LAT_MIN_UDEG &&
         point->lat_udeg <= JP_CHECK_PLACE_LAT_MAX_UDEG;
}

static gboolean
is_same (const JpCheckPlacePoint *a, const JpCheckPlacePoint *b)
{
  return a->lng_udeg == b->lng_udeg && a->lat_udeg == b->lat_udeg;
}

/* > 0 left turn, < 0 right turn, 0 on one line. Differences fit 28 bits, products 57. */
static int
turn (const JpCheckPlacePoint *a, const JpCheckPlacePoint *b, const JpCheckPlacePoint *c)
{
  gint64 cross = (gint64)(b->lng_udeg - a->lng_udeg) * (c->lat_udeg - a->lat_udeg) -
                 (gint64)(b->lat_udeg - a->lat_udeg) * (c->lng_udeg - a->lng_udeg);

  return (cross > 0) - (cross < 0);
}

static gboolean
is_between (const JpCheckPlacePoint *a, const JpCheckPlacePoint *b, const JpCheckPlacePoint *c)
{
  return MIN (a->lng_udeg, b->lng_udeg) <= c->lng_udeg &&
         c->lng_udeg <= MAX (a->lng_udeg, b->lng_udeg) &&
         MIN (a->lat_udeg, b->lat_udeg) <= c->lat_udeg &&
         c->lat_udeg <= MAX (a->lat_udeg, b->lat_udeg);
}

static gboolean
do_edges_meet (const JpCheckPlacePoint *a,
               const JpCheckPlacePoint *b,
               const JpCheckPlacePoint *c,
               const JpCheckPlacePoint *d)
{
  int abc = turn (a, b, c);
  int abd = turn (a, b, d);
  int cda = turn (c, d, a);
  int cdb = turn (c, d, b);

  if (abc != abd && cda != cdb)
    return TRUE;

  return (abc == 0 && is_between (a, b, c)) || (abd == 0 && is_between (a, b, d)) ||
         (cda == 0 && is_between (c, d, a)) || (cdb == 0 && is_between (c, d, b));
}

static gboolean
is_flat (const JpCheckPlacePoint *points, guint n_points)
{
  for (guint i = 2; i < n_points; i++)
    {
      if (turn (&points[0], &points[1], &points[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Two neighbouring edges share a corner; they may not run back over each other. */
static gboolean
does_fold (const JpCheckPlacePoint *a, const JpCheckPlacePoint *b, const JpCheckPlacePoint *c)
{
  return turn (a, b, c) == 0 && (is_between (a, b, c) || is_between (b, c, a));
}

static gboolean
does_cross_itself (const JpCheckPlacePoint *points, guint n_points)
{
  for (guint i = 0; i < n_points; i++)
    {
      const JpCheckPlacePoint *a = &points[i];
      const JpCheckPlacePoint *b = &points[(i + 1) % n_points];

      if (does_fold (a, b, &points[(i + 2) % n_points]))
        return TRUE;

      for (guint j = i + 2; j < n_points; j++)
        {
          const JpCheckPlacePoint *d = &points[(j + 1) % n_points];

          if ((j + 1) % n_points != i && do_edges_meet (a, b, &points[j], d))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * jp_check_place_parse_point:
 * @text: `lng,lat` in degrees
 * @out_point: (out): the point; untouched unless %JP_PROBLEM_NONE is returned
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_place_parse_point (const char *text, JpCheckPlacePoint *out_point)
{
  JpCheckPlacePoint point = { 0 };

  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);
  g_return_val_if_fail (out_point != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (!read_point (&text, &point) || *text != '\0')
    return JP_PROBLEM_COORDINATES;
  if (!is_in_china (&point))
    return JP_PROBLEM_COORDINATES_OUTSIDE;

  *out_point = point;

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_place_point:
 * @text: `lng,lat` in degrees
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_place_point (const char *text)
{
  JpCheckPlacePoint point;

  return jp_check_place_parse_point (text, &point);
}

static JpProblem
read_corners (const char *text, GArray *points)
{
  while (TRUE)
    {
      JpCheckPlacePoint point;

      if (!read_point (&text, &point))
        return JP_PROBLEM_POLYGON_FORM;
      if (!is_in_china (&point))
        return JP_PROBLEM_COORDINATES_OUTSIDE;

      g_array_append_val (points, point);

      if (points->len > JP_CHECK_PLACE_POLYGON_MAX_POINTS)
        return JP_PROBLEM_POLYGON_LENGTH;
      if (*text == ';')
        text++;
      else if (*text != '\0')
        return JP_PROBLEM_POLYGON_FORM;
      if (*text == '\0')
        return JP_PROBLEM_NONE;
    }
}

/* Some writers repeat the first corner at the end, some repeat a corner by a double click. */
static void
drop_repeated (GArray *points)
{
  for (guint i = points->len; i > 1; i--)
    {
      const JpCheckPlacePoint *a = &g_array_index (points, JpCheckPlacePoint, i - 1);
      const JpCheckPlacePoint *b = &g_array_index (points, JpCheckPlacePoint, i - 2);

      if (is_same (a, b))
        g_array_remove_index (points, i - 1);
    }

  if (points->len > 1 && is_same (&g_array_index (points, JpCheckPlacePoint, 0),
                                  &g_array_index (points, JpCheckPlacePoint, points->len - 1)))
    g_array_set_size (points, points->len - 1);
}

/**
 * jp_check_place_parse_polygon:
 * @text: `lng,lat;lng,lat;…` in degrees; a closing repetition of the first corner is allowed
 * @out_points: (out) (transfer full) (element-type JpCheckPlacePoint): the different corners in
 *   order; untouched unless %JP_PROBLEM_NONE is returned
 *
 * Reads the outline of a training ground: at most 1024 characters, at least three corners, not on
 * one line, and edges that do not cross.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_place_parse_polygon (const char *text, GArray **out_points)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);
  g_return_val_if_fail (out_points != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (text) > JP_CHECK_PLACE_POLYGON_MAX_LENGTH)
    return JP_PROBLEM_POLYGON_LENGTH;

  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (JpCheckPlacePoint));
  JpProblem problem = read_corners (text, points);

  if (problem != JP_PROBLEM_NONE)
    return problem;

  drop_repeated (points);

  const JpCheckPlacePoint *corners = (const JpCheckPlacePoint *)(gconstpointer)points->data;

  if (points->len < JP_CHECK_PLACE_POLYGON_MIN_POINTS || is_flat (corners, points->len))
    return JP_PROBLEM_POLYGON_POINTS;
  if (does_cross_itself (corners, points->len))
    return JP_PROBLEM_POLYGON_CROSSES;

  *out_points = g_steal_pointer (&points);

  return JP_PROBLEM_NONE;
}

/**
 * jp_check_place_polygon:
 * @text: `lng,lat;lng,lat;…` in degrees
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_place_polygon (const char *text)
{
  g_autoptr (GArray) points = NULL;

  return jp_check_place_parse_polygon (text, &points);
}

/**
 * jp_check_place_contains:
 * @corners: (array length=n_corners): an outline that does not cross itself
 * @n_corners: how many, ≥ 3
 * @point: a point
 *
 * Exact in integers. A point on the outline is inside.
 *
 * Returns: %TRUE if @point lies inside
 */
gboolean
jp_check_place_contains (const JpCheckPlacePoint *corners, guint n_corners, JpCheckPlacePoint point)
{
  gboolean inside = FALSE;

  g_return_val_if_fail (corners != NULL, FALSE);
  g_return_val_if_fail (n_corners >= JP_CHECK_PLACE_POLYGON_MIN_POINTS, FALSE);

  for (guint i = 0; i < n_corners; i++)
    {
      const JpCheckPlacePoint *a = &corners[i];
      const JpCheckPlacePoint *b = &corners[(i + 1) % n_corners];
      int                      side = turn (a, b, &point);

      if (side == 0 && is_between (a, b, &point))
        return TRUE;

      gboolean is_upward = a->lat_udeg <= point.lat_udeg && b->lat_udeg > point.lat_udeg;
      gboolean is_downward = b->lat_udeg <= point.lat_udeg && a->lat_udeg > point.lat_udeg;

      if ((is_upward && side > 0) || (is_downward && side < 0))
        inside = !inside;
    }

  return inside;
}
