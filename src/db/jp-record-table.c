/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-table.h"

#include "jp-pinyin.h"

/* The columns every table begins with, in the order of the select. */
typedef enum {
  COLUMN_RID,
  COLUMN_ID,
  COLUMN_VERSION,
  COLUMN_PENDING,
  COLUMN_DELETED,
  COLUMN_PARKED,
  COLUMN_CREATED_BY,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_EXTRA,
  COLUMN_FIRST_FIELD,
} Column;

#define COMMON_SELECT                                                                              \
  "rid, id, ver, pending, deleted, parked, created_by, created_at, updated_at, extra"

#define COMMON_COLUMNS                                                                             \
  "rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"                     \
  " school BLOB NOT NULL CHECK (length (school) = 16),"                                            \
  " ver INTEGER NOT NULL DEFAULT 0, seq INTEGER NOT NULL DEFAULT 0,"                               \
  " pending INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, " \
  "1)),"                                                                                           \
  " parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)), created_by TEXT,"                  \
  " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, extra TEXT, find TEXT,"              \
  " pinyin TEXT"

#define N_COMMON 14 /* the place of the first field among what jp_row_image_bind() gives */

typedef struct
{
  char *create; /* CREATE TABLE */
  char *select; /* SELECT … FROM <table>, without WHERE */
  char *by_id;
  char *by_rid;
  char *stamp; /* what a row carries beside its record, by id */
  char *put;   /* upsert by id */
  char *touch; /* update by id, where nothing changes that an index holds */
  char *add;   /* insert, or nothing where the id is known */
} TableSql;

/**
 * jp_record_table_has_index_column:
 * @field: a field
 *
 * Returns: whether the field is sealed and can be found by its blind index or its last characters
 */
gboolean
jp_record_table_has_index_column (const JpField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & JP_FIELD_SEALED) && field->type == JP_FIELD_TEXT && field->max <= 32;
}

static const char *
column_type (const JpField *field)
{
  if ((field->flags & JP_FIELD_SEALED) || field->type == JP_FIELD_REF)
    return "BLOB";
  return jp_field_is_text (field) ? "TEXT" : "INTEGER";
}

static void
append_columns (GString *sql, const JpKindInfo *info, const char *format)
{
  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      g_string_append_printf (sql, format, field->name, column_type (field));
      if (!jp_record_table_has_index_column (field))
        continue;

      g_autofree char *index = g_strconcat (field->name, "_bix", NULL);
      g_autofree char *tail = g_strconcat (field->name, "_tail", NULL);

      g_string_append_printf (sql, format, index, "BLOB");
      g_string_append_printf (sql, format, tail, "TEXT");
    }
}

/* The columns stand in the order in which jp_row_image_bind() gives their values. */
static char *
make_add (const JpKindInfo *info, const char *otherwise)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "INSERT INTO %s (id, school, ver, seq, pending, deleted, parked, "
                          "created_by,"
                          " created_at, updated_at, extra, find, pinyin",
                          info->name);
  append_columns (sql, info, ", %1$s");
  g_string_append (sql,
                   ") VALUES (:id, :school, :ver, :seq, :pending, :deleted, :parked, :created_by,"
                   " :created_at, :updated_at, :extra, :find, :pinyin");
  append_columns (sql, info, ", :%1$s");
  g_string_append (sql, ") ON CONFLICT (id) ");
  g_string_append (sql, otherwise);
  return g_string_free (sql, FALSE);
}

static char *
make_put (const JpKindInfo *info)
{
  g_autofree char *add = make_add (info, "DO UPDATE SET");
  GString         *sql = g_string_new (add);

  g_string_append (sql, " school = excluded.school,"
                        " ver = excluded.ver, seq = excluded.seq, pending = excluded.pending,"
                        " deleted = excluded.deleted, parked = excluded.parked,"
                        " updated_at = excluded.updated_at, extra = excluded.extra,"
                        " find = excluded.find, pinyin = excluded.pinyin");
  append_columns (sql, info, ", %1$s = excluded.%1$s");
  return g_string_free (sql, FALSE);
}

