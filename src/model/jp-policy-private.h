/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-reader.h"
#include "jp-policy.h"

G_BEGIN_DECLS

struct _JpPolicy
{
  JpDataHeader *header;        /* (owned) */
  char         *digest;        /* (owned) */
  char         *city;          /* (owned) */
  char        **licence_types; /* (owned): empty = all */
  gboolean      is_per_stage;  /* paid before each stage, not at once */
  gint64        custody_fen;   /* JP_POLICY_UNKNOWN = the share below */
  int           custody_bp;    /* JP_POLICY_UNKNOWN = nobody has said */

  GPtrArray *stages; /* (owned) (element-type JpPolicyStage) */
  GPtrArray *limits; /* (owned) (element-type JpPolicyLimit) */

  gboolean   has_refund;
  GPtrArray *items;        /* (owned) (element-type JpPolicyItem) */
  GPtrArray *overrides;    /* (owned) (element-type JpPolicyOverride) */
  gint64     total_cap_bp; /* deductions ≤ this share of the price; JP_POLICY_UNKNOWN = none */
  char      *total_cap_clause; /* (owned) (nullable) */

  gint64 refund_days; /* working days until the refund arrives; JP_POLICY_UNKNOWN */

  JpPolicyTransferMoney transfer_money;
  int                   transfer_penalty_bp; /* of the price, if the trainee wants it */
  gboolean              hours_follow;
  char                 *transfer_clause; /* (owned) (nullable) */
  JpDataState           transfer_state;
};

/* Names in files, in the order of the enums. */
extern const char *const jp_policy_event_names[];
extern const char *const jp_policy_fault_names[];

/* jp-policy-read-release.c, jp-policy-read-refund.c */
void jp_policy_read_release (JpPolicy *self, JpDataReader *reader);
void jp_policy_read_refund (JpPolicy *self, JpDataReader *reader);
void jp_policy_read_transfer (JpPolicy *self, JpDataReader *reader);
void jp_policy_item_free (JpPolicyItem *item);
void jp_policy_override_free (JpPolicyOverride *rule);
void jp_policy_stage_free (JpPolicyStage *stage);
void jp_policy_limit_free (JpPolicyLimit *limit);

guint         jp_policy_read_parts (JpDataReader *reader);
JpPolicyEvent jp_policy_read_event (JpDataReader *reader, const char *member);

/* jp-policy-facts.c */
gboolean jp_policy_facts_check (JpPolicy *self, const JpPolicyFacts *facts, GError **error);
gboolean jp_policy_facts_happened (const JpPolicyFacts *facts, JpDate date);
gboolean jp_policy_facts_get_fee (const JpPolicyFacts *facts, const char *id, gint64 *out_fen);
gboolean jp_policy_facts_sum_minutes (const JpPolicyFacts *facts,
                                      guint                parts,
                                      gboolean             by_used,
                                      gint64              *out_done,
                                      gint64              *out_required);
gboolean jp_policy_facts_meet (const JpPolicyFacts *facts,
                               const GArray        *conditions,
                               gboolean            *out_met,
                               GError             **error);

/* jp-policy-trace.c */
void jp_policy_trace_add (GArray      *steps,
                          JpPolicyOp   op,
                          const char  *rule,
                          const char  *clause,
                          const gint64 operands[JP_POLICY_OPERANDS],
                          gint64       result);

const char *jp_policy_trace_get_event_label (JpPolicyEvent event);
const char *jp_policy_trace_get_fault_label (JpPolicyFault fault);
char       *jp_policy_trace_format_percent (gint64 basis_points);

gint64 jp_policy_multiply (gint64 amount, gint64 numerator, gint64 denominator);

#define JP_POLICY_STEP(steps, op, rule, result, ...)                                               \
  jp_policy_trace_add ((steps), (op), (rule)->id, (rule)->clause,                                  \
                       (const gint64[JP_POLICY_OPERANDS]){ __VA_ARGS__ }, (result))

G_END_DECLS
