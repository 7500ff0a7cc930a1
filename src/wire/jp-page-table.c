/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-table.h"

#include "jp-cursor.h"

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
  const char    *name;  /* (borrowed) (nullable): of COLUMN_UNKNOWN */
} Column;

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
write_columns (JsonBuilder *builder, const JpKindInfo *info, guint64 used, gboolean extra)
{
  json_builder_set_member_name (builder, "cols");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (head_names); i++)
    if (i != COLUMN_EXTRA || extra)
      json_builder_add_string_value (builder, head_names[i]);
  for (guint i = 0; i < info->n_fields; i++)
    if (used >> i & 1)
      {
        g_autofree char *name = g_strconcat (FIELD_PREFIX, info->fields[i].name, NULL);

        json_builder_add_string_value (builder, name);
      }
  json_builder_end_array (builder);
}

static void
write_extra (JsonBuilder *builder, JpRecord *record)
{
  const char *extra = jp_record_get_extra (record);
  g_autoptr (JsonNode) node = extra != NULL ? jp_json_parse_text (extra, NULL) : NULL;

  /* ignored: an extra that is no JSON cannot have come from the platform */
  if (node != NULL)
    json_builder_add_value (builder, g_steal_pointer (&node));
  else
    json_builder_add_null_value (builder);
}

static void
write_row (JsonBuilder *builder, JpRecord *record, guint64 used, gboolean extra)
{
  const JpKindInfo   *info = jp_record_get_info (record);
  const JpRecordHead *head = jp_record_get_head (record);
  const char         *by = jp_record_get_created_by (record);
  JpIdText            text;

  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, jp_id_to_text (jp_record_get_id (record), text));
  json_builder_add_int_value (builder, head->version);
  json_builder_add_boolean_value (builder, head->deleted);
  json_builder_add_boolean_value (builder, head->parked);
  json_builder_add_string_value (builder, by != NULL ? by : "");
  json_builder_add_int_value (builder, head->created_at_us);
  json_builder_add_int_value (builder, head->updated_at_us);
  if (extra)
    write_extra (builder, record);
  for (guint i = 0; i < info->n_fields; i++)
    if (used >> i & 1)
      jp_wire_record_write_value (builder, record, &info->fields[i]);
  json_builder_end_array (builder);
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

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  gboolean          extra = FALSE;
  guint64           used = find_used_fields (self, &extra);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "t");
  json_builder_add_string_value (builder, info->name);
  write_columns (builder, info, used, extra);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->records->len; i++)
    write_row (builder, g_ptr_array_index (self->records, i), used, extra);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "next");
  json_builder_add_int_value (builder, self->next);
  json_builder_set_member_name (builder, "cursor");
  json_builder_add_string_value (builder, self->cursor);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

/* --- reading --- */

