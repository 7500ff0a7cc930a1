/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-step.h"

#include "jp-op-repo.h"
#include "jp-push.h"
#include "jp-sync-blob.h"
#include "jp-sync-check.h"
#include "jp-sync-error.h"
#include "jp-sync-hello.h"
#include "jp-sync-key.h"
#include "jp-sync-recover.h"
#include "jp-wire-http.h"

#define LOAD_PAGE_ROWS 1000 /* one transaction; about 50 ms of the writer's time */
#define PULL_PAGE_ROWS 500
#define LOAD_PARTS     3
#define MAX_RECOVERIES 8 /* in one round: long logs are compared in pieces, then read anew */
#define PEM_MAX_BYTES  8192
#define MAX_CHECKS     96 /* in one round: each part that differs takes three */
#define WATCH_S        25
#define WATCH_SLACK_MS 15000

/* The order of a first sync: what others point to comes first. */
static const JpKind load_order[] = {
  JP_KIND_SCHOOL,         JP_KIND_POLICY,
  JP_KIND_CURRICULUM,     JP_KIND_GROUND,
  JP_KIND_COACH,          JP_KIND_VEHICLE,
  JP_KIND_TERMINAL,       JP_KIND_TERMINAL_ASSIGNMENT,
  JP_KIND_CLASS_TIER,     JP_KIND_TRAINEE,
  JP_KIND_ENROLMENT,      JP_KIND_CONTRACT,
  JP_KIND_PAYMENT,        JP_KIND_STAGE_RECORD,
  JP_KIND_EXAM_RESULT,    JP_KIND_STATEMENT,
  JP_KIND_STATEMENT_LINE, JP_KIND_DISPUTE,
  JP_KIND_PERSON,         JP_KIND_REFUND,
  JP_KIND_TRANSFER,       JP_KIND_EVALUATION,
  JP_KIND_COMPLAINT,      JP_KIND_CONFLICT,
  JP_KIND_ATTACHMENT,     JP_KIND_TRAINING_SESSION,
};

/**
 * jp_sync_step_free:
 * @self: (nullable) (transfer full): a step
 */
void
jp_sync_step_free (JpSyncStep *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->token);
  jp_seal_wipe_text (self->identity);
  g_clear_pointer (&self->request, jp_transport_request_unref);
  g_free (self->school);
  g_free (self->start);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->page, jp_page_table_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static gboolean
require_setting (JpVault    *vault,
                 const char *name,
                 gboolean    secret,
                 char      **out_value,
                 GError    **error)
{
  gboolean ok = secret ? jp_vault_get_secret (vault, name, out_value, error)
                       : jp_vault_get_setting (vault, name, out_value, error);

  if (!ok)
    return FALSE;
  if (*out_value != NULL)
    return TRUE;

  g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH, "this station is not enrolled: no %s",
               name);
  return FALSE;
}

/* What both sides speak, as the greeting found out; 0 = not greeted yet. */
static gboolean
read_schema (JpVault *vault, guint *out_schema, GError **error)
{
  g_autofree char *text = NULL;
  guint64          schema = 0;

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_SCHEMA, &text, error))
    return FALSE;
  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, JP_WIRE_SCHEMA_OLDEST, JP_WIRE_SCHEMA_VERSION, &schema,
                                NULL);
  *out_schema = (guint)schema;
  return TRUE;
}

/* Who asks whom. */
static gboolean
read_papers (JpVault *vault, JpSyncStep *step, GError **error)
{
  return require_setting (vault, JP_SETTING_SCHOOL, FALSE, &step->school, error) &&
         require_setting (vault, JP_SYNC_SECRET_TOKEN, TRUE, &step->token, error) &&
         jp_sync_key_read_identity (vault, &step->identity, error) &&
         read_schema (vault, &step->schema, error);
}

static const char *
get_method (const JpSyncStep *step)
{
  if (step->kind == JP_SYNC_STEP_BLOB_SEND)
    return "PUT";
  return step->body != NULL ? "POST" : "GET";
}

