/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-facts-repo.h"
#include "jp-timeline.h"

G_BEGIN_DECLS

/* The training sessions and exam results that a verdict counts, one by one. */

typedef struct _JpLineTraining JpLineTraining;

JpLineTraining *jp_line_training_read (JpVault             *vault,
                                       JpRecord            *contract,
                                       const JpPolicyStage *stage,
                                       GError             **error);
void            jp_line_training_free (JpLineTraining *self);
guint           jp_line_training_get_n (JpLineTraining *self);
char           *jp_line_training_dup_heading (JpLineTraining *self);
void            jp_line_training_fill (JpLineTraining *self, JpTimeline *timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpLineTraining, jp_line_training_free)

G_END_DECLS
