/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-wire-record.h"

G_BEGIN_DECLS

/* An operation: what a user did in one action, with the values that the user saw (sync.md §3.4).
 * Its JSON is made once, when it is saved; the hash chain runs over those bytes. */

#define JP_OP_MAX_ROWS  500
#define JP_OP_MAX_BYTES (4 * 1024 * 1024)
#define JP_PUSH_MAX_OPS 500

/* What an operation says about the trash. */
typedef enum {
  JP_OP_KEEP,    /* says nothing about deletion */
  JP_OP_DELETE,  /* puts the row into the trash */
  JP_OP_RESTORE, /* takes it out again */
} JpOpDeletion;

/**
 * JpOpRow:
 * @kind: table
 * @id: the row
 * @version: the platform's version that the user saw, 0 for a row the platform has not seen
 * @create: the row is new
 * @deletion: into or out of the trash
 * @units: mask of the merge units touched
 * @base: (owned) (nullable): the values seen in @units; %NULL for a new row
 * @set: (owned): the values meant in @units
 *
 * One row of an operation. @base and @set carry nothing outside @units.
 */
typedef struct
{
  JpKind       kind;
  JpId         id;
  gint64       version;
  gboolean     create;
  JpOpDeletion deletion;
  guint32      units;
  JpRecord    *base;
  JpRecord    *set;
} JpOpRow;

/**
 * JpOp:
 * @n: number of the operation at its station, from 1 without gaps
 * @id: identity of the business event: doubles are recognised by it
 * @actor: (owned): the user
 * @at_us: when, by the clock of the station; never decides anything
 * @kind: (owned): what the user did: "enrol", "edit", "swap" …
 * @rows: (owned) (element-type JpOpRow): the rows, in order
 */
typedef struct
{
  gint64     n;
  JpId       id;
  char      *actor;
  gint64     at_us;
  char      *kind;
  GPtrArray *rows;
} JpOp;

JpOpRow *jp_op_row_new (JpRecord *before, JpRecord *after);
void     jp_op_row_free (JpOpRow *self);
JpOp    *jp_op_new (gint64 n, const JpId *id, const char *actor, gint64 at_us, const char *kind);
void     jp_op_free (JpOp *self);
void     jp_op_write (JsonBuilder *builder, JpOp *self);
GBytes  *jp_op_to_bytes (JpOp *self);
JpOp    *jp_op_from_bytes (GBytes *bytes, GError **error);
JpOp    *jp_op_from_object (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpOpRow, jp_op_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpOp, jp_op_free)

G_END_DECLS
