/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-repo.h"

#include "jp-codes.h"
#include "jp-lookup.h"
#include "jp-merge.h"
#include "jp-query.h"
#include "jp-wire-record.h"

static void
field_free (gpointer data)
{
  JpConflictField *field = data;

  g_free (field->label);
  g_free (field->before);
  g_free (field->mine);
  g_free (field->theirs);
  g_free (field);
}

static void
conflict_clear (gpointer data)
{
  JpConflict *self = data;

  g_clear_pointer (&self->item, jp_record_unref);
  g_clear_pointer (&self->row, jp_record_unref);
  g_clear_pointer (&self->mine, jp_record_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->title);
}

/**
 * jp_conflict_repo_ref:
 * @self: a conflict
 *
 * Returns: (transfer full): the conflict
 */
JpConflict *
jp_conflict_repo_ref (JpConflict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_conflict_repo_unref:
 * @self: (nullable) (transfer full): a conflict
 */
void
jp_conflict_repo_unref (JpConflict *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, conflict_clear);
}

/* One side of an item: its values in a record of their own, and which fields it names. A side that
 * cannot be read names nothing: the item can still be decided. */
static JpRecord *
read_side (const JpConflict *conflict, JpFieldId side, JsonNode **out_root)
{
  const char *text = jp_record_get_text (conflict->item, side);
  g_autoptr (JpDraft) draft = jp_draft_new (conflict->kind, &conflict->row_id);
  g_autoptr (JsonNode) root = text != NULL ? jp_json_parse_text (text, NULL) : NULL;
  JsonObject *fields = root != NULL ? jp_json_as_object (root, NULL) : NULL;

  if (fields == NULL || !jp_wire_record_read_fields (fields, draft, NULL, NULL))
    return jp_draft_end (jp_draft_new (conflict->kind, &conflict->row_id));

  *out_root = g_steal_pointer (&root);
  return jp_draft_end (g_steal_pointer (&draft));
}

static gboolean
names_field (JsonNode *root, const JpField *field)
{
  return root != NULL && jp_json_has (json_node_get_object (root), field->name);
}

static gboolean
dup_value (JpVault *vault, JpRecord *side, const JpField *field, char **out_value, GError **error)
{
  if (!jp_record_has (side, field->id))
    *out_value = g_strdup ("");
  else if (field->type == JP_FIELD_REF)
    return jp_lookup_title (vault, field->target, jp_record_get_ref (side, field->id), out_value,
                            error);
  else
    *out_value = jp_record_dup_display (side, field->id, FALSE);
  return TRUE;
}

typedef struct
{
  JpRecord *base;
  JpRecord *mine;
  JpRecord *theirs;
  JsonNode *base_names;
  JsonNode *mine_names;
  JsonNode *their_names;
} Sides;

static void
sides_clear (Sides *sides)
{
  g_clear_pointer (&sides->base, jp_record_unref);
  g_clear_pointer (&sides->mine, jp_record_unref);
  g_clear_pointer (&sides->theirs, jp_record_unref);
  g_clear_pointer (&sides->base_names, json_node_unref);
  g_clear_pointer (&sides->mine_names, json_node_unref);
  g_clear_pointer (&sides->their_names, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sides, sides_clear)

/* Fields that are the same on both sides say nothing; of a state without an own side, all do. */
static gboolean
is_shown (const Sides *sides, const JpField *field)
{
  if (field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON))
    return FALSE;
  if (!names_field (sides->mine_names, field))
    return FALSE;
  return !names_field (sides->their_names, field) ||
         !jp_record_field_equal (sides->mine, sides->theirs, field->id);
}

