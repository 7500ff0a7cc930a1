/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"

G_BEGIN_DECLS

/**
 * JpMigrationPlan:
 * @application_id: SQLite application id of the file
 * @steps: (array zero-terminated=1): SQL of each version, one or more, in order; a released one
 *   never changes
 * @before: (nullable): makes tables that do not come from SQL text, inside the transaction, first
 *
 * How a file comes to its newest version.
 */
typedef struct
{
  gint32             application_id;
  const char *const *steps;
  gboolean (*before) (JpDb *db, GError **error);
} JpMigrationPlan;

gboolean jp_migrate (JpDb *db, const JpMigrationPlan *plan, GError **error);
gboolean jp_migrate_get_version (JpDb *db, gint64 *out_version, GError **error);

G_END_DECLS
