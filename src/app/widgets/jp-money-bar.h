/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_MONEY_BAR_MAX_PARTS 8

/**
 * JpMoneyPart:
 * @label: what it is, translated
 * @amount_fen: in fen, may be negative if it is not part of the bar
 * @tint: its colour
 * @in_bar: whether it is part of the whole; the others are only told below the bar
 *
 * One line of a [class@Jp.MoneyBar].
 */
typedef struct
{
  const char *label;
  gint64      amount_fen;
  JpTint      tint;
  gboolean    in_bar;
} JpMoneyPart;

#define JP_TYPE_MONEY_BAR (jp_money_bar_get_type ())

G_DECLARE_FINAL_TYPE (JpMoneyBar, jp_money_bar, JP, MONEY_BAR, GtkWidget)

GtkWidget *jp_money_bar_new (void);
void       jp_money_bar_set_parts (JpMoneyBar *self, const JpMoneyPart *parts, guint n_parts);
char      *jp_money_bar_dup_text (JpMoneyBar *self);

G_END_DECLS
