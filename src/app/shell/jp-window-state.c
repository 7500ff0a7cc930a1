/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-window-private.h"

/**
 * jp_window_restore_state:
 * @self: a window under construction
 *
 * Gives the window the size it had, keeps the settings in step with it from now on, and shows the
 * page that was open last, or the first place.
 */
void
jp_window_restore_state (JpWindow *self)
{
  g_return_if_fail (JP_IS_WINDOW (self));

  self->settings = g_settings_new (JP_APP_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  g_autofree char *place_name = g_settings_get_string (self->settings, "last-page");
  if (!jp_window_show_place (self, place_name, NULL, NULL))
    jp_window_show_place (self, "today", NULL, NULL);
}

/**
 * jp_window_save_place:
 * @self: a window
 *
 * Remembers the visible page for the next start.
 */
void
jp_window_save_place (JpWindow *self)
{
  g_return_if_fail (JP_IS_WINDOW (self));

  const char *place_name = jp_window_get_place (self);

  if (self->settings != NULL && place_name != NULL)
    g_settings_set_string (self->settings, "last-page", place_name);
}
