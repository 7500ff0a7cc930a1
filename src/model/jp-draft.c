/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record.h"
#include "jp-record-private.h"

#include "jp-display.h"

struct _JpDraft
{
  JpRecord *record; /* (owned): the only reference, so it may still change; NULL after the end */
};

static JpRecord *
allocate (const JpKindInfo *info)
{
  JpRecord *record = g_atomic_rc_box_alloc0 (jp_record_size (info));

  record->info = info;
  return record;
}

/**
 * jp_draft_new:
 * @kind: a kind
 * @id: the id of the new record, not none
 *
 * Returns: (transfer full): a draft without any value
 */
JpDraft *
jp_draft_new (JpKind kind, const JpId *id)
{
  const JpKindInfo *info = jp_kind_get_info (kind);

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (!jp_id_is_none (id), NULL);

  JpDraft *self = g_new0 (JpDraft, 1);

  self->record = allocate (info);
  self->record->id = *id;
  return self;
}

/**
 * jp_draft_new_from:
 * @record: a record
 *
 * Returns: (transfer full): a draft with the id and all values of @record
 */
JpDraft *
jp_draft_new_from (JpRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  JpDraft *self = g_new0 (JpDraft, 1);

  self->record = allocate (record->info);
  jp_record_copy_into (self->record, record);
  return self;
}

/**
 * jp_draft_free:
 * @self: (nullable) (transfer full): a draft
 */
void
jp_draft_free (JpDraft *self)
{
  if (self == NULL)
    return;

  jp_record_unref (self->record);
  g_free (self);
}

/**
 * jp_draft_get_kind:
 * @self: a draft
 *
 * Returns: the kind of record it becomes
 */
JpKind
jp_draft_get_kind (JpDraft *self)
{
  g_return_val_if_fail (self != NULL, JP_KIND_NONE);

  return self->record->info->kind;
}

/**
 * jp_draft_get_id:
 * @self: a draft
 *
 * Returns: (transfer none): the id of the record it becomes
 */
const JpId *
jp_draft_get_id (JpDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->record->id;
}

/**
 * jp_draft_set_head:
 * @self: a draft
 * @head: what the record shall have beside its fields
 */
void
jp_draft_set_head (JpDraft *self, const JpRecordHead *head)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (head != NULL);

  self->record->head = *head;
}

/**
 * jp_draft_set_deleted:
 * @self: a draft
 * @deleted: whether the record lies in the trash
 */
void
jp_draft_set_deleted (JpDraft *self, gboolean deleted)
{
  g_return_if_fail (self != NULL);

  self->record->head.deleted = deleted;
}

/**
 * jp_draft_set_created_by:
 * @self: a draft
 * @actor: (nullable): who makes the record
 */
void
jp_draft_set_created_by (JpDraft *self, const char *actor)
{
  g_return_if_fail (self != NULL);

  g_free (self->record->created_by);
  self->record->created_by = g_strdup (actor);
}

/**
 * jp_draft_set_extra:
 * @self: a draft
 * @json: (nullable): a JSON object of unknown members
 */
void
jp_draft_set_extra (JpDraft *self, const char *json)
{
  g_return_if_fail (self != NULL);

  g_free (self->record->extra);
  self->record->extra = g_strdup (json);
}

static guint
index_of (const JpDraft *self, JpFieldId field)
{
  g_assert (self != NULL);
  g_assert (JP_FIELD_KIND (field) == self->record->info->kind);
  g_assert (JP_FIELD_INDEX (field) < self->record->info->n_fields);

  return JP_FIELD_INDEX (field);
}

/**
 * jp_draft_clear:
 * @self: a draft
 * @field: a field of its kind
 *
 * Takes the field's value away.
 */
void
jp_draft_clear (JpDraft *self, JpFieldId field)
{
  guint i = index_of (self, field);

  if (!jp_record_is_set (self->record, i))
    return;
  if (jp_field_is_text (&self->record->info->fields[i]))
    g_free (self->record->values[i].text);

  self->record->values[i] = (JpValue){ 0 };
  self->record->set &= ~(G_GUINT64_CONSTANT (1) << i);
}

/**
 * jp_draft_set_text:
 * @self: a draft
 * @field: a text or code field of its kind
 * @text: (nullable): the value, for a code the stored name; %NULL or "" takes the value away
 */
void
jp_draft_set_text (JpDraft *self, JpFieldId field, const char *text)
{
  guint i = index_of (self, field);

  g_assert (jp_field_is_text (&self->record->info->fields[i]));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  g_autofree char *copy = g_strdup (text);

  jp_draft_clear (self, field);
  if (copy == NULL || *copy == '\0')
    return;

  self->record->values[i].text = g_steal_pointer (&copy);
  self->record->set |= G_GUINT64_CONSTANT (1) << i;
}

/**
 * jp_draft_set_integer:
 * @self: a draft
 * @field: an integer, boolean, date or instant field of its kind
 * @value: the value
 */
void
jp_draft_set_integer (JpDraft *self, JpFieldId field, gint64 value)
{
  guint i = index_of (self, field);

  g_assert (!jp_field_is_text (&self->record->info->fields[i]));
  g_assert (self->record->info->fields[i].type != JP_FIELD_REF);

  self->record->values[i].integer = value;
  self->record->set |= G_GUINT64_CONSTANT (1) << i;
}

