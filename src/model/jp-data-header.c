/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data-header.h"

#include "jp-data-reader.h"
#include "jp-model-error.h"

#define FORMAT_VERSION 1
#define VERSION_MAX    1000000
#define MAX_SOURCES    32
#define MAX_ROWS       256

static const char *const confidence_names[] = { "none", "L", "M", "H", NULL };
static const char *const state_names[] = { "sourced", "to_confirm", "assumed", NULL };
static const char *const source_kinds[] = { "gov",    "press",      "page", "code",
                                            "memory", "assumption", NULL };

static void
source_free (JpDataSource *source)
{
  g_free (source->id);
  g_free (source->title);
  g_free (source->kind);
  g_free (source->url);
  g_free (source);
}

static void
read_source (JpDataReader *reader, GPtrArray *sources)
{
  JpDataSource *source = g_new0 (JpDataSource, 1);

  source->id = g_strdup (jp_data_reader_text (reader, "id"));
  source->title = g_strdup (jp_data_reader_text (reader, "title"));
  source->kind = g_strdup (source_kinds[jp_data_reader_choice (reader, "kind", source_kinds)]);
  source->url = g_strdup (jp_data_reader_text_if (reader, "url"));
  source->confidence = jp_data_reader_choice (reader, "confidence", confidence_names);

  for (guint i = 0; i < sources->len; i++)
    {
      const JpDataSource *other = g_ptr_array_index (sources, i);

      if (g_str_equal (other->id, source->id))
        jp_data_reader_fail (reader, "id", JP_MODEL_ERROR_INVALID, "\"%s\" occurs twice",
                             source->id);
    }

  g_ptr_array_add (sources, source);
}

static void
read_sources (JpDataReader *reader, GPtrArray *sources)
{
  guint n_sources = jp_data_reader_enter_list (reader, "sources", 1, MAX_SOURCES);

  for (guint i = 0; i < n_sources; i++)
    {
      if (jp_data_reader_enter_element (reader, i))
        {
          read_source (reader, sources);
          jp_data_reader_leave (reader);
        }
    }

  if (n_sources > 0)
    jp_data_reader_leave (reader);
}

/**
 * jp_data_header_read: (skip)
 * @reader: a reader in the outermost object
 * @format: what the member `format` must say
 *
 * Reads the head of a data file; mistakes are kept by @reader.
 *
 * Returns: (transfer full): the head; do not use it if @reader has failed
 */
JpDataHeader *
jp_data_header_read (JpDataReader *reader, const char *format)
{
  g_return_val_if_fail (reader != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  JpDataHeader     *self = g_new0 (JpDataHeader, 1);
  const char *const formats[] = { format, NULL };

  jp_data_reader_choice (reader, "format", formats);
  jp_data_reader_integer (reader, "format_version", FORMAT_VERSION, FORMAT_VERSION);

  self->id = g_strdup (jp_data_reader_text (reader, "id"));
  self->title = g_strdup (jp_data_reader_text (reader, "title"));
  self->issuer = g_strdup (jp_data_reader_text (reader, "issuer"));
  self->document = g_strdup (jp_data_reader_text_if (reader, "document"));
  self->note = g_strdup (jp_data_reader_text_if (reader, "note"));
  self->version = jp_data_reader_integer (reader, "version", 1, VERSION_MAX);
  self->valid_from = jp_data_reader_date (reader, "valid_from");
  self->valid_to = jp_data_reader_date_if (reader, "valid_to");
  self->confidence = jp_data_reader_choice (reader, "confidence", confidence_names);
  self->is_assumption = jp_data_reader_boolean_if (reader, "assumption", FALSE);
  self->is_published = jp_data_reader_boolean_if (reader, "published", TRUE);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)source_free);
  read_sources (reader, self->sources);

  if (self->valid_to != JP_DATE_NONE && self->valid_to < self->valid_from)
    jp_data_reader_fail (reader, "valid_to", JP_MODEL_ERROR_INVALID, "lies before valid_from");

  return self;
}

/**
 * jp_data_header_free:
 * @self: (nullable) (transfer full): a head
 *
 * Frees it.
 */
void
jp_data_header_free (JpDataHeader *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->title);
  g_free (self->issuer);
  g_free (self->document);
  g_free (self->note);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/**
 * jp_data_header_is_valid_on:
 * @self: a head
 * @date: a day
 *
 * Returns: %TRUE if the rules hold on that day
 */
gboolean
jp_data_header_is_valid_on (const JpDataHeader *self, JpDate date)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return date >= self->valid_from && (self->valid_to == JP_DATE_NONE || date <= self->valid_to);
}

/**
 * jp_data_header_get_source:
 * @self: a head
 * @id: name of a source
 *
 * Returns: (nullable): the source, or %NULL if there is none of that name
 */
const JpDataSource *
jp_data_header_get_source (const JpDataHeader *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->sources->len; i++)
    {
      const JpDataSource *source = g_ptr_array_index (self->sources, i);

      if (g_str_equal (source->id, id))
        return source;
    }

  return NULL;
}

/**
 * jp_data_header_read_confidence: (skip)
 * @self: the head of the file
 * @reader: a reader in an object that may say `confidence` and `sources`
 *
 * Reads how sure one row is; the sources it names must be in the head.
 *
 * Returns: its confidence, or that of the file
 */
JpDataConfidence
jp_data_header_read_confidence (const JpDataHeader *self, JpDataReader *reader)
{
  g_return_val_if_fail (self != NULL, JP_DATA_CONFIDENCE_NONE);
  g_return_val_if_fail (reader != NULL, JP_DATA_CONFIDENCE_NONE);

  g_auto (GStrv) sources = jp_data_reader_texts_if (reader, "sources", MAX_SOURCES);

  for (guint i = 0; sources[i] != NULL; i++)
    {
      if (jp_data_header_get_source (self, sources[i]) == NULL)
        jp_data_reader_fail (reader, "sources", JP_MODEL_ERROR_INVALID, "there is no source \"%s\"",
                             sources[i]);
    }

  return jp_data_reader_choice_if (reader, "confidence", confidence_names, (int)self->confidence);
}

/**
 * jp_data_header_read_state: (skip)
 * @self: the head of the file
 * @reader: a reader in an object that may say `state`
 *
 * Returns: what the row rests on; without a word, the file's own state
 */
JpDataState
jp_data_header_read_state (const JpDataHeader *self, JpDataReader *reader)
{
  g_return_val_if_fail (self != NULL, JP_DATA_STATE_TO_CONFIRM);
  g_return_val_if_fail (reader != NULL, JP_DATA_STATE_TO_CONFIRM);

  int fallback = self->is_assumption ? JP_DATA_STATE_ASSUMED : JP_DATA_STATE_SOURCED;

  return jp_data_reader_choice_if (reader, "state", state_names, fallback);
}

/**
 * jp_data_header_read_rows:
 * @self: the head of the file
 * @reader: a reader of the file
 * @member: a list of 1 to 256 objects
 * @read_row: (scope call): reads one of them
 * @rows: where they go
 */
void
jp_data_header_read_rows (const JpDataHeader *self,
                          JpDataReader       *reader,
                          const char         *member,
                          JpDataReadRow       read_row,
                          GArray             *rows)
{
  guint n_rows = jp_data_reader_enter_list (reader, member, 1, MAX_ROWS);

  for (guint i = 0; i < n_rows; i++)
    {
      if (jp_data_reader_enter_element (reader, i))
        {
          read_row (self, reader, rows);
          jp_data_reader_leave (reader);
        }
    }

  if (n_rows > 0)
    jp_data_reader_leave (reader);
}