static gboolean
add_fields (JpVault *vault, JpConflict *conflict, const Sides *sides, GError **error)
{
  const JpKindInfo *info = jp_kind_get_info (conflict->kind);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (!is_shown (sides, field))
        continue;

      JpConflictField *shown = g_new0 (JpConflictField, 1);

      g_ptr_array_add (conflict->fields, shown);
      shown->label = g_strdup (jp_field_get_label (field));
      if (!dup_value (vault, sides->base, field, &shown->before, error) ||
          !dup_value (vault, sides->mine, field, &shown->mine, error) ||
          !dup_value (vault, sides->theirs, field, &shown->theirs, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the side that came second is the one that deleted. */
static gboolean
deletes (const JpConflict *self)
{
  return jp_record_get_text (self->item, JP_CONFLICT_MINE) == NULL;
}

static JpRecord *
with_deleted (JpRecord *row)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (row);

  jp_draft_set_deleted (draft, TRUE);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* The row as it is with the values that were meant here; only what this station may write. */
static void
build_mine (JpConflict *conflict, const Sides *sides)
{
  const JpKindInfo *info = jp_kind_get_info (conflict->kind);
  guint32           owned = jp_merge_owned_units (info, FALSE);
  g_autoptr (JpDraft) draft = NULL;
  gboolean any = FALSE;

  if (conflict->row == NULL || jp_record_get_head (conflict->row)->deleted)
    return;
  if (jp_conflict_repo_is_existence (conflict))
    {
      conflict->mine =
        deletes (conflict) ? with_deleted (conflict->row) : jp_record_ref (conflict->row);
      return;
    }

  draft = jp_draft_new_from (conflict->row);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (!names_field (sides->mine_names, field) || !(owned >> field->merge & 1))
        continue;
      jp_draft_copy_field (draft, sides->mine, field->id);
      any = TRUE;
    }
  if (any)
    conflict->mine = jp_draft_end (g_steal_pointer (&draft));
}

static gboolean
read_row (JpVault *vault, JpConflict *conflict, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (Sides) sides = { 0 };

  conflict->row =
    jp_record_table_find (vault->db, vault->key, conflict->kind, &conflict->row_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }

  sides.base = read_side (conflict, JP_CONFLICT_BASE, &sides.base_names);
  sides.mine = read_side (conflict, JP_CONFLICT_MINE, &sides.mine_names);
  sides.theirs = read_side (conflict, JP_CONFLICT_THEIRS, &sides.their_names);
  build_mine (conflict, &sides);
  return jp_lookup_title (vault, conflict->kind, &conflict->row_id, &conflict->title, error) &&
         add_fields (vault, conflict, &sides, error);
}

static JpConflict *
read_conflict (JpVault *vault, JpRecord *item, GError **error)
{
  g_autoptr (JpConflict) conflict = g_atomic_rc_box_new0 (JpConflict);
  const JpKindInfo *info = jp_kind_lookup (jp_record_get_text (item, JP_CONFLICT_ROW_KIND));

  conflict->item = jp_record_ref (item);
  conflict->fields = g_ptr_array_new_with_free_func (field_free);
  if (info != NULL &&
      jp_id_parse (jp_record_get_text (item, JP_CONFLICT_ROW_ID), &conflict->row_id, NULL))
    conflict->kind = info->kind;
  if (conflict->kind == JP_KIND_NONE)
    conflict->title = g_strdup ("");
  else if (!read_row (vault, conflict, error))
    return NULL;
  return g_steal_pointer (&conflict);
}

/* Runs a question about open items, the oldest first. */
static GPtrArray *
fetch (JpVault *vault, JpQuery *query, GError **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) conflicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_conflict_repo_unref);

  jp_query_where_code (query, JP_CONFLICT_STATE, JP_QUERY_EQUAL, JP_CONFLICT_STATE_OPEN);
  jp_query_set_order (query, JP_CONFLICT_HAPPENED_AT, FALSE);
  jp_query_set_limit (query, JP_CONFLICT_REPO_MAX);
  items = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      JpConflict *conflict = read_conflict (vault, items->pdata[i], error);

      if (conflict == NULL)
        return NULL;
      g_ptr_array_add (conflicts, conflict);
    }
  return items != NULL ? g_steal_pointer (&conflicts) : NULL;
}

