/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * JpJsonType:
 * @JP_JSON_NULL: null, or nothing
 * @JP_JSON_BOOLEAN: true or false
 * @JP_JSON_INTEGER: a number that was written as an integer
 * @JP_JSON_NUMBER: any other number
 * @JP_JSON_TEXT: a text
 * @JP_JSON_ARRAY: an array
 * @JP_JSON_OBJECT: an object
 *
 * What a value is.
 */
typedef enum {
  JP_JSON_NULL,
  JP_JSON_BOOLEAN,
  JP_JSON_INTEGER,
  JP_JSON_NUMBER,
  JP_JSON_TEXT,
  JP_JSON_ARRAY,
  JP_JSON_OBJECT,
} JpJsonType;

/**
 * JpJsonScalar:
 * @type: what it is; what an array or an object holds is not in here
 * @text: (borrowed) (nullable): of a text
 * @integer: of an integer or a truth value
 * @number: of any other number
 *
 * One value, wherever it comes from or goes to: a tree of json-glib or a stream.
 */
typedef struct
{
  JpJsonType  type;
  const char *text;
  gint64      integer;
  double      number;
} JpJsonScalar;

JpJsonScalar jp_json_scalar_from_node (JsonNode *node);
JsonNode    *jp_json_scalar_to_node (const JpJsonScalar *self);
gboolean     jp_json_scalar_as_text (const JpJsonScalar *self,
                                     gsize               max_bytes,
                                     const char        **out_text,
                                     GError            **error);
gboolean     jp_json_scalar_as_integer (const JpJsonScalar *self,
                                        gint64              min,
                                        gint64              max,
                                        gint64             *out_integer,
                                        GError            **error);
gboolean
jp_json_scalar_as_boolean (const JpJsonScalar *self, gboolean *out_boolean, GError **error);

G_END_DECLS
