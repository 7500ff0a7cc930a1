/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns side by side, Chinese characters two cells wide. */
typedef struct _JpCliTable JpCliTable;

JpCliTable *jp_cli_table_new (const char *const *labels);
void        jp_cli_table_free (JpCliTable *self);
void        jp_cli_table_add (JpCliTable *self, const char *const *cells);
char       *jp_cli_table_to_text (JpCliTable *self);
void        jp_cli_table_print (JpCliTable *self);
gsize       jp_cli_table_measure (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCliTable, jp_cli_table_free)

G_END_DECLS
