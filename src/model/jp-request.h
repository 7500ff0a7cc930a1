/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-record.h"

G_BEGIN_DECLS

/* Requests that a school sends under four eyes: a withdrawal (kind `refund`) and a transfer. One
 * person asks, which makes a record in the state `draft`; another one checks it, and only then is
 * it `pending`, which asks the platform. Store and platform judge both by what stands here; their
 * databases refuse a second person who is the first by triggers of their own. */

/**
 * JpRequestFields:
 * @kind: a kind of request
 * @contract: its contract
 * @trainee: its trainee
 * @state: a #JpRequestState
 * @asked_by: the person who asked
 * @checked_by: the second person
 * @checked_at: when that was
 * @ask: the operation that asks
 * @approve: the operation that approves
 * @decline: the operation that declines
 *
 * Where a kind of request keeps what all of them have.
 */
typedef struct
{
  JpKind      kind;
  JpFieldId   contract;
  JpFieldId   trainee;
  JpFieldId   state;
  JpFieldId   asked_by;
  JpFieldId   checked_by;
  JpFieldId   checked_at;
  const char *ask;
  const char *approve;
  const char *decline;
} JpRequestFields;

/**
 * JpRequestPeople:
 * @JP_REQUEST_PEOPLE_FINE: two who may
 * @JP_REQUEST_PEOPLE_MISSING: one of them is not known
 * @JP_REQUEST_PEOPLE_SAME: one person twice
 * @JP_REQUEST_PEOPLE_ROLE: one of them may not
 *
 * Who stands behind a request.
 */
typedef enum {
  JP_REQUEST_PEOPLE_FINE,
  JP_REQUEST_PEOPLE_MISSING,
  JP_REQUEST_PEOPLE_SAME,
  JP_REQUEST_PEOPLE_ROLE,
} JpRequestPeople;

const JpRequestFields *jp_request_get_fields (JpKind kind);
gboolean               jp_request_is_open (int state);
gboolean               jp_request_may_ask (JpRole role);
gboolean               jp_request_may_check (JpRole role);
JpRequestPeople        jp_request_judge_people (JpRecord *asked, JpRecord *checked);

G_END_DECLS
