/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-enrol.h"

#include "jp-platform-log.h"

/* A station that is being taken in. */
typedef struct
{
  JpPlatformStation station;
  JpId              parent;      /* none for one that enrols by a code */
  const char       *name;        /* (borrowed) */
  const char       *request;     /* (borrowed): for its certificate */
  char             *hash;        /* (owned): of the request */
  char             *token;       /* (owned) */
  char             *certificate; /* (owned) (nullable) */
  gboolean          repeated;    /* the station exists, and has not been seen yet */
} Newcomer;

static void
newcomer_clear (Newcomer *newcomer)
{
  g_clear_pointer (&newcomer->hash, g_free);
  g_clear_pointer (&newcomer->token, g_free);
  g_clear_pointer (&newcomer->certificate, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newcomer, newcomer_clear)

/**
 * jp_platform_grant_clear:
 * @self: what a station got
 */
void
jp_platform_grant_clear (JpPlatformGrant *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->certificate, g_free);
}

static gint64
now_us (JpPlatformStore *store)
{
  return jp_clock_now_us (jp_platform_store_get_clock (store));
}

static gboolean
set_refused (GError **error)
{
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                       "the code is unknown, used or too old");
  return FALSE;
}

/* From the platform's key, so that the answer can be given again though only a hash is kept. */
static char *
make_token (JpPlatformStore *store, const JpId *station, const char *request_hash)
{
  JpIdText         text;
  g_autofree char *both = g_strconcat (jp_id_to_text (station, text), "\n", request_hash, NULL);
  guint8           bytes[2 * JP_SEAL_INDEX_BYTES];

  jp_seal_index (jp_platform_store_get_key (store), "station-token-a", both, bytes);
  jp_seal_index (jp_platform_store_get_key (store), "station-token-b", both,
                 bytes + JP_SEAL_INDEX_BYTES);
  return jp_hash_to_hex (bytes, sizeof bytes);
}

/**
 * jp_platform_enrol_dup_token:
 * @store: a store
 * @station: a station
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): its token, to open what it has sealed with it; %NULL with
 *   `JP_PLATFORM_ERROR_NOT_FOUND`
 */