static gboolean
is_indexed (const JpField *field)
{
  return jp_record_table_has_index_column (field) || (field->flags & JP_FIELD_INDEXED) != 0;
}

static int
append_touched (GString *sql, const JpField *field, int position)
{
  const gboolean number = jp_record_table_has_index_column (field);

  if (number)
    g_string_append_printf (sql, ", %1$s = ?%2$d, %1$s_tail = ?%3$d", field->name, position,
                            position + 2);
  else if (!is_indexed (field))
    g_string_append_printf (sql, ", %s = ?%d", field->name, position);
  return position + (number ? 3 : 1);
}

static int
append_kept (GString *sql, const JpField *field, int position)
{
  const gboolean number = jp_record_table_has_index_column (field);

  if (number)
    g_string_append_printf (sql, " AND %s_bix IS ?%d", field->name, position + 1);
  else if (is_indexed (field))
    g_string_append_printf (sql, " AND %s IS ?%d", field->name, position);
  return position + (number ? 3 : 1);
}

/* SQLite writes the entries of all indexes anew whose columns are set, whether they change or not:
 * a dozen pages for a note. The numbers are the places at which jp_row_image_bind() gives the
 * values. */
static char *
make_touch (const JpKindInfo *info)
{
  GString *sql = g_string_new (NULL);
  int      position = N_COMMON;

  g_string_append_printf (sql,
                          "UPDATE %s SET ver = ?3, seq = ?4, pending = ?5, parked = ?7,"
                          " updated_at = ?10, extra = ?11, find = ?12, pinyin = ?13",
                          info->name);
  for (guint i = 0; i < info->n_fields; i++)
    position = append_touched (sql, &info->fields[i], position);
  g_string_append (sql, " WHERE id = ?1 AND school IS ?2 AND deleted = ?6");
  position = N_COMMON;
  for (guint i = 0; i < info->n_fields; i++)
    position = append_kept (sql, &info->fields[i], position);
  return g_string_free (sql, FALSE);
}

static void
make_table_sql (const JpKindInfo *info, TableSql *out_sql)
{
  GString *create = g_string_new (NULL);
  GString *select = g_string_new ("SELECT " COMMON_SELECT);

  g_string_append_printf (create, "CREATE TABLE %s (" COMMON_COLUMNS, info->name);
  append_columns (create, info, ", %s %s");
  g_string_append (create, ") STRICT");

  for (guint i = 0; i < info->n_fields; i++)
    g_string_append_printf (select, ", %s", info->fields[i].name);
  g_string_append_printf (select, " FROM %s", info->name);

  out_sql->create = g_string_free (create, FALSE);
  out_sql->select = g_string_free (select, FALSE);
  out_sql->by_id = g_strconcat (out_sql->select, " WHERE id = :id", NULL);
  out_sql->by_rid = g_strconcat (out_sql->select, " WHERE rid = :rid", NULL);
  out_sql->stamp = g_strconcat ("SELECT school, seq, ver, pending, rid FROM ", info->name,
                                " WHERE id = :id", NULL);
  out_sql->put = make_put (info);
  out_sql->touch = make_touch (info);
  out_sql->add = make_add (info, "DO NOTHING");
}

/* Made once for the life of the process, from the constant tables of the description only. */
static const TableSql *
get_sql (JpKind kind)
{
  static TableSql tables[JP_KIND_LAST + 1];
  static gsize    ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (JpKind i = JP_KIND_NONE + 1; i <= JP_KIND_LAST; i++)
        make_table_sql (jp_kind_get_info (i), &tables[i]);
      g_once_init_leave (&ready, 1);
    }

  return &tables[kind];
}

/* What is there already, by the schema as it is now: a statement looks whether another connection
 * has changed it. */
static GHashTable *
list_names (JpDb *db, const char *type, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = :type", error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  jp_statement_bind_text (statement, ":type", type);

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&names);
      g_hash_table_add (names, g_strdup (jp_statement_get_text (statement, 0)));
    }
}

