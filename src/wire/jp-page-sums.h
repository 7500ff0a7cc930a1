/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-digest.h"
#include "jp-wire-error.h"

G_BEGIN_DECLS

/* The sums of the tables of a school, or of the parts of one table. */

/**
 * JpPageSum:
 * @name: (owned): of a table, or two hexadecimal digits of a part
 * @n_rows: how many rows
 * @sum: their sum
 *
 * One of them. Where there are no rows it may be left out.
 */
typedef struct
{
  char  *name;
  gint64 n_rows;
  gint64 sum;
} JpPageSum;

/**
 * JpPageSums:
 * @at: (owned): cursor of the stream to which they belong
 * @sums: (owned) (element-type JpPageSum): the sums
 *
 * What is compared.
 */
typedef struct
{
  char      *at;
  GPtrArray *sums;
} JpPageSums;

JpPageSums      *jp_page_sums_new (const char *at);
void             jp_page_sums_free (JpPageSums *self);
void             jp_page_sums_add (JpPageSums *self, const char *name, gint64 n_rows, gint64 sum);
const JpPageSum *jp_page_sums_find (const JpPageSums *self, const char *name);
const char      *jp_page_sums_find_difference (const JpPageSums *a, const JpPageSums *b);
GBytes          *jp_page_sums_to_bytes (JpPageSums *self);
JpPageSums      *jp_page_sums_from_bytes (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPageSums, jp_page_sums_free)

G_END_DECLS
