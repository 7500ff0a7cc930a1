/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-module.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/xmlreader.h>
#include <xlsxwriter.h>

G_BEGIN_DECLS

/* What this layer calls of libarchive, libxml2 and libxlsxwriter, which come with libcrypto, ICU
 * and 20 more libraries. They are loaded when the first workbook or archive is read or written. */

#define JP_BOOKS_MODULE "jp-books"

/* clang-format off */
#define JP_BOOKS_FUNCTIONS(X) \
  X (archive_entry_free) \
  X (archive_entry_is_data_encrypted) \
  X (archive_entry_new) \
  X (archive_entry_pathname) \
  X (archive_entry_set_filetype) \
  X (archive_entry_set_mtime) \
  X (archive_entry_set_pathname_utf8) \
  X (archive_entry_set_perm) \
  X (archive_entry_set_size) \
  X (archive_error_string) \
  X (archive_filter_bytes) \
  X (archive_read_data) \
  X (archive_read_free) \
  X (archive_read_new) \
  X (archive_read_next_header) \
  X (archive_read_open_memory) \
  X (archive_read_support_format_zip_seekable) \
  X (archive_write_close) \
  X (archive_write_data) \
  X (archive_write_free) \
  X (archive_write_header) \
  X (archive_write_new) \
  X (archive_write_open_memory) \
  X (archive_write_set_format_zip) \
  X (archive_write_set_options) \
  X (xmlFreeTextReader) \
  X (xmlReaderForIO) \
  X (xmlTextReaderConstLocalName) \
  X (xmlTextReaderConstPrefix) \
  X (xmlTextReaderConstValue) \
  X (xmlTextReaderIsEmptyElement) \
  X (xmlTextReaderIsNamespaceDecl) \
  X (xmlTextReaderMoveToElement) \
  X (xmlTextReaderMoveToNextAttribute) \
  X (xmlTextReaderNodeType) \
  X (xmlTextReaderRead) \
  X (xmlTextReaderSetStructuredErrorHandler) \
  X (format_set_align) \
  X (format_set_bg_color) \
  X (format_set_bold) \
  X (format_set_bottom) \
  X (format_set_num_format) \
  X (format_set_text_wrap) \
  X (lxw_strerror) \
  X (lxw_workbook_free) \
  X (workbook_add_format) \
  X (workbook_add_worksheet) \
  X (workbook_close) \
  X (workbook_new_opt) \
  X (worksheet_autofilter) \
  X (worksheet_freeze_panes) \
  X (worksheet_set_column) \
  X (worksheet_write_datetime) \
  X (worksheet_write_number) \
  X (worksheet_write_string)
/* clang-format on */

/**
 * JpBooks:
 *
 * The table of the module: each function under its own name.
 */
typedef struct
{
  JpModuleHead head;
  JP_BOOKS_FUNCTIONS (JP_MODULE_MEMBER)
} JpBooks;

/* (nullable): none before jp_books_load() */
extern const JpBooks *jp_books;

gboolean jp_books_load (GError **error);

G_END_DECLS
