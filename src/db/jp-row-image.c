/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-row-image.h"

#include "jp-pinyin.h"
#include "jp-record-table.h"

#include <string.h>

#define VALUES_PER_NUMBER 3 /* what is sealed, its blind index, its last characters */
#define ARENA_BYTES       512

typedef struct
{
  gsize offset;
  gsize length_bytes;
} Span;

struct _JpRowImage
{
  JpRecord   *record; /* (owned) */
  char       *find;   /* (owned) */
  char       *pinyin; /* (owned): "" for most kinds */
  GByteArray *arena;  /* (owned): the computed values one behind the other */
  guint       n_spans;
  Span        spans[]; /* of the arena, in the order of the columns */
};

static char *
plain_text (JpRecord *record, const JpField *field)
{
  if (jp_field_is_text (field))
    return g_strdup (jp_record_get_text (record, field->id));
  return g_strdup_printf ("%" G_GINT64_FORMAT, jp_record_get_integer (record, field->id));
}

/* The last characters of a text, in it. */
static const char *
get_tail (const char *text)
{
  gsize length = jp_text_length (text);

  if (length <= JP_RECORD_TAIL_CHARS)
    return text + strlen (text);
  return g_utf8_offset_to_pointer (text, (glong)(length - JP_RECORD_TAIL_CHARS));
}

static guint8 *
add_span (JpRowImage *self, gsize length_bytes)
{
  Span *span = &self->spans[self->n_spans++];

  span->offset = self->arena->len;
  span->length_bytes = length_bytes;
  g_byte_array_set_size (self->arena, (guint)(self->arena->len + length_bytes));
  return self->arena->data + span->offset;
}

static void
add_sealed (JpRowImage *self, const JpField *field, JpSealKey *key)
{
  const char      *table = jp_record_get_info (self->record)->name;
  g_autofree char *plain = plain_text (self->record, field);
  gsize            length_bytes = strlen (plain);

  jp_seal_close_into (key, &(JpSealPlace){ table, jp_record_get_id (self->record), field->name },
                      plain, length_bytes, add_span (self, length_bytes + JP_SEAL_OVERHEAD_BYTES));
  if (!jp_record_table_has_index_column (field))
    return;

  const char *tail = get_tail (plain);
  gsize       tail_bytes = strlen (tail);

  jp_seal_index (key, field->name, plain, add_span (self, JP_SEAL_INDEX_BYTES));
  memcpy (add_span (self, tail_bytes), tail, tail_bytes);
}

/* What a list is searched in: the searched fields and the tails of the sealed numbers. */
static char *
make_find_text (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  g_autoptr (GString) find = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      gboolean       searched = (field->flags & JP_FIELD_SEARCHED) != 0;

      if (!jp_record_has (record, field->id) ||
          !(searched || jp_record_table_has_index_column (field)))
        continue;

      const char *text = jp_record_get_text (record, field->id);

      g_string_append (find, searched ? text : get_tail (text));
      g_string_append_c (find, '\n');
    }

  return g_utf8_strdown (find->str, -1);
}

/* What the searched fields are found by when they are typed in pinyin. */
static char *
make_pinyin (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  GString          *pinyin = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if ((field->flags & JP_FIELD_SEARCHED) == 0 || !jp_record_has (record, field->id))
        continue;

      g_autofree char *keys = jp_pinyin_dup_keys (jp_record_get_text (record, field->id));

      g_string_append (pinyin, keys);
    }
  return g_string_free (pinyin, FALSE);
}

/**
 * jp_row_image_new:
 * @key: the data key of the school
 * @record: a record
 *
 * Computes what its row is made of. Any thread.
 *
 * Returns: (transfer full): the image
 */
JpRowImage *
jp_row_image_new (JpSealKey *key, JpRecord *record)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  const JpKindInfo *info = jp_record_get_info (record);
  guint             n_sealed = 0;

  for (guint i = 0; i < info->n_fields; i++)
    n_sealed += (info->fields[i].flags & JP_FIELD_SEALED) != 0;

  JpRowImage *self = g_malloc0 (sizeof *self + n_sealed * VALUES_PER_NUMBER * sizeof (Span));

  self->record = jp_record_ref (record);
  self->find = make_find_text (record);
  self->pinyin = make_pinyin (record);
  self->arena = g_byte_array_sized_new (n_sealed > 0 ? ARENA_BYTES : 0);
  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_SEALED) && jp_record_has (record, info->fields[i].id))
      add_sealed (self, &info->fields[i], key);
  return self;
}

