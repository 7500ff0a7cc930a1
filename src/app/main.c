/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-application.h"
#include "jp-locale.h"
#include "jp-log.h"
#include "jp-start.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_PROFILE "school"

static void
prepare_cb (gpointer user_data)
{
  jp_start_prepare (JP_START (user_data));
}

static void
open_cb (gpointer user_data)
{
  jp_start_run (JP_START (user_data));
}

static char *
dup_folder (int *argc, char ***argv, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "profile", 'p', 0, G_OPTION_ARG_FILENAME, &folder, N_ ("Folder of the school's data"),
      N_ ("FOLDER") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return NULL;
  return folder != NULL ? g_steal_pointer (&folder)
                        : jp_profile_dup_default_folder (DEFAULT_PROFILE);
}

int
main (int argc, char *argv[])
{
  jp_log_install ();
  jp_locale_init ();
  g_set_application_name (_ ("Jiapei School"));
  gtk_window_set_default_icon_name (JP_APP_ID);

  g_autoptr (GError) error = NULL;
  g_autofree char *folder = dup_folder (&argc, &argv, &error);
  g_autoptr (JpApplication) application = NULL;
  g_autoptr (JpStart) start = NULL;

  if (folder == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  application = jp_application_new (G_APPLICATION_DEFAULT_FLAGS);
  start = jp_start_new (application, folder);
  jp_application_set_opener (application, open_cb, start);
  jp_application_set_preparer (application, prepare_cb);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
