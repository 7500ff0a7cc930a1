/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-enrol.h"

#include "jp-json.h"
#include "jp-recover-repo.h"
#include "jp-signature.h"
#include "jp-sync-error.h"
#include "jp-sync-key.h"
#include "jp-wire-http.h"
#include "jp-sync-recover.h"

#define PATH           "/v1/enrol"
#define TEXT_MAX_BYTES 256
#define PEM_MAX_BYTES  8192
#define MAX_STATION_NO 999

/* An enrolment under way. */
typedef struct
{
  JpTransport *transport;      /* (owned) (nullable): until the request is sent */
  char        *url;            /* (owned) */
  char        *authority_path; /* (owned) */
  char        *code;           /* (owned) */
  char        *station_name;   /* (owned) */
  GBytes      *answer;         /* (owned) (nullable): once it is there */
} EnrolData;

static void
enrol_data_free (gpointer data)
{
  EnrolData *enrol = data;

  g_clear_object (&enrol->transport);
  g_free (enrol->url);
  g_free (enrol->authority_path);
  g_free (enrol->code);
  g_free (enrol->station_name);
  g_clear_pointer (&enrol->answer, g_bytes_unref);
  g_free (enrol);
}

static gboolean
write_identity (JpVault *vault, JsonObject *answer, GError **error)
{
  const char *school = NULL;
  const char *station = NULL;
  const char *token = NULL;
  const char *certificate = NULL;
  const char *policy_key = NULL;
  gint64      station_no = 0;
  JpId        id;

  if (!jp_json_get_text (answer, "school", TEXT_MAX_BYTES, &school, error) ||
      !jp_id_parse (school, &id, error) ||
      !jp_json_get_text (answer, "station", TEXT_MAX_BYTES, &station, error) ||
      !jp_id_parse (station, &id, error) ||
      !jp_json_get_text (answer, "token", TEXT_MAX_BYTES, &token, error) ||
      !jp_json_get_integer (answer, "station_no", 1, MAX_STATION_NO, &station_no, error) ||
      (jp_json_has (answer, "certificate") &&
       !jp_json_get_text (answer, "certificate", PEM_MAX_BYTES, &certificate, error)) ||
      (jp_json_has (answer, "policy_key") &&
       !jp_json_get_text (answer, "policy_key", JP_SIGNATURE_KEY_CHARS, &policy_key, error)))
    return FALSE;

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, station_no);

  return jp_vault_set_setting (vault, JP_SETTING_SCHOOL, school, error) &&
         jp_vault_set_setting (vault, JP_SETTING_STATION, station, error) &&
         jp_vault_set_setting (vault, JP_SETTING_STATION_NO, number, error) &&
         jp_vault_set_setting (vault, JP_SETTING_POLICY_KEY, policy_key, error) &&
         jp_vault_set_secret (vault, JP_SYNC_SECRET_TOKEN, token, error) &&
         jp_sync_key_accept (vault, certificate, error) &&
         jp_vault_set_setting (vault, JP_SETTING_RESTORED, NULL, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_RECOVER, NULL, error);
}

static gboolean
write_answer (JpVault *vault, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *answer = root != NULL ? jp_json_as_object (root, error) : NULL;

  return answer != NULL && write_identity (vault, answer, error);
}

/**
 * jp_sync_enrol_accept:
 * @vault: the writing vault without an open transaction
 * @answer: what the platform gave to this PC
 * @error: return location for a [error@Jp.BaseError] or [error@Jp.StoreError]
 *
 * From now on this PC is that station.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_sync_enrol_accept (JpVault *vault, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         write_answer (vault, answer, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* A station that was another one before has operations which the platform may not have under the
 * new name: that is found out in the first round. */
static gboolean
note_past (JpVault *vault, GError **error)
{
  g_autofree char *cursor = NULL;
  gint64           first = 0;
  gint64           last = 0;

  if (!jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error) ||
      !jp_recover_repo_get_first_waiting (vault, &first, error) ||
      !jp_recover_repo_get_last_n (vault, &last, error))
    return FALSE;
  return (cursor == NULL && (last == 0 || first == 1)) ||
         jp_vault_set_setting (vault, JP_SYNC_SETTING_RECOVER, JP_SYNC_RECOVER_ALL, error);
}

