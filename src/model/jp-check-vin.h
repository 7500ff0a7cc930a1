/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Vehicle identification numbers (ISO 3779, GB 16735). */

#define JP_CHECK_VIN_LENGTH 17

JpProblem jp_check_vin (const char *text);
JpProblem jp_check_vin_digit (const char *text);

G_END_DECLS
