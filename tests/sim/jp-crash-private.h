/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-crash.h"

G_BEGIN_DECLS

extern const JpCrashAction jp_crash_desk_actions[];
extern const guint         jp_crash_n_desk_actions;
extern const JpCrashAction jp_crash_upkeep_actions[];
extern const guint         jp_crash_n_upkeep_actions;

G_END_DECLS
