/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-wire-record.h"

#define TEXT_MAX_BYTES  JP_JSON_MAX_STRING_BYTES
#define ACTOR_MAX_BYTES 256

/* "2026-11-24". */
static const char *
date_to_text (JpDate date, JpIdText text)
{
  g_autofree char *iso = jp_date_to_iso (date);

  g_strlcpy (text, iso, sizeof (JpIdText));
  return text;
}

/**
 * jp_wire_record_get_scalar:
 * @record: a record
 * @field: a field of its kind
 * @buffer: (out caller-allocates): where the texts of dates and references are made
 *
 * Returns: the value as it travels, null where there is none; its text lives as long as the record
 *   and @buffer
 */
JpJsonScalar
jp_wire_record_get_scalar (JpRecord *record, const JpField *field, JpIdText buffer)
{
  g_return_val_if_fail (record != NULL, ((JpJsonScalar){ .type = JP_JSON_NULL }));
  g_return_val_if_fail (field != NULL, ((JpJsonScalar){ .type = JP_JSON_NULL }));

  JpJsonScalar scalar = { .type = JP_JSON_TEXT };

  if (!jp_record_has (record, field->id))
    return (JpJsonScalar){ .type = JP_JSON_NULL };

  switch (field->type)
    {
    case JP_FIELD_TEXT:
    case JP_FIELD_CODE:
      scalar.text = jp_record_get_text (record, field->id);
      break;
    case JP_FIELD_DATE:
      scalar.text = date_to_text (jp_record_get_date (record, field->id), buffer);
      break;
    case JP_FIELD_REF:
      scalar.text = jp_id_to_text (jp_record_get_ref (record, field->id), buffer);
      break;
    case JP_FIELD_BOOLEAN:
      scalar.type = JP_JSON_BOOLEAN;
      scalar.integer = jp_record_get_integer (record, field->id) != 0;
      break;
    case JP_FIELD_INTEGER:
    case JP_FIELD_INSTANT:
    default:
      scalar.type = JP_JSON_INTEGER;
      scalar.integer = jp_record_get_integer (record, field->id);
      break;
    }
  return scalar;
}

/**
 * jp_wire_record_write_value:
 * @builder: a builder that expects a value
 * @record: a record
 * @field: a field of its kind
 *
 * Writes one value, null where there is none.
 */
void
jp_wire_record_write_value (JsonBuilder *builder, JpRecord *record, const JpField *field)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));

  JpIdText           buffer;
  const JpJsonScalar scalar = jp_wire_record_get_scalar (record, field, buffer);

  json_builder_add_value (builder, jp_json_scalar_to_node (&scalar));
}

/**
 * jp_wire_record_write_fields:
 * @builder: a builder that expects a value
 * @record: a record
 * @units: mask of the merge units to write
 *
 * Writes an object with the fields of the units, null for those without a value.
 */
void
jp_wire_record_write_fields (JsonBuilder *builder, JpRecord *record, guint32 units)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (record != NULL);

  const JpKindInfo *info = jp_record_get_info (record);

  json_builder_begin_object (builder);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (!(units >> field->merge & 1))
        continue;
      json_builder_set_member_name (builder, field->name);
      jp_wire_record_write_value (builder, record, field);
    }
  json_builder_end_object (builder);
}

/**
 * jp_wire_record_fields_to_text:
 * @record: a record
 * @units: mask of the merge units to write
 *
 * Returns: (transfer full): the fields of the units as JSON text: what a conflict stores
 */
char *
jp_wire_record_fields_to_text (JpRecord *record, guint32 units)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  jp_wire_record_write_fields (builder, record, units);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_text (root);
}

static void
write_fields (JpJsonWriter *writer, JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  JpIdText          buffer;

  jp_json_writer_begin_object (writer);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpJsonScalar scalar = jp_wire_record_get_scalar (record, &info->fields[i], buffer);

      jp_json_writer_name (writer, info->fields[i].name);
      jp_json_writer_add (writer, &scalar);
    }
  jp_json_writer_end_object (writer);
}

