/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-api.h"

G_BEGIN_DECLS

/* Shared by the files of the requests. */

#define JP_PLATFORM_API_MAX_ENROL_BYTES 8192

JpHttpResponse *jp_platform_api_new_problem_with (const GError *error, JsonObject *members);
JpHttpResponse *jp_platform_api_new_bad_body (const GError *error);
JpHttpResponse *jp_platform_api_new_answer (GBytes *json);
JpHttpResponse *jp_platform_api_check_versions (JpHttpRequest *request);

JpHttpResponse *
jp_platform_api_open (JpPlatform *platform, JpHttpRequest *request, JpPlatformStation *out_station);

JpHttpResponse *jp_platform_api_get_blob (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_put_blob (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_branch (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_certificate (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_checksums (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_ops (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_enrol (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_push (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_changes (JpHttpRequest *request, gpointer user_data);
JpHttpResponse *jp_platform_api_bootstrap (JpHttpRequest *request, gpointer user_data);

G_END_DECLS
