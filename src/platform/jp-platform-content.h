/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-digest-content.h"
#include "jp-platform-store.h"

G_BEGIN_DECLS

JpPageSums *jp_platform_content_read_sums (JpPlatformStore *store,
                                           const JpId      *school,
                                           JpKind           kind,
                                           guint            first,
                                           guint            n_parts,
                                           GError         **error);

G_END_DECLS