static void
write_extra (JpJsonWriter *writer, JpRecord *record)
{
  const char *extra = jp_record_get_extra (record);
  g_autoptr (JsonNode) node = extra != NULL ? jp_json_parse_text (extra, NULL) : NULL;

  /* ignored: an extra that is no JSON cannot have come from the platform */
  if (node == NULL)
    return;
  jp_json_writer_name (writer, "x");
  jp_json_writer_add_node (writer, node);
}

/**
 * jp_wire_record_write:
 * @writer: a writer that expects a value
 * @record: a record
 *
 * Writes the whole state of a record.
 */
void
jp_wire_record_write (JpJsonWriter *writer, JpRecord *record)
{
  g_return_if_fail (writer != NULL);
  g_return_if_fail (record != NULL);

  const JpRecordHead *head = jp_record_get_head (record);
  JpIdText            text;

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "t");
  jp_json_writer_add_text (writer, jp_record_get_info (record)->name);
  jp_json_writer_name (writer, "id");
  jp_json_writer_add_text (writer, jp_id_to_text (jp_record_get_id (record), text));
  jp_json_writer_name (writer, "v");
  jp_json_writer_add_integer (writer, head->version);
  jp_json_writer_name (writer, "deleted");
  jp_json_writer_add_boolean (writer, head->deleted);
  jp_json_writer_name (writer, "parked");
  jp_json_writer_add_boolean (writer, head->parked);
  jp_json_writer_name (writer, "by");
  jp_json_writer_add_text (writer, jp_record_get_created_by (record) != NULL
                                     ? jp_record_get_created_by (record)
                                     : "");
  jp_json_writer_name (writer, "created");
  jp_json_writer_add_integer (writer, head->created_at_us);
  jp_json_writer_name (writer, "updated");
  jp_json_writer_add_integer (writer, head->updated_at_us);
  jp_json_writer_name (writer, "f");
  write_fields (writer, record);
  write_extra (writer, record);
  jp_json_writer_end_object (writer);
}

static gboolean
set_text (const JpJsonScalar *scalar, const JpField *field, JpDraft *draft, GError **error)
{
  const char *text = NULL;
  JpDate      date = JP_DATE_NONE;
  JpId        id;

  if (!jp_json_scalar_as_text (scalar, TEXT_MAX_BYTES, &text, error))
    return FALSE;
  if (field->type == JP_FIELD_DATE)
    {
      if (!jp_date_parse (text, &date, error))
        return FALSE;
      jp_draft_set_date (draft, field->id, date);
    }
  else if (field->type == JP_FIELD_REF)
    {
      if (!jp_id_parse (text, &id, error))
        return FALSE;
      jp_draft_set_ref (draft, field->id, &id);
    }
  else
    jp_draft_set_text (draft, field->id, text);

  return TRUE;
}

/**
 * jp_wire_record_set_scalar:
 * @scalar: a value
 * @field: a field of the draft's kind
 * @draft: where the value goes; null takes the value away
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: whether the value has the form that the field needs
 */
