/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "jp-http-server.h"

G_BEGIN_DECLS

/* For the server only. Main thread only. */

typedef struct _JpHttpExchange JpHttpExchange;

/* A request from its headers to the end of its answer. */
struct _JpHttpExchange
{
  JpHttpServer      *server;         /* (owned) */
  SoupServerMessage *message;        /* (owned) */
  const JpHttpRoute *route;          /* (nullable): of the router; NULL = refused at once */
  GHashTable        *params;         /* (owned) (nullable) */
  JpHttpRequest     *request;        /* (owned) (nullable): once the body is there */
  char              *topic;          /* (owned) (nullable): what it waits for */
  GSource           *timeout;        /* (owned) (nullable): of the waiting */
  guint64            received_bytes; /* of the body */
  guint64            wake_serial;    /* the server's when the handler was called */
  gint64             started_us;     /* monotonic */
  gint64             park_until_us;  /* monotonic; 0 = never parked */
  gboolean           refused;        /* answered before the body was there */
  gboolean           finished;       /* nobody waits for the answer any more */
};

JpHttpExchange *jp_http_exchange_new (JpHttpServer *server, SoupServerMessage *message);
JpHttpExchange *jp_http_exchange_ref (JpHttpExchange *self);
void            jp_http_exchange_unref (JpHttpExchange *self);
void            jp_http_exchange_refuse (JpHttpExchange *self, JpHttpResponse *response);
void            jp_http_exchange_refuse_busy (JpHttpExchange *self);
void            jp_http_exchange_run (JpHttpExchange *self);
void            jp_http_exchange_wake (JpHttpExchange *self);
void            jp_http_exchange_respond (JpHttpExchange *self, JpHttpResponse *response);
void            jp_http_exchange_finish (JpHttpExchange *self);
void            jp_http_exchange_set_timeout (JpHttpExchange *self, guint timeout_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpExchange, jp_http_exchange_unref)

G_END_DECLS
