/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-locale.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

/**
 * jp_locale_init:
 *
 * Takes the language from the environment and finds the translations: those in `JP_LOCALEDIR` if it
 * is set (an uninstalled program), otherwise the installed ones. Called first thing in main().
 */
void
jp_locale_init (void)
{
  const char *localedir = g_getenv ("JP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : JP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
