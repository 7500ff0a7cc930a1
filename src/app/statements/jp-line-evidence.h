/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-facts-repo.h"
#include "jp-line-training.h"
#include "jp-settlement-repo.h"
#include "jp-timeline.h"

G_BEGIN_DECLS

/* What a verdict on a line rests on: contract, rule, what happened, what was released before, what
 * is due, what was paid. */

typedef struct _JpLineEvidence JpLineEvidence;

#define JP_LINE_QUESTION_STAGE_BYTES 64

/**
 * JpLineQuestion:
 * @line: the line, none for something that is missing
 * @contract: its contract, none if it is not known here
 * @paid_on: the day of payment, or %JP_DATE_NONE for today
 * @stage_id: the stage of the policy, "" if it has none
 * @dispute: its dispute, or none
 *
 * What evidence is asked for.
 */
typedef struct
{
  JpId   line;
  JpId   contract;
  JpDate paid_on;
  char   stage_id[JP_LINE_QUESTION_STAGE_BYTES];
  JpId   dispute;
} JpLineQuestion;

JpLineEvidence           *
jp_line_evidence_read (JpVault *vault, const JpLineQuestion *question, GError **error);
void      jp_line_evidence_free (JpLineEvidence *self);
JpRecord *jp_line_evidence_get_dispute (JpLineEvidence *self);
JpLineTraining *jp_line_evidence_get_training (JpLineEvidence *self);
void            jp_line_evidence_fill (JpLineEvidence        *self,
                                       const JpSettlementRow *row,
                                       JpTint                 tint,
                                       JpTimeline            *timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpLineEvidence, jp_line_evidence_free)

G_END_DECLS
