/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

gboolean jp_xlsx_verify_file (const char *path, guint64 n_cells, GError **error);

G_END_DECLS