static const char *
get_body_type (const JpSyncStep *step)
{
  if (step->kind == JP_SYNC_STEP_BLOB_SEND)
    return JP_WIRE_TYPE_OCTET_STREAM;
  return step->body != NULL ? JP_WIRE_TYPE_JSON : NULL;
}

/* What is sent, packed here and not on the main thread. */
static void
make_request (JpSyncStep *step, guint timeout_ms)
{
  JpTransportRequestFields fields = {
    .method = get_method (step),
    .path = step->path,
    .token = step->token,
    .content_type = get_body_type (step),
    .body = step->body,
    .schema = step->schema != 0 ? step->schema : JP_WIRE_SCHEMA_VERSION,
    .idempotent = TRUE, /* by the numbers of the operations, and by the key of a certificate */
    .timeout_ms = timeout_ms,
    .max_reply_bytes = JP_TRANSPORT_MAX_REPLY_BYTES,
  };

  if (step->path != NULL)
    step->request = jp_transport_request_new (&fields);
}

static guint
index_of_table (const char *name)
{
  const JpKindInfo *info = jp_kind_lookup (name);

  for (guint i = 0; info != NULL && i < G_N_ELEMENTS (load_order); i++)
    if (load_order[i] == info->kind)
      return i;

  return 0;
}

static void
set_load_path (JpSyncStep *step, const char *row)
{
  step->path = g_strdup_printf ("/v1/schools/%s/bootstrap/%s?after=%s&limit=%d", step->school,
                                jp_kind_get_info (step->table)->name, row, LOAD_PAGE_ROWS);
}

static gboolean
plan_load (JpVault *vault, JpSyncStep *step, GError **error)
{
  g_autofree char *position = NULL;
  const char      *row = "0";

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_LOAD, &position, error))
    return FALSE;

  g_auto (GStrv) parts = g_strsplit (position != NULL ? position : "", ":", LOAD_PARTS);

  step->kind = JP_SYNC_STEP_LOAD;
  step->table = load_order[0];
  if (g_strv_length (parts) == LOAD_PARTS)
    {
      step->table = load_order[index_of_table (parts[0])];
      row = parts[1];
      step->start = g_strdup (parts[2]);
    }
  set_load_path (step, row);
  return TRUE;
}

/**
 * jp_sync_step_make_push:
 * @vault: a vault
 * @cursor: up to where the stream was read
 * @ops: (element-type JpSentOp): operations that wait; what they are about is taken out of them
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Returns: (transfer full): the body of a push, or %NULL with an error
 */
GBytes *
jp_sync_step_make_push (JpVault *vault, const char *cursor, GPtrArray *ops, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (cursor != NULL, NULL);
  g_return_val_if_fail (ops != NULL, NULL);

  g_autofree char *station_text = NULL;
  g_autofree char *epoch = NULL;
  JpId             station;
  g_autoptr (JpPushRequest) request = NULL;

  if (!require_setting (vault, JP_SETTING_STATION, FALSE, &station_text, error) ||
      !jp_id_parse (station_text, &station, error) ||
      !jp_vault_get_setting (vault, JP_SETTING_EPOCH, &epoch, error))
    return NULL;

  request = jp_push_request_new (&station, epoch != NULL ? epoch : "", cursor);
  for (guint i = 0; i < ops->len; i++)
    {
      JpSentOp *sent = g_ptr_array_index (ops, i);

      jp_push_request_add (request, g_steal_pointer (&sent->op), sent->chain);
    }
  return jp_push_request_to_bytes (request);
}

static gboolean
plan_push (JpVault *vault, JpSyncStep *step, const char *cursor, GPtrArray *ops, GError **error)
{
  step->kind = JP_SYNC_STEP_PUSH;
  step->n_ops = ops->len;
  step->path = g_strdup_printf ("/v1/schools/%s/push", step->school);
  step->body = jp_sync_step_make_push (vault, cursor, ops, error);
  return step->body != NULL;
}

