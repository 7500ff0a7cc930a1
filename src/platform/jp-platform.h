/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-http-router.h"
#include "jp-platform-limiter.h"
#include "jp-platform-store.h"

G_BEGIN_DECLS

/* The platform: a store, what reacts to the edits of schools, and the requests it answers. It is
 * made on any thread; from jp_platform_open() to jp_platform_close() it belongs to the thread that
 * opened it, which is also the thread of its handlers. */

typedef struct _JpPlatform JpPlatform;

/**
 * JpPlatformRowFunc:
 * @self: the platform
 * @school: the school
 * @before: (nullable): the row as it was; %NULL for a new one
 * @after: the row as it was written just now
 * @user_data: as given to jp_platform_add_row_func()
 * @error: return location for an error; its message goes to the station and has no personal data
 *
 * Reacts to a row that a station wrote, inside the transaction of the push: it may put more rows,
 * which then arrive together with this one.
 *
 * Returns: %TRUE; %FALSE with `JP_PLATFORM_ERROR_INVALID` or `JP_PLATFORM_ERROR_FORBIDDEN` to
 *   refuse this row, which then is as it was before; or %FALSE with another error: nothing of the
 *   push happens then
 */
typedef gboolean (*JpPlatformRowFunc) (JpPlatform *self,
                                       const JpId *school,
                                       JpRecord   *before,
                                       JpRecord   *after,
                                       gpointer    user_data,
                                       GError    **error);

JpPlatform        *jp_platform_new (const JpPlatformStoreOptions *options);
void               jp_platform_free (JpPlatform *self);
gboolean           jp_platform_open (JpPlatform *self, const char *folder, GError **error);
void               jp_platform_close (JpPlatform *self);
JpPlatformStore   *jp_platform_get_store (JpPlatform *self);
JpPlatformLimiter *jp_platform_get_limiter (JpPlatform *self);
void     jp_platform_add_row_func (JpPlatform *self, JpPlatformRowFunc func, gpointer user_data);
gboolean jp_platform_run_row_funcs (JpPlatform *self,
                                    const JpId *school,
                                    JpRecord   *before,
                                    JpRecord   *after,
                                    GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPlatform, jp_platform_free)

G_END_DECLS
