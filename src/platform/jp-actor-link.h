/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "jp-public-token.h"

G_BEGIN_DECLS

/* The actor's way to the platform: HTTPS with the platform's own authority, one request after the
 * other. It blocks: the actor has nothing else to do. */

typedef struct _JpActorLink JpActorLink;

JpActorLink      *
jp_actor_link_new (const char *url, const char *ca, const char *folder, GError **error);
void jp_actor_link_free (JpActorLink *self);
JsonObject *
jp_actor_link_get (JpActorLink *self, const char *token, const char *path, GError **error);
JsonObject *jp_actor_link_post (JpActorLink *self,
                                const char  *token,
                                const char  *path,
                                JsonNode    *body,
                                GError     **error);
const char *jp_actor_link_get_token (JpActorLink *self, JpPublicRole role, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpActorLink, jp_actor_link_free)

G_END_DECLS
