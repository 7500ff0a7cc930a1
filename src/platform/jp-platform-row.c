/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-row.h"

#include "jp-merge.h"
#include "jp-platform-conflict.h"
#include "jp-platform-rules.h"

static JpPlatformStore *
store_of (const JpPlatformRow *self)
{
  return jp_platform_get_store (self->platform);
}

static const JpKindInfo *
info_of (const JpPlatformRow *self)
{
  return jp_kind_get_info (self->row->kind);
}

static void
judge (JpPlatformRow *self, JpVerdictResult result, const char *problem, const char *detail)
{
  jp_platform_outcome_clear (&self->outcome);
  self->outcome.result = result;
  self->outcome.problem = problem;
  self->outcome.detail = g_strdup (detail);
}

static gboolean
is_refused (const JpPlatformRow *self)
{
  return self->outcome.result == JP_VERDICT_REJECTED || self->outcome.result == JP_VERDICT_PARKED;
}

static JpRecord *
with_head (JpRecord *record, gboolean deleted, gboolean parked)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  JpRecordHead head = *jp_record_get_head (record);

  head.deleted = deleted;
  head.parked = parked;
  jp_draft_set_head (draft, &head);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* Writes the row. */
static gboolean
write_row (JpPlatformRow *self, JpRecord *record, JpRecord **out_written, GError **error)
{
  if (!jp_platform_store_put_as (store_of (self), &self->station->school, &self->station->id,
                                 record, out_written, error))
    return FALSE;
  self->written = TRUE;
  return TRUE;
}

/* Writes a row that has its place, and lets everybody react who wants to. A row that was parked
 * is new to them. */
static gboolean
write_change (JpPlatformRow *self, JpRecord *record, GError **error)
{
  gboolean was_parked = self->theirs != NULL && jp_record_get_head (self->theirs)->parked;
  gboolean done = FALSE;
  g_autoptr (JpRecord) written = NULL;

  if (!write_row (self, record, &written, error))
    return FALSE;

  jp_platform_store_set_author (store_of (self), &self->station->id);
  done = jp_platform_run_row_funcs (self->platform, &self->station->school,
                                    was_parked ? NULL : self->theirs, written, error);
  jp_platform_store_set_author (store_of (self), NULL);
  return done;
}

static gboolean
put_conflict (JpPlatformRow *self, const JpPlatformConflict *conflict, GError **error)
{
  return jp_platform_conflict_put (store_of (self), self->station, self->op, self->row, conflict,
                                   error);
}

/* A second trainee with the same ID number is taken, and somebody asked about it. */
static gboolean
report_same_person (JpPlatformRow *self, JpRecord *trainee, GError **error)
{
  const JpField *field = jp_field_get (JP_TRAINEE_ID_NUMBER);
  JpId           twin;
  JpIdText       text;

  if (!jp_record_has (trainee, field->id))
    return TRUE;
  if (!jp_platform_rules_find_same_person (store_of (self), &self->station->school, trainee, &twin,
                                           error))
    return FALSE;
  if (jp_id_is_none (&twin))
    return TRUE;

  g_autofree char *detail = g_strconcat ("same-person: ", jp_id_to_text (&twin, text), NULL);
  const JpPlatformConflict conflict = {
    .reason = JP_CONFLICT_REASON_PARKED,
    .units = 1u << field->merge,
    .mine = trainee,
    .detail = detail,
  };

  judge (self, self->outcome.result, "same-person", detail);
  return put_conflict (self, &conflict, error);
}

/* --- a new row --- */

static gboolean
has_foreign_values (JpRecord *record, guint32 units)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    if (!(units >> info->fields[i].merge & 1) && jp_record_has (record, info->fields[i].id))
      return TRUE;

  return FALSE;
}

static JpRecord *
make_new (const JpPlatformRow *self, gboolean parked)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (self->row->set);
  const JpRecordHead head = {
    .created_at_us = self->op->at_us,
    .deleted = self->row->deletion == JP_OP_DELETE,
    .parked = parked,
  };

  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, self->op->actor);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* Sets the outcome to a refusal if the new row breaks a rule. */
