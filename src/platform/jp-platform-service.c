/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-service.h"

#include "jp-http-server.h"
#include "jp-platform-api.h"
#include "jp-tls.h"

#define DAY_S             (24 * 60 * 60)
#define TOMBSTONE_KEPT_US (400 * JP_DAY_US)
#define TLS_FOLDER        "tls"

struct _JpPlatformService
{
  GObject parent_instance;

  char       *folder;     /* (owned) */
  char       *tls_folder; /* (owned) */
  JpClock    *clock;      /* (owned): of certificates and connections */
  JpIdSource *ids;        /* (owned) */
  GStrv       host_names; /* (owned) (nullable) */
  guint16     port;
  gboolean    everywhere;

  JpPlatform   *platform; /* (owned): open on the worker's thread only */
  JpHttpRouter *router;   /* (owned) */
  JpWorker     *worker;   /* (owned) */
  JpHttpServer *server;   /* (owned) (nullable): while it listens */
  GMainContext *context;  /* (owned): of the main thread */
  guint         daily_id; /* (source) 0 = none */
};

G_DEFINE_FINAL_TYPE (JpPlatformService, jp_platform_service, G_TYPE_OBJECT)

/* A job on its way to the thread of the platform. */
typedef struct
{
  JpPlatformServiceJob job;  /* in */
  gpointer             data; /* in (borrowed): outlives the task */
} Job;

/* News on their way to the main thread. */
typedef struct
{
  GWeakRef service;
  JpId     school;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_weak_ref_clear (&news->service);
  g_free (news);
}

static gboolean
wake_cb (gpointer user_data)
{
  News *news = user_data;
  g_autoptr (JpPlatformService) self = g_weak_ref_get (&news->service);
  JpIdText topic;

  if (self != NULL && self->server != NULL)
    jp_http_server_wake (self->server, jp_id_to_text (&news->school, topic));
  return G_SOURCE_REMOVE;
}

/* On the thread of the platform. */
static void
school_changed_cb (const JpId *school, gpointer user_data)
{
  JpPlatformService *self = user_data;
  News              *news = g_new0 (News, 1);

  g_weak_ref_init (&news->service, self);
  news->school = *school;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, wake_cb, news, news_free);
}

