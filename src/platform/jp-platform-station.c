/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-station.h"

#define CODE_GROUPS      4
#define CODE_GROUP_CHARS 4

/* Without what looks or sounds alike: 31 characters, 79 bits in a code. */
static const char code_alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/**
 * jp_platform_station_hash_token:
 * @token: a token
 *
 * Returns: (transfer full): what is kept of it
 */
char *
jp_platform_station_hash_token (const char *token)
{
  g_return_val_if_fail (token != NULL, NULL);

  g_autofree char *both = g_strconcat ("token\n", token, NULL);

  return jp_hash_sha256_text (both, strlen (both));
}

/**
 * jp_platform_station_hash_code:
 * @code: a code as somebody typed it: without dashes, in small letters
 *
 * Returns: (transfer full): what is kept of it
 */
char *
jp_platform_station_hash_code (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  g_autoptr (GString) text = g_string_new ("enrol-code\n");

  for (const char *c = code; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (text, g_ascii_toupper (*c));

  return jp_hash_sha256_text (text->str, text->len);
}

static char *
new_code (JpIdSource *ids)
{
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < CODE_GROUPS * CODE_GROUP_CHARS; i++)
    {
      if (i > 0 && i % CODE_GROUP_CHARS == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, code_alphabet[jp_id_source_below (ids, sizeof code_alphabet - 1)]);
    }

  return g_string_free (code, FALSE);
}

static gboolean
insert_code (JpPlatformStore *store, const char *code, const JpId *school, GError **error)
{
  g_autofree char *hash = jp_platform_station_hash_code (code);
  gint64           now_us = jp_clock_now_us (jp_platform_store_get_clock (store));
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO enrol_code (hash, school, made_at, expires_at)"
                   " VALUES (:hash, :school, :made_at, :expires_at)",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":hash", hash);
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_integer (statement, ":made_at", now_us);
  jp_statement_bind_integer (statement, ":expires_at", now_us + JP_PLATFORM_STATION_CODE_VALID_US);
  return jp_statement_run (statement, error);
}

/**
 * jp_platform_station_make_code:
 * @store: a store without an open transaction
 * @school: a school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Makes a code with which one station can enrol within the next seven days.
 *
 * Returns: (transfer full): the code, or %NULL with `JP_PLATFORM_ERROR_NOT_FOUND` if there is no
 *   such school
 */
char *
jp_platform_station_make_code (JpPlatformStore *store, const JpId *school, GError **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *code = new_code (jp_platform_store_get_ids (store));
  JpPlatformTenant tenant;

  if (!jp_platform_store_begin (store, &transaction, error) ||
      !jp_platform_store_get_tenant (store, school, &tenant, error) ||
      !insert_code (store, code, school, error) ||
      !jp_platform_store_commit (store, &transaction, error))
    return NULL;

  return g_steal_pointer (&code);
}

static gboolean
read_station (JpStatement *row, JpPlatformStation *out_station, GError **error)
{
  gsize         length_bytes = 0;
  gconstpointer chain = jp_statement_get_blob (row, 4, &length_bytes);

  if (!jp_statement_get_id (row, 0, &out_station->id) ||
      !jp_statement_get_id (row, 1, &out_station->school) || length_bytes != JP_SEAL_HASH_BYTES)
    {
      g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "a station is malformed");
      return FALSE;
    }

  out_station->no = jp_statement_get_integer (row, 2);
  out_station->acked_n = jp_statement_get_integer (row, 3);
  out_station->used = !jp_statement_is_null (row, 5);
  memcpy (out_station->chain, chain, JP_SEAL_HASH_BYTES);
  return TRUE;
}

/**
 * jp_platform_station_find:
 * @store: a store
 * @token: (nullable): what the station shows
 * @out_station: (out): the station
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_AUTH` if no station has the token, or
 *   `JP_PLATFORM_ERROR_REVOKED`
 */
gboolean
jp_platform_station_find (JpPlatformStore   *store,
                          const char        *token,
                          JpPlatformStation *out_station,
                          GError           **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (out_station != NULL, FALSE);

  g_autofree char *hash = jp_platform_station_hash_token (token != NULL ? token : "");
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id, school, no, acked_n, chain, used_at, revoked FROM station WHERE "
                   "token_hash = :hash",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":hash", hash);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                           "no station has this token");
      return FALSE;
    }
  if (jp_statement_get_integer (statement, 6) != 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_REVOKED,
                           "the station was shut out");
      return FALSE;
    }
  return read_station (statement, out_station, error);
}

