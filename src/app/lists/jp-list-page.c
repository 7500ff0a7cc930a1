/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-list-page.h"

#include <glib/gi18n-lib.h>

/**
 * JpListPage:
 *
 * What every list page has: header with one primary action, saved views, search, the table in its
 * four states, and a pane for the selected row. Where there is no room beside the list, the pane
 * slides over it. It knows nothing of what it lists: a feature fills it and listens.
 */
struct _JpListPage
{
  GtkWidget parent_instance;

  AdwFlap        *flap;          /* template child */
  JpPageHeader   *header;        /* template child */
  GtkButton      *primary;       /* template child */
  AdwBin         *above;         /* template child */
  GtkWidget      *bar;           /* template child: views and search */
  JpViewBar      *views;         /* template child */
  GtkSearchEntry *search;        /* template child */
  JpStates       *states;        /* template child */
  JpTable        *table;         /* template child */
  AdwWindowTitle *detail_title;  /* template child */
  GtkBox         *detail_start;  /* template child */
  AdwBin         *detail_notice; /* template child */
  GtkViewport    *detail;        /* template child */

  char *empty_icon;        /* (owned) (nullable) */
  char *empty_title;       /* (owned) */
  char *empty_description; /* (owned) (nullable) */

  gboolean pane_wanted;   /* not closed by hand */
  gboolean focus_wanted;  /* somebody came here by key before the rows did */
  gboolean select_wanted; /* and has not come for a row in particular */
  guint    n_focus_ticks; /* frames since the rows came */
};

typedef enum {
  PROP_TITLE = 1,
  PROP_SUBTITLE,
} JpListPageProperty;

typedef enum {
  SIGNAL_FILTER_CHANGED,
  SIGNAL_RETRY,
} JpListPageSignal;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpListPage,
                               jp_list_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static GParamSpec        *properties[PROP_SUBTITLE + 1];
static guint              signals[SIGNAL_RETRY + 1];
static GtkBuildableIface *parent_buildable_iface;

static gboolean
has_single (JpListPage *self)
{
  JpListSelection *selection = jp_table_get_selection (self->table);

  return jp_list_selection_get_single (selection) != GTK_INVALID_LIST_POSITION;
}

static void
reveal (JpListPage *self, gboolean open)
{
  adw_flap_set_reveal_flap (self->flap, open && gtk_viewport_get_child (self->detail) != NULL);
}

static void
selection_changed_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  if (!has_single (self))
    reveal (self, FALSE);
  else if (self->pane_wanted && !adw_flap_get_folded (self->flap))
    reveal (self, TRUE);
}

static void
activated_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  jp_list_page_set_pane_open (self, TRUE);
}

/* Beside a pane, the window's buttons are the pane's. */
static void
flap_changed_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  gboolean beside = adw_flap_get_reveal_flap (self->flap) && !adw_flap_get_folded (self->flap);

  g_object_set (self->header, "show-end-title-buttons", !beside, NULL);
}

/* A pane that stood beside the list does not jump over it when the window gets narrow; and comes
 * back when it gets wide. */
static void
folded_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  if (adw_flap_get_folded (self->flap))
    reveal (self, FALSE);
  else
    reveal (self, self->pane_wanted && has_single (self));
  flap_changed_cb (self);
}

static void
filter_changed_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_FILTER_CHANGED], 0);
}

static void
retry_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
enter_table (JpListPage *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (jp_table_get_selection (self->table));

  if (self->select_wanted &&
      jp_list_selection_get_n_selected (jp_table_get_selection (self->table)) == 0)
    gtk_selection_model_select_item (selection, 0, TRUE);
  self->select_wanted = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
focus_table (JpListPage *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (jp_table_get_selection (self->table));

  if (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 0)
    return;
  if (!has_single (self))
    gtk_selection_model_select_item (selection, 0, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static gboolean
search_key_cb (JpListPage *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  g_assert (JP_IS_LIST_PAGE (self));

  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return FALSE;

  focus_table (self);
  return TRUE;
}

/* GTK 4.8 goes from row to row by Tab, which the arrows do: the pane and its buttons would be as
 * many keys away as there are rows. From GTK 4.10 on GtkColumnView:tab-behavior does this. */
static gboolean
table_key_cb (JpListPage *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  g_assert (JP_IS_LIST_PAGE (self));

  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (keyval != GDK_KEY_Tab && keyval != GDK_KEY_KP_Tab)
    return FALSE;

  /* What can be done with the row comes first: the buttons in the head of the pane, then the pane.
   */
  return jp_list_page_get_pane_open (self) &&
         (gtk_widget_child_focus (GTK_WIDGET (self->detail_start), GTK_DIR_TAB_FORWARD) ||
          gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD));
}

/* Typing in the list goes on in the entry: an input method wants to see where it writes. */
static void
search_started_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search));

  if (GTK_IS_TEXT (text))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static void
