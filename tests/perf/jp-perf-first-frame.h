/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void jp_perf_first_frame_print (const char *started_us);

G_END_DECLS
