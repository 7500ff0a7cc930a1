/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record.h"
#include "jp-record-private.h"

#include "jp-display.h"

G_DEFINE_BOXED_TYPE (JpRecord, jp_record, jp_record_ref, jp_record_unref)

/**
 * jp_record_size:
 * @info: a kind
 *
 * Returns: bytes that a record of the kind takes, without its texts
 */
gsize
jp_record_size (const JpKindInfo *info)
{
  return sizeof (JpRecord) + info->n_fields * sizeof (JpValue);
}

/**
 * jp_record_copy_into:
 * @to: zeroed memory of jp_record_size()
 * @from: a record
 *
 * Makes @to a deep copy of @from.
 */
void
jp_record_copy_into (JpRecord *to, const JpRecord *from)
{
  memcpy (to, from, jp_record_size (from->info));
  to->created_by = g_strdup (from->created_by);
  to->extra = g_strdup (from->extra);

  for (guint i = 0; i < from->info->n_fields; i++)
    if (jp_field_is_text (&from->info->fields[i]) && jp_record_is_set (from, i))
      to->values[i].text = g_strdup (from->values[i].text);
}

/**
 * jp_record_clear_contents:
 * @record: a record
 *
 * Frees what the record owns, not the record itself.
 */
void
jp_record_clear_contents (gpointer record)
{
  JpRecord *self = record;

  for (guint i = 0; i < self->info->n_fields; i++)
    if (jp_field_is_text (&self->info->fields[i]) && jp_record_is_set (self, i))
      g_free (self->values[i].text);

  g_free (self->created_by);
  g_free (self->extra);
}

/**
 * jp_record_ref:
 * @self: a record
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
JpRecord *
jp_record_ref (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_record_unref:
 * @self: (nullable): a record
 *
 * Any thread.
 */
void
jp_record_unref (JpRecord *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, jp_record_clear_contents);
}

/**
 * jp_record_get_kind:
 * @self: a record
 *
 * Returns: its kind
 */
JpKind
jp_record_get_kind (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, JP_KIND_NONE);

  return self->info->kind;
}

/**
 * jp_record_get_info:
 * @self: a record
 *
 * Returns: (transfer none): the description of its kind
 */
const JpKindInfo *
jp_record_get_info (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->info;
}

/**
 * jp_record_get_id:
 * @self: a record
 *
 * Returns: (transfer none): its id, never none
 */
const JpId *
jp_record_get_id (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->id;
}

/**
 * jp_record_get_head:
 * @self: a record
 *
 * Returns: (transfer none): what it has beside its fields
 */
const JpRecordHead *
jp_record_get_head (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->head;
}

/**
 * jp_record_get_created_by:
 * @self: a record
 *
 * Returns: (nullable) (transfer none): who made it: a user of the school, or "platform"
 */
const char *
jp_record_get_created_by (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->created_by;
}

/**
 * jp_record_get_extra:
 * @self: a record
 *
 * Returns: (nullable) (transfer none): a JSON object with the members that a newer platform sent
 * and this program does not know; kept so that an export does not lose them
 */
const char *
jp_record_get_extra (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->extra;
}

static guint
check_field (const JpRecord *self, JpFieldId field)
{
  g_assert (self != NULL);
  g_assert (JP_FIELD_KIND (field) == self->info->kind);
  g_assert (JP_FIELD_INDEX (field) < self->info->n_fields);

  return JP_FIELD_INDEX (field);
}

/**
 * jp_record_has:
 * @self: a record
 * @field: a field of its kind
 *
 * Returns: whether the field has a value
 */
gboolean
jp_record_has (JpRecord *self, JpFieldId field)
{
  return jp_record_is_set (self, check_field (self, field));
}

/**
 * jp_record_get_text:
 * @self: a record
 * @field: a text or code field of its kind
 *
 * Returns: (nullable) (transfer none): its value; the stored name for a code
 */
const char *
jp_record_get_text (JpRecord *self, JpFieldId field)
{
  guint i = check_field (self, field);

  g_assert (jp_field_is_text (&self->info->fields[i]));
  return jp_record_is_set (self, i) ? self->values[i].text : NULL;
}

/**
 * jp_record_get_integer:
 * @self: a record
 * @field: an integer, boolean or instant field of its kind
 *
 * Returns: its value, 0 if it has none
 */
