/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JP_SAFETY_FILE     "safety.json"
#define JP_SAFETY_KEEP_MAX 1000

/**
 * JpSafety:
 * @keep_hours: the newest backup of each of so many hours is kept …
 * @keep_days: … and of so many days …
 * @keep_months: … and of so many months
 * @copies: (owned) (nullable): a second folder for backups, on another disk
 * @journal: (owned) (nullable): folder of the journal of operations, on another disk
 *
 * How a school's data are kept safe. It lies beside the database, not in it: it is needed when the
 * database is gone.
 */
typedef struct
{
  guint keep_hours;
  guint keep_days;
  guint keep_months;
  char *copies;
  char *journal;
} JpSafety;

JpSafety *jp_safety_load (const char *folder);
gboolean  jp_safety_save (const JpSafety *self, const char *folder, GError **error);
void      jp_safety_free (JpSafety *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSafety, jp_safety_free)

G_END_DECLS
