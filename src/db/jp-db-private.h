/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _JpDb
{
  sqlite3      *handle;      /* (owned) */
  sqlite3_stmt *rollback;    /* (owned): made beforehand, as it must run where there is no memory */
  GThread      *owner;       /* (borrowed): compared, never used */
  GHashTable   *statements;  /* (owned): SQL text → JpStatement */
  GCancellable *cancellable; /* (owned) (nullable): looked at while statements run */
  const char   *begun_at;    /* (borrowed) (nullable): where the open transaction was begun */
  gboolean      in_write;
  gboolean      failed; /* the disk or the file failed a write: nothing more is written */
  JpDbError     failed_as;
  JpDbMode      mode;
};

struct _JpStatement
{
  JpDb         *db;        /* (borrowed): outlives it */
  sqlite3_stmt *handle;    /* (owned) */
  char         *sql;       /* (owned) */
  int           bind_code; /* why a value could not be bound, or SQLITE_OK */
  gboolean      in_use;
  gboolean      cached;
};

void         jp_db_set_error (JpDb *self, int code, GError **error);
JpStatement *jp_statement_new (JpDb *db, const char *sql, GError **error);
void         jp_statement_free (JpStatement *self);

G_END_DECLS
