/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-error.h"

#include "jp-desk.h"
#include "jp-documents-error.h"
#include "jp-store-error.h"
#include "jp-sync-error.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (jp - cli - error - quark, jp_cli_error)

static JpCliExit
exit_of_store (JpStoreError code)
{
  switch (code)
    {
    case JP_STORE_ERROR_NOT_FOUND:
      return JP_CLI_NOT_FOUND;
    case JP_STORE_ERROR_KEY:
      return JP_CLI_KEY;
    case JP_STORE_ERROR_LOCKED:
    case JP_STORE_ERROR_BUSY:
      return JP_CLI_LOCKED;
    case JP_STORE_ERROR_CONFLICT:
    case JP_STORE_ERROR_INVALID:
    case JP_STORE_ERROR_CORRUPT:
    case JP_STORE_ERROR_TOO_NEW:
    case JP_STORE_ERROR_FULL:
    case JP_STORE_ERROR_IO:
    case JP_STORE_ERROR_MISSING:
    case JP_STORE_ERROR_READ_ONLY:
    default:
      return JP_CLI_FAILURE;
    }
}

/**
 * jp_cli_error_get_exit:
 * @error: (nullable): why a command failed
 *
 * Returns: the exit code for it, %JP_CLI_OK for %NULL
 */
JpCliExit
jp_cli_error_get_exit (const GError *error)
{
  if (error == NULL)
    return JP_CLI_OK;
  if (error->domain == JP_CLI_ERROR)
    return (JpCliExit)error->code;
  if (error->domain == G_OPTION_ERROR)
    return JP_CLI_USAGE;
  if (error->domain == JP_STORE_ERROR)
    return exit_of_store ((JpStoreError)error->code);
  if (g_error_matches (error, JP_DESK_ERROR, JP_DESK_GONE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return JP_CLI_NOT_FOUND;
  if (g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE) ||
      g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY))
    return JP_CLI_OFFLINE;
  if (g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH) ||
      g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REVOKED) ||
      g_error_matches (error, JP_DESK_ERROR, JP_DESK_PIN_WRONG) ||
      g_error_matches (error, JP_DESK_ERROR, JP_DESK_PIN_BLOCKED))
    return JP_CLI_KEY;
  return JP_CLI_FAILURE;
}

/**
 * jp_cli_error_get_name:
 * @exit_code: an exit code
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
jp_cli_error_get_name (JpCliExit exit_code)
{
  static const char *const names[] = {
    [JP_CLI_OK] = "ok",           [JP_CLI_FAILURE] = "failure",
    [JP_CLI_USAGE] = "usage",     [JP_CLI_NOT_FOUND] = "not-found",
    [JP_CLI_REFUSED] = "refused", [JP_CLI_KEY] = "key",
    [JP_CLI_LOCKED] = "locked",   [JP_CLI_OFFLINE] = "offline",
  };

  g_return_val_if_fail ((gsize)exit_code < G_N_ELEMENTS (names), NULL);

  return names[exit_code];
}

static const char *
sentence_of_store (JpStoreError code)
{
  switch (code)
    {
    case JP_STORE_ERROR_NOT_FOUND:
      return _ ("There is no such thing here.");
    case JP_STORE_ERROR_CONFLICT:
      return _ ("Somebody else has changed this meanwhile. Look at it again, then repeat.");
    case JP_STORE_ERROR_INVALID:
      return _ ("The data break a rule and were not saved.");
    case JP_STORE_ERROR_LOCKED:
      return _ (
        "This school is open in a window or another command. Close that first, then repeat.");
    case JP_STORE_ERROR_KEY:
      return _ ("The password is wrong, or the key of this school is missing.");
    case JP_STORE_ERROR_CORRUPT:
      return _ (
        "The file is damaged; nothing was changed. Bring the newest backup back, the damaged "
        "file is kept beside it: jiapei restore.");
    case JP_STORE_ERROR_TOO_NEW:
      return _ ("This was written by a newer version of the program. Update first.");
    case JP_STORE_ERROR_FULL:
      return _ ("The disk is full. Nothing was changed; make room, then repeat.");
    case JP_STORE_ERROR_BUSY:
      return _ ("The data are in use just now. Repeat in a moment.");
    case JP_STORE_ERROR_MISSING:
      return _ (
        "The key of the school is there, but its data file is gone. Bring the newest backup "
        "back: jiapei restore.");
    case JP_STORE_ERROR_READ_ONLY:
      return _ (
        "This folder may only be read. Have yourself given the right to write in it, or copy "
        "all of it to a place that is yours.");
    case JP_STORE_ERROR_IO:
    default:
      return _ ("The disk could not be read or written. Nothing more is written; check the disk, "
                "then try the newest backup: jiapei restore --drill.");
    }
}

/**
 * jp_cli_error_dup_sentence:
 * @error: why a command failed
 *
 * Returns: (transfer full): what is wrong and what to do, translated
 */
char *
jp_cli_error_dup_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == JP_CLI_ERROR || error->domain == G_OPTION_ERROR)
    return g_strdup (error->message);
  if (error->domain == JP_DESK_ERROR)
    return g_strdup (jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  if (error->domain == JP_STORE_ERROR)
    return g_strdup (sentence_of_store ((JpStoreError)error->code));
  if (error->domain == JP_DOCUMENTS_ERROR)
    return g_strdup (jp_documents_error_get_sentence ((JpDocumentsError)error->code));
  if (error->domain == JP_SYNC_ERROR)
    return g_strdup (jp_sync_error_get_sentence ((JpSyncError)error->code));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Stopped."));
  return g_strdup (_ ("It did not work."));
}
