/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Registration plates (GA 36), as stored: cleaned, capital letters, no dot after the second
 * character. */

/**
 * JpCheckPlateKind:
 * @JP_CHECK_PLATE_NONE: not a plate
 * @JP_CHECK_PLATE_ORDINARY: seven characters
 * @JP_CHECK_PLATE_COACH: ends in 学
 * @JP_CHECK_PLATE_SPECIAL: ends in 挂, 警, 港, 澳, 使 or 领
 * @JP_CHECK_PLATE_NEW_ENERGY_SMALL: eight characters, small new-energy vehicle
 * @JP_CHECK_PLATE_NEW_ENERGY_LARGE: eight characters, large new-energy vehicle
 *
 * What a plate says of its vehicle.
 */
typedef enum {
  JP_CHECK_PLATE_NONE,
  JP_CHECK_PLATE_ORDINARY,
  JP_CHECK_PLATE_COACH,
  JP_CHECK_PLATE_SPECIAL,
  JP_CHECK_PLATE_NEW_ENERGY_SMALL,
  JP_CHECK_PLATE_NEW_ENERGY_LARGE,
} JpCheckPlateKind;

JpProblem        jp_check_plate (const char *text);
JpProblem        jp_check_plate_coach (const char *text);
JpCheckPlateKind jp_check_plate_get_kind (const char *text);

G_END_DECLS
