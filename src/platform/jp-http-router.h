/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-http-response.h"
#include "jp-worker.h"

G_BEGIN_DECLS

/* Which handler answers which request. Knows nothing of sockets: the server calls it with what came
 * over the network, tests and the simulator call it directly. */

#define JP_HTTP_MAX_ROUTES   128
#define JP_HTTP_MAX_SEGMENTS 16
#define JP_HTTP_NO_GZIP      (-1)

/**
 * JpHttpHandler:
 * @request: what is asked; its body is within the limits of the route and unpacked
 * @user_data: as given in the route
 *
 * Answers one request, on the thread of the route's worker.
 *
 * Returns: (transfer full) (not nullable): the answer
 */
typedef JpHttpResponse *(*JpHttpHandler) (JpHttpRequest *request, gpointer user_data);

/**
 * JpHttpRoute:
 * @method: the verb; GET also answers HEAD
 * @path: the path with parameters in braces, e.g. "/v1/schools/{school}/push"
 * @handler: answers the requests
 * @user_data: (nullable): for @handler; must outlive the router
 * @worker: (nullable): the thread for @handler; NULL is the thread of the server, for answers that
 *   take less than a millisecond
 * @priority: of the job in the worker
 * @max_body_bytes: limit of a plain body; 0 = this route takes no body
 * @max_packed_bytes: limit of a gzip body as it arrives; 0 = @max_body_bytes
 * @max_inflated_bytes: limit of a gzip body once unpacked; 0 = @max_body_bytes
 * @gzip_level: of the answer, 1 … 9; 0 = the usual; %JP_HTTP_NO_GZIP = never
 *
 * One method of one kind of resource.
 */
typedef struct
{
  const char   *method;
  const char   *path;
  JpHttpHandler handler;
  gpointer      user_data;
  JpWorker     *worker;
  int           priority;
  gsize         max_body_bytes;
  gsize         max_packed_bytes;
  gsize         max_inflated_bytes;
  int           gzip_level;
} JpHttpRoute;

typedef struct _JpHttpRouter JpHttpRouter;

JpHttpRouter      *jp_http_router_new (void);
JpHttpRouter      *jp_http_router_ref (JpHttpRouter *self);
void               jp_http_router_unref (JpHttpRouter *self);
void               jp_http_router_add (JpHttpRouter *self, const JpHttpRoute *route);
const JpHttpRoute *jp_http_router_find (JpHttpRouter    *self,
                                        const char      *method,
                                        const char      *path,
                                        GHashTable     **out_params,
                                        JpHttpResponse **out_problem);
JpHttpResponse    *jp_http_router_check_body (const JpHttpRoute *route,
                                              const char        *content_encoding,
                                              guint64            body_bytes);
JpHttpResponse    *jp_http_router_run (const JpHttpRoute *route, JpHttpRequest *request);
JpHttpResponse    *jp_http_router_handle (JpHttpRouter *self, const JpHttpRequestFields *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpRouter, jp_http_router_unref)

G_END_DECLS