/* Before the certificate ends another one is asked for; the key for it is made first. */
static gboolean
plan_certificate (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error)
{
  g_autofree char *request = NULL;

  if (!jp_sync_key_is_ending (vault, out_needed, error))
    return FALSE;
  if (!*out_needed)
    return TRUE;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_REQUEST, &request, error))
    return FALSE;
  step->kind = request != NULL ? JP_SYNC_STEP_CERTIFICATE : JP_SYNC_STEP_KEY;
  if (request == NULL)
    return TRUE;

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "request");
  json_builder_add_string_value (builder, request);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  step->path = g_strdup_printf ("/v1/schools/%s/certificate", step->school);
  step->body = jp_json_to_bytes (root);
  return TRUE;
}

static gboolean
plan_traffic (JpVault *vault, JpSyncStep *step, const JpSyncTry *tried, GError **error)
{
  g_autofree char *cursor = NULL;
  gboolean         checks = FALSE;
  g_autoptr (GPtrArray) ops = NULL;

  if (!jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    return FALSE;
  if (cursor == NULL)
    return plan_load (vault, step, error);

  ops =
    jp_op_repo_take_waiting (vault, JP_SYNC_MAX_OPS_PER_PUSH, JP_SYNC_MAX_BYTES_PER_PUSH, error);
  if (ops == NULL)
    return FALSE;
  if (ops->len > 0)
    return plan_push (vault, step, cursor, ops, error);
  if (tried->pulled)
    return jp_sync_blob_plan (vault, step, tried, error);
  if (tried->n_checks < MAX_CHECKS &&
      !jp_sync_check_plan (vault, step, tried->n_checks == 0 || tried->repaired, &checks, error))
    return FALSE;
  if (checks)
    return TRUE;

  step->kind = JP_SYNC_STEP_PULL;
  step->path = g_strdup_printf ("/v1/schools/%s/changes?after=%s&limit=%d", step->school, cursor,
                                PULL_PAGE_ROWS);
  return TRUE;
}

/**
 * jp_sync_step_plan:
 * @vault: a reading vault
 * @tried: what the round has tried already
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Decides what to ask next: who went back in time, where that is not clear; then the rest of a
 * first sync, waiting operations, and what is new.
 *
 * Returns: (transfer full): the step, or %NULL with `JP_SYNC_ERROR_AUTH` if the station is not
 * enrolled
 */
JpSyncStep *
jp_sync_step_plan (JpVault *vault, const JpSyncTry *tried, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (tried != NULL, NULL);

  g_autoptr (JpSyncStep) step = g_new0 (JpSyncStep, 1);
  gboolean needed = FALSE;

  if (!read_papers (vault, step, error) || !jp_sync_recover_plan (vault, step, &needed, error))
    return NULL;
  if (!needed && !tried->keeps_certificate && !plan_certificate (vault, step, &needed, error))
    return NULL;
  if (!needed && !plan_traffic (vault, step, tried, error))
    return NULL;

  step->round_us = tried->round_us;
  make_request (step, JP_TRANSPORT_TIMEOUT_MS);
  return g_steal_pointer (&step);
}

/**
 * jp_sync_step_plan_watch:
 * @vault: a reading vault
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Plans to wait for news: a request that the platform answers when there are some, or after 25 s.
 *
 * Returns: (transfer full): the step, or %NULL with `JP_SYNC_ERROR_AUTH` if the station is not
 *   enrolled or its first sync has not ended
 */
JpSyncStep *
jp_sync_step_plan_watch (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpSyncStep) step = g_new0 (JpSyncStep, 1);
  g_autofree char *cursor = NULL;

  if (!read_papers (vault, step, error) ||
      !require_setting (vault, JP_SETTING_CURSOR, FALSE, &cursor, error))
    return NULL;
  step->kind = JP_SYNC_STEP_PULL;
  step->path = g_strdup_printf ("/v1/schools/%s/changes?after=%s&limit=1&wait=%d", step->school,
                                cursor, WATCH_S);
  make_request (step, WATCH_S * 1000 + WATCH_SLACK_MS);
  return g_steal_pointer (&step);
}

