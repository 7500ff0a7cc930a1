/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

/* What is wrong with some payments of the month that was settled last, so that there is something
 * to find: the bank did pay what its line says, so the books stay in order; it should have paid
 * something else. What only the list gets wrong is in jp-city-settle.c. */

#define N_OF_EACH     2
#define SHORT_FEN     27600
#define OVER_FEN      18400
#define PART_BP       3000
#define OTHER_BP      2250 /* of no rule of the demo policy */
#define LATE_DAYS     33
#define MONTHS_A_YEAR 12

static JpDate
first_of_month (JpDate date, int months_back)
{
  int month = jp_date_get_year (date) * MONTHS_A_YEAR + jp_date_get_month (date) - 1 - months_back;

  return jp_date_new (month / MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1);
}

/**
 * jp_city_is_in_month:
 * @self: a city
 * @at_us: an instant
 * @months_back: 0 = the present month
 *
 * Returns: whether the instant lies in that month
 */
gboolean
jp_city_is_in_month (JpCity *self, gint64 at_us, int months_back)
{
  JpDate date = jp_date_from_instant (at_us);

  return date >= first_of_month (self->today, months_back) &&
         date < first_of_month (self->today, months_back - 1);
}

static gboolean
is_open (JpCitySchool *school, JpCityFault fault)
{
  return school->n_faults[fault] < N_OF_EACH;
}

/* Too much can only be paid from what is held; and mistakes are made with parts, where there are
 * hours to look at. */
static gboolean
is_possible (JpCityFault fault, const JpCityRelease *release)
{
  gboolean takes_more = fault == JP_CITY_FAULT_OVER || fault == JP_CITY_FAULT_TWICE;

  return release->share_bp == PART_BP && (!takes_more || release->left_fen > 0);
}

static JpCityFault
choose (JpCity *self, JpCitySchool *school, const JpCityRelease *release)
{
  if (is_open (school, JP_CITY_FAULT_LATE) && is_possible (JP_CITY_FAULT_LATE, release) &&
      jp_city_is_in_month (self, release->paid_us, JP_CITY_FAULT_MONTH + 1) &&
      jp_city_is_in_month (self, release->paid_us + LATE_DAYS * JP_DAY_US, JP_CITY_FAULT_MONTH))
    return JP_CITY_FAULT_LATE;
  if (!jp_city_is_in_month (self, release->paid_us, JP_CITY_FAULT_MONTH))
    return JP_CITY_FAULT_NONE;
  if (is_open (school, JP_CITY_FAULT_NOT_REACHED) && release->next_stage != NULL)
    return JP_CITY_FAULT_NOT_REACHED;
  for (JpCityFault fault = JP_CITY_FAULT_SHORT; fault <= JP_CITY_FAULT_MISSING; fault++)
    if (is_open (school, fault) && is_possible (fault, release))
      return fault;
  return JP_CITY_FAULT_NONE;
}

/**
 * jp_city_spoil:
 * @self: a city
 * @school: a school
 * @inout_release: the newest release of a contract, which may become wrong
 *
 * Decides whether the bank makes a mistake with a release, and which. Only the newest one of a
 * contract is spoilt, so that custody is never asked for what it does not hold.
 *
 * Returns: the mistake; the release says what is paid then
 */
JpCityFault
jp_city_spoil (JpCity *self, JpCitySchool *school, JpCityRelease *inout_release)
{
  JpCityFault fault =
    school->with_faults ? choose (self, school, inout_release) : JP_CITY_FAULT_NONE;

  school->n_faults[fault]++;
  switch (fault)
    {
    case JP_CITY_FAULT_SHORT:
      inout_release->amount_fen -= MIN (SHORT_FEN, inout_release->amount_fen / 2);
      break;
    case JP_CITY_FAULT_OVER:
      inout_release->amount_fen += MIN (OVER_FEN, inout_release->left_fen);
      break;
    case JP_CITY_FAULT_POLICY:
      inout_release->share_bp = OTHER_BP;
      inout_release->amount_fen = jp_money_share (inout_release->price_fen, OTHER_BP);
      break;
    case JP_CITY_FAULT_LATE:
      inout_release->paid_us += LATE_DAYS * JP_DAY_US;
      break;
    case JP_CITY_FAULT_NONE:
    case JP_CITY_FAULT_TWICE:
    case JP_CITY_FAULT_MISSING:
    case JP_CITY_FAULT_NOT_REACHED:
    default:
      break;
    }
  return fault;
}
