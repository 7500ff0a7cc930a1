/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

#include "jp-json.h"

/* The versions of rows. Each epoch of the database has a range of its own, which begins at a random
 * place above those before it: after a restore from a copy no version is given a second time for
 * another state, and whoever shows a version of a time that was lost is known by it. */

#define RANGE  (G_GINT64_CONSTANT (1) << 20) /* more edits than a row ever has in one epoch */
#define SPREAD (G_GINT64_CONSTANT (1) << 36) /* room for 200,000 epochs */

static gboolean
read_floor (JpPlatformStore *self, gint64 version, gint64 *out_floor, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "SELECT ifnull (max (floor), -1) FROM version_floor WHERE floor <= :version",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":version", version);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  *out_floor = row ? jp_statement_get_integer (statement, 0) : -1;
  return TRUE;
}

static gboolean
write_floor (JpPlatformStore *self, gint64 floor, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "INSERT INTO version_floor (floor) VALUES (:floor)", error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":floor", floor);
  return jp_statement_run (statement, error);
}

/* When most of the numbers are used up, the steps get smaller. */
static gint64
make_floor (JpPlatformStore *self, gint64 before)
{
  gint64  room = (JP_JSON_INTEGER_MAX - before - RANGE) / 2;
  guint64 random = 0;

  jp_id_source_fill (self->ids, (guint8 *)&random, sizeof random);
  return before + RANGE + (gint64)(random % (guint64)CLAMP (room, 1, SPREAD));
}

/**
 * jp_platform_store_begin_versions:
 * @self: a store with an open transaction
 * @out_floor: (out): the first version of the epoch that begins
 * @error: return location for a [error@Jp.DbError]
 *
 * Makes room for the versions of a new epoch. The first one of a database begins at 0; one that
 * comes from a program which did not do this yet gets the floor of what it has been through, too.
 *
 * Returns: whether it was written
 */
gboolean
jp_platform_store_begin_versions (JpPlatformStore *self, gint64 *out_floor, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_floor != NULL, FALSE);

  gint64 before = -1;
  gint64 floor = 0;

  if (!read_floor (self, JP_JSON_INTEGER_MAX, &before, error))
    return FALSE;
  if (before < 0 && self->epoch != NULL && !write_floor (self, 0, error))
    return FALSE;
  if (before >= 0 || self->epoch != NULL)
    floor = make_floor (self, MAX (before, 0));
  *out_floor = floor;
  return write_floor (self, floor, error);
}

/**
 * jp_platform_store_ensure_versions:
 * @self: a store that is being opened and knows its epoch
 * @error: return location for a [error@Jp.DbError]
 *
 * Finds out where the versions of this epoch begin. A database from before there were floors may
 * have gone back in time: its versions go on above all that were ever given.
 *
 * Returns: whether they are known
 */
gboolean
jp_platform_store_ensure_versions (JpPlatformStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gint64 floor = -1;

  if (!read_floor (self, JP_JSON_INTEGER_MAX, &floor, error))
    return FALSE;
  self->floor = MAX (floor, 0);
  if (floor >= 0 || self->epoch == NULL)
    return TRUE;
  if (!jp_platform_store_begin (self, &transaction, error) ||
      !jp_platform_store_begin_versions (self, &floor, error) ||
      !jp_transaction_commit (&transaction, error))
    return FALSE;
  self->floor = floor;
  return TRUE;
}

/**
 * jp_platform_store_next_version:
 * @self: a store
 * @present: the version that a row has, 0 = it is new
 *
 * Returns: the version of its next state
 */
gint64
jp_platform_store_next_version (JpPlatformStore *self, gint64 present)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (present + 1, self->floor);
}

/**
 * jp_platform_store_knows_version:
 * @self: a store
 * @version: a version that a station saw
 * @out_known: (out): whether it was given in one of the epochs that led here. States of it may have
 *   been lost since, but they followed the ones that were not
 * @error: return location for a [error@Jp.DbError]
 *
 * Tells the versions of this database's own past from those of another copy's future.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_store_knows_version (JpPlatformStore *self,
                                 gint64           version,
                                 gboolean        *out_known,
                                 GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_known != NULL, FALSE);

  gint64 floor = -1;

  if (!read_floor (self, version, &floor, error))
    return FALSE;
  *out_known = floor >= 0 && version - floor < RANGE;
  return TRUE;
}
