/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-words.h"

#include "jp-record-history.h"

#include <glib/gi18n-lib.h>

/**
 * jp_sync_words_get_tint:
 * @state: state of the engine
 * @n_waiting: operations that wait
 *
 * Returns: how the state looks
 */
JpTint
jp_sync_words_get_tint (JpSyncState state, gint64 n_waiting)
{
  switch (state)
    {
    case JP_SYNC_STATE_UP_TO_DATE:
      return JP_TINT_OK;
    case JP_SYNC_STATE_RUNNING:
      return JP_TINT_INFO;
    case JP_SYNC_STATE_PROBLEM:
      return JP_TINT_BAD;
    case JP_SYNC_STATE_LOCAL:
      return JP_TINT_MUTE;
    case JP_SYNC_STATE_OFFLINE:
    case JP_SYNC_STATE_WAITING:
    default:
      return n_waiting > 0 ? JP_TINT_WARN : JP_TINT_MUTE;
    }
}

/**
 * jp_sync_words_get_state:
 * @state: state of the engine
 *
 * Returns: (transfer none): it in a word, for a pill
 */
const char *
jp_sync_words_get_state (JpSyncState state)
{
  switch (state)
    {
    case JP_SYNC_STATE_UP_TO_DATE:
      return C_ ("sync", "Up to date");
    case JP_SYNC_STATE_RUNNING:
      return C_ ("sync", "Running");
    case JP_SYNC_STATE_PROBLEM:
      return C_ ("sync", "Needs you");
    case JP_SYNC_STATE_LOCAL:
      return C_ ("sync", "This PC only");
    case JP_SYNC_STATE_OFFLINE:
      return C_ ("sync", "Offline");
    case JP_SYNC_STATE_WAITING:
    default:
      return C_ ("sync", "Waiting");
    }
}

/**
 * jp_sync_words_dup_skew:
 * @offset_us: the platform's clock minus ours
 *
 * Returns: (transfer full) (nullable): a sentence if the clocks differ by more than two minutes
 */
char *
jp_sync_words_dup_skew (gint64 offset_us)
{
  gint64 minutes = ABS (offset_us) / JP_MINUTE_US;

  if (ABS (offset_us) <= JP_SYNC_WORDS_SKEW_US)
    return NULL;
  if (offset_us > 0)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "The clock of this PC is %d minute behind the platform's. Please set it.",
                   "The clock of this PC is %d minutes behind the platform's. Please set it.",
                   (gulong)minutes),
      (int)minutes);
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "The clock of this PC is %d minute ahead of the platform's. Please set it.",
                 "The clock of this PC is %d minutes ahead of the platform's. Please set it.",
                 (gulong)minutes),
    (int)minutes);
}

/**
 * jp_sync_words_dup_receipt:
 * @receipt: (nullable): of the last whole round
 *
 * Returns: (transfer full): what it did and when
 */
char *
jp_sync_words_dup_receipt (const JpSyncReceipt *receipt)
{
  if (receipt == NULL)
    return g_strdup (_ ("Since the program started there was no whole sync."));

  g_autofree char *when = jp_instant_to_short (receipt->ended_us);
  g_autofree char *what = jp_sync_receipt_dup_sentence (receipt);

  /* Translators: when the last sync ended, then what it did, a sentence of its own. */
  return g_strdup_printf (_ ("Last sync %1$s. %2$s"), when, what);
}

/**
 * jp_sync_words_dup_op:
 * @op: an operation
 *
 * Returns: (transfer full): what was done to which record
 */
