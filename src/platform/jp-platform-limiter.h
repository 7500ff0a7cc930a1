/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-clock.h"

G_BEGIN_DECLS

/* Lets nobody try the same thing too often: at most ten failures in a minute from one address. Kept
 * in memory; one thread. */

#define JP_PLATFORM_LIMITER_MAX_FAILURES 10
#define JP_PLATFORM_LIMITER_MAX_CALLERS  1000

typedef struct _JpPlatformLimiter JpPlatformLimiter;

JpPlatformLimiter *jp_platform_limiter_new (JpClock *clock);
void               jp_platform_limiter_free (JpPlatformLimiter *self);
gboolean jp_platform_limiter_check (JpPlatformLimiter *self, const char *caller, GError **error);
void     jp_platform_limiter_count (JpPlatformLimiter *self, const char *caller);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPlatformLimiter, jp_platform_limiter_free)

G_END_DECLS
