/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-conflict.h"

#include "jp-merge.h"

#define MAX_SIDE_BYTES 20000 /* of one side in JSON: three of them and more fit into a message */
#define MAX_UNIT_CHARS 200
#define MAX_TEXT_CHARS 64
#define MAX_WORD_CHARS 500

/* Takes the longest text away. */
static gboolean
drop_longest (JpDraft *draft)
{
  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (draft));
  const JpField    *longest = NULL;
  gsize             longest_bytes = 0;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      const char    *text = jp_field_is_text (field) ? jp_draft_get_text (draft, field->id) : NULL;

      if (text == NULL || strlen (text) <= longest_bytes)
        continue;
      longest = field;
      longest_bytes = strlen (text);
    }

  if (longest == NULL)
    return FALSE;
  jp_draft_clear (draft, longest->id);
  return TRUE;
}

/* The values of one side. Of what does not fit (the text of a contract) the station keeps its
 * operation. */
static char *
dup_side (JpRecord *record, guint32 units)
{
  g_autoptr (JpRecord) cut = jp_record_ref (record);
  g_autofree char *text = jp_wire_record_fields_to_text (cut, units);

  while (strlen (text) > MAX_SIDE_BYTES)
    {
      g_autoptr (JpDraft) draft = jp_draft_new_from (cut);

      if (!drop_longest (draft))
        return NULL;
      g_clear_pointer (&cut, jp_record_unref);
      g_free (text);
      cut = jp_draft_end (g_steal_pointer (&draft));
      text = jp_wire_record_fields_to_text (cut, units);
    }

  return g_steal_pointer (&text);
}

static void
set_side (JpDraft *draft, JpFieldId field, JpRecord *record, guint32 units)
{
  g_autofree char *text = record != NULL ? dup_side (record, units) : NULL;

  jp_draft_set_text (draft, field, text);
}

static void
set_cut (JpDraft *draft, JpFieldId field, const char *text, gsize max_chars)
{
  g_autofree char *cut = text != NULL && jp_text_length (text) > max_chars
                           ? g_utf8_substring (text, 0, (glong)max_chars)
                           : g_strdup (text);

  jp_draft_set_text (draft, field, cut);
}

static void
set_unit (JpDraft *draft, const JpKindInfo *info, guint32 units)
{
  g_autofree char *names = units != 0 ? jp_merge_dup_unit_names (info, units) : NULL;

  /* Whole names only. */
  while (names != NULL && jp_text_length (names) > MAX_UNIT_CHARS)
    *strrchr (names, ',') = '\0';
  jp_draft_set_text (draft, JP_CONFLICT_UNIT, names);
}

/* --- who edited what --- */

static gboolean
note_unit (JpPlatformStore *store, const JpOp *op, const JpOpRow *row, guint unit, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO unit_author (t, id, unit, actor, at)"
                   " VALUES (:t, :id, :unit, :actor, :at)"
                   " ON CONFLICT DO UPDATE SET actor = excluded.actor, at = excluded.at",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":t", row->kind);
  jp_statement_bind_id (statement, ":id", &row->id);
  jp_statement_bind_integer (statement, ":unit", unit);
  jp_statement_bind_text (statement, ":actor", op->actor);
  jp_statement_bind_integer (statement, ":at", op->at_us);
  return jp_statement_run (statement, error);
}

/**
 * jp_platform_conflict_note_author:
 * @store: a store with an open transaction
 * @op: an operation
 * @row: a row of it that has been written
 * @units: mask of the merge units that took the edit
 * @error: return location for a [error@Jp.DbError]
 *
 * Remembers who edited the units last: a later conflict names both sides.
 *
 * Returns: whether it was written
 */
gboolean
jp_platform_conflict_note_author (JpPlatformStore *store,
                                  const JpOp      *op,
                                  const JpOpRow   *row,
                                  guint32          units,
                                  GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (op != NULL && row != NULL, FALSE);

  for (guint unit = 0; unit < 32; unit++)
    if ((units >> unit & 1) && !note_unit (store, op, row, unit, error))
      return FALSE;
  return TRUE;
}

/* The newest of those who edited one of the units. */
static gboolean
set_their_author (JpPlatformStore          *store,
                  const JpOpRow            *row,
                  const JpPlatformConflict *conflict,
                  JpDraft                  *draft,
                  GError                  **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT actor, at FROM unit_author WHERE t = :t AND id = :id"
                   " AND (:units >> unit) & 1 ORDER BY at DESC LIMIT 1",
                   error);
  gboolean found = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":t", row->kind);
  jp_statement_bind_id (statement, ":id", &row->id);
  jp_statement_bind_integer (statement, ":units", conflict->asked_units);
  if (!jp_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  set_cut (draft, JP_CONFLICT_THEIR_WHO, jp_statement_get_text (statement, 0), MAX_TEXT_CHARS);
  jp_draft_set_integer (draft, JP_CONFLICT_THEIR_AT, jp_statement_get_integer (statement, 1));
  return TRUE;
}

/**
 * jp_platform_conflict_put:
 * @store: a store with an open transaction
 * @station: the station whose edit it is about
 * @op: its operation
 * @row: the row of it
 * @conflict: what there is to decide
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Writes an item, to arrive together with the row.
 *
 * Returns: whether it was written
 */
gboolean
jp_platform_conflict_put (JpPlatformStore          *store,
                          const JpPlatformStation  *station,
                          const JpOp               *op,
                          const JpOpRow            *row,
                          const JpPlatformConflict *conflict,
                          GError                  **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (station != NULL, FALSE);
  g_return_val_if_fail (op != NULL && row != NULL, FALSE);
  g_return_val_if_fail (conflict != NULL, FALSE);

  const JpKindInfo *info = jp_kind_get_info (row->kind);
  const JpId        id = jp_id_source_next (jp_platform_store_get_ids (store));
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_CONFLICT, &id);
  guint32  mine = conflict->units != 0 ? conflict->units : row->units;
  guint32  theirs = conflict->units != 0 ? conflict->units : JP_UNITS_ALL;
  JpIdText text;

  jp_draft_set_text (draft, JP_CONFLICT_ROW_KIND, info->name);
  jp_draft_set_text (draft, JP_CONFLICT_ROW_ID, jp_id_to_text (&row->id, text));
  jp_draft_set_code (draft, JP_CONFLICT_REASON, (int)conflict->reason);
  set_unit (draft, info, conflict->units);
  set_side (draft, JP_CONFLICT_BASE, conflict->base, mine);
  set_side (draft, JP_CONFLICT_MINE, conflict->mine, mine);
  set_side (draft, JP_CONFLICT_THEIRS, conflict->theirs, theirs);
  set_cut (draft, JP_CONFLICT_WHO, op->actor, MAX_TEXT_CHARS);
  jp_draft_set_integer (draft, JP_CONFLICT_HAPPENED_AT, op->at_us);
  set_cut (draft, JP_CONFLICT_DETAIL, conflict->detail, MAX_WORD_CHARS);
  jp_draft_set_code (draft, JP_CONFLICT_STATE, JP_CONFLICT_STATE_OPEN);
  if (conflict->asked_units != 0 && !set_their_author (store, row, conflict, draft, error))
    return FALSE;

  g_autoptr (JpRecord) record = jp_draft_end (g_steal_pointer (&draft));

  return jp_platform_store_put (store, &station->school, record, NULL, error);
}
