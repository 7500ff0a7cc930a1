/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-page-header.h"
#include "jp-page-registry.h"
#include "jp-page.h"
#include "jp-states.h"

G_BEGIN_DECLS

/* A page that is not a list: a header, the four states, and what scrolls in them. It can undo, and
 * reads again what it shows when the store has changed. */

#define JP_TYPE_BOARD_PAGE (jp_board_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (JpBoardPage, jp_board_page, JP, BOARD_PAGE, GtkWidget)

/**
 * JpBoardPageClass:
 * @parent_class: the parent class
 * @refresh: reads what the page shows; called from jp_board_page_refresh() only
 * @get_commands: (nullable): what can be done beyond undoing
 * @perform: (nullable): does it
 *
 * What a page says of itself.
 */
struct _JpBoardPageClass
{
  GtkWidgetClass parent_class;

  void (*refresh) (JpBoardPage *self);
  JpCommands (*get_commands) (JpBoardPage *self);
  void (*perform) (JpBoardPage *self, JpCommands command);
};

JpOffice     *jp_board_page_get_office (JpBoardPage *self);
JpPageHeader *jp_board_page_get_header (JpBoardPage *self);
JpStates     *jp_board_page_get_states (JpBoardPage *self);
void          jp_board_page_set_title (JpBoardPage *self, const char *title);
void          jp_board_page_set_content (JpBoardPage *self, GtkWidget *content);
gboolean      jp_board_page_is_gone (JpBoardPage *self);
void jp_board_page_read (JpBoardPage *self, const JpStoreCall *call, GAsyncReadyCallback callback);
void jp_board_page_refresh (JpBoardPage *self);
void jp_board_page_refresh_later (JpBoardPage *self, guint delay_ms);
void jp_board_page_show_error (JpBoardPage *self, const char *title, const GError *error);
void
jp_board_page_register (JpPageRegistry *registry, JpOffice *office, const char *place, GType type);

G_END_DECLS
