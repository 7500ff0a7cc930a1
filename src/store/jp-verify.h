/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-monitor.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Does the data hold what they promise? Reads everything, changes nothing, names each fault. */

#define JP_VERIFY_MAX_FINDINGS 1000

/**
 * JpVerifyCheck:
 * @JP_VERIFY_DATABASE: pages, indexes and constraints of the file
 * @JP_VERIFY_OPERATIONS: each operation opens, says what its columns say, the hash chain runs
 *   through all of them without a gap to the end that was sealed, and the verdicts are those that
 *   came
 * @JP_VERIFY_AUDIT: the hash chain of the audit to its sealed end, and an entry for each row of
 * each operation
 * @JP_VERIFY_ROWS: each row can be read, sealed fields included
 * @JP_VERIFY_REFERENCES: each reference points to a row that is there
 * @JP_VERIFY_ASSIGNMENTS: no terminal and no vehicle is bound twice at the same time
 * @JP_VERIFY_PENDING: what is marked as unsent is what unjudged operations touched
 * @JP_VERIFY_MONEY: no contract gave away more than was paid
 * @JP_VERIFY_TEXTS: the text of each contract matches its digest
 * @JP_VERIFY_LEDGER: every fact about money is posted as what it moves, and nothing else is
 * @JP_VERIFY_BOOKS: what the facts of the platform and the bank say agrees: custody, payments,
 *   references, totals. A finding is theirs, not damage
 * @JP_VERIFY_BLOBS: the bytes of each attachment match its SHA-256, or are known to be elsewhere
 *
 * One kind of check.
 */
typedef enum {
  JP_VERIFY_DATABASE,
  JP_VERIFY_OPERATIONS,
  JP_VERIFY_AUDIT,
  JP_VERIFY_ROWS,
  JP_VERIFY_REFERENCES,
  JP_VERIFY_ASSIGNMENTS,
  JP_VERIFY_PENDING,
  JP_VERIFY_MONEY,
  JP_VERIFY_TEXTS,
  JP_VERIFY_LEDGER,
  JP_VERIFY_BOOKS,
  JP_VERIFY_BLOBS,
} JpVerifyCheck;

#define JP_VERIFY_N_CHECKS 12

/**
 * JpVerifyFinding:
 * @check: which check found it
 * @kind: kind of the row, %JP_KIND_NONE where there is none
 * @id: the row, if @kind says so
 * @n: number of the operation or audit entry, 0 where there is none
 * @detail: (owned): what is wrong, in English for the support; no personal data
 *
 * One fault.
 */
typedef struct
{
  JpVerifyCheck check;
  JpKind        kind;
  JpId          id;
  gint64        n;
  char         *detail;
} JpVerifyFinding;

/**
 * JpVerifyReport:
 * @findings: (owned) (element-type JpVerifyFinding): the first %JP_VERIFY_MAX_FINDINGS
 * @n_examined: how many things each check looked at
 * @n_found: how many faults each check found
 *
 * The result of a verification.
 */
typedef struct
{
  GPtrArray *findings;
  guint64    n_examined[JP_VERIFY_N_CHECKS];
  guint64    n_found[JP_VERIFY_N_CHECKS];
} JpVerifyReport;

JpVerifyReport *jp_verify_run (JpVault *vault, const JpMonitor *monitor, GError **error);
gboolean        jp_verify_is_good (const JpVerifyReport *report);
void            jp_verify_report_free (JpVerifyReport *self);
const char     *jp_verify_get_name (JpVerifyCheck check);
const char     *jp_verify_get_label (JpVerifyCheck check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpVerifyReport, jp_verify_report_free)

G_END_DECLS
