/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-station.h"

#define TOKEN_BYTES      32
#define CODE_GROUPS      4
#define CODE_GROUP_CHARS 4

/* Without what looks or sounds alike: 31 characters, 79 bits in a code. */
static const char code_alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

static char *
hash_text (const char *purpose, const char *text)
{
  g_autofree char *both = g_strconcat (purpose, "\n", text, NULL);

  return jp_hash_sha256_text (both, strlen (both));
}

/* People type codes: without dashes, in small letters. */
static char *
normalise_code (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *c = code; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (text, g_ascii_toupper (*c));

  return g_string_free (text, FALSE);
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

static char *
new_token (JpIdSource *ids)
{
  guint8 bytes[TOKEN_BYTES];

  jp_id_source_fill (ids, bytes, sizeof bytes);
  return jp_hash_to_hex (bytes, sizeof bytes);
}

static gboolean
insert_code (JpPlatformStore *store, const char *code, const JpId *school, GError **error)
{
  g_autofree char *plain = normalise_code (code);
  g_autofree char *hash = hash_text ("enrol-code", plain);
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

/* Marks the code as used and tells its school. An unknown, an old and a used code look alike. */
static gboolean
use_code (JpPlatformStore *store, const char *code, JpId *out_school, GError **error)
{
  g_autofree char *plain = normalise_code (code);
  g_autofree char *hash = hash_text ("enrol-code", plain);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "UPDATE enrol_code SET used_at = :now"
                   " WHERE hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING school",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":hash", hash);
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (store)));
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (row && jp_statement_get_id (statement, 0, out_school))
    return TRUE;

  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                       "the code is unknown, used or too old");
  return FALSE;
}

static gboolean
take_no (JpPlatformStore *store, const JpId *school, gint64 *out_no, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT ifnull (max (no), 0) + 1 FROM station WHERE school = :school", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  *out_no = jp_statement_get_integer (statement, 0);
  if (*out_no <= JP_PLATFORM_STATION_MAX_NO)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                       "the school has used all its station numbers");
  return FALSE;
}

static gboolean
insert_station (JpPlatformStore         *store,
                const JpPlatformStation *station,
                const char              *name,
                const char              *token,
                GError                 **error)
{
  g_autofree char *hash = hash_text ("token", token);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO station (id, school, no, name, token_hash, chain, enrolled_at)"
                   " VALUES (:id, :school, :no, :name, :hash, :chain, :now)",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", &station->id);
  jp_statement_bind_id (statement, ":school", &station->school);
  jp_statement_bind_integer (statement, ":no", station->no);
  jp_statement_bind_text (statement, ":name", name);
  jp_statement_bind_text (statement, ":hash", hash);
  jp_statement_bind_blob (statement, ":chain", station->chain, sizeof station->chain);
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (store)));
  return jp_statement_run (statement, error);
}

/**
 * jp_platform_station_enrol:
 * @store: a store without an open transaction
 * @code: what was typed at the station
 * @name: what the station calls itself, up to 64 characters
 * @out_station: (out): the new station
 * @out_token: (out) (transfer full): its token, which is not kept here
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Takes a station in. The code is good for this once.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_AUTH` for a code that is unknown, used or old,
 *   or `JP_PLATFORM_ERROR_CONFLICT` if there are 999 stations
 */
gboolean
jp_platform_station_enrol (JpPlatformStore   *store,
                           const char        *code,
                           const char        *name,
                           JpPlatformStation *out_station,
                           char             **out_token,
                           GError           **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (out_station != NULL, FALSE);
  g_return_val_if_fail (out_token != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char  *token = new_token (jp_platform_store_get_ids (store));
  JpPlatformStation station = { .id = jp_id_source_next (jp_platform_store_get_ids (store)) };

  if (!jp_platform_store_begin (store, &transaction, error) ||
      !use_code (store, code, &station.school, error) ||
      !take_no (store, &station.school, &station.no, error) ||
      !insert_station (store, &station, name, token, error) ||
      !jp_platform_store_commit (store, &transaction, error))
    return FALSE;

  *out_station = station;
  *out_token = g_steal_pointer (&token);
  return TRUE;
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

  g_autofree char *hash = hash_text ("token", token != NULL ? token : "");
  g_autoptr (JpStatement) statement = jp_db_prepare (
    jp_platform_store_get_db (store),
    "SELECT id, school, no, acked_n, chain, revoked FROM station WHERE token_hash = :hash", error);
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
  if (jp_statement_get_integer (statement, 5) != 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_REVOKED,
                           "the station was shut out");
      return FALSE;
    }
  return read_station (statement, out_station, error);
}

/**
 * jp_platform_station_revoke:
 * @store: a store without an open transaction
 * @station: a station
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Shuts a station out for good, e.g. a stolen one.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_platform_station_revoke (JpPlatformStore *store, const JpId *station, GError **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpStatement) statement = NULL;
  JpDb *db = jp_platform_store_get_db (store);

  if (!jp_platform_store_begin (store, &transaction, error))
    return FALSE;
  statement = jp_db_prepare (db, "UPDATE station SET revoked = 1 WHERE id = :id", error);
  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", station);
  if (!jp_statement_run (statement, error))
    return FALSE;
  if (jp_db_get_n_changes (db) == 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND,
                           "no such station");
      return FALSE;
    }
  return jp_platform_store_commit (store, &transaction, error);
}
