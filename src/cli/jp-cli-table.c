/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-table.h"

#define GAP_CELLS 2

struct _JpCliTable
{
  guint      n_columns;
  GPtrArray *rows;   /* (owned) (element-type GStrv): the labels first */
  gsize     *widths; /* (owned) (array length=n_columns): cells of the widest text */
};

static void
free_row (gpointer data)
{
  g_strfreev (data);
}

/**
 * jp_cli_table_measure:
 * @text: one line
 *
 * Returns: how many cells of a terminal it takes
 */
gsize
jp_cli_table_measure (const char *text)
{
  gsize n_cells = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (character))
        n_cells += g_unichar_iswide (character) ? 2 : 1;
    }
  return n_cells;
}

/**
 * jp_cli_table_new:
 * @labels: (array zero-terminated=1): what stands above the columns
 *
 * Returns: (transfer full): a table without rows
 */
JpCliTable *
jp_cli_table_new (const char *const *labels)
{
  g_return_val_if_fail (labels != NULL && labels[0] != NULL, NULL);

  JpCliTable *self = g_new0 (JpCliTable, 1);

  self->n_columns = g_strv_length ((char **)labels);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->widths = g_new0 (gsize, self->n_columns);
  jp_cli_table_add (self, labels);
  return self;
}

/**
 * jp_cli_table_free:
 * @self: (nullable) (transfer full): a table
 */
void
jp_cli_table_free (JpCliTable *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_free (self->widths);
  g_free (self);
}

/* One line each, whatever stands in a record. */
static char *
flatten (const char *text)
{
  char *line = g_strdup (text);

  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return line;
}

/**
 * jp_cli_table_add:
 * @self: a table
 * @cells: (array zero-terminated=1): one text per column; missing ones are empty
 */
void
jp_cli_table_add (JpCliTable *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (cells != NULL);

  char   **row = g_new0 (char *, self->n_columns + 1);
  gboolean ended = FALSE;

  for (guint i = 0; i < self->n_columns; i++)
    {
      ended = ended || cells[i] == NULL;
      row[i] = flatten (ended ? "" : cells[i]);
      self->widths[i] = MAX (self->widths[i], jp_cli_table_measure (row[i]));
    }
  g_ptr_array_add (self->rows, row);
}

/**
 * jp_cli_table_to_text:
 * @self: a table
 *
 * Returns: (transfer full): the table, a line per row
 */
char *
jp_cli_table_to_text (JpCliTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = g_ptr_array_index (self->rows, i);

      for (guint k = 0; k < self->n_columns; k++)
        {
          g_string_append (text, row[k]);
          for (gsize n = jp_cli_table_measure (row[k]);
               k + 1 < self->n_columns && n < self->widths[k] + GAP_CELLS; n++)
            g_string_append_c (text, ' ');
        }
      while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/**
 * jp_cli_table_print:
 * @self: a table
 *
 * Prints it on standard output.
 */
void
jp_cli_table_print (JpCliTable *self)
{
  g_autofree char *text = jp_cli_table_to_text (self);

  g_print ("%s", text);
}
