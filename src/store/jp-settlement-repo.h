/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-settlement-summary.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Settlement statements, checked line by line: what jp-settlement.h judges, out of the database.
 * All functions run on the vault's thread; a reading vault is enough. */

/**
 * JpSettlementRow:
 * @line: the line, none for something that is missing
 * @line_no: its number on its statement, 0 for something missing
 * @contract: the contract, none if the line names none
 * @is_known: the school has the contract
 * @verdict: what the line is
 * @paid_fen: what it pays
 * @expected_fen: what it should pay
 * @difference_fen: @paid_fen − @expected_fen
 * @explained_fen: what of it the verdict explains
 * @paid_on: when the bank paid, or %JP_DATE_NONE
 * @due_on: when it was due, or %JP_DATE_NONE
 * @days: how early, late or overdue
 * @stage_id: (nullable) (owned): stage of the policy
 * @stage: (owned): its title, or what the line calls it
 * @contract_no: (owned): number of the contract, as the line has it
 * @trainee_name: (owned): the name on the line, or of the trainee
 * @sentence: (owned): the verdict as one translated sentence with its numbers
 * @kind: what the line moves
 * @dispute: the newest dispute of the line, none if it was never contested
 * @dispute_state: its state, -1 if there is none
 *
 * The judgement of a line, for a table.
 */
typedef struct
{
  JpId                line;
  gint64              line_no;
  JpId                contract;
  gboolean            is_known;
  JpSettlementVerdict verdict;
  gint64              paid_fen;
  gint64              expected_fen;
  gint64              difference_fen;
  gint64              explained_fen;
  JpDate              paid_on;
  JpDate              due_on;
  int                 days;
  char               *stage_id;
  char               *stage;
  char               *contract_no;
  char               *trainee_name;
  char               *sentence;
  int                 kind;
  JpId                dispute;
  int                 dispute_state;
} JpSettlementRow;

/**
 * JpSettlementReport:
 * @statement: (owned): the statement
 * @summary: what can be said of it as a whole; the headline is `summary.residual_fen`
 * @rows: (owned) (element-type JpSettlementRow): its lines in their order, then what is missing
 *
 * A statement, checked. Free with jp_settlement_repo_free_report().
 */
typedef struct
{
  JpRecord           *statement;
  JpSettlementSummary summary;
  GPtrArray          *rows;
} JpSettlementReport;

JpSettlementReport *jp_settlement_repo_read (JpVault                   *vault,
                                             const JpId                *statement,
                                             const JpSettlementOptions *options,
                                             GError                   **error);
void                jp_settlement_repo_free_report (JpSettlementReport *self);
gboolean            jp_settlement_repo_check (JpVault                   *vault,
                                              JpRecord                  *statement,
                                              const JpSettlementOptions *options,
                                              JpSettlementSummary       *out_summary,
                                              GError                   **error);
GPtrArray          *jp_settlement_repo_list_contract (JpVault                   *vault,
                                                      const JpId                *contract,
                                                      const JpSettlementOptions *options,
                                                      GError                   **error);
GPtrArray          *jp_settlement_repo_list_missing (JpVault                   *vault,
                                                     const JpSettlementOptions *options,
                                                     GError                   **error);
gboolean
jp_settlement_repo_find_covered (JpVault *vault, JpDate today, JpDate *out_until, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSettlementReport, jp_settlement_repo_free_report)

G_END_DECLS