static void
run_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpPlatformService *self = source;
  const Job         *job = task_data;
  GError            *error = NULL;

  if (job->job (self->platform, job->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
queue_job (JpPlatformService *self, JpPlatformServiceJob job, gpointer data, GTask *task)
{
  Job *copy = g_new0 (Job, 1);

  copy->job = job;
  copy->data = data;
  g_task_set_task_data (task, copy, g_free);
  jp_worker_queue (self->worker, G_PRIORITY_DEFAULT, run_in_worker, task);
}

/* --- once a day --- */

static gboolean
purge_job (JpPlatform *platform, gpointer user_data, GError **error)
{
  JpPlatformStore *store = jp_platform_get_store (platform);
  gint64 before_us = jp_clock_now_us (jp_platform_store_get_clock (store)) - TOMBSTONE_KEPT_US;
  g_autoptr (GArray) schools = jp_platform_store_list_schools (store, error);

  for (guint i = 0; schools != NULL && i < schools->len; i++)
    {
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      if (!jp_platform_store_begin (store, &transaction, error) ||
          !jp_platform_store_purge (store, &g_array_index (schools, JpId, i), before_us, error) ||
          !jp_platform_store_commit (store, &transaction, error))
        return FALSE;
    }

  return schools != NULL;
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!jp_platform_service_run_finish (JP_PLATFORM_SERVICE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("could not take old deleted rows away: %s", error->message);
}

static GTlsCertificate *
ensure_certificate (JpPlatformService *self, gboolean *out_renewed, GError **error)
{
  const JpTlsOptions options = {
    .clock = self->clock,
    .ids = self->ids,
    .host_names = (const char *const *)self->host_names,
  };

  if (!jp_tls_ensure_authority (self->tls_folder, &options, out_renewed, error))
    return NULL;
  return jp_tls_load_certificate (self->tls_folder, error);
}

static gboolean
daily_cb (gpointer user_data)
{
  JpPlatformService *self = user_data;
  gboolean           renewed = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = ensure_certificate (self, &renewed, &error);

  if (certificate == NULL)
    g_warning ("could not renew the certificate: %s", error->message);
  else if (renewed)
    jp_http_server_set_certificate (self->server, certificate);

  jp_platform_service_run_async (self, purge_job, NULL, purged_cb, NULL);
  return G_SOURCE_CONTINUE;
}

/* --- the class --- */

static void
jp_platform_service_dispose (GObject *object)
{
  JpPlatformService *self = JP_PLATFORM_SERVICE (object);

  g_clear_handle_id (&self->daily_id, g_source_remove);
  if (self->server != NULL)
    jp_http_server_stop (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (jp_platform_service_parent_class)->dispose (object);
}

static void
jp_platform_service_finalize (GObject *object)
{
  JpPlatformService *self = JP_PLATFORM_SERVICE (object);

  g_clear_pointer (&self->router, jp_http_router_unref);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->platform, jp_platform_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_strfreev (self->host_names);
  g_free (self->folder);
  g_free (self->tls_folder);

  G_OBJECT_CLASS (jp_platform_service_parent_class)->finalize (object);
}

static void
jp_platform_service_class_init (JpPlatformServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jp_platform_service_dispose;
  object_class->finalize = jp_platform_service_finalize;
}

static void
jp_platform_service_init (JpPlatformService *self)
{
  self->worker = jp_worker_new ("jp-platform");
  self->router = jp_http_router_new ();
  self->context = g_main_context_ref_thread_default ();
}

/**
 * jp_platform_service_new:
 * @options: how it runs
 *
 * Makes a platform that is not open yet, with the requests of the stations; whoever adds others or
 * reacts to rows does so now.
 *
 * Returns: (transfer full): the service
 */
JpPlatformService *
jp_platform_service_new (const JpPlatformServiceOptions *options)
{
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->folder != NULL, NULL);
  g_return_val_if_fail (JP_IS_CLOCK (options->clock), NULL);
  g_return_val_if_fail (JP_IS_ID_SOURCE (options->ids), NULL);

  JpPlatformService           *self = g_object_new (JP_TYPE_PLATFORM_SERVICE, NULL);
  const JpPlatformStoreOptions store_options = { .clock = options->clock, .ids = options->ids };

  self->folder = g_strdup (options->folder);
  self->tls_folder = g_build_filename (options->folder, TLS_FOLDER, NULL);
  self->clock =
    g_object_ref (options->network_clock != NULL ? options->network_clock : options->clock);
  self->ids = g_object_ref (options->ids);
  self->port = options->port;
  self->everywhere = options->everywhere;
  self->host_names = g_strdupv ((char **)options->host_names);
  self->platform = jp_platform_new (&store_options);
  jp_platform_api_add_routes (self->platform, self->router, self->worker);
  return self;
}

/**
 * jp_platform_service_get_platform:
 * @self: a service
 *
 * Returns: (transfer none): the platform; once it is open it belongs to its thread
 */
JpPlatform *
jp_platform_service_get_platform (JpPlatformService *self)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), NULL);

  return self->platform;
}

/**
 * jp_platform_service_get_router:
 * @self: a service that does not listen yet
 *
 * Returns: (transfer none): its routes, to add others
 */
JpHttpRouter *
jp_platform_service_get_router (JpPlatformService *self)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), NULL);

  return self->router;
}

/**
 * jp_platform_service_get_worker:
 * @self: a service
 *
 * Returns: (transfer none): the thread of the platform, for routes
 */
JpWorker *
jp_platform_service_get_worker (JpPlatformService *self)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), NULL);

  return self->worker;
}

/* On the thread of the platform; the folder and what makes dates and numbers never change. */
static char *
sign_station (const JpId *station, const char *request_pem, gpointer user_data, GError **error)
{
  JpPlatformService *self = user_data;
  const JpTlsOptions options = { .clock = self->clock, .ids = self->ids };

  return jp_tls_sign_station (self->tls_folder, &options, station, request_pem, error);
}

static gboolean
open_job (JpPlatform *platform, gpointer user_data, GError **error)
{
  JpPlatformService *self = user_data;

  if (!jp_platform_open (platform, self->folder, error))
    return FALSE;
  jp_platform_store_set_changed_func (jp_platform_get_store (platform), school_changed_cb, self);
  jp_platform_store_set_sign_func (jp_platform_get_store (platform), sign_station, self);
  return TRUE;
}

