/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-merge.h"

#include <glib/gi18n-lib.h>

/**
 * jp_merge_owned_units:
 * @info: a kind
 * @as_platform: for the platform instead of a school
 *
 * Returns: mask of the merge units that this side may change. A unit belongs to a side if all its
 *   fields do.
 */
guint32
jp_merge_owned_units (const JpKindInfo *info, gboolean as_platform)
{
  g_return_val_if_fail (info != NULL, 0);

  JpOwner other = as_platform ? JP_OWNER_SCHOOL : JP_OWNER_PLATFORM;
  guint32 units = 0;
  guint32 foreign = 0;

  for (guint i = 0; i < info->n_fields; i++)
    {
      units |= 1u << info->fields[i].merge;
      if (info->fields[i].owner == other)
        foreign |= 1u << info->fields[i].merge;
    }

  return units & ~foreign;
}

static gboolean
unit_equal (JpRecord *a, JpRecord *b, guint unit)
{
  const JpKindInfo *info = jp_record_get_info (a);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].merge == unit && !jp_record_field_equal (a, b, info->fields[i].id))
      return FALSE;

  return TRUE;
}

/**
 * jp_merge_edit:
 * @theirs: the state that holds now
 * @base: (nullable): the state that the editor saw, at least in @units; %NULL: nothing
 * @mine: the state after the edit, at least in @units
 * @units: the units that the edit touches
 * @allowed: the units that the editing side may change
 * @out_result: (out): what came of it; clear it afterwards
 *
 * The three-way merge of sync.md §3.6, one unit after the other: where both agree there is nothing
 * to do; where they did not change what the editor saw, the edit is taken; where the edit changed
 * nothing, theirs stays; otherwise both changed it: theirs stays and the unit is reported. Pure.
 */
void
jp_merge_edit (JpRecord      *theirs,
               JpRecord      *base,
               JpRecord      *mine,
               guint32        units,
               guint32        allowed,
               JpMergeResult *out_result)
{
  g_return_if_fail (theirs != NULL);
  g_return_if_fail (mine != NULL);
  g_return_if_fail (out_result != NULL);
  g_return_if_fail (jp_record_get_kind (theirs) == jp_record_get_kind (mine));

  g_autoptr (JpDraft) draft = jp_draft_new_from (theirs);

  *out_result = (JpMergeResult){ 0 };

  for (guint unit = 0; unit < 32; unit++)
    {
      guint32 bit = 1u << unit;

      if (!(units & bit))
        continue;
      if (unit_equal (mine, theirs, unit))
        out_result->same |= bit;
      else if (!(allowed & bit))
        out_result->forbidden |= bit;
      else if (base != NULL && unit_equal (base, theirs, unit))
        {
          jp_draft_copy_unit (draft, mine, unit);
          out_result->taken |= bit;
        }
      else if (base != NULL && unit_equal (base, mine, unit))
        out_result->same |= bit;
      else
        out_result->conflicts |= bit;
    }

  out_result->merged = jp_draft_end (g_steal_pointer (&draft));
}

/**
 * jp_merge_result_clear:
 * @self: a result
 */
void
jp_merge_result_clear (JpMergeResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->merged, jp_record_unref);
}

static char *
join_units (const JpKindInfo *info, guint32 units, gboolean labels)
{
  GString    *text = g_string_new (NULL);
  const char *comma = labels ? C_ ("list", ", ") : ",";

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (!(units >> field->merge & 1))
        continue;
      if (text->len > 0)
        g_string_append (text, comma);
      g_string_append (text, labels ? jp_field_get_label (field) : field->name);
    }

  return g_string_free (text, FALSE);
}

/**
 * jp_merge_dup_unit_labels:
 * @info: a kind
 * @units: mask of merge units
 *
 * Returns: (transfer full): the translated names of the fields in them, with commas
 */
char *
jp_merge_dup_unit_labels (const JpKindInfo *info, guint32 units)
{
  g_return_val_if_fail (info != NULL, NULL);

  return join_units (info, units, TRUE);
}

/**
 * jp_merge_dup_unit_names:
 * @info: a kind
 * @units: mask of merge units
 *
 * Returns: (transfer full): the names of the fields in them, with commas: what a conflict stores
 */
char *
jp_merge_dup_unit_names (const JpKindInfo *info, guint32 units)
{
  g_return_val_if_fail (info != NULL, NULL);

  return join_units (info, units, FALSE);
}

/**
 * jp_merge_units_from_names:
 * @info: a kind
 * @names: (nullable): names of fields with commas
 *
 * Returns: mask of the merge units of the fields that exist
 */
guint32
jp_merge_units_from_names (const JpKindInfo *info, const char *names)
{
  g_return_val_if_fail (info != NULL, 0);

  g_auto (GStrv) parts = g_strsplit (names != NULL ? names : "", ",", JP_FIELDS_MAX);
  guint32 units = 0;

  for (char **part = parts; *part != NULL; part++)
    {
      const JpField *field = jp_field_lookup (info->kind, *part);

      if (field != NULL)
        units |= 1u << field->merge;
    }

  return units;
}
