/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-query.h"

G_BEGIN_DECLS

/* Ctrl+E: the list as it is asked for, as a workbook or a text file; sensitive values masked. */

void jp_records_export (JpOffice *office, const JpQuery *query);
void jp_records_export_to (JpOffice      *office,
                           const JpQuery *query,
                           GFile         *file,
                           JpOfficeDone   done,
                           gpointer       user_data);

G_END_DECLS
