/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"
#include "jp-settlement-repo.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* What proves that lines of a statement are wrong, as one file to hand over: the letter, the
 * contested lines, the training sessions, exam results and earlier payments behind them, the whole
 * statement, and a list with the SHA-256 of each. */

/**
 * JpEvidenceBundle:
 * @report: a statement, checked
 * @rows: (nullable) (element-type JpSettlementRow): the lines in question; %NULL: all that are
 * wrong
 * @reveal: ID numbers in clear
 *
 * What goes into the file. All borrowed.
 */
typedef struct
{
  const JpSettlementReport *report;
  GPtrArray                *rows;
  gboolean                  reveal;
} JpEvidenceBundle;

gboolean jp_evidence_bundle_save (JpVault                *vault,
                                  const JpEvidenceBundle *bundle,
                                  GFile                  *file,
                                  GError                **error);
gboolean
jp_evidence_bundle_write_statement (const JpSettlementReport *report, GFile *file, GError **error);

G_END_DECLS