static void
judge_new (JpPlatformRow *self, JpRecord *record)
{
  const JpKindInfo *info = info_of (self);
  const char       *step = jp_platform_rules_check_steps (NULL, record);
  g_autofree char  *wrong =
    jp_platform_rules_check_fields (record, JP_UNITS_ALL,
                                    jp_platform_store_get_today (store_of (self)));

  if (!jp_platform_rules_may_create (info) ||
      has_foreign_values (record, jp_platform_rules_get_units (info, NULL)))
    judge (self, JP_VERDICT_REJECTED, "forbidden", NULL);
  else if (step != NULL)
    judge (self, JP_VERDICT_REJECTED, "step", step);
  else if (wrong != NULL)
    judge (self, JP_VERDICT_REJECTED, "invalid", wrong);
}

/* Sets the outcome to parked if the row cannot take its place yet, and to a refusal if it asks for
 * what needs two people. */
static gboolean
judge_place (JpPlatformRow *self, JpRecord *record, guint32 units, GError **error)
{
  JpFieldId missing = 0;
  gboolean  taken = FALSE;
  gboolean  has_two = TRUE;

  if (!jp_platform_rules_find_missing (store_of (self), &self->station->school, record, units,
                                       &missing, error) ||
      !jp_platform_rules_is_seat_taken (store_of (self), record, &taken, error) ||
      (units != 0 && !jp_platform_rules_has_two_people (store_of (self), &self->station->school,
                                                        record, &has_two, error)))
    return FALSE;

  if (missing != 0)
    judge (self, JP_VERDICT_PARKED, "missing", jp_field_get (missing)->name);
  else if (!has_two)
    judge (self, JP_VERDICT_REJECTED, "two-people", NULL);
  else if (taken)
    judge (self, JP_VERDICT_PARKED, "seat", NULL);
  return TRUE;
}

static gboolean
create_row (JpPlatformRow *self, GError **error)
{
  g_autoptr (JpRecord) record = make_new (self, FALSE);

  if (!self->row->create)
    {
      judge (self, JP_VERDICT_PARKED, "missing", "id");
      return TRUE;
    }

  judge (self, JP_VERDICT_APPLIED, NULL, NULL);
  judge_new (self, record);
  if (is_refused (self))
    return TRUE;
  if (!judge_place (self, record, JP_UNITS_ALL, error))
    return FALSE;
  if (self->outcome.result == JP_VERDICT_REJECTED)
    return TRUE;
  if (is_refused (self))
    {
      g_autoptr (JpRecord) parked = make_new (self, TRUE);

      return write_row (self, parked, NULL, error);
    }

  if (jp_platform_rules_is_request (record))
    judge (self, JP_VERDICT_PENDING, NULL, NULL);
  return write_change (self, record, error) &&
         (self->row->kind != JP_KIND_TRAINEE || report_same_person (self, record, error));
}

/* --- the profile of a school that was founded offline --- */

static gboolean
is_unit_empty (JpRecord *record, guint unit)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].merge == unit && jp_record_has (record, info->fields[i].id))
      return FALSE;

  return TRUE;
}

/* The platform's profile with what the school may write and nobody has written yet. */
static JpRecord *
fill_profile (JpPlatformRow *self, JpRecord *profile)
{
  guint32 units = jp_platform_rules_get_units (info_of (self), profile);
  JpDate  today = jp_platform_store_get_today (store_of (self));
  g_autoptr (JpDraft) draft = jp_draft_new_from (profile);
  g_autoptr (JpRecord) filled = NULL;
  g_autofree char *wrong = NULL;

  for (guint unit = 0; unit < 32; unit++)
    if ((units >> unit & 1) && is_unit_empty (profile, unit) &&
        !is_unit_empty (self->row->set, unit))
      jp_draft_copy_unit (draft, self->row->set, unit);
  filled = jp_draft_end (g_steal_pointer (&draft));
  wrong = jp_platform_rules_check_fields (filled, units, today);
  return wrong == NULL ? g_steal_pointer (&filled) : jp_record_ref (profile);
}

