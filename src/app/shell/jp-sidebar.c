/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sidebar.h"

#include "jp-sidebar-row.h"

#include <adwaita.h>

/**
 * JpSidebar:
 *
 * The left column: whose school this is, the search, the places with what waits in each, and how
 * the exchange with the platform stands.
 */
struct _JpSidebar
{
  GtkWidget parent_instance;

  GtkWidget      *box;           /* template child */
  AdwWindowTitle *title;         /* template child */
  GtkListBox     *list;          /* template child */
  GtkWidget      *sync_button;   /* template child */
  GtkWidget      *sync_dot;      /* template child */
  GtkLabel       *sync_headline; /* template child */
  GtkLabel       *sync_detail;   /* template child */

  gboolean folded;
};

typedef enum {
  PROP_FOLDED = 1,
} JpSidebarProperty;

typedef enum {
  SIGNAL_PLACE_SELECTED,
  SIGNAL_PLACE_ACTIVATED,
} JpSidebarSignal;

G_DEFINE_FINAL_TYPE (JpSidebar, jp_sidebar, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_FOLDED + 1];
static guint       signals[SIGNAL_PLACE_ACTIVATED + 1];

static JpSidebarRow *
find_row (JpSidebar *self, const char *place_name)
{
  JpSidebarRow  *row = NULL;
  const JpPlace *place = jp_place_find (place_name);
  int            i = 0;

  while ((row = (JpSidebarRow *)gtk_list_box_get_row_at_index (self->list, i++)) != NULL)
    {
      if (jp_sidebar_row_get_place (row) == place)
        return row;
    }

  return NULL;
}

static void
update_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const JpPlace *place = jp_sidebar_row_get_place (JP_SIDEBAR_ROW (row));
  const char    *title = jp_place_get_group_title (place->group);

  if (title == NULL ||
      (before != NULL && jp_sidebar_row_get_place (JP_SIDEBAR_ROW (before))->group == place->group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "group");
  gtk_list_box_row_set_header (row, label);
}

static void
row_selected_cb (JpSidebar *self, GtkListBoxRow *row)
{
  g_assert (JP_IS_SIDEBAR (self));

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_PLACE_SELECTED], 0,
                   jp_sidebar_row_get_place (JP_SIDEBAR_ROW (row))->name);
}

static void
row_activated_cb (JpSidebar *self, GtkListBoxRow *row)
{
  g_assert (JP_IS_SIDEBAR (self));
  g_assert (JP_IS_SIDEBAR_ROW (row));

  g_signal_emit (self, signals[SIGNAL_PLACE_ACTIVATED], 0,
                 jp_sidebar_row_get_place (JP_SIDEBAR_ROW (row))->name);
}

static void
jp_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_SIDEBAR);

  G_OBJECT_CLASS (jp_sidebar_parent_class)->dispose (object);
}