gboolean
jp_wire_record_set_scalar (const JpJsonScalar *scalar,
                           const JpField      *field,
                           JpDraft            *draft,
                           GError            **error)
{
  g_return_val_if_fail (scalar != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  gint64   integer = 0;
  gboolean boolean = FALSE;

  if (scalar->type == JP_JSON_NULL)
    {
      jp_draft_clear (draft, field->id);
      return TRUE;
    }

  switch (field->type)
    {
    case JP_FIELD_TEXT:
    case JP_FIELD_CODE:
    case JP_FIELD_DATE:
    case JP_FIELD_REF:
      return set_text (scalar, field, draft, error);
    case JP_FIELD_BOOLEAN:
      if (!jp_json_scalar_as_boolean (scalar, &boolean, error))
        return FALSE;
      jp_draft_set_integer (draft, field->id, boolean ? 1 : 0);
      return TRUE;
    case JP_FIELD_INTEGER:
    case JP_FIELD_INSTANT:
    default:
      if (!jp_json_scalar_as_integer (scalar, -JP_JSON_INTEGER_MAX, JP_JSON_INTEGER_MAX, &integer,
                                      error))
        return FALSE;
      jp_draft_set_integer (draft, field->id, integer);
      return TRUE;
    }
}

/**
 * jp_wire_record_read_fields:
 * @fields: an object of field names and values
 * @draft: where the values go; fields that are not named stay
 * @out_units: (out) (optional): mask of the merge units that were named
 * @error: return location for a [error@Jp.BaseError]
 *
 * Members that are no field of the kind are passed over.
 *
 * Returns: whether all values have the form their field needs
 */
gboolean
jp_wire_record_read_fields (JsonObject *fields, JpDraft *draft, guint32 *out_units, GError **error)
{
  g_return_val_if_fail (fields != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (draft));
  guint32           units = 0;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      JsonNode      *node = json_object_get_member (fields, field->name);

      if (node == NULL)
        continue;

      const JpJsonScalar scalar = jp_json_scalar_from_node (node);

      if (!jp_wire_record_set_scalar (&scalar, field, draft, error))
        {
          g_prefix_error (error, "field \"%s\": ", field->name);
          return FALSE;
        }
      units |= 1u << field->merge;
    }

  if (out_units != NULL)
    *out_units = units;
  return TRUE;
}

/* The members of "f" that this program does not know, and the "x" that another one kept. */
static char *
collect_extra (JsonObject *object, JsonObject *fields, JpKind kind)
{
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (fields);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (jp_json_has (object, "x") && JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "x")))
    {
      JsonObject *kept = json_node_get_object (json_object_get_member (object, "x"));
      g_autoptr (GList) names = json_object_get_members (kept);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (extra, l->data, json_object_dup_member (kept, l->data));
    }
  for (GList *l = members; l != NULL; l = l->next)
    if (jp_field_lookup (kind, l->data) == NULL &&
        !JSON_NODE_HOLDS_NULL (json_object_get_member (fields, l->data)))
      json_object_set_member (extra, l->data, json_object_dup_member (fields, l->data));

  if (json_object_get_size (extra) == 0)
    return NULL;
  json_node_set_object (node, extra);
  return jp_json_to_text (node);
}

static gboolean
read_head (JsonObject *object, JpRecordHead *out_head, const char **out_by, GError **error)
{
  return jp_json_get_integer (object, "v", 0, JP_JSON_INTEGER_MAX, &out_head->version, error) &&
         jp_json_get_boolean (object, "deleted", &out_head->deleted, error) &&
         jp_json_get_boolean (object, "parked", &out_head->parked, error) &&
         jp_json_get_text (object, "by", ACTOR_MAX_BYTES, out_by, error) &&
         jp_json_get_integer (object, "created", 0, JP_JSON_INTEGER_MAX, &out_head->created_at_us,
                              error) &&
         jp_json_get_integer (object, "updated", 0, JP_JSON_INTEGER_MAX, &out_head->updated_at_us,
                              error);
}

/**
 * jp_wire_record_read:
 * @object: the state of a record
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the record, or %NULL with `JP_WIRE_ERROR_TOO_NEW` for a kind that this
 *   program does not know
 */
