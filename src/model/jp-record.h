/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-field.h"

G_BEGIN_DECLS

/* One immutable record of any kind. Read it by field id; change it by making a draft of it. */

#define JP_TYPE_RECORD (jp_record_get_type ())

/**
 * JpRecordHead:
 * @rid: row id in the database it was read from, 0 = not stored
 * @version: the platform's version of the state it is based on, 0 = the platform has not seen it
 * @pending: mask of merge units with edits that the platform has not judged yet
 * @deleted: lies in the trash
 * @parked: kept out of the way by a decision of the platform; see the conflict that says so
 * @created_at_us: when it was made
 * @updated_at_us: last change, wherever it happened
 *
 * What every record has beside its fields.
 */
typedef struct
{
  gint64   rid;
  gint64   version;
  guint32  pending;
  gboolean deleted;
  gboolean parked;
  gint64   created_at_us;
  gint64   updated_at_us;
} JpRecordHead;

typedef struct _JpRecord JpRecord;
typedef struct _JpDraft  JpDraft;

GType               jp_record_get_type (void) G_GNUC_CONST;
JpRecord           *jp_record_ref (JpRecord *self);
void                jp_record_unref (JpRecord *self);
JpKind              jp_record_get_kind (JpRecord *self);
const JpKindInfo   *jp_record_get_info (JpRecord *self);
const JpId         *jp_record_get_id (JpRecord *self);
const JpRecordHead *jp_record_get_head (JpRecord *self);
const char         *jp_record_get_created_by (JpRecord *self);
const char         *jp_record_get_extra (JpRecord *self);
gboolean            jp_record_has (JpRecord *self, JpFieldId field);
const char         *jp_record_get_text (JpRecord *self, JpFieldId field);
gint64              jp_record_get_integer (JpRecord *self, JpFieldId field);
JpDate              jp_record_get_date (JpRecord *self, JpFieldId field);
int                 jp_record_get_code (JpRecord *self, JpFieldId field);
const JpId         *jp_record_get_ref (JpRecord *self, JpFieldId field);
const char         *jp_record_get_title (JpRecord *self);
char               *jp_record_dup_display (JpRecord *self, JpFieldId field, gboolean reveal);
gboolean            jp_record_field_equal (JpRecord *a, JpRecord *b, JpFieldId field);
guint32             jp_record_diff_units (JpRecord *a, JpRecord *b);

/* The mutable form: what an edit form, an import row or a page of the feed fills. Not thread-safe.
 */
JpDraft    *jp_draft_new (JpKind kind, const JpId *id);
JpDraft    *jp_draft_new_from (JpRecord *record);
void        jp_draft_free (JpDraft *self);
JpKind      jp_draft_get_kind (JpDraft *self);
const JpId *jp_draft_get_id (JpDraft *self);
void        jp_draft_set_head (JpDraft *self, const JpRecordHead *head);
void        jp_draft_set_deleted (JpDraft *self, gboolean deleted);
void        jp_draft_set_created_by (JpDraft *self, const char *actor);
void        jp_draft_set_extra (JpDraft *self, const char *json);
void        jp_draft_clear (JpDraft *self, JpFieldId field);
void        jp_draft_set_text (JpDraft *self, JpFieldId field, const char *text);
void        jp_draft_set_integer (JpDraft *self, JpFieldId field, gint64 value);
void        jp_draft_set_date (JpDraft *self, JpFieldId field, JpDate date);
void        jp_draft_set_code (JpDraft *self, JpFieldId field, int value);
void        jp_draft_set_ref (JpDraft *self, JpFieldId field, const JpId *id);
gboolean    jp_draft_has (JpDraft *self, JpFieldId field);
const char *jp_draft_get_text (JpDraft *self, JpFieldId field);
gint64      jp_draft_get_integer (JpDraft *self, JpFieldId field);
JpDate      jp_draft_get_date (JpDraft *self, JpFieldId field);
int         jp_draft_get_code (JpDraft *self, JpFieldId field);
const JpId *jp_draft_get_ref (JpDraft *self, JpFieldId field);
void        jp_draft_copy_field (JpDraft *self, JpRecord *from, JpFieldId field);
void        jp_draft_copy_unit (JpDraft *self, JpRecord *from, guint unit);
JpRecord   *jp_draft_end (JpDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpRecord, jp_record_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpDraft, jp_draft_free)

G_END_DECLS
