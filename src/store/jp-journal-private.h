/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-journal.h"

G_BEGIN_DECLS

/* The files of a journal and the frames in them. */

/**
 * JpJournalTail:
 * @last: the last whole frame; its body is %NULL if there is none
 * @whole: the file ends with a whole frame, or is empty
 *
 * How a file ends.
 */
typedef struct
{
  JpJournalEntry last;
  gboolean       whole;
} JpJournalTail;

void        jp_journal_entry_clear (JpJournalEntry *self);
void        jp_journal_tail_clear (JpJournalTail *self);
GStrv       jp_journal_list_files (const char *folder, JpSealKey *key);
char       *jp_journal_build_path (const char *folder, JpSealKey *key, guint number);
char       *jp_journal_build_key_path (const char *folder, JpSealKey *key);
GByteArray *jp_journal_seal_frame (const JpJournalEntry *entry, JpSealKey *key);
gboolean
jp_journal_read_tail (const char *path, JpSealKey *key, JpJournalTail *out_tail, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpJournalEntry, jp_journal_entry_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpJournalTail, jp_journal_tail_clear)

G_END_DECLS
