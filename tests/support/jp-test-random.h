/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-id.h"

G_BEGIN_DECLS

/* Randomness that can be repeated. */

JpIdSource *jp_test_random_new_source (JpClock *clock);
guint64     jp_test_random_get_seed (void);

G_END_DECLS
