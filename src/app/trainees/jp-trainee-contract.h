/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

void jp_trainee_contract_open (JpOffice *office, JpRecord *trainee);

G_END_DECLS
