/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

#define FIELD_BYTES 24 /* about what a name and a number take in JSON */

/**
 * jp_platform_store_begin:
 * @self: a store without an open transaction
 * @out_transaction: (out caller-allocates): the guard; commit it by jp_platform_store_commit()
 * @error: return location for a [error@Jp.DbError]
 *
 * Begins to change records.
 *
 * Returns: whether the transaction is open
 */
gboolean
jp_platform_store_begin (JpPlatformStore *self, JpTransaction *out_transaction, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_remove_all (self->groups);
  g_hash_table_remove_all (self->touched);
  return jp_db_begin_write (self->db, out_transaction, error);
}

/**
 * jp_platform_store_commit:
 * @self: a store
 * @transaction: the transaction begun by jp_platform_store_begin()
 * @error: return location for a [error@Jp.DbError]
 *
 * Ends a change of records, and tells that there is something new.
 *
 * Returns: whether everything is on the disk; otherwise nothing of it has happened
 */
gboolean
jp_platform_store_commit (JpPlatformStore *self, JpTransaction *transaction, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  GHashTableIter iter;
  gpointer       school = NULL;

  if (!jp_transaction_commit (transaction, error))
    return FALSE;

  if (self->epoch != NULL)
    jp_platform_store_witness_write (self);
  g_hash_table_iter_init (&iter, self->touched);
  while (self->changed != NULL && g_hash_table_iter_next (&iter, &school, NULL))
    self->changed (school, self->changed_data);
  return TRUE;
}

/**
 * jp_platform_store_next_group:
 * @self: a store
 *
 * Lets the rows that follow have a number of their own: what was put before may arrive without
 * them.
 */
void
jp_platform_store_next_group (JpPlatformStore *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->groups);
}

/**
 * jp_platform_store_mark:
 * @self: a store with a transaction begun by jp_platform_store_begin() and without a mark
 * @error: return location for a [error@Jp.DbError]
 *
 * Sets a mark to which the open transaction can go back; end it by jp_platform_store_unmark().
 *
 * Returns: whether it worked
 */
gboolean
jp_platform_store_mark (JpPlatformStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (jp_db_in_write (self->db));

  return jp_db_exec (self->db, "SAVEPOINT mark", error);
}

/**
 * jp_platform_store_unmark:
 * @self: a store with a mark
 * @keep: whether what was done since the mark shall stay
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether it worked
 */
gboolean
jp_platform_store_unmark (JpPlatformStore *self, gboolean keep, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (keep)
    return jp_db_exec (self->db, "RELEASE mark", error);

  /* A number that was taken after the mark has gone back too. */
  jp_platform_store_next_group (self);
  return jp_db_exec (self->db, "ROLLBACK TO mark; RELEASE mark", error);
}

/**
 * jp_platform_store_is_shared:
 * @kind: a kind
 *
 * Returns: whether records of the kind belong to the city and are seen by every school
 */
gboolean
jp_platform_store_is_shared (JpKind kind)
{
  return kind == JP_KIND_POLICY || kind == JP_KIND_CURRICULUM;
}

static gboolean
take_seq (JpPlatformStore *self, const JpId *school, gint64 *out_seq, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "UPDATE tenant SET seq = seq + 1 WHERE school = :school RETURNING seq",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such school");
      return FALSE;
    }

  *out_seq = jp_statement_get_integer (statement, 0);
  return TRUE;
}

/* A group that grew too large for a page ends here, whatever belongs together. */
static gboolean
enter_group (JpPlatformStore *self,
             const JpId      *school,
             gsize            n_bytes,
             gint64          *out_seq,
             GError         **error)
{
  JpPlatformStoreGroup *group = g_hash_table_lookup (self->groups, school);

  if (group == NULL || group->n_rows >= JP_PLATFORM_STORE_MAX_GROUP_ROWS ||
      group->n_bytes + n_bytes > JP_PLATFORM_STORE_MAX_GROUP_BYTES)
    {
      gint64 seq = 0;

      if (!take_seq (self, school, &seq, error))
        return FALSE;
      group = g_new0 (JpPlatformStoreGroup, 1);
      group->seq = seq;
      g_hash_table_replace (self->groups, jp_id_copy (school), group);
      g_hash_table_add (self->touched, jp_id_copy (school));
    }

  group->n_rows++;
  group->n_bytes += n_bytes;
  *out_seq = group->seq;
  return TRUE;
}

