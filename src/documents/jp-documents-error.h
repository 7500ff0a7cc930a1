/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpDocumentsError:
 * @JP_DOCUMENTS_ERROR_INVALID: the file does not have the expected form
 * @JP_DOCUMENTS_ERROR_ENCODING: the text of the file has no known encoding
 * @JP_DOCUMENTS_ERROR_TOO_LARGE: a limit on size, rows or columns was reached
 * @JP_DOCUMENTS_ERROR_IO: the file could not be read or written
 * @JP_DOCUMENTS_ERROR_UNSUPPORTED: the file is of a kind that cannot be read
 * @JP_DOCUMENTS_ERROR_ENCRYPTED: the file has a password
 * @JP_DOCUMENTS_ERROR_NO_SPACE: the disk (or the quota) is full; what was there is still there
 * @JP_DOCUMENTS_ERROR_NO_FONT: no installed font has Chinese characters
 * @JP_DOCUMENTS_ERROR_MISMATCH: the text of a contract does not agree with its digest
 * @JP_DOCUMENTS_ERROR_EMPTY: there is nothing to print
 * @JP_DOCUMENTS_ERROR_MISSING: a part of the program is not installed
 *
 * What a caller of the documents layer can act upon.
 */
typedef enum {
  JP_DOCUMENTS_ERROR_INVALID,
  JP_DOCUMENTS_ERROR_ENCODING,
  JP_DOCUMENTS_ERROR_TOO_LARGE,
  JP_DOCUMENTS_ERROR_IO,
  JP_DOCUMENTS_ERROR_UNSUPPORTED,
  JP_DOCUMENTS_ERROR_ENCRYPTED,
  JP_DOCUMENTS_ERROR_NO_SPACE,
  JP_DOCUMENTS_ERROR_NO_FONT,
  JP_DOCUMENTS_ERROR_MISMATCH,
  JP_DOCUMENTS_ERROR_EMPTY,
  JP_DOCUMENTS_ERROR_MISSING,
} JpDocumentsError;

#define JP_DOCUMENTS_ERROR (jp_documents_error_quark ())

GQuark      jp_documents_error_quark (void);
const char *jp_documents_error_get_sentence (JpDocumentsError code);

G_END_DECLS
