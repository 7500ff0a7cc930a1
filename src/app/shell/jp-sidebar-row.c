/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sidebar-row.h"

#include "jp-pill.h"

#include <glib/gi18n-lib.h>

/* A badge with more digits would push the title away. */
#define MAX_BADGE 999

/**
 * JpSidebarRow:
 *
 * One place of the sidebar: icon, title and the count of what waits there.
 */
struct _JpSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;  /* template child */
  GtkLabel *title; /* template child */
  JpPill   *badge; /* template child */

  const JpPlace *place; /* (borrowed): constant table */
};

G_DEFINE_FINAL_TYPE (JpSidebarRow, jp_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
jp_sidebar_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (jp_sidebar_row_parent_class)->dispose (object);
}

static void
jp_sidebar_row_class_init (JpSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_sidebar_row_dispose;

  g_type_ensure (JP_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/shell/jp-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JpSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, JpSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, JpSidebarRow, badge);
}

static void
jp_sidebar_row_init (JpSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_sidebar_row_new:
 * @place: (transfer none): an entry of the table of places
 *
 * Returns: (transfer floating): a new row without a badge
 */
GtkWidget *
jp_sidebar_row_new (const JpPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  JpSidebarRow *self = g_object_new (JP_TYPE_SIDEBAR_ROW, NULL);
  self->place = place;
  gtk_image_set_from_icon_name (self->icon, place->icon_name);
  gtk_label_set_text (self->title, jp_place_get_title (place));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jp_place_get_title (place), -1);
  return GTK_WIDGET (self);
}

/**
 * jp_sidebar_row_get_place:
 * @self: a row
 *
 * Returns: (transfer none): the place it stands for
 */
const JpPlace *
jp_sidebar_row_get_place (JpSidebarRow *self)
{
  g_return_val_if_fail (JP_IS_SIDEBAR_ROW (self), NULL);

  return self->place;
}

/**
 * jp_sidebar_row_set_badge:
 * @self: a row
 * @n_waiting: how many things wait; 0 takes the badge away
 * @tint: how urgent they are
 *
 * Shows how much waits in this place.
 */
void
jp_sidebar_row_set_badge (JpSidebarRow *self, guint n_waiting, JpTint tint)
{
  g_return_if_fail (JP_IS_SIDEBAR_ROW (self));

  g_autofree char *text = NULL;
  g_autofree char *description = NULL;

  if (n_waiting > MAX_BADGE)
    text = g_strdup_printf ("%u+", MAX_BADGE);
  else if (n_waiting > 0)
    text = g_strdup_printf ("%u", n_waiting);

  if (n_waiting > 0)
    /* Translators: read out after the name of a place in the sidebar. */
    description =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u waits here", "%u wait here", n_waiting),
                       n_waiting);

  jp_pill_set_text (self->badge, text);
  jp_pill_set_tint (self->badge, tint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}
