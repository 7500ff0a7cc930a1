/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpDbError:
 * @JP_DB_ERROR_BUSY: another process holds the database: try again
 * @JP_DB_ERROR_CONSTRAINT: the database refused a row: a rule of the schema is broken
 * @JP_DB_ERROR_CORRUPT: the file is damaged or is not a database
 * @JP_DB_ERROR_FULL: the disk is full
 * @JP_DB_ERROR_IO: the disk failed; stop writing
 * @JP_DB_ERROR_NOT_FOUND: no such row
 * @JP_DB_ERROR_TOO_NEW: the file was written by a newer program
 * @JP_DB_ERROR_INVALID: a stored value or a table is not what the schema promises
 * @JP_DB_ERROR_READ_ONLY: the file cannot be opened or written
 *
 * What a caller of the db layer can act upon.
 */
typedef enum {
  JP_DB_ERROR_BUSY,
  JP_DB_ERROR_CONSTRAINT,
  JP_DB_ERROR_CORRUPT,
  JP_DB_ERROR_FULL,
  JP_DB_ERROR_IO,
  JP_DB_ERROR_NOT_FOUND,
  JP_DB_ERROR_TOO_NEW,
  JP_DB_ERROR_INVALID,
  JP_DB_ERROR_READ_ONLY,
} JpDbError;

#define JP_DB_ERROR (jp_db_error_quark ())

GQuark jp_db_error_quark (void);

G_END_DECLS