/* A PC that was set up before it joined has made the school itself, under an id of its own. The
 * platform knows the school: what was typed fills what its profile lacks, and nobody is asked. */
static gboolean
adopt_profile (JpPlatformRow *self, GError **error)
{
  const JpId *school = &self->station->school;
  g_autoptr (GError) local = NULL;
  g_autoptr (JpRecord) profile =
    jp_platform_store_find (store_of (self), school, JP_KIND_SCHOOL, school, &local);
  g_autoptr (JpRecord) filled = NULL;

  if (profile == NULL)
    {
      if (local == NULL)
        judge (self, JP_VERDICT_PARKED, "missing", "id");
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return error == NULL || *error == NULL;
    }

  judge (self, JP_VERDICT_MERGED, NULL, NULL);
  filled = fill_profile (self, profile);
  return jp_record_diff_units (profile, filled) == 0 || write_row (self, filled, NULL, error);
}

/* --- a row that exists --- */

/* What an edit of a row comes to. */
typedef struct
{
  JpMergeResult merge;
  gboolean      untouched; /* nobody else wrote since the station saw the row */
  gboolean      deleted;   /* whether it lies in the trash afterwards */
  gboolean      revived;   /* one deleted it, the other edited it: the edit holds */
  JpRecord     *record;    /* (owned): the row afterwards */
} Edit;

