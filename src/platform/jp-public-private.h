/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business-private.h"
#include "jp-json.h"
#include "jp-platform-limiter.h"
#include "jp-public-token.h"
#include "jp-public.h"
#include "jp-wire-record.h"

G_BEGIN_DECLS

/* Shared by the files of the public requests. */

struct _JpPublic
{
  JpPlatform        *platform;   /* (borrowed): outlives this */
  JpBusiness        *business;   /* (owned) (nullable): of the store below */
  JpPlatformStore   *store;      /* (borrowed) (nullable): whose business it is */
  JpPlatformLimiter *limiter;    /* (owned) (nullable): made with @business */
  JpDemoClock       *demo_clock; /* (owned) (nullable): only in a demo */
  GPtrArray         *routes;     /* (owned): user data of the routes */
};

/**
 * JpPublicCall:
 * @self: the public part
 * @business: what it does
 * @request: what is asked
 * @caller: who asks; without a role where nobody needs one
 * @in: (nullable): the body of a POST
 * @out: builder inside the object of the answer
 *
 * One request while it is answered.
 */
typedef struct
{
  JpPublic      *self;
  JpBusiness    *business;
  JpHttpRequest *request;
  JpPublicCaller caller;
  JsonObject    *in;
  JsonBuilder   *out;
} JpPublicCall;

void     jp_public_add_text (JpPublicCall *call, const char *name, const char *text);
void     jp_public_add_integer (JpPublicCall *call, const char *name, gint64 integer);
void     jp_public_add_boolean (JpPublicCall *call, const char *name, gboolean boolean);
void     jp_public_add_id (JpPublicCall *call, const char *name, const JpId *id);
void     jp_public_add_field (JpPublicCall *call, JpRecord *record, JpFieldId field);
gboolean jp_public_read_id (JpPublicCall *call, const char *name, JpId *out_id, GError **error);
gboolean
jp_public_read_date (JpPublicCall *call, const char *name, JpDate *out_date, GError **error);
gboolean jp_public_read_optional (JpPublicCall *call,
                                  const char   *name,
                                  gsize         max_bytes,
                                  const char  **out_text,
                                  GError      **error);
gboolean
jp_public_find_school (JpPublicCall *call, const char *text, JpId *out_school, GError **error);
gboolean jp_public_find_contract (JpPublicCall *call,
                                  const char   *number,
                                  const char   *school,
                                  JpId         *out_contract,
                                  GError      **error);

/* Contracts. */
gboolean jp_public_send_token (JpPublicCall *call, GError **error);
gboolean jp_public_look_up_contract (JpPublicCall *call, GError **error);
gboolean jp_public_show_contract (JpPublicCall *call, GError **error);
gboolean jp_public_sign_contract (JpPublicCall *call, GError **error);
gboolean jp_public_pay_contract (JpPublicCall *call, GError **error);

/* Training. */
gboolean jp_public_add_sessions (JpPublicCall *call, GError **error);
gboolean jp_public_list_sessions (JpPublicCall *call, GError **error);
gboolean jp_public_review_session (JpPublicCall *call, GError **error);
gboolean jp_public_list_stages (JpPublicCall *call, GError **error);
gboolean jp_public_review_stage (JpPublicCall *call, GError **error);
gboolean jp_public_add_exam (JpPublicCall *call, GError **error);

/* The bank. */
gboolean jp_public_issue_statement (JpPublicCall *call, GError **error);

/* Stations. */
gboolean jp_public_list_stations (JpPublicCall *call, GError **error);
gboolean jp_public_revoke_station (JpPublicCall *call, GError **error);

/* Leaving. */
gboolean jp_public_withdraw (JpPublicCall *call, GError **error);
gboolean jp_public_list_refunds (JpPublicCall *call, GError **error);
gboolean jp_public_decide_refund (JpPublicCall *call, GError **error);
gboolean jp_public_list_transfers (JpPublicCall *call, GError **error);
gboolean jp_public_decide_transfer (JpPublicCall *call, GError **error);

/* Disputes. */
gboolean jp_public_list_disputes (JpPublicCall *call, GError **error);
gboolean jp_public_decide_dispute (JpPublicCall *call, GError **error);

/* What people say. */
gboolean jp_public_list_schools (JpPublicCall *call, GError **error);
gboolean jp_public_enrol (JpPublicCall *call, GError **error);
gboolean jp_public_show_enrolment (JpPublicCall *call, GError **error);
gboolean jp_public_evaluate (JpPublicCall *call, GError **error);
gboolean jp_public_complain (JpPublicCall *call, GError **error);
gboolean jp_public_conclude (JpPublicCall *call, GError **error);

G_END_DECLS
