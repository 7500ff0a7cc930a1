/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-money.h"

#include <string.h>

#define FEN_PER_YUAN   100
#define MAX_TEXT_BYTES 64
#define YUAN_SIGN      "\302\245"     /* U+00A5 */
#define YUAN_CHARACTER "\345\205\203" /* U+5143 */
#define MINUS_SIGN     "\342\210\222" /* U+2212 */

__extension__ typedef __int128 Wide;

/**
 * jp_money_is_valid:
 * @amount_fen: an amount in fen
 *
 * Returns: whether the amount lies within ±%JP_FEN_MAX
 */
gboolean
jp_money_is_valid (gint64 amount_fen)
{
  return amount_fen >= -JP_FEN_MAX && amount_fen <= JP_FEN_MAX;
}

/**
 * jp_money_add:
 * @a_fen: an amount in fen
 * @b_fen: another
 * @out_fen: (out): the sum; untouched on failure
 *
 * Adds two amounts or totals. A total may be larger than %JP_FEN_MAX, which caps one amount. Pure;
 * any thread.
 *
 * Returns: %FALSE if the sum does not fit 64 bits
 */
gboolean
jp_money_add (gint64 a_fen, gint64 b_fen, gint64 *out_fen)
{
  gint64 sum_fen;

  g_return_val_if_fail (out_fen != NULL, FALSE);

  if (__builtin_add_overflow (a_fen, b_fen, &sum_fen))
    return FALSE;

  *out_fen = sum_fen;
  return TRUE;
}

/**
 * jp_money_share:
 * @amount_fen: an amount in fen
 * @share_bp: 0 … %JP_BASIS_POINTS_ALL
 *
 * Takes a share of an amount, rounded towards zero: what a share leaves over belongs to the last
 * one (see jp_money_split() for several shares). Never overflows. Pure; any thread.
 *
 * Returns: the share in fen
 */
gint64
jp_money_share (gint64 amount_fen, int share_bp)
{
  g_return_val_if_fail (share_bp >= 0 && share_bp <= JP_BASIS_POINTS_ALL, 0);

  return (gint64)((Wide)amount_fen * share_bp / JP_BASIS_POINTS_ALL);
}

typedef struct
{
  gint64 remainder;
  gsize  index;
} Rest;

/* Largest remainder first, then the order of the weights. */
static int
compare_rests (gconstpointer a, gconstpointer b)
{
  const Rest *first = a;
  const Rest *second = b;

  if (first->remainder != second->remainder)
    return first->remainder > second->remainder ? -1 : 1;
  return first->index < second->index ? -1 : 1;
}

/**
 * jp_money_split:
 * @amount_fen: an amount in fen
 * @weights: (array length=n_weights): the weights, each ≥ 0, e.g. basis points
 * @n_weights: how many
 * @out_fen: (out caller-allocates) (array length=n_weights): the parts; untouched on failure
 *
 * Splits an amount in proportion to weights by the method of the largest remainder: each part is
 * less than one fen away from its exact share, the parts sum exactly to the amount, and equal
 * remainders are served in the order of the weights, so the result is always the same. Pure; any
 * thread.
 *
 * Returns: %FALSE if a weight is negative or all are 0
 */
gboolean
jp_money_split (gint64 amount_fen, const int *weights, gsize n_weights, gint64 *out_fen)
{
  gint64 total = 0;

  g_return_val_if_fail (weights != NULL || n_weights == 0, FALSE);
  g_return_val_if_fail (out_fen != NULL || n_weights == 0, FALSE);

  for (gsize i = 0; i < n_weights; i++)
    {
      if (weights[i] < 0)
        return FALSE;
      total += weights[i];
    }
  if (total == 0)
    return FALSE;

  g_autofree Rest *rests = g_new (Rest, n_weights);
  gint64           step_fen = amount_fen < 0 ? -1 : 1;
  gint64           left_fen = amount_fen;

  for (gsize i = 0; i < n_weights; i++)
    {
      Wide exact = (Wide)amount_fen * weights[i];

      out_fen[i] = (gint64)(exact / total);
      left_fen -= out_fen[i];
      rests[i].remainder = (gint64)(exact % total) * step_fen;
      rests[i].index = i;
    }

  qsort (rests, n_weights, sizeof *rests, compare_rests);
  for (gsize i = 0; left_fen != 0; i++)
    {
      g_assert (i < n_weights);
      out_fen[rests[i].index] += step_fen;
      left_fen -= step_fen;
    }
  return TRUE;
}

