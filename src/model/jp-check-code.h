/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Codes of institutions and numbers of the ministry. Every function takes the text as it is
 * stored: without spaces, ASCII, capital letters. */

#define JP_CHECK_CODE_CREDIT_LENGTH   18
#define JP_CHECK_CODE_MINISTRY_LENGTH 16
#define JP_CHECK_CODE_PLATFORM_LENGTH 5
#define JP_CHECK_CODE_POSTCODE_LENGTH 6

JpProblem jp_check_code_credit (const char *text);
JpProblem jp_check_code_ministry (const char *text);
JpProblem jp_check_code_platform (const char *text);
JpProblem jp_check_code_postcode (const char *text);

char jp_check_code_compute_credit_last (const char *text);

G_END_DECLS
