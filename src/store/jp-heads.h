/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* Where the chains of operations and audit end, and what the platform's verdicts are, written under
 * the data key in the transaction that makes them longer. Whoever has the file but not the key can
 * neither cut the ends off nor change a verdict without being seen. An older copy of the whole file
 * agrees with itself: that shows at the platform, which knows the last operation of the station. */

/**
 * JpHead:
 * @n: number of the last entry, 0 for none
 * @hash: its hash, zeros for none
 *
 * The end of a chain.
 */
typedef struct
{
  gint64 n;
  guint8 hash[JP_SEAL_HASH_BYTES];
} JpHead;

/**
 * JpHeadVerdict:
 * @n: number of the operation
 * @result: (nullable): name of what became of it
 * @problem: (nullable): code of the problem
 * @detail: (nullable): what the platform added
 * @seq: the platform's counter
 * @judged_at_us: when it came
 *
 * A verdict as it stands beside its operation.
 */
typedef struct
{
  gint64      n;
  const char *result;
  const char *problem;
  const char *detail;
  gint64      seq;
  gint64      judged_at_us;
} JpHeadVerdict;

/**
 * JpVerdictSum:
 * @count: how many verdicts there are
 * @sum: all of them, folded into each other under the data key; the order does not matter
 *
 * Every verdict that has come.
 */
typedef struct
{
  gint64 count;
  guint8 sum[JP_SEAL_INDEX_BYTES];
} JpVerdictSum;

gboolean jp_heads_get (JpVault *vault, const char *name, JpHead *out_head, GError **error);
gboolean jp_heads_set (JpVault     *vault,
                       const char  *name,
                       gint64       n,
                       const guint8 hash[JP_SEAL_HASH_BYTES],
                       GError     **error);
gboolean jp_heads_get_verdicts (JpVault *vault, JpVerdictSum *out_sum, GError **error);
gboolean jp_heads_add_verdict (JpVault *vault, const JpHeadVerdict *verdict, GError **error);
gboolean jp_heads_drop_verdict (JpVault *vault, const JpHeadVerdict *verdict, GError **error);
void     jp_verdict_sum_add (JpVerdictSum *self, JpSealKey *key, const JpHeadVerdict *verdict);

G_END_DECLS
