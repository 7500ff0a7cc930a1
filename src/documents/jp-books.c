/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-books.h"

#include "jp-documents-error.h"

const JpBooks *jp_books = NULL; /* set once, the same by whatever thread */

/**
 * jp_books_load:
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Makes #jp_books usable on this thread; whatever opens a workbook or an archive begins with it.
 *
 * Returns: whether it is there; %FALSE with `JP_DOCUMENTS_ERROR_MISSING`
 */
gboolean
jp_books_load (GError **error)
{
  g_autoptr (GError) reason = NULL;
  const JpModuleHead *head = NULL;

  if (g_atomic_pointer_get (&jp_books) != NULL)
    return TRUE;

  head = jp_module_load (JP_BOOKS_MODULE, sizeof (JpBooks), &reason);
  if (head == NULL)
    {
      g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_MISSING, reason->message);
      return FALSE;
    }
  g_atomic_pointer_set (&jp_books, (const JpBooks *)head);
  return TRUE;
}
