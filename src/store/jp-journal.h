/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-monitor.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* The journal of operations: every committed operation again, sealed, in a folder on another disk
 * or a stick (sync.md §4.4). With the last backup and the journal nothing is lost when the disk of
 * the PC dies; with the key file beside it not even a backup is needed.
 *
 * A file is a row of frames, and is only ever appended to; a file that does not end with a whole
 * frame is left as it is, and another one is begun. */

/**
 * JpJournalEntry:
 * @n: number of the operation when it was made
 * @undoes: number of the operation that it takes back, 0 for none
 * @id: identity of the operation
 * @chain: hash chain up to it
 * @body: (owned): its canonical bytes
 *
 * An operation as the journal has it.
 */
typedef struct
{
  gint64  n;
  gint64  undoes;
  JpId    id;
  guint8  chain[JP_SEAL_HASH_BYTES];
  GBytes *body;
} JpJournalEntry;

/**
 * JpJournalFunc:
 * @entry: an operation
 * @user_data: what was given with it
 * @error: return location
 *
 * Takes the operations of a journal one after the other.
 *
 * Returns: whether to go on
 */
typedef gboolean (*JpJournalFunc) (const JpJournalEntry *entry, gpointer user_data, GError **error);

JpJournal *jp_journal_open (const char *folder, JpVault *vault, GError **error);
gboolean   jp_journal_catch_up (JpJournal *self, JpVault *vault, GError **error);
void       jp_journal_close (JpJournal *self);
void       jp_journal_attach (JpVault *vault, const char *folder);
void       jp_journal_attach_chosen (JpVault *vault, const char *profile_folder);
gboolean   jp_journal_follow (JpVault *vault, GError **error);
gboolean   jp_journal_read (const char   *folder,
                            JpSealKey    *key,
                            JpJournalFunc func,
                            gpointer      user_data,
                            guint        *out_n_damaged,
                            GError      **error);
gboolean   jp_journal_keep_key_file (const char *folder,
                                     JpSealKey  *key,
                                     const char *profile_folder,
                                     GError    **error);
GStrv      jp_journal_list_key_files (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpJournal, jp_journal_close)

G_END_DECLS
