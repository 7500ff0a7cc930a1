/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business-fixture.h"
#include "jp-json.h"
#include "jp-public-token.h"
#include "jp-public.h"

G_BEGIN_DECLS

/* Somebody who speaks to the public part of a test's platform: the request and the answer are those
 * of the network, the network is left out. */
typedef struct
{
  JpBusinessFixture *b;           /* (borrowed) */
  JpPublic          *public_part; /* (owned) */
  JpHttpRouter      *router;      /* (owned) */
  JsonNode          *answer;      /* (owned) (nullable): of the last request */
} JpPublicTest;

JpPublicTest *jp_public_test_new (JpBusinessFixture *b);
void          jp_public_test_free (JpPublicTest *self);
char         *jp_public_test_dup_token (JpPublicTest *self, JpPublicRole role);
char         *jp_public_test_dup_trainee_token (JpPublicTest *self, const JpId *contract);
guint         jp_public_test_get (JpPublicTest *self, const char *token, const char *path);
guint         jp_public_test_post (JpPublicTest *self,
                                   const char   *token,
                                   const char   *path,
                                   const char   *format,
                                   ...) G_GNUC_PRINTF (4, 5);
JsonObject   *jp_public_test_get_answer (JpPublicTest *self);
const char   *jp_public_test_get_text (JpPublicTest *self, const char *member);
gint64        jp_public_test_get_integer (JpPublicTest *self, const char *member);
JsonObject   *jp_public_test_get_first (JpPublicTest *self, const char *member);
char         *jp_public_test_dup_path (const JpId *contract, const char *verb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPublicTest, jp_public_test_free)

G_END_DECLS
