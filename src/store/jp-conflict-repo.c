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
conflict_free (gpointer data)
{
  jp_conflict_repo_free (data);
}

/**
 * jp_conflict_repo_free:
 * @self: (nullable) (transfer full): a conflict
 */
void
jp_conflict_repo_free (JpConflict *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->item, jp_record_unref);
  g_clear_pointer (&self->row, jp_record_unref);
  g_clear_pointer (&self->mine, jp_record_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->title);
  g_free (self);
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
  g_autoptr (JpConflict) conflict = g_new0 (JpConflict, 1);
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
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (conflict_free);

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
 * jp_conflict_repo_decide:
 * @self: a conflict
 * @mine: put back what was meant here; %FALSE keeps what holds now
 * @actor: who decides
 * @change: where the rows go
 *
 * Adds to a change what the decision means: the item is closed, and with @mine the row takes the
 * values again. Pure.
 */
void
jp_conflict_repo_decide (const JpConflict *self, gboolean mine, const char *actor, JpChange *change)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (actor != NULL);
  g_return_if_fail (change != NULL);
  g_return_if_fail (!mine || jp_conflict_repo_can_keep_mine (self));

  g_autoptr (JpDraft) draft = jp_draft_new_from (self->item);
  g_autoptr (JpRecord) decided = NULL;

  jp_draft_set_code (draft, JP_CONFLICT_STATE,
                     mine ? JP_CONFLICT_STATE_MINE : JP_CONFLICT_STATE_THEIRS);
  jp_draft_set_text (draft, JP_CONFLICT_RESOLVED_BY, actor);
  decided = jp_draft_end (g_steal_pointer (&draft));

  if (mine && (!is_parked (self) || was_early (self)) &&
      jp_record_diff_units (self->row, self->mine) != 0)
    jp_change_add (change, self->row, self->mine);
  jp_change_add (change, self->item, decided);
}
