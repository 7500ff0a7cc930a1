/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-hello.h"

#include "jp-sync-error.h"
#include "jp-sync-key.h"
#include "jp-wire-http.h"

#define PATH         "/v1/hello"
#define MAX_BYTES    (64 * 1024)
#define MAX_VERSION  9999
#define RANGE_LENGTH 2
#define PROTOCOL     1 /* JP_WIRE_PROTOCOL_VERSION as a number */

typedef struct
{
  JpTransport *transport; /* (owned) */
  char        *identity;  /* (owned) (nullable): secret */
  gint64       asked_us;  /* wall clock */
  JpSyncHello  hello;
} Greeting;

static void
greeting_free (gpointer data)
{
  Greeting *greeting = data;

  g_clear_object (&greeting->transport);
  jp_seal_wipe_text (greeting->identity);
  g_free (greeting);
}

static gboolean
read_range (JsonObject *object, const char *name, gint64 range[RANGE_LENGTH], GError **error)
{
  JsonArray *array = jp_json_get_array (object, name, RANGE_LENGTH, error);

  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) != RANGE_LENGTH)
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL, "%s is no range", name);
      return FALSE;
    }
  for (guint i = 0; i < RANGE_LENGTH; i++)
    if (!jp_json_as_integer (json_array_get_element (array, i), 0, MAX_VERSION, &range[i], error))
      return FALSE;
  return TRUE;
}

/* Whether two ranges of versions meet, and where at best. */
static gboolean
meet (const char *what, const gint64 theirs[2], const gint64 ours[2], gint64 *out, GError **error)
{
  if (ours[1] < theirs[0])
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_OLD,
                   "the platform speaks %s %d and newer, this program %d", what, (int)theirs[0],
                   (int)ours[1]);
      return FALSE;
    }
  if (ours[0] > theirs[1])
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_NEW,
                   "the platform speaks %s %d at most, this program %d and newer", what,
                   (int)theirs[1], (int)ours[0]);
      return FALSE;
    }
  *out = MIN (ours[1], theirs[1]);
  return TRUE;
}

/**
 * jp_sync_hello_read:
 * @answer: the body of the platform's answer
 * @out_hello: (out): what both sides speak, and the platform's clock
 * @error: return location for a [error@Jp.SyncError] or an error of base
 *
 * Reads the answer and finds the newest versions that both sides speak. Pure.
 *
 * Returns: %TRUE; or %FALSE with `JP_SYNC_ERROR_TOO_OLD` or `JP_SYNC_ERROR_TOO_NEW` if there are
 *   none, about this program
 */
gboolean
jp_sync_hello_read (GBytes *answer, JpSyncHello *out_hello, GError **error)
{
  g_return_val_if_fail (answer != NULL, FALSE);
  g_return_val_if_fail (out_hello != NULL, FALSE);

  const gint64 protocol[] = { PROTOCOL, PROTOCOL };
  const gint64 schema[] = { JP_WIRE_SCHEMA_OLDEST, JP_WIRE_SCHEMA_VERSION };
  gint64       their_protocol[RANGE_LENGTH];
  gint64       their_schema[RANGE_LENGTH];
  gint64       agreed_protocol = 0;
  JpSyncHello  hello = { 0 };
  g_autoptr (JsonNode) root = jp_json_parse (answer, MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  if (object == NULL || !read_range (object, "protocol", their_protocol, error) ||
      !read_range (object, "schema", their_schema, error) ||
      !jp_json_get_integer (object, "now", 0, JP_JSON_INTEGER_MAX, &hello.now_us, error) ||
      !meet ("protocol", their_protocol, protocol, &agreed_protocol, error) ||
      !meet ("records", their_schema, schema, &hello.schema, error))
    return FALSE;
  *out_hello = hello;
  return TRUE;
}

/* --- asking --- */

static gpointer
keep_call (JpVault *vault, gpointer data, GError **error)
{
  const Greeting  *greeting = data;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, greeting->hello.schema);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (jp_db_begin_write (vault->db, &transaction, error) &&
      jp_vault_set_setting (vault, JP_SYNC_SETTING_SCHEMA, text, error) &&
      jp_transaction_commit (&transaction, error))
    return GINT_TO_POINTER (TRUE);
  jp_vault_translate (error);
  return NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JpStore    *store = g_task_get_source_object (task);
  Greeting   *greeting = g_task_get_task_data (task);
  gint64      now_us = jp_clock_now_us (jp_store_get_clock (store));
  JpStoreCall call = { keep_call, greeting, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, &error);

  if (reply == NULL || !jp_transport_reply_check (reply, NULL, &error) ||
      !jp_sync_hello_read (jp_transport_reply_get_body (reply), &greeting->hello, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  greeting->hello.offset_us = greeting->hello.now_us - (greeting->asked_us + now_us) / 2;
  jp_store_write_async (store, &call, G_PRIORITY_LOW, NULL, kept_cb, g_object_ref (task));
}

static gpointer
identity_call (JpVault *vault, gpointer data, GError **error)
{
  Greeting *greeting = data;

  jp_sync_key_read_identity (vault, &greeting->identity, error);
  return NULL;
}

/* The connection is that of the round that follows, so it is opened with the certificate. */
static void
identity_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Greeting *greeting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportRequest) request =
    jp_transport_request_new (&(JpTransportRequestFields){ .method = "GET",
                                                           .path = PATH,
                                                           .schema = JP_WIRE_SCHEMA_VERSION,
                                                           .idempotent = TRUE,
                                                           .max_reply_bytes = MAX_BYTES });

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error) ||
      !jp_transport_set_identity (greeting->transport, greeting->identity, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  greeting->asked_us = jp_clock_now_us (jp_store_get_clock (JP_STORE (source)));
  jp_transport_send_async (greeting->transport, request, g_task_get_cancellable (task), answered_cb,
                           g_object_ref (task));
}

/**
 * jp_sync_hello_async:
 * @store: an open store
 * @transport: the way to the platform
 * @cancellable: (nullable): gives up
 * @callback: called when it is known what both sides speak
 * @user_data: for @callback
 *
 * Greets the platform. What both sides speak is remembered for the rounds.
 */
void
jp_sync_hello_async (JpStore            *store,
                     JpTransport        *transport,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (JP_IS_TRANSPORT (transport));

  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Greeting   *greeting = g_new0 (Greeting, 1);
  JpStoreCall call = { identity_call, greeting, NULL, NULL, 0 };

  g_task_set_source_tag (task, jp_sync_hello_async);
  greeting->transport = g_object_ref (transport);
  g_task_set_task_data (task, greeting, greeting_free);
  jp_store_read_async (store, &call, cancellable, identity_cb, g_object_ref (task));
}

/**
 * jp_sync_hello_finish:
 * @store: the store
 * @result: the result
 * @out_hello: (out) (optional): what the platform said
 * @error: return location for a [error@Jp.SyncError] or an error of the store
 *
 * Returns: %TRUE; or %FALSE with `JP_SYNC_ERROR_TOO_OLD` or `JP_SYNC_ERROR_TOO_NEW` if the two do
 *   not understand each other
 */
gboolean
jp_sync_hello_finish (JpStore *store, GAsyncResult *result, JpSyncHello *out_hello, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (out_hello != NULL)
    *out_hello = ((Greeting *)g_task_get_task_data (G_TASK (result)))->hello;
  return TRUE;
}
