/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-station-fixture.h"

#include "jp-platform-api.h"

/* The request as the platform's router sees it, and its answer as the network would bring it. */
static JpTransportReply *
answer (JpTransportRequest *request, gpointer user_data)
{
  JpStationFixture *self = user_data;
  g_auto (GStrv) parts = g_strsplit (jp_transport_request_get_path (request), "?", 2);
  const char      *token = jp_transport_request_get_token (request);
  g_autofree char *authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  g_autofree char *schema = g_strdup_printf ("%u", jp_transport_request_get_schema (request));

  JpHttpRequestFields fields = { .method = jp_transport_request_get_method (request),
                                 .path = parts[0],
                                 .query = parts[1],
                                 .authorization = authorization,
                                 .content_type = jp_transport_request_get_content_type (request),
                                 .sync_protocol = "1",
                                 .sync_schema = schema,
                                 .remote = "127.0.0.1",
                                 .body = jp_transport_request_get_body (request) };
  g_autoptr (JpHttpResponse) response = jp_http_router_handle (self->router, &fields);
  JpTransportReplyFields reply = { .status = jp_http_response_get_status (response),
                                   .sync_protocol = "1",
                                   .content_type = jp_http_response_get_content_type (response),
                                   .body = jp_http_response_get_body (response),
                                   .retry_after_s = jp_http_response_get_retry_after_s (response) };

  return jp_transport_reply_new (&reply);
}

typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

