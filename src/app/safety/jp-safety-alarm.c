/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-safety-alarm.h"

#include <glib/gi18n-lib.h>

static void
keeper_changed_cb (JpKeeper *keeper, JpOffice *office)
{
  const GError    *problem = jp_keeper_get_problem (keeper);
  g_autofree char *why = NULL;
  g_autofree char *sentence = NULL;

  if (problem == NULL || jp_keeper_is_busy (keeper))
    return;

  g_message ("there is no backup of this hour: %s", problem->message);
  why = jp_office_dup_error_sentence (problem);
  /* Translators: %s is a whole sentence that says why. */
  sentence = g_strdup_printf (_ ("The backup could not be made. %s"), why);
  jp_office_tell (office, sentence);
}

static void
journal_changed_cb (JpStore *store, JpOffice *office)
{
  if (jp_store_get_journal_state (store) == JP_JOURNAL_BEHIND)
    jp_office_tell (office,
                    _ ("Saved here, but not in the journal: is the stick there, and is there "
                       "room on it? It catches up by itself."));
}

/**
 * jp_safety_alarm_attach:
 * @office: an office
 * @keeper: the keeper of its data
 *
 * Tells, as long as both live, when a backup could not be made or the journal cannot be written.
 */
void
jp_safety_alarm_attach (JpOffice *office, JpKeeper *keeper)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (JP_IS_KEEPER (keeper));

  g_signal_connect_object (keeper, "changed", G_CALLBACK (keeper_changed_cb), office, 0);
  g_signal_connect_object (jp_office_get_store (office), "journal-changed",
                           G_CALLBACK (journal_changed_cb), office, 0);
}