/**
 * jp_platform_station_get:
 * @store: a store
 * @id: a station
 * @out_station: (out): the station
 * @out_certificate: (out) (transfer full) (nullable): its certificate as PEM; what was there before
 *   is freed
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND` or `JP_PLATFORM_ERROR_REVOKED`
 */
gboolean
jp_platform_station_get (JpPlatformStore   *store,
                         const JpId        *id,
                         JpPlatformStation *out_station,
                         char             **out_certificate,
                         GError           **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (out_station != NULL && out_certificate != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id, school, no, acked_n, chain, used_at, revoked, certificate"
                   " FROM station WHERE id = :id",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row || jp_statement_get_integer (statement, 6) != 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR,
                           row ? JP_PLATFORM_ERROR_REVOKED : JP_PLATFORM_ERROR_NOT_FOUND,
                           row ? "the station was shut out" : "no such station");
      return FALSE;
    }
  g_free (*out_certificate);
  *out_certificate = g_strdup (jp_statement_get_text (statement, 7));
  return read_station (statement, out_station, error);
}

/**
 * jp_platform_station_note_use:
 * @store: a store without an open transaction
 * @station: a station that has just shown who it is
 * @error: return location for a [error@Jp.DbError]
 *
 * From its first request on a station has what it was given: its code is no longer answered.
 *
 * Returns: whether it is noted
 */
gboolean
jp_platform_station_note_use (JpPlatformStore         *store,
                              const JpPlatformStation *station,
                              GError                 **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpStatement) statement = NULL;

  if (station->used)
    return TRUE;
  if (!jp_platform_store_begin (store, &transaction, error))
    return FALSE;
  statement = jp_db_prepare (jp_platform_store_get_db (store),
                             "UPDATE station SET used_at = :now WHERE id = :id", error);
  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (store)));
  jp_statement_bind_id (statement, ":id", &station->id);
  return jp_statement_run (statement, error) &&
         jp_platform_store_commit (store, &transaction, error);
}

/**
 * jp_platform_station_revoke_inside:
 * @store: a store with an open transaction
 * @station: a station
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Shuts a station out for good, e.g. a stolen one, and with it all that branched off from it: a
 * copy of its disk could be one of them.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_platform_station_revoke_inside (JpPlatformStore *store, const JpId *station, GError **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);

  JpDb *db = jp_platform_store_get_db (store);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "WITH RECURSIVE gone (id) AS (SELECT :id UNION"
                   " SELECT station.id FROM station JOIN gone ON station.parent = gone.id)"
                   " UPDATE station SET revoked = 1 WHERE id IN (SELECT id FROM gone)",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", station);
  if (!jp_statement_run (statement, error))
    return FALSE;
  if (jp_db_get_n_changes (db) > 0)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such station");
  return FALSE;
}

/**
 * jp_platform_station_revoke:
 * @store: a store without an open transaction
 * @station: a station
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * As jp_platform_station_revoke_inside(), in a transaction of its own.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_platform_station_revoke (JpPlatformStore *store, const JpId *station, GError **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_platform_store_begin (store, &transaction, error) &&
         jp_platform_station_revoke_inside (store, station, error) &&
         jp_platform_store_commit (store, &transaction, error);
}

/**
 * jp_platform_station_list:
 * @store: a store
 * @school: a school
 * @func: (scope call): told each of its stations, in the order of their numbers
 * @user_data: for @func
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether they could be read
 */
gboolean
jp_platform_station_list (JpPlatformStore      *store,
                          const JpId           *school,
                          JpPlatformStationFunc func,
                          gpointer              user_data,
                          GError              **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  g_autoptr (JpStatement) rows =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id, no, name, enrolled_at, pushed_at, revoked FROM station"
                   " WHERE school = :school ORDER BY no",
                   error);
  gboolean row = FALSE;

  if (rows == NULL)
    return FALSE;
  jp_statement_bind_id (rows, ":school", school);
  while (TRUE)
    {
      JpPlatformStationInfo info = { 0 };

      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      jp_statement_get_id (rows, 0, &info.id);
      info.no = jp_statement_get_integer (rows, 1);
      info.name = jp_statement_get_text (rows, 2);
      info.enrolled_us = jp_statement_get_integer (rows, 3);
      info.pushed_us = jp_statement_get_integer (rows, 4);
      info.revoked = jp_statement_get_integer (rows, 5) != 0;
      func (&info, user_data);
    }
}
