/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-table.h"

#include "jp-cursor.h"
#include "jp-json-reader.h"
#include "jp-json-writer.h"

#define FIELD_PREFIX   "f."
#define NAME_MAX_BYTES 256
#define MAX_COLUMNS    256
#define MAX_ROWS_READ  (2 * JP_PAGE_TABLE_MAX_ROWS)

/* What stands in a column. */
typedef enum {
  COLUMN_ID,
  COLUMN_VERSION,
  COLUMN_DELETED,
  COLUMN_PARKED,
  COLUMN_BY,
  COLUMN_CREATED,
  COLUMN_UPDATED,
  COLUMN_EXTRA,
  COLUMN_FIELD,   /* a field of the kind */
  COLUMN_UNKNOWN, /* a field that this program does not know: kept */
  COLUMN_OTHER,   /* something beside the fields that this program does not know: passed over */
} ColumnType;

static const char *const head_names[] = {
  [COLUMN_ID] = "id",           [COLUMN_VERSION] = "v", [COLUMN_DELETED] = "deleted",
  [COLUMN_PARKED] = "parked",   [COLUMN_BY] = "by",     [COLUMN_CREATED] = "created",
  [COLUMN_UPDATED] = "updated", [COLUMN_EXTRA] = "x",
};

typedef struct
{
  ColumnType     type;
  const JpField *field; /* (borrowed) (nullable): of COLUMN_FIELD */
  char          *name;  /* (owned) (nullable): of COLUMN_UNKNOWN */
} Column;

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->name);
}

struct _JpPageRows
{
  JpJsonReader *reader;     /* (owned) */
  gsize         columns_at; /* where the two large members begin; 0 = they are not there */
  gsize         rows_at;
};

static void
page_rows_free (JpPageRows *rows)
{
  jp_json_reader_free (rows->reader);
  g_free (rows);
}

/**
 * jp_page_table_new:
 * @kind: kind of the rows
 *
 * Returns: (transfer full): an empty page without a cursor
 */
JpPageTable *
jp_page_table_new (JpKind kind)
{
  JpPageTable *self = g_new0 (JpPageTable, 1);

  self->kind = kind;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  return self;
}

/**
 * jp_page_table_free:
 * @self: (nullable) (transfer full): a page
 */
void
jp_page_table_free (JpPageTable *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->unread, page_rows_free);
  g_free (self->cursor);
  g_ptr_array_unref (self->records);
  g_free (self);
}

/* --- writing --- */

static guint64
find_used_fields (JpPageTable *self, gboolean *out_extra)
{
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  guint64           used = 0;

  *out_extra = FALSE;
  for (guint r = 0; r < self->records->len; r++)
    {
      JpRecord *record = g_ptr_array_index (self->records, r);

      g_assert (jp_record_get_kind (record) == self->kind);
      *out_extra = *out_extra || jp_record_get_extra (record) != NULL;
      for (guint i = 0; i < info->n_fields; i++)
        if (jp_record_has (record, info->fields[i].id))
          used |= G_GUINT64_CONSTANT (1) << i;
    }

  return used;
}

static void
write_columns (JpJsonWriter *writer, const JpKindInfo *info, guint64 used, gboolean extra)
{
  jp_json_writer_name (writer, "cols");
  jp_json_writer_begin_array (writer);
  for (guint i = 0; i < G_N_ELEMENTS (head_names); i++)
    if (i != COLUMN_EXTRA || extra)
      jp_json_writer_add_text (writer, head_names[i]);
  for (guint i = 0; i < info->n_fields; i++)
    if (used >> i & 1)
      {
        g_autofree char *name = g_strconcat (FIELD_PREFIX, info->fields[i].name, NULL);

        jp_json_writer_add_text (writer, name);
      }
  jp_json_writer_end_array (writer);
}

static void
write_extra (JpJsonWriter *writer, JpRecord *record)
{
  const char *extra = jp_record_get_extra (record);
  g_autoptr (JsonNode) node = extra != NULL ? jp_json_parse_text (extra, NULL) : NULL;

  /* ignored: an extra that is no JSON cannot have come from the platform */
  if (node != NULL)
    jp_json_writer_add_node (writer, node);
  else
    jp_json_writer_add (writer, &(JpJsonScalar){ .type = JP_JSON_NULL });
}

