/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-user-repo.h"

#include "jp-commit.h"
#include "jp-desk-private.h"
#include "jp-pin.h"
#include "jp-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *label;
} roles[JP_USER_N_ROLES] = {
  { "desk", NC_ ("role", "Front desk") },
  { "office", NC_ ("role", "Training office") },
  { "finance", NC_ ("role", "Finance") },
  { "principal", NC_ ("role", "Principal") },
};

/**
 * jp_user_repo_free:
 * @user: (nullable) (transfer full): a user
 *
 * Frees it.
 */
void
jp_user_repo_free (JpUser *user)
{
  if (user == NULL)
    return;

  g_free (user->name);
  g_free (user);
}

/**
 * jp_user_repo_get_role_name:
 * @role: a role
 *
 * Returns: its name on the command line and in the table
 */
const char *
jp_user_repo_get_role_name (JpUserRole role)
{
  g_return_val_if_fail ((guint)role < JP_USER_N_ROLES, NULL);

  return roles[role].name;
}

/**
 * jp_user_repo_get_role_label:
 * @role: a role
 *
 * Returns: its name for people, translated
 */
const char *
jp_user_repo_get_role_label (JpUserRole role)
{
  g_return_val_if_fail ((guint)role < JP_USER_N_ROLES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "role", roles[role].label);
}

/**
 * jp_user_repo_parse_role:
 * @text: a role's name, or its label
 * @out_role: (out): the role
 *
 * Returns: whether it is one
 */
gboolean
jp_user_repo_parse_role (const char *text, JpUserRole *out_role)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < JP_USER_N_ROLES; i++)
    if (strcmp (roles[i].name, text) == 0 ||
        strcmp (jp_user_repo_get_role_label ((JpUserRole)i), text) == 0)
      {
        *out_role = (JpUserRole)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * jp_user_repo_may_ask:
 * @role: a role
 *
 * Returns: whether the role may ask for a withdrawal
 */
gboolean
jp_user_repo_may_ask (JpUserRole role)
{
  return role != JP_USER_ROLE_OFFICE;
}

/**
 * jp_user_repo_may_approve:
 * @role: a role
 *
 * Returns: whether the role may approve a withdrawal that somebody else asked for
 */
gboolean
jp_user_repo_may_approve (JpUserRole role)
{
  return role == JP_USER_ROLE_FINANCE || role == JP_USER_ROLE_PRINCIPAL;
}

static JpUser *
read_user (JpStatement *row)
{
  JpUser *user = g_new0 (JpUser, 1);

  user->id = jp_statement_get_integer (row, 0);
  user->name = g_strdup (jp_statement_get_text (row, 1));
  jp_user_repo_parse_role (jp_statement_get_text (row, 2), &user->role);
  user->disabled = jp_statement_get_integer (row, 3) != 0;
  return user;
}

/**
 * jp_user_repo_list:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpUser): everybody, by name; or %NULL with an error
 */
GPtrArray *
jp_user_repo_list (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, "SELECT id, name, role, disabled FROM user ORDER BY name", error);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_user_repo_free);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      if (!row)
        return g_steal_pointer (&users);
      g_ptr_array_add (users, read_user (read));
    }
  jp_vault_translate (error);
  return NULL;
}