static void
open_store (JpStationFixture *self)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;

  self->store =
    jp_store_new (self->path, self->key, JP_CLOCK (self->platform->clock), self->ids, "前台");
  jp_store_open_async (self->store, NULL, done_cb, &wait);
  jp_store_open_finish (self->store, wait_for (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
}

static void
close_store (JpStationFixture *self)
{
  Wait wait = { NULL };

  jp_store_close_async (self->store, NULL, done_cb, &wait);
  jp_store_close_finish (self->store, wait_for (&wait), NULL);
  g_object_unref (wait.result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

/**
 * jp_station_fixture_enrol_with:
 * @self: a station
 * @code: a code
 * @error: return location for an error
 *
 * Returns: whether the platform has taken the PC in
 */
gboolean
jp_station_fixture_enrol_with (JpStationFixture *self, const char *code, GError **error)
{
  Wait        wait = { NULL };
  JpSyncPlace place = { (char *)"https://localhost", (char *)"ca.pem", FALSE };
  gboolean    ok = FALSE;

  jp_sync_enrol_async (self->store, JP_TRANSPORT (self->transport), &place, code, "前台", NULL,
                       done_cb, &wait);
  ok = jp_sync_enrol_finish (self->store, wait_for (&wait), error);
  g_object_unref (wait.result);
  return ok;
}

/**
 * jp_station_fixture_enrol:
 * @self: a station
 * @error: return location for an error
 *
 * Enrols it with a new code.
 *
 * Returns: whether the platform has taken the PC in
 */
gboolean
jp_station_fixture_enrol (JpStationFixture *self, GError **error)
{
  g_autofree char *code =
    jp_platform_station_make_code (jp_platform_fixture_get_store (self->platform),
                                   &self->platform->school, error);

  return code != NULL && jp_station_fixture_enrol_with (self, code, error);
}

/**
 * jp_station_fixture_reconnect:
 * @self: a station
 *
 * Finds the platform again after it was started anew.
 */
void
jp_station_fixture_reconnect (JpStationFixture *self)
{
  g_clear_pointer (&self->router, jp_http_router_unref);
  self->router = jp_http_router_new ();
  jp_platform_api_add_routes (self->platform->platform, self->router, NULL);
}

static JpStationFixture *
new_unopened (JpPlatformFixture *platform)
{
  JpStationFixture *self = g_new0 (JpStationFixture, 1);

  self->platform = platform;
  jp_station_fixture_reconnect (self);
  self->transport = jp_fake_transport_new (answer, self);
  self->dir = jp_test_dir_new ();
  self->path = jp_test_dir_build (self->dir, "school.db");
  self->ids = jp_id_source_new_seeded (JP_CLOCK (platform->clock),
                                       jp_id_source_below (platform->ids, G_MAXUINT32));
  return self;
}

/**
 * jp_station_fixture_new:
 * @platform: a platform
 *
 * Returns: (transfer full): a station of its first school, enrolled, that has not synced yet
 */
JpStationFixture *
jp_station_fixture_new (JpPlatformFixture *platform)
{
  JpStationFixture *self = new_unopened (platform);
  g_autoptr (GError) error = NULL;

  self->key = jp_seal_key_new_random ();
  open_store (self);
  jp_station_fixture_enrol (self, &error);
  g_assert_no_error (error);
  return self;
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize            length_bytes = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)length_bytes, &error);
  g_assert_no_error (error);
}

/**
 * jp_station_fixture_new_clone:
 * @self: a station
 *
 * Copies the disk of a station into another PC.
 *
 * Returns: (transfer full): that PC
 */
JpStationFixture *
jp_station_fixture_new_clone (JpStationFixture *self)
{
  JpStationFixture *clone = new_unopened (self->platform);

  clone->key = jp_seal_key_ref (self->key);
  close_store (self);
  copy_file (self->path, clone->path);
  open_store (self);
  open_store (clone);
  return clone;
}

/**
 * jp_station_fixture_save:
 * @self: a station
 * @name: of the copy
 *
 * Copies the database while the program does not run.
 */
void
jp_station_fixture_save (JpStationFixture *self, const char *name)
{
  g_autofree char *path = jp_test_dir_build (self->dir, name);

  close_store (self);
  copy_file (self->path, path);
  open_store (self);
}

/**
 * jp_station_fixture_restore:
 * @self: a station
 * @name: of a copy
 *
 * Puts the copy in the place of the database; nobody says that this has happened.
 */
void
jp_station_fixture_restore (JpStationFixture *self, const char *name)
{
  g_autofree char *path = jp_test_dir_build (self->dir, name);

  close_store (self);
  copy_file (path, self->path);
  open_store (self);
}

/**
 * jp_station_fixture_free:
 * @self: (transfer full): a station
 */
void
jp_station_fixture_free (JpStationFixture *self)
{
  close_store (self);
  g_assert_finalize_object (g_steal_pointer (&self->transport));
  jp_http_router_unref (self->router);
  jp_seal_key_unref (self->key);
  g_object_unref (self->ids);
  g_free (self->path);
  jp_test_dir_free (self->dir);
  g_free (self);
}

/**
 * jp_station_fixture_reopen:
 * @self: a station
 *
 * Ends the program and starts it again.
 */
void
jp_station_fixture_reopen (JpStationFixture *self)
{
  close_store (self);
  open_store (self);
}

/**
 * jp_station_fixture_round:
 * @self: a station
 * @out_receipt: (out) (optional): what the round did
 * @error: return location for an error
 *
 * Returns: whether the round was whole
 */
gboolean
jp_station_fixture_round (JpStationFixture *self, JpSyncReceipt *out_receipt, GError **error)
{
  Wait     wait = { NULL };
  gboolean ok = FALSE;

  jp_sync_round_async (self->store, JP_TRANSPORT (self->transport), NULL, NULL, NULL, done_cb,
                       &wait);
  ok = jp_sync_round_finish (self->store, wait_for (&wait), out_receipt, error);
  g_object_unref (wait.result);
  return ok;
}

/**
 * jp_station_fixture_commit:
 * @self: a station
 * @before: (nullable): the record as seen
 * @after: the record as meant
 * @error: return location for an error
 *
 * Returns: number of the operation, 0 with an error
 */
gint64
jp_station_fixture_commit (JpStationFixture *self,
                           JpRecord         *before,
                           JpRecord         *after,
                           GError          **error)
{
  Wait      wait = { NULL };
  JpChange *change = jp_store_new_change (self->store, "edit");
  gint64    n = 0;

  jp_change_add (change, before, after);
  jp_store_commit_async (self->store, change, NULL, done_cb, &wait);
  n = jp_store_commit_finish (self->store, wait_for (&wait), error);
  g_object_unref (wait.result);
  return n;
}

/**
 * jp_station_fixture_find:
 * @self: a station
 * @kind: a kind
 * @id: an id
 *
 * Returns: (transfer full) (nullable): the record as the station shows it, %NULL if it has none
 */
JpRecord *
jp_station_fixture_find (JpStationFixture *self, JpKind kind, const JpId *id)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;
  JpRecord *record = NULL;

  jp_store_get_record_async (self->store, kind, id, NULL, done_cb, &wait);
  record = jp_store_get_record_finish (self->store, wait_for (&wait), &error);
  g_object_unref (wait.result);
  if (!g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND))
    g_assert_no_error (error);
  return record;
}

/**
 * jp_station_fixture_count:
 * @self: a station
 * @query: a question
 *
 * Returns: how many rows answer it
 */
gint64
jp_station_fixture_count (JpStationFixture *self, JpQuery *query)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 count = 0;

  jp_store_count_async (self->store, query, NULL, done_cb, &wait);
  count = jp_store_count_finish (self->store, wait_for (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return count;
}
