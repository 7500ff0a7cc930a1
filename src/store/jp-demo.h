/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-monitor.h"
#include "jp-profile.h"

G_BEGIN_DECLS

/* A small school to practise with, offline: coaches, vehicles, terminals, class tiers, trainees and
 * contracts, each made through the same door as by a user. What only the platform can say (hours,
 * payments, statements) is not there: it comes when the demo platform does. */

#define JP_DEMO_SEED     G_GUINT64_CONSTANT (20250528)
#define JP_DEMO_PASSWORD "jiapei-demo"
#define JP_DEMO_POLICY   "heze-demo-assumption"
#define JP_DEMO_TRAINEES 60

JpProfile *jp_demo_create (const char      *folder,
                           guint64          seed,
                           JpClock         *clock,
                           const JpMonitor *monitor,
                           GError         **error);
gboolean   jp_demo_fill (JpVault         *vault,
                         guint64          seed,
                         const char      *actor,
                         const JpMonitor *monitor,
                         GError         **error);

G_END_DECLS
