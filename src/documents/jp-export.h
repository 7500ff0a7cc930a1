/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"
#include "jp-monitor.h"
#include "jp-query.h"

G_BEGIN_DECLS

/* A list as a file: the rows of any question, filtered and sorted as on the screen. Sensitive
 * fields are masked unless they are revealed; either way the audit knows. */

/**
 * JpExport:
 * @query: (borrowed): which rows, in which order
 * @fields: (borrowed) (array length=n_fields): which columns
 * @n_fields: how many
 * @reveal: sensitive fields in clear
 * @actor: (borrowed): who exports
 *
 * What is exported.
 */
typedef struct
{
  const JpQuery   *query;
  const JpFieldId *fields;
  guint            n_fields;
  gboolean         reveal;
  const char      *actor;
} JpExport;

GArray  *jp_export_list_fields (JpKind kind, gboolean all);
gboolean jp_export_audit (JpVault *vault, const JpExport *export, guint n_rows, GError **error);
gboolean jp_export_write (JpVault *vault,
                          const JpExport *export,
                          GFile           *file,
                          const JpMonitor *monitor,
                          guint           *out_n_rows,
                          GError         **error);

G_END_DECLS