/**
 * jp_row_image_free:
 * @self: (nullable) (transfer full): an image
 */
void
jp_row_image_free (JpRowImage *self)
{
  if (self == NULL)
    return;

  jp_record_unref (self->record);
  g_free (self->find);
  g_free (self->pinyin);
  g_byte_array_unref (self->arena);
  g_free (self);
}

/**
 * jp_row_image_get_record:
 * @self: an image
 *
 * Returns: (transfer none): the record that it was made of
 */
JpRecord *
jp_row_image_get_record (const JpRowImage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->record;
}

static int
bind_common (const JpRowImage *self, JpStatement *statement, const JpRowStamp *stamp)
{
  const JpRecordHead *head = jp_record_get_head (self->record);

  jp_statement_bind_lent_blob_at (statement, 1, jp_record_get_id (self->record)->bytes,
                                  JP_ID_BYTES);
  jp_statement_bind_lent_blob_at (statement, 2, stamp->school.bytes, JP_ID_BYTES);
  jp_statement_bind_integer_at (statement, 3, head->version);
  jp_statement_bind_integer_at (statement, 4, stamp->seq);
  jp_statement_bind_integer_at (statement, 5, head->pending);
  jp_statement_bind_integer_at (statement, 6, head->deleted ? 1 : 0);
  jp_statement_bind_integer_at (statement, 7, head->parked ? 1 : 0);
  jp_statement_bind_lent_text_at (statement, 8, jp_record_get_created_by (self->record), -1);
  jp_statement_bind_integer_at (statement, 9, head->created_at_us);
  jp_statement_bind_integer_at (statement, 10, head->updated_at_us);
  jp_statement_bind_lent_text_at (statement, 11, jp_record_get_extra (self->record), -1);
  jp_statement_bind_lent_text_at (statement, 12, self->find, -1);
  if (*self->pinyin != '\0')
    jp_statement_bind_lent_text_at (statement, 13, self->pinyin, -1);
  return 14;
}

/* A value of the arena, from the span on. */
static void
bind_sealed (const JpRowImage *self,
             JpStatement      *statement,
             int               position,
             const Span       *span,
             gboolean          number)
{
  const guint8 *arena = self->arena->data;

  jp_statement_bind_lent_blob_at (statement, position, arena + span[0].offset,
                                  span[0].length_bytes);
  if (!number)
    return;
  jp_statement_bind_lent_blob_at (statement, position + 1, arena + span[1].offset,
                                  span[1].length_bytes);
  jp_statement_bind_lent_text_at (statement, position + 2, (const char *)arena + span[2].offset,
                                  (gssize)span[2].length_bytes);
}

static void
bind_plain (const JpRowImage *self, JpStatement *statement, int position, const JpField *field)
{
  JpRecord *record = self->record;

  if (jp_field_is_text (field))
    jp_statement_bind_lent_text_at (statement, position, jp_record_get_text (record, field->id),
                                    -1);
  else if (field->type == JP_FIELD_REF)
    jp_statement_bind_lent_blob_at (statement, position,
                                    jp_record_get_ref (record, field->id)->bytes, JP_ID_BYTES);
  else
    jp_statement_bind_integer_at (statement, position, jp_record_get_integer (record, field->id));
}

/**
 * jp_row_image_bind:
 * @self: an image; lent to the statement until it is released
 * @statement: a statement without values that expects the columns of the record's table, in order
 * @stamp: what the row carries beside the record; lent likewise
 *
 * Binds every column. What has no value stays NULL.
 */
void
jp_row_image_bind (const JpRowImage *self, JpStatement *statement, const JpRowStamp *stamp)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (statement != NULL);
  g_return_if_fail (stamp != NULL);

  const JpKindInfo *info = jp_record_get_info (self->record);
  const Span       *span = self->spans;
  int               position = bind_common (self, statement, stamp);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      gboolean       number = jp_record_table_has_index_column (field);
      gboolean       sealed = (field->flags & JP_FIELD_SEALED) != 0;

      if (jp_record_has (self->record, field->id))
        {
          if (sealed)
            bind_sealed (self, statement, position, span, number);
          else
            bind_plain (self, statement, position, field);
          span += sealed ? (number ? VALUES_PER_NUMBER : 1) : 0;
        }
      position += number ? VALUES_PER_NUMBER : 1;
    }
}
