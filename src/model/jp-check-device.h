/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-problem.h"

G_BEGIN_DECLS

/* What is printed on timing terminals and their SIM cards. Texts are cleaned. */

#define JP_CHECK_DEVICE_IMEI_LENGTH 15

JpProblem jp_check_device_id (const char *text);
JpProblem jp_check_device_imei (const char *text);
JpProblem jp_check_device_mac (const char *text);
JpProblem jp_check_device_sim (const char *text);

G_END_DECLS
