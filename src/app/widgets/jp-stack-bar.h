/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_STACK_BAR_MAX_PARTS 8

/**
 * JpStackPart:
 * @value: how much, ≥ 0, in any unit
 * @tint: its colour
 *
 * One part of a [class@Jp.StackBar].
 */
typedef struct
{
  gint64 value;
  JpTint tint;
} JpStackPart;

#define JP_TYPE_STACK_BAR (jp_stack_bar_get_type ())

G_DECLARE_FINAL_TYPE (JpStackBar, jp_stack_bar, JP, STACK_BAR, GtkWidget)

GtkWidget *jp_stack_bar_new (void);
void
jp_stack_bar_set_parts (JpStackBar *self, const JpStackPart *parts, guint n_parts, gint64 whole);

G_END_DECLS
