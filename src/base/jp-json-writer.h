/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-json-scalar.h"

G_BEGIN_DECLS

/**
 * JpJsonWriter:
 *
 * Writes JSON without a tree of it: the pages of a first sync. Commas are put where they belong.
 * Belongs to one thread at a time.
 */
typedef struct _JpJsonWriter JpJsonWriter;

JpJsonWriter *jp_json_writer_new (void);
void          jp_json_writer_free (JpJsonWriter *self);
void          jp_json_writer_begin_object (JpJsonWriter *self);
void          jp_json_writer_end_object (JpJsonWriter *self);
void          jp_json_writer_begin_array (JpJsonWriter *self);
void          jp_json_writer_end_array (JpJsonWriter *self);
void          jp_json_writer_name (JpJsonWriter *self, const char *name);
void          jp_json_writer_add (JpJsonWriter *self, const JpJsonScalar *scalar);
void          jp_json_writer_add_text (JpJsonWriter *self, const char *text);
void          jp_json_writer_add_integer (JpJsonWriter *self, gint64 integer);
void          jp_json_writer_add_boolean (JpJsonWriter *self, gboolean boolean);
void          jp_json_writer_add_node (JpJsonWriter *self, JsonNode *node);
GBytes       *jp_json_writer_end (JpJsonWriter *self);
char         *jp_json_writer_end_text (JpJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpJsonWriter, jp_json_writer_free)

G_END_DECLS