/**
 * jp_sync_step_plan_look:
 * @vault: a reading vault
 * @after: (nullable): cursor behind the page before; %NULL begins where the station has read to
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Plans to look at a page of the stream without taking it.
 *
 * Returns: (transfer full): the step; without a request if nothing was read yet. %NULL with
 *   `JP_SYNC_ERROR_AUTH` if the station is not enrolled
 */
JpSyncStep *
jp_sync_step_plan_look (JpVault *vault, const char *after, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpSyncStep) step = g_new0 (JpSyncStep, 1);
  g_autofree char *cursor = g_strdup (after);

  if (!read_papers (vault, step, error) ||
      (cursor == NULL && !jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error)))
    return NULL;
  step->kind = JP_SYNC_STEP_PULL;
  if (cursor != NULL)
    step->path = g_strdup_printf ("/v1/schools/%s/changes?after=%s&limit=%d", step->school, cursor,
                                  PULL_PAGE_ROWS);
  make_request (step, JP_TRANSPORT_TIMEOUT_MS);
  return g_steal_pointer (&step);
}

static gboolean
end_load (JpVault *vault, const char *start, guint *out_n_aside, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_remote_repo_end_load (vault, error))
    return FALSE;
  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_sync_recover_end_load (vault, out_n_aside, error) ||
      !jp_vault_set_setting (vault, JP_SETTING_CURSOR, start, error) ||
      !jp_vault_set_setting (vault, JP_SYNC_SETTING_LOAD, NULL, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/**
 * jp_sync_step_open:
 * @self: a step
 * @answer: the body of its answer
 * @error: return location for an error of the wire or base
 *
 * Checks a page of a first sync, so that the step after it is known before its rows are decoded.
 * On a worker.
 *
 * Returns: whether its rows can be decoded
 */
gboolean
jp_sync_step_open (JpSyncStep *self, GBytes *answer, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  if (self->kind == JP_SYNC_STEP_LOAD && self->page == NULL)
    self->page = jp_page_table_open (answer, error);
  return self->kind != JP_SYNC_STEP_LOAD || self->page != NULL;
}

/**
 * jp_sync_step_decode:
 * @vault: any vault
 * @self: a step
 * @answer: the body of its answer
 * @error: return location for an error of the wire or base
 *
 * Decodes a page of a first sync and seals its rows, so that the writer only writes; the answers of
 * other steps are decoded when they are applied. Takes a moment: on a worker.
 *
 * Returns: whether it can be applied
 */
gboolean
jp_sync_step_decode (JpVault *vault, JpSyncStep *self, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  if (!jp_sync_step_open (self, answer, error))
    return FALSE;
  if (self->kind != JP_SYNC_STEP_LOAD || self->page->unread == NULL)
    return TRUE;
  if (!jp_page_table_read (self->page, error))
    return FALSE;
  self->images = jp_remote_repo_prepare (vault, self->page->records);
  return TRUE;
}

/* The stream is read from where it stood when the first page was read: what changed meanwhile comes
 * again, and is passed over by its version. */
static const char *
get_start (const JpSyncStep *step)
{
  return step->start != NULL ? step->start : step->page->cursor;
}

/**
 * jp_sync_step_follow:
 * @self: a step of which the answer is open
 *
 * Returns: (transfer full) (nullable): what will be asked once this page is applied; %NULL where
 *   that has to be planned
 */
JpSyncStep *
jp_sync_step_follow (const JpSyncStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  guint index = 0;

  if (self->page == NULL)
    return NULL;
  index = index_of_table (jp_kind_get_info (self->table)->name) + (self->page->next == 0);
  if (index == G_N_ELEMENTS (load_order))
    return NULL;

  JpSyncStep      *next = g_new0 (JpSyncStep, 1);
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, self->page->next);

  next->kind = JP_SYNC_STEP_LOAD;
  next->table = load_order[index];
  next->token = g_strdup (self->token);
  next->school = g_strdup (self->school);
  next->schema = self->schema;
  next->start = g_strdup (get_start (self));
  next->identity = g_strdup (self->identity);
  set_load_path (next, row);
  make_request (next, JP_TRANSPORT_TIMEOUT_MS);
  return next;
}

