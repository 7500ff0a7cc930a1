/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli-table.h"
#include "jp-cli.h"
#include "jp-json.h"
#include "jp-query.h"

G_BEGIN_DECLS

/* Records on the command line: found by what people know of them, shown as tables or JSON, filled
 * from "field=value". */

JpRecord *jp_cli_record_find (JpCli *self, JpKind kind, const char *text, GError **error);
JpRecord *jp_cli_record_find_rows (JpCli      *self,
                                   JpKind      kind,
                                   JpQueryRows rows,
                                   const char *text,
                                   GError    **error);
gboolean jp_cli_record_assign (JpCli *self, JpDraft *draft, const char *assignment, GError **error);
gboolean jp_cli_record_assign_all (JpCli *self, JpDraft *draft, GStrv assignments, GError **error);
gboolean jp_cli_record_check (JpCli *self, JpDraft *draft, GError **error);
gboolean
jp_cli_record_add_where (JpCli *self, JpQuery *query, const char *condition, GError **error);

gboolean jp_cli_record_write (JpCli       *self,
                              JsonBuilder *builder,
                              JpRecord    *record,
                              gboolean     reveal,
                              GError     **error);
gboolean jp_cli_record_print (JpCli *self, JpRecord *record, gboolean reveal, GError **error);
gboolean jp_cli_record_print_list (JpCli     *self,
                                   JpKind     kind,
                                   GPtrArray *records,
                                   gboolean   reveal,
                                   GError   **error);
void     jp_cli_record_print_rows (JpCli *self, JsonBuilder *builder, JpCliTable *table);
gboolean jp_cli_record_audit_reveal (JpCli      *self,
                                     JpKind      kind,
                                     const JpId *id,
                                     const char *detail,
                                     GError    **error);
void     jp_cli_record_print_json (JsonBuilder *builder);

G_END_DECLS
