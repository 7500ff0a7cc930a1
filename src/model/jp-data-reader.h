/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-date.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A strict cursor over one data file. It keeps the first error, with file, line and member path,
 * and gives neutral values afterwards, so that a parser reads straight on and asks once at the
 * end. A member that nobody has read is an error when its object is left: a mistyped name never
 * passes for an absent one. */

#define JP_DATA_READER_MAX_BYTES      (256 * 1024)
#define JP_DATA_READER_MAX_TEXT_BYTES 4096

typedef struct _JpDataReader JpDataReader;

JpDataReader *jp_data_reader_new (const char *file_name, GBytes *bytes, GError **error);
void          jp_data_reader_free (JpDataReader *self);
gboolean      jp_data_reader_finish (JpDataReader *self, GError **error);
gboolean      jp_data_reader_is_ok (JpDataReader *self);
void jp_data_reader_fail (JpDataReader *self, const char *member, int code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

gboolean jp_data_reader_has (JpDataReader *self, const char *member);
gboolean jp_data_reader_enter (JpDataReader *self, const char *member);
gboolean jp_data_reader_enter_if (JpDataReader *self, const char *member);
guint    jp_data_reader_enter_list (JpDataReader *self, const char *member, guint min, guint max);
gboolean jp_data_reader_enter_element (JpDataReader *self, guint index);
void     jp_data_reader_leave (JpDataReader *self);

const char *jp_data_reader_text (JpDataReader *self, const char *member);
const char *jp_data_reader_text_if (JpDataReader *self, const char *member);
GStrv       jp_data_reader_texts_if (JpDataReader *self, const char *member, guint max);
gint64      jp_data_reader_integer (JpDataReader *self, const char *member, gint64 min, gint64 max);
gboolean    jp_data_reader_integer_if (JpDataReader *self,
                                       const char   *member,
                                       gint64        min,
                                       gint64        max,
                                       gint64       *out_integer);
guint       jp_data_reader_integers_if (JpDataReader *self,
                                        const char   *member,
                                        gint64        min,
                                        gint64        max,
                                        gint64       *out_integers,
                                        guint         n_max);
gboolean    jp_data_reader_boolean_if (JpDataReader *self, const char *member, gboolean fallback);
JpDate      jp_data_reader_date (JpDataReader *self, const char *member);
JpDate      jp_data_reader_date_if (JpDataReader *self, const char *member);
int   jp_data_reader_choice (JpDataReader *self, const char *member, const char *const *names);
int   jp_data_reader_choice_if (JpDataReader      *self,
                                const char        *member,
                                const char *const *names,
                                int                fallback);
char *jp_data_reader_dup_digest (JpDataReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpDataReader, jp_data_reader_free)

G_END_DECLS
