/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-vault.h"

G_BEGIN_DECLS

#define JP_CONFLICT_REPO_MAX 200 /* open items read at once */

/**
 * JpConflictField:
 * @label: (owned): translated name of the field
 * @before: (owned): what both sides started from, as people read it; "" for nothing
 * @mine: (owned): what was meant here
 * @theirs: (owned): what holds now
 *
 * One field of a conflict. Sensitive values are masked.
 */
typedef struct
{
  char *label;
  char *before;
  char *mine;
  char *theirs;
} JpConflictField;

/**
 * JpConflict:
 * @item: (owned): the item of the inbox
 * @kind: kind of the row it is about; %JP_KIND_NONE if this program does not know the kind
 * @row_id: the row
 * @row: (owned) (nullable): the row as it is here now
 * @mine: (owned) (nullable): the row with the values that were meant here; %NULL if they cannot be
 *   put back
 * @title: (owned): what names the row; "" if nothing does
 * @fields: (owned) (element-type JpConflictField): what differs
 *
 * A conflict as the sync page shows it. Immutable.
 */
typedef struct
{
  JpRecord  *item;
  JpKind     kind;
  JpId       row_id;
  JpRecord  *row;
  JpRecord  *mine;
  char      *title;
  GPtrArray *fields;
} JpConflict;

GPtrArray *jp_conflict_repo_list (JpVault *vault, GError **error);
void       jp_conflict_repo_free (JpConflict *self);
gboolean   jp_conflict_repo_can_keep_mine (const JpConflict *self);
void       jp_conflict_repo_decide (const JpConflict *self,
                                    gboolean          mine,
                                    const char       *actor,
                                    JpChange         *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpConflict, jp_conflict_repo_free)

G_END_DECLS