static void
jp_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpSidebar *self = JP_SIDEBAR (object);

  switch ((JpSidebarProperty)id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpSidebar *self = JP_SIDEBAR (object);

  switch ((JpSidebarProperty)id)
    {
    case PROP_FOLDED:
      if (self->folded != g_value_get_boolean (value))
        {
          self->folded = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* As wide as it must be and no wider, whatever the school is called and the last exchange says:
 * the pages beside it never move. */
static void
jp_sidebar_measure (GtkWidget     *widget,
                    GtkOrientation orientation,
                    int            for_size,
                    int           *minimum,
                    int           *natural,
                    int           *minimum_baseline,
                    int           *natural_baseline)
{
  JpSidebar *self = JP_SIDEBAR (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
jp_sidebar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (JP_SIDEBAR (widget)->box, &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
jp_sidebar_class_init (JpSidebarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_sidebar_dispose;
  object_class->get_property = jp_sidebar_get_property;
  object_class->set_property = jp_sidebar_set_property;
  widget_class->measure = jp_sidebar_measure;
  widget_class->size_allocate = jp_sidebar_size_allocate;

  /**
   * JpSidebar:folded:
   *
   * Whether the sidebar has the window for itself and therefore carries the window's buttons.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * JpSidebar::place-selected:
   * @place_name: the name of the place
   *
   * The selection moved, by pointer, key or [method@Jp.Sidebar.set_selected].
   */
  signals[SIGNAL_PLACE_SELECTED] =
    g_signal_new ("place-selected", JP_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * JpSidebar::place-activated:
   * @place_name: the name of the place
   *
   * Somebody clicked a place or pressed Enter on it: go there.
   */
  signals[SIGNAL_PLACE_ACTIVATED] =
    g_signal_new ("place-activated", JP_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/shell/jp-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, sync_button);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, sync_dot);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, sync_headline);
  gtk_widget_class_bind_template_child (widget_class, JpSidebar, sync_detail);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
jp_sidebar_init (JpSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header_cb, NULL, NULL);
}

/**
 * jp_sidebar_fill:
 * @self: a sidebar
 * @registry: knows which places have a page
 *
 * Lists the places that can be visited. Called once.
 */
void
jp_sidebar_fill (JpSidebar *self, JpPageRegistry *registry)
{
  g_return_if_fail (JP_IS_SIDEBAR (self));
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (gtk_list_box_get_row_at_index (self->list, 0) == NULL);

  gsize          n_places = 0;
  const JpPlace *places = jp_place_get_all (&n_places);

  for (gsize i = 0; i < n_places; i++)
    {
      if (jp_page_registry_has (registry, places[i].name))
        gtk_list_box_append (self->list, jp_sidebar_row_new (&places[i]));
    }
}

/**
 * jp_sidebar_set_school:
 * @self: a sidebar
 * @name: (nullable): the school's short name
 * @subtitle: (nullable): its grade and district
 *
 * Shows whose school this is.
 */
void
jp_sidebar_set_school (JpSidebar *self, const char *name, const char *subtitle)
{
  g_return_if_fail (JP_IS_SIDEBAR (self));

  adw_window_title_set_title (self->title, name != NULL ? name : "");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

/**
 * jp_sidebar_set_badge:
 * @self: a sidebar
 * @place_name: the name of a place; ignored if that place has no page
 * @n_waiting: how many things wait there; 0 takes the badge away
 * @tint: how urgent they are
 *
 * Shows how much waits in a place.
 */
void
jp_sidebar_set_badge (JpSidebar *self, const char *place_name, guint n_waiting, JpTint tint)
{
  g_return_if_fail (JP_IS_SIDEBAR (self));
  g_return_if_fail (jp_place_find (place_name) != NULL);

  JpSidebarRow *row = find_row (self, place_name);
  if (row != NULL)
    jp_sidebar_row_set_badge (row, n_waiting, tint);
}

/**
 * jp_sidebar_set_sync_state:
 * @self: a sidebar
 * @tint: how the exchange stands; the words say the same
 * @headline: (nullable): e.g. "Offline · 4 changes wait"; %NULL hides the whole footer
 * @detail: (nullable): since when and what happens next
 *
 * Shows how the exchange with the platform stands.
 */
void
jp_sidebar_set_sync_state (JpSidebar *self, JpTint tint, const char *headline, const char *detail)
{
  g_return_if_fail (JP_IS_SIDEBAR (self));

  jp_tint_apply (self->sync_dot, tint);
  gtk_label_set_text (self->sync_headline, headline != NULL ? headline : "");
  gtk_label_set_text (self->sync_detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sync_detail), detail != NULL && detail[0] != '\0');
  gtk_widget_set_visible (self->sync_button, headline != NULL);
  gtk_widget_set_tooltip_text (self->sync_button, detail);
}

/**
 * jp_sidebar_set_selected:
 * @self: a sidebar
 * @place_name: the name of a place
 *
 * Moves the selection without moving the keyboard focus.
 */
void
jp_sidebar_set_selected (JpSidebar *self, const char *place_name)
{
  g_return_if_fail (JP_IS_SIDEBAR (self));

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (find_row (self, place_name)));
}

/**
 * jp_sidebar_focus:
 * @self: a sidebar
 *
 * Moves the keyboard focus to the selected place.
 *
 * Returns: whether there was one
 */
gboolean
jp_sidebar_focus (JpSidebar *self)
{
  g_return_val_if_fail (JP_IS_SIDEBAR (self), FALSE);

  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
