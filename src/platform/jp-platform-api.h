/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-station.h"
#include "jp-platform.h"
#include "jp-worker.h"

G_BEGIN_DECLS

/* The requests that stations make, as synchronous functions from request to answer. */

void     jp_platform_api_add_routes (JpPlatform *platform, JpHttpRouter *router, JpWorker *worker);
gboolean jp_platform_api_authorise (JpPlatform        *platform,
                                    JpHttpRequest     *request,
                                    JpPlatformStation *out_station,
                                    GError           **error);
JpHttpResponse *jp_platform_api_new_problem (const GError *error);

G_END_DECLS
