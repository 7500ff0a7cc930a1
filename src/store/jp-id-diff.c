/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-id-diff.h"

/* A list of ids on its way from one end to the other. */
typedef struct
{
  const gint64 *ids; /* (borrowed) */
  guint         at;
  guint         end;       /* where the common end begins */
  GHashTable   *positions; /* (owned): id → its position + 1, 0 = was moved and is dealt with */
} Side;

static GHashTable *
index_ids (const Side *side)
{
  GHashTable *positions = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = side->at; i < side->end; i++)
    g_hash_table_insert (positions, (gpointer)&side->ids[i], GUINT_TO_POINTER (i + 1));
  return positions;
}

/* How far away the id is on the other side, 0 if it is not there or was dealt with. */
static guint
look_ahead (const Side *other, const gint64 *id)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (other->positions, id));

  return position != 0 ? position - other->at : 0;
}

/* Two ids differ: tells whether the one of the old list goes; if not, the new one comes. An id that
 * stands elsewhere on the other side was moved: of two, the one that was moved further. */
static gboolean
old_goes (Side *before, Side *after)
{
  if (before->at == before->end)
    return FALSE;
  if (after->at == after->end)
    return TRUE;

  const gint64 *going = &before->ids[before->at];
  const gint64 *coming = &after->ids[after->at];
  guint         going_ahead = look_ahead (after, going);
  guint         coming_ahead = look_ahead (before, coming);

  if (going_ahead == 0)
    return TRUE;
  if (coming_ahead == 0)
    return FALSE;
  if (going_ahead >= coming_ahead)
    g_hash_table_insert (before->positions, (gpointer)going, NULL);
  else
    g_hash_table_insert (after->positions, (gpointer)coming, NULL);
  return going_ahead >= coming_ahead;
}

static void
end_range (GArray *ranges, JpIdRange *range, guint next_position)
{
  if (range->removed + range->added > 0)
    g_array_append_val (ranges, *range);
  *range = (JpIdRange){ next_position, 0, 0 };
}

static GArray *
walk (Side *before, Side *after, guint max_ranges)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (JpIdRange));
  JpIdRange range = { after->at, 0, 0 };

  while (before->at < before->end || after->at < after->end)
    {
      gboolean same = before->at < before->end && after->at < after->end &&
                      before->ids[before->at] == after->ids[after->at];

      if (same)
        {
          before->at++;
          after->at++;
          end_range (ranges, &range, after->at);
          if (ranges->len > max_ranges)
            return NULL;
        }
      else if (old_goes (before, after))
        {
          before->at++;
          range.removed++;
        }
      else
        {
          after->at++;
          range.added++;
        }
    }

  end_range (ranges, &range, after->at);
  return ranges->len <= max_ranges ? g_steal_pointer (&ranges) : NULL;
}

/**
 * jp_id_diff:
 * @before: (element-type gint64): ids, each at most once
 * @after: (element-type gint64): ids, each at most once
 * @max_ranges: how many exchanges are worth it
 *
 * Finds what to exchange so that @before becomes @after, in order. An id that was moved goes at one
 * place and comes at another, and the rest stays.
 *
 * Returns: (transfer full) (nullable) (element-type JpIdRange): the exchanges, %NULL if there would
 *   be more than @max_ranges: then it is a new order
 */
GArray *
jp_id_diff (GArray *before, GArray *after, guint max_ranges)
{
  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  Side    going = { (const gint64 *)(gpointer)before->data, 0, before->len, NULL };
  Side    coming = { (const gint64 *)(gpointer)after->data, 0, after->len, NULL };
  GArray *ranges = NULL;

  while (going.at < going.end && coming.at < coming.end &&
         going.ids[going.at] == coming.ids[coming.at])
    {
      going.at++;
      coming.at++;
    }
  while (going.end > going.at && coming.end > coming.at &&
         going.ids[going.end - 1] == coming.ids[coming.end - 1])
    {
      going.end--;
      coming.end--;
    }

  going.positions = index_ids (&going);
  coming.positions = index_ids (&coming);
  ranges = walk (&going, &coming, max_ranges);
  g_hash_table_unref (going.positions);
  g_hash_table_unref (coming.positions);
  return ranges;
}