static void
write_row (JpJsonWriter *writer, JpRecord *record, guint64 used, gboolean extra)
{
  const JpKindInfo   *info = jp_record_get_info (record);
  const JpRecordHead *head = jp_record_get_head (record);
  const char         *by = jp_record_get_created_by (record);
  JpIdText            text;

  jp_json_writer_begin_array (writer);
  jp_json_writer_add_text (writer, jp_id_to_text (jp_record_get_id (record), text));
  jp_json_writer_add_integer (writer, head->version);
  jp_json_writer_add_boolean (writer, head->deleted);
  jp_json_writer_add_boolean (writer, head->parked);
  jp_json_writer_add_text (writer, by != NULL ? by : "");
  jp_json_writer_add_integer (writer, head->created_at_us);
  jp_json_writer_add_integer (writer, head->updated_at_us);
  if (extra)
    write_extra (writer, record);
  for (guint i = 0; i < info->n_fields; i++)
    if (used >> i & 1)
      {
        const JpJsonScalar scalar = jp_wire_record_get_scalar (record, &info->fields[i], text);

        jp_json_writer_add (writer, &scalar);
      }
  jp_json_writer_end_array (writer);
}

/**
 * jp_page_table_to_bytes:
 * @self: a page with a cursor
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
jp_page_table_to_bytes (JpPageTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->cursor != NULL, NULL);

  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  gboolean          extra = FALSE;
  guint64           used = find_used_fields (self, &extra);

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "t");
  jp_json_writer_add_text (writer, info->name);
  write_columns (writer, info, used, extra);
  jp_json_writer_name (writer, "rows");
  jp_json_writer_begin_array (writer);
  for (guint i = 0; i < self->records->len; i++)
    write_row (writer, g_ptr_array_index (self->records, i), used, extra);
  jp_json_writer_end_array (writer);
  jp_json_writer_name (writer, "next");
  jp_json_writer_add_integer (writer, self->next);
  jp_json_writer_name (writer, "cursor");
  jp_json_writer_add_text (writer, self->cursor);
  jp_json_writer_end_object (writer);
  return jp_json_writer_end (writer);
}

/* --- reading --- */

static Column
column_from_name (const JpKindInfo *info, const char *name)
{
  if (g_str_has_prefix (name, FIELD_PREFIX))
    {
      const char    *field_name = name + strlen (FIELD_PREFIX);
      const JpField *field = jp_field_lookup (info->kind, field_name);

      return field != NULL ? (Column){ COLUMN_FIELD, field, NULL }
                           : (Column){ COLUMN_UNKNOWN, NULL, g_strdup (field_name) };
    }

  for (guint i = 0; i < G_N_ELEMENTS (head_names); i++)
    if (strcmp (head_names[i], name) == 0)
      return (Column){ (ColumnType)i, NULL, NULL };

  return (Column){ COLUMN_OTHER, NULL, NULL };
}

