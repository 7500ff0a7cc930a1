/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

/**
 * JpEntryKind:
 * @JP_ENTRY_TEXT: any text
 * @JP_ENTRY_CODE: letters and digits: an ID number, a plate
 * @JP_ENTRY_DIGITS: a phone number
 * @JP_ENTRY_MONEY: an amount in yuan
 * @JP_ENTRY_SECRET: a PIN, not shown
 *
 * What goes into a [class@Jp.EntryRow].
 */
typedef enum {
  JP_ENTRY_TEXT,
  JP_ENTRY_CODE,
  JP_ENTRY_DIGITS,
  JP_ENTRY_MONEY,
  JP_ENTRY_SECRET,
} JpEntryKind;

#define JP_TYPE_ENTRY_ROW (jp_entry_row_get_type ())

G_DECLARE_FINAL_TYPE (JpEntryRow, jp_entry_row, JP, ENTRY_ROW, AdwEntryRow)

GtkWidget *jp_entry_row_new (const char *title, JpEntryKind kind);
void       jp_entry_row_set_max_length (JpEntryRow *self, guint n_characters);

G_END_DECLS
