/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-words.h"

#include "jp-plural.h"
#include "jp-record-history.h"
#include "jp-sync-error.h"

#include <glib/gi18n-lib.h>

#define MAX_PARTS 3

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

/* A span of time in its largest unit, as people say it. */
static char *
dup_span (gint64 us)
{
  if (us >= JP_DAY_US)
    return jp_plural_format (NP_ ("%d day", "%d days"), us / JP_DAY_US);
  if (us >= JP_HOUR_US)
    return jp_plural_format (NP_ ("%d hour", "%d hours"), us / JP_HOUR_US);
  return jp_plural_format (NP_ ("%d minute", "%d minutes"), us / JP_MINUTE_US);
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
  g_autofree char *span = dup_span (ABS (offset_us));

  if (ABS (offset_us) <= JP_SYNC_WORDS_SKEW_US)
    return NULL;
  if (offset_us > 0)
    /* Translators: a span of time, "3 days". */
    return g_strdup_printf (_ ("The clock of this PC is %s behind the platform's. Sync does not "
                               "depend on it, but the dates on papers do: please set it."),
                            span);
  /* Translators: a span of time, "3 days". */
  return g_strdup_printf (_ ("The clock of this PC is %s ahead of the platform's. Sync does not "
                             "depend on it, but the dates on papers do: please set it."),
                          span);
}

/**
 * jp_sync_words_dup_receipt:
 * @receipt: (nullable): of the last whole round
 * @sentence: what is said already
 *
 * Returns: (transfer full): when the last whole round was, and what it did where @sentence does not
 *   say so
 */
char *
jp_sync_words_dup_receipt (const JpSyncReceipt *receipt, const char *sentence)
{
  g_return_val_if_fail (sentence != NULL, NULL);

  if (receipt == NULL)
    return g_strdup (_ ("Since the program started there was no whole sync."));

  g_autofree char *when = jp_instant_to_short (receipt->ended_us);
  g_autofree char *what = jp_sync_receipt_dup_sentence (receipt);

  if (g_str_equal (what, sentence))
    /* Translators: when the last sync ended. */
    return g_strdup_printf (_ ("Last sync %s."), when);
  /* Translators: when the last sync ended, then what it did, a sentence of its own. */
  return g_strdup_printf (_ ("Last sync %1$s. %2$s"), when, what);
}

/**
 * jp_sync_words_dup_queue:
 * @n_waiting: operations that wait
 * @oldest_us: when the oldest of them was made
 *
 * Returns: (transfer full) (nullable): how many wait and since when, %NULL if none do
 */
char *
jp_sync_words_dup_queue (gint64 n_waiting, gint64 oldest_us)
{
  g_autofree char *since = oldest_us > 0 ? jp_instant_to_short (oldest_us) : NULL;

  if (n_waiting <= 0 || since == NULL)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change waits, since %s",
                                       "%d changes wait, the oldest since %s", (gulong)n_waiting),
                          (int)n_waiting, since);
}

/**
 * jp_sync_words_can_join_again:
 * @problem: (nullable): why the last round was not whole
 *
 * Returns: whether joining anew with another code is what helps
 */
gboolean
jp_sync_words_can_join_again (const GError *problem)
{
  return g_error_matches (problem, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH) ||
         g_error_matches (problem, JP_SYNC_ERROR, JP_SYNC_ERROR_REVOKED) ||
         g_error_matches (problem, JP_SYNC_ERROR, JP_SYNC_ERROR_FORKED);
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

/* What the platform says in verdicts and items, by its names (docs/protocol.md). */
static const struct
{
  const char *name;
  const char *words;
} problems[] = {
  { "both-edited", N_ ("edited on both sides") },
  { "deleted", N_ ("one side deleted the record, the other edited it; it was kept") },
  { "forbidden", N_ ("a school may not change this") },
  { "missing", N_ ("what it refers to is not there") },
  { "seat", N_ ("the place is taken: a terminal sits in one vehicle at a time") },
  { "money", N_ ("there is money in custody for it") },
  { "invalid", N_ ("a value breaks a rule") },
  { "step", N_ ("this step does not follow the one before") },
  { "fixed", N_ ("this can no longer be changed") },
  { "constraint", N_ ("a value is there already, or refers to nothing") },
  { "unreadable", N_ ("the platform could not read it") },
  { "too-new", N_ ("this program is newer than the platform") },
  { "two-people", N_ ("two people of the school must agree to this, each with a PIN") },
  { "same-person", N_ ("another trainee has the same ID number") },
};

/**
 * jp_sync_words_dup_problem:
 * @kind: kind of the record, %JP_KIND_NONE if it is not known
 * @text: what the platform said: a name of the protocol, or one and a field, or words
 *
 * Returns: (transfer full): that for people
 */
char *
jp_sync_words_dup_problem (JpKind kind, const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto (GStrv) parts = g_strsplit (text, ": ", MAX_PARTS); /* name, field, what */
  const JpField *field = NULL;
  gsize          i = 0;

  while (i < G_N_ELEMENTS (problems) && g_strcmp0 (problems[i].name, parts[0]) != 0)
    i++;
  if (i == G_N_ELEMENTS (problems))
    return g_strdup (text);
  if (parts[1] != NULL && kind != JP_KIND_NONE)
    field = jp_field_lookup (kind, parts[1]);
  if (field == NULL)
    return g_strdup (_ (problems[i].words));
  /* Translators: what is wrong, then a field. */
  return g_strdup_printf (C_ ("problem", "%1$s (%2$s)"), _ (problems[i].words),
                          jp_field_get_label (field));
}

/* A verdict has the name and the detail apart. */
static char *
dup_verdict_words (JpKind kind, const char *problem, const char *detail)
{
  g_autofree char *both = problem != NULL && detail != NULL
                            ? g_strconcat (problem, ": ", detail, NULL)
                            : g_strdup (problem != NULL ? problem : detail);
  g_autofree char *words = jp_sync_words_dup_problem (kind, both != NULL ? both : "");

  /* Words of the platform that name no field say more than its name for the matter. */
  return detail != NULL && g_str_equal (words, both) ? g_strdup (detail) : g_steal_pointer (&words);
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
  g_autofree char *words =
    dup_verdict_words (op->info->row_kind, op->info->problem, op->info->detail);

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
 * Returns: (transfer full): why there is something to decide
 */
char *
jp_sync_words_dup_conflict_detail (const JpConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  JpRecord        *item = conflict->item;
  const char      *text = jp_record_get_text (item, JP_CONFLICT_DETAIL);
  g_autofree char *words = text != NULL ? jp_sync_words_dup_problem (conflict->kind, text) : NULL;

  if (words != NULL)
    /* Translators: the words of the platform. */
    return g_strdup_printf (_ ("The platform: %s"), words);
  return g_strdup (_ ("Two PCs changed the same before they knew of each other."));
}
