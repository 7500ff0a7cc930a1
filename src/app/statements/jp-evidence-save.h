/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-disputed-lines.h"
#include "jp-office.h"

G_BEGIN_DECLS

void
jp_evidence_save (JpOffice *office, GtkWindow *parent, JpDisputedLines *lines, gboolean reveal);
void jp_evidence_save_to (JpOffice        *office,
                          JpDisputedLines *lines,
                          gboolean         reveal,
                          GFile           *file,
                          JpOfficeDone     done,
                          gpointer         user_data);

G_END_DECLS
