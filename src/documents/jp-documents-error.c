/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-documents-error.h"

#include <glib/gi18n-lib.h>
#include "jp-documents-error-private.h"

#include <errno.h>

/**
 * jp_documents_error_quark:
 *
 * Returns: the error domain of the documents layer
 */
G_DEFINE_QUARK (jp_documents_error_quark, jp_documents_error)

/**
 * jp_documents_error_propagate:
 * @error: return location
 * @reason: (transfer full): an error of GIO or of this layer
 *
 * Lets an error out of the layer: cancellation and our own errors as they are, anything else as
 * %JP_DOCUMENTS_ERROR_NO_SPACE or %JP_DOCUMENTS_ERROR_IO with its message.
 */
void
jp_documents_error_propagate (GError **error, GError *reason)
{
  g_return_if_fail (reason != NULL);

  if (reason->domain == JP_DOCUMENTS_ERROR ||
      g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return;
    }

  gboolean is_full = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  g_set_error (error, JP_DOCUMENTS_ERROR,
               is_full ? JP_DOCUMENTS_ERROR_NO_SPACE : JP_DOCUMENTS_ERROR_IO,
               "could not access the file: %s", reason->message);
  g_error_free (reason);
}

/**
 * jp_documents_error_translate:
 * @error: (inout): an error of GIO
 *
 * As jp_documents_error_propagate(), for an error that has been set already.
 *
 * Returns: %FALSE always, so that it can be returned
 */
gboolean
jp_documents_error_translate (GError **error)
{
  GError *reason = error != NULL ? g_steal_pointer (error) : NULL;

  if (reason != NULL)
    jp_documents_error_propagate (error, reason);
  return FALSE;
}

/**
 * jp_documents_error_set_from_errno:
 * @error: return location
 * @code: a value of errno
 * @what: what could not be done, for the message
 *
 * The one place where errno becomes an error of this layer.
 */
void
jp_documents_error_set_from_errno (GError **error, int code, const char *what)
{
  g_return_if_fail (what != NULL);

  gboolean is_full = code == ENOSPC || code == EFBIG;

#ifdef EDQUOT
  is_full = is_full || code == EDQUOT;
#endif
  g_set_error (error, JP_DOCUMENTS_ERROR,
               is_full ? JP_DOCUMENTS_ERROR_NO_SPACE : JP_DOCUMENTS_ERROR_IO, "could not %s: %s",
               what, g_strerror (code));
}

/**
 * jp_documents_error_get_sentence:
 * @code: what went wrong
 *
 * Returns: what to tell the user, and what to do next
 */
const char *
jp_documents_error_get_sentence (JpDocumentsError code)
{
  switch (code)
    {
    case JP_DOCUMENTS_ERROR_INVALID:
      return _ ("The file does not hold a table that can be used: is there a column with the ID "
                "number, plate or serial number?");
    case JP_DOCUMENTS_ERROR_ENCODING:
      return _ ("The text of the file has no known encoding. Save it as a workbook (xlsx).");
    case JP_DOCUMENTS_ERROR_TOO_LARGE:
      return _ ("The file is too large. Split it.");
    case JP_DOCUMENTS_ERROR_UNSUPPORTED:
      return _ ("Files of this kind cannot be read. Save it as a workbook (xlsx) or as CSV.");
    case JP_DOCUMENTS_ERROR_ENCRYPTED:
      return _ ("The file has a password. Save it without one first.");
    case JP_DOCUMENTS_ERROR_NO_SPACE:
      return _ ("The disk is full. Make room, then repeat.");
    case JP_DOCUMENTS_ERROR_NO_FONT:
      return _ ("No font with Chinese characters is installed, so nothing can be printed. Install "
                "one, such as Noto Sans CJK.");
    case JP_DOCUMENTS_ERROR_MISMATCH:
      return _ ("The text of this contract has been altered: it does not agree with its digest. "
                "It is not printed. Check the school's data.");
    case JP_DOCUMENTS_ERROR_EMPTY:
      return _ ("There is nothing to contest: no such line is wrong.");
    case JP_DOCUMENTS_ERROR_MISSING:
      return _ ("A part of the program is missing. Install the program again.");
    case JP_DOCUMENTS_ERROR_IO:
    default:
      return _ ("The file could not be read or written.");
    }
}
