/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* The beginning of a school: its own record, before it knows the platform. */

/**
 * JpSetupSchool:
 * @name: its name
 * @short_name: (nullable): %NULL to shorten @name
 * @district: six digits
 * @address: where it is
 * @phone: how to call it
 * @licence_types: what it teaches, with commas between
 *
 * As little as a school can begin with.
 */
typedef struct
{
  const char *name;
  const char *short_name;
  const char *district;
  const char *address;
  const char *phone;
  const char *licence_types;
} JpSetupSchool;

char    *jp_setup_dup_short_name (const char *name);
JpDraft *jp_setup_new_draft (const JpId *id, const JpSetupSchool *school);
gboolean jp_setup_school (JpVault *vault, JpDraft *school, const char *actor, GError **error);

G_END_DECLS