/**
 * jp_platform_store_estimate_bytes:
 * @record: a record
 *
 * Returns: about how many bytes it takes in JSON
 */
gsize
jp_platform_store_estimate_bytes (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  gsize             n_bytes = 0;

  for (guint i = 0; i < info->n_fields; i++)
    {
      n_bytes += FIELD_BYTES;
      if (jp_field_is_text (&info->fields[i]) && jp_record_has (record, info->fields[i].id))
        n_bytes += strlen (jp_record_get_text (record, info->fields[i].id));
    }

  return n_bytes;
}

static gboolean
write_feed (JpPlatformStore *self,
            const JpId      *school,
            const JpId      *station,
            gint64           seq,
            JpRecord        *record,
            gint64           before,
            GError         **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "INSERT INTO feed (school, seq, t, id, station, since)"
                   " VALUES (:school, :seq, :t, :id, :station, :since)"
                   " ON CONFLICT (school, t, id) DO UPDATE SET seq = excluded.seq,"
                   " since = CASE WHEN station = excluded.station THEN since ELSE excluded.since "
                   "END,"
                   " station = excluded.station",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_integer (statement, ":seq", seq);
  jp_statement_bind_integer (statement, ":t", jp_record_get_kind (record));
  jp_statement_bind_id (statement, ":id", jp_record_get_id (record));
  if (station != NULL)
    jp_statement_bind_id (statement, ":station", station);
  jp_statement_bind_integer (statement, ":since", before);
  return jp_statement_run (statement, error);
}

/* The version and the school of the row as it is; version 0 where there is none. */
static gboolean
read_present (JpPlatformStore *self,
              JpKind           kind,
              const JpId      *id,
              gint64          *out_version,
              JpId            *out_school,
              GError         **error)
{
  g_autofree char *sql = g_strconcat ("SELECT ver, school FROM ", jp_kind_get_info (kind)->name,
                                      " WHERE id = :id", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (self->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  *out_version = row ? jp_statement_get_integer (statement, 0) : 0;
  *out_school = JP_ID_NONE;
  return !row || jp_statement_get_id (statement, 1, out_school);
}

static gboolean
check_present (JpPlatformStore *self, const JpId *owner, JpRecord *record, GError **error)
{
  const JpKindInfo *info = jp_record_get_info (record);
  gint64            version = 0;
  JpId              present;
  JpIdText          text;

  if (!read_present (self, info->kind, jp_record_get_id (record), &version, &present, error))
    return FALSE;
  if (version > 0 && !jp_id_equal (&present, owner))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN,
                   "%s %s belongs to another school", info->name,
                   jp_id_to_text (jp_record_get_id (record), text));
      return FALSE;
    }
  if (version != jp_record_get_head (record)->version)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                   "%s %s has version %" G_GINT64_FORMAT
                   ", the change was made on %" G_GINT64_FORMAT,
                   info->name, jp_id_to_text (jp_record_get_id (record), text), version,
                   jp_record_get_head (record)->version);
      return FALSE;
    }
  return TRUE;
}

static JpRecord *
make_next_version (JpPlatformStore *self, JpRecord *record)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  JpRecordHead head = *jp_record_get_head (record);

  head.version = jp_platform_store_next_version (self, head.version);
  head.pending = 0;
  head.updated_at_us = jp_clock_now_us (self->clock);
  if (head.created_at_us == 0)
    head.created_at_us = head.updated_at_us;
  jp_draft_set_head (draft, &head);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* @before is the version that the school has seen so far. */
