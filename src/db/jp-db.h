/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-base.h"
#include "jp-db-error.h"

G_BEGIN_DECLS

/* One SQLite connection, owned by the thread that opened it. */

#define JP_DB_BUSY_TIMEOUT_MS 5000

typedef struct _JpDb        JpDb;
typedef struct _JpStatement JpStatement;

/**
 * JpDbMode:
 * @JP_DB_WRITER: the only connection that writes and checkpoints; creates the file
 * @JP_DB_READER: may only read, never checkpoints (sync.md F6)
 * @JP_DB_MEMORY: a private database in memory, for tests and rehearsals
 */
typedef enum {
  JP_DB_WRITER,
  JP_DB_READER,
  JP_DB_MEMORY,
} JpDbMode;

JpDb       *jp_db_open (const char *path, JpDbMode mode, GError **error);
void        jp_db_close (JpDb *self);
gboolean    jp_db_is_owner (JpDb *self);
void        jp_db_set_cancellable (JpDb *self, GCancellable *cancellable);
gboolean    jp_db_exec (JpDb *self, const char *sql, GError **error);
gboolean    jp_db_has_column (JpDb       *self,
                              const char *table,
                              const char *column,
                              gboolean   *out_there,
                              GError    **error);
gint64      jp_db_get_last_rowid (JpDb *self);
int         jp_db_get_n_changes (JpDb *self);
gboolean    jp_db_has_failed (JpDb *self);
const char *jp_db_get_path (JpDb *self);
gboolean    jp_db_check (JpDb *self, GError **error);
gboolean    jp_db_check_quick (JpDb *self, GError **error);
gboolean    jp_db_backup (JpDb *self, const char *path, GError **error);
gboolean    jp_db_checkpoint (JpDb *self, GError **error);

/* Statements: prepared once per connection and text, handed back to the cache by their autoptr. */
JpStatement  *jp_db_prepare (JpDb *self, const char *sql, GError **error);
void          jp_statement_release (JpStatement *self);
void          jp_statement_reset (JpStatement *self);
void          jp_statement_bind_null (JpStatement *self, const char *name);
void          jp_statement_bind_integer (JpStatement *self, const char *name, gint64 value);
void          jp_statement_bind_text (JpStatement *self, const char *name, const char *text);
void          jp_statement_bind_blob (JpStatement  *self,
                                      const char   *name,
                                      gconstpointer bytes,
                                      gsize         length_bytes);
void          jp_statement_bind_id (JpStatement *self, const char *name, const JpId *id);
void          jp_statement_bind_integer_at (JpStatement *self, int position, gint64 value);
void          jp_statement_bind_text_at (JpStatement *self, int position, const char *text);
void          jp_statement_bind_blob_at (JpStatement  *self,
                                         int           position,
                                         gconstpointer bytes,
                                         gsize         length_bytes);
void          jp_statement_bind_lent_text_at (JpStatement *self,
                                              int          position,
                                              const char  *text,
                                              gssize       length_bytes);
void          jp_statement_bind_lent_blob_at (JpStatement  *self,
                                              int           position,
                                              gconstpointer bytes,
                                              gsize         length_bytes);
void          jp_statement_bind_null_at (JpStatement *self, int position);
gboolean      jp_statement_step (JpStatement *self, gboolean *out_row, GError **error);
gboolean      jp_statement_run (JpStatement *self, GError **error);
gboolean      jp_statement_is_null (JpStatement *self, int column);
gint64        jp_statement_get_integer (JpStatement *self, int column);
const char   *jp_statement_get_text (JpStatement *self, int column);
gconstpointer jp_statement_get_blob (JpStatement *self, int column, gsize *out_length_bytes);
gboolean      jp_statement_get_id (JpStatement *self, int column, JpId *out_id);
int           jp_statement_get_n_columns (JpStatement *self);
const char   *jp_statement_get_column_name (JpStatement *self, int column);

/* Transactions: begun by the macros, which note where; never nested; rolled back by their auto
 * unless committed. */
typedef struct
{
  JpDb *db; /* (borrowed) (nullable): NULL once ended */
} JpTransaction;

#define jp_db_begin_write(db, transaction, error)                                                  \
  jp_db_begin_at ((db), TRUE, G_STRLOC, (transaction), (error))
#define jp_db_begin_read(db, transaction, error)                                                   \
  jp_db_begin_at ((db), FALSE, G_STRLOC, (transaction), (error))

#define JP_TRANSACTION_INIT                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

gboolean jp_db_begin_at (JpDb          *self,
                         gboolean       write,
                         const char    *where,
                         JpTransaction *out_transaction,
                         GError       **error);
gboolean jp_transaction_commit (JpTransaction *self, GError **error);
void     jp_transaction_clear (JpTransaction *self);
gboolean jp_db_in_write (JpDb *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpDb, jp_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpStatement, jp_statement_release)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpTransaction, jp_transaction_clear)

G_END_DECLS
