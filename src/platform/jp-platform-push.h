/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-station.h"
#include "jp-platform.h"
#include "jp-push.h"

G_BEGIN_DECLS

JpPushResponse *jp_platform_push_run (JpPlatform              *platform,
                                      const JpPlatformStation *station,
                                      const JpPushRequest     *request,
                                      gint64                  *out_expected_n,
                                      GError                 **error);

G_END_DECLS
