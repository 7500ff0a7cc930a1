/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-actor.h"
#include "jp-json.h"

G_BEGIN_DECLS

/* Shared by the files of the actor. */

struct _JpActor
{
  JpActorLink *link; /* (borrowed) */
  JpActorHost  host; /* holds its clock and its source of chance */
};

void         jp_actor_tell (JpActor *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
JsonObject  *jp_actor_get (JpActor *self, JpPublicRole role, const char *path, GError **error);
JsonObject  *jp_actor_post (JpActor     *self,
                            JpPublicRole role,
                            const char  *path,
                            JsonBuilder *body,
                            GError     **error);
JsonBuilder *jp_actor_new_body (void);
void         jp_actor_set_text (JsonBuilder *body, const char *name, const char *text);
void         jp_actor_set_integer (JsonBuilder *body, const char *name, gint64 integer);
JsonNode    *jp_actor_end_body (JsonBuilder *body);
const char  *jp_actor_read_text (JsonObject *object, const char *name);
gint64       jp_actor_read_integer (JsonObject *object, const char *name);
gboolean     jp_actor_read_boolean (JsonObject *object, const char *name);
guint        jp_actor_get_length (JsonObject *object, const char *name);
JsonObject  *jp_actor_get_element (JsonObject *object, const char *name, guint index);
JsonObject  *jp_actor_look_up (JpActor *self, const JpActorOptions *options, GError **error);
char        *jp_actor_dup_query (const char *path, const JpActorOptions *options);
gboolean     jp_actor_advance (JpActor *self, gint64 until_us, gint64 now_us, GError **error);

gboolean jp_actor_sign (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_pay (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_train (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_review (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_examine (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_settle (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_withdraw (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_enrol (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_answer (JpActor *self, const JpActorOptions *options, GError **error);
gboolean jp_actor_decide (JpActor *self, const JpActorOptions *options, GError **error);

G_END_DECLS
