/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Telephone numbers, as stored: cleaned, no spaces, no country code. */

JpProblem jp_check_phone (const char *text);
JpProblem jp_check_phone_mobile (const char *text);
JpProblem jp_check_phone_fixed (const char *text);

G_END_DECLS
