/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business-private.h"
#include "jp-settlement.h"

G_BEGIN_DECLS

/**
 * JpBusinessFinding:
 * @is_found: the rows of the platform have such a line, or such a stage that is missing
 * @verdict: what it is
 * @paid_fen: what it pays
 * @expected_fen: what it should pay
 * @stage: (owned) (nullable): stage of the policy
 * @sentence: (owned): the verdict in words
 *
 * What the platform's own evaluator says of a disputed line.
 */
typedef struct
{
  gboolean            is_found;
  JpSettlementVerdict verdict;
  gint64              paid_fen;
  gint64              expected_fen;
  char               *stage;
  char               *sentence;
} JpBusinessFinding;

void     jp_business_finding_clear (JpBusinessFinding *finding);
gboolean jp_business_judge_dispute (JpBusiness        *self,
                                    JpRecord          *dispute,
                                    JpBusinessFinding *out_finding,
                                    GError           **error);
gboolean jp_business_take_dispute (JpPlatform *platform,
                                   const JpId *school,
                                   JpRecord   *dispute,
                                   GError    **error);
gboolean jp_business_review_dispute (JpBusiness        *self,
                                     const JpId        *dispute,
                                     JpRecord         **out_dispute,
                                     JpBusinessFinding *out_finding,
                                     GError           **error);
gboolean jp_business_decide_dispute (JpBusiness *self,
                                     const JpId *dispute,
                                     gboolean    uphold,
                                     const char *answer,
                                     JpRecord  **out_dispute,
                                     GError    **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpBusinessFinding, jp_business_finding_clear)

G_END_DECLS
