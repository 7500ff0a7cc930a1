/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-verify.h"

G_BEGIN_DECLS

/**
 * JpVerifyRun:
 * @vault: (borrowed): what is verified
 * @report: (borrowed): what is found
 * @monitor: (borrowed) (nullable): how the job is watched
 * @done: steps done
 * @total: steps in all
 *
 * A verification on its way.
 */
typedef struct
{
  JpVault         *vault;
  JpVerifyReport  *report;
  const JpMonitor *monitor;
  guint64          done;
  guint64          total;
} JpVerifyRun;

void     jp_verify_report (JpVerifyRun  *run,
                           JpVerifyCheck check,
                           JpKind        kind,
                           const JpId   *id,
                           gint64        n,
                           const char   *detail);
gboolean jp_verify_step (JpVerifyRun *run, JpVerifyCheck check, GError **error);
gboolean jp_verify_chains (JpVerifyRun *run, GError **error);
gboolean jp_verify_rows (JpVerifyRun *run, GError **error);
gboolean jp_verify_assignments (JpVerifyRun *run, GError **error);
gboolean jp_verify_blobs (JpVerifyRun *run, GError **error);
gboolean jp_verify_ledger (JpVerifyRun *run, GError **error);

G_END_DECLS
