/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"
#include "jp-problem.h"

G_BEGIN_DECLS

/* Numbers of identity documents. Every function takes the text as it is stored: without spaces,
 * ASCII, capital letters (jp_text_clean_code() makes that of what people type). */

#define JP_CHECK_ID_LENGTH        18
#define JP_CHECK_ID_REGION_LENGTH 6

JpProblem jp_check_id_number (const char *text);
JpProblem jp_check_id_number_on (const char *text, JpDate today);
JpProblem jp_check_id_foreign (const char *text);
JpProblem jp_check_id_passport (const char *text);
JpProblem jp_check_id_officer (const char *text);

JpDate   jp_check_id_get_birth_date (const char *text);
gboolean jp_check_id_is_male (const char *text);
char    *jp_check_id_dup_region (const char *text);
char     jp_check_id_compute_last (const char *text);

G_END_DECLS
