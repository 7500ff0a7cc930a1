/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-heads.h"

#define VERDICT_COLUMN "op.verdict"

static gboolean
refuse (const char *name, GError **error)
{
  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT, "setting \"%s\" is not what it was",
               name);
  return FALSE;
}

static gboolean
parse_hex (const char *text, guint8 *out_bytes, gsize length_bytes)
{
  if (strlen (text) != 2 * length_bytes)
    return FALSE;
  for (gsize i = 0; i < length_bytes; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      out_bytes[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
}

/* A number and bytes; neither is there before the first time. */
static gboolean
get_pair (JpVault    *vault,
          const char *name,
          gint64     *out_number,
          guint8     *out_bytes,
          gsize       length_bytes,
          GError    **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  *out_number = 0;
  memset (out_bytes, 0, length_bytes);
  if (!jp_vault_get_secret (vault, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  words = g_strsplit (text, " ", 2);
  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_signed (words[0], 10, 0, G_MAXINT64, out_number, NULL) ||
      !parse_hex (words[1], out_bytes, length_bytes))
    return refuse (name, error);
  return TRUE;
}

static gboolean
set_pair (JpVault      *vault,
          const char   *name,
          gint64        number,
          const guint8 *bytes,
          gsize         length_bytes,
          GError      **error)
{
  g_autofree char *hex = jp_hash_to_hex (bytes, length_bytes);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", number, hex);

  return jp_vault_set_secret (vault, name, text, error);
}

/**
 * jp_heads_get:
 * @vault: a vault
 * @name: %JP_SETTING_OP_HEAD or %JP_SETTING_AUDIT_HEAD
 * @out_head: (out caller-allocates): where the chain ends
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_KEY` or `JP_STORE_ERROR_CORRUPT` if somebody has
 * changed it
 */
gboolean
jp_heads_get (JpVault *vault, const char *name, JpHead *out_head, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return get_pair (vault, name, &out_head->n, out_head->hash, sizeof out_head->hash, error);
}

/**
 * jp_heads_set:
 * @vault: a vault with an open write transaction
 * @name: %JP_SETTING_OP_HEAD or %JP_SETTING_AUDIT_HEAD
 * @n: number of the entry that was appended
 * @hash: its hash
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_heads_set (JpVault     *vault,
              const char  *name,
              gint64       n,
              const guint8 hash[JP_SEAL_HASH_BYTES],
              GError     **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (n > 0, FALSE);

  return set_pair (vault, name, n, hash, JP_SEAL_HASH_BYTES, error);
}

/**
 * jp_heads_get_verdicts:
 * @vault: a vault
 * @out_sum: (out caller-allocates): every verdict that has come
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: as jp_heads_get()
 */
gboolean
jp_heads_get_verdicts (JpVault *vault, JpVerdictSum *out_sum, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  return get_pair (vault, JP_SETTING_VERDICTS, &out_sum->count, out_sum->sum, sizeof out_sum->sum,
                   error);
}

/**
 * jp_heads_add_verdict:
 * @vault: a vault with an open write transaction
 * @verdict: a verdict that has just been written beside its operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_heads_add_verdict (JpVault *vault, const JpHeadVerdict *verdict, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (verdict != NULL, FALSE);

  JpVerdictSum sum;

  if (!jp_heads_get_verdicts (vault, &sum, error))
    return FALSE;
  jp_verdict_sum_add (&sum, vault->key, verdict);
  return set_pair (vault, JP_SETTING_VERDICTS, sum.count, sum.sum, sizeof sum.sum, error);
}

/**
 * jp_heads_drop_verdict:
 * @vault: a vault with an open write transaction
 * @verdict: a verdict that no longer holds, because the platform lost it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_heads_drop_verdict (JpVault *vault, const JpHeadVerdict *verdict, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (verdict != NULL, FALSE);

  JpVerdictSum sum;

  if (!jp_heads_get_verdicts (vault, &sum, error))
    return FALSE;
  /* What is added twice is not in it. */
  jp_verdict_sum_add (&sum, vault->key, verdict);
  sum.count -= 2;
  return set_pair (vault, JP_SETTING_VERDICTS, sum.count, sum.sum, sizeof sum.sum, error);
}

/* NULL is not the empty text. */
static const char *
mark_of (const char *text)
{
  return text != NULL ? "=" : "";
}

static const char *
text_of (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * jp_verdict_sum_add:
 * @self: the verdicts so far
 * @key: the data key
 * @verdict: another one
 *
 * Each verdict becomes a keyed hash with the number of its operation in it; these are added without
 * carry, so that the sum can grow without reading the others. Without the key nobody can find
 * texts that leave it as it is.
 */
void
jp_verdict_sum_add (JpVerdictSum *self, JpSealKey *key, const JpHeadVerdict *verdict)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (verdict != NULL);

  guint8           hash[JP_SEAL_INDEX_BYTES];
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT
                                           "\n%" G_GINT64_FORMAT "\n%s%s\n%s%s\n%s%s",
                                           verdict->n, verdict->seq, verdict->judged_at_us,
                                           mark_of (verdict->result), text_of (verdict->result),
                                           mark_of (verdict->problem), text_of (verdict->problem),
                                           mark_of (verdict->detail), text_of (verdict->detail));

  jp_seal_index (key, VERDICT_COLUMN, text, hash);
  for (gsize i = 0; i < sizeof hash; i++)
    self->sum[i] ^= hash[i];
  self->count++;
}
