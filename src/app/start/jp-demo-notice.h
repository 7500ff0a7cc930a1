/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-start.h"

G_BEGIN_DECLS

void jp_demo_notice_attach (JpOffice *office, JpStart *start);

G_END_DECLS
