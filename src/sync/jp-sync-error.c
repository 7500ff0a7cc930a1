/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-error.h"

#include <glib/gi18n-lib.h>

/**
 * jp_sync_error_quark:
 *
 * Returns: the error domain of the sync layer
 */
G_DEFINE_QUARK (jp_sync_error_quark, jp_sync_error)

/**
 * jp_sync_error_get_sentence:
 * @code: why a round was not whole
 *
 * Returns: (transfer none): what is wrong and what to do next, translated
 */
const char *
jp_sync_error_get_sentence (JpSyncError code)
{
  switch (code)
    {
    case JP_SYNC_ERROR_AUTH:
      return _ ("The platform does not accept this PC. Please join again with a new code.");
    case JP_SYNC_ERROR_REVOKED:
      return _ ("The platform has shut this PC out. If it should not be, please ask for a new code "
                "and join again; your work is kept until then.");
    case JP_SYNC_ERROR_FORKED:
      return _ (
        "Another PC uses the identity of this one (a copied disk?). Please join again with a new "
        "code.");
    case JP_SYNC_ERROR_TOO_OLD:
      return _ ("The platform needs a newer version of this program. Your work is kept until then: "
                "please update the program, then sync again.");
    case JP_SYNC_ERROR_TOO_NEW:
      return _ ("This program is newer than the platform understands. Your work is kept and goes "
                "up once the platform has been brought up to date; please tell the platform.");
    case JP_SYNC_ERROR_CONFLICT:
    case JP_SYNC_ERROR_PAST:
      return _ ("The platform and this PC do not agree on what was sent. Your work is kept; please "
                "call the platform.");
    case JP_SYNC_ERROR_MISSING:
      return _ ("A part of the program is missing. Install the program again.");
    case JP_SYNC_ERROR_PROTOCOL:
      return _ (
        "Something else answered instead of the platform. Please check the network sign-in.");
    case JP_SYNC_ERROR_OFFLINE:
    case JP_SYNC_ERROR_BUSY:
      return _ ("The platform cannot be reached; changes are sent when it can.");
    case JP_SYNC_ERROR_REJECTED:
    case JP_SYNC_ERROR_RESYNC:
    case JP_SYNC_ERROR_TOO_LARGE:
    default:
      return _ ("The platform refused the request. Your work is kept; please report this.");
    }
}