/**
 * jp_conflict_repo_list:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpConflict): the items that wait for a decision, the
 * oldest first, at most %JP_CONFLICT_REPO_MAX; %NULL with an error
 */
GPtrArray *
jp_conflict_repo_list (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONFLICT);

  return fetch (vault, query, error);
}

/**
 * jp_conflict_repo_list_row:
 * @vault: a vault
 * @kind: a kind
 * @row_id: a record of it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpConflict): what waits for a decision about the record;
 *   %NULL with an error
 */
GPtrArray *
jp_conflict_repo_list_row (JpVault *vault, JpKind kind, const JpId *row_id, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (row_id != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONFLICT);
  JpIdText text;

  jp_query_where_text (query, JP_CONFLICT_ROW_ID, JP_QUERY_EQUAL, jp_id_to_text (row_id, text));
  jp_query_where_text (query, JP_CONFLICT_ROW_KIND, JP_QUERY_EQUAL, jp_kind_get_info (kind)->name);
  return fetch (vault, query, error);
}

/* A row that the platform set aside needs no values: the decision alone puts it in its place. */
static gboolean
is_parked (const JpConflict *self)
{
  return jp_record_get_code (self->item, JP_CONFLICT_REASON) == JP_CONFLICT_REASON_PARKED;
}

/* An edit that the platform heard of before the row, which has come since: a platform that went
 * back in time gets them in any order. Its values were never written. */
static gboolean
was_early (const JpConflict *self)
{
  return self->mine != NULL && !jp_record_get_head (self->row)->parked &&
         g_strcmp0 (jp_record_get_text (self->item, JP_CONFLICT_DETAIL), "missing: id") == 0;
}

/**
 * jp_conflict_repo_can_keep_mine:
 * @self: a conflict
 *
 * Returns: whether what was meant here can be put back: the row still exists and this station may
 * write the fields
 */
gboolean
jp_conflict_repo_can_keep_mine (const JpConflict *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_parked (self) || self->mine != NULL;
}

/**
 * jp_conflict_repo_is_existence:
 * @self: a conflict
 *
 * Returns: whether one side put the record into the trash while the other edited it: it was kept
 *   with the edit, and mine is either the trash or the edit
 */
gboolean
jp_conflict_repo_is_existence (const JpConflict *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return jp_record_get_code (self->item, JP_CONFLICT_REASON) == JP_CONFLICT_REASON_BOTH_EDITED &&
         g_strcmp0 (jp_record_get_text (self->item, JP_CONFLICT_DETAIL), "deleted") == 0;
}

/**
 * jp_conflict_repo_get_default:
 * @self: a conflict
 *
 * Returns: the decision that leaves the record as it is now, %TRUE for mine
 */
gboolean
jp_conflict_repo_get_default (const JpConflict *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return jp_conflict_repo_is_existence (self) && !deletes (self) && self->mine != NULL;
}

/**
 * jp_conflict_repo_same_row:
 * @self: a conflict
 * @other: another
 *
 * Returns: whether both are about the same record
 */
gboolean
jp_conflict_repo_same_row (const JpConflict *self, const JpConflict *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->kind != JP_KIND_NONE && self->kind == other->kind &&
         jp_id_equal (&self->row_id, &other->row_id);
}

static gboolean
is_same_state (JpRecord *a, JpRecord *b)
{
  return jp_record_get_head (a)->version == jp_record_get_head (b)->version &&
         jp_record_get_head (a)->deleted == jp_record_get_head (b)->deleted &&
         jp_record_diff_units (a, b) == 0;
}

static gboolean
is_same_question (const JpConflict *a, const JpConflict *b)
{
  return jp_id_equal (jp_record_get_id (a->item), jp_record_get_id (b->item)) &&
         is_same_state (a->item, b->item) && (a->row == NULL) == (b->row == NULL) &&
         (a->row == NULL || is_same_state (a->row, b->row));
}

