/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* Names of people, as on their identity documents. */

#define JP_CHECK_NAME_MIN 2
#define JP_CHECK_NAME_MAX 64

JpProblem jp_check_name (const char *text);

G_END_DECLS
