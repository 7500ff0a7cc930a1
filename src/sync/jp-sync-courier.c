/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-courier.h"

#include "jp-courier.h"
#include "jp-cursor.h"
#include "jp-op-repo.h"
#include "jp-push.h"
#include "jp-remote-repo.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"
#include "jp-sync-key.h"
#include "jp-sync-step.h"

/* Who writes, and up to where the stream was read. */
typedef struct
{
  JpId       station;
  char      *cursor; /* (owned) */
  JpSealKey *key;    /* (owned) */
} Sender;

static void
sender_clear (Sender *sender)
{
  g_clear_pointer (&sender->cursor, g_free);
  g_clear_pointer (&sender->key, jp_seal_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sender, sender_clear)

static gboolean
read_sender (JpVault *vault, Sender *sender, GError **error)
{
  g_autofree char *station = NULL;
  char            *token = NULL;

  if (!jp_vault_get_setting (vault, JP_SETTING_STATION, &station, error) ||
      !jp_vault_get_setting (vault, JP_SETTING_CURSOR, &sender->cursor, error) ||
      !jp_vault_get_secret (vault, JP_SYNC_SECRET_TOKEN, &token, error))
    return FALSE;
  if (token != NULL)
    sender->key = jp_courier_key_new (token);
  jp_seal_wipe_text (token);
  if (station != NULL && sender->cursor != NULL && sender->key != NULL)
    return jp_id_parse (station, &sender->station, error);
  g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH,
                       "this station has not been enrolled and read everything once");
  return FALSE;
}

/* Everything that waits, in pushes as over the line; one without operations only asks for news. */
static GPtrArray *
make_messages (JpVault *vault, const char *cursor, guint *out_n_ops, GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gint64 after_n = 0;
  guint  n_ops = 0;

  *out_n_ops = 0;
  do
    {
      g_autoptr (GPtrArray) ops =
        jp_op_repo_take_waiting_after (vault, after_n, JP_SYNC_MAX_OPS_PER_PUSH,
                                       JP_SYNC_MAX_BYTES_PER_PUSH, error);
      GBytes *push = NULL;

      if (ops == NULL)
        return NULL;
      n_ops = ops->len;
      if (n_ops > 0)
        after_n = ((JpSentOp *)g_ptr_array_index (ops, n_ops - 1))->op->n;
      if (n_ops == 0 && messages->len > 0)
        break;
      push = jp_sync_step_make_push (vault, cursor, ops, error);
      if (push == NULL)
        return NULL;
      g_ptr_array_add (messages, push);
      *out_n_ops += n_ops;
    }
  while (n_ops > 0 && messages->len < JP_COURIER_MAX_MESSAGES);
  return g_steal_pointer (&messages);
}

/**
 * jp_sync_courier_write:
 * @vault: a vault
 * @out_n_ops: (out): how many operations the file carries
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Returns: (transfer full): the file for the platform, or %NULL with `JP_SYNC_ERROR_AUTH` if this
 *   PC has never synced over a line
 */
GBytes *
jp_sync_courier_write (JpVault *vault, guint *out_n_ops, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (out_n_ops != NULL, NULL);

  g_auto (Sender) sender = { 0 };
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) signature = NULL;

  if (!read_sender (vault, &sender, error))
    return NULL;
  messages = make_messages (vault, sender.cursor, out_n_ops, error);
  if (messages == NULL)
    return NULL;
  sealed = jp_courier_seal (JP_COURIER_UP, &sender.station, sender.key, messages);
  signature = jp_sync_key_sign (vault, sealed, error);
  return signature != NULL ? jp_courier_sign (sealed, signature) : NULL;
}

/* --- coming back --- */

/* Whether @a is a place before @b in one stream; -1 = they are of two. */
static int
compare_places (const char *a, const char *b)
{
  g_autofree char *epoch_a = NULL;
  g_autofree char *epoch_b = NULL;
  gint64           seq_a = 0;
  gint64           seq_b = 0;

  if (!jp_cursor_parse (a, &epoch_a, &seq_a, NULL) ||
      !jp_cursor_parse (b, &epoch_b, &seq_b, NULL) || strcmp (epoch_a, epoch_b) != 0)
    return -1;
  return seq_a < seq_b;
}

static gboolean
set_unfit (GError **error)
{
  g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PAST,
                       "the file does not follow what is here");
  return FALSE;
}

