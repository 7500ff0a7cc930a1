/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform.h"
#include "jp-worker.h"

G_BEGIN_DECLS

/* The running platform: its thread, its certificate authority and its HTTPS server. Main thread
 * only; what it runs on the platform runs on the platform's thread. */

/**
 * JpPlatformServiceOptions:
 * @folder: (not nullable): where all data are, or will be
 * @clock: (not nullable): tells the time
 * @network_clock: (nullable): tells it for certificates, which others check by their own clocks;
 *   %NULL is @clock
 * @ids: (not nullable): makes ids, tokens and codes
 * @port: where to listen; 0 = any that is free
 * @everywhere: listen for other machines too
 * @host_names: (nullable) (array zero-terminated=1): names under which other machines reach it
 *
 * How a platform runs.
 */
typedef struct
{
  const char        *folder;
  JpClock           *clock;
  JpClock           *network_clock;
  JpIdSource        *ids;
  guint16            port;
  gboolean           everywhere;
  const char *const *host_names;
} JpPlatformServiceOptions;

/**
 * JpPlatformServiceJob:
 * @platform: the open platform
 * @user_data: as given to jp_platform_service_run_async()
 * @error: return location for an error
 *
 * Something to do on the thread of the platform.
 *
 * Returns: whether it worked
 */
typedef gboolean (*JpPlatformServiceJob) (JpPlatform *platform, gpointer user_data, GError **error);

#define JP_TYPE_PLATFORM_SERVICE (jp_platform_service_get_type ())

G_DECLARE_FINAL_TYPE (JpPlatformService, jp_platform_service, JP, PLATFORM_SERVICE, GObject)

JpPlatformService *jp_platform_service_new (const JpPlatformServiceOptions *options);
JpPlatform        *jp_platform_service_get_platform (JpPlatformService *self);
JpHttpRouter      *jp_platform_service_get_router (JpPlatformService *self);
JpWorker          *jp_platform_service_get_worker (JpPlatformService *self);
void               jp_platform_service_open_async (JpPlatformService  *self,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
gboolean
jp_platform_service_open_finish (JpPlatformService *self, GAsyncResult *result, GError **error);
void jp_platform_service_run_async (JpPlatformService   *self,
                                    JpPlatformServiceJob job,
                                    gpointer             job_data,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean
jp_platform_service_run_finish (JpPlatformService *self, GAsyncResult *result, GError **error);
gboolean jp_platform_service_listen (JpPlatformService *self, GError **error);
char    *jp_platform_service_dup_uri (JpPlatformService *self);
char    *jp_platform_service_dup_authority_path (JpPlatformService *self);
void     jp_platform_service_close_async (JpPlatformService  *self,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gboolean
jp_platform_service_close_finish (JpPlatformService *self, GAsyncResult *result, GError **error);

G_END_DECLS
