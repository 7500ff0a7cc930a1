/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-user-repo.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-desk-private.h"
#include "jp-pin.h"
#include "jp-text.h"

#include <string.h>

#define CODE_CHARS 12 /* of 31: more than 59 bits */
#define CODE_GROUP 4
#define CODE_DAYS  7

static const char code_alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

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
 * jp_user_repo_parse_role:
 * @text: a role's name, or its label
 * @out_role: (out): the role
 *
 * Returns: whether it is one
 */
gboolean
jp_user_repo_parse_role (const char *text, JpRole *out_role)
{
  const JpCode *code = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  code = jp_code_lookup (jp_role_codes, text);
  if (code == NULL)
    code = jp_code_lookup_label (jp_role_codes, text);
  if (code != NULL)
    *out_role = (JpRole)code->value;
  return code != NULL;
}

#define USER_COLUMNS                                                                               \
  "SELECT p.id, p.name, p.role, ifnull (p.disabled, 0), u.pin, ifnull (u.failures, 0),"            \
  " ifnull (u.blocked_until, 0) FROM person AS p LEFT JOIN user AS u ON u.person = p.id"           \
  " WHERE p.deleted = 0 AND p.parked = 0"

static JpUser *
read_user (JpStatement *row)
{
  JpUser       *user = g_new0 (JpUser, 1);
  const JpCode *role = jp_code_lookup (jp_role_codes, jp_statement_get_text (row, 2));

  jp_statement_get_id (row, 0, &user->id);
  user->name = g_strdup (jp_statement_get_text (row, 1));
  /* A role of a newer version has no rights here. */
  user->role = role != NULL ? (JpRole)role->value : JP_ROLE_OFFICE;
  user->disabled = jp_statement_get_integer (row, 3) != 0;
  user->has_pin = !jp_statement_is_null (row, 4);
  return user;
}

/**
 * jp_user_repo_list:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpUser): everybody who works at the school, by name; or
 *   %NULL with an error
 */
GPtrArray *
jp_user_repo_list (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, USER_COLUMNS " ORDER BY p.name, p.rid", error);
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

/* What stands between somebody and a name. */
typedef struct
{
  char  *hash; /* (owned) (nullable): of the PIN at this PC */
  gint64 failures;
  gint64 blocked_until_us;
} Guard;

