/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli.h"

#include "jp-journal.h"
#include "jp-json.h"
#include "jp-reserve.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define ENV_PASSWORD_FILE "JIAPEI_PASSWORD_FILE"
#define ENV_PROFILE       "JIAPEI_PROFILE"
#define ENV_ACTOR         "JIAPEI_ACTOR"
#define N_GLOBALS         8

/**
 * jp_cli_new:
 *
 * Returns: (transfer full): a run with nothing decided
 */
JpCli *
jp_cli_new (void)
{
  JpCli *self = g_new0 (JpCli, 1);

  self->clock = jp_system_clock_new ();
  self->ids = jp_id_source_new (self->clock);
  self->loop = g_main_loop_new (NULL, FALSE);
  return self;
}

/* What was done is done; that the stick was not there is told. */
static void
follow_journal (JpCli *self)
{
  g_autoptr (GError) error = NULL;

  if (jp_db_has_failed (self->vault->db) || jp_journal_follow (self->vault, &error))
    return;
  g_printerr ("jiapei: %s\n",
              _ ("The journal of operations could not be written: is the stick there, "
                 "and is there room on it? It catches up the next time."));
}

/**
 * jp_cli_close:
 * @self: a run
 *
 * Closes the data, so that another program may have them.
 */
void
jp_cli_close (JpCli *self)
{
  g_return_if_fail (self != NULL);

  if (self->vault != NULL && self->lock != NULL)
    follow_journal (self);
  g_clear_pointer (&self->vault, jp_vault_close);
  g_clear_pointer (&self->lock, jp_db_close);
}

/**
 * jp_cli_free:
 * @self: (nullable) (transfer full): a run
 */
void
jp_cli_free (JpCli *self)
{
  if (self == NULL)
    return;

  jp_cli_close (self);
  g_clear_pointer (&self->profile, jp_profile_free);
  g_object_unref (self->clock);
  g_object_unref (self->ids);
  g_main_loop_unref (self->loop);
  g_clear_error (&self->error);
  g_free (self->folder);
  g_free (self->password_path);
  g_free (self->actor);
  g_free (self);
}

/* --- the command line
 * ------------------------------------------------------------------------------ */

