/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* The one school that the demo opens, the same at its own desk and on the demo platform, so that
 * they meet when the platform comes back. All of it is made up. */

#define JP_DEMO_SCHOOL_DISTRICT "371702"

JpId     jp_demo_school_get_id (void);
JpDraft *jp_demo_school_new_draft (void);

G_END_DECLS
