/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-application.h"
#include "jp-locale.h"

#include <glib/gi18n-lib.h>

int
main (int argc, char *argv[])
{
  jp_locale_init ();
  g_set_application_name (_ ("Jiapei School"));
  gtk_window_set_default_icon_name (JP_APP_ID);

  g_autoptr (JpApplication) application = jp_application_new (G_APPLICATION_DEFAULT_FLAGS);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
