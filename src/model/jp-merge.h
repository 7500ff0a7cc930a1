/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/**
 * JpMergeResult:
 * @merged: (owned): the state that holds from now on
 * @taken: units that took the edit
 * @same: units in which both sides already agree
 * @conflicts: units that both sides changed differently: @merged has theirs
 * @forbidden: units that the editing side does not own: @merged has theirs
 *
 * What came of putting an edit onto a state.
 */
typedef struct
{
  JpRecord *merged;
  guint32   taken;
  guint32   same;
  guint32   conflicts;
  guint32   forbidden;
} JpMergeResult;

#define JP_UNITS_ALL G_MAXUINT32

/* The bit of a pending mask that stands for "into or out of the trash"; no field has this unit. */
#define JP_UNIT_EXISTENCE (1u << 31)

guint32 jp_merge_owned_units (const JpKindInfo *info, gboolean as_platform);
void    jp_merge_edit (JpRecord      *theirs,
                       JpRecord      *base,
                       JpRecord      *mine,
                       guint32        units,
                       guint32        allowed,
                       JpMergeResult *out_result);
void    jp_merge_result_clear (JpMergeResult *self);
char   *jp_merge_dup_unit_labels (const JpKindInfo *info, guint32 units);
char   *jp_merge_dup_unit_names (const JpKindInfo *info, guint32 units);
guint32 jp_merge_units_from_names (const JpKindInfo *info, const char *names);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpMergeResult, jp_merge_result_clear)

G_END_DECLS