static void
edit_clear (Edit *edit)
{
  jp_merge_result_clear (&edit->merge);
  g_clear_pointer (&edit->record, jp_record_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

static gboolean
decide_deletion (JpPlatformRow *self, Edit *edit, GError **error)
{
  gboolean was = jp_record_get_head (self->theirs)->deleted;
  gboolean money = FALSE;

  edit->deleted = was;
  switch (self->row->deletion)
    {
    case JP_OP_RESTORE:
      edit->deleted = FALSE;
      return TRUE;
    case JP_OP_DELETE:
      if (was)
        return TRUE;
      if (!jp_platform_rules_has_money (store_of (self), self->theirs, &money, error))
        return FALSE;
      if (money)
        judge (self, JP_VERDICT_PARKED, "money", NULL);
      edit->revived = !edit->untouched;
      edit->deleted = edit->untouched;
      return TRUE;
    case JP_OP_KEEP:
    default:
      edit->revived = was && !edit->untouched && edit->merge.taken != 0;
      edit->deleted = was && !edit->revived;
      return TRUE;
    }
}

/* Sets the outcome to a refusal if the edited row breaks a rule. */
static void
judge_edit (JpPlatformRow *self, const Edit *edit)
{
  guint32          taken = edit->merge.taken;
  const char      *step = jp_platform_rules_check_steps (self->theirs, edit->record);
  JpFieldId        fixed = jp_platform_rules_check_fixed (self->theirs, edit->record, taken);
  g_autofree char *wrong =
    jp_platform_rules_check_fields (edit->record, taken,
                                    jp_platform_store_get_today (store_of (self)));

  const JpKindInfo *info = info_of (self);

  /* Into the trash go only the records that schools make. */
  if (self->row->deletion != JP_OP_KEEP &&
      (!jp_platform_rules_may_create (info) || info->rule == JP_RULE_FACT))
    judge (self, JP_VERDICT_REJECTED, "forbidden", NULL);
  else if (edit->merge.forbidden != 0 && taken == 0 && edit->merge.conflicts == 0)
    judge (self, JP_VERDICT_REJECTED, "forbidden", NULL);
  else if (fixed != 0)
    judge (self, JP_VERDICT_REJECTED, "fixed", jp_field_get (fixed)->name);
  else if (step != NULL)
    judge (self, JP_VERDICT_REJECTED, "step", step);
  else if (wrong != NULL)
    judge (self, JP_VERDICT_REJECTED, "invalid", wrong);
}

/* A seat that nobody could have does not become a part of history by ending. */
static gboolean
is_ended_seat (JpRecord *record)
{
  return jp_record_get_kind (record) == JP_KIND_TERMINAL_ASSIGNMENT &&
         jp_record_has (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
}

/* The end of a seat that is not the one that others have gone by since: the seat stays as it is. */
static gboolean
judge_end (JpPlatformRow *self, const Edit *edit, GError **error)
{
  const guint32 end = 1u << jp_field_get (JP_TERMINAL_ASSIGNMENT_ENDED_AT)->merge;
  gboolean      comes_back = jp_record_get_head (self->theirs)->deleted && !edit->deleted;
  gboolean      overlaps = FALSE;

  if (!is_ended_seat (edit->record) || edit->deleted ||
      ((edit->merge.taken & end) == 0 && !comes_back))
    return TRUE;
  if (!jp_platform_rules_does_overlap (store_of (self), edit->record, &overlaps, error))
    return FALSE;
  if (overlaps)
    judge (self, JP_VERDICT_PARKED, "seat", NULL);
  return TRUE;
}

/* A parked row takes its place as soon as it can. */
static gboolean
find_place (JpPlatformRow *self, Edit *edit, GError **error)
{
  if (!jp_record_get_head (self->theirs)->parked)
    return judge_place (self, edit->record, edit->merge.taken, error) &&
           judge_end (self, edit, error);

  gboolean asked = self->row->units == 0 && self->row->deletion == JP_OP_KEEP;

  if (is_ended_seat (edit->record))
    judge (self, JP_VERDICT_PARKED, "seat", NULL);
  else if (!judge_place (self, edit->record, JP_UNITS_ALL, error))
    return FALSE;
  if (is_refused (self))
    {
      /* Only somebody who asked for its place is told that there is none. */
      if (!asked)
        judge (self, JP_VERDICT_APPLIED, NULL, NULL);
      return TRUE;
    }

  g_autoptr (JpRecord) placed = with_head (edit->record, edit->deleted, FALSE);

  g_clear_pointer (&edit->record, jp_record_unref);
  edit->record = g_steal_pointer (&placed);
  return TRUE;
}

static gboolean
report_unit (JpPlatformRow *self, guint32 units, JpConflictReason reason, GError **error)
{
  const JpPlatformConflict conflict = {
    .reason = reason,
    .units = units,
    .base = self->row->base,
    .mine = self->row->set,
    .theirs = self->theirs,
    .detail = reason == JP_CONFLICT_REASON_REJECTED ? "forbidden" : NULL,
    .asked_units = units,
  };

  return put_conflict (self, &conflict, error);
}

/* One item per unit, so that each can be decided on its own. */
static gboolean
report_conflicts (JpPlatformRow *self, const Edit *edit, GError **error)
{
  for (guint unit = 0; unit < 32; unit++)
    if ((edit->merge.conflicts >> unit & 1) &&
        !report_unit (self, 1u << unit, JP_CONFLICT_REASON_BOTH_EDITED, error))
      return FALSE;

  if (edit->merge.forbidden != 0 &&
      !report_unit (self, edit->merge.forbidden, JP_CONFLICT_REASON_REJECTED, error))
    return FALSE;
  if (!edit->revived)
    return TRUE;

  gboolean                 deletes = self->row->deletion == JP_OP_DELETE;
  const JpPlatformConflict conflict = {
    .reason = JP_CONFLICT_REASON_BOTH_EDITED,
    .base = deletes ? NULL : self->row->base,
    .mine = deletes ? NULL : self->row->set,
    .theirs = deletes ? self->theirs : NULL,
    .detail = "deleted",
    .asked_units = deletes ? JP_UNITS_ALL & ~JP_UNIT_EXISTENCE : JP_UNIT_EXISTENCE,
  };

  return put_conflict (self, &conflict, error);
}

static gboolean
needs_report (const Edit *edit)
{
  return edit->merge.conflicts != 0 || edit->merge.forbidden != 0 || edit->revived;
}

static void
judge_done (JpPlatformRow *self, const Edit *edit)
{
  if (edit->revived)
    judge (self, JP_VERDICT_CONFLICT, "deleted", NULL);
  else if (edit->merge.conflicts != 0)
    judge (self, JP_VERDICT_CONFLICT, "both-edited", NULL);
  else if (edit->merge.forbidden != 0)
    judge (self, JP_VERDICT_CONFLICT, "forbidden", NULL);
  else if (edit->merge.taken != 0 && jp_platform_rules_is_request (edit->record) &&
           !jp_platform_rules_is_request (self->theirs))
    judge (self, JP_VERDICT_PENDING, NULL, NULL);
  else
    judge (self, edit->untouched ? JP_VERDICT_APPLIED : JP_VERDICT_MERGED, NULL, NULL);
}

/* Where the station did not get what it meant, the row goes down again with a new version: the
 * station shows its own state until something newer comes. */
static gboolean
write_edit (JpPlatformRow *self, const Edit *edit, GError **error)
{
  const JpRecordHead *before = jp_record_get_head (self->theirs);
  const JpRecordHead *after = jp_record_get_head (edit->record);
  gboolean            changed =
    edit->merge.taken != 0 || before->deleted != after->deleted || before->parked != after->parked;

  if (changed && !after->parked)
    {
      if (!write_change (self, edit->record, error))
        return FALSE;
    }
  else if ((changed || needs_report (edit)) && !write_row (self, edit->record, NULL, error))
    return FALSE;
  if (!report_conflicts (self, edit, error) ||
      !jp_platform_conflict_note_author (store_of (self), self->op, self->row,
                                         edit->merge.taken |
                                           (before->deleted != after->deleted ? JP_UNIT_EXISTENCE
                                                                              : 0),
                                         error))
    return FALSE;

  judge_done (self, edit);
  if (self->row->kind == JP_KIND_TRAINEE &&
      (edit->merge.taken >> jp_field_get (JP_TRAINEE_ID_NUMBER)->merge & 1))
    return report_same_person (self, edit->record, error);
  return TRUE;
}

static gboolean
edit_row (JpPlatformRow *self, GError **error)
{
  g_auto (Edit) edit = { 0 };
  const JpOpRow *row = self->row;

  if (!jp_platform_store_is_untouched (store_of (self), &self->station->school, &self->station->id,
                                       self->theirs, row->version, &edit.untouched, error))
    return FALSE;

  judge (self, JP_VERDICT_APPLIED, NULL, NULL);
  jp_merge_edit (self->theirs, row->base, row->set, row->units,
                 jp_platform_rules_get_units (info_of (self), self->theirs), &edit.merge);

  /* The first decision about an item holds; there is no item about items. */
  if (row->kind == JP_KIND_CONFLICT)
    edit.merge.conflicts = 0;

  if (!decide_deletion (self, &edit, error))
    return FALSE;
  edit.record =
    with_head (edit.merge.merged, edit.deleted, jp_record_get_head (self->theirs)->parked);
  if (!is_refused (self))
    judge_edit (self, &edit);
  if (!is_refused (self) && !find_place (self, &edit, error))
    return FALSE;

  return is_refused (self) || write_edit (self, &edit, error);
}

/**
 * jp_platform_row_apply:
 * @self: a row, with the state it is in
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Judges one row and writes what is right about it. A refusal is an outcome, not an error; the
 * caller tells the inbox of it.
 *
 * Returns: whether there is an outcome
 */
gboolean
jp_platform_row_apply (JpPlatformRow *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  JpId owner;

  if (jp_platform_store_is_shared (self->row->kind))
    {
      judge (self, JP_VERDICT_REJECTED, "forbidden", NULL);
      return TRUE;
    }
  if (self->theirs != NULL)
    return edit_row (self, error);
  if (self->row->kind == JP_KIND_SCHOOL && self->row->create)
    return adopt_profile (self, error);

  /* A row of another school is as one that nobody has. */
  if (!jp_platform_store_find_owner (store_of (self), self->row->kind, &self->row->id, &owner,
                                     error))
    return FALSE;
  if (!jp_id_is_none (&owner))
    {
      judge (self, JP_VERDICT_PARKED, "missing", "id");
      return TRUE;
    }
  return create_row (self, error);
}
