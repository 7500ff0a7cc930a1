/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

char *jp_csv_text_decode (GBytes *bytes, const char **out_encoding, GError **error);

G_END_DECLS
