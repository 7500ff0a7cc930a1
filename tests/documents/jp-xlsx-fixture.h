/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Workbooks made by hand, right and wrong ones. A fixture begins with the fewest parts that make a
 * workbook with one worksheet; parts can be replaced, added and taken away. */

typedef struct _JpXlsxFixture JpXlsxFixture;

JpXlsxFixture *jp_xlsx_fixture_new (void);
void           jp_xlsx_fixture_free (JpXlsxFixture *self);
void           jp_xlsx_fixture_set (JpXlsxFixture *self, const char *name, const char *text);
void           jp_xlsx_fixture_set_bytes (JpXlsxFixture *self, const char *name, GBytes *contents);
void           jp_xlsx_fixture_set_rows (JpXlsxFixture *self, const char *rows);
void           jp_xlsx_fixture_remove (JpXlsxFixture *self, const char *name);
GBytes        *jp_xlsx_fixture_pack (JpXlsxFixture *self, const char *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpXlsxFixture, jp_xlsx_fixture_free)

G_END_DECLS