char *
jp_sync_words_dup_op (const JpSyncOp *op)
{
  g_return_val_if_fail (op != NULL, NULL);

  const char *action = jp_record_history_get_action_label (op->info->kind);
  const char *kind =
    op->info->row_kind != JP_KIND_NONE ? jp_kind_get_label (op->info->row_kind) : "";

  if (*op->title != '\0')
    /* Translators: what was done, a kind of record, its name: "Edited: Coach 李建国". */
    return g_strdup_printf (C_ ("operation", "%1$s: %2$s %3$s"), action, kind, op->title);
  if (*kind != '\0')
    /* Translators: what was done, a kind of record. */
    return g_strdup_printf (C_ ("operation", "%1$s: %2$s"), action, kind);
  return g_strdup (action);
}

static const char *
get_reason (JpSyncState state)
{
  switch (state)
    {
    case JP_SYNC_STATE_LOCAL:
      return _ ("kept until this PC joins the platform");
    case JP_SYNC_STATE_OFFLINE:
      return _ ("sent when the network is back");
    case JP_SYNC_STATE_PROBLEM:
      return _ ("kept until sync works again");
    case JP_SYNC_STATE_RUNNING:
      return _ ("being sent");
    case JP_SYNC_STATE_UP_TO_DATE:
    case JP_SYNC_STATE_WAITING:
    default:
      return _ ("sent in a moment");
    }
}

/**
 * jp_sync_words_dup_op_detail:
 * @op: an operation that waits
 * @state: state of the engine
 *
 * Returns: (transfer full): since when, by whom, why it waits
 */
char *
jp_sync_words_dup_op_detail (const JpSyncOp *op, JpSyncState state)
{
  g_return_val_if_fail (op != NULL, NULL);

  g_autofree char *when = jp_instant_to_short (op->info->at_us);

  /* Translators: when, who, why it waits. */
  return g_strdup_printf (C_ ("operation", "%1$s · %2$s · %3$s"), when, op->info->actor,
                          get_reason (state));
}

/**
 * jp_sync_words_dup_refusal:
 * @op: an operation that was refused
 *
 * Returns: (transfer full): when, and what the platform said
 */
char *
jp_sync_words_dup_refusal (const JpSyncOp *op)
{
  g_return_val_if_fail (op != NULL, NULL);

  g_autofree char *when = jp_instant_to_short (op->info->at_us);
  const char      *words = op->info->detail != NULL ? op->info->detail : op->info->problem;

  /* Translators: when, then the words of the platform. */
  return g_strdup_printf (C_ ("refusal", "%1$s · The platform: %2$s"), when, words);
}

/**
 * jp_sync_words_dup_conflict:
 * @conflict: a conflict
 *
 * Returns: (transfer full): which record it is about
 */
char *
jp_sync_words_dup_conflict (const JpConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  if (conflict->kind == JP_KIND_NONE)
    return g_strdup (_ ("A record that this version does not know"));
  if (*conflict->title == '\0')
    return g_strdup (jp_kind_get_label (conflict->kind));
  /* Translators: a kind of record and its name: "Coach 李建国". */
  return g_strdup_printf (C_ ("record", "%1$s %2$s"), jp_kind_get_label (conflict->kind),
                          conflict->title);
}

/**
 * jp_sync_words_dup_conflict_detail:
 * @conflict: a conflict
 *
 * Returns: (transfer full): when it happened, whose edit it was, what the platform said
 */
char *
jp_sync_words_dup_conflict_detail (const JpConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  JpRecord        *item = conflict->item;
  const char      *who = jp_record_get_text (item, JP_CONFLICT_WHO);
  const char      *words = jp_record_get_text (item, JP_CONFLICT_DETAIL);
  g_autofree char *when =
    jp_instant_to_short (jp_record_get_integer (item, JP_CONFLICT_HAPPENED_AT));

  if (words != NULL)
    /* Translators: when, whose edit, the words of the platform. */
    return g_strdup_printf (C_ ("conflict", "%1$s · edit of %2$s · The platform: %3$s"), when,
                            who != NULL ? who : "–", words);
  /* Translators: when, whose edit. */
  return g_strdup_printf (C_ ("conflict", "%1$s · edit of %2$s"), when, who != NULL ? who : "–");
}
