/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpStoreError:
 * @JP_STORE_ERROR_NOT_FOUND: no such record
 * @JP_STORE_ERROR_CONFLICT: the record has changed since it was read
 * @JP_STORE_ERROR_INVALID: the change breaks a rule
 * @JP_STORE_ERROR_LOCKED: another program has this data open
 * @JP_STORE_ERROR_KEY: the data key is missing or wrong
 * @JP_STORE_ERROR_CORRUPT: the database is damaged
 * @JP_STORE_ERROR_TOO_NEW: the database was written by a newer program
 * @JP_STORE_ERROR_FULL: the disk is full
 * @JP_STORE_ERROR_BUSY: try again
 * @JP_STORE_ERROR_IO: the disk failed
 * @JP_STORE_ERROR_MISSING: there is a key, but the database is gone
 * @JP_STORE_ERROR_READ_ONLY: the folder or a file in it cannot be written
 *
 * What a caller of the store layer can act upon.
 */
typedef enum {
  JP_STORE_ERROR_NOT_FOUND,
  JP_STORE_ERROR_CONFLICT,
  JP_STORE_ERROR_INVALID,
  JP_STORE_ERROR_LOCKED,
  JP_STORE_ERROR_KEY,
  JP_STORE_ERROR_CORRUPT,
  JP_STORE_ERROR_TOO_NEW,
  JP_STORE_ERROR_FULL,
  JP_STORE_ERROR_BUSY,
  JP_STORE_ERROR_IO,
  JP_STORE_ERROR_MISSING,
  JP_STORE_ERROR_READ_ONLY,
} JpStoreError;

#define JP_STORE_ERROR (jp_store_error_quark ())

GQuark   jp_store_error_quark (void);
gboolean jp_store_error_translate_file (GError **error);
gboolean jp_store_error_make_folder (const char *path, GError **error);

G_END_DECLS
