/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "jp-http-listener.h"
#include "jp-http-server.h"
#include "jp-http-topics.h"

G_BEGIN_DECLS

/* The server as its exchanges see it. */
struct _JpHttpServer
{
  GObject parent_instance;

  JpHttpServerOptions options;    /* clock and authority are references */
  JpHttpRouter       *router;     /* (owned) */
  SoupServer         *soup;       /* (owned) (nullable): NULL once stopped */
  JpHttpListener     *listener;   /* (owned) (nullable): NULL once stopped */
  GSocket            *keep_alive; /* (owned): other end of what libsoup believes to listen on */
  GHashTable         *exchanges;  /* (owned): SoupServerMessage → JpHttpExchange (owned) */
  JpHttpTopics       *topics;     /* (owned) */
  guint               n_parked;   /* of the exchanges, those that wait */
  guint64             n_answered; /* so far */
  guint64             n_refused;  /* with 503, so far */
};

G_END_DECLS