static Column
column_from_name (const JpKindInfo *info, const char *name)
{
  if (g_str_has_prefix (name, FIELD_PREFIX))
    {
      const char    *field_name = name + strlen (FIELD_PREFIX);
      const JpField *field = jp_field_lookup (info->kind, field_name);

      return (Column){ field != NULL ? COLUMN_FIELD : COLUMN_UNKNOWN, field, field_name };
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

static GArray *
read_columns (JsonObject *object, const JpKindInfo *info, GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));
  JsonArray *names = jp_json_get_array (object, "cols", MAX_COLUMNS, error);

  if (names == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *name = NULL;

      if (!jp_json_as_text (json_array_get_element (names, i), NAME_MAX_BYTES, &name, error))
        return NULL;

      const Column column = column_from_name (info, name);

      g_array_append_val (columns, column);
    }

  return check_columns (columns, error) ? g_steal_pointer (&columns) : NULL;
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

static void
keep (Row *row, const char *name, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return;
  if (row->extra == NULL)
    row->extra = json_object_new ();
  json_object_set_member (row->extra, name, json_node_copy (node));
}

static gboolean
keep_all (Row *row, const JpKindInfo *info, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  JsonObject *object = jp_json_as_object (node, error);

  if (object == NULL)
    return FALSE;

  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (jp_field_lookup (info->kind, l->data) == NULL)
      keep (row, l->data, json_object_get_member (object, l->data));
  return TRUE;
}

static gboolean
read_actor (Row *row, JsonNode *node, GError **error)
{
  const char *by = NULL;

  if (!jp_json_as_text (node, NAME_MAX_BYTES, &by, error))
    return FALSE;
  jp_draft_set_created_by (row->draft, *by != '\0' ? by : NULL);
  return TRUE;
}

static gboolean
read_cell (Row *row, const JpKindInfo *info, const Column *column, JsonNode *node, GError **error)
{
  switch (column->type)
    {
    case COLUMN_VERSION:
      return jp_json_as_integer (node, 0, JP_JSON_INTEGER_MAX, &row->head.version, error);
    case COLUMN_DELETED:
      return jp_json_as_boolean (node, &row->head.deleted, error);
    case COLUMN_PARKED:
      return jp_json_as_boolean (node, &row->head.parked, error);
    case COLUMN_BY:
      return read_actor (row, node, error);
    case COLUMN_CREATED:
      return jp_json_as_integer (node, 0, JP_JSON_INTEGER_MAX, &row->head.created_at_us, error);
    case COLUMN_UPDATED:
      return jp_json_as_integer (node, 0, JP_JSON_INTEGER_MAX, &row->head.updated_at_us, error);
    case COLUMN_EXTRA:
      return keep_all (row, info, node, error);
    case COLUMN_FIELD:
      return jp_wire_record_read_value (node, column->field, row->draft, error);
    case COLUMN_UNKNOWN:
      keep (row, column->name, node);
      return TRUE;
    case COLUMN_ID:
    case COLUMN_OTHER:
    default:
      return TRUE;
    }
}

static gboolean
begin_row (Row *row, JpKind kind, JsonNode *node, GError **error)
{
  const char *text = NULL;
  JpId        id;

  if (!jp_json_as_text (node, JP_ID_TEXT_LENGTH, &text, error) || !jp_id_parse (text, &id, error))
    return FALSE;
  row->draft = jp_draft_new (kind, &id);
  return TRUE;
}

static JpRecord *
end_row (Row *row)
{
  jp_draft_set_head (row->draft, &row->head);
  if (row->extra != NULL)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, row->extra);

      g_autofree char *text = jp_json_to_text (node);

      jp_draft_set_extra (row->draft, text);
    }
  return jp_draft_end (g_steal_pointer (&row->draft));
}

static JpRecord *
read_row (JsonArray *cells, const JpKindInfo *info, GArray *columns, guint id_at, GError **error)
{
  g_auto (Row) row = { 0 };

  if (json_array_get_length (cells) != columns->len)
    {
      g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "%u cells under %u columns",
                   json_array_get_length (cells), columns->len);
      return NULL;
    }
  if (!begin_row (&row, info->kind, json_array_get_element (cells, id_at), error))
    return NULL;

  for (guint i = 0; i < columns->len; i++)
    if (!read_cell (&row, info, &g_array_index (columns, Column, i),
                    json_array_get_element (cells, i), error))
      {
        g_prefix_error (error, "column %u: ", i);
        return NULL;
      }

  return end_row (&row);
}

static gboolean
read_rows (JsonObject *object, JpPageTable *self, GError **error)
{
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  g_autoptr (GArray) columns = read_columns (object, info, error);
  JsonArray *rows =
    columns != NULL ? jp_json_get_array (object, "rows", MAX_ROWS_READ, error) : NULL;
  guint id_at = 0;

  if (rows == NULL)
    return FALSE;
  while (g_array_index (columns, Column, id_at).type != COLUMN_ID)
    id_at++;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonArray *cells = jp_json_element_array (rows, i, error);
      JpRecord  *record = cells != NULL ? read_row (cells, info, columns, id_at, error) : NULL;

      if (record == NULL)
        {
          g_prefix_error (error, "row %u: ", i);
          return FALSE;
        }
      g_ptr_array_add (self->records, record);
    }

  return TRUE;
}

/**
 * jp_page_table_from_bytes:
 * @bytes: the body of an answer
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * A page of a kind that this program does not know is read as an empty one. Fields that it does not
 * know are kept in the records' extra.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
JpPageTable *
jp_page_table_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  g_autoptr (JpPageTable) self = jp_page_table_new (JP_KIND_NONE);
  const char *name = NULL;
  const char *cursor = NULL;

  if (object == NULL || !jp_json_get_text (object, "t", NAME_MAX_BYTES, &name, error) ||
      !jp_json_get_integer (object, "next", 0, JP_JSON_INTEGER_MAX, &self->next, error) ||
      !jp_json_get_text (object, "cursor", JP_CURSOR_MAX_BYTES, &cursor, error))
    return NULL;

  const JpKindInfo *info = jp_kind_lookup (name);

  self->cursor = g_strdup (cursor);
  self->kind = info != NULL ? info->kind : JP_KIND_NONE;
  if (info != NULL && !read_rows (object, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