JpRecord *
jp_wire_record_read (JsonObject *object, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);

  const char  *name = NULL;
  const char  *id_text = NULL;
  const char  *by = NULL;
  JpId         id;
  JpRecordHead head = { 0 };

  if (!jp_json_get_text (object, "t", ACTOR_MAX_BYTES, &name, error) ||
      !jp_json_get_text (object, "id", ACTOR_MAX_BYTES, &id_text, error) ||
      !jp_id_parse (id_text, &id, error) || !read_head (object, &head, &by, error))
    return NULL;

  const JpKindInfo *info = jp_kind_lookup (name);
  JsonObject       *fields = jp_json_get_object (object, "f", error);

  if (fields == NULL)
    return NULL;
  if (info == NULL || jp_id_is_none (&id))
    {
      g_set_error (error, JP_WIRE_ERROR,
                   info == NULL ? JP_WIRE_ERROR_TOO_NEW : JP_WIRE_ERROR_INVALID,
                   "no kind of record \"%s\", or no id", name);
      return NULL;
    }

  g_autoptr (JpDraft) draft = jp_draft_new (info->kind, &id);
  g_autofree char *extra = collect_extra (object, fields, info->kind);

  if (!jp_wire_record_read_fields (fields, draft, NULL, error))
    return NULL;

  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, *by != '\0' ? by : NULL);
  jp_draft_set_extra (draft, extra);

  g_autoptr (JpRecord) record = jp_draft_end (g_steal_pointer (&draft));

  return jp_wire_record_adopt_extra (record);
}

/* Puts a kept value into its field, unless that has one. */
static gboolean
adopt_member (JpRecord *record, JpDraft *draft, const char *name, JsonNode *node)
{
  const JpField *field = jp_field_lookup (jp_record_get_kind (record), name);

  if (field == NULL)
    return FALSE;
  if (jp_record_has (record, field->id))
    return TRUE;

  const JpJsonScalar scalar = jp_json_scalar_from_node (node);

  /* ignored: what is no value of the field stays where it is */
  return jp_wire_record_set_scalar (&scalar, field, draft, NULL);
}

/**
 * jp_wire_record_adopt_extra:
 * @record: a record
 *
 * What an older program kept without knowing it takes its place in a field as soon as there is one;
 * newer values of the field stay.
 *
 * Returns: (transfer full): the record with it; @record itself where nothing of its extra is known
 */
JpRecord *
jp_wire_record_adopt_extra (JpRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  const char *text = jp_record_get_extra (record);
  g_autoptr (JsonNode) node = text != NULL ? jp_json_parse_text (text, NULL) : NULL;

  /* ignored: an extra that is no JSON cannot have come from the platform */
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return jp_record_ref (record);

  JsonObject *kept = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (kept);
  g_autoptr (JsonObject) rest = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  g_autofree char *left = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (!adopt_member (record, draft, l->data, json_object_get_member (kept, l->data)))
      json_object_set_member (rest, l->data, json_object_dup_member (kept, l->data));
  if (json_object_get_size (rest) == json_object_get_size (kept))
    return jp_record_ref (record);

  json_node_set_object (root, rest);
  left = json_object_get_size (rest) > 0 ? jp_json_to_text (root) : NULL;
  jp_draft_set_extra (draft, left);
  return jp_draft_end (g_steal_pointer (&draft));
}

/**
 * jp_wire_record_to_text:
 * @record: a record
 *
 * Returns: (transfer full): the whole record as JSON text, like the copy of the class tier in a
 *   contract
 */
char *
jp_wire_record_to_text (JpRecord *record)
{
  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_wire_record_write (writer, record);
  return jp_json_writer_end_text (writer);
}

/**
 * jp_wire_record_from_text:
 * @text: (nullable): what [func@Jp.wire_record_to_text] made
 * @kind: what it shall be
 * @error: return location for a [error@Jp.WireError] or a JSON error
 *
 * Returns: (transfer full): the record, or %NULL
 */
JpRecord *
jp_wire_record_from_text (const char *text, JpKind kind, GError **error)
{
  g_autoptr (JsonNode) node = jp_json_parse_text (text != NULL ? text : "", error);
  JsonObject *object = node != NULL ? jp_json_as_object (node, error) : NULL;
  g_autoptr (JpRecord) record = object != NULL ? jp_wire_record_read (object, error) : NULL;

  if (record == NULL || jp_record_get_kind (record) == kind)
    return g_steal_pointer (&record);

  g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID, "a record of another kind");
  return NULL;
}
