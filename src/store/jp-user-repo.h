/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* Who works at this PC, each with a role and a PIN. Users stay on the PC: they are no records. */

#define JP_USER_MAX_FAILURES 5
#define JP_USER_BLOCK_US     (5 * JP_MINUTE_US)
#define JP_USER_MAX_NAME     64

/**
 * JpUserRole:
 * @JP_USER_ROLE_DESK: front desk: enrols, asks for withdrawals
 * @JP_USER_ROLE_OFFICE: training office: no money
 * @JP_USER_ROLE_FINANCE: statements, refunds, approvals
 * @JP_USER_ROLE_PRINCIPAL: everything, users too
 */
typedef enum {
  JP_USER_ROLE_DESK,
  JP_USER_ROLE_OFFICE,
  JP_USER_ROLE_FINANCE,
  JP_USER_ROLE_PRINCIPAL,
} JpUserRole;

#define JP_USER_N_ROLES 4

/**
 * JpUser:
 * @id: its number
 * @name: (owned): of the person
 * @role: what the person does
 * @disabled: does not work here any more
 */
typedef struct
{
  gint64     id;
  char      *name;
  JpUserRole role;
  gboolean   disabled;
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
  JpUserRole  role;
  const char *pin;
  const char *by;
  const char *by_pin;
} JpUserSpec;

void        jp_user_repo_free (JpUser *user);
const char *jp_user_repo_get_role_name (JpUserRole role);
const char *jp_user_repo_get_role_label (JpUserRole role);
gboolean    jp_user_repo_parse_role (const char *text, JpUserRole *out_role);
gboolean    jp_user_repo_may_ask (JpUserRole role);
gboolean    jp_user_repo_may_approve (JpUserRole role);

GPtrArray *jp_user_repo_list (JpVault *vault, GError **error);
JpUser    *jp_user_repo_check (JpVault *vault, const char *name, const char *pin, GError **error);
gboolean   jp_user_repo_add (JpVault *vault, const JpUserSpec *spec, GError **error);
gboolean   jp_user_repo_set_pin (JpVault *vault, const JpUserSpec *spec, GError **error);
gboolean   jp_user_repo_disable (JpVault *vault, const JpUserSpec *spec, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpUser, jp_user_repo_free)

G_END_DECLS
