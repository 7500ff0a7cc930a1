/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "jp-json.h"

G_BEGIN_DECLS

/* What the platform says is wrong with a request (RFC 9457): immutable, reference-counted. */

#define JP_SYNC_PROBLEM_MAX_BYTES ((gsize)64 * 1024)

typedef struct _JpSyncProblem JpSyncProblem;

JpSyncProblem *
jp_sync_problem_new (guint status, const char *content_type, GBytes *body, guint retry_after_s);
JpSyncProblem *jp_sync_problem_ref (JpSyncProblem *self);
void           jp_sync_problem_unref (JpSyncProblem *self);

guint       jp_sync_problem_get_status (JpSyncProblem *self);
const char *jp_sync_problem_get_type_uri (JpSyncProblem *self);
const char *jp_sync_problem_get_title (JpSyncProblem *self);
const char *jp_sync_problem_get_detail (JpSyncProblem *self);
guint       jp_sync_problem_get_retry_after_s (JpSyncProblem *self);
JsonObject *jp_sync_problem_get_members (JpSyncProblem *self);
gboolean    jp_sync_problem_is (JpSyncProblem *self, const char *type_uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncProblem, jp_sync_problem_unref)

G_END_DECLS