static gboolean
ensure_column (JpDb *db, const char *table, const char *name, const char *type, GError **error)
{
  gboolean there = FALSE;

  if (!jp_db_has_column (db, table, name, &there, error))
    return FALSE;
  if (there)
    return TRUE;

  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s", table, name, type);

  return jp_db_exec (db, sql, error);
}

static gboolean
ensure_columns (JpDb *db, const JpKindInfo *info, GError **error)
{
  if (!ensure_column (db, info->name, "pinyin", "TEXT", error))
    return FALSE;
  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField   *field = &info->fields[i];
      g_autofree char *index = g_strconcat (field->name, "_bix", NULL);
      g_autofree char *tail = g_strconcat (field->name, "_tail", NULL);

      if (!ensure_column (db, info->name, field->name, column_type (field), error))
        return FALSE;
      if (jp_record_table_has_index_column (field) &&
          (!ensure_column (db, info->name, index, "BLOB", error) ||
           !ensure_column (db, info->name, tail, "TEXT", error)))
        return FALSE;
    }

  return TRUE;
}

/**
 * jp_record_table_ensure_all:
 * @db: a connection with an open write transaction
 * @error: return location for a [error@Jp.DbError]
 *
 * Makes the table of every kind, and adds the columns that an older program did not have. Nothing
 * is ever taken away or renamed here: that needs a migration.
 *
 * Returns: whether all tables are as described
 */
gboolean
jp_record_table_ensure_all (JpDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  g_autoptr (GHashTable) tables = list_names (db, "table", error);

  if (tables == NULL)
    return FALSE;
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      if (!(g_hash_table_contains (tables, info->name)
              ? ensure_columns (db, info, error)
              : jp_db_exec (db, get_sql (kind)->create, error)))
        return FALSE;
    }

  return TRUE;
}

static char *
dup_index_name (const JpKindInfo *info, const JpField *field)
{
  if (!is_indexed (field))
    return NULL;
  return g_strconcat ("idx_", info->name, "_", field->name,
                      jp_record_table_has_index_column (field) ? "_bix" : NULL, NULL);
}

static gboolean
ensure_index (JpDb             *db,
              const JpKindInfo *info,
              const JpField    *field,
              GHashTable       *indexes,
              GError          **error)
{
  g_autofree char *name = dup_index_name (info, field);
  g_autofree char *sql = NULL;

  if (name == NULL || g_hash_table_contains (indexes, name))
    return TRUE;

  if (jp_record_table_has_index_column (field))
    sql = g_strdup_printf ("CREATE INDEX %s ON %s (%s_bix)", name, info->name, field->name);
  else
    sql = g_strdup_printf ("CREATE INDEX %s ON %s (%s, rid) WHERE deleted = 0", name, info->name,
                           field->name);
  return jp_db_exec (db, sql, error);
}

/**
 * jp_record_table_ensure_indexes:
 * @db: a connection with an open write transaction
 * @error: return location for a [error@Jp.DbError]
 *
 * Makes the indexes of the lists and the blind indexes, where they are missing.
 *
 * Returns: whether all are there
 */
gboolean
jp_record_table_ensure_indexes (JpDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  g_autoptr (GHashTable) indexes = list_names (db, "index", error);

  if (indexes == NULL)
    return FALSE;
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      for (guint i = 0; i < info->n_fields; i++)
        if (!ensure_index (db, info, &info->fields[i], indexes, error))
          return FALSE;
    }

  return TRUE;
}

/**
 * jp_record_table_drop_indexes:
 * @db: a connection with an open write transaction
 * @kind: a kind
 * @error: return location for a [error@Jp.DbError]
 *
 * Takes the indexes of one table away before a first sync fills it: making them afterwards is three
 * times as fast (sync.md F9).
 *
 * Returns: whether they are gone
 */
gboolean
jp_record_table_drop_indexes (JpDb *db, JpKind kind, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  const JpKindInfo *info = jp_kind_get_info (kind);

  for (guint i = 0; i < info->n_fields; i++)
    {
      g_autofree char *name = dup_index_name (info, &info->fields[i]);
      g_autofree char *sql = NULL;

      if (name == NULL)
        continue;
      sql = g_strconcat ("DROP INDEX IF EXISTS ", name, NULL);
      if (!jp_db_exec (db, sql, error))
        return FALSE;
    }

  return TRUE;
}

