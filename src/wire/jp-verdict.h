/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-json-writer.h"
#include "jp-op.h"

G_BEGIN_DECLS

/**
 * JpVerdictResult:
 *
 * What the platform made of an operation; terminal, stored with its effect, never changed.
 */
typedef enum {
  JP_VERDICT_APPLIED,   /* as it was meant */
  JP_VERDICT_MERGED,    /* beside changes of others in other units */
  JP_VERDICT_CONFLICT,  /* some units were changed by others too: theirs holds, see the inbox */
  JP_VERDICT_PARKED,    /* waits for a decision or a missing parent: see the inbox */
  JP_VERDICT_REJECTED,  /* breaks a rule or a right: see the inbox */
  JP_VERDICT_DUPLICATE, /* the same business event came before */
  JP_VERDICT_PENDING,   /* a request: the decision comes down the feed */
} JpVerdictResult;

/**
 * JpVerdict:
 * @n: number of the operation
 * @result: what came of it
 * @seq: the platform's counter after it
 * @problem: (owned) (nullable): short name of what was wrong, e.g. "invalid", "forbidden"
 * @detail: (owned) (nullable): the platform's words, without personal data
 */
typedef struct
{
  gint64          n;
  JpVerdictResult result;
  gint64          seq;
  char           *problem;
  char           *detail;
} JpVerdict;

JpVerdict  *jp_verdict_new (gint64          n,
                            JpVerdictResult result,
                            gint64          seq,
                            const char     *problem,
                            const char     *detail);
void        jp_verdict_free (JpVerdict *self);
const char *jp_verdict_result_get_name (JpVerdictResult result);
void        jp_verdict_write (JpJsonWriter *writer, const JpVerdict *self);
JpVerdict  *jp_verdict_read (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpVerdict, jp_verdict_free)

G_END_DECLS
