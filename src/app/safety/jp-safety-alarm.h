/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-keeper.h"
#include "jp-office.h"

G_BEGIN_DECLS

void jp_safety_alarm_attach (JpOffice *office, JpKeeper *keeper);

G_END_DECLS