static void
fill_globals (JpCli *self, GOptionEntry entries[N_GLOBALS])
{
  const GOptionEntry globals[N_GLOBALS] = {
    { "profile", 'p', 0, G_OPTION_ARG_FILENAME, &self->folder,
      N_ ("Folder of the school (default: the one in the home folder)"), N_ ("FOLDER") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_path,
      N_ ("File whose first line is the password, - for standard input"), N_ ("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &self->actor,
      N_ ("Who works here (default: the user who is logged in)"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Answer in JSON"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("No progress, no remarks"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      N_ ("Errors also in the words of the developers"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Say which version this is"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  memcpy (entries, globals, sizeof globals);
}

static GOptionContext *
make_context (JpCli *self, const char *parameters, const char *summary)
{
  GOptionEntry    globals[N_GLOBALS];
  GOptionContext *context = g_option_context_new (parameters);

  fill_globals (self, globals);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, globals, GETTEXT_PACKAGE);
  return context;
}

static void
set_defaults (JpCli *self)
{
  const char *folder = g_getenv (ENV_PROFILE);
  const char *password_path = g_getenv (ENV_PASSWORD_FILE);
  const char *actor = g_getenv (ENV_ACTOR);

  if (self->folder == NULL)
    self->folder = folder != NULL ? g_strdup (folder) : jp_profile_dup_default_folder (NULL);
  if (self->password_path == NULL)
    self->password_path = g_strdup (password_path);
  if (self->actor == NULL)
    self->actor = g_strdup (actor != NULL ? actor : g_get_user_name ());
}

/**
 * jp_cli_parse_first:
 * @self: a run
 * @arguments: (inout): the command line; what is left begins with the program and the command
 * @commands: list of the commands, for the help
 * @error: return location for a #GOptionError
 *
 * Reads the options before the command.
 *
 * Returns: whether they are right
 */
gboolean
jp_cli_parse_first (JpCli *self, GStrv *arguments, const char *commands, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr (GOptionContext) context =
    make_context (self, _ ("COMMAND …"),
                  _ ("The work of a driving school's front desk, from a terminal."));

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_description (context, commands);
  return g_option_context_parse_strv (context, arguments, error);
}

/* The program's name is not among the arguments that a command sees. */
static void
drop_first (GStrv arguments)
{
  g_free (arguments[0]);
  for (guint i = 0; arguments[i] != NULL; i++)
    arguments[i] = arguments[i + 1];
}

/* An option that stands before the command and again after it: the later one counts. GOption would
 * lose the earlier one. */
static void
prefer_later (char **value, char *earlier)
{
  if (*value == NULL)
    *value = earlier;
  else
    g_free (earlier);
}

static gboolean
parse_again (JpCli *self, GOptionContext *context, GStrv *arguments, GError **error)
{
  char    *folder = g_steal_pointer (&self->folder);
  char    *password_path = g_steal_pointer (&self->password_path);
  char    *actor = g_steal_pointer (&self->actor);
  gboolean parsed = g_option_context_parse_strv (context, arguments, error);

  prefer_later (&self->folder, folder);
  prefer_later (&self->password_path, password_path);
  prefer_later (&self->actor, actor);
  return parsed;
}

/**
 * jp_cli_parse:
 * @self: a run
 * @help: how the command is called
 * @arguments: (inout): the command and what follows it; afterwards what is left of that without the
 *   command
 * @error: return location for a #GOptionError or %JP_CLI_USAGE
 *
 * Reads the options of a command; the common ones may stand here too.
 *
 * Returns: whether the command is called as it should be
 */
gboolean
jp_cli_parse (JpCli *self, const JpCliHelp *help, GStrv *arguments, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (help != NULL, FALSE);

  g_autoptr (GOptionContext) context = make_context (self, help->parameters, help->summary);
  g_autofree char *program = g_strconcat ("jiapei ", (*arguments)[0], NULL);
  guint            n_arguments = 0;

  if (help->entries != NULL)
    g_option_context_add_main_entries (context, help->entries, GETTEXT_PACKAGE);

  /* GOption takes the name of the program for its help from here. */
  g_set_prgname (program);
  if (!parse_again (self, context, arguments, error))
    return FALSE;
  g_set_prgname ("jiapei");

  drop_first (*arguments);
  n_arguments = g_strv_length (*arguments);
  set_defaults (self);
  if (n_arguments >= help->min && n_arguments <= help->max)
    return TRUE;

  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Usage: %s %s"), program, help->parameters);
  return FALSE;
}

/* --- opening
 * --------------------------------------------------------------------------------------- */

static char *
read_password_file (const char *path, GError **error)
{
  char *text = NULL;
  char  line[JP_SEAL_MAX_PASSWORD_BYTES + 2] = { 0 };

  if (strcmp (path, "-") == 0)
    {
      if (fgets (line, sizeof line, stdin) != NULL)
        text = g_strdup (line);
      memset (line, 0, sizeof line);
    }
  else
    g_file_get_contents (path, &text, NULL, NULL); /* the sentence below says it */

  if (text == NULL)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_KEY,
                   _ ("The file with the password cannot be read: %s"), path);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return text;
}

/**
 * jp_cli_read_secret:
 * @path: (nullable): a file with it, "-" for standard input; %NULL asks whoever sits here
 * @prompt: how to ask
 * @twice: ask twice, because it is a new one
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Gets a password or PIN; never from the command line, which others can see.
 *
 * Returns: (transfer full): a secret, to be freed with jp_seal_wipe_text(); or %NULL with
 * %JP_CLI_KEY
 */
JpCliSecret *
jp_cli_read_secret (const char *path, const char *prompt, gboolean twice, GError **error)
{
  g_return_val_if_fail (prompt != NULL, NULL);

  g_autoptr (JpCliSecret) secret = NULL;
  g_autoptr (JpCliSecret) again = NULL;

  if (path != NULL)
    return read_password_file (path, error);

  secret = jp_cli_terminal_ask_password (prompt, error);
  if (secret == NULL || !twice)
    return g_steal_pointer (&secret);

  again = jp_cli_terminal_ask_password (_ ("The same again: "), error);
  if (again != NULL && strcmp (secret, again) == 0)
    return g_steal_pointer (&secret);
  if (again != NULL)
    g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_KEY, _ ("The two are not the same."));
  return NULL;
}

/**
 * jp_cli_read_password:
 * @self: a run
 * @twice: ask twice, because it is a new one
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Gets the password from the file that was given, or from whoever sits here.
 *
 * Returns: (transfer full): a secret, to be freed with jp_seal_wipe_text(); or %NULL with
 * %JP_CLI_KEY
 */
char *
jp_cli_read_password (JpCli *self, gboolean twice, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return jp_cli_read_secret (self->password_path, twice ? _ ("New password: ") : _ ("Password: "),
                             twice, error);
}

/**
 * jp_cli_unlock:
 * @self: a run
 * @error: return location for a [error@Jp.StoreError] or [enum@Jp.CliExit]
 *
 * Unlocks the school: by the password that was given, else by the keyring, else by asking.
 *
 * Returns: whether it is unlocked
 */
gboolean
jp_cli_unlock (JpCli *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr (GError) local_error = NULL;
  char *password = NULL;

  if (self->profile != NULL)
    return TRUE;
  if (self->password_path == NULL)
    {
      self->profile = jp_profile_unlock (self->folder, NULL, &local_error);
      if (self->profile != NULL)
        return TRUE;
      if (!g_error_matches (local_error, JP_STORE_ERROR, JP_STORE_ERROR_KEY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  password = jp_cli_read_password (self, FALSE, error);
  if (password == NULL)
    return FALSE;
  self->profile = jp_profile_unlock (self->folder, password, error);
  jp_seal_wipe_text (password);
  return self->profile != NULL;
}

/* A school that has a key has data: a new empty file in their place would look like a loss. Only
 * whoever founds a school, and so has just made the profile, begins without. */
static gboolean
check_there (JpCli *self, GError **error)
{
  if (self->founding || g_file_test (self->profile->database, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_MISSING,
                       "there is a key but no database");
  return FALSE;
}

/**
 * jp_cli_open:
 * @self: a run
 * @write: the command may write
 * @error: return location for a [error@Jp.StoreError] or [enum@Jp.CliExit]
 *
 * Opens the data of the school. To read, they may be open elsewhere.
 *
 * Returns: whether the vault is open; `JP_STORE_ERROR_LOCKED` if @write and somebody else has them
 */
gboolean
jp_cli_open (JpCli *self, gboolean write, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->vault == NULL, FALSE);

  g_autoptr (GError) local_error = NULL;

  if (!jp_cli_unlock (self, error) || !check_there (self, error))
    return FALSE;

  self->lock = jp_vault_take_lock (self->profile->database, &local_error);
  if (self->lock == NULL &&
      (write || !g_error_matches (local_error, JP_STORE_ERROR, JP_STORE_ERROR_LOCKED)))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Whoever has the lock brings the schema up to date; that may be us even to read. */
  self->vault =
    jp_vault_open (self->profile->database, self->lock != NULL ? JP_DB_WRITER : JP_DB_READER,
                   self->profile->key, self->clock, self->ids, error);
  if (self->vault == NULL)
    return FALSE;
  if (self->lock == NULL)
    return jp_vault_reload_school (self->vault, error);
  if (!jp_vault_set_up (self->vault, error))
    return FALSE;
  if (write)
    {
      jp_reserve_keep (self->profile->database, NULL); /* ignored: who finds a full disk tells it */
      jp_journal_attach_chosen (self->vault, self->profile->folder);
    }
  return TRUE;
}

/**
 * jp_cli_end:
 * @self: a run whose command went on after its function had returned
 * @error: (nullable) (transfer full): why it failed
 *
 * Ends the command.
 */
void
jp_cli_end (JpCli *self, GError *error)
{
  g_return_if_fail (self != NULL);

  g_clear_error (&self->error);
  self->error = error;
  g_main_loop_quit (self->loop);
}

/* --- talking
 * --------------------------------------------------------------------------------------- */

/**
 * jp_cli_say:
 * @self: a run
 * @format: a translated sentence
 * @...: what goes into it
 *
 * Tells people something; programs, which asked for JSON, are not told.
 */
void
jp_cli_say (JpCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  g_return_if_fail (self != NULL);

  if (self->json || self->quiet)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", text);
}

/**
 * jp_cli_begin_progress:
 * @self: a run
 * @label: what is going on, translated
 *
 * Returns: (transfer full): a job to be watched
 */
JpCliProgress *
jp_cli_begin_progress (JpCli *self, const char *label)
{
  g_return_val_if_fail (self != NULL, NULL);

  return jp_cli_terminal_begin_progress (label, !self->quiet && !self->json);
}

static char *
error_to_json (const GError *error, const char *sentence)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, jp_cli_error_get_name (jp_cli_error_get_exit (error)));
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, sentence);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_text (root);
}

/**
 * jp_cli_report:
 * @self: a run
 * @error: why a command failed
 *
 * Tells on standard error what went wrong.
 */
void
jp_cli_report (JpCli *self, const GError *error)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (error != NULL);

  g_autofree char *sentence = jp_cli_error_dup_sentence (error);

  if (self->json)
    {
      g_autofree char *json = error_to_json (error, sentence);

      g_printerr ("%s\n", json);
      return;
    }

  g_printerr ("jiapei: %s\n", sentence);
  if (self->verbose && error->domain != JP_CLI_ERROR)
    g_printerr ("        %s (%s %d)\n", error->message, g_quark_to_string (error->domain),
                error->code);
}
