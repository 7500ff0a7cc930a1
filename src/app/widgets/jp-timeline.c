/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-timeline.h"

/**
 * JpTimeline:
 *
 * The latest events of a thing, each with its date; or the chain of evidence behind a number, each
 * link with a dot that says whether it holds. An entry with an action is a button that leads there.
 */
struct _JpTimeline
{
  GtkWidget parent_instance;

  GtkSizeGroup *dates; /* (owned): lines the dates up */
  guint         n_entries;
};

G_DEFINE_FINAL_TYPE (JpTimeline, jp_timeline, GTK_TYPE_WIDGET)

static void
jp_timeline_dispose (GObject *object)
{
  JpTimeline *self = JP_TIMELINE (object);

  jp_timeline_clear (self);
  g_clear_object (&self->dates);

  G_OBJECT_CLASS (jp_timeline_parent_class)->dispose (object);
}

static void
jp_timeline_class_init (JpTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
jp_timeline_init (JpTimeline *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->dates = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_dot (JpTint tint)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                 "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (dot, "dot");
  jp_tint_apply (dot, tint);
  return dot;
}

static GtkWidget *
create_content (JpTimeline *self, const JpTimelineEntry *entry)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "spacing", 10, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean   has_detail = entry->detail != NULL && entry->detail[0] != '\0';

  if (entry->when != NULL)
    {
      GtkWidget *when = create_label (entry->when, "when");

      gtk_widget_set_valign (when, GTK_ALIGN_START);
      gtk_size_group_add_widget (self->dates, when);
      gtk_box_append (GTK_BOX (row), when);
    }
  else
    {
      gtk_box_append (GTK_BOX (row), create_dot (entry->tint));
    }

  gtk_box_append (GTK_BOX (words), create_label (entry->title, has_detail ? "heading" : "title"));
  if (has_detail)
    gtk_box_append (GTK_BOX (words), create_label (entry->detail, "more"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

/**
 * jp_timeline_new:
 *
 * Returns: (transfer floating): a new timeline without entries
 */
GtkWidget *
jp_timeline_new (void)
{
  return g_object_new (JP_TYPE_TIMELINE, NULL);
}

/**
 * jp_timeline_clear:
 * @self: a timeline
 *
 * Takes all entries away.
 */
void
jp_timeline_clear (JpTimeline *self)
{
  g_return_if_fail (JP_IS_TIMELINE (self));

  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n_entries = 0;
}

/**
 * jp_timeline_add:
 * @self: a timeline
 * @entry: what to show below the entries already there
 *
 * Adds an entry; the one after %JP_TIMELINE_MAX_ENTRIES is a mistake of the caller.
 */
void
jp_timeline_add (JpTimeline *self, const JpTimelineEntry *entry)
{
  g_return_if_fail (JP_IS_TIMELINE (self));
  g_return_if_fail (entry != NULL && entry->title != NULL);
  g_return_if_fail (self->n_entries < JP_TIMELINE_MAX_ENTRIES);

  GtkWidget *row = create_content (self, entry);

  if (entry->action != NULL)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), row);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), entry->action);
      row = button;
    }

  gtk_widget_add_css_class (row, "entry");
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  self->n_entries++;
}

/**
 * jp_timeline_get_n_entries:
 * @self: a timeline
 *
 * Returns: how many entries there are
 */
guint
jp_timeline_get_n_entries (JpTimeline *self)
{
  g_return_val_if_fail (JP_IS_TIMELINE (self), 0);

  return self->n_entries;
}
