/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform.h"

G_BEGIN_DECLS

/* A made-up city that looks like Heze: 94 schools in its districts, hundreds of class tiers,
 * thousands of trainees in every state of life, and statements that are right or wrong in each way
 * a statement can be. Nobody in it exists. One seed and one day make one city. */

#define JP_CITY_N_SCHOOLS  94
#define JP_CITY_FIRST_NAME "牡丹驾校"

/**
 * JpCitySize:
 * @JP_CITY_SMALL: three schools, a hundred trainees: for tests
 * @JP_CITY_STANDARD: the whole city; 2,000 trainees at the first school
 */
typedef enum {
  JP_CITY_SMALL,
  JP_CITY_STANDARD,
} JpCitySize;

gboolean jp_city_is_empty (JpPlatform *platform, gboolean *out_empty, GError **error);
gboolean jp_city_fill (JpPlatform *platform, guint64 seed, JpCitySize size, GError **error);

G_END_DECLS