/**
 * jp_conflict_repo_equal_lists:
 * @a: (element-type JpConflict): items
 * @b: (element-type JpConflict): others
 *
 * Returns: whether they ask the same of records in the same state
 */
gboolean
jp_conflict_repo_equal_lists (GPtrArray *a, GPtrArray *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same_question (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Puts what was decided onto the row, unit by unit: other items may have put theirs there. */
static void
put_decision (const JpConflict *self, gboolean mine, JpDraft *draft)
{
  guint32 units = mine && self->mine != NULL ? jp_record_diff_units (self->row, self->mine) : 0;

  if (is_parked (self) && !was_early (self))
    return;
  for (guint unit = 0; unit < 32; unit++)
    if (units >> unit & 1)
      jp_draft_copy_unit (draft, self->mine, unit);
  if (jp_conflict_repo_is_existence (self) && mine == deletes (self))
    jp_draft_set_deleted (draft, TRUE);
}

static void
close_item (const JpConflict *self, gboolean mine, const char *actor, JpChange *change)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (self->item);
  g_autoptr (JpRecord) decided = NULL;

  jp_draft_set_code (draft, JP_CONFLICT_STATE,
                     mine ? JP_CONFLICT_STATE_MINE : JP_CONFLICT_STATE_THEIRS);
  jp_draft_set_text (draft, JP_CONFLICT_RESOLVED_BY, actor);
  decided = jp_draft_end (g_steal_pointer (&draft));
  jp_change_add (change, self->item, decided);
}

/**
 * jp_conflict_repo_decide_row:
 * @conflicts: (element-type JpConflict): items about one record, as they were read together
 * @mine: (array): for each of them: what the item calls mine; %FALSE for theirs
 * @actor: who decides
 * @change: where the rows go
 *
 * Adds to a change what the decisions mean: the items are closed, and the record takes what was
 * chosen, in one edit. Pure.
 */
void
jp_conflict_repo_decide_row (GPtrArray      *conflicts,
                             const gboolean *mine,
                             const char     *actor,
                             JpChange       *change)
{
  g_return_if_fail (conflicts != NULL && conflicts->len > 0);
  g_return_if_fail (mine != NULL && actor != NULL);
  g_return_if_fail (change != NULL);

  const JpConflict *first = g_ptr_array_index (conflicts, 0);
  g_autoptr (JpDraft) draft = first->row != NULL ? jp_draft_new_from (first->row) : NULL;
  g_autoptr (JpRecord) after = NULL;

  for (guint i = 0; i < conflicts->len; i++)
    {
      const JpConflict *conflict = g_ptr_array_index (conflicts, i);

      g_return_if_fail (!mine[i] || jp_conflict_repo_can_keep_mine (conflict));
      if (draft != NULL)
        put_decision (conflict, mine[i], draft);
    }

  after = draft != NULL ? jp_draft_end (g_steal_pointer (&draft)) : NULL;
  if (after != NULL &&
      (jp_record_diff_units (first->row, after) != 0 ||
       jp_record_get_head (after)->deleted != jp_record_get_head (first->row)->deleted))
    jp_change_add (change, first->row, after);
  for (guint i = 0; i < conflicts->len; i++)
    close_item (g_ptr_array_index (conflicts, i), mine[i], actor, change);
}

/**
 * jp_conflict_repo_decide:
 * @self: a conflict
 * @mine: what the item calls mine; %FALSE for theirs
 * @actor: who decides
 * @change: where the rows go
 *
 * Adds to a change what the decision means: the item is closed, and the row takes the values that
 * were chosen. Pure.
 */
void
jp_conflict_repo_decide (const JpConflict *self, gboolean mine, const char *actor, JpChange *change)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (actor != NULL);
  g_return_if_fail (change != NULL);
  g_return_if_fail (!mine || jp_conflict_repo_can_keep_mine (self));

  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer)self);
  jp_conflict_repo_decide_row (one, &mine, actor, change);
}
