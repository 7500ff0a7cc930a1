/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-token.h"

#include <errno.h>
#include <glib/gstdio.h>

#define TOKEN_BYTES 32
#define FOLDER_MODE 0700
#define FILE_MODE   0600

static const struct
{
  JpPublicRole role;
  const char  *name;
} roles[] = {
  { JP_PUBLIC_TRAINEE, "trainee" },     { JP_PUBLIC_APPLICANT, "applicant" },
  { JP_PUBLIC_MESSENGER, "messenger" }, { JP_PUBLIC_TERMINAL, "terminal" },
  { JP_PUBLIC_REVIEWER, "reviewer" },   { JP_PUBLIC_EXAMINER, "examiner" },
  { JP_PUBLIC_BANK, "bank" },           { JP_PUBLIC_ADMINISTRATOR, "administrator" },
};

static const char *
name_of (JpPublicRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].name;
  return NULL;
}

static char *
hash_token (const char *token)
{
  g_autofree char *both = g_strconcat ("public\n", token, NULL);

  return jp_hash_sha256_text (both, strlen (both));
}

/* Takes as long however many characters are right. */
static gboolean
is_equal (const char *a, const char *b)
{
  gsize  length = strlen (a);
  guint8 difference = 0;

  if (length != strlen (b))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8)(a[i] ^ b[i]);
  return difference == 0;
}

/**
 * jp_public_token_make:
 * @store: a store with an open transaction
 * @owner: whose it is
 * @valid_us: how long it is good for; 0 is for ever
 * @out_token: (out) (transfer full): the token, which is not kept here
 * @error: return location for a [error@Jp.DbError]
 *
 * Makes a token. Others of the same owner stay good.
 *
 * Returns: whether it is made
 */
gboolean
jp_public_token_make (JpPlatformStore      *store,
                      const JpPublicCaller *owner,
                      gint64                valid_us,
                      char                **out_token,
                      GError              **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (owner != NULL, FALSE);
  g_return_val_if_fail (out_token != NULL, FALSE);

  guint8 bytes[TOKEN_BYTES];
  gint64 now_us = jp_clock_now_us (jp_platform_store_get_clock (store));
  g_autoptr (JpStatement) add =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO public_token (hash, role, school, subject, made_at, expires_at)"
                   " VALUES (:hash, :role, :school, :subject, :now, :expires)",
                   error);

  if (add == NULL)
    return FALSE;
  jp_id_source_fill (jp_platform_store_get_ids (store), bytes, sizeof bytes);

  g_autofree char *token = jp_hash_to_hex (bytes, sizeof bytes);
  g_autofree char *hash = hash_token (token);

  jp_statement_bind_text (add, ":hash", hash);
  jp_statement_bind_text (add, ":role", name_of (owner->role));
  jp_statement_bind_id (add, ":school", &owner->school);
  jp_statement_bind_id (add, ":subject", &owner->subject);
  jp_statement_bind_integer (add, ":now", now_us);
  if (valid_us > 0)
    jp_statement_bind_integer (add, ":expires", now_us + valid_us);
  if (!jp_statement_run (add, error))
    return FALSE;

  *out_token = g_steal_pointer (&token);
  return TRUE;
}

static gboolean
set_unknown (GError **error)
{
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH, "nobody has this token");
  return FALSE;
}

/**
 * jp_public_token_find:
 * @store: a store
 * @token: (nullable): what the caller shows
 * @out_caller: (out): whose it is
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_AUTH`
 */
gboolean
jp_public_token_find (JpPlatformStore *store,
                      const char      *token,
                      JpPublicCaller  *out_caller,
                      GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (out_caller != NULL, FALSE);

  g_autofree char *hash = hash_token (token != NULL ? token : "");
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT hash, role, school, subject FROM public_token WHERE hash = :hash"
                   " AND (expires_at IS NULL OR expires_at > :now)",
                   error);
  gboolean row = FALSE;

  if (find == NULL)
    return FALSE;
  jp_statement_bind_text (find, ":hash", hash);
  jp_statement_bind_integer (find, ":now", jp_clock_now_us (jp_platform_store_get_clock (store)));
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (!row || !is_equal (jp_statement_get_text (find, 0), hash))
    return set_unknown (error);

  *out_caller = (JpPublicCaller){ 0 };
  jp_statement_get_id (find, 2, &out_caller->school);
  jp_statement_get_id (find, 3, &out_caller->subject);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].name, jp_statement_get_text (find, 1)))
      out_caller->role = roles[i].role;
  return TRUE;
}

static char *
build_path (const char *folder, JpPublicRole role)
{
  return g_build_filename (folder, JP_PUBLIC_TOKEN_FOLDER, name_of (role), NULL);
}

/**
 * jp_public_token_read:
 * @folder: the platform's folder
 * @role: a role of those who work for the city
 * @error: return location for an error of reading a file
 *
 * Returns: (transfer full): the token in the role's file, or %NULL
 */
char *
jp_public_token_read (const char *folder, JpPublicRole role, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = build_path (folder, role);
  char            *token = NULL;

  if (!g_file_get_contents (path, &token, NULL, error))
    return NULL;
  return g_strstrip (token);
}

static gboolean
set_io_error (GError **error, const char *what, const char *why)
{
  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not write \"%s\": %s", what,
               why);
  return FALSE;
}

static gboolean
forget_role (JpPlatformStore *store, JpPublicRole role, GError **error)
{
  g_autoptr (JpStatement) forget =
    jp_db_prepare (jp_platform_store_get_db (store), "DELETE FROM public_token WHERE role = :role",
                   error);

  if (forget == NULL)
    return FALSE;
  jp_statement_bind_text (forget, ":role", name_of (role));
  return jp_statement_run (forget, error);
}

/* The file counts: whoever takes it away gets a new token, and the old one is good no more. */
static gboolean
ensure_operator (JpPlatformStore *store, const char *folder, JpPublicRole role, GError **error)
{
  const JpPublicCaller owner = { .role = role };
  JpPublicCaller       known;
  g_autofree char     *path = build_path (folder, role);
  g_autofree char     *present = jp_public_token_read (folder, role, NULL);
  g_autofree char     *token = NULL;
  g_autoptr (GError) file_error = NULL;

  if (present != NULL && jp_public_token_find (store, present, &known, NULL) && known.role == role)
    return TRUE;
  if (!forget_role (store, role, error) || !jp_public_token_make (store, &owner, 0, &token, error))
    return FALSE;
  if (!g_file_set_contents_full (path, token, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 FILE_MODE, &file_error))
    return set_io_error (error, path, file_error->message);
  return TRUE;
}

/**
 * jp_public_token_ensure_operators:
 * @store: a store without an open transaction
 * @folder: the platform's folder
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Makes a token for each role of those who work for the city, in files that nobody else may read.
 *
 * Returns: whether all are there
 */
gboolean
jp_public_token_ensure_operators (JpPlatformStore *store, const char *folder, GError **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *path = g_build_filename (folder, JP_PUBLIC_TOKEN_FOLDER, NULL);

  if (g_mkdir_with_parents (path, FOLDER_MODE) != 0)
    return set_io_error (error, path, g_strerror (errno));
  if (!jp_platform_store_begin (store, &transaction, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if ((roles[i].role & JP_PUBLIC_OPERATORS) &&
        !ensure_operator (store, folder, roles[i].role, error))
      return FALSE;
  return jp_platform_store_commit (store, &transaction, error);
}
