/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-history.h"

G_BEGIN_DECLS

JpSimCut *jp_sim_shrink (JpSimHistory *history, const JpSimCut *whole, JpSimChecker checker);

G_END_DECLS
