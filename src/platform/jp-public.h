/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-demo-clock.h"
#include "jp-platform.h"
#include "jp-worker.h"

G_BEGIN_DECLS

/* The public part of the platform, below /v1/public: trainees, terminals, reviewers, examiners, the
 * bank, and whoever looks for a school. Made before the platform opens; its requests run on the
 * platform's thread. */

typedef struct _JpPublic JpPublic;

JpPublic *jp_public_new (JpPlatform *platform);
void      jp_public_free (JpPublic *self);
void      jp_public_set_demo_clock (JpPublic *self, JpDemoClock *clock);
void      jp_public_add_routes (JpPublic *self, JpHttpRouter *router, JpWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPublic, jp_public_free)

G_END_DECLS
