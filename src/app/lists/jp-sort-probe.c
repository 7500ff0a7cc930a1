/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sort-probe.h"

/**
 * JpSortProbe:
 *
 * The sorter of a column whose rows are sorted elsewhere, by SQL. GTK 4.8 does not tell which
 * column a column view sorts by (`GtkColumnViewSorter` has functions for it since 4.10); but it
 * asks the sorters of its columns in order, so a probe that notes being asked, and answers
 * "smaller", tells the column, and what the view makes of the answer tells the direction.
 */
struct _JpSortProbe
{
  GtkSorter parent_instance;

  char *column_id; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JpSortProbe, jp_sort_probe, GTK_TYPE_SORTER)

/* (borrowed): who was asked last; only used within jp_sort_probe_ask(), on the main thread. */
static JpSortProbe *asked;

static GtkOrdering
jp_sort_probe_compare (GtkSorter *sorter, gpointer a, gpointer b)
{
  asked = JP_SORT_PROBE (sorter);
  return GTK_ORDERING_SMALLER;
}

static GtkSorterOrder
jp_sort_probe_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
jp_sort_probe_finalize (GObject *object)
{
  JpSortProbe *self = JP_SORT_PROBE (object);

  g_clear_pointer (&self->column_id, g_free);

  G_OBJECT_CLASS (jp_sort_probe_parent_class)->finalize (object);
}

static void
jp_sort_probe_class_init (JpSortProbeClass *klass)
{
  GtkSorterClass *sorter_class = GTK_SORTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jp_sort_probe_finalize;
  sorter_class->compare = jp_sort_probe_compare;
  sorter_class->get_order = jp_sort_probe_get_order;
}

static void
jp_sort_probe_init (JpSortProbe *self)
{
}

/**
 * jp_sort_probe_new:
 * @column_id: what [func@Jp.SortProbe.ask] answers
 *
 * Returns: (transfer full): a new probe for one column
 */
GtkSorter *
jp_sort_probe_new (const char *column_id)
{
  g_return_val_if_fail (column_id != NULL, NULL);

  JpSortProbe *self = g_object_new (JP_TYPE_SORT_PROBE, NULL);

  self->column_id = g_strdup (column_id);
  return GTK_SORTER (self);
}

/**
 * jp_sort_probe_ask:
 * @view_sorter: the sorter of a column view whose columns have probes
 * @out_descending: (out): whether from large to small
 *
 * Finds out by which column a view sorts.
 *
 * Returns: (transfer none) (nullable): the id of the column, %NULL if by none
 */
const char *
jp_sort_probe_ask (GtkSorter *view_sorter, gboolean *out_descending)
{
  g_return_val_if_fail (GTK_IS_SORTER (view_sorter), NULL);
  g_return_val_if_fail (out_descending != NULL, NULL);

  /* Any two different objects do. */
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);

  asked = NULL;
  GtkOrdering ordering = gtk_sorter_compare (view_sorter, a, b);

  *out_descending = ordering == GTK_ORDERING_LARGER;
  return ordering != GTK_ORDERING_EQUAL && asked != NULL ? asked->column_id : NULL;
}
