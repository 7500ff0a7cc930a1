/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page.h"

G_DEFINE_INTERFACE (JpPage, jp_page, GTK_TYPE_WIDGET)

static guint commands_changed_signal;

static void
jp_page_default_init (JpPageInterface *iface)
{
  /**
   * JpPage::commands-changed:
   *
   * What [method@Jp.Page.get_commands] returns, or the title, is not what it was.
   */
  commands_changed_signal = g_signal_new ("commands-changed", JP_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * jp_page_dup_title:
 * @self: a page
 *
 * Returns: (transfer full): its translated title
 */
char *
jp_page_dup_title (JpPage *self)
{
  g_return_val_if_fail (JP_IS_PAGE (self), NULL);

  return JP_PAGE_GET_IFACE (self)->dup_title (self);
}

/**
 * jp_page_get_commands:
 * @self: a page
 *
 * Returns: the commands that are possible now
 */
JpCommands
jp_page_get_commands (JpPage *self)
{
  g_return_val_if_fail (JP_IS_PAGE (self), JP_COMMAND_NONE);

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  return iface->get_commands != NULL ? iface->get_commands (self) : JP_COMMAND_NONE;
}

/**
 * jp_page_perform:
 * @self: a page
 * @command: exactly one command
 *
 * Does @command if it is possible now.
 *
 * Returns: %FALSE if it is not
 */
gboolean
jp_page_perform (JpPage *self, JpCommands command)
{
  g_return_val_if_fail (JP_IS_PAGE (self), FALSE);
  g_return_val_if_fail (command != 0 && (command & (command - 1)) == 0, FALSE);

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  if (iface->perform == NULL || (jp_page_get_commands (self) & command) == 0)
    return FALSE;

  iface->perform (self, command);
  return TRUE;
}

/**
 * jp_page_set_filter:
 * @self: a page
 * @view_name: the name of one of the page's saved views; unknown names are ignored
 *
 * Shows a saved view, e.g. the trainees whose contract is not signed. This is how a count on
 * another page leads to the rows behind it.
 */
void
jp_page_set_filter (JpPage *self, const char *view_name)
{
  g_return_if_fail (JP_IS_PAGE (self));
  g_return_if_fail (view_name != NULL);

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  if (iface->set_filter != NULL)
    iface->set_filter (self, view_name);
}

/**
 * jp_page_show_item:
 * @self: a page
 * @item_id: the id of a record of the page's kind; ignored if it is not there any more
 *
 * Selects one row and opens its pane, whatever the filter was.
 */
void
jp_page_show_item (JpPage *self, const char *item_id)
{
  g_return_if_fail (JP_IS_PAGE (self));
  g_return_if_fail (item_id != NULL);

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  if (iface->show_item != NULL)
    iface->show_item (self, item_id);
}

/**
 * jp_page_focus_search:
 * @self: a page
 *
 * Puts the cursor into the page's search entry.
 *
 * Returns: %FALSE if the page has none
 */
gboolean
jp_page_focus_search (JpPage *self)
{
  g_return_val_if_fail (JP_IS_PAGE (self), FALSE);

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  if (iface->focus_search == NULL)
    return FALSE;

  iface->focus_search (self);
  return TRUE;
}

/**
 * jp_page_enter:
 * @self: the visible page
 *
 * Brings the keys into the page, because somebody went there: a list selects its first row if none
 * is selected.
 */
void
jp_page_enter (JpPage *self)
{
  g_return_if_fail (JP_IS_PAGE (self));

  JpPageInterface *iface = JP_PAGE_GET_IFACE (self);

  if (iface->enter != NULL)
    iface->enter (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * jp_page_commands_changed:
 * @self: a page
 *
 * Tells the window to ask again. For implementations.
 */
void
jp_page_commands_changed (JpPage *self)
{
  g_return_if_fail (JP_IS_PAGE (self));

  g_signal_emit (self, commands_changed_signal, 0);
}
