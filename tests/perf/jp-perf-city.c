/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-city.h"

#include "jp-http-transport.h"
#include "jp-platform-admin.h"
#include "jp-platform-station.h"
#include "jp-sync-enrol.h"

#define GROUP_ROWS 1000

static const char school_json[] =
  "{\"name\":\"牡丹驾校\",\"short_name\":\"牡丹\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-5555555\",\"address\":\"牡丹区人民路 1 号\"}";

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *answer;
}

/* --- the platform --- */

static void
run_job (JpPerfCity *self, JpPlatformServiceJob job, gpointer data)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  jp_platform_service_run_async (self->service, job, data, done_cb, &answer);
  jp_platform_service_run_finish (self->service, wait_for (&answer), &error);
  g_assert_no_error (error);
}

static gboolean
add_school_job (JpPlatform *platform, gpointer data, GError **error)
{
  JpPerfCity *self = data;
  g_autoptr (GBytes) school = g_bytes_new_static (school_json, strlen (school_json));

  return jp_platform_admin_add_school (platform, school, &self->school, error);
}

/**
 * jp_perf_city_new:
 *
 * Returns: (transfer full): a platform that listens, with one school
 */
JpPerfCity *
jp_perf_city_new (void)
{
  JpPerfCity *self = g_new0 (JpPerfCity, 1);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = jp_test_dir_new ();
  self->folder = jp_test_dir_build (self->dir, "platform");
  self->clock = jp_system_clock_new ();
  self->ids = jp_id_source_new (self->clock);
  self->service = jp_platform_service_new (
    &(JpPlatformServiceOptions){ .folder = self->folder, .clock = self->clock, .ids = self->ids });
  jp_platform_service_open_async (self->service, done_cb, &opened);
  jp_platform_service_open_finish (self->service, wait_for (&opened), &error);
  g_assert_no_error (error);
  jp_platform_service_listen (self->service, &error);
  g_assert_no_error (error);
  text = jp_platform_service_dup_uri (self->service);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->relay = jp_perf_relay_new ((guint16)g_uri_get_port (uri));
  self->ca = jp_platform_service_dup_authority_path (self->service);
  run_job (self, add_school_job, self);
  return self;
}

/**
 * jp_perf_city_free:
 * @self: (nullable) (transfer full): a city without stations
 */
void
jp_perf_city_free (JpPerfCity *self)
{
  if (self == NULL)
    return;

  g_autoptr (GAsyncResult) closed = NULL;

  jp_platform_service_close_async (self->service, done_cb, &closed);
  jp_platform_service_close_finish (self->service, wait_for (&closed), NULL);
  g_clear_object (&closed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->service);
  jp_perf_relay_free (self->relay);
  g_object_unref (self->ids);
  g_object_unref (self->clock);
  g_free (self->ca);
  g_free (self->folder);
  jp_test_dir_free (self->dir);
  g_free (self);
}

typedef struct
{
  JpPerfCity *city;
  GPtrArray  *records;
} Put;

