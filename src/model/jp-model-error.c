/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"

/**
 * jp_model_error_quark:
 *
 * Returns: the error domain of the model layer
 */
G_DEFINE_QUARK (jp_model_error_quark, jp_model_error)
