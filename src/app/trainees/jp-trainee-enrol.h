/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

void jp_trainee_enrol (JpOffice *office);

G_END_DECLS
