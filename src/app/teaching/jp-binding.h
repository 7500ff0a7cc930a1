/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-facts-detail.h"

G_BEGIN_DECLS

/* Which terminal sits in which vehicle, now and before, seen from either side. */

/**
 * JpBinding:
 * @now: (owned) (nullable): the assignment that holds
 * @other: (owned) (nullable): what is at its other end
 * @history: (owned) (element-type JpRecord): all assignments, newest first
 * @titles: (owned) (element-type utf8): what was at the other end of each
 *
 * The bindings of a terminal or a vehicle.
 */
typedef struct
{
  JpRecord  *now;
  char      *other;
  GPtrArray *history;
  GPtrArray *titles;
} JpBinding;

#define JP_BINDING_MAX_HISTORY 12 /* shown in a pane */

JpBinding *jp_binding_read (JpVault *vault, JpFieldId end, const JpId *id, GError **error);
void       jp_binding_free (JpBinding *self);
void       jp_binding_add_history (JpFactsDetail *detail, const JpBinding *binding);
void       jp_binding_swap (JpOffice *office, JpFieldId end, JpRecord *record);
void       jp_binding_take_out (JpOffice *office, const JpId *vehicle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBinding, jp_binding_free)

G_END_DECLS
