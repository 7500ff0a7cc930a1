/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-refund-repo.h"
#include "jp-settlement-repo.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Papers of what is in a school's data; the window, the terminal and the tests print through here.
 * What is revealed must be noted in the audit before, with jp_print_audit(). */

gboolean jp_print_may (JpKind kind);
gboolean jp_print_needs_row (JpKind kind);
gboolean jp_print_can_mask (JpKind kind);
char    *jp_print_dup_name (JpKind kind, JpRecord *record, JpDate on);

JpRecord *
jp_print_read_issue (JpVault *vault, gboolean reveal, JpPaperIssue *out_issue, GError **error);
gboolean jp_print_audit (JpVault    *vault,
                         JpKind      kind,
                         const JpId *id,
                         gboolean    reveal,
                         const char *actor,
                         GError    **error);

JpPaper *
jp_print_record (JpVault *vault, JpKind kind, const JpId *id, gboolean reveal, GError **error);
JpPaper *jp_print_contract (JpVault *vault, const JpId *contract, gboolean reveal, GError **error);
JpPaper *jp_print_trainee (JpVault *vault, const JpId *trainee, gboolean reveal, GError **error);
JpPaper *jp_print_statement (JpVault *vault, const JpId *statement, GError **error);
JpPaper *jp_print_tiers (JpVault *vault, GPtrArray *tiers, GError **error);
JpPaper *
jp_print_refund (JpVault *vault, const JpRefundSheet *sheet, gboolean reveal, GError **error);
JpPaper *jp_print_dispute (JpVault                  *vault,
                           const JpSettlementReport *report,
                           GPtrArray                *rows,
                           GError                  **error);

G_END_DECLS
