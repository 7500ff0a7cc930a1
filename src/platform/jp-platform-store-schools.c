/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

static gboolean
insert_tenant (JpPlatformStore *self, const JpId *school, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "INSERT INTO tenant (school, made_at, digest) VALUES (:school, :made_at, 0)",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_integer (statement, ":made_at", jp_clock_now_us (self->clock));
  return jp_statement_run (statement, error);
}

static gboolean
announce_all_of (JpPlatformStore *self, const JpId *school, JpKind kind, GError **error)
{
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (kind), " ORDER BY rid", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (self->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      g_autoptr (JpRecord) record = jp_record_table_read (statement, kind, self->key, error);

      if (record == NULL || !jp_platform_store_announce (self, school, record, error))
        return FALSE;
    }
}

/**
 * jp_platform_store_add_school:
 * @self: a store with a transaction begun by jp_platform_store_begin()
 * @school: a record of kind `JP_KIND_SCHOOL`; its id names the school from now on
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Takes a school in: its counter, its profile, and what all schools share in its stream.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CONSTRAINT` if the school is there already
 */
gboolean
jp_platform_store_add_school (JpPlatformStore *self, JpRecord *school, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (school) == JP_KIND_SCHOOL, FALSE);

  const JpId *id = jp_record_get_id (school);

  if (!insert_tenant (self, id, error) || !jp_platform_store_put (self, id, school, NULL, error))
    return FALSE;

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (jp_platform_store_is_shared (kind) && !announce_all_of (self, id, kind, error))
      return FALSE;

  return TRUE;
}

/**
 * jp_platform_store_list_schools:
 * @self: a store
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: (transfer full) (element-type JpId): the schools, in the order of their ids
 */
GArray *
jp_platform_store_list_schools (JpPlatformStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "SELECT school FROM tenant ORDER BY school", error);
  g_autoptr (GArray) schools = g_array_new (FALSE, FALSE, sizeof (JpId));
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;

  while (TRUE)
    {
      JpId school;

      if (!jp_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&schools);
      if (jp_statement_get_id (statement, 0, &school))
        g_array_append_val (schools, school);
    }
}

/**
 * jp_platform_store_get_tenant:
 * @self: a store
 * @school: a school
 * @out_tenant: (out): how far its stream reaches
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_platform_store_get_tenant (JpPlatformStore  *self,
                              const JpId       *school,
                              JpPlatformTenant *out_tenant,
                              GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_tenant != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "SELECT seq, min_seq, durable_seq, digest FROM tenant WHERE school = :school",
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

  out_tenant->seq = jp_statement_get_integer (statement, 0);
  out_tenant->min_seq = jp_statement_get_integer (statement, 1);
  out_tenant->durable_seq = jp_statement_get_integer (statement, 2);
  out_tenant->sum = jp_statement_get_integer (statement, 3);
  return TRUE;
}

static gboolean
run_purge (JpPlatformStore *self,
           const char      *sql,
           const JpId      *school,
           JpKind           kind,
           gint64           before_us,
           GError         **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_integer (statement, ":t", kind);
  jp_statement_bind_integer (statement, ":before", before_us);
  return jp_statement_run (statement, error);
}

#define GONE_WHERE " WHERE school = :school AND deleted = 1 AND updated_at < :before"

/* What goes away is taken out of the sum. */
static gboolean
subtract_gone (JpPlatformStore  *self,
               const JpId       *school,
               const JpKindInfo *info,
               gint64            before_us,
               GError          **error)
{
  g_autofree char *sql = g_strconcat ("SELECT id, ver FROM ", info->name, GONE_WHERE, NULL);
  g_autoptr (JpStatement) gone = jp_db_prepare (self->db, sql, error);
  gint64   sum = 0;
  gboolean row = FALSE;
  JpId     id;

  if (gone == NULL)
    return FALSE;
  jp_statement_bind_id (gone, ":school", school);
  jp_statement_bind_integer (gone, ":before", before_us);
  while (TRUE)
    {
      if (!jp_statement_step (gone, &row, error))
        return FALSE;
      if (!row)
        return jp_platform_store_add_sum (self, school, sum, error);
      if (jp_statement_get_id (gone, 0, &id))
        sum = jp_digest_add (sum, jp_digest_change (info->kind, &id,
                                                    jp_statement_get_integer (gone, 1), 0));
    }
}

static gboolean
purge_kind (JpPlatformStore  *self,
            const JpId       *school,
            const JpKindInfo *info,
            gint64            before_us,
            GError          **error)
{
  g_autofree char *gone = g_strconcat ("(SELECT id FROM ", info->name, GONE_WHERE ")", NULL);
  g_autofree char *mark =
    g_strconcat ("UPDATE tenant SET min_seq = max (min_seq, ifnull ((SELECT max (seq) FROM feed"
                 " WHERE school = :school AND t = :t AND id IN ",
                 gone, "), 0)) WHERE school = :school", NULL);
  g_autofree char *forget =
    g_strconcat ("DELETE FROM feed WHERE school = :school AND t = :t AND id IN ", gone, NULL);
  g_autofree char *drop = g_strconcat ("DELETE FROM ", info->name,
                                       GONE_WHERE " AND id NOT IN (SELECT id FROM feed"
                                                  " WHERE school = :school AND t = :t)",
                                       NULL);

  return subtract_gone (self, school, info, before_us, error) &&
         run_purge (self, mark, school, info->kind, before_us, error) &&
         run_purge (self, forget, school, info->kind, before_us, error) &&
         run_purge (self, drop, school, info->kind, before_us, error);
}

/**
 * jp_platform_store_purge:
 * @self: a store with a transaction begun by jp_platform_store_begin()
 * @school: a school
 * @before_us: the last instant of those that go
 * @error: return location for a [error@Jp.DbError]
 *
 * Takes the rows away that were deleted before an instant, for good. A station that has not heard
 * of their deletion must read everything anew: older cursors end here.
 *
 * Returns: whether they are gone
 */
gboolean
jp_platform_store_purge (JpPlatformStore *self,
                         const JpId      *school,
                         gint64           before_us,
                         GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_assert (jp_db_in_write (self->db));

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (!jp_platform_store_is_shared (kind) &&
        !purge_kind (self, school, jp_kind_get_info (kind), before_us, error))
      return FALSE;

  return TRUE;
}