/* The first message says from where on the file tells: nothing in between may be missing here. */
static gboolean
check_head (GBytes *message, const char *cursor, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (message, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *after = NULL;

  if (object == NULL || !jp_json_get_text (object, "after", JP_CURSOR_MAX_BYTES, &after, error))
    return FALSE;
  return compare_places (cursor, after) == 0 || set_unfit (error);
}

static gboolean
apply_page (JpVault *vault, const JpRemoteReply *told, JpSyncReceipt *receipt, GError **error)
{
  g_autofree char *cursor = NULL;
  JpRemoteReply    reply = *told;
  JpRemoteOutcome  outcome = { 0 };
  int              older = 0;

  if (!jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    return FALSE;
  older = cursor != NULL ? compare_places (reply.cursor, cursor) : -1;
  if (older < 0)
    return set_unfit (error);

  /* The line was faster: its place holds. */
  if (older)
    {
      reply.cursor = NULL;
      reply.complete = FALSE;
    }
  reply.sum = -1;
  if (!jp_remote_repo_apply (vault, &reply, &outcome, error))
    return FALSE;
  receipt->n_judged += outcome.n_verdicts;
  receipt->n_refused += outcome.n_refused;
  receipt->n_received += outcome.n_records;
  receipt->n_parked += outcome.n_parked;
  return TRUE;
}

static gboolean
apply_message (JpVault *vault, GBytes *message, JpSyncReceipt *receipt, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (message, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  g_autoptr (JpPushResponse) push = NULL;
  g_autoptr (JpPageFeed) page = NULL;

  if (object == NULL)
    return FALSE;
  if (jp_json_has (object, "verdicts"))
    {
      push = jp_push_response_from_bytes (message, error);
      if (push == NULL)
        return FALSE;
      receipt->n_sent += push->verdicts->len;
      receipt->platform_us = push->now_us;

      const JpRemoteReply reply = { .verdicts = push->verdicts,
                                    .records = push->feed->records,
                                    .epoch = push->epoch,
                                    .cursor = push->feed->to,
                                    .complete = push->feed->complete,
                                    .n_unknown = push->feed->n_unknown };

      return apply_page (vault, &reply, receipt, error);
    }

  page = jp_page_feed_from_bytes (message, error);
  if (page == NULL)
    return FALSE;

  const JpRemoteReply reply = { .records = page->records,
                                .epoch = page->epoch,
                                .cursor = page->to,
                                .complete = page->complete,
                                .n_unknown = page->n_unknown };

  return apply_page (vault, &reply, receipt, error);
}

static gboolean
check_file (JpVault *vault, const JpCourier *courier, const Sender *sender, GError **error)
{
  g_autofree char *authority = NULL;

  if (courier->way != JP_COURIER_DOWN || !jp_id_equal (&courier->station, &sender->station) ||
      courier->parts->len == 0)
    {
      g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED,
                           "the file is not for this station");
      return FALSE;
    }
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_AUTHORITY, &authority, error))
    return FALSE;
  return jp_sync_key_verify (authority != NULL ? authority : "", courier->signed_part,
                             courier->signature, error);
}

/**
 * jp_sync_courier_apply:
 * @vault: a writing vault without an open transaction
 * @file: what was brought from the platform
 * @out_receipt: (out): what it did
 * @error: return location for a [error@Jp.SyncError], or an error of the wire or the store
 *
 * Applies verdicts and states, each message in one transaction with the place reached.
 *
 * Returns: %TRUE, or %FALSE with `JP_SYNC_ERROR_AUTH` (not the platform's),
 * `JP_SYNC_ERROR_REJECTED` (for another station), `JP_SYNC_ERROR_PAST` (it does not follow what is
 * here) or another code
 */
gboolean
jp_sync_courier_apply (JpVault *vault, GBytes *file, JpSyncReceipt *out_receipt, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (out_receipt != NULL, FALSE);

  g_auto (Sender) sender = { 0 };
  g_autoptr (JpCourier) courier = jp_courier_parse (file, error);
  g_autoptr (GPtrArray) messages = NULL;

  *out_receipt = (JpSyncReceipt){ .started_us = jp_vault_now_us (vault) };
  if (courier == NULL || !read_sender (vault, &sender, error) ||
      !check_file (vault, courier, &sender, error))
    return FALSE;
  messages = jp_courier_open (courier, sender.key, error);
  if (messages == NULL || !check_head (g_ptr_array_index (messages, 0), sender.cursor, error))
    return FALSE;
  for (guint i = 1; i < messages->len; i++)
    if (!apply_message (vault, g_ptr_array_index (messages, i), out_receipt, error))
      return FALSE;
  out_receipt->ended_us = jp_vault_now_us (vault);
  return TRUE;
}
