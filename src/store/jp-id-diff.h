/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JpIdRange:
 * @position: where, in a list on which the ranges before have been exchanged
 * @removed: how many ids go
 * @added: how many come: those of the new list from @position on
 *
 * One exchange. A plain value.
 */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} JpIdRange;

GArray *jp_id_diff (GArray *before, GArray *after, guint max_ranges);

G_END_DECLS
