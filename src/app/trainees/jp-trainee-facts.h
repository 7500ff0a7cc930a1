/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-progress.h"
#include "jp-vault.h"

G_BEGIN_DECLS

#define JP_TRAINEE_FACTS_EVENTS 5

/**
 * JpTraineeFacts:
 * @progress: (owned): hours and exams
 * @contract: (owned) (nullable): the newest contract
 * @sessions: (owned) (element-type JpRecord): newest training sessions
 * @exams: (owned) (element-type JpRecord): newest exam results
 * @lines: (owned) (element-type JpRecord): newest settlement lines
 *
 * What the pane of a trainee shows beside the record.
 */
typedef struct
{
  JpProgress *progress;
  JpRecord   *contract;
  GPtrArray  *sessions;
  GPtrArray  *exams;
  GPtrArray  *lines;
} JpTraineeFacts;

JpTraineeFacts *jp_trainee_facts_read (JpVault *vault, const JpId *trainee, GError **error);
void            jp_trainee_facts_free (JpTraineeFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTraineeFacts, jp_trainee_facts_free)

G_END_DECLS
