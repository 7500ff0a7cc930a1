/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-disputed-lines.h"

struct _JpDisputedLines
{
  JpId          statement;
  GArray       *lines;  /* (owned) (element-type JpDeskDisputed): the stages are in @stages */
  GStringChunk *stages; /* (owned) */
};

/**
 * jp_disputed_lines_new:
 * @statement: a statement
 *
 * Returns: (transfer full): no lines of it yet
 */
JpDisputedLines *
jp_disputed_lines_new (const JpId *statement)
{
  g_return_val_if_fail (statement != NULL, NULL);

  JpDisputedLines *self = g_new0 (JpDisputedLines, 1);

  self->statement = *statement;
  self->lines = g_array_new (FALSE, FALSE, sizeof (JpDeskDisputed));
  self->stages = g_string_chunk_new (256);
  return self;
}

static void
add (JpDisputedLines *self, const JpId *line, const JpId *contract, const char *stage)
{
  JpDeskDisputed disputed = {
    .line = *line,
    .contract = *contract,
    .stage = stage != NULL ? g_string_chunk_insert_const (self->stages, stage) : NULL,
  };

  if (self->lines->len < JP_CHANGE_MAX_ROWS)
    g_array_append_val (self->lines, disputed);
}

/**
 * jp_disputed_lines_copy:
 * @self: lines
 *
 * Returns: (transfer full): the same
 */
JpDisputedLines *
jp_disputed_lines_copy (JpDisputedLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpDisputedLines *copy = jp_disputed_lines_new (&self->statement);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const JpDeskDisputed *line = &g_array_index (self->lines, JpDeskDisputed, i);

      add (copy, &line->line, &line->contract, line->stage);
    }
  return copy;
}

/**
 * jp_disputed_lines_free:
 * @self: (nullable) (transfer full): lines
 */
void
jp_disputed_lines_free (JpDisputedLines *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->lines);
  g_string_chunk_free (self->stages);
  g_free (self);
}

/**
 * jp_disputed_lines_add:
 * @self: lines
 * @row: one more of the same statement; beyond %JP_CHANGE_MAX_ROWS they are left out
 */
void
jp_disputed_lines_add (JpDisputedLines *self, const JpSettlementRow *row)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (row != NULL);

  add (self, &row->line, &row->contract, row->stage);
}

/**
 * jp_disputed_lines_get_n:
 * @self: lines
 *
 * Returns: how many
 */
guint
jp_disputed_lines_get_n (JpDisputedLines *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

/**
 * jp_disputed_lines_get_statement:
 * @self: lines
 *
 * Returns: (transfer none): their statement
 */
const JpId *
jp_disputed_lines_get_statement (JpDisputedLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->statement;
}

/**
 * jp_disputed_lines_describe:
 * @self: lines
 *
 * Returns: what to contest, valid as long as @self; without words, and not to be sent
 */
JpDeskDispute
jp_disputed_lines_describe (JpDisputedLines *self)
{
  g_return_val_if_fail (self != NULL, (JpDeskDispute){ 0 });

  return (JpDeskDispute){ .statement = self->statement,
                          .lines = (const JpDeskDisputed *)(gpointer)self->lines->data,
                          .n_lines = self->lines->len };
}

static gboolean
is_named (const JpSettlementRow *row, const JpDeskDisputed *line)
{
  if (!jp_id_is_none (&line->line))
    return jp_id_equal (&row->line, &line->line);
  return jp_id_is_none (&row->line) && jp_id_equal (&row->contract, &line->contract) &&
         g_strcmp0 (row->stage, line->stage) == 0;
}

/**
 * jp_disputed_lines_find:
 * @self: lines
 * @report: the same statement, checked again
 *
 * Returns: (transfer container) (element-type JpSettlementRow): the rows of the report
 */
GPtrArray *
jp_disputed_lines_find (JpDisputedLines *self, const JpSettlementReport *report)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < report->rows->len; i++)
    for (guint k = 0; k < self->lines->len; k++)
      if (is_named (report->rows->pdata[i], &g_array_index (self->lines, JpDeskDisputed, k)))
        {
          g_ptr_array_add (rows, report->rows->pdata[i]);
          break;
        }
  return rows;
}
