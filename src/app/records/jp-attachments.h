/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is attached to a record, for its pane: added by a button, by dropping a file or with Ctrl+V;
 * opened, saved, deleted. */

#define JP_TYPE_ATTACHMENTS (jp_attachments_get_type ())

G_DECLARE_FINAL_TYPE (JpAttachments, jp_attachments, JP, ATTACHMENTS, GtkWidget)

GtkWidget *jp_attachments_new (JpOffice *office, JpRecord *home);

G_END_DECLS
