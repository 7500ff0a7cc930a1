/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-json.h"

/**
 * jp_cli_json_add_text:
 * @builder: a builder within an object
 * @member: name of the member
 * @text: (nullable): its value, %NULL is written as ""
 */
void
jp_cli_json_add_text (JsonBuilder *builder, const char *member, const char *text)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text != NULL ? text : "");
}

/**
 * jp_cli_json_add_integer:
 * @builder: a builder within an object
 * @member: name of the member
 * @value: its value
 */
void
jp_cli_json_add_integer (JsonBuilder *builder, const char *member, gint64 value)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));

  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

/**
 * jp_cli_json_add_id:
 * @builder: a builder within an object
 * @member: name of the member; left out if there is no id
 * @id: an id, or none
 */
void
jp_cli_json_add_id (JsonBuilder *builder, const char *member, const JpId *id)
{
  g_return_if_fail (id != NULL);

  JpIdText text;

  if (!jp_id_is_none (id))
    jp_cli_json_add_text (builder, member, jp_id_to_text (id, text));
}

/**
 * jp_cli_json_add_date:
 * @builder: a builder within an object
 * @member: name of the member; left out if there is no date
 * @date: a date, or %JP_DATE_NONE
 */
void
jp_cli_json_add_date (JsonBuilder *builder, const char *member, JpDate date)
{
  g_autofree char *iso = date != JP_DATE_NONE ? jp_date_to_iso (date) : NULL;

  if (iso != NULL)
    jp_cli_json_add_text (builder, member, iso);
}