static gboolean
announce (JpPlatformStore *self,
          const JpId      *school,
          const JpId      *station,
          JpRecord        *record,
          gint64           before,
          gint64          *out_seq,
          GError         **error)
{
  gint64 change = jp_digest_change (jp_record_get_kind (record), jp_record_get_id (record), before,
                                    jp_record_get_head (record)->version);

  return enter_group (self, school, jp_platform_store_estimate_bytes (record), out_seq, error) &&
         write_feed (self, school, station, *out_seq, record, before, error) &&
         jp_platform_store_add_sum (self, school, change, error);
}

static gboolean
announce_to_all (JpPlatformStore *self, JpRecord *record, gint64 before, GError **error)
{
  g_autoptr (GArray) schools = jp_platform_store_list_schools (self, error);
  gint64 seq = 0;

  if (schools == NULL)
    return FALSE;
  for (guint i = 0; i < schools->len; i++)
    if (!announce (self, &g_array_index (schools, JpId, i), NULL, record, before, &seq, error))
      return FALSE;

  return TRUE;
}

/**
 * jp_platform_store_put:
 * @self: a store with a transaction begun by jp_platform_store_begin()
 * @school: (nullable): the school the row belongs to; %NULL for kinds that all schools share
 * @record: the new state, made from the present one: its version is the present version, 0 for a
 *   new row
 * @out_record: (out) (optional) (transfer full): the record as it was written, with its new version
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * The way in which the platform changes rows: raises the version, takes the school's number and
 * moves the row's entry in the stream. Nothing is judged here.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if the row has changed since @record
 *   was read, `JP_PLATFORM_ERROR_FORBIDDEN` if it belongs to another school,
 *   `JP_PLATFORM_ERROR_NOT_FOUND` if there is no such school, or `JP_DB_ERROR_CONSTRAINT`; the
 *   transaction is then to be given up
 */
gboolean
jp_platform_store_put (JpPlatformStore *self,
                       const JpId      *school,
                       JpRecord        *record,
                       JpRecord       **out_record,
                       GError         **error)
{
  return jp_platform_store_put_as (self, school, self->author, record, out_record, error);
}

/**
 * jp_platform_store_set_author:
 * @self: a store
 * @station: (nullable): a station; must live until it is taken away by %NULL
 *
 * What is put from now on follows from an edit of the station: it does not count as a change by
 * somebody else when its next edits are judged.
 */
void
jp_platform_store_set_author (JpPlatformStore *self, const JpId *station)
{
  g_return_if_fail (self != NULL);

  self->author = station;
}

/**
 * jp_platform_store_put_as:
 * @self: a store with a transaction begun by jp_platform_store_begin()
 * @school: (nullable): as for jp_platform_store_put()
 * @station: (nullable): the station whose edit this is
 * @record: as for jp_platform_store_put()
 * @out_record: (out) (optional) (transfer full): as for jp_platform_store_put()
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * As jp_platform_store_put(), and notes who wrote.
 *
 * Returns: as jp_platform_store_put()
 */
gboolean
jp_platform_store_put_as (JpPlatformStore *self,
                          const JpId      *school,
                          const JpId      *station,
                          JpRecord        *record,
                          JpRecord       **out_record,
                          GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail ((school == NULL) ==
                          jp_platform_store_is_shared (jp_record_get_kind (record)),
                        FALSE);
  g_assert (jp_db_in_write (self->db));

  const JpId *owner = school != NULL ? school : &JP_ID_NONE;
  JpRowStamp  stamp = { .school = *owner };

  if (!check_present (self, owner, record, error))
    return FALSE;

  g_autoptr (JpRecord) next = make_next_version (self, record);
  gint64 before = jp_record_get_head (record)->version;

  if (school == NULL ? !announce_to_all (self, next, before, error)
                     : !announce (self, school, station, next, before, &stamp.seq, error))
    return FALSE;
  if (!jp_record_table_put (self->db, self->key, next, &stamp, NULL, error))
    return FALSE;

  if (out_record != NULL)
    *out_record = g_steal_pointer (&next);
  return TRUE;
}