static JpSyncStepResult *
apply_load (JpVault *vault, const JpSyncStep *step, GError **error)
{
  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);
  g_autoptr (JpSyncStep) next = jp_sync_step_follow (step);
  g_autofree char *position =
    g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%s",
                     jp_kind_get_info (next != NULL ? next->table : step->table)->name,
                     step->page->next, get_start (step));

  if (step->page->next != 0 && !jp_remote_repo_begin_load (vault, step->table, error))
    return NULL;
  if (!jp_remote_repo_load (vault, step->page->records, step->images, JP_SYNC_SETTING_LOAD,
                            position, error))
    return NULL;
  if (next == NULL && !end_load (vault, get_start (step), &result->n_aside, error))
    return NULL;

  result->outcome.n_records = step->page->records->len;
  return g_steal_pointer (&result);
}

/* All is read, and yet the sums differ: what differs is found out next, in this round. */
static gboolean
apply_reply (JpVault *vault, const JpRemoteReply *reply, JpSyncStepResult *result, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_remote_repo_apply (vault, reply, &result->outcome, error))
    return FALSE;
  result->complete = reply->complete && !result->outcome.differs;
  return !result->outcome.differs ||
         ((jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
          jp_vault_set_setting (vault, JP_SYNC_SETTING_CHECK, JP_SYNC_CHECK_TABLES, error) &&
          (jp_transaction_commit (&transaction, error) || jp_vault_translate (error)));
}

/* Whether nothing is left to send or to compare. */
static gboolean
is_quiet (JpVault *vault, gboolean *out_quiet, GError **error)
{
  g_autofree char *check = NULL;
  gint64           n_waiting = 0;
  gint64           oldest_us = 0;

  if (!jp_op_repo_count_waiting (vault, &n_waiting, &oldest_us, error) ||
      !jp_vault_get_setting (vault, JP_SYNC_SETTING_CHECK, &check, error))
    return FALSE;
  *out_quiet = n_waiting == 0 && check == NULL;
  return TRUE;
}

static JpSyncStepResult *
apply_push (JpVault *vault, GBytes *answer, GError **error)
{
  g_autoptr (JpPushResponse) response = jp_push_response_from_bytes (answer, error);
  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);

  if (response == NULL)
    return NULL;

  JpRemoteReply reply = {
    .verdicts = response->verdicts,
    .records = response->feed->records,
    .epoch = response->epoch,
    .cursor = response->feed->to,
    .complete = response->feed->complete,
    .sum = response->feed->sum,
    .n_unknown = response->feed->n_unknown,
  };

  if (!apply_reply (vault, &reply, result, error) ||
      (result->complete && !is_quiet (vault, &result->complete, error)))
    return NULL;
  result->now_us = response->now_us;
  return g_steal_pointer (&result);
}

static JpSyncStepResult *
apply_pull (JpVault *vault, GBytes *answer, GError **error)
{
  g_autoptr (JpPageFeed) page = jp_page_feed_from_bytes (answer, error);
  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);

  if (page == NULL)
    return NULL;

  JpRemoteReply reply = {
    .records = page->records,
    .epoch = page->epoch,
    .cursor = page->to,
    .complete = page->complete,
    .sum = page->sum,
    .n_unknown = page->n_unknown,
  };

  if (!apply_reply (vault, &reply, result, error))
    return NULL;
  result->now_us = page->now_us;
  return g_steal_pointer (&result);
}

