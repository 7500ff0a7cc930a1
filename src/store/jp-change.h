/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

#define JP_CHANGE_MAX_ROWS 200 /* house rule: a write job takes at most 50 ms */

/**
 * JpChange:
 * @op_id: identity of the business event, made when the user acts: a retry is not a second event
 * @kind: (owned): what the user does: "enrol", "edit", "delete", "restore", "swap", "import" …
 * @actor: (owned): who
 * @rows: (owned) (element-type JpChangeRow): the rows as seen and as meant
 * @undoes: number of the operation that this one takes back, 0 = none
 *
 * One action of a user: it happens as a whole or not at all.
 */
typedef struct
{
  JpId       op_id;
  char      *kind;
  char      *actor;
  GPtrArray *rows;
  gint64     undoes;
} JpChange;

/**
 * JpChangeRow:
 * @before: (owned) (nullable): the record as the user saw it, %NULL for a new one
 * @after: (owned): the record as the user means it
 */
typedef struct
{
  JpRecord *before;
  JpRecord *after;
} JpChangeRow;

JpChange *jp_change_new (const JpId *op_id, const char *kind, const char *actor);
void      jp_change_free (JpChange *self);
void      jp_change_add (JpChange *self, JpRecord *before, JpRecord *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpChange, jp_change_free)

G_END_DECLS
