/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-records-spec.h"

G_BEGIN_DECLS

/* The page Refunds. */

const JpRecordsSpec *jp_refunds_get_spec (void);

G_END_DECLS