search_stopped_cb (JpListPage *self)
{
  g_assert (JP_IS_LIST_PAGE (self));

  jp_list_page_set_search (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
close_pane_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpListPage *self = JP_LIST_PAGE (widget);

  if (jp_list_page_get_pane_open (self))
    jp_list_page_set_pane_open (self, FALSE);
  else
    jp_list_page_set_search (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
enter_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_grab_focus (widget);
}

static void
clear_search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_list_page_set_search (JP_LIST_PAGE (widget), "");
}

static void
jp_list_page_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  JpListPage *self = JP_LIST_PAGE (buildable);

  if (self->header != NULL && g_strcmp0 (type, "start") == 0)
    jp_page_header_pack_start (self->header, GTK_WIDGET (child));
  else if (self->header != NULL && g_strcmp0 (type, "end") == 0)
    jp_page_header_pack_end (self->header, GTK_WIDGET (child));
  else if (self->above != NULL && g_strcmp0 (type, "above") == 0)
    jp_list_page_set_above (self, GTK_WIDGET (child));
  else if (self->detail != NULL && g_strcmp0 (type, "detail") == 0)
    jp_list_page_set_detail (self, GTK_WIDGET (child));
  else if (self->detail_start != NULL && g_strcmp0 (type, "detail-start") == 0)
    jp_list_page_add_detail_button (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = jp_list_page_add_child;
}

/* The rows can be focused in the frame after the one in which they were laid out. Whoever has begun
 * to search stays there. */
static gboolean
focus_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  JpListPage *self = JP_LIST_PAGE (widget);
  GtkRoot    *root = gtk_widget_get_root (widget);
  GtkWidget  *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (++self->n_focus_ticks < 2)
    return G_SOURCE_CONTINUE;

  if (gtk_widget_get_mapped (widget) &&
      (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search))))
    enter_table (self);
  return G_SOURCE_REMOVE;
}

static gboolean
jp_list_page_grab_focus (GtkWidget *widget)
{
  JpListPage *self = JP_LIST_PAGE (widget);

  if (jp_states_get_state (self->states) == JP_STATE_CONTENT)
    return gtk_widget_grab_focus (GTK_WIDGET (self->table));

  /* What an empty list offers, or else the saved views. */
  self->focus_wanted = jp_states_get_state (self->states) == JP_STATE_LOADING;
  return gtk_widget_child_focus (GTK_WIDGET (self->states), GTK_DIR_TAB_FORWARD) ||
         gtk_widget_child_focus (self->bar, GTK_DIR_TAB_FORWARD);
}

static void
jp_list_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_LIST_PAGE);

  G_OBJECT_CLASS (jp_list_page_parent_class)->dispose (object);
}

static void
jp_list_page_finalize (GObject *object)
{
  JpListPage *self = JP_LIST_PAGE (object);

  g_clear_pointer (&self->empty_icon, g_free);
  g_clear_pointer (&self->empty_title, g_free);
  g_clear_pointer (&self->empty_description, g_free);

  G_OBJECT_CLASS (jp_list_page_parent_class)->finalize (object);
}

static void
jp_list_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpListPage *self = JP_LIST_PAGE (object);

  switch ((JpListPageProperty)id)
    {
    case PROP_TITLE:
      g_value_set_string (value, jp_page_header_get_title (self->header));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, jp_page_header_get_subtitle (self->header));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_list_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpListPage *self = JP_LIST_PAGE (object);

  switch ((JpListPageProperty)id)
    {
    case PROP_TITLE:
      jp_page_header_set_title (self->header, g_value_get_string (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SUBTITLE:
      jp_page_header_set_subtitle (self->header, g_value_get_string (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_signals (void)
{
  /**
   * JpListPage::filter-changed:
   *
   * Another saved view or another search text.
   */
  signals[SIGNAL_FILTER_CHANGED] =
    g_signal_new ("filter-changed", JP_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * JpListPage::retry:
   *
   * Somebody wants what failed tried again.
   */
  signals[SIGNAL_RETRY] = g_signal_new ("retry", JP_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (JP_TYPE_PAGE_HEADER);
  g_type_ensure (JP_TYPE_STATES);
  g_type_ensure (JP_TYPE_TABLE);
  g_type_ensure (JP_TYPE_VIEW_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/lists/jp-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JpListPage, flap);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, header);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, primary);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, above);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, bar);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, views);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, search);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, states);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, table);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, detail_title);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, detail_start);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, detail_notice);
  gtk_widget_class_bind_template_child (widget_class, JpListPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_table);
}

