/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-records-spec.h"

G_BEGIN_DECLS

/* Ctrl+I: a spreadsheet is compared with the list, shown, and only then taken in. */

void jp_records_import (JpOffice *office, JpKind kind);
void jp_records_import_from (JpOffice *office, JpKind kind, GFile *file);

G_END_DECLS