static gboolean
accept_certificate (JpVault *vault, GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (answer, JP_JSON_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *certificate = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return object != NULL &&
         jp_json_get_text (object, "certificate", PEM_MAX_BYTES, &certificate, error) &&
         (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_sync_key_accept (vault, certificate, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

static JpSyncStepResult *
apply_certificate (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_autofree char *request = NULL;
  gboolean done = step->kind == JP_SYNC_STEP_KEY ? jp_sync_key_prepare (vault, &request, error)
                                                 : accept_certificate (vault, answer, error);

  return done ? g_new0 (JpSyncStepResult, 1) : NULL;
}

/**
 * jp_sync_step_apply:
 * @vault: the writing vault
 * @step: what was asked
 * @answer: (nullable): the body of the answer; %NULL if nothing was asked
 * @error: return location for an error of the wire, the store or base
 *
 * Decodes and applies an answer; for each step in one transaction with the place reached.
 *
 * Returns: (transfer full): what it did, or %NULL with an error and nothing done
 */
JpSyncStepResult *
jp_sync_step_apply (JpVault *vault, JpSyncStep *step, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail ((answer == NULL) == (step->request == NULL), NULL);

  if (answer != NULL && !jp_sync_step_decode (vault, step, answer, error))
    return NULL;
  switch (step->kind)
    {
    case JP_SYNC_STEP_LOAD:
      return apply_load (vault, step, error);
    case JP_SYNC_STEP_PUSH:
      return apply_push (vault, answer, error);
    case JP_SYNC_STEP_OPS:
      return jp_sync_recover_apply_ops (vault, step, answer, error);
    case JP_SYNC_STEP_BRANCH:
      return jp_sync_recover_apply_branch (vault, step, answer, error);
    case JP_SYNC_STEP_CHECK:
      return jp_sync_check_apply (vault, step, answer, error);
    case JP_SYNC_STEP_CERTIFICATE:
    case JP_SYNC_STEP_KEY:
      return apply_certificate (vault, step, answer, error);
    case JP_SYNC_STEP_BLOB_ASK:
    case JP_SYNC_STEP_BLOB_SEND:
    case JP_SYNC_STEP_BLOB_FETCH:
      return jp_sync_blob_apply (vault, step, answer, error);
    case JP_SYNC_STEP_END:
    case JP_SYNC_STEP_PULL:
    default:
      return apply_pull (vault, answer, error);
    }
}

/* The platform no longer has the place the station has read to: everything is read again.
 * Operations stay as they are (sync.md K15). */
static gboolean
restart (JpVault *vault, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_vault_set_setting (vault, JP_SETTING_CURSOR, NULL, error) ||
      !jp_vault_set_setting (vault, JP_SYNC_SETTING_LOAD, NULL, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/**
 * jp_sync_step_refuse:
 * @vault: the writing vault
 * @step: what was asked
 * @refusal: why the platform has not done it
 * @tried: (inout): what the round has tried already
 * @error: return location for @refusal, or a [error@Jp.StoreError]
 *
 * Does what a refusal asks for, where the station can do it by itself.
 *
 * Returns: %TRUE if the round goes on with another plan
 */
gboolean
jp_sync_step_refuse (JpVault          *vault,
                     const JpSyncStep *step,
                     const GError     *refusal,
                     JpSyncTry        *tried,
                     GError          **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (refusal != NULL, FALSE);
  g_return_val_if_fail (tried != NULL, FALSE);

  gboolean handled = FALSE;
  gboolean resync = g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_RESYNC);
  gboolean past = g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_PAST) ||
                  g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_FORKED);

  if (jp_sync_blob_is_step (step->kind) &&
      !jp_sync_blob_refuse (vault, step, refusal, tried, &handled, error))
    return FALSE;
  if (handled)
    return TRUE;

  /* A bounded number of times: a platform that asks for it again and again is out of order. */
  if (resync && !tried->restarted)
    {
      tried->restarted = TRUE;
      return restart (vault, error);
    }
  if (past && ++tried->n_recoveries <= MAX_RECOVERIES)
    return jp_sync_recover_begin (vault, error);
  if (step->kind == JP_SYNC_STEP_CHECK && step->n_parts > 0 &&
      g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED))
    return jp_sync_check_refuse (vault, error);
  if (step->kind == JP_SYNC_STEP_CERTIFICATE &&
      g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED))
    {
      tried->keeps_certificate = TRUE;
      return TRUE;
    }

  g_propagate_error (error, g_error_copy (refusal));
  return FALSE;
}