static void
jp_list_page_class_init (JpListPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = jp_list_page_dispose;
  object_class->finalize = jp_list_page_finalize;
  object_class->get_property = jp_list_page_get_property;
  widget_class->grab_focus = jp_list_page_grab_focus;
  object_class->set_property = jp_list_page_set_property;

  /**
   * JpListPage:title:
   *
   * The page, translated.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  /**
   * JpListPage:subtitle:
   *
   * How many there are, with their unit, translated.
   */
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  install_signals ();
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "list-page.close-pane", NULL, close_pane_cb);
  gtk_widget_class_install_action (widget_class, "list-page.enter", NULL, enter_cb);
  gtk_widget_class_install_action (widget_class, "list-page.clear-search", NULL, clear_search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "list-page.close-pane",
                                       NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
jp_list_page_init (JpListPage *self)
{
  self->pane_wanted = TRUE;
  self->empty_title = g_strdup (_ ("Nothing here yet"));
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Typing in the list searches: the search takes pinyin and last digits, a jump could not. */
  jp_table_set_type_ahead (self->table, FALSE);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->table));
}

/**
 * jp_list_page_new:
 *
 * Returns: (transfer floating): a new page without views, columns and rows
 */
GtkWidget *
jp_list_page_new (void)
{
  return g_object_new (JP_TYPE_LIST_PAGE, NULL);
}

/**
 * jp_list_page_get_header:
 * @self: a page
 *
 * Returns: (transfer none): its header
 */
JpPageHeader *
jp_list_page_get_header (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), NULL);

  return self->header;
}

/**
 * jp_list_page_get_view_bar:
 * @self: a page
 *
 * Returns: (transfer none): its saved views
 */
JpViewBar *
jp_list_page_get_view_bar (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), NULL);

  return self->views;
}

/**
 * jp_list_page_get_states:
 * @self: a page
 *
 * Returns: (transfer none): its states, for loading and errors; see also
 *   [method@Jp.ListPage.set_n_rows]
 */
JpStates *
jp_list_page_get_states (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), NULL);

  return self->states;
}

/**
 * jp_list_page_get_table:
 * @self: a page
 *
 * Returns: (transfer none): its table
 */
JpTable *
jp_list_page_get_table (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), NULL);

  return self->table;
}

/**
 * jp_list_page_set_primary:
 * @self: a page
 * @label: (nullable): the primary action, `win.new`, translated; %NULL for none
 *
 * Shows the button of the primary action.
 */
void
jp_list_page_set_primary (JpListPage *self, const char *label)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->primary), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->primary, label);
}

/**
 * jp_list_page_set_above:
 * @self: a page
 * @above: (nullable): figures of the whole list
 *
 * Puts something between header and saved views.
 */
void
jp_list_page_set_above (JpListPage *self, GtkWidget *above)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  adw_bin_set_child (self->above, above);
  gtk_widget_set_visible (GTK_WIDGET (self->above), above != NULL);
}

/**
 * jp_list_page_set_detail:
 * @self: a page
 * @detail: (nullable): what the pane shows of the selected row; it is scrolled here
 *
 * Changes the content of the pane; without content there is no pane.
 */
void
jp_list_page_set_detail (JpListPage *self, GtkWidget *detail)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  gtk_viewport_set_child (self->detail, detail);
  if (detail == NULL)
    reveal (self, FALSE);
  else
    selection_changed_cb (self);
}

/**
 * jp_list_page_add_detail_button:
 * @self: a page
 * @button: a button
 *
 * Adds a button to the pane's header.
 */
void
jp_list_page_add_detail_button (JpListPage *self, GtkWidget *button)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_box_append (self->detail_start, button);
}

/**
 * jp_list_page_set_detail_notice:
 * @self: a list page
 * @notice: (nullable): what stands above the pane and is not scrolled
 */
void
jp_list_page_set_detail_notice (JpListPage *self, GtkWidget *notice)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));
  g_return_if_fail (notice == NULL || GTK_IS_WIDGET (notice));

  adw_bin_set_child (self->detail_notice, notice);
}

/**
 * jp_list_page_set_detail_title:
 * @self: a page
 * @title: (nullable): what the pane shows
 * @subtitle: (nullable): more of it
 *
 * Changes the title of the pane's header; empty where the pane begins with its own.
 */
