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
 * A conflict as the sync page shows it. Immutable, with a count of references.
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
GPtrArray *
jp_conflict_repo_list_row (JpVault *vault, JpKind kind, const JpId *row_id, GError **error);
JpConflict *jp_conflict_repo_ref (JpConflict *self);
void        jp_conflict_repo_unref (JpConflict *self);
gboolean    jp_conflict_repo_can_keep_mine (const JpConflict *self);
gboolean    jp_conflict_repo_is_existence (const JpConflict *self);
gboolean    jp_conflict_repo_get_default (const JpConflict *self);
gboolean    jp_conflict_repo_equal_lists (GPtrArray *a, GPtrArray *b);
gboolean    jp_conflict_repo_same_row (const JpConflict *self, const JpConflict *other);
void        jp_conflict_repo_decide (const JpConflict *self,
                                     gboolean          mine,
                                     const char       *actor,
                                     JpChange         *change);
void        jp_conflict_repo_decide_row (GPtrArray      *conflicts,
                                         const gboolean *mine,
                                         const char     *actor,
                                         JpChange       *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpConflict, jp_conflict_repo_unref)

G_END_DECLS
