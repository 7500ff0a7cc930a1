/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-row.h"
#include "jp-tint.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The pieces of which every pane is made, so that panes look alike. All return floating widgets. */

GtkWidget *jp_detail_parts_new_column (void);
void       jp_detail_parts_clear (GtkWidget *column);
void       jp_detail_parts_add (GtkWidget *column, GtkWidget *part);
GtkWidget *jp_detail_parts_new_head (const char *title, const char *subtitle, gboolean person);
GtkWidget *jp_detail_parts_new_pills (JpRow *row);
GtkWidget *jp_detail_parts_new_heading (const char *heading, const char *note);
GtkWidget *jp_detail_parts_new_facts (void);
void       jp_detail_parts_add_fact (GtkWidget *facts, const char *label, const char *value);
void       jp_detail_parts_add_fields (GtkWidget       *facts,
                                       JpRow           *row,
                                       const JpFieldId *fields,
                                       guint            n_fields,
                                       gboolean         reveal);
GtkWidget *jp_detail_parts_new_event (const char *when, const char *what);
GtkWidget *jp_detail_parts_new_note (const char *text);

G_END_DECLS