static gboolean
check_columns (GArray *columns, GError **error)
{
  guint64 fields = 0;
  guint   heads[G_N_ELEMENTS (head_names)] = { 0 };

  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      guint64       bit = 0;

      if (column->type == COLUMN_FIELD)
        bit = G_GUINT64_CONSTANT (1) << JP_FIELD_INDEX (column->field->id);
      if ((fields & bit) || (column->type <= COLUMN_EXTRA && heads[column->type]++ > 0))
        {
          g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID,
                               "a column occurs twice");
          return FALSE;
        }
      fields |= bit;
    }

  for (guint i = 0; i < COLUMN_EXTRA; i++)
    if (heads[i] == 0)
      {
        g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "no column \"%s\"",
                     head_names[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_columns (JpJsonReader *reader, const JpKindInfo *info, GArray *columns, GError **error)
{
  if (!jp_json_reader_enter (reader, JP_JSON_ARRAY, error))
    return FALSE;

  while (jp_json_reader_next_element (reader))
    {
      const JpJsonScalar scalar = jp_json_reader_read (reader);
      const char        *name = NULL;

      if (!jp_json_scalar_as_text (&scalar, NAME_MAX_BYTES, &name, error))
        return FALSE;
      if (columns->len == MAX_COLUMNS)
        {
          g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "more than %d columns",
                       MAX_COLUMNS);
          return FALSE;
        }

      const Column column = column_from_name (info, name);

      g_array_append_val (columns, column);
    }

  return check_columns (columns, error);
}

/* What one row is made of while it is read. */
typedef struct
{
  JpDraft     *draft; /* (owned) (nullable): once the id is known */
  JpRecordHead head;
  JsonObject  *extra; /* (owned) (nullable) */
} Row;

static void
row_clear (Row *row)
{
  g_clear_pointer (&row->draft, jp_draft_free);
  g_clear_pointer (&row->extra, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

/* Takes the value. */
static void
keep (Row *row, const char *name, JsonNode *node)
{
  g_autoptr (JsonNode) value = node;

  if (JSON_NODE_HOLDS_NULL (value))
    return;
  if (row->extra == NULL)
    row->extra = json_object_new ();
  json_object_set_member (row->extra, name, g_steal_pointer (&value));
}

static gboolean
keep_all (Row *row, JpJsonReader *reader, GError **error)
{
  g_autoptr (JsonNode) node = jp_json_reader_read_node (reader);

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  JsonObject *object = jp_json_as_object (node, error);

  if (object == NULL)
    return FALSE;

  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    keep (row, l->data, json_object_dup_member (object, l->data));
  return TRUE;
}

static gboolean
read_actor (Row *row, const JpJsonScalar *scalar, GError **error)
{
  const char *by = NULL;

  if (!jp_json_scalar_as_text (scalar, NAME_MAX_BYTES, &by, error))
    return FALSE;
  jp_draft_set_created_by (row->draft, *by != '\0' ? by : NULL);
  return TRUE;
}

static gboolean
read_head (Row *row, ColumnType type, const JpJsonScalar *scalar, GError **error)
{
  JpRecordHead *head = &row->head;

  switch ((int)type)
    {
    case COLUMN_VERSION:
      return jp_json_scalar_as_integer (scalar, 0, JP_JSON_INTEGER_MAX, &head->version, error);
    case COLUMN_DELETED:
      return jp_json_scalar_as_boolean (scalar, &head->deleted, error);
    case COLUMN_PARKED:
      return jp_json_scalar_as_boolean (scalar, &head->parked, error);
    case COLUMN_BY:
      return read_actor (row, scalar, error);
    case COLUMN_CREATED:
      return jp_json_scalar_as_integer (scalar, 0, JP_JSON_INTEGER_MAX, &head->created_at_us,
                                        error);
    case COLUMN_UPDATED:
      return jp_json_scalar_as_integer (scalar, 0, JP_JSON_INTEGER_MAX, &head->updated_at_us,
                                        error);
    default: /* the id has been read, and the rest is passed over */
      return TRUE;
    }
}

static gboolean
read_cell (Row              *row,
           const JpKindInfo *info,
           const Column     *column,
           JpJsonReader     *reader,
           GError          **error)
{
  if (column->type == COLUMN_EXTRA)
    return keep_all (row, reader, error);
  if (column->type == COLUMN_UNKNOWN)
    {
      keep (row, column->name, jp_json_reader_read_node (reader));
      return TRUE;
    }

  const JpJsonScalar scalar = jp_json_reader_read (reader);

  if (column->type == COLUMN_FIELD)
    return jp_wire_record_set_scalar (&scalar, column->field, row->draft, error);
  return read_head (row, column->type, &scalar, error);
}

/* The row's id, wherever its column is; the reader stays before the first cell. */
static gboolean
begin_row (Row *row, JpKind kind, JpJsonReader *reader, guint id_at, GError **error)
{
  gsize        first = jp_json_reader_tell (reader);
  JpJsonScalar scalar = { .type = JP_JSON_NULL };
  const char  *text = NULL;
  JpId         id;

  for (guint i = 0; i <= id_at && jp_json_reader_next_element (reader); i++)
    scalar = jp_json_reader_read (reader);
  if (!jp_json_scalar_as_text (&scalar, JP_ID_TEXT_LENGTH, &text, error) ||
      !jp_id_parse (text, &id, error))
    return FALSE;

  row->draft = jp_draft_new (kind, &id);
  jp_json_reader_seek (reader, first);
  return TRUE;
}

static JpRecord *
end_row (Row *row)
{
  jp_draft_set_head (row->draft, &row->head);
  if (row->extra == NULL)
    return jp_draft_end (g_steal_pointer (&row->draft));

  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, row->extra);

  g_autofree char *text = jp_json_to_text (node);

  jp_draft_set_extra (row->draft, text);

  g_autoptr (JpRecord) record = jp_draft_end (g_steal_pointer (&row->draft));

  return jp_wire_record_adopt_extra (record);
}

static gboolean
fail_cells (guint n_cells, guint n_columns, GError **error)
{
  g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "%u cells or more under %u columns",
               n_cells, n_columns);
  return FALSE;
}

static gboolean
read_cells (Row *row, const JpKindInfo *info, GArray *columns, JpJsonReader *reader, GError **error)
{
  guint n_cells = 0;

  for (; jp_json_reader_next_element (reader); n_cells++)
    {
      if (n_cells == columns->len)
        return fail_cells (n_cells + 1, columns->len, error);
      if (!read_cell (row, info, &g_array_index (columns, Column, n_cells), reader, error))
        {
          g_prefix_error (error, "column %u: ", n_cells);
          return FALSE;
        }
    }
  return n_cells == columns->len || fail_cells (n_cells, columns->len, error);
}

static JpRecord *
read_row (JpJsonReader     *reader,
          const JpKindInfo *info,
          GArray           *columns,
          guint             id_at,
          GError          **error)
{
  g_auto (Row) row = { 0 };

  if (!jp_json_reader_enter (reader, JP_JSON_ARRAY, error) ||
      !begin_row (&row, info->kind, reader, id_at, error) ||
      !read_cells (&row, info, columns, reader, error))
    return NULL;
  return end_row (&row);
}

static gboolean
read_rows (JpJsonReader *reader, GArray *columns, JpPageTable *self, GError **error)
{
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  guint             id_at = 0;

  while (g_array_index (columns, Column, id_at).type != COLUMN_ID)
    id_at++;
  if (!jp_json_reader_enter (reader, JP_JSON_ARRAY, error))
    return FALSE;

  while (jp_json_reader_next_element (reader))
    {
      guint     n_rows = self->records->len;
      JpRecord *record =
        n_rows < MAX_ROWS_READ ? read_row (reader, info, columns, id_at, error) : NULL;

      if (n_rows == MAX_ROWS_READ)
        g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "more than %d rows",
                     MAX_ROWS_READ);
      if (record == NULL)
        {
          g_prefix_error (error, "row %u: ", n_rows);
          return FALSE;
        }
      g_ptr_array_add (self->records, record);
    }

  return TRUE;
}