static guint64
magnitude (gint64 number)
{
  return number < 0 ? -(guint64)number : (guint64)number;
}

/**
 * jp_money_format:
 * @amount_fen: an amount in fen
 *
 * Writes an amount for people: "¥1,104.00", a negative one with U+2212 in front. The same in every
 * language. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_money_format (gint64 amount_fen)
{
  g_autofree char *yuan = NULL;
  g_autoptr (GString) text = g_string_new (amount_fen < 0 ? MINUS_SIGN YUAN_SIGN : YUAN_SIGN);
  gsize n_digits;

  yuan = g_strdup_printf ("%" G_GUINT64_FORMAT, magnitude (amount_fen) / FEN_PER_YUAN);
  n_digits = strlen (yuan);
  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, yuan[i]);
    }
  g_string_append_printf (text, ".%02u", (guint)(magnitude (amount_fen) % FEN_PER_YUAN));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jp_money_format_plain:
 * @amount_fen: an amount in fen
 *
 * Writes an amount in yuan for machines, in ASCII: "-1104.00". Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_money_format_plain (gint64 amount_fen)
{
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", amount_fen < 0 ? "-" : "",
                          magnitude (amount_fen) / FEN_PER_YUAN,
                          (guint)(magnitude (amount_fen) % FEN_PER_YUAN));
}

static gboolean
skip_text (const char **position, const char *text)
{
  if (!g_str_has_prefix (*position, text))
    return FALSE;
  *position += strlen (text);
  return TRUE;
}

/* The yuan, with or without commas. Every group behind a comma has three digits. */
static gboolean
parse_yuan (const char **position, gint64 *out_yuan)
{
  gint64   yuan = 0;
  guint    n_group = 0;
  gboolean grouped = FALSE;

  for (;; (*position)++)
    {
      if (g_ascii_isdigit (**position))
        {
          n_group++;
          /* Stays above every limit, however many digits follow. */
          yuan = MIN (yuan * 10 + g_ascii_digit_value (**position), JP_FEN_MAX);
        }
      else if (**position == ',' && (grouped ? n_group == 3 : n_group >= 1 && n_group <= 3))
        {
          grouped = TRUE;
          n_group = 0;
        }
      else
        break;
    }

  *out_yuan = yuan;
  return grouped ? n_group == 3 : n_group > 0;
}

static gboolean
parse_fen (const char **position, gint64 *out_fen)
{
  guint n_digits = 0;

  *out_fen = 0;
  if (!skip_text (position, "."))
    return TRUE;

  for (; g_ascii_isdigit (**position) && n_digits < 3; (*position)++, n_digits++)
    *out_fen = *out_fen * 10 + g_ascii_digit_value (**position);
  if (n_digits == 1)
    *out_fen *= 10;
  return n_digits == 1 || n_digits == 2;
}

static gboolean
parse_amount (const char *position, gboolean *out_negative, gint64 *out_yuan, gint64 *out_fen)
{
  *out_negative = skip_text (&position, "-") || skip_text (&position, MINUS_SIGN);
  if (skip_text (&position, YUAN_SIGN))
    skip_text (&position, " ");
  if (!parse_yuan (&position, out_yuan) || !parse_fen (&position, out_fen))
    return FALSE;
  skip_text (&position, " ");
  skip_text (&position, YUAN_CHARACTER);
  return *position == '\0';
}

/**
 * jp_money_parse:
 * @text: what somebody typed or a cell contains
 * @out_fen: (out): the amount in fen; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads an amount in yuan: "3680", "3,680.00", "¥3680.5", "3680 元", full-width characters, a minus
 * in front; everything that jp_money_format() and jp_money_format_plain() write. A third decimal is
 * refused rather than rounded. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID`, or `JP_BASE_ERROR_RANGE` beyond
 *   ±%JP_FEN_MAX
 */
gboolean
jp_money_parse (const char *text, gint64 *out_fen, GError **error)
{
  g_autofree char *ascii = NULL;
  gboolean         negative;
  gint64           yuan;
  gint64           fen;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_fen != NULL, FALSE);

  if (strlen (text) <= MAX_TEXT_BYTES)
    ascii = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  if (ascii == NULL || !parse_amount (g_strstrip (ascii), &negative, &yuan, &fen))
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not an amount of money");
      return FALSE;
    }

  fen += yuan * FEN_PER_YUAN;
  if (!jp_money_is_valid (fen))
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE, "amount is too large");
      return FALSE;
    }

  *out_fen = negative ? -fen : fen;
  return TRUE;
}
