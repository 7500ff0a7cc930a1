/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-request.h"

static const JpRequestFields requests[] = {
  { JP_KIND_REFUND, JP_REFUND_CONTRACT, JP_REFUND_TRAINEE, JP_REFUND_STATE, JP_REFUND_ASKED_BY,
    JP_REFUND_CHECKED_BY, JP_REFUND_CHECKED_AT, "withdraw-ask", "withdraw-approve",
    "withdraw-decline" },
  { JP_KIND_TRANSFER, JP_TRANSFER_CONTRACT, JP_TRANSFER_TRAINEE, JP_TRANSFER_STATE,
    JP_TRANSFER_ASKED_BY, JP_TRANSFER_CHECKED_BY, JP_TRANSFER_CHECKED_AT, "transfer-ask",
    "transfer-approve", "transfer-decline" },
};

/**
 * jp_request_get_fields:
 * @kind: a kind
 *
 * Returns: (nullable) (transfer none): its fields, or %NULL if it needs no second person
 */
const JpRequestFields *
jp_request_get_fields (JpKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    if (requests[i].kind == kind)
      return &requests[i];
  return NULL;
}

/**
 * jp_request_is_open:
 * @state: a #JpRequestState
 *
 * One that was refused or declined may be asked for again; one that waits or was granted may not.
 *
 * Returns: whether the request stands in the way of another one
 */
gboolean
jp_request_is_open (int state)
{
  return state != JP_REQUEST_STATE_REFUSED && state != JP_REQUEST_STATE_DECLINED;
}

/**
 * jp_request_may_ask:
 * @role: a role
 *
 * Returns: whether the role may ask
 */
gboolean
jp_request_may_ask (JpRole role)
{
  return role != JP_ROLE_OFFICE;
}

/**
 * jp_request_may_check:
 * @role: a role
 *
 * Returns: whether the role may approve what somebody else asked for
 */
gboolean
jp_request_may_check (JpRole role)
{
  return role == JP_ROLE_FINANCE || role == JP_ROLE_PRINCIPAL;
}

/* A role of a newer version has no rights here. */
static JpRole
get_role (JpRecord *person)
{
  int role = jp_record_get_code (person, JP_PERSON_ROLE);

  return role >= 0 ? (JpRole)role : JP_ROLE_OFFICE;
}

/**
 * jp_request_judge_people:
 * @asked: (nullable): the person who asked
 * @checked: (nullable): the second one
 *
 * One person may have been taken in at two PCs: two records of one name are not two people.
 *
 * Returns: what is to be said of them
 */
JpRequestPeople
jp_request_judge_people (JpRecord *asked, JpRecord *checked)
{
  if (asked == NULL || checked == NULL)
    return JP_REQUEST_PEOPLE_MISSING;
  if (jp_id_equal (jp_record_get_id (asked), jp_record_get_id (checked)) ||
      g_strcmp0 (jp_record_get_text (asked, JP_PERSON_NAME),
                 jp_record_get_text (checked, JP_PERSON_NAME)) == 0)
    return JP_REQUEST_PEOPLE_SAME;
  return jp_request_may_ask (get_role (asked)) && jp_request_may_check (get_role (checked)) &&
             jp_record_get_integer (checked, JP_PERSON_DISABLED) == 0
           ? JP_REQUEST_PEOPLE_FINE
           : JP_REQUEST_PEOPLE_ROLE;
}
