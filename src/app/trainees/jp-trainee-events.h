/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-trainee-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *jp_trainee_events_new (const JpTraineeFacts *facts);

G_END_DECLS