/**
 * jp_platform_service_open_async:
 * @self: a service that is not open
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the platform on its thread.
 */
void
jp_platform_service_open_async (JpPlatformService  *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (JP_IS_PLATFORM_SERVICE (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jp_platform_service_open_async);
  queue_job (self, open_job, self, task);
}

/**
 * jp_platform_service_open_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location for an error of jp_platform_open()
 *
 * Returns: whether the platform is open
 */
gboolean
jp_platform_service_open_finish (JpPlatformService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jp_platform_service_run_async:
 * @self: an open service
 * @job: what to do
 * @job_data: for @job; must outlive it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Does something on the thread of the platform, between two requests.
 */
void
jp_platform_service_run_async (JpPlatformService   *self,
                               JpPlatformServiceJob job,
                               gpointer             job_data,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (JP_IS_PLATFORM_SERVICE (self));
  g_return_if_fail (job != NULL);

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jp_platform_service_run_async);
  queue_job (self, job, job_data, task);
}

/**
 * jp_platform_service_run_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location for an error of the job
 *
 * Returns: whether the job worked
 */
gboolean
jp_platform_service_run_finish (JpPlatformService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jp_platform_service_listen:
 * @self: an open service
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Starts to answer requests, with a certificate of its own authority, which is made on first run.
 *
 * Returns: whether it listens
 */
gboolean
jp_platform_service_listen (JpPlatformService *self, GError **error)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  g_autoptr (GTlsCertificate) certificate = ensure_certificate (self, NULL, error);
  g_autoptr (GTlsDatabase) authority =
    certificate != NULL ? jp_tls_load_authority (self->tls_folder, error) : NULL;
  const JpHttpServerOptions options = { .clock = self->clock,
                                        .authority = authority,
                                        .ask_certificates = TRUE };

  if (authority == NULL)
    return FALSE;

  g_autoptr (JpHttpServer) server = jp_http_server_new (self->router, certificate, &options);

  if (!(self->everywhere ? jp_http_server_listen_all (server, self->port, error)
                         : jp_http_server_listen_local (server, self->port, error)))
    return FALSE;

  self->server = g_steal_pointer (&server);
  self->daily_id = g_timeout_add_seconds (DAY_S, daily_cb, self);
  return TRUE;
}

/**
 * jp_platform_service_dup_uri:
 * @self: a service that listens
 *
 * Returns: (transfer full): where programs of this machine reach it
 */
char *
jp_platform_service_dup_uri (JpPlatformService *self)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  return jp_http_server_dup_uri (self->server);
}

/**
 * jp_platform_service_dup_authority_path:
 * @self: a service that listens
 *
 * Returns: (transfer full): the file that stations need in order to trust it
 */
char *
jp_platform_service_dup_authority_path (JpPlatformService *self)
{
  g_return_val_if_fail (JP_IS_PLATFORM_SERVICE (self), NULL);

  return jp_tls_authority_path (self->tls_folder);
}

static gboolean
close_job (JpPlatform *platform, gpointer user_data, GError **error)
{
  jp_platform_close (platform);
  return TRUE;
}

static void
shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jp_worker_shutdown_finish (JP_WORKER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpPlatformService *self = JP_PLATFORM_SERVICE (source);
  g_autoptr (GError) error = NULL;

  if (!jp_platform_service_run_finish (self, result, &error))
    g_warning ("could not close the platform: %s", error->message);
  jp_worker_shutdown_async (self->worker, NULL, shut_down_cb, user_data);
}

/**
 * jp_platform_service_close_async:
 * @self: a service
 * @callback: called when everything has ended
 * @user_data: for @callback
 *
 * Stops listening, finishes what is being done, closes the platform and ends its thread.
 */
void
jp_platform_service_close_async (JpPlatformService  *self,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_return_if_fail (JP_IS_PLATFORM_SERVICE (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jp_platform_service_close_async);
  g_clear_handle_id (&self->daily_id, g_source_remove);
  if (self->server != NULL)
    jp_http_server_stop (self->server);
  jp_platform_service_run_async (self, close_job, NULL, closed_cb, task);
}

/**
 * jp_platform_service_close_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether everything has ended well
 */
gboolean
jp_platform_service_close_finish (JpPlatformService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