/* Not by RETURNING: SQLite keeps its rows in a table for the moment, which costs as much as the
 * write. */
static gboolean
find_rid (JpDb *db, JpRecord *record, gint64 *out_rid, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, get_sql (jp_record_get_kind (record))->stamp, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", jp_record_get_id (record));
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  g_assert (row);
  *out_rid = jp_statement_get_integer (statement, 4);
  return TRUE;
}

static gboolean
write_image (JpDb             *db,
             const char       *sql,
             const JpRowImage *image,
             const JpRowStamp *stamp,
             GError          **error)
{
  JpRecord *record = jp_row_image_get_record (image);
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, error);
  JpIdText text;

  if (statement == NULL)
    return FALSE;

  jp_row_image_bind (image, statement, stamp);
  if (jp_statement_run (statement, error))
    return TRUE;
  g_prefix_error (error, "could not write %s %s: ", jp_record_get_info (record)->name,
                  jp_id_to_text (jp_record_get_id (record), text));
  return FALSE;
}

/* Of a row that is known by all appearances, most changes leave alone what is indexed. */
static gboolean
touch_image (JpDb             *db,
             const JpRowImage *image,
             const JpRowStamp *stamp,
             gboolean         *out_done,
             GError          **error)
{
  JpRecord           *record = jp_row_image_get_record (image);
  const JpRecordHead *head = jp_record_get_head (record);

  *out_done = FALSE;
  if (head->version == 0 || (head->version == 1 && head->pending == 0))
    return TRUE;
  if (!write_image (db, get_sql (jp_record_get_kind (record))->touch, image, stamp, error))
    return FALSE;
  *out_done = jp_db_get_n_changes (db) > 0;
  return TRUE;
}

/**
 * jp_record_table_put_image:
 * @db: a connection with an open write transaction
 * @image: the record as its table wants it
 * @stamp: what the row carries beside it
 * @error: return location for a [error@Jp.DbError]
 *
 * As jp_record_table_put(), for a row that was computed before.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CONSTRAINT` where a rule of the schema forbids the
 * row
 */
gboolean
jp_record_table_put_image (JpDb             *db,
                           const JpRowImage *image,
                           const JpRowStamp *stamp,
                           GError          **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (image != NULL, FALSE);
  g_return_val_if_fail (stamp != NULL, FALSE);
  g_assert (jp_db_in_write (db));

  JpKind   kind = jp_record_get_kind (jp_row_image_get_record (image));
  gboolean done = FALSE;

  return touch_image (db, image, stamp, &done, error) &&
         (done || write_image (db, get_sql (kind)->put, image, stamp, error));
}

/**
 * jp_record_table_add_image:
 * @db: a connection with an open write transaction
 * @image: the record as its table wants it
 * @stamp: what the row carries beside it
 * @out_new: (out): whether there was no row with its id; where there was one it stays as it is
 * @error: return location for a [error@Jp.DbError]
 *
 * Writes a row that is most likely new, without looking first.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CONSTRAINT` where a rule of the schema forbids the
 * row
 */
gboolean
jp_record_table_add_image (JpDb             *db,
                           const JpRowImage *image,
                           const JpRowStamp *stamp,
                           gboolean         *out_new,
                           GError          **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (image != NULL, FALSE);
  g_return_val_if_fail (stamp != NULL, FALSE);
  g_return_val_if_fail (out_new != NULL, FALSE);
  g_assert (jp_db_in_write (db));

  JpKind kind = jp_record_get_kind (jp_row_image_get_record (image));

  if (!write_image (db, get_sql (kind)->add, image, stamp, error))
    return FALSE;
  *out_new = jp_db_get_n_changes (db) > 0;
  return TRUE;
}