void
jp_list_page_set_detail_title (JpListPage *self, const char *title, const char *subtitle)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  adw_window_title_set_title (self->detail_title, title != NULL ? title : "");
  adw_window_title_set_subtitle (self->detail_title, subtitle != NULL ? subtitle : "");
}

/**
 * jp_list_page_set_pane_open:
 * @self: a page
 * @open: whether the pane is wanted
 *
 * Opens the pane if one row is selected, or closes it. Once closed it stays closed until a row is
 * activated.
 */
void
jp_list_page_set_pane_open (JpListPage *self, gboolean open)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  self->pane_wanted = open;
  reveal (self, open && has_single (self));
}

/**
 * jp_list_page_get_pane_open:
 * @self: a page
 *
 * Returns: whether the pane is seen
 */
gboolean
jp_list_page_get_pane_open (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), FALSE);

  return adw_flap_get_reveal_flap (self->flap);
}

/**
 * jp_list_page_get_search:
 * @self: a page
 *
 * Returns: (transfer none): what is searched for, "" for nothing
 */
const char *
jp_list_page_get_search (JpListPage *self)
{
  g_return_val_if_fail (JP_IS_LIST_PAGE (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

/**
 * jp_list_page_set_search:
 * @self: a page
 * @text: what to search for, "" for nothing
 *
 * Changes the search as typing does.
 */
void
jp_list_page_set_search (JpListPage *self, const char *text)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
}

/**
 * jp_list_page_focus_search:
 * @self: a page
 *
 * Puts the cursor into the search entry and selects what is there.
 */
void
jp_list_page_focus_search (JpListPage *self)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * jp_list_page_enter:
 * @self: a page
 *
 * Brings the keys into the list, as soon as it has rows, and selects the first one if none is: the
 * row that the next key is about.
 */
void
jp_list_page_enter (JpListPage *self)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  self->select_wanted = TRUE;
  if (jp_states_get_state (self->states) == JP_STATE_CONTENT)
    enter_table (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * jp_list_page_set_empty_text:
 * @self: a page
 * @icon_name: (nullable): a symbolic icon
 * @title: what a list without any rows says, translated
 * @description: (nullable): what comes next, translated
 *
 * Changes what the page says when there is nothing at all.
 */
void
jp_list_page_set_empty_text (JpListPage *self,
                             const char *icon_name,
                             const char *title,
                             const char *description)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));
  g_return_if_fail (title != NULL);

  g_free (self->empty_icon);
  g_free (self->empty_title);
  g_free (self->empty_description);
  self->empty_icon = g_strdup (icon_name);
  self->empty_title = g_strdup (title);
  self->empty_description = g_strdup (description);
}

static gboolean
shows_first_view (JpListPage *self)
{
  /* The first view is the one of all rows. */
  return jp_view_bar_get_n_views (self->views) == 0 || jp_view_bar_is_first (self->views);
}

/**
 * jp_list_page_set_n_rows:
 * @self: a page
 * @n_rows: how many rows the filter lets through
 *
 * Shows the rows, or says kindly that there are none: none that fit the search, none in this view,
 * or none at all.
 */
void
jp_list_page_set_n_rows (JpListPage *self, guint n_rows)
{
  g_return_if_fail (JP_IS_LIST_PAGE (self));

  gboolean searching = jp_list_page_get_search (self)[0] != '\0';
  gboolean all = shows_first_view (self);

  if (n_rows == 0 && searching)
    {
      jp_states_set_empty_text (self->states, "system-search-symbolic", _ ("Nothing found"),
                                _ ("Try fewer characters, pinyin, or the last digits."));
      jp_states_set_empty_action (self->states, _ ("Clear Search"), "list-page.clear-search");
    }
  else if (n_rows == 0 && !all)
    {
      jp_states_set_empty_text (self->states, "object-select-symbolic", _ ("All done here"),
                                _ ("Nothing waits in this view."));
      jp_states_set_empty_action (self->states, NULL, NULL);
    }
  else if (n_rows == 0)
    {
      jp_states_set_empty_text (self->states, self->empty_icon, self->empty_title,
                                self->empty_description);
      jp_states_set_empty_action (self->states,
                                  gtk_widget_get_visible (GTK_WIDGET (self->primary))
                                    ? gtk_button_get_label (self->primary)
                                    : NULL,
                                  "win.new");
    }

  jp_states_set_state (self->states, n_rows > 0 ? JP_STATE_CONTENT : JP_STATE_EMPTY);
  if (self->focus_wanted && n_rows > 0)
    {
      self->n_focus_ticks = 0;
      gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_tick_cb, NULL, NULL);
    }
  self->focus_wanted = FALSE;
}
