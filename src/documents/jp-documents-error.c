/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-documents-error.h"

/**
 * jp_documents_error_quark:
 *
 * Returns: the error domain of the documents layer
 */
G_DEFINE_QUARK (jp_documents_error_quark, jp_documents_error)