/**
 * jp_record_table_put:
 * @db: a connection with an open write transaction
 * @key: the data key of the school
 * @record: the record
 * @stamp: what the row carries beside it
 * @out_rid: (out) (optional): the row id
 * @error: return location for a [error@Jp.DbError]
 *
 * Writes the record: a new row, or the new state of the row with its id. `created_by` and
 * `created_at` of an existing row stay.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CONSTRAINT` where a rule of the schema forbids the
 * row
 */
gboolean
jp_record_table_put (JpDb             *db,
                     JpSealKey        *key,
                     JpRecord         *record,
                     const JpRowStamp *stamp,
                     gint64           *out_rid,
                     GError          **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  g_autoptr (JpRowImage) image = jp_row_image_new (key, record);

  return jp_record_table_put_image (db, image, stamp, error) &&
         (out_rid == NULL || find_rid (db, record, out_rid, error));
}

/* The searched fields of a kind, as columns; %NULL if it has none. */
static char *
list_searched (const JpKindInfo *info)
{
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].flags & JP_FIELD_SEARCHED)
      g_string_append_printf (columns, ", %s", info->fields[i].name);

  return columns->len > 0 ? g_string_free (g_steal_pointer (&columns), FALSE) : NULL;
}

static gboolean
write_pinyin (JpStatement *update, JpStatement *row, int n_columns, GError **error)
{
  g_autoptr (GString) pinyin = g_string_new (NULL);

  for (int column = 1; column < n_columns; column++)
    if (!jp_statement_is_null (row, column))
      {
        g_autofree char *keys = jp_pinyin_dup_keys (jp_statement_get_text (row, column));

        g_string_append (pinyin, keys);
      }
  jp_statement_bind_integer (update, ":rid", jp_statement_get_integer (row, 0));
  if (pinyin->len > 0)
    jp_statement_bind_text (update, ":pinyin", pinyin->str);
  else
    jp_statement_bind_null (update, ":pinyin");
  return jp_statement_run (update, error);
}

static gboolean
refresh_pinyin (JpDb *db, const JpKindInfo *info, GError **error)
{
  g_autofree char *searched = list_searched (info);
  g_autofree char *select = NULL;
  g_autofree char *update = NULL;
  gboolean         row = FALSE;

  if (searched == NULL)
    return TRUE;

  /* The rows are written while they are read, in the order of an index that does not change. */
  select = g_strconcat ("SELECT rid", searched, " FROM ", info->name, " ORDER BY rid", NULL);
  update = g_strconcat ("UPDATE ", info->name, " SET pinyin = :pinyin WHERE rid = :rid", NULL);

  g_autoptr (JpStatement) rows = jp_db_prepare (db, select, error);
  g_autoptr (JpStatement) write = rows != NULL ? jp_db_prepare (db, update, error) : NULL;
  int n_columns = 1;

  if (write == NULL)
    return FALSE;
  for (const char *at = searched; (at = strchr (at, ',')) != NULL; at++)
    n_columns++;
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!write_pinyin (write, rows, n_columns, error))
        return FALSE;
    }
}

/**
 * jp_record_table_refresh_pinyin:
 * @db: a connection with an open write transaction
 * @error: return location for a [error@Jp.DbError]
 *
 * Makes the pinyin of all rows anew: for rows of a program that had none, and after ICU or its
 * rules have changed. 100,000 names take about three seconds.
 *
 * Returns: whether it is done
 */
gboolean
jp_record_table_refresh_pinyin (JpDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (jp_db_in_write (db));

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    if (!refresh_pinyin (db, jp_kind_get_info (kind), error))
      return FALSE;

  return TRUE;
}

/**
 * jp_record_table_get_select:
 * @kind: a kind
 *
 * Returns: (transfer none): `SELECT … FROM <table>`, whose rows jp_record_table_read() reads; the
 *   caller appends a constant WHERE
 */
const char *
jp_record_table_get_select (JpKind kind)
{
  return get_sql (kind)->select;
}

