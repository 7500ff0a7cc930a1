/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-demo-notice.h"

#include <glib/gi18n-lib.h>

static gpointer
read_demo_call (JpVault *vault, gpointer data, GError **error)
{
  char *value = NULL;

  jp_vault_get_setting (vault, JP_SETTING_DEMO, &value, error);
  return value;
}

static void
leave_cb (GtkButton *button, JpStart *start)
{
  jp_start_leave_demo (start);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStart) start = user_data;
  g_autofree char *value = NULL;
  JpWindow        *window = jp_start_get_window (start);
  GtkWidget       *button = NULL;

  /* ignored: what cannot be read is told by the pages */
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&value, NULL) ||
      g_strcmp0 (value, "1") != 0 || window == NULL)
    return;

  button = gtk_button_new_with_label (_ ("Leave the Demo"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (leave_cb), start, 0);
  jp_window_set_notice (window, C_ ("notice", "Demo"),
                        _ ("Everybody and everything here is made up. Try whatever you like."),
                        button);
}

/**
 * jp_demo_notice_attach:
 * @office: an office with a window
 * @start: the start that opened it
 *
 * Says in the window, as long as it is open, that this is the demo school, if it is; with the way
 * out.
 */
void
jp_demo_notice_attach (JpOffice *office, JpStart *start)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (JP_IS_START (start));

  JpStoreCall call = { read_demo_call, NULL, NULL, g_free, 0 };

  jp_store_read_async (jp_office_get_store (office), &call, NULL, read_cb, g_object_ref (start));
}