static gboolean
put_job (JpPlatform *platform, gpointer data, GError **error)
{
  Put             *put = data;
  JpPlatformStore *store = jp_platform_get_store (platform);

  for (guint i = 0; i < put->records->len;)
    {
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      if (!jp_platform_store_begin (store, &transaction, error))
        return FALSE;
      for (guint end = MIN (i + GROUP_ROWS, put->records->len); i < end; i++)
        if (!jp_platform_store_put (store, &put->city->school, put->records->pdata[i], NULL, error))
          return FALSE;
      if (!jp_platform_store_commit (store, &transaction, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_perf_city_put:
 * @self: a city
 * @records: (element-type JpRecord): rows of its school
 *
 * Writes rows into the platform.
 */
void
jp_perf_city_put (JpPerfCity *self, GPtrArray *records)
{
  Put put = { self, records };

  run_job (self, put_job, &put);
}

/**
 * jp_perf_city_count:
 * @self: a city
 * @out_up_bytes: (out): what its stations have sent since it was made
 * @out_down_bytes: (out): what they were sent
 */
void
jp_perf_city_count (JpPerfCity *self, gint64 *out_up_bytes, gint64 *out_down_bytes)
{
  *out_up_bytes = jp_perf_relay_get_up_bytes (self->relay);
  *out_down_bytes = jp_perf_relay_get_down_bytes (self->relay);
}

/* --- a station --- */

typedef struct
{
  JpPerfCity *city;
  char       *code; /* (owned): out */
} Code;

static gboolean
code_job (JpPlatform *platform, gpointer data, GError **error)
{
  Code *code = data;

  code->code =
    jp_platform_station_make_code (jp_platform_get_store (platform), &code->city->school, error);
  return code->code != NULL;
}

static void
enrol (JpPerfStation *self, const char *uri)
{
  Code        code = { self->city, NULL };
  JpSyncPlace place = { (char *)uri, self->city->ca, FALSE };
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  run_job (self->city, code_job, &code);
  jp_sync_enrol_async (self->store, self->transport, &place, code.code, "前台", NULL, done_cb,
                       &answer);
  jp_sync_enrol_finish (self->store, wait_for (&answer), &error);
  g_assert_no_error (error);
  g_free (code.code);
}

/**
 * jp_perf_station_new:
 * @city: a city
 *
 * Returns: (transfer full): a station of its school, enrolled, that has not synced yet
 */
JpPerfStation *
jp_perf_station_new (JpPerfCity *city)
{
  static guint n_stations = 0;

  JpPerfStation   *self = g_new0 (JpPerfStation, 1);
  g_autofree char *name = g_strdup_printf ("station-%u.db", ++n_stations);
  g_autofree char *path = jp_test_dir_build (city->dir, name);
  g_autofree char *uri =
    g_strdup_printf ("https://localhost:%u", jp_perf_relay_get_port (city->relay));
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  self->city = city;
  self->store = jp_store_new (path, key, city->clock, city->ids, "前台");
  jp_store_open_async (self->store, NULL, done_cb, &opened);
  jp_store_open_finish (self->store, wait_for (&opened), &error);
  g_assert_no_error (error);
  self->transport =
    jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = uri, .authority_path = city->ca },
                           &error);
  g_assert_no_error (error);
  enrol (self, uri);
  return self;
}

/**
 * jp_perf_station_free:
 * @self: (nullable) (transfer full): a station
 */
void
jp_perf_station_free (JpPerfStation *self)
{
  if (self == NULL)
    return;

  g_autoptr (GAsyncResult) closed = NULL;

  jp_store_close_async (self->store, NULL, done_cb, &closed);
  jp_store_close_finish (self->store, wait_for (&closed), NULL);
  g_clear_object (&closed);
  g_object_unref (self->transport);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->store);
  g_free (self);
}

/**
 * jp_perf_station_round:
 * @self: a station
 * @out_receipt: (out) (optional): what the round did
 *
 * Returns: how long a round took, in seconds
 */
double
jp_perf_station_round (JpPerfStation *self, JpSyncReceipt *out_receipt)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  gint64 end_us = 0;

  jp_sync_round_async (self->store, self->transport, NULL, NULL, NULL, done_cb, &answer);
  wait_for (&answer);
  end_us = g_get_monotonic_time ();
  jp_sync_round_finish (self->store, answer, out_receipt, &error);
  g_assert_no_error (error);
  return (double)(end_us - start_us) / G_USEC_PER_SEC;
}

/**
 * jp_perf_station_commit:
 * @self: a station
 * @before: (nullable): a row as it was
 * @after: the row as it shall be
 *
 * Saves one change.
 */
void
jp_perf_station_commit (JpPerfStation *self, JpRecord *before, JpRecord *after)
{
  JpChange *change = jp_store_new_change (self->store, "edit");
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  jp_change_add (change, before, after);
  jp_store_commit_async (self->store, change, NULL, done_cb, &answer);
  jp_store_commit_finish (self->store, wait_for (&answer), &error);
  g_assert_no_error (error);
}

/**
 * jp_perf_station_get:
 * @self: a station
 * @kind: a kind
 * @id: a row that it has
 *
 * Returns: (transfer full): the row
 */
JpRecord *
jp_perf_station_get (JpPerfStation *self, JpKind kind, const JpId *id)
{
  JpRecord *record = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_get_record_async (self->store, kind, id, NULL, done_cb, &answer);
  record = jp_store_get_record_finish (self->store, wait_for (&answer), &error);
  g_assert_no_error (error);
  return record;
}