static gpointer
save_call (JpVault *vault, gpointer data, GError **error)
{
  EnrolData *enrol = data;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !write_answer (vault, enrol->answer, error) ||
      !jp_vault_set_setting (vault, JP_SYNC_SETTING_URL, enrol->url, error) ||
      !jp_vault_set_setting (vault, JP_SYNC_SETTING_AUTHORITY, enrol->authority_path, error) ||
      !note_past (vault, error) || !jp_transaction_commit (&transaction, error))
    {
      jp_vault_translate (error);
      return NULL;
    }

  jp_vault_reload_school (vault, error);
  return NULL;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
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
  JpStore *store = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, &error);

  if (reply == NULL || !jp_transport_reply_check (reply, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  EnrolData  *enrol = g_task_get_task_data (task);
  JpStoreCall call = { save_call, enrol, NULL, NULL, JP_STORE_KINDS_ALL };

  enrol->answer = g_bytes_ref (jp_transport_reply_get_body (reply));
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, saved_cb, g_steal_pointer (&task));
}

static GBytes *
make_body (const EnrolData *enrol, const char *request)
{
  const char *const members[][2] = {
    { "code", enrol->code },
    { "station_name", enrol->station_name },
    { "request", request },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i][0]);
      json_builder_add_string_value (builder, members[i][1]);
    }
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

static gpointer
prepare_call (JpVault *vault, gpointer data, GError **error)
{
  char *request = NULL;

  return jp_sync_key_prepare (vault, &request, error) ? request : NULL;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EnrolData       *enrol = g_task_get_task_data (task);
  g_autofree char *key_request = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_write_finish (JP_STORE (source), result, (gpointer *)&key_request, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_autoptr (GBytes) body = make_body (enrol, key_request);
  JpTransportRequestFields fields = {
    .method = "POST",
    .path = PATH,
    .content_type = "application/json",
    .body = body,
    .schema = JP_WIRE_SCHEMA_VERSION,
    .idempotent = TRUE, /* by the key */
    .timeout_ms = JP_TRANSPORT_TIMEOUT_MS,
    .max_reply_bytes = JP_TRANSPORT_MAX_REPLY_BYTES,
  };
  g_autoptr (JpTransportRequest) request = jp_transport_request_new (&fields);
  g_autoptr (JpTransport) transport = g_steal_pointer (&enrol->transport);
  GCancellable *cancellable = g_task_get_cancellable (task);

  jp_transport_send_async (transport, request, cancellable, answered_cb, g_steal_pointer (&task));
}

/**
 * jp_sync_enrol_async:
 * @store: an open store
 * @transport: the way to the platform
 * @place: where the platform is; kept in the settings
 * @code: the one-time code that the platform gave the school
 * @station_name: how the school calls this PC
 * @cancellable: (nullable): cancellable
 * @callback: called when the station is enrolled, or was refused
 * @user_data: for @callback
 *
 * Exchanges the code for the station's identity, token and certificate. The key is made here and
 * never sent; it and the token are kept sealed. If the answer is lost, the same code does it again.
 */
void
jp_sync_enrol_async (JpStore            *store,
                     JpTransport        *transport,
                     const JpSyncPlace  *place,
                     const char         *code,
                     const char         *station_name,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (JP_IS_TRANSPORT (transport));
  g_return_if_fail (place != NULL && place->url != NULL && place->authority_path != NULL);
  g_return_if_fail (code != NULL);
  g_return_if_fail (station_name != NULL);

  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  EnrolData  *enrol = g_new0 (EnrolData, 1);
  JpStoreCall call = { prepare_call, NULL, NULL, g_free, 0 };

  enrol->transport = g_object_ref (transport);
  enrol->url = g_strdup (place->url);
  enrol->authority_path = g_strdup (place->authority_path);
  enrol->code = g_strdup (code);
  enrol->station_name = g_strdup (station_name);
  g_task_set_source_tag (task, jp_sync_enrol_async);
  g_task_set_task_data (task, enrol, enrol_data_free);
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, prepared_cb,
                        g_steal_pointer (&task));
}

/**
 * jp_sync_enrol_finish:
 * @store: the store
 * @result: the result
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Returns: whether this PC is a station now
 */
gboolean
jp_sync_enrol_finish (JpStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
