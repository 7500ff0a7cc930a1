/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-enrol.h"

#include "jp-json.h"
#include "jp-sync-error.h"
#include "jp-sync-round.h"

#define PATH            "/v1/enrol"
#define TEXT_MAX_BYTES  256
#define MAX_STATION_NO  999
#define PROTOCOL_SCHEMA 1

/* What the platform gave, on its way into the settings. */
typedef struct
{
  char   *url;            /* (owned) */
  char   *authority_path; /* (owned) */
  GBytes *answer;         /* (owned) */
} EnrolData;

static void
enrol_data_free (gpointer data)
{
  EnrolData *enrol = data;

  g_free (enrol->url);
  g_free (enrol->authority_path);
  g_clear_pointer (&enrol->answer, g_bytes_unref);
  g_free (enrol);
}

static gboolean
write_settings (JpVault *vault, const EnrolData *enrol, JsonObject *answer, GError **error)
{
  const char *school = NULL;
  const char *station = NULL;
  const char *token = NULL;
  gint64      station_no = 0;
  JpId        id;

  if (!jp_json_get_text (answer, "school", TEXT_MAX_BYTES, &school, error) ||
      !jp_id_parse (school, &id, error) ||
      !jp_json_get_text (answer, "station", TEXT_MAX_BYTES, &station, error) ||
      !jp_id_parse (station, &id, error) ||
      !jp_json_get_text (answer, "token", TEXT_MAX_BYTES, &token, error) ||
      !jp_json_get_integer (answer, "station_no", 1, MAX_STATION_NO, &station_no, error))
    return FALSE;

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, station_no);

  return jp_vault_set_setting (vault, JP_SETTING_SCHOOL, school, error) &&
         jp_vault_set_setting (vault, JP_SETTING_STATION, station, error) &&
         jp_vault_set_setting (vault, JP_SETTING_STATION_NO, number, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_URL, enrol->url, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_AUTHORITY, enrol->authority_path, error) &&
         jp_vault_set_secret (vault, JP_SYNC_SECRET_TOKEN, token, error);
}

static gpointer
save_call (JpVault *vault, gpointer data, GError **error)
{
  EnrolData *enrol = data;
  g_autoptr (JsonNode) root = jp_json_parse (enrol->answer, JP_JSON_MAX_BYTES, error);
  JsonObject *answer = root != NULL ? jp_json_as_object (root, error) : NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (answer == NULL || !jp_db_begin_write (vault->db, &transaction, error) ||
      !write_settings (vault, enrol, answer, error) || !jp_transaction_commit (&transaction, error))
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

  EnrolData  *input = g_task_get_task_data (task);
  EnrolData  *enrol = g_new0 (EnrolData, 1);
  JpStoreCall call = { save_call, enrol, enrol_data_free, NULL, JP_STORE_KINDS_ALL };

  enrol->url = g_strdup (input->url);
  enrol->authority_path = g_strdup (input->authority_path);
  enrol->answer = g_bytes_ref (jp_transport_reply_get_body (reply));
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, saved_cb, g_steal_pointer (&task));
}

static GBytes *
make_body (const char *code, const char *station_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_set_member_name (builder, "station_name");
  json_builder_add_string_value (builder, station_name);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
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
 * Exchanges the code for the station's identity and token. The token is kept sealed.
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
  g_autoptr (GBytes) body = make_body (code, station_name);
  EnrolData               *enrol = g_new0 (EnrolData, 1);
  JpTransportRequestFields fields = {
    .method = "POST",
    .path = PATH,
    .content_type = "application/json",
    .body = body,
    .schema = PROTOCOL_SCHEMA,
    .timeout_ms = JP_TRANSPORT_TIMEOUT_MS,
    .max_reply_bytes = JP_TRANSPORT_MAX_REPLY_BYTES,
  };
  g_autoptr (JpTransportRequest) request = jp_transport_request_new (&fields);

  enrol->url = g_strdup (place->url);
  enrol->authority_path = g_strdup (place->authority_path);
  g_task_set_source_tag (task, jp_sync_enrol_async);
  g_task_set_task_data (task, enrol, enrol_data_free);
  jp_transport_send_async (transport, request, cancellable, answered_cb, g_steal_pointer (&task));
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
