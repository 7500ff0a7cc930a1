/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-table.h"
#include "jp-platform-fixture.h"
#include "jp-push.h"

G_BEGIN_DECLS

/* A station of a test: enrolled over the requests, it numbers and chains its operations as a real
 * one does. */
typedef struct
{
  JpPlatformFixture *fixture; /* (borrowed) */
  JpHttpRouter      *router;  /* (owned) */
  JpId               school;
  JpId               station;
  gint64             no;
  char              *token; /* (owned) */
  char              *epoch; /* (owned) */
  char              *after; /* (owned): cursor */
  gint64             n;     /* of the last operation */
  guint8             chain[JP_SEAL_HASH_BYTES];
  JpPushRequest     *outbox; /* (owned): what was not pushed yet */
} JpPlatformCaller;

JpPlatformCaller *jp_platform_caller_new (JpPlatformFixture *fixture, const JpId *school);
JpPlatformCaller *jp_platform_caller_new_clone (JpPlatformCaller *self);
void              jp_platform_caller_free (JpPlatformCaller *self);

JpHttpResponse *jp_platform_caller_send (JpPlatformCaller *self,
                                         const char       *method,
                                         const char       *path,
                                         GBytes           *body);
JpHttpResponse *jp_platform_caller_get (JpPlatformCaller *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
void jp_platform_caller_assert_problem (JpHttpResponse *response, guint status, const char *type);

JpOp           *jp_platform_caller_begin (JpPlatformCaller *self, const char *kind);
void            jp_platform_caller_end (JpPlatformCaller *self, JpOp *op);
void            jp_platform_caller_edit (JpPlatformCaller *self, JpRecord *before, JpRecord *after);
JpHttpResponse *jp_platform_caller_push_raw (JpPlatformCaller *self);
JpPushResponse *jp_platform_caller_push (JpPlatformCaller *self);
JpVerdict *jp_platform_caller_push_edit (JpPlatformCaller *self, JpRecord *before, JpRecord *after);
JpPageFeed *jp_platform_caller_pull (JpPlatformCaller *self, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPlatformCaller, jp_platform_caller_free)

G_END_DECLS