static gboolean
read_sealed (JpStatement   *row,
             int            column,
             const JpField *field,
             JpSealKey     *key,
             JpDraft       *draft,
             GError       **error)
{
  gsize         length_bytes = 0;
  gconstpointer sealed = jp_statement_get_blob (row, column, &length_bytes);
  g_autoptr (GBytes) plain =
    jp_seal_open (key, jp_kind_get_info (JP_FIELD_KIND (field->id))->name, jp_draft_get_id (draft),
                  field->name, sealed, length_bytes, error);

  if (plain == NULL)
    return FALSE;

  gsize            size = 0;
  const char      *bytes = g_bytes_get_data (plain, &size);
  g_autofree char *text = g_strndup (bytes, size);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "sealed \"%s\" is not text",
                   field->name);
      return FALSE;
    }
  if (jp_field_is_text (field))
    jp_draft_set_text (draft, field->id, text);
  else
    jp_draft_set_integer (draft, field->id, g_ascii_strtoll (text, NULL, 10));
  return TRUE;
}

static gboolean
read_field (JpStatement   *row,
            int            column,
            const JpField *field,
            JpSealKey     *key,
            JpDraft       *draft,
            GError       **error)
{
  JpId id;

  if (jp_statement_is_null (row, column))
    return TRUE;
  if (field->flags & JP_FIELD_SEALED)
    return read_sealed (row, column, field, key, draft, error);

  if (jp_field_is_text (field))
    {
      const char *text = jp_statement_get_text (row, column);

      if (text == NULL || !g_utf8_validate (text, -1, NULL))
        {
          g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "\"%s\" is not text", field->name);
          return FALSE;
        }
      jp_draft_set_text (draft, field->id, text);
    }
  else if (field->type != JP_FIELD_REF)
    jp_draft_set_integer (draft, field->id, jp_statement_get_integer (row, column));
  else if (jp_statement_get_id (row, column, &id))
    jp_draft_set_ref (draft, field->id, &id);
  else
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "\"%s\" is not an id", field->name);
      return FALSE;
    }

  return TRUE;
}

/**
 * jp_record_table_read:
 * @row: a statement made from jp_record_table_get_select() that has a row
 * @kind: the kind
 * @key: the data key
 * @error: return location for a [error@Jp.DbError] or a [error@Jp.BaseError]
 *
 * Returns: (transfer full): the record, or %NULL with `JP_DB_ERROR_INVALID` or
 * `JP_BASE_ERROR_SEALED`
 */
JpRecord *
jp_record_table_read (JpStatement *row, JpKind kind, JpSealKey *key, GError **error)
{
  g_return_val_if_fail (row != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  const JpKindInfo *info = jp_kind_get_info (kind);
  JpId              id;
  JpRecordHead      head = { 0 };

  if (!jp_statement_get_id (row, COLUMN_ID, &id))
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "a row of %s has no id", info->name);
      return NULL;
    }

  g_autoptr (JpDraft) draft = jp_draft_new (kind, &id);

  head.rid = jp_statement_get_integer (row, COLUMN_RID);
  head.version = jp_statement_get_integer (row, COLUMN_VERSION);
  head.pending = (guint32)jp_statement_get_integer (row, COLUMN_PENDING);
  head.deleted = jp_statement_get_integer (row, COLUMN_DELETED) != 0;
  head.parked = jp_statement_get_integer (row, COLUMN_PARKED) != 0;
  head.created_at_us = jp_statement_get_integer (row, COLUMN_CREATED_AT);
  head.updated_at_us = jp_statement_get_integer (row, COLUMN_UPDATED_AT);
  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, jp_statement_get_text (row, COLUMN_CREATED_BY));
  jp_draft_set_extra (draft, jp_statement_get_text (row, COLUMN_EXTRA));

  for (guint i = 0; i < info->n_fields; i++)
    if (!read_field (row, COLUMN_FIRST_FIELD + (int)i, &info->fields[i], key, draft, error))
      {
        JpIdText text;

        g_prefix_error (error, "could not read %s %s: ", info->name, jp_id_to_text (&id, text));
        return NULL;
      }

  return jp_draft_end (g_steal_pointer (&draft));
}