static gboolean
run (JpVault *vault, JpStatement *statement, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) || !jp_statement_run (statement, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/* Wrong PINs are counted whatever becomes of the action that asked for one. */
static gboolean
note_try (JpVault *vault, gint64 id, gint64 failures, GError **error)
{
  g_autoptr (JpStatement) note =
    jp_db_prepare (vault->db,
                   "UPDATE user SET failures = :failures, blocked_until = :until WHERE id = :id",
                   error);
  gboolean is_blocked = failures >= JP_USER_MAX_FAILURES;

  if (note == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (note, ":id", id);
  jp_statement_bind_integer (note, ":failures", is_blocked ? 0 : failures);
  jp_statement_bind_integer (note, ":until",
                             is_blocked ? jp_vault_now_us (vault) + JP_USER_BLOCK_US : 0);
  return run (vault, note, error);
}

/**
 * jp_user_repo_check:
 * @vault: a writing vault without an open transaction
 * @name: who somebody says to be
 * @pin: the PIN that was typed
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): the user; or %NULL with %JP_DESK_USER_UNKNOWN, %JP_DESK_PIN_WRONG or,
 *   after %JP_USER_MAX_FAILURES wrong ones, %JP_DESK_PIN_BLOCKED
 */
JpUser *
jp_user_repo_check (JpVault *vault, const char *name, const char *pin, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (pin != NULL, NULL);

  g_autoptr (JpStatement) read = jp_db_prepare (vault->db,
                                                "SELECT id, name, role, disabled, pin, failures, "
                                                "blocked_until FROM user WHERE name = :name",
                                                error);
  g_autoptr (JpUser) user = NULL;
  g_autofree char *hash = NULL;
  gint64           failures = 0;
  gint64           blocked_until = 0;
  gboolean         row = FALSE;

  if (read == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  jp_statement_bind_text (read, ":name", name);
  if (!jp_statement_step (read, &row, error))
    {
      jp_vault_translate (error);
      return NULL;
    }
  user = row ? read_user (read) : NULL;
  if (user == NULL || user->disabled)
    {
      jp_desk_refuse (JP_DESK_USER_UNKNOWN, "user", error);
      return NULL;
    }
  hash = g_strdup (jp_statement_get_text (read, 4));
  failures = jp_statement_get_integer (read, 5);
  blocked_until = jp_statement_get_integer (read, 6);
  g_clear_pointer (&read, jp_statement_release);

  if (blocked_until > jp_vault_now_us (vault))
    {
      jp_desk_refuse (JP_DESK_PIN_BLOCKED, "user", error);
      return NULL;
    }
  if (!jp_pin_verify (hash, pin))
    {
      if (note_try (vault, user->id, failures + 1, error))
        jp_desk_refuse (JP_DESK_PIN_WRONG, "user", error);
      return NULL;
    }
  if (failures > 0 && !note_try (vault, user->id, 0, error))
    return NULL;
  return g_steal_pointer (&user);
}

/* Only a principal changes who works here; the first user is one. */
static gboolean
check_principal (JpVault *vault, const JpUserSpec *spec, gboolean is_first_fine, GError **error)
{
  g_autoptr (GPtrArray) users = jp_user_repo_list (vault, error);
  g_autoptr (JpUser) by = NULL;

  if (users == NULL)
    return FALSE;
  if (users->len == 0 && is_first_fine)
    return spec->role == JP_USER_ROLE_PRINCIPAL ||
           jp_desk_refuse (JP_DESK_USER_FIRST, "user", error);
  if (spec->by == NULL || spec->by_pin == NULL)
    return jp_desk_refuse (JP_DESK_USER_ROLE, "user", error);

  by = jp_user_repo_check (vault, spec->by, spec->by_pin, error);
  return by != NULL &&
         (by->role == JP_USER_ROLE_PRINCIPAL || jp_desk_refuse (JP_DESK_USER_ROLE, "user", error));
}

static char *
hash_pin (const char *pin, GError **error)
{
  char *hash = NULL;

  if (!jp_pin_is_acceptable (pin))
    {
      jp_desk_refuse (JP_DESK_PIN_WEAK, "user", error);
      return NULL;
    }
  hash = jp_pin_hash (pin);
  if (hash == NULL)
    g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_BUSY,
                         "could not allocate memory for a PIN");
  return hash;
}

static gboolean
run_audited (JpVault     *vault,
             JpStatement *statement,
             const char  *action,
             const char  *actor,
             const char  *name,
             GError     **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) || !jp_statement_run (statement, error))
    return jp_vault_translate (error);
  if (!jp_commit_audit (vault, actor, action, JP_KIND_NONE, NULL, name, error))
    return FALSE;
  return jp_transaction_commit (&transaction, error) || jp_vault_translate (error);
}

