/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finder.h"

#include "jp-finder-repo.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX  560
#define HEIGHT_PX 480
#define MARGIN_PX 12

struct _JpFinder
{
  AdwWindow parent_instance;

  GtkWidget *entry; /* (borrowed): in the window */
  GtkWidget *stack; /* (borrowed): in the window: hits or hint */
  GtkWidget *hint;  /* (borrowed): status page in the stack */
  GtkWidget *list;  /* (borrowed): list box in the stack */

  JpOffice     *office;      /* (owned) */
  GPtrArray    *hits;        /* (owned) (nullable) (element-type JpFinderHit): as listed */
  GCancellable *cancellable; /* (owned) (nullable): of the running search */
};

G_DEFINE_FINAL_TYPE (JpFinder, jp_finder, ADW_TYPE_WINDOW)

/* Showing. */

static void
show_hint (JpFinder *self, const char *icon_name, const char *title, const char *text)
{
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->hint), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->hint), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->hint), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "hint");
}

static void
show_welcome (JpFinder *self)
{
  show_hint (self, "edit-find-symbolic", _ ("Whom or what do you look for?"),
             _ ("A name, its pinyin or initials, the last digits of a number, a plate, or a whole "
                "ID or "
                "phone number."));
}

static void
add_hit (JpFinder *self, const JpFinderHit *hit)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *reason = NULL;

  if (hit->pinyin != NULL)
    /* Translators: the field in which it was found, its value, how that is spelled. */
    reason =
      g_strdup_printf (C_ ("found by pinyin", "%1$s: %2$s (%3$s)"),
                       jp_field_get_label (jp_field_get (hit->field)), hit->value, hit->pinyin);
  else if (hit->field != 0)
    /* Translators: the field in which it was found, and its value. */
    reason = g_strdup_printf (C_ ("found in", "%1$s: %2$s"),
                              jp_field_get_label (jp_field_get (hit->field)), hit->value);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hit->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason != NULL ? reason : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  JpFinder          *self = JP_FINDER (user_data);
  int                index = gtk_list_box_row_get_index (row);
  const JpFinderHit *hit = self->hits->pdata[index];
  const JpFinderHit *previous = before != NULL ? self->hits->pdata[index - 1] : NULL;
  GtkWidget         *label = NULL;

  if (previous != NULL && previous->kind == hit->kind)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (jp_kind_get_plural (hit->kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "finder-group");
  gtk_list_box_row_set_header (row, label);
}

static void
show_hits (JpFinder *self, GPtrArray *hits)
{
  GtkWidget *row = NULL;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = hits;
  for (guint i = 0; i < hits->len; i++)
    add_hit (self, hits->pdata[i]);

  if (hits->len == 0)
    {
      show_hint (self, "edit-find-symbolic", _ ("Nothing found"),
                 _ ("Try fewer characters, or the last digits of a number."));
      return;
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "hits");
}

/* Searching. */

static gpointer
find_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_finder_repo_find (vault, data, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray       *hits = NULL;
  g_autofree char *sentence = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&hits, &error))
    {
      if (self->office != NULL)
        show_hits (self, hits);
      else
        g_ptr_array_unref (hits);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;

  g_message ("the search did not work: %s", error->message);
  sentence = jp_office_dup_error_sentence (error);
  show_hint (self, "dialog-error-symbolic", _ ("The search did not work"), sentence);
}

static void
cancel (JpFinder *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
search_changed_cb (JpFinder *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  JpStoreCall call = { find_call, NULL, g_free, (GDestroyNotify)g_ptr_array_unref, 0 };

  /* What was asked before is not wanted any more. */
  cancel (self);
  if (*text == '\0')
    {
      show_welcome (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  call.data = g_strdup (text);
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, found_cb,
                       g_object_ref (self));
}

/* Choosing. */

static void
activated_cb (JpFinder *self, GtkListBoxRow *row)
{
  const JpFinderHit *hit = self->hits->pdata[gtk_list_box_row_get_index (row)];
  JpOffice          *office = self->office;

  jp_office_show (office, hit->kind, &hit->id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
move (JpFinder *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int            index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MAX (index, 0));

  if (next != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);
}

static gboolean
key_pressed_cb (JpFinder *self, guint keyval, guint keycode, GdkModifierType state)
{
  switch (keyval)
    {
    case GDK_KEY_Down:
      move (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      move (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Class. */

static void
jp_finder_dispose (GObject *object)
{
  JpFinder *self = JP_FINDER (object);

  cancel (self);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_finder_parent_class)->dispose (object);
}

static void
jp_finder_finalize (GObject *object)
{
  g_clear_pointer (&JP_FINDER (object)->hits, g_ptr_array_unref);
  G_OBJECT_CLASS (jp_finder_parent_class)->finalize (object);
}

static void
jp_finder_class_init (JpFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_finder_finalize;
}

static GtkWidget *
new_results (JpFinder *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  gtk_widget_add_css_class (self->list, "finder");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->hint = adw_status_page_new ();
  gtk_widget_add_css_class (self->hint, "compact");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->hint, "hint");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "hits");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

static void
jp_finder_init (JpFinder *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "search-delay", JP_FINDER_DELAY_MS, "placeholder-text",
                _ ("Trainees, contracts, coaches, vehicles, terminals"), NULL);
  gtk_widget_set_margin_top (self->entry, MARGIN_PX);
  gtk_widget_set_margin_bottom (self->entry, MARGIN_PX);
  gtk_widget_set_margin_start (self->entry, MARGIN_PX);
  gtk_widget_set_margin_end (self->entry, MARGIN_PX);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), new_results (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_PX, HEIGHT_PX);
  show_welcome (self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (jp_finder_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * jp_finder_new:
 * @office: the office, with its window
 *
 * Returns: (transfer none): a new search, owned by GTK, not shown yet
 */
JpFinder *
jp_finder_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpFinder *self =
    g_object_new (JP_TYPE_FINDER, "title", _ ("Search"), "modal", TRUE, "destroy-with-parent", TRUE,
                  "transient-for", jp_office_get_window (office), NULL);

  self->office = g_object_ref (office);
  return self;
}

static void
search_requested_cb (JpOffice *office)
{
  gtk_window_present (GTK_WINDOW (jp_finder_new (office)));
}

/**
 * jp_finder_attach:
 * @office: the office
 * @window: its window
 *
 * Lets Ctrl+K open the search.
 */
void
jp_finder_attach (JpOffice *office, JpWindow *window)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (JP_IS_WINDOW (window));

  g_signal_connect_object (window, "search-requested", G_CALLBACK (search_requested_cb), office,
                           G_CONNECT_SWAPPED);
}

/**
 * jp_finder_set_text:
 * @self: the search
 * @text: what is looked for
 *
 * Does what typing does.
 */
void
jp_finder_set_text (JpFinder *self, const char *text)
{
  g_return_if_fail (JP_IS_FINDER (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/**
 * jp_finder_get_n_hits:
 * @self: the search
 *
 * Returns: how many answers are listed
 */
guint
jp_finder_get_n_hits (JpFinder *self)
{
  g_return_val_if_fail (JP_IS_FINDER (self), 0);

  return self->hits != NULL ? self->hits->len : 0;
}

/**
 * jp_finder_activate:
 * @self: the search
 *
 * Does what Enter does: goes to the selected answer and closes the search.
 */
void
jp_finder_activate (JpFinder *self)
{
  g_return_if_fail (JP_IS_FINDER (self));

  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL)
    activated_cb (self, row);
}
