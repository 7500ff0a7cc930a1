/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-admin.h"

#include "jp-platform-rules.h"
#include "jp-wire-record.h"

static gboolean
find_by_name (JpPlatformStore *store, const char *text, JpId *out_school, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id, count (*) FROM school"
                   " WHERE number = :text OR name = :text OR short_name = :text",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":text", text);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (row && jp_statement_get_integer (statement, 1) == 1 &&
      jp_statement_get_id (statement, 0, out_school))
    return TRUE;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND,
               jp_statement_get_integer (statement, 1) > 1 ? "more than one school is called \"%s\""
                                                           : "no school is called \"%s\"",
               text);
  return FALSE;
}

/**
 * jp_platform_admin_find_school:
 * @platform: an open platform
 * @text: id, number, name or short name of a school
 * @out_school: (out): the school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND` if it is not exactly one
 */
gboolean
jp_platform_admin_find_school (JpPlatform *platform,
                               const char *text,
                               JpId       *out_school,
                               GError    **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_school != NULL, FALSE);

  JpPlatformStore *store = jp_platform_get_store (platform);
  JpPlatformTenant tenant;
  JpId             school;

  if (!jp_id_parse (text, &school, NULL))
    return find_by_name (store, text, out_school, error);
  if (!jp_platform_store_get_tenant (store, &school, &tenant, error))
    return FALSE;

  *out_school = school;
  return TRUE;
}

static JpRecord *
read_school (JpPlatformStore *store, GBytes *json, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (json, JP_PLATFORM_ADMIN_MAX_FILE_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const JpId  id = jp_id_source_next (jp_platform_store_get_ids (store));
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_SCHOOL, &id);

  if (object == NULL || !jp_wire_record_read_fields (object, draft, NULL, error))
    return NULL;

  g_autoptr (JpRecord) school = jp_draft_end (g_steal_pointer (&draft));
  g_autofree char *wrong =
    jp_platform_rules_check_fields (school, G_MAXUINT32, jp_platform_store_get_today (store));

  if (wrong == NULL)
    return g_steal_pointer (&school);
  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "the school is not valid: %s",
               wrong);
  return NULL;
}

/**
 * jp_platform_admin_add_school:
 * @platform: an open platform without an open transaction
 * @json: the fields of a school
 * @out_school: (out): its new id
 * @error: return location for a [error@Jp.PlatformError], [error@Jp.BaseError] or
 *   [error@Jp.DbError]
 *
 * Takes a school in.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID` if a field is missing or wrong
 */
gboolean
jp_platform_admin_add_school (JpPlatform *platform, GBytes *json, JpId *out_school, GError **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);
  g_return_val_if_fail (json != NULL, FALSE);
  g_return_val_if_fail (out_school != NULL, FALSE);

  JpPlatformStore *store = jp_platform_get_store (platform);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) school = read_school (store, json, error);

  if (school == NULL || !jp_platform_store_begin (store, &transaction, error) ||
      !jp_platform_store_add_school (store, school, error) ||
      !jp_platform_store_commit (store, &transaction, error))
    return FALSE;

  *out_school = *jp_record_get_id (school);
  return TRUE;
}
