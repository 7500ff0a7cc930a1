/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-page.h"

/**
 * JpFakePage:
 *
 * A page that writes down what it was asked to do.
 */
struct _JpFakePage
{
  GtkWidget parent_instance;

  char      *title; /* (owned) */
  GString   *log;   /* (owned): one word per call */
  JpCommands commands;
};

static char *
dup_title (JpPage *page)
{
  return g_strdup (JP_FAKE_PAGE (page)->title);
}

static JpCommands
get_commands (JpPage *page)
{
  return JP_FAKE_PAGE (page)->commands;
}

static void
perform (JpPage *page, JpCommands command)
{
  g_string_append_printf (JP_FAKE_PAGE (page)->log, "perform:%d ", command);
}

static void
set_filter (JpPage *page, const char *view_name)
{
  g_string_append_printf (JP_FAKE_PAGE (page)->log, "view:%s ", view_name);
}

static void
show_item (JpPage *page, const char *item_id)
{
  g_string_append_printf (JP_FAKE_PAGE (page)->log, "item:%s ", item_id);
}

static void
focus_search (JpPage *page)
{
  g_string_append (JP_FAKE_PAGE (page)->log, "search ");
}

static void
page_iface_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
  iface->set_filter = set_filter;
  iface->show_item = show_item;
  iface->focus_search = focus_search;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFakePage,
                               jp_fake_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, page_iface_init))

static void
jp_fake_page_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (jp_fake_page_parent_class)->dispose (object);
}

static void
jp_fake_page_finalize (GObject *object)
{
  JpFakePage *self = JP_FAKE_PAGE (object);

  g_clear_pointer (&self->title, g_free);
  g_string_free (self->log, TRUE);

  G_OBJECT_CLASS (jp_fake_page_parent_class)->finalize (object);
}

static void
jp_fake_page_class_init (JpFakePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_fake_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_fake_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_fake_page_init (JpFakePage *self)
{
  self->log = g_string_new (NULL);
}

/**
 * jp_fake_page_new:
 * @title: its title
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
jp_fake_page_new (gpointer title)
{
  JpFakePage *self = g_object_new (JP_TYPE_FAKE_PAGE, NULL);

  self->title = g_strdup (title);
  return GTK_WIDGET (self);
}

/**
 * jp_fake_page_set_child:
 * @self: a page
 * @child: what it shows
 *
 * Gives the page a content, once.
 */
void
jp_fake_page_set_child (JpFakePage *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * jp_fake_page_set_commands:
 * @self: a page
 * @commands: what it can do from now on
 *
 * Changes what is possible and tells so.
 */
void
jp_fake_page_set_commands (JpFakePage *self, JpCommands commands)
{
  self->commands = commands;
  jp_page_commands_changed (JP_PAGE (self));
}

/**
 * jp_fake_page_dup_log:
 * @self: a page
 *
 * Returns: (transfer full): what it was asked since the last call
 */
char *
jp_fake_page_dup_log (JpFakePage *self)
{
  char *log = g_strdup (self->log->str);

  g_string_truncate (self->log, 0);
  return log;
}
