/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-check.h"

#include "jp-money.h"
#include "jp-plural.h"
#include "jp-query.h"

#include <glib/gi18n-lib.h>

/**
 * jp_statement_check_compare:
 * @self: a check with its sums of lines
 * @statement: the statement
 * @previous: (nullable): the statement before it
 *
 * Compares the sums with what the statement says, and the statement with the one before. Pure.
 */
void
jp_statement_check_compare (JpStatementCheck *self, JpRecord *statement, JpRecord *previous)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (jp_record_get_kind (statement) == JP_KIND_STATEMENT);

  self->missing_lines = jp_record_get_integer (statement, JP_STATEMENT_LINE_COUNT) - self->n_lines;
  self->difference_fen = self->lines_fen - jp_record_get_integer (statement, JP_STATEMENT_TOTAL);
  self->has_previous = previous != NULL;
  self->gap_days = 0;
  self->opening_fen = 0;
  if (previous == NULL)
    return;

  self->gap_days = jp_date_days_between (jp_record_get_date (previous, JP_STATEMENT_PERIOD_TO),
                                         jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM)) -
                   1;
  if (self->gap_days == 0 && jp_record_has (statement, JP_STATEMENT_OPENING) &&
      jp_record_has (previous, JP_STATEMENT_CLOSING))
    self->opening_fen = jp_record_get_integer (statement, JP_STATEMENT_OPENING) -
                        jp_record_get_integer (previous, JP_STATEMENT_CLOSING);
}

static JpRecord *
fetch_previous (JpVault *vault, JpRecord *statement, gboolean *out_failed, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT);
  g_autoptr (GPtrArray) found = NULL;

  jp_query_where_integer (query, JP_STATEMENT_PERIOD_FROM, JP_QUERY_LESS,
                          jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM));
  jp_query_set_order (query, JP_STATEMENT_PERIOD_FROM, TRUE);
  jp_query_set_limit (query, 1);
  found = jp_query_fetch_all (vault, query, error);
  *out_failed = found == NULL;
  return found != NULL && found->len > 0 ? jp_record_ref (found->pdata[0]) : NULL;
}

static gboolean
count_unknown (JpVault *vault, const JpId *statement_id, gint64 *out_count, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT count (*) FROM statement_line AS line WHERE line.statement = :statement"
                   " AND line.deleted = 0 AND NOT EXISTS (SELECT 1 FROM contract WHERE id = "
                   "line.contract)",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (statement, ":statement", statement_id);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_count = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_statement_check_read:
 * @vault: a vault
 * @statement: a statement
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the check, to be freed with g_free(); %NULL with an error
 */
JpStatementCheck *
jp_statement_check_read (JpVault *vault, JpRecord *statement, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  g_autofree JpStatementCheck *check = g_new0 (JpStatementCheck, 1);
  g_autoptr (JpQuery) lines = jp_query_new (JP_KIND_STATEMENT_LINE);
  g_autoptr (JpRecord) previous = NULL;
  const JpId *id = jp_record_get_id (statement);
  gboolean    failed = FALSE;

  jp_query_where_ref (lines, JP_STATEMENT_LINE_STATEMENT, id);
  if (!jp_query_count (vault, lines, &check->n_lines, error) ||
      !jp_query_sum (vault, lines, JP_STATEMENT_LINE_AMOUNT, &check->lines_fen, error) ||
      !count_unknown (vault, id, &check->n_unknown, error))
    return NULL;

  previous = fetch_previous (vault, statement, &failed, error);
  if (failed)
    return NULL;
  jp_statement_check_compare (check, statement, previous);
  return g_steal_pointer (&check);
}

/**
 * jp_statement_check_is_fine:
 * @self: a check
 *
 * Returns: whether everything that could be compared agrees
 */
gboolean
jp_statement_check_is_fine (const JpStatementCheck *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->missing_lines == 0 && self->difference_fen == 0 && self->n_unknown == 0 &&
         self->gap_days == 0 && self->opening_fen == 0;
}

static char *
dup_money (const char *format, gint64 amount_fen)
{
  g_autofree char *money = jp_money_format (amount_fen);

  return g_strdup_printf (format, money);
}

static void
take (GStrvBuilder *builder, char *sentence)
{
  g_autofree char *owned = sentence;

  g_strv_builder_add (builder, owned);
}

static void
add_sums (GStrvBuilder *builder, const JpStatementCheck *self)
{
  if (self->missing_lines > 0)
    take (builder,
          jp_plural_format (NP_ ("%d line has not arrived yet.", "%d lines have not arrived yet."),
                            self->missing_lines));
  else if (self->missing_lines < 0)
    take (builder, jp_plural_format (NP_ ("There is %d line more than the statement says.",
                                          "There are %d lines more than the statement says."),
                                     -self->missing_lines));
  if (self->difference_fen > 0)
    take (builder,
          dup_money (_ ("The lines add up to %s more than the total."), self->difference_fen));
  else if (self->difference_fen < 0)
    take (builder,
          dup_money (_ ("The lines add up to %s less than the total."), -self->difference_fen));
}

static void
add_neighbours (GStrvBuilder *builder, const JpStatementCheck *self)
{
  if (self->gap_days > 0)
    take (builder,
          jp_plural_format (NP_ ("Between the statement before and this one %d day is missing.",
                                 "Between the statement before and this one %d days are missing."),
                            self->gap_days));
  else if (self->gap_days < 0)
    take (builder, jp_plural_format (NP_ ("The statement before and this one both cover %d day.",
                                          "The statement before and this one both cover %d days."),
                                     -self->gap_days));
  if (self->opening_fen > 0)
    take (builder, dup_money (_ ("Custody at the start is %s more than at the end of the statement "
                                 "before."),
                              self->opening_fen));
  else if (self->opening_fen < 0)
    take (builder, dup_money (_ ("Custody at the start is %s less than at the end of the statement "
                                 "before."),
                              -self->opening_fen));
}

/**
 * jp_statement_check_dup_sentences:
 * @self: a check
 *
 * Returns: (transfer full): what it found, one translated sentence each, at least one
 */
GStrv
jp_statement_check_dup_sentences (const JpStatementCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (jp_statement_check_is_fine (self))
    take (builder, self->has_previous
                     ? g_strdup (_ ("The lines add up to the total, their number is right, and the "
                                    "statement continues the one before."))
                     : g_strdup (_ ("The lines add up to the total, and their number is right.")));
  add_sums (builder, self);
  add_neighbours (builder, self);
  if (self->n_unknown > 0)
    take (builder, jp_plural_format (NP_ ("%d line names a contract that is not known here.",
                                          "%d lines name contracts that are not known here."),
                                     self->n_unknown));
  return g_strv_builder_end (builder);
}
