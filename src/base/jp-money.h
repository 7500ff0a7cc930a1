/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"

G_BEGIN_DECLS

/* Money is a whole number of fen (1/100 yuan) in a gint64; shares are basis points (1/10,000). */

#define JP_FEN_MAX          G_GINT64_CONSTANT (100000000000) /* 10^11: cap of one amount, sync.md §5.1 */
#define JP_BASIS_POINTS_ALL 10000

gboolean jp_money_is_valid (gint64 amount_fen);
gboolean jp_money_add (gint64 a_fen, gint64 b_fen, gint64 *out_fen);
gint64   jp_money_share (gint64 amount_fen, int share_bp);
gboolean jp_money_split (gint64 amount_fen, const int *weights, gsize n_weights, gint64 *out_fen);
char    *jp_money_format (gint64 amount_fen);
char    *jp_money_format_plain (gint64 amount_fen);
gboolean jp_money_parse (const char *text, gint64 *out_fen, GError **error);

char *jp_minutes_format_hours (gint64 minutes);

G_END_DECLS