char *
jp_platform_enrol_dup_token (JpPlatformStore *store, const JpId *station, GError **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (station != NULL, NULL);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store), "SELECT request FROM station WHERE id = :id",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  jp_statement_bind_id (statement, ":id", station);
  if (!jp_statement_step (statement, &row, error))
    return NULL;
  if (row && !jp_statement_is_null (statement, 0))
    return make_token (store, station, jp_statement_get_text (statement, 0));
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such station");
  return NULL;
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
insert_station (JpPlatformStore *store, const Newcomer *newcomer, GError **error)
{
  const JpPlatformStation *station = &newcomer->station;
  g_autofree char         *hash = jp_platform_station_hash_token (newcomer->token);
  g_autoptr (JpStatement) statement = jp_db_prepare (
    jp_platform_store_get_db (store),
    "INSERT INTO station (id, school, no, name, token_hash, acked_n, chain, enrolled_at, parent,"
    " branch_n, request, certificate) VALUES (:id, :school, :no, :name, :hash, :acked_n, :chain,"
    " :now, :parent, :acked_n, :request, :certificate)",
    error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", &station->id);
  jp_statement_bind_id (statement, ":school", &station->school);
  jp_statement_bind_integer (statement, ":no", station->no);
  jp_statement_bind_text (statement, ":name", newcomer->name);
  jp_statement_bind_text (statement, ":hash", hash);
  jp_statement_bind_integer (statement, ":acked_n", station->acked_n);
  jp_statement_bind_blob (statement, ":chain", station->chain, sizeof station->chain);
  jp_statement_bind_integer (statement, ":now", now_us (store));
  if (!jp_id_is_none (&newcomer->parent))
    jp_statement_bind_id (statement, ":parent", &newcomer->parent);
  jp_statement_bind_text (statement, ":request", newcomer->hash);
  jp_statement_bind_text (statement, ":certificate", newcomer->certificate);
  return jp_statement_run (statement, error);
}

static gboolean
make_certificate (JpPlatformStore *store,
                  const JpId      *station,
                  const char      *request,
                  char           **out_certificate,
                  GError         **error)
{
  if (!jp_platform_store_can_sign (store))
    return TRUE;
  *out_certificate = jp_platform_store_sign (store, station, request, error);
  return *out_certificate != NULL;
}

/* Makes the station, or finds it again. */
static gboolean
take_in (JpPlatformStore *store, Newcomer *newcomer, JpPlatformGrant *out_grant, GError **error)
{
  newcomer->token = make_token (store, &newcomer->station.id, newcomer->hash);
  if (!newcomer->repeated &&
      (!take_no (store, &newcomer->station.school, &newcomer->station.no, error) ||
       !make_certificate (store, &newcomer->station.id, newcomer->request, &newcomer->certificate,
                          error) ||
       !insert_station (store, newcomer, error)))
    return FALSE;

  out_grant->station = newcomer->station;
  out_grant->token = g_steal_pointer (&newcomer->token);
  out_grant->certificate = g_steal_pointer (&newcomer->certificate);
  return TRUE;
}

/* Whether the station that the statement tells is the newcomer, asking once more. */
static gboolean
read_again (JpStatement *row, Newcomer *newcomer)
{
  if (g_strcmp0 (jp_statement_get_text (row, 2), newcomer->hash) != 0 ||
      !jp_statement_is_null (row, 4) || !jp_statement_get_id (row, 0, &newcomer->station.id))
    return FALSE;

  newcomer->station.no = jp_statement_get_integer (row, 1);
  newcomer->certificate = g_strdup (jp_statement_get_text (row, 3));
  newcomer->repeated = TRUE;
  return TRUE;
}

/* The one who used the code may ask for the answer again; everybody else is refused. */
static gboolean
find_again (JpPlatformStore *store, const JpId *station, Newcomer *newcomer, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (jp_platform_store_get_db (store),
                                                     "SELECT id, no, request, certificate, used_at "
                                                     "FROM station WHERE id = :id AND revoked = 0",
                                                     error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", station);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  return (row && read_again (statement, newcomer)) || set_refused (error);
}

static gboolean
mark_code (JpPlatformStore *store, const char *hash, const JpId *station, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "UPDATE enrol_code SET used_at = :now, station = :station WHERE hash = :hash",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":now", now_us (store));
  jp_statement_bind_id (statement, ":station", station);
  jp_statement_bind_text (statement, ":hash", hash);
  return jp_statement_run (statement, error);
}

/* Uses the code and tells its school. An unknown, an old and a used code look alike. */
static gboolean
use_code (JpPlatformStore *store, const char *code, Newcomer *newcomer, GError **error)
{
  g_autofree char *hash = jp_platform_station_hash_code (code);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT school, station, used_at FROM enrol_code"
                   " WHERE hash = :hash AND expires_at > :now",
                   error);
  gboolean row = FALSE;
  JpId     used_by;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":hash", hash);
  jp_statement_bind_integer (statement, ":now", now_us (store));
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row || !jp_statement_get_id (statement, 0, &newcomer->station.school))
    return set_refused (error);
  if (jp_statement_is_null (statement, 2))
    return mark_code (store, hash, &newcomer->station.id, error);
  if (!jp_statement_get_id (statement, 1, &used_by))
    return set_refused (error);
  return find_again (store, &used_by, newcomer, error);
}

/**
 * jp_platform_enrol_run:
 * @store: a store without an open transaction
 * @code: what was typed at the station
 * @name: what the station calls itself, up to 64 characters
 * @request: its request for a certificate (PEM); any text of its own where stations have none
 * @out_grant: (out): what it gets; clear it afterwards
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Takes a station in. The code is good for one @request only, and until the station has been seen.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_AUTH` for a code that is unknown, used or old,
 *   `JP_PLATFORM_ERROR_INVALID` for a bad request, or `JP_PLATFORM_ERROR_CONFLICT` if there are 999
 *   stations
 */
gboolean
jp_platform_enrol_run (JpPlatformStore *store,
                       const char      *code,
                       const char      *name,
                       const char      *request,
                       JpPlatformGrant *out_grant,
                       GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (out_grant != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_auto (Newcomer) newcomer = {
    .station.id = jp_id_source_next (jp_platform_store_get_ids (store)),
    .parent = JP_ID_NONE,
    .name = name,
    .request = request,
    .hash = jp_hash_sha256_text (request, strlen (request)),
  };

  return jp_platform_store_begin (store, &transaction, error) &&
         use_code (store, code, &newcomer, error) && take_in (store, &newcomer, out_grant, error) &&
         jp_platform_store_commit (store, &transaction, error);
}

/* --- branching off --- */

static gboolean
check_branch (JpPlatformStore         *store,
              const JpPlatformStation *parent,
              gint64                   n,
              const guint8             chain[JP_SEAL_HASH_BYTES],
              GError                 **error)
{
  g_auto (JpPlatformLogEntry) entry = { 0 }; /* the chain begins with zeros */

  if (n > 0 && !jp_platform_log_read (store, &parent->id, n, &entry, error))
    return FALSE;
  if ((n == 0 || entry.verdict != NULL) && memcmp (entry.chain, chain, sizeof entry.chain) == 0)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORKED,
                       "the station does not have this operation");
  return FALSE;
}

