/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cell.h"
#include "jp-date.h"

G_BEGIN_DECLS

/* A date that comes, coloured by what is left of it: more than two months, more than one, less,
 * gone. */

#define JP_EXPIRY_SOON_DAYS 60
#define JP_EXPIRY_NOW_DAYS  30

JpTint jp_expiry_get_tint (JpDate date, JpDate today);
char  *jp_expiry_dup_sentence (JpDate date, JpDate today);
void   jp_expiry_fill_cell (JpCell *cell, JpDate date);
void   jp_expiry_set_today (JpDate today);

G_END_DECLS
