/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A roster of people who do not exist, as large as wanted, written to a workbook or a text file. */

void  jp_roster_fixture_write (const char *path, guint n_rows);
char *jp_roster_fixture_dup_id_number (guint i);
char *jp_roster_fixture_dup_mobile (guint i);

/* Whether a number of one of the first @n_rows people is readable anywhere in the bytes. */
gboolean jp_roster_fixture_leaks (const char *bytes, gsize length_bytes, guint n_rows);
void     jp_roster_fixture_assert_no_leak (const char *folder, guint n_rows);

G_END_DECLS
