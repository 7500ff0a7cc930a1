/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-monitor.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Importing a roster: rows are collected, compared with the live data (the rehearsal), looked at by
 * the user, and then committed exactly as they were shown. The same roster once more changes
 * nothing. Where the rows come from is not known here, see jp-roster.h. */

#define JP_IMPORT_MAX_ROWS 200000u

/**
 * JpImportOutcome:
 * @JP_IMPORT_NEW: the row becomes a new record
 * @JP_IMPORT_CHANGED: a record gets other values
 * @JP_IMPORT_SAME: the record says so already
 * @JP_IMPORT_REFUSED: the row is wrong, see its reason
 *
 * What becomes of a row.
 */
typedef enum {
  JP_IMPORT_NEW,
  JP_IMPORT_CHANGED,
  JP_IMPORT_SAME,
  JP_IMPORT_REFUSED,
} JpImportOutcome;

#define JP_IMPORT_N_OUTCOMES 4

/**
 * JpImportReference:
 * @field: a reference field
 * @title: (owned): the name that stands in the cell
 *
 * A cell that names another record.
 */
typedef struct
{
  JpFieldId field;
  char     *title;
} JpImportReference;

/**
 * JpImportRow:
 * @number: number of the row in its file
 * @draft: (owned): what stands in the row
 * @given: (owned) (element-type JpFieldId): fields that have a value in the row
 * @references: (owned) (element-type JpImportReference): cells that name other records
 * @outcome: what becomes of it; meaningful after jp_import_plan(), or if it is refused
 * @field: the field that is to blame for a refusal, or 0
 * @reason: (owned) (nullable): why it is refused, a translated sentence
 * @before: (owned) (nullable): the record that is changed
 * @after: (owned) (nullable): the record that is made or changed
 *
 * One row of a roster.
 */
typedef struct
{
  guint           number;
  JpDraft        *draft;
  GArray         *given;
  GPtrArray      *references;
  JpImportOutcome outcome;
  JpFieldId       field;
  char           *reason;
  JpRecord       *before;
  JpRecord       *after;
} JpImportRow;

/* A roster on its way in. Not thread-safe: hand it from thread to thread. */
typedef struct _JpImport JpImport;

gboolean  jp_import_may (JpKind kind);
JpFieldId jp_import_get_key (JpKind kind);

JpImport    *jp_import_new (JpKind kind);
void         jp_import_free (JpImport *self);
JpKind       jp_import_get_kind (JpImport *self);
JpImportRow *jp_import_add_row (JpImport *self, guint number);
GPtrArray   *jp_import_get_rows (JpImport *self);
void         jp_import_row_put (JpImportRow *row, JpFieldId field, const char *text);
void         jp_import_row_refuse (JpImportRow *row, JpFieldId field, const char *sentence);

gboolean  jp_import_plan (JpImport *self, JpVault *vault, const JpMonitor *monitor, GError **error);
guint     jp_import_count (JpImport *self, JpImportOutcome outcome);
guint     jp_import_get_n_changes (JpImport *self);
JpChange *jp_import_make_change (JpImport *self, guint index, const char *actor);
gboolean  jp_import_commit (JpImport        *self,
                            JpVault         *vault,
                            const char      *actor,
                            const JpMonitor *monitor,
                            GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpImport, jp_import_free)

G_END_DECLS
