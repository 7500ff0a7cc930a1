/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform.h"

G_BEGIN_DECLS

/* What the people who run the platform do from a terminal. */

#define JP_PLATFORM_ADMIN_MAX_FILE_BYTES (64 * 1024)

gboolean jp_platform_admin_find_school (JpPlatform *platform,
                                        const char *text,
                                        JpId       *out_school,
                                        GError    **error);
gboolean
jp_platform_admin_add_school (JpPlatform *platform, GBytes *json, JpId *out_school, GError **error);

G_END_DECLS
