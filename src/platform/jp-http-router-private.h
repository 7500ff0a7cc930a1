/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-http-router.h"

G_BEGIN_DECLS

/* For tests that ask every route. */
const JpHttpRoute *jp_http_router_get_route (JpHttpRouter *self, guint index);

G_END_DECLS