static void
guard_clear (Guard *guard)
{
  g_clear_pointer (&guard->hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guard, guard_clear)

/* Wrong PINs are counted whatever becomes of the action that asked for one. */
static gboolean
note_try (JpVault *vault, const JpId *id, gint64 failures, GError **error)
{
  g_autoptr (JpStatement) note =
    jp_db_prepare (vault->db,
                   "UPDATE user SET failures = :failures, blocked_until = :until"
                   " WHERE person = :id",
                   error);
  gboolean is_blocked = failures >= JP_USER_MAX_FAILURES;

  if (note == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (note, ":id", id);
  jp_statement_bind_integer (note, ":failures", is_blocked ? 0 : failures);
  jp_statement_bind_integer (note, ":until",
                             is_blocked ? jp_vault_now_us (vault) + JP_USER_BLOCK_US : 0);
  return run (vault, note, error);
}

/* Who has this name; two PCs may have taken somebody in before they knew of each other: whoever has
 * a PIN here is meant. */
static JpUser *
find_user (JpVault *vault, const char *name, Guard *out_guard, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   USER_COLUMNS " AND p.name = :name ORDER BY u.pin IS NULL, p.rid LIMIT 1", error);
  g_autoptr (JpUser) user = NULL;
  gboolean row = FALSE;

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
  out_guard->hash = g_strdup (jp_statement_get_text (read, 4));
  out_guard->failures = jp_statement_get_integer (read, 5);
  out_guard->blocked_until_us = jp_statement_get_integer (read, 6);
  return g_steal_pointer (&user);
}

/**
 * jp_user_repo_check:
 * @vault: a writing vault without an open transaction
 * @name: who somebody says to be
 * @pin: the PIN that was typed
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): the user; or %NULL with %JP_DESK_USER_UNKNOWN, %JP_DESK_PIN_MISSING if
 *   the person has no PIN at this PC, %JP_DESK_PIN_WRONG or, after %JP_USER_MAX_FAILURES wrong
 * ones, %JP_DESK_PIN_BLOCKED
 */
JpUser *
jp_user_repo_check (JpVault *vault, const char *name, const char *pin, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (pin != NULL, NULL);

  g_auto (Guard) guard = { 0 };
  g_autoptr (JpUser) user = find_user (vault, name, &guard, error);

  if (user == NULL)
    return NULL;
  if (guard.hash == NULL)
    {
      jp_desk_refuse (JP_DESK_PIN_MISSING, "user", error);
      return NULL;
    }
  if (guard.blocked_until_us > jp_vault_now_us (vault))
    {
      jp_desk_refuse (JP_DESK_PIN_BLOCKED, "user", error);
      return NULL;
    }
  if (!jp_pin_verify (guard.hash, pin))
    {
      if (note_try (vault, &user->id, guard.failures + 1, error))
        jp_desk_refuse (JP_DESK_PIN_WRONG, "user", error);
      return NULL;
    }
  if (guard.failures > 0 && !note_try (vault, &user->id, 0, error))
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
    return spec->role == JP_ROLE_PRINCIPAL || jp_desk_refuse (JP_DESK_USER_FIRST, "user", error);
  if (spec->by == NULL || spec->by_pin == NULL)
    return jp_desk_refuse (JP_DESK_USER_ROLE, "user", error);

  by = jp_user_repo_check (vault, spec->by, spec->by_pin, error);
  return by != NULL &&
         (by->role == JP_ROLE_PRINCIPAL || jp_desk_refuse (JP_DESK_USER_ROLE, "user", error));
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

/* --- writing: what all PCs know goes as an operation, the PIN stays --- */

static gboolean
put_pin (JpVault *vault, const JpId *person, const char *hash, GError **error)
{
  g_autoptr (JpStatement) put =
    jp_db_prepare (vault->db,
                   "INSERT INTO user (person, pin, created_at) VALUES (:person, :pin, :at)"
                   " ON CONFLICT (person) DO UPDATE SET pin = excluded.pin, failures = 0,"
                   " blocked_until = 0",
                   error);

  if (put == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (put, ":person", person);
  jp_statement_bind_text (put, ":pin", hash);
  jp_statement_bind_integer (put, ":at", jp_vault_now_us (vault));
  return jp_statement_run (put, error) || jp_vault_translate (error);
}

/* One action: the record for all PCs, the PIN for this one, the audit for both. */
typedef struct
{
  const char *kind;   /* of the operation, and of the audit */
  const char *actor;  /* who does it */
  JpRecord   *before; /* (nullable) (borrowed) */
  JpDraft    *after;  /* (nullable) (owned): what all PCs get to know; %NULL: nothing */
  const char *pin;    /* (nullable): hash of a PIN for this PC */
  JpId        person;
} Action;

static gboolean
act (JpVault *vault, Action *action, GError **error)
{
  g_autoptr (JpDraft) after = g_steal_pointer (&action->after);
  g_autoptr (JpChange) change = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  if (after != NULL)
    {
      change = jp_desk_new_change (vault, action->kind, action->actor);
      jp_desk_add (change, action->before, g_steal_pointer (&after));
      if (!jp_commit_change_inside (vault, change, NULL, error))
        return FALSE;
    }
  else if (!jp_commit_audit (vault, action->actor, action->kind, JP_KIND_PERSON, &action->person,
                             "", error))
    return FALSE;
  if (action->pin != NULL && !put_pin (vault, &action->person, action->pin, error))
    return FALSE;
  return jp_transaction_commit (&transaction, error) || jp_vault_translate (error);
}

/**
 * jp_user_repo_add:
 * @vault: a writing vault without an open transaction
 * @spec: the user
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Adds somebody who works at the school, with a PIN at this PC; the other PCs know the person with
 * the next sync. The first one must be the principal.
 *
 * Returns: %TRUE, or %FALSE with %JP_DESK_USER_FIRST, %JP_DESK_USER_ROLE, %JP_DESK_USER_EXISTS,
 *   %JP_DESK_PIN_WEAK, or an error of jp_user_repo_check() about the principal
 */
gboolean
jp_user_repo_add (JpVault *vault, const JpUserSpec *spec, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL && spec->pin != NULL, FALSE);

  JpId             id = jp_id_source_next (vault->ids);
  g_autofree char *name = g_strstrip (g_strdup (spec->name));
  g_autofree char *hash = NULL;
  g_autoptr (GPtrArray) users = NULL;
  Action action = { "user-add", spec->by != NULL ? spec->by : name, .person = id };

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

  action.pin = hash;
  action.after = jp_draft_new (JP_KIND_PERSON, &id);
  jp_draft_set_text (action.after, JP_PERSON_NAME, name);
  jp_draft_set_code (action.after, JP_PERSON_ROLE, (int)spec->role);
  return act (vault, &action, error);
}

static JpRecord *
get_person (JpVault *vault, const JpId *id, GError **error)
{
  return jp_desk_get_live (vault, JP_KIND_PERSON, id, error);
}

/* --- a code for another PC --- */

static char *
make_code (JpVault *vault)
{
  GString *code = g_string_new (NULL);

  for (int i = 0; i < CODE_CHARS; i++)
    {
      if (i > 0 && i % CODE_GROUP == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code,
                         code_alphabet[jp_id_source_below (vault->ids, sizeof code_alphabet - 1)]);
    }
  return g_string_free (code, FALSE);
}

/* As it was shown, however it was typed. */
static char *
normalize_code (const char *typed)
{
  GString *code = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (code, g_ascii_toupper (*p));
  return g_string_free (code, FALSE);
}

/**
 * jp_user_repo_make_code:
 * @vault: a writing vault without an open transaction
 * @spec: the person; by the person, or by a principal
 * @out_code: (out) (transfer full): what the person types at the other PC
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Makes a code with which the person chooses a PIN at another PC, once, within a week. Only its
 * hash leaves this PC.
 *
 * Returns: whether there is one
 */
gboolean
jp_user_repo_make_code (JpVault *vault, const JpUserSpec *spec, char **out_code, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL, FALSE);
  g_return_val_if_fail (spec->by != NULL && spec->by_pin != NULL, FALSE);
  g_return_val_if_fail (out_code != NULL, FALSE);

  g_auto (Guard) guard = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (JpUser) by = jp_user_repo_check (vault, spec->by, spec->by_pin, error);
  g_autoptr (JpUser) user = by != NULL ? find_user (vault, spec->name, &guard, error) : NULL;
  g_autoptr (JpRecord) before = user != NULL ? get_person (vault, &user->id, error) : NULL;
  Action action = { "user-code", spec->by, .before = before };

  if (before == NULL)
    return FALSE;
  if (!jp_id_equal (&by->id, &user->id) && by->role != JP_ROLE_PRINCIPAL)
    return jp_desk_refuse (JP_DESK_USER_ROLE, "user", error);
  code = make_code (vault);
  plain = normalize_code (code);
  hash = hash_pin (plain, error);
  if (hash == NULL)
    return FALSE;

  action.person = user->id;
  action.after = jp_draft_new_from (before);
  jp_draft_set_text (action.after, JP_PERSON_HANDOVER, hash);
  jp_draft_set_integer (action.after, JP_PERSON_HANDOVER_UNTIL,
                        jp_vault_now_us (vault) + CODE_DAYS * JP_DAY_US);
  if (!act (vault, &action, error))
    return FALSE;
  *out_code = g_steal_pointer (&code);
  return TRUE;
}

static gboolean
is_code (JpVault *vault, JpRecord *person, const char *typed)
{
  const char      *hash = jp_record_get_text (person, JP_PERSON_HANDOVER);
  g_autofree char *plain = normalize_code (typed);

  return hash != NULL &&
         jp_record_get_integer (person, JP_PERSON_HANDOVER_UNTIL) > jp_vault_now_us (vault) &&
         jp_pin_verify (hash, plain);
}

/* Who was given a code comes in with it, where they have no PIN yet. */
static gboolean
use_code (JpVault *vault, const JpUserSpec *spec, JpUser *user, const char *hash, GError **error)
{
  g_autoptr (JpRecord) before = get_person (vault, &user->id, error);
  Action action = { "user-pin", user->name, .before = before, .pin = hash, .person = user->id };

  if (before == NULL)
    return FALSE;
  if (!is_code (vault, before, spec->by_pin))
    return jp_desk_refuse (JP_DESK_CODE_WRONG, "user", error);
  action.after = jp_draft_new_from (before);
  jp_draft_clear (action.after, JP_PERSON_HANDOVER);
  jp_draft_clear (action.after, JP_PERSON_HANDOVER_UNTIL);
  return act (vault, &action, error);
}

/**
 * jp_user_repo_set_pin:
 * @vault: a writing vault without an open transaction
 * @spec: name and new PIN; by the user with the old PIN, or with a code of another PC if there is
 *   none here yet; or by a principal
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

  g_auto (Guard) guard = { 0 };
  g_autofree char *hash = NULL;
  g_autoptr (JpUser) by = NULL;
  g_autoptr (JpUser) user = find_user (vault, spec->name, &guard, error);
  Action action = { "user-pin", spec->by };

  if (user == NULL)
    return FALSE;
  if (guard.hash == NULL && strcmp (spec->by, spec->name) == 0)
    {
      hash = hash_pin (spec->pin, error);
      return hash != NULL && use_code (vault, spec, user, hash, error);
    }
  by = jp_user_repo_check (vault, spec->by, spec->by_pin, error);
  if (by == NULL)
    return FALSE;
  if (!jp_id_equal (&by->id, &user->id) && by->role != JP_ROLE_PRINCIPAL)
    return jp_desk_refuse (JP_DESK_USER_ROLE, "user", error);
  hash = hash_pin (spec->pin, error);
  if (hash == NULL)
    return FALSE;
  action.person = user->id;
  action.pin = hash;
  return act (vault, &action, error);
}

/**
 * jp_user_repo_disable:
 * @vault: a writing vault without an open transaction
 * @spec: the name of somebody who left, and the principal
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Takes the user's rights away, at all PCs with the next sync; what the person did stays.
 *
 * Returns: whether it is done; nobody takes away the own rights (%JP_DESK_SAME_PERSON)
 */
gboolean
jp_user_repo_disable (JpVault *vault, const JpUserSpec *spec, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL, FALSE);

  g_auto (Guard) guard = { 0 };
  g_autoptr (JpUser) user = NULL;
  g_autoptr (JpRecord) before = NULL;
  Action action = { "user-disable", spec->by };

  if (!check_principal (vault, spec, FALSE, error))
    return FALSE;
  if (strcmp (spec->by, spec->name) == 0)
    return jp_desk_refuse (JP_DESK_SAME_PERSON, "user", error);
  user = find_user (vault, spec->name, &guard, error);
  before = user != NULL ? get_person (vault, &user->id, error) : NULL;
  if (before == NULL)
    return FALSE;
  action.person = user->id;
  action.before = before;
  action.after = jp_draft_new_from (before);
  jp_draft_set_integer (action.after, JP_PERSON_DISABLED, TRUE);
  return act (vault, &action, error);
}