static JpRecord *
read_one (JpStatement *statement, JpKind kind, JpSealKey *key, gboolean must_exist, GError **error)
{
  gboolean row = FALSE;

  if (!jp_statement_step (statement, &row, error))
    return NULL;
  if (row)
    return jp_record_table_read (statement, kind, key, error);
  if (must_exist)
    g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND, "no such %s",
                 jp_kind_get_info (kind)->name);
  return NULL;
}

/**
 * jp_record_table_get:
 * @db: a connection
 * @key: the data key
 * @kind: a kind
 * @id: an id
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: (transfer full): the record, or %NULL with `JP_DB_ERROR_NOT_FOUND`
 */
JpRecord *
jp_record_table_get (JpDb *db, JpSealKey *key, JpKind kind, const JpId *id, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, get_sql (kind)->by_id, error);

  if (statement == NULL)
    return NULL;
  jp_statement_bind_id (statement, ":id", id);
  return read_one (statement, kind, key, TRUE, error);
}

/**
 * jp_record_table_find:
 * @db: a connection
 * @key: the data key
 * @kind: a kind
 * @id: an id
 * @error: return location for a [error@Jp.DbError]
 *
 * As jp_record_table_get(), but a record that does not exist is no error.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with or without an error
 */
JpRecord *
jp_record_table_find (JpDb *db, JpSealKey *key, JpKind kind, const JpId *id, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, get_sql (kind)->by_id, error);

  if (statement == NULL)
    return NULL;
  jp_statement_bind_id (statement, ":id", id);
  return read_one (statement, kind, key, FALSE, error);
}

/**
 * jp_record_table_get_rid:
 * @db: a connection
 * @key: the data key
 * @kind: a kind
 * @rid: a row id
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: (transfer full): the record, or %NULL with `JP_DB_ERROR_NOT_FOUND`
 */
JpRecord *
jp_record_table_get_rid (JpDb *db, JpSealKey *key, JpKind kind, gint64 rid, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, get_sql (kind)->by_rid, error);

  if (statement == NULL)
    return NULL;
  jp_statement_bind_integer (statement, ":rid", rid);
  return read_one (statement, kind, key, TRUE, error);
}

/**
 * jp_record_table_get_stamp:
 * @db: a connection
 * @kind: a kind
 * @id: an id
 * @out_stamp: (out): the stamp; the school is none where there is no such row
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_record_table_get_stamp (JpDb       *db,
                           JpKind      kind,
                           const JpId *id,
                           JpRowStamp *out_stamp,
                           GError    **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, get_sql (kind)->stamp, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  *out_stamp = (JpRowStamp){ 0 };
  if (row)
    {
      jp_statement_get_id (statement, 0, &out_stamp->school);
      out_stamp->seq = jp_statement_get_integer (statement, 1);
    }
  return TRUE;
}

/**
 * jp_record_table_peek:
 * @db: a connection
 * @kind: a kind
 * @id: an id
 * @out_version: (out): the platform's version of the row, −1 where there is no such row
 * @out_pending: (out): mask of its merge units with unjudged edits
 * @error: return location for a [error@Jp.DbError]
 *
 * Tells about a row what a page of the feed has to know, without opening its sealed fields.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_record_table_peek (JpDb       *db,
                      JpKind      kind,
                      const JpId *id,
                      gint64     *out_version,
                      guint32    *out_pending,
                      GError    **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, get_sql (kind)->stamp, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  *out_version = row ? jp_statement_get_integer (statement, 2) : -1;
  *out_pending = row ? (guint32)jp_statement_get_integer (statement, 3) : 0;
  return TRUE;
}

/**
 * jp_record_table_set_parked:
 * @db: a connection with an open write transaction
 * @kind: a kind
 * @id: an id
 * @parked: whether constraints shall leave the row out
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether it worked
 */
gboolean
jp_record_table_set_parked (JpDb *db, JpKind kind, const JpId *id, gboolean parked, GError **error)
{
  g_autofree char *sql = g_strconcat ("UPDATE ", jp_kind_get_info (kind)->name,
                                      " SET parked = :parked WHERE id = :id", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":parked", parked ? 1 : 0);
  jp_statement_bind_id (statement, ":id", id);
  return jp_statement_run (statement, error);
}
