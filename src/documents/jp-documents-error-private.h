/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

void     jp_documents_error_propagate (GError **error, GError *reason);
gboolean jp_documents_error_translate (GError **error);
void     jp_documents_error_set_from_errno (GError **error, int code, const char *what);

G_END_DECLS
