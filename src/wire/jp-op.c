/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-op.h"

#define NAME_MAX_BYTES 256

/* A record with the values of @from in @units and nothing else. */
static JpRecord *
take_units (JpRecord *from, guint32 units)
{
  g_autoptr (JpDraft) draft = jp_draft_new (jp_record_get_kind (from), jp_record_get_id (from));

  for (guint unit = 0; unit < 32; unit++)
    if (units >> unit & 1)
      jp_draft_copy_unit (draft, from, unit);

  return jp_draft_end (g_steal_pointer (&draft));
}

static guint32
used_units (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  guint32           units = 0;

  for (guint i = 0; i < info->n_fields; i++)
    if (jp_record_has (record, info->fields[i].id))
      units |= 1u << info->fields[i].merge;

  return units;
}

static JpOpDeletion
deletion_between (JpRecord *before, JpRecord *after)
{
  gboolean was = before != NULL && jp_record_get_head (before)->deleted;
  gboolean is = jp_record_get_head (after)->deleted;

  if (was == is)
    return JP_OP_KEEP;
  return is ? JP_OP_DELETE : JP_OP_RESTORE;
}

/**
 * jp_op_row_new:
 * @before: (nullable): the record as the user saw it; %NULL for a new one
 * @after: the record as the user left it
 *
 * Returns: (transfer full): the difference as a row of an operation
 */
JpOpRow *
jp_op_row_new (JpRecord *before, JpRecord *after)
{
  g_return_val_if_fail (after != NULL, NULL);
  g_return_val_if_fail (before == NULL ||
                          jp_id_equal (jp_record_get_id (before), jp_record_get_id (after)),
                        NULL);

  JpOpRow *self = g_new0 (JpOpRow, 1);

  self->kind = jp_record_get_kind (after);
  self->id = *jp_record_get_id (after);
  self->create = before == NULL;
  self->version = before != NULL ? jp_record_get_head (before)->version : 0;
  self->deletion = deletion_between (before, after);
  self->units = before != NULL ? jp_record_diff_units (before, after) : used_units (after);
  self->set = take_units (after, self->units);
  if (before != NULL)
    self->base = take_units (before, self->units);
  return self;
}

/**
 * jp_op_row_free:
 * @self: (nullable) (transfer full): a row
 */
void
jp_op_row_free (JpOpRow *self)
{
  if (self == NULL)
    return;

  jp_record_unref (self->base);
  jp_record_unref (self->set);
  g_free (self);
}

/**
 * jp_op_new:
 * @n: its number at the station, ≥ 1
 * @id: identity of the business event
 * @actor: the user
 * @at_us: when
 * @kind: what the user did
 *
 * Returns: (transfer full): an operation without rows
 */
JpOp *
jp_op_new (gint64 n, const JpId *id, const char *actor, gint64 at_us, const char *kind)
{
  g_return_val_if_fail (n > 0, NULL);
  g_return_val_if_fail (id != NULL && !jp_id_is_none (id), NULL);
  g_return_val_if_fail (actor != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  JpOp *self = g_new0 (JpOp, 1);

  self->n = n;
  self->id = *id;
  self->actor = g_strdup (actor);
  self->at_us = at_us;
  self->kind = g_strdup (kind);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_op_row_free);
  return self;
}

/**
 * jp_op_free:
 * @self: (nullable) (transfer full): an operation
 */
void
jp_op_free (JpOp *self)
{
  if (self == NULL)
    return;

  g_free (self->actor);
  g_free (self->kind);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
write_row (JsonBuilder *builder, const JpOpRow *row)
{
  JpIdText text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "t");
  json_builder_add_string_value (builder, jp_kind_get_info (row->kind)->name);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, jp_id_to_text (&row->id, text));
  json_builder_set_member_name (builder, "v");
  json_builder_add_int_value (builder, row->version);
  if (row->deletion != JP_OP_KEEP)
    {
      json_builder_set_member_name (builder, "del");
      json_builder_add_boolean_value (builder, row->deletion == JP_OP_DELETE);
    }
  if (row->base != NULL)
    {
      json_builder_set_member_name (builder, "base");
      jp_wire_record_write_fields (builder, row->base, row->units);
    }
  json_builder_set_member_name (builder, "set");
  jp_wire_record_write_fields (builder, row->set, row->units);
  json_builder_end_object (builder);
}

/**
 * jp_op_write:
 * @builder: a builder that expects a value
 * @self: an operation
 *
 * Writes the operation, its members in the order of the canonical form.
 */
