/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint jp_data_line_find (GBytes *bytes, const char *path);

G_END_DECLS
