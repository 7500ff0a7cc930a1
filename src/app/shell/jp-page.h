/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JpCommands:
 * @JP_COMMAND_NEW: Ctrl+N
 * @JP_COMMAND_EDIT: F2
 * @JP_COMMAND_SAVE: Ctrl+Enter
 * @JP_COMMAND_UNDO: Ctrl+Z
 * @JP_COMMAND_DELETE: Delete
 * @JP_COMMAND_PRINT: Ctrl+P
 * @JP_COMMAND_EXPORT: Ctrl+E
 * @JP_COMMAND_SEARCH: Ctrl+F: search in this page
 * @JP_COMMAND_IMPORT: Ctrl+I: takes in a spreadsheet
 *
 * The commands that every page answers in its own way. A page tells which of them are possible
 * right now; the window turns them into actions (`win.new` …) with keys.
 */
typedef enum {
  JP_COMMAND_NONE = 0,
  JP_COMMAND_NEW = 1 << 0,
  JP_COMMAND_EDIT = 1 << 1,
  JP_COMMAND_SAVE = 1 << 2,
  JP_COMMAND_UNDO = 1 << 3,
  JP_COMMAND_DELETE = 1 << 4,
  JP_COMMAND_PRINT = 1 << 5,
  JP_COMMAND_EXPORT = 1 << 6,
  JP_COMMAND_SEARCH = 1 << 7,
  JP_COMMAND_IMPORT = 1 << 8,
} JpCommands;

#define JP_TYPE_PAGE (jp_page_get_type ())

G_DECLARE_INTERFACE (JpPage, jp_page, JP, PAGE, GtkWidget)

/**
 * JpPageInterface:
 * @dup_title: the title for the window and the task list
 * @get_commands: (nullable): the commands possible now; none if missing
 * @perform: (nullable): does one command; only called while it is possible
 * @set_filter: (nullable): shows the saved view of that name, see [method@Jp.Page.set_filter]
 * @show_item: (nullable): selects one row and opens its pane
 * @focus_search: (nullable): puts the cursor into the page's search entry
 * @enter: (nullable): takes the keys, see [method@Jp.Page.enter]
 *
 * What the window asks of a page.
 */
struct _JpPageInterface
{
  GTypeInterface parent_interface;

  char *(*dup_title) (JpPage *self);
  JpCommands (*get_commands) (JpPage *self);
  void (*perform) (JpPage *self, JpCommands command);
  void (*set_filter) (JpPage *self, const char *view_name);
  void (*show_item) (JpPage *self, const char *item_id);
  void (*focus_search) (JpPage *self);
  void (*enter) (JpPage *self);
};

char      *jp_page_dup_title (JpPage *self);
JpCommands jp_page_get_commands (JpPage *self);
gboolean   jp_page_perform (JpPage *self, JpCommands command);
void       jp_page_set_filter (JpPage *self, const char *view_name);
void       jp_page_show_item (JpPage *self, const char *item_id);
gboolean   jp_page_focus_search (JpPage *self);
void       jp_page_enter (JpPage *self);
void       jp_page_commands_changed (JpPage *self);

G_END_DECLS
