/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page.h"

G_BEGIN_DECLS

/**
 * JpPageFactory:
 * @user_data: what was registered with it
 *
 * Makes a page, in a few milliseconds: what the page shows, it loads afterwards.
 *
 * Returns: (transfer floating): a new [iface@Jp.Page]
 */
typedef GtkWidget *(*JpPageFactory) (gpointer user_data);

#define JP_TYPE_PAGE_REGISTRY (jp_page_registry_get_type ())

G_DECLARE_FINAL_TYPE (JpPageRegistry, jp_page_registry, JP, PAGE_REGISTRY, GObject)

JpPageRegistry *jp_page_registry_new (void);
void            jp_page_registry_add (JpPageRegistry *self,
                                      const char     *place_name,
                                      JpPageFactory   factory,
                                      gpointer        user_data,
                                      GDestroyNotify  destroy);
gboolean        jp_page_registry_has (JpPageRegistry *self, const char *place_name);
GtkWidget      *jp_page_registry_create (JpPageRegistry *self, const char *place_name);

G_END_DECLS
