/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/**
 * JpStatementCheck:
 * @n_lines: lines that are here
 * @lines_fen: what they add up to
 * @n_unknown: of them lines whose contract is not among this school's
 * @missing_lines: lines that the statement names beyond those that are here; negative if there are
 *   more
 * @difference_fen: what the lines add up to, minus the total of the statement
 * @has_previous: an earlier statement is here
 * @gap_days: days between the earlier statement and this one that no statement covers; negative if
 *   both cover the same days
 * @opening_fen: custody at the start, minus custody at the end of the earlier statement; 0 if one
 *   of them is not stated
 *
 * What can be said of a statement by adding up and comparing, without judging a single line. A
 * plain value.
 */
typedef struct
{
  gint64   n_lines;
  gint64   lines_fen;
  gint64   n_unknown;
  gint64   missing_lines;
  gint64   difference_fen;
  gboolean has_previous;
  int      gap_days;
  gint64   opening_fen;
} JpStatementCheck;

JpStatementCheck *jp_statement_check_read (JpVault *vault, JpRecord *statement, GError **error);
void jp_statement_check_compare (JpStatementCheck *self, JpRecord *statement, JpRecord *previous);
gboolean jp_statement_check_is_fine (const JpStatementCheck *self);
GStrv    jp_statement_check_dup_sentences (const JpStatementCheck *self);

G_END_DECLS
