/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform.h"

G_BEGIN_DECLS

/* Answers what a station has sent in a file instead of over the line. */

GBytes *jp_platform_courier_answer (JpPlatform *platform,
                                    const char *tls_folder,
                                    GBytes     *file,
                                    guint      *out_n_ops,
                                    GError    **error);

G_END_DECLS