gint64
jp_record_get_integer (JpRecord *self, JpFieldId field)
{
  guint       i = check_field (self, field);
  JpFieldType type = self->info->fields[i].type;

  g_assert (type == JP_FIELD_INTEGER || type == JP_FIELD_BOOLEAN || type == JP_FIELD_INSTANT ||
            type == JP_FIELD_DATE);
  return jp_record_is_set (self, i) ? self->values[i].integer : 0;
}

/**
 * jp_record_get_date:
 * @self: a record
 * @field: a date field of its kind
 *
 * Returns: its value, %JP_DATE_NONE if it has none
 */
JpDate
jp_record_get_date (JpRecord *self, JpFieldId field)
{
  return (JpDate)jp_record_get_integer (self, field);
}

/**
 * jp_record_get_code:
 * @self: a record
 * @field: a code field of its kind
 *
 * Returns: the value of the code's C enum, %JP_CODE_UNSET without a value, %JP_CODE_UNKNOWN for a
 *   name that this program does not know
 */
int
jp_record_get_code (JpRecord *self, JpFieldId field)
{
  guint i = check_field (self, field);

  g_assert (self->info->fields[i].type == JP_FIELD_CODE);
  if (!jp_record_is_set (self, i))
    return JP_CODE_UNSET;

  const JpCode *code = jp_code_lookup (self->info->fields[i].codes, self->values[i].text);
  return code != NULL ? code->value : JP_CODE_UNKNOWN;
}

/**
 * jp_record_get_ref:
 * @self: a record
 * @field: a reference field of its kind
 *
 * Returns: (nullable) (transfer none): the id it points to
 */
const JpId *
jp_record_get_ref (JpRecord *self, JpFieldId field)
{
  guint i = check_field (self, field);

  g_assert (self->info->fields[i].type == JP_FIELD_REF);
  return jp_record_is_set (self, i) ? &self->values[i].ref : NULL;
}

/**
 * jp_record_get_title:
 * @self: a record
 *
 * Returns: (transfer none): the text that names the record, "" if its kind has none
 */
const char *
jp_record_get_title (JpRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->info->title == 0)
    return "";

  const char *text = jp_record_get_text (self, self->info->title);
  return text != NULL ? text : "";
}

/**
 * jp_record_dup_display:
 * @self: a record
 * @field: a field of its kind
 * @reveal: show sensitive fields in clear
 *
 * Returns: (transfer full): the value as people read it: translated code, formatted money, hours,
 *   dates; masked where the field is sensitive and @reveal is %FALSE; "" without a value.
 * References give "": their titles are looked up by the caller.
 */
char *
jp_record_dup_display (JpRecord *self, JpFieldId field, gboolean reveal)
{
  guint          i = check_field (self, field);
  const JpField *description = &self->info->fields[i];

  if (!jp_record_is_set (self, i) || description->type == JP_FIELD_REF)
    return g_strdup ("");
  if (jp_field_is_text (description))
    return jp_display_text (description, self->values[i].text, reveal);
  return jp_display_integer (description, self->values[i].integer, reveal);
}

static gboolean
values_equal (const JpField *field, const JpValue *a, const JpValue *b)
{
  if (jp_field_is_text (field))
    return strcmp (a->text, b->text) == 0;
  if (field->type == JP_FIELD_REF)
    return jp_id_equal (&a->ref, &b->ref);
  return a->integer == b->integer;
}

/**
 * jp_record_field_equal:
 * @a: a record
 * @b: another of the same kind
 * @field: a field of the kind
 *
 * Returns: whether both have the same value, or both none
 */
gboolean
jp_record_field_equal (JpRecord *a, JpRecord *b, JpFieldId field)
{
  guint i = check_field (a, field);

  g_assert (b->info == a->info);
  if (jp_record_is_set (a, i) != jp_record_is_set (b, i))
    return FALSE;
  return !jp_record_is_set (a, i) ||
         values_equal (&a->info->fields[i], &a->values[i], &b->values[i]);
}

/**
 * jp_record_diff_units:
 * @a: a record
 * @b: another of the same kind
 *
 * Returns: mask of the merge units in which the two differ: bit n for unit n
 */
guint32
jp_record_diff_units (JpRecord *a, JpRecord *b)
{
  g_return_val_if_fail (a != NULL, 0);
  g_return_val_if_fail (b != NULL, 0);
  g_return_val_if_fail (a->info == b->info, 0);

  guint32 units = 0;

  for (guint i = 0; i < a->info->n_fields; i++)
    if (!jp_record_field_equal (a, b, a->info->fields[i].id))
      units |= 1u << a->info->fields[i].merge;

  return units;
}