static gboolean
find_branch (JpPlatformStore *store, Newcomer *newcomer, char **out_name, GError **error)
{
  g_autoptr (JpStatement) again =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id, no, request, certificate, NULL FROM station"
                   " WHERE parent = :parent AND request = :request AND revoked = 0",
                   error);
  g_autoptr (JpStatement) parent =
    jp_db_prepare (jp_platform_store_get_db (store), "SELECT name FROM station WHERE id = :parent",
                   error);
  gboolean row = FALSE;

  if (again == NULL || parent == NULL)
    return FALSE;
  jp_statement_bind_id (again, ":parent", &newcomer->parent);
  jp_statement_bind_text (again, ":request", newcomer->hash);
  jp_statement_bind_id (parent, ":parent", &newcomer->parent);
  if (!jp_statement_step (again, &row, error))
    return FALSE;
  if (row)
    read_again (again, newcomer);
  if (!jp_statement_step (parent, &row, error))
    return FALSE;
  *out_name = g_strdup (row ? jp_statement_get_text (parent, 0) : "");
  return TRUE;
}

/**
 * jp_platform_enrol_branch:
 * @store: a store without an open transaction
 * @parent: who asks
 * @n: number of the last operation that the PC has in common with @parent, 0 = none
 * @chain: the hash chain up to it
 * @request: the PC's request for a certificate
 * @out_grant: (out): what it gets; clear it afterwards
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Gives a PC that went back in time, or is a copy of another, an identity of its own: its
 * operations go on after @n with the same numbers, chain and bytes (sync.md §3.9).
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_FORKED` if @parent has no such operation, or
 *   as jp_platform_enrol_run()
 */
gboolean
jp_platform_enrol_branch (JpPlatformStore         *store,
                          const JpPlatformStation *parent,
                          gint64                   n,
                          const guint8             chain[JP_SEAL_HASH_BYTES],
                          const char              *request,
                          JpPlatformGrant         *out_grant,
                          GError                 **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (parent != NULL, FALSE);
  g_return_val_if_fail (n >= 0, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (out_grant != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *name = NULL;
  g_auto (Newcomer) newcomer = {
    .station = { .id = jp_id_source_next (jp_platform_store_get_ids (store)),
                 .school = parent->school,
                 .acked_n = n },
    .parent = parent->id,
    .request = request,
    .hash = jp_hash_sha256_text (request, strlen (request)),
  };

  memcpy (newcomer.station.chain, chain, sizeof newcomer.station.chain);
  if (!jp_platform_store_begin (store, &transaction, error) ||
      !check_branch (store, parent, n, chain, error) ||
      !find_branch (store, &newcomer, &name, error))
    return FALSE;
  newcomer.name = name;
  return take_in (store, &newcomer, out_grant, error) &&
         jp_platform_store_commit (store, &transaction, error);
}

/**
 * jp_platform_enrol_renew:
 * @store: a store without an open transaction that can sign
 * @station: a station
 * @request: its request for another certificate
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): the certificate that takes the place of the old one, or %NULL
 */
char *
jp_platform_enrol_renew (JpPlatformStore         *store,
                         const JpPlatformStation *station,
                         const char              *request,
                         GError                 **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *certificate = jp_platform_store_sign (store, &station->id, request, error);
  g_autoptr (JpStatement) statement = NULL;

  if (certificate == NULL || !jp_platform_store_begin (store, &transaction, error))
    return NULL;
  statement = jp_db_prepare (jp_platform_store_get_db (store),
                             "UPDATE station SET certificate = :certificate WHERE id = :id", error);
  if (statement == NULL)
    return NULL;
  jp_statement_bind_text (statement, ":certificate", certificate);
  jp_statement_bind_id (statement, ":id", &station->id);
  if (!jp_statement_run (statement, error) ||
      !jp_platform_store_commit (store, &transaction, error))
    return NULL;
  return g_steal_pointer (&certificate);
}