/* The members may come in any order, and the rows mean nothing without the columns and the kind. */
static gboolean
read_members (JpPageTable *self, GError **error)
{
  JpPageRows   *rows = self->unread;
  JpJsonReader *reader = rows->reader;
  const char   *name = NULL;
  const char   *text = NULL;
  guint         n_found = 0;

  if (!jp_json_reader_enter (reader, JP_JSON_OBJECT, error))
    return FALSE;

  while (jp_json_reader_next_member (reader, &name))
    {
      gboolean is_table = strcmp (name, "t") == 0;
      gboolean is_cursor = strcmp (name, "cursor") == 0;
      gboolean is_next = strcmp (name, "next") == 0;

      if (strcmp (name, "cols") == 0)
        rows->columns_at = jp_json_reader_tell (reader);
      else if (strcmp (name, "rows") == 0)
        rows->rows_at = jp_json_reader_tell (reader);

      const JpJsonScalar value = jp_json_reader_read (reader);

      if ((is_table && !jp_json_scalar_as_text (&value, NAME_MAX_BYTES, &text, error)) ||
          (is_cursor && !jp_json_scalar_as_text (&value, JP_CURSOR_MAX_BYTES, &text, error)) ||
          (is_next &&
           !jp_json_scalar_as_integer (&value, 0, JP_JSON_INTEGER_MAX, &self->next, error)))
        return FALSE;
      if (is_table && jp_kind_lookup (text) != NULL)
        self->kind = jp_kind_lookup (text)->kind;
      if (is_cursor)
        self->cursor = g_strdup (text);
      n_found += is_table + is_cursor + is_next;
    }

  if (n_found < 3)
    g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID,
                         "a page without its table, its cursor or its next");
  return n_found == 3;
}

/**
 * jp_page_table_open:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Checks a page and reads what stands beside its rows: from then on it is known where the next page
 * begins. A page of a kind that this program does not know has no rows.
 *
 * Returns: (transfer full): the page without its rows, or %NULL with an error
 */
JpPageTable *
jp_page_table_open (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JpJsonReader) reader = jp_json_reader_new (bytes, JP_JSON_MAX_BYTES, error);
  g_autoptr (JpPageTable) self = jp_page_table_new (JP_KIND_NONE);

  if (reader == NULL)
    return NULL;
  self->unread = g_new0 (JpPageRows, 1);
  self->unread->reader = g_steal_pointer (&reader);
  if (!read_members (self, error))
    return NULL;
  if (self->kind == JP_KIND_NONE)
    g_clear_pointer (&self->unread, page_rows_free);
  else if (self->unread->columns_at == 0 || self->unread->rows_at == 0)
    {
      g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID,
                           "a page without columns or rows");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * jp_page_table_read:
 * @self: a page that jp_page_table_open() has opened
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Reads the rows. Fields that this program does not know are kept in the records' extra. No tree is
 * made of the page: that would take longer than all the rest. Any thread; others may look at what
 * stands beside the rows meanwhile.
 *
 * Returns: whether they are records
 */
gboolean
jp_page_table_read (JpPageTable *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  JpPageRows *rows = self->unread;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));

  if (rows == NULL)
    return TRUE;

  g_array_set_clear_func (columns, column_clear);
  jp_json_reader_seek (rows->reader, rows->columns_at);
  if (!read_columns (rows->reader, jp_kind_get_info (self->kind), columns, error))
    return FALSE;
  jp_json_reader_seek (rows->reader, rows->rows_at);
  if (!read_rows (rows->reader, columns, self, error))
    return FALSE;

  g_clear_pointer (&self->unread, page_rows_free);
  return TRUE;
}

/**
 * jp_page_table_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Opens a page and reads its rows.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageTable *
jp_page_table_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JpPageTable) self = jp_page_table_open (bytes, error);

  return self != NULL && jp_page_table_read (self, error) ? g_steal_pointer (&self) : NULL;
}
