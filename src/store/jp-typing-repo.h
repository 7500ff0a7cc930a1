/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* What was typed into a form and not saved: kept sealed, form by form, until it is saved or thrown
 * away, so that neither Esc nor a power cut loses it. Never sent anywhere. */

#define JP_TYPING_MAX_BYTES (64 * 1024)

gboolean jp_typing_repo_save (JpVault *vault, const char *place, GVariant *typed, GError **error);
gboolean
jp_typing_repo_load (JpVault *vault, const char *place, GVariant **out_typed, GError **error);
gboolean jp_typing_repo_clear (JpVault *vault, const char *place, GError **error);

G_END_DECLS
