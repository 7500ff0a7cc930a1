/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Who works at the school: a record (kind `person`) that all PCs know, with a role. What stays at
 * the PC is the PIN, kept as Argon2id only: at another PC the person chooses one with a code that
 * is made where they have one, once. */

#define JP_USER_MAX_FAILURES 5
#define JP_USER_BLOCK_US     (5 * JP_MINUTE_US)
#define JP_USER_MAX_NAME     64

/**
 * JpUser:
 * @id: the person
 * @name: (owned): of the person
 * @role: what the person does
 * @disabled: does not work here any more
 * @has_pin: has a PIN at this PC
 */
typedef struct
{
  JpId     id;
  char    *name;
  JpRole   role;
  gboolean disabled;
  gboolean has_pin;
} JpUser;

/**
 * JpUserSpec:
 * @name: of the person, the user's name from then on
 * @role: what the person does
 * @pin: the person's PIN
 * @by: (nullable): the principal who adds the person; %NULL for the first user
 * @by_pin: (nullable): the principal's PIN
 *
 * A user to be added.
 */
typedef struct
{
  const char *name;
  JpRole      role;
  const char *pin;
  const char *by;
  const char *by_pin;
} JpUserSpec;

void     jp_user_repo_free (JpUser *user);
gboolean jp_user_repo_parse_role (const char *text, JpRole *out_role);

GPtrArray *jp_user_repo_list (JpVault *vault, GError **error);
JpUser    *jp_user_repo_check (JpVault *vault, const char *name, const char *pin, GError **error);
gboolean   jp_user_repo_add (JpVault *vault, const JpUserSpec *spec, GError **error);
gboolean
jp_user_repo_make_code (JpVault *vault, const JpUserSpec *spec, char **out_code, GError **error);
gboolean jp_user_repo_set_pin (JpVault *vault, const JpUserSpec *spec, GError **error);
gboolean jp_user_repo_disable (JpVault *vault, const JpUserSpec *spec, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpUser, jp_user_repo_free)

G_END_DECLS