/**
 * jp_platform_store_find:
 * @self: a store
 * @school: the school that asks
 * @kind: a kind
 * @id: an id
 * @error: return location for a [error@Jp.DbError]
 *
 * Reads a record, deleted or not. A row of another school is as if it did not exist.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with or without an error
 */
JpRecord *
jp_platform_store_find (JpPlatformStore *self,
                        const JpId      *school,
                        JpKind           kind,
                        const JpId      *id,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);

  JpId owner;

  if (!jp_platform_store_find_owner (self, kind, id, &owner, error))
    return NULL;
  if (!jp_id_equal (&owner, jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school))
    return NULL;
  return jp_record_table_find (self->db, self->key, kind, id, error);
}

/**
 * jp_platform_store_has:
 * @self: a store
 * @school: the school that asks
 * @kind: a kind
 * @id: an id
 * @out_has: (out): whether the school has such a row, deleted or not, or shares it
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_store_has (JpPlatformStore *self,
                       const JpId      *school,
                       JpKind           kind,
                       const JpId      *id,
                       gboolean        *out_has,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_has != NULL, FALSE);

  gint64 version = 0;
  JpId   owner;

  if (!read_present (self, kind, id, &version, &owner, error))
    return FALSE;
  *out_has =
    version > 0 && jp_id_equal (&owner, jp_platform_store_is_shared (kind) ? &JP_ID_NONE : school);
  return TRUE;
}

/**
 * jp_platform_store_is_untouched:
 * @self: a store
 * @school: the school of the row
 * @station: a station
 * @present: the row as it is
 * @version: a version of it that the station saw, 0 if the station made it
 * @out_untouched: (out): whether nobody but the station wrote the row since then
 * @error: return location for a [error@Jp.DbError]
 *
 * A version that another copy of the database gave, before this one took its place, says nothing
 * about what was seen.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_store_is_untouched (JpPlatformStore *self,
                                const JpId      *school,
                                const JpId      *station,
                                JpRecord        *present,
                                gint64           version,
                                gboolean        *out_untouched,
                                GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);
  g_return_val_if_fail (present != NULL, FALSE);
  g_return_val_if_fail (out_untouched != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "SELECT since FROM feed WHERE school = :school AND t = :t AND id = :id"
                   " AND station = :station",
                   error);
  gboolean row = FALSE;
  gboolean known = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_integer (statement, ":t", jp_record_get_kind (present));
  jp_statement_bind_id (statement, ":id", jp_record_get_id (present));
  jp_statement_bind_id (statement, ":station", station);
  if (!jp_platform_store_knows_version (self, version, &known, error) ||
      !jp_statement_step (statement, &row, error))
    return FALSE;

  *out_untouched = known && (version >= jp_record_get_head (present)->version ||
                             (row && version >= jp_statement_get_integer (statement, 0)));
  return TRUE;
}

/**
 * jp_platform_store_find_owner:
 * @self: a store
 * @kind: a kind
 * @id: an id
 * @out_school: (out): the school that the row belongs to; none if there is no such row, or if all
 *   schools share it
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_store_find_owner (JpPlatformStore *self,
                              JpKind           kind,
                              const JpId      *id,
                              JpId            *out_school,
                              GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (out_school != NULL, FALSE);

  gint64 version = 0;

  return read_present (self, kind, id, &version, out_school, error);
}

/**
 * jp_platform_store_announce:
 * @self: a store with an open transaction
 * @school: a school
 * @record: a record that all schools share
 * @error: return location for a [error@Jp.DbError]
 *
 * Puts a row that exists into the stream of a school that is new.
 *
 * Returns: whether it worked
 */
gboolean
jp_platform_store_announce (JpPlatformStore *self,
                            const JpId      *school,
                            JpRecord        *record,
                            GError         **error)
{
  gint64 seq = 0;

  return announce (self, school, NULL, record, 0, &seq, error);
}
