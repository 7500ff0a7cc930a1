/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json-private.h"

#include "jp-json.h"

#include <string.h>

/* Where in the bytes, and a place to decode strings in. The bytes have passed jp_json_check(), so
 * nothing here has to expect a fault; but there is no 0 behind them. */
typedef struct
{
  const char *at;
  const char *end;
  GString    *text; /* (borrowed) */
} Build;

static void
skip_space (Build *build)
{
  while (*build->at == ' ' || *build->at == '\n' || *build->at == '\r' || *build->at == '\t')
    build->at++;
}

static gboolean
skip_byte (Build *build, char byte)
{
  skip_space (build);
  if (*build->at != byte)
    return FALSE;
  build->at++;
  return TRUE;
}

static gunichar
read_unit (Build *build)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit << 4 | (gunichar)g_ascii_xdigit_value (*build->at++);
  return unit;
}

static void
read_escape (Build *build)
{
  static const char names[] = "bfnrt";
  static const char values[] = "\b\f\n\r\t";
  char              name = *build->at++;
  gunichar          character;

  if (name != 'u')
    {
      const char *found = strchr (names, name);

      g_string_append_c (build->text, found != NULL ? values[found - names] : name);
      return;
    }

  character = read_unit (build);
  if (character >= 0xd800 && character <= 0xdbff)
    {
      build->at += strlen ("\\u");
      character = 0x10000 + ((character - 0xd800) << 10) + (read_unit (build) - 0xdc00);
    }
  g_string_append_unichar (build->text, character);
}

/* Behind the opening quote. The text is good until the next string. */
static const char *
read_string (Build *build)
{
  g_string_truncate (build->text, 0);
  while (TRUE)
    {
      const char *plain = build->at;

      while (*build->at != '"' && *build->at != '\\')
        build->at++;
      g_string_append_len (build->text, plain, build->at - plain);
      if (*build->at++ == '"')
        return build->text->str;
      read_escape (build);
    }
}

static JsonNode *
build_number (Build *build)
{
  char     text[JP_JSON_MAX_NUMBER_BYTES + 1];
  gsize    length_bytes = 0;
  gboolean is_float = FALSE;

  for (; build->at < build->end; build->at++)
    {
      char c = *build->at;

      if (c == '.' || c == 'e' || c == 'E')
        is_float = TRUE;
      else if (!g_ascii_isdigit (c) && c != '-' && c != '+')
        break;
      text[length_bytes++] = c;
    }

  text[length_bytes] = '\0';
  if (is_float)
    return json_node_init_double (json_node_alloc (), g_ascii_strtod (text, NULL));
  return json_node_init_int (json_node_alloc (), g_ascii_strtoll (text, NULL, 10));
}

static JsonNode *
build_word (Build *build)
{
  char first = *build->at;

  build->at += first == 'f' ? strlen ("false") : strlen ("true");
  if (first == 'n')
    return json_node_init_null (json_node_alloc ());
  return json_node_init_boolean (json_node_alloc (), first == 't');
}

static JsonNode *build_value (Build *build);

static JsonNode *
build_array (Build *build)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonArray) array = json_array_new ();

  while (!skip_byte (build, ']'))
    {
      json_array_add_element (array, build_value (build));
      skip_byte (build, ',');
    }
  return json_node_init_array (node, array);
}

static JsonNode *
build_object (Build *build)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonObject) object = json_object_new ();

  while (!skip_byte (build, '}'))
    {
      g_autofree char *name = NULL;

      skip_byte (build, '"');
      name = g_strdup (read_string (build));
      skip_byte (build, ':');
      json_object_set_member (object, name, build_value (build));
      skip_byte (build, ',');
    }
  return json_node_init_object (node, object);
}

/* Recursion ends at JP_JSON_MAX_DEPTH. */
static JsonNode *
build_value (Build *build)
{
  skip_space (build);
  switch (*build->at)
    {
    case '{':
      build->at++;
      return build_object (build);
    case '[':
      build->at++;
      return build_array (build);
    case '"':
      build->at++;
      return json_node_init_string (json_node_alloc (), read_string (build));
    case 't':
    case 'f':
    case 'n':
      return build_word (build);
    default:
      return build_number (build);
    }
}

/**
 * jp_json_build:
 * @checked: (array length=length_bytes): what has passed jp_json_check()
 * @length_bytes: how many bytes
 *
 * Makes json-glib's values in a third of the time its parser needs, which allocates for every token
 * and emits a signal for every value: a first sync reads millions of them.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
jp_json_build (const char *checked, gsize length_bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Build build = { checked, checked + length_bytes, text };

  return build_value (&build);
}
