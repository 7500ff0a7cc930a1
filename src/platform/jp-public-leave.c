/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

/* Withdrawals and transfers: asked for by trainees and schools, decided by the reviewer. */

#define MAX_FAULT_BYTES  32
#define MAX_REASON_BYTES 2000
#define DEFAULT_ROWS     100
#define MAX_ROWS         500

static void
add_refund (JpPublicCall *call, JpRecord *refund)
{
  static const JpFieldId fields[] = { JP_REFUND_ASKED_ON, JP_REFUND_FAULT, JP_REFUND_STATE,
                                      JP_REFUND_AMOUNT, JP_REFUND_BANK_REFERENCE };

  jp_public_add_id (call, "id", jp_record_get_id (refund));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    jp_public_add_field (call, refund, fields[i]);
}

/**
 * jp_public_withdraw: (skip)
 * @call: "fault", "reason"
 * @error: return location
 *
 * Returns: whether the request is taken in
 */
gboolean
jp_public_withdraw (JpPublicCall *call, GError **error)
{
  const char   *name = NULL;
  const char   *reason = NULL;
  const JpCode *fault = NULL;
  g_autoptr (JpRecord) refund = NULL;

  if (!jp_json_get_text (call->in, "fault", MAX_FAULT_BYTES, &name, error) ||
      !jp_public_read_optional (call, "reason", MAX_REASON_BYTES, &reason, error))
    return FALSE;
  fault = jp_code_lookup (jp_fault_codes, name);
  if (fault == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the fault is not known");
  if (!jp_business_ask_refund (call->business, &call->caller.subject, (JpFault)fault->value, reason,
                               &refund, error))
    return FALSE;
  add_refund (call, refund);
  return TRUE;
}

/* Rows of a list: id, number of the contract, day of the request. */
static gboolean
add_requests (JpPublicCall *call, const char *member, const char *sql, GError **error)
{
  const char *school = jp_http_request_get_query (call->request, "school");
  gint64      limit = DEFAULT_ROWS;
  JpId        owner = JP_ID_NONE;
  gboolean    row = FALSE;
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store), sql, error);

  if (read == NULL ||
      !jp_http_request_get_query_integer (call->request, "limit", 1, MAX_ROWS, &limit, error) ||
      (school != NULL && !jp_public_find_school (call, school, &owner, error)))
    return FALSE;
  jp_statement_bind_id (read, ":school", &owner);
  jp_statement_bind_integer (read, ":limit", limit);
  json_builder_set_member_name (call->out, member);
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      JpId             id;
      g_autofree char *asked_on = NULL;

      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      jp_statement_get_id (read, 0, &id);
      asked_on = jp_date_to_iso ((JpDate)jp_statement_get_integer (read, 2));
      json_builder_begin_object (call->out);
      jp_public_add_id (call, "id", &id);
      jp_public_add_text (call, "contract_no", jp_statement_get_text (read, 1));
      jp_public_add_text (call, "asked_on", asked_on);
      json_builder_end_object (call->out);
    }
  return FALSE;
}

/**
 * jp_public_list_refunds: (skip)
 * @call: "school", "limit"
 * @error: return location
 *
 * Lists withdrawals that wait for a decision, oldest first.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_refunds (JpPublicCall *call, GError **error)
{
  return add_requests (call, "refunds",
                       "SELECT r.id, c.number, r.asked_on FROM refund r"
                       " JOIN contract c ON c.id = r.contract WHERE r.state = 'pending'"
                       " AND r.deleted = 0 AND r.parked = 0"
                       " AND (:school IS NULL OR r.school = :school)"
                       " ORDER BY r.asked_on, r.rid LIMIT :limit",
                       error);
}

/**
 * jp_public_list_transfers: (skip)
 * @call: "school", "limit"
 * @error: return location
 *
 * Lists transfers that wait for a decision, oldest first.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_list_transfers (JpPublicCall *call, GError **error)
{
  return add_requests (call, "transfers",
                       "SELECT t.id, c.number, t.asked_on FROM transfer t"
                       " JOIN contract c ON c.id = t.contract WHERE t.state = 'pending'"
                       " AND t.deleted = 0 AND t.parked = 0"
                       " AND (:school IS NULL OR t.school = :school)"
                       " ORDER BY t.asked_on, t.rid LIMIT :limit",
                       error);
}

static gboolean
read_decision (JpPublicCall *call, JpId *out_id, gboolean *out_approve, GError **error)
{
  return jp_public_read_id (call, "id", out_id, error) &&
         jp_json_get_boolean (call->in, "approve", out_approve, error);
}

/**
 * jp_public_decide_refund: (skip)
 * @call: "id", "approve"
 * @error: return location
 *
 * Returns: whether it is decided
 */
gboolean
jp_public_decide_refund (JpPublicCall *call, GError **error)
{
  JpId     id;
  gboolean approve = FALSE;
  g_autoptr (JpRecord) refund = NULL;

  if (!read_decision (call, &id, &approve, error) ||
      !jp_business_decide_refund (call->business, &id, approve, &refund, error))
    return FALSE;
  add_refund (call, refund);
  return TRUE;
}

/**
 * jp_public_decide_transfer: (skip)
 * @call: "id", "approve"
 * @error: return location
 *
 * Returns: whether it is decided
 */
gboolean
jp_public_decide_transfer (JpPublicCall *call, GError **error)
{
  JpId     id;
  gboolean approve = FALSE;
  g_autoptr (JpRecord) transfer = NULL;

  if (!read_decision (call, &id, &approve, error) ||
      !jp_business_decide_transfer (call->business, &id, approve, &transfer, error))
    return FALSE;
  jp_public_add_id (call, "id", &id);
  jp_public_add_field (call, transfer, JP_TRANSFER_STATE);
  jp_public_add_field (call, transfer, JP_TRANSFER_AMOUNT);
  jp_public_add_field (call, transfer, JP_TRANSFER_APPROVED_MINUTES);
  return TRUE;
}
