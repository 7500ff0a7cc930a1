/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

/* What the bank asks for. */

#define MAX_SCHOOL_BYTES 300

/**
 * jp_public_issue_statement: (skip)
 * @call: "school", "to"
 * @error: return location
 *
 * Pays out what is due to a school and issues its statement; "statement" is null if nothing moved.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_issue_statement (JpPublicCall *call, GError **error)
{
  static const JpFieldId fields[] = {
    JP_STATEMENT_NUMBER, JP_STATEMENT_PERIOD_FROM, JP_STATEMENT_PERIOD_TO, JP_STATEMENT_LINE_COUNT,
    JP_STATEMENT_TOTAL,  JP_STATEMENT_OPENING,     JP_STATEMENT_CLOSING,
  };
  const char *text = NULL;
  JpId        school;
  JpDate      to = jp_platform_store_get_today (call->self->store);
  g_autoptr (JpRecord) statement = NULL;

  if (!jp_json_get_text (call->in, "school", MAX_SCHOOL_BYTES, &text, error) ||
      !jp_public_find_school (call, text, &school, error) ||
      !jp_public_read_date (call, "to", &to, error) ||
      !jp_business_issue_statement (call->business, &school, to, &statement, error))
    return FALSE;
  json_builder_set_member_name (call->out, "statement");
  if (statement == NULL)
    {
      json_builder_add_null_value (call->out);
      return TRUE;
    }
  json_builder_begin_object (call->out);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    jp_public_add_field (call, statement, fields[i]);
  json_builder_end_object (call->out);
  return TRUE;
}