/**
 * jp_draft_set_date:
 * @self: a draft
 * @field: a date field of its kind
 * @date: the value, %JP_DATE_NONE takes it away
 */
void
jp_draft_set_date (JpDraft *self, JpFieldId field, JpDate date)
{
  if (date == JP_DATE_NONE)
    jp_draft_clear (self, field);
  else
    jp_draft_set_integer (self, field, date);
}

/**
 * jp_draft_set_code:
 * @self: a draft
 * @field: a code field of its kind
 * @value: a value of the code's C enum, %JP_CODE_UNSET takes it away
 */
void
jp_draft_set_code (JpDraft *self, JpFieldId field, int value)
{
  guint          i = index_of (self, field);
  const JpField *description = &self->record->info->fields[i];

  g_assert (description->type == JP_FIELD_CODE);
  if (value == JP_CODE_UNSET)
    {
      jp_draft_clear (self, field);
      return;
    }

  const JpCode *code = jp_code_get (description->codes, value);

  g_return_if_fail (code != NULL);
  jp_draft_set_text (self, field, code->name);
}

/**
 * jp_draft_set_ref:
 * @self: a draft
 * @field: a reference field of its kind
 * @id: (nullable): the record pointed to; %NULL or none takes the value away
 */
void
jp_draft_set_ref (JpDraft *self, JpFieldId field, const JpId *id)
{
  guint i = index_of (self, field);

  g_assert (self->record->info->fields[i].type == JP_FIELD_REF);
  if (id == NULL || jp_id_is_none (id))
    {
      jp_draft_clear (self, field);
      return;
    }

  self->record->values[i].ref = *id;
  self->record->set |= G_GUINT64_CONSTANT (1) << i;
}

/**
 * jp_draft_has:
 * @self: a draft
 * @field: a field of its kind
 *
 * Returns: whether the field has a value
 */
gboolean
jp_draft_has (JpDraft *self, JpFieldId field)
{
  return jp_record_has (self->record, field);
}

/**
 * jp_draft_get_text:
 * @self: a draft
 * @field: a text or code field of its kind
 *
 * Returns: (nullable) (transfer none): see [method@Jp.Record.get_text]
 */
const char *
jp_draft_get_text (JpDraft *self, JpFieldId field)
{
  return jp_record_get_text (self->record, field);
}

/**
 * jp_draft_get_integer:
 * @self: a draft
 * @field: an integer, boolean, date or instant field of its kind
 *
 * Returns: see [method@Jp.Record.get_integer]
 */
gint64
jp_draft_get_integer (JpDraft *self, JpFieldId field)
{
  return jp_record_get_integer (self->record, field);
}

/**
 * jp_draft_get_date:
 * @self: a draft
 * @field: a date field of its kind
 *
 * Returns: see [method@Jp.Record.get_date]
 */
JpDate
jp_draft_get_date (JpDraft *self, JpFieldId field)
{
  return jp_record_get_date (self->record, field);
}

/**
 * jp_draft_get_code:
 * @self: a draft
 * @field: a code field of its kind
 *
 * Returns: see [method@Jp.Record.get_code]
 */
int
jp_draft_get_code (JpDraft *self, JpFieldId field)
{
  return jp_record_get_code (self->record, field);
}

/**
 * jp_draft_get_ref:
 * @self: a draft
 * @field: a reference field of its kind
 *
 * Returns: (nullable) (transfer none): see [method@Jp.Record.get_ref]
 */
const JpId *
jp_draft_get_ref (JpDraft *self, JpFieldId field)
{
  return jp_record_get_ref (self->record, field);
}

/**
 * jp_draft_copy_field:
 * @self: a draft
 * @from: a record of the same kind
 * @field: a field of the kind
 *
 * Gives the draft the value that @from has, or takes it away if it has none.
 */
void
jp_draft_copy_field (JpDraft *self, JpRecord *from, JpFieldId field)
{
  guint          i = index_of (self, field);
  const JpField *description = &self->record->info->fields[i];

  g_return_if_fail (from != NULL);
  g_return_if_fail (from->info == self->record->info);

  if (!jp_record_is_set (from, i))
    jp_draft_clear (self, field);
  else if (jp_field_is_text (description))
    jp_draft_set_text (self, field, from->values[i].text);
  else if (description->type == JP_FIELD_REF)
    jp_draft_set_ref (self, field, &from->values[i].ref);
  else
    jp_draft_set_integer (self, field, from->values[i].integer);
}

/**
 * jp_draft_copy_unit:
 * @self: a draft
 * @from: a record of the same kind
 * @unit: a merge unit of the kind
 *
 * Copies all fields of a merge unit: they win or lose together.
 */
void
jp_draft_copy_unit (JpDraft *self, JpRecord *from, guint unit)
{
  const JpKindInfo *info = self->record->info;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].merge == unit)
      jp_draft_copy_field (self, from, info->fields[i].id);
}

/**
 * jp_draft_end:
 * @self: (transfer full): a draft; it is gone afterwards
 *
 * Nothing is judged here: [func@Jp.validate_record] does that, so that what an older program or the
 * platform wrote can always be held and shown.
 *
 * Returns: (transfer full): the record
 */
JpRecord *
jp_draft_end (JpDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpRecord *record = g_steal_pointer (&self->record);

  jp_draft_free (self);
  return record;
}
