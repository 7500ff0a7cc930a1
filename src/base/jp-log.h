/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The log of the programs: no ID or phone number reaches it. */

void jp_log_install (void);
GLogWriterOutput
jp_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data);
void jp_log_set_level (GLogLevelFlags least_important);

G_END_DECLS
