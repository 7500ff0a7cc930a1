/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-json-scalar.h"

G_BEGIN_DECLS

/* Reads JSON without making a tree of it: for the pages of a first sync, which hold millions of
 * values. Every byte has passed jp_json_check() before the first value is given out. */

/**
 * JpJsonReader:
 *
 * A place in a JSON text. Belongs to one thread at a time.
 */
typedef struct _JpJsonReader JpJsonReader;

JpJsonReader *jp_json_reader_new (GBytes *bytes, gsize max_bytes, GError **error);
void          jp_json_reader_free (JpJsonReader *self);
gboolean      jp_json_reader_enter (JpJsonReader *self, JpJsonType type, GError **error);
gboolean      jp_json_reader_next_member (JpJsonReader *self, const char **out_name);
gboolean      jp_json_reader_next_element (JpJsonReader *self);
JpJsonScalar  jp_json_reader_read (JpJsonReader *self);
JsonNode     *jp_json_reader_read_node (JpJsonReader *self);
gsize         jp_json_reader_tell (JpJsonReader *self);
void          jp_json_reader_seek (JpJsonReader *self, gsize place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpJsonReader, jp_json_reader_free)

G_END_DECLS
