/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data-line.h"

#include <string.h>

/* json-glib forgets where a node stood. Errors in data files that people edit need a line, so this
 * walks the text again along a member path. The text has been parsed before: it is well-formed. */

typedef struct
{
  const char *at;
  const char *end;
} Scan;

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end &&
         (g_ascii_isspace (*scan->at) || *scan->at == ',' || *scan->at == ':'))
    scan->at++;
}

static void
skip_string (Scan *scan)
{
  for (scan->at++; scan->at < scan->end && *scan->at != '"'; scan->at++)
    {
      if (*scan->at == '\\' && scan->at + 1 < scan->end)
        scan->at++;
    }

  if (scan->at < scan->end)
    scan->at++;
}

static void
skip_value (Scan *scan)
{
  guint depth = 0;

  skip_space (scan);

  while (scan->at < scan->end)
    {
      char c = *scan->at;

      if (depth == 0 && (c == ',' || c == '}' || c == ']'))
        return;

      if (c == '"')
        {
          skip_string (scan);
        }
      else
        {
          depth += c == '{' || c == '[';
          depth -= c == '}' || c == ']';
          scan->at++;
        }

      if (depth == 0 && (c == '"' || c == '}' || c == ']'))
        return;
    }
}

/* From the opening brace to the value of a member; @scan stays where it was if there is none. */
static gboolean
find_member (Scan *scan, const char *name, gsize length)
{
  Scan look = *scan;

  if (look.at >= look.end || *look.at != '{')
    return FALSE;

  for (look.at++, skip_space (&look); look.at < look.end && *look.at == '"'; skip_space (&look))
    {
      const char *key = look.at;

      skip_string (&look);
      if ((gsize)(look.at - key) == length + 2 && memcmp (key + 1, name, length) == 0)
        {
          skip_space (&look);
          *scan = look;
          return TRUE;
        }

      skip_value (&look);
    }

  return FALSE;
}

static gboolean
find_element (Scan *scan, guint64 index)
{
  Scan look = *scan;

  if (look.at >= look.end || *look.at != '[')
    return FALSE;

  look.at++;
  skip_space (&look);
  for (guint64 i = 0; i < index && look.at < look.end && *look.at != ']'; i++)
    {
      skip_value (&look);
      skip_space (&look);
    }

  if (look.at >= look.end || *look.at == ']')
    return FALSE;

  *scan = look;

  return TRUE;
}

static guint
count_lines (const char *from, const char *to)
{
  guint n_lines = 1;

  for (; from < to; from++)
    n_lines += *from == '\n';

  return n_lines;
}

/**
 * jp_data_line_find:
 * @bytes: well-formed JSON
 * @path: member names with dots, elements in brackets, like `stages[2].share_bp`; empty for the
 *   whole
 *
 * Returns: the line, from 1, on which the value stands; if the path leads nowhere, the line of the
 *   last part of it that exists
 */
guint
jp_data_line_find (GBytes *bytes, const char *path)
{
  g_return_val_if_fail (bytes != NULL, 1);
  g_return_val_if_fail (path != NULL, 1);

  gsize       size = 0;
  const char *text = g_bytes_get_data (bytes, &size);

  if (text == NULL)
    return 1;

  Scan     scan = { text, text + size };
  gboolean is_found = TRUE;

  skip_space (&scan);

  while (is_found && *path != '\0')
    {
      if (*path == '[')
        {
          is_found = find_element (&scan, g_ascii_strtoull (path + 1, NULL, 10));
          path += strcspn (path, "]");
          path += *path == ']';
        }
      else
        {
          path += *path == '.';

          gsize length = strcspn (path, ".[");

          is_found = find_member (&scan, path, length);
          path += length;
        }
    }

  return count_lines (text, scan.at);
}