void
jp_op_write (JsonBuilder *builder, JpOp *self)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (self != NULL);

  JpIdText text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "n");
  json_builder_add_int_value (builder, self->n);
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, jp_id_to_text (&self->id, text));
  json_builder_set_member_name (builder, "actor");
  json_builder_add_string_value (builder, self->actor);
  json_builder_set_member_name (builder, "at");
  json_builder_add_int_value (builder, self->at_us);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, self->kind);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    write_row (builder, g_ptr_array_index (self->rows, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * jp_op_to_bytes:
 * @self: an operation
 *
 * Returns: (transfer full): its canonical JSON: what is stored, hashed and sent
 */
GBytes *
jp_op_to_bytes (JpOp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  jp_op_write (builder, self);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

/* A value that this program has no place for is refused in words, not passed over in silence. */
static gboolean
knows_all (JsonObject *fields, JpKind kind, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL; l = l->next)
    if (jp_field_lookup (kind, l->data) == NULL)
      {
        g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_TOO_NEW, "no field \"%s\" of %s",
                     (const char *)l->data, jp_kind_get_info (kind)->name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
read_row_values (JsonObject *object, JpOpRow *row, GError **error)
{
  g_autoptr (JpDraft) set = jp_draft_new (row->kind, &row->id);
  JsonObject *fields = jp_json_get_object (object, "set", error);

  if (fields == NULL || !knows_all (fields, row->kind, error) ||
      !jp_wire_record_read_fields (fields, set, &row->units, error))
    return FALSE;
  row->set = jp_draft_end (g_steal_pointer (&set));

  row->create = !jp_json_has (object, "base");
  if (row->create)
    return TRUE;

  g_autoptr (JpDraft) base = jp_draft_new (row->kind, &row->id);

  fields = jp_json_get_object (object, "base", error);
  if (fields == NULL || !jp_wire_record_read_fields (fields, base, NULL, error))
    return FALSE;
  row->base = jp_draft_end (g_steal_pointer (&base));
  return TRUE;
}

static JpOpRow *
read_row (JsonObject *object, GError **error)
{
  g_autoptr (JpOpRow) row = g_new0 (JpOpRow, 1);
  const char *name = NULL;
  const char *id_text = NULL;
  gboolean    del = FALSE;

  if (!jp_json_get_text (object, "t", NAME_MAX_BYTES, &name, error) ||
      !jp_json_get_text (object, "id", NAME_MAX_BYTES, &id_text, error) ||
      !jp_id_parse (id_text, &row->id, error) ||
      !jp_json_get_integer (object, "v", 0, JP_JSON_INTEGER_MAX, &row->version, error))
    return NULL;

  const JpKindInfo *info = jp_kind_lookup (name);

  if (info == NULL || jp_id_is_none (&row->id))
    {
      g_set_error (error, JP_WIRE_ERROR,
                   info == NULL ? JP_WIRE_ERROR_TOO_NEW : JP_WIRE_ERROR_INVALID,
                   "no kind of record \"%s\", or no id", name);
      return NULL;
    }
  row->kind = info->kind;

  if (jp_json_has (object, "del"))
    {
      if (!jp_json_get_boolean (object, "del", &del, error))
        return NULL;
      row->deletion = del ? JP_OP_DELETE : JP_OP_RESTORE;
    }
  if (!read_row_values (object, row, error))
    return NULL;

  return g_steal_pointer (&row);
}

static JpOp *
read_head (JsonObject *object, GError **error)
{
  const char *id_text = NULL;
  const char *actor = NULL;
  const char *kind = NULL;
  gint64      n = 0;
  gint64      at_us = 0;
  JpId        id;

  if (!jp_json_get_integer (object, "n", 1, JP_JSON_INTEGER_MAX, &n, error) ||
      !jp_json_get_text (object, "op", NAME_MAX_BYTES, &id_text, error) ||
      !jp_id_parse (id_text, &id, error) ||
      !jp_json_get_text (object, "actor", NAME_MAX_BYTES, &actor, error) ||
      !jp_json_get_integer (object, "at", 0, JP_JSON_INTEGER_MAX, &at_us, error) ||
      !jp_json_get_text (object, "kind", NAME_MAX_BYTES, &kind, error))
    return NULL;
  if (jp_id_is_none (&id))
    {
      g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "an operation has no id");
      return NULL;
    }

  return jp_op_new (n, &id, actor, at_us, kind);
}

/**
 * jp_op_from_object:
 * @object: an operation in JSON
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the operation, or %NULL with an error
 */
JpOp *
jp_op_from_object (JsonObject *object, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);

  g_autoptr (JpOp) self = read_head (object, error);
  JsonArray *rows = self != NULL ? jp_json_get_array (object, "rows", JP_OP_MAX_ROWS, error) : NULL;

  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *element = jp_json_element_object (rows, i, error);
      JpOpRow    *row = element != NULL ? read_row (element, error) : NULL;

      if (row == NULL)
        {
          g_prefix_error (error, "row %u: ", i);
          return NULL;
        }
      g_ptr_array_add (self->rows, row);
    }

  return g_steal_pointer (&self);
}

/**
 * jp_op_from_bytes:
 * @bytes: the JSON of an operation
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the operation, or %NULL with an error
 */
JpOp *
jp_op_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_OP_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  return object != NULL ? jp_op_from_object (object, error) : NULL;
}