/**
 * jp_user_repo_add:
 * @vault: a writing vault without an open transaction
 * @spec: the user
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Adds somebody who works at this PC; the audit notes it. The first one must be the principal.
 *
 * Returns: %TRUE, or %FALSE with %JP_DESK_USER_FIRST, %JP_DESK_USER_ROLE, %JP_DESK_USER_EXISTS,
 *   %JP_DESK_PIN_WEAK, or an error of jp_user_repo_check() about the principal
 */
gboolean
jp_user_repo_add (JpVault *vault, const JpUserSpec *spec, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL && spec->pin != NULL, FALSE);

  g_autofree char *name = g_strstrip (g_strdup (spec->name));
  g_autofree char *hash = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (JpStatement) add = NULL;

  if (*name == '\0' || jp_text_length (name) > JP_USER_MAX_NAME)
    return jp_desk_refuse (JP_DESK_USER_UNKNOWN, "user", error);
  if (!check_principal (vault, spec, TRUE, error))
    return FALSE;
  users = jp_user_repo_list (vault, error);
  for (guint i = 0; users != NULL && i < users->len; i++)
    if (strcmp (((JpUser *)users->pdata[i])->name, name) == 0)
      return jp_desk_refuse (JP_DESK_USER_EXISTS, "user", error);
  hash = users != NULL ? hash_pin (spec->pin, error) : NULL;
  if (hash == NULL)
    return FALSE;

  add = jp_db_prepare (vault->db,
                       "INSERT INTO user (name, role, pin, created_at) VALUES (:name, :role, :pin, "
                       ":at)",
                       error);
  if (add == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (add, ":name", name);
  jp_statement_bind_text (add, ":role", roles[spec->role].name);
  jp_statement_bind_text (add, ":pin", hash);
  jp_statement_bind_integer (add, ":at", jp_vault_now_us (vault));
  return run_audited (vault, add, "user-add", spec->by != NULL ? spec->by : name, name, error);
}

/**
 * jp_user_repo_set_pin:
 * @vault: a writing vault without an open transaction
 * @spec: name and new PIN; by the user with the old PIN, or by a principal
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: whether the PIN is another one
 */
gboolean
jp_user_repo_set_pin (JpVault *vault, const JpUserSpec *spec, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL && spec->pin != NULL, FALSE);
  g_return_val_if_fail (spec->by != NULL && spec->by_pin != NULL, FALSE);

  g_autofree char *hash = NULL;
  g_autoptr (JpStatement) set = NULL;
  g_autoptr (JpUser) by = jp_user_repo_check (vault, spec->by, spec->by_pin, error);

  if (by == NULL)
    return FALSE;
  if (strcmp (by->name, spec->name) != 0 && by->role != JP_USER_ROLE_PRINCIPAL)
    return jp_desk_refuse (JP_DESK_USER_ROLE, "user", error);
  hash = hash_pin (spec->pin, error);
  if (hash == NULL)
    return FALSE;

  set = jp_db_prepare (vault->db,
                       "UPDATE user SET pin = :pin, failures = 0, blocked_until = 0"
                       " WHERE name = :name",
                       error);
  if (set == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (set, ":name", spec->name);
  jp_statement_bind_text (set, ":pin", hash);
  return run_audited (vault, set, "user-pin", spec->by, spec->name, error);
}

/**
 * jp_user_repo_disable:
 * @vault: a writing vault without an open transaction
 * @spec: the name of somebody who left, and the principal
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Takes the user's rights away; what the person did stays.
 *
 * Returns: whether it is done; nobody takes away the own rights (%JP_DESK_SAME_PERSON)
 */
gboolean
jp_user_repo_disable (JpVault *vault, const JpUserSpec *spec, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL, FALSE);

  g_autoptr (JpStatement) set = NULL;

  if (!check_principal (vault, spec, FALSE, error))
    return FALSE;
  if (strcmp (spec->by, spec->name) == 0)
    return jp_desk_refuse (JP_DESK_SAME_PERSON, "user", error);
  set = jp_db_prepare (vault->db, "UPDATE user SET disabled = 1 WHERE name = :name", error);
  if (set == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (set, ":name", spec->name);
  return run_audited (vault, set, "user-disable", spec->by, spec->name, error);
}
