/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "jp-error.h"

G_BEGIN_DECLS

/* Reading JSON that somebody else wrote. json-glib alone crashes on deep nesting, wraps large
 * integers and accepts what RFC 8259 forbids (sync.md F15), so every byte passes the linear scan
 * of jp_json_check() first; afterwards values are read by accessors that check type and range.
 * Writing: JsonBuilder makes the nodes, jp_json_to_bytes() the bytes. */

#define JP_JSON_MAX_DEPTH        8
#define JP_JSON_MAX_STRING_BYTES (64 * 1024)
#define JP_JSON_MAX_NUMBER_BYTES 64
#define JP_JSON_MAX_BYTES        (8 * 1024 * 1024)
#define JP_JSON_MAX_MEMBERS      512    /* of one object: json-glib's hash can be made to collide */
#define JP_JSON_MAX_VALUES       500000 /* in all: a value takes json-glib about 100 bytes */
#define JP_JSON_INTEGER_MAX      G_GINT64_CONSTANT (9007199254740991) /* 2^53 - 1 */

gboolean  jp_json_check (const char *bytes, gsize length_bytes, gsize max_bytes, GError **error);
JsonNode *jp_json_parse (GBytes *bytes, gsize max_bytes, GError **error);
JsonNode *jp_json_parse_text (const char *text, GError **error);
GBytes   *jp_json_to_bytes (JsonNode *node);
char     *jp_json_to_text (JsonNode *node);

JsonObject *jp_json_as_object (JsonNode *node, GError **error);
JsonArray  *jp_json_as_array (JsonNode *node, GError **error);
gboolean jp_json_as_text (JsonNode *node, gsize max_bytes, const char **out_text, GError **error);
gboolean
jp_json_as_integer (JsonNode *node, gint64 min, gint64 max, gint64 *out_integer, GError **error);
gboolean jp_json_as_boolean (JsonNode *node, gboolean *out_boolean, GError **error);

gboolean jp_json_has (JsonObject *object, const char *member);
gboolean jp_json_is_null (JsonObject *object, const char *member);
gboolean jp_json_get_text (JsonObject  *object,
                           const char  *member,
                           gsize        max_bytes,
                           const char **out_text,
                           GError     **error);
gboolean jp_json_get_integer (JsonObject *object,
                              const char *member,
                              gint64      min,
                              gint64      max,
                              gint64     *out_integer,
                              GError    **error);
gboolean
jp_json_get_boolean (JsonObject *object, const char *member, gboolean *out_boolean, GError **error);
JsonObject *jp_json_get_object (JsonObject *object, const char *member, GError **error);
JsonArray *
jp_json_get_array (JsonObject *object, const char *member, guint max_length, GError **error);
JsonObject *jp_json_element_object (JsonArray *array, guint index, GError **error);
JsonArray  *jp_json_element_array (JsonArray *array, guint index, GError **error);

G_END_DECLS
