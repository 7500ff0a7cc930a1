/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-cli-record.h"
#include "jp-op-repo.h"
#include "jp-sync-enrol.h"
#include "jp-sync-hello.h"
#include "jp-sync-rehearsal.h"
#include "jp-sync-round.h"

#include <glib/gi18n.h>

/* Rounds with the platform. They need the store with its two threads and a main loop, so these
 * commands go on after their function has returned. */

typedef struct
{
  JpCli        *cli;       /* (borrowed) */
  JpStore      *store;     /* (owned) */
  JpTransport  *transport; /* (owned) (nullable) */
  JpSyncPlace  *place;     /* (owned) (nullable) */
  char         *code;      /* (owned) (nullable): of an enrolment */
  char         *station;   /* (owned) (nullable): name of this PC */
  gboolean      dry_run;   /* only says what a round would change */
  JpSyncReceipt receipt;
  GError       *error; /* (owned) (nullable): told once the store is closed */
} Session;

static void
session_free (Session *self)
{
  g_object_unref (self->store);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->place, jp_sync_place_free);
  g_clear_error (&self->error);
  g_free (self->code);
  g_free (self->station);
  g_free (self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  JpCli   *cli = self->cli;
  g_autoptr (GError) error = NULL;

  if (!jp_store_close_finish (self->store, result, &error) && self->error == NULL)
    self->error = g_steal_pointer (&error);

  GError *outcome = g_steal_pointer (&self->error);

  session_free (self);
  jp_cli_end (cli, outcome);
}

/* Takes @error. The store has threads to end even if it could not be opened. */
static void
end (Session *self, GError *error)
{
  self->error = error;
  jp_store_close_async (self->store, NULL, closed_cb, self);
}

/* --- a round
 * --------------------------------------------------------------------------------------- */

static void
add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
print_receipt (JpCli *cli, const JpSyncReceipt *receipt)
{
  g_autofree char *sentence = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      sentence = jp_sync_receipt_dup_sentence (receipt);
      jp_cli_say (cli, "%s", sentence);
      return;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  add_number (builder, "sent", receipt->n_sent);
  add_number (builder, "judged", receipt->n_judged);
  add_number (builder, "refused", receipt->n_refused);
  add_number (builder, "received", receipt->n_received);
  add_number (builder, "parked", receipt->n_parked);
  add_number (builder, "files_sent", receipt->n_blobs_sent);
  add_number (builder, "files_fetched", receipt->n_blobs_fetched);
  add_number (builder, "files_absent", receipt->n_blobs_absent);
  add_number (builder, "files_unsent", receipt->n_blobs_unsent);
  json_builder_set_member_name (builder, "first");
  json_builder_add_boolean_value (builder, receipt->first);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
progress_cb (const JpSyncReceipt *receipt, gpointer user_data)
{
  Session *self = user_data;

  g_autofree char *sent = g_strdup_printf ("%" G_GINT64_FORMAT, receipt->n_sent);
  g_autofree char *received = g_strdup_printf ("%" G_GINT64_FORMAT, receipt->n_received);
  g_autofree char *line = g_strdup_printf (_ ("sent %s, received %s"), sent, received);

  if (!self->cli->quiet && !self->cli->json && jp_cli_terminal_is_error ())
    g_printerr ("\r%s", line);
}

static void
round_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  GError  *error = NULL;

  if (!self->cli->quiet && !self->cli->json && jp_cli_terminal_is_error ())
    g_printerr ("\n");
  if (jp_sync_round_finish (self->store, result, &self->receipt, &error))
    {
      print_receipt (self->cli, &self->receipt);
      if (self->receipt.n_refused > 0 || self->receipt.n_parked > 0)
        self->cli->exit_code = JP_CLI_REFUSED;
    }
  end (self, error);
}

/* --- a rehearsal
 * ----------------------------------------------------------------------------------- */

static void
print_rehearsal_json (const JpSyncRehearsal *rehearsal)
{
  static const char *const members[JP_SYNC_REHEARSAL_N] = {
    [JP_SYNC_REHEARSAL_NEW] = "new",         [JP_SYNC_REHEARSAL_CHANGED] = "changed",
    [JP_SYNC_REHEARSAL_TRASHED] = "trashed", [JP_SYNC_REHEARSAL_RESTORED] = "restored",
    [JP_SYNC_REHEARSAL_ASKED] = "asked",
  };
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "waiting", rehearsal->n_waiting);
  for (int i = 0; i < JP_SYNC_REHEARSAL_N; i++)
    add_number (builder, members[i], rehearsal->n[i]);
  json_builder_set_member_name (builder, "first");
  json_builder_add_boolean_value (builder, rehearsal->first);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, rehearsal->complete);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print_rehearsal (JpCli *cli, const JpSyncRehearsal *rehearsal)
{
  g_autofree char *sentence = jp_sync_rehearsal_dup_sentence (rehearsal);

  if (cli->json)
    {
      print_rehearsal_json (rehearsal);
      return;
    }
  jp_cli_say (cli, "%s", sentence);
  for (guint i = 0; i < rehearsal->lines->len; i++)
    {
      const JpSyncRehearsalLine *line = g_ptr_array_index (rehearsal->lines, i);
      g_autofree char           *text = jp_sync_rehearsal_line_dup_text (line);

      jp_cli_say (cli, "%s · %s", jp_sync_rehearsal_what_get_label (line->what), text);
    }
}

static void
rehearsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  GError  *error = NULL;
  g_autoptr (JpSyncRehearsal) rehearsal = jp_sync_rehearsal_finish (self->store, result, &error);

  if (rehearsal != NULL)
    print_rehearsal (self->cli, rehearsal);
  end (self, error);
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  GError  *error = NULL;

  if (!jp_sync_hello_finish (self->store, result, NULL, &error))
    end (self, error);
  else
    jp_sync_round_async (self->store, self->transport, progress_cb, self, NULL, round_cb, self);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  GError  *error = NULL;

  if (jp_sync_enrol_finish (self->store, result, &error))
    jp_cli_say (self->cli, _ ("This PC has joined the platform. Next: jiapei sync run"));
  end (self, error);
}

static gpointer
read_place_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_sync_place_read (vault, error);
}

static void
place_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;
  GError  *error = NULL;
  gpointer place = NULL;

  if (!jp_store_read_finish (self->store, result, &place, &error))
    {
      end (self, error);
      return;
    }

  self->place = place;
  self->transport = self->place->enrolled ? jp_sync_place_open (self->place, &error) : NULL;
  if (!self->place->enrolled)
    g_set_error_literal (&error, JP_CLI_ERROR, JP_CLI_FAILURE,
                         _ ("This PC has not joined the platform yet: jiapei sync join"));
  if (error != NULL)
    {
      end (self, error);
      return;
    }
  if (self->dry_run)
    jp_sync_rehearsal_async (self->store, self->transport, NULL, rehearsed_cb, self);
  else
    jp_sync_hello_async (self->store, self->transport, NULL, greeted_cb, self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session    *self = user_data;
  GError     *error = NULL;
  JpStoreCall call = { read_place_call, NULL, NULL, (GDestroyNotify)jp_sync_place_free, 0 };

  if (!jp_store_open_finish (self->store, result, &error))
    {
      end (self, error);
      return;
    }
  if (self->code == NULL)
    {
      jp_store_read_async (self->store, &call, NULL, place_cb, self);
      return;
    }

  self->transport = jp_sync_place_open (self->place, &error);
  if (self->transport == NULL)
    {
      end (self, error);
      return;
    }
  jp_sync_enrol_async (self->store, self->transport, self->place, self->code, self->station, NULL,
                       enrolled_cb, self);
}

/* Unlocks the school and opens it with its two threads; the callbacks go on from there. */
static Session *
begin (JpCli *cli, GError **error)
{
  if (!jp_cli_unlock (cli, error))
    return NULL;

  Session *self = g_new0 (Session, 1);

  self->cli = cli;
  self->store =
    jp_store_new (cli->profile->database, cli->profile->key, cli->clock, cli->ids, cli->actor);
  cli->waits = TRUE;
  return self;
}

static gboolean
run_round (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run,
      N_ ("Only say what would change; nothing is sent and nothing is written"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "",
                           _ ("Sends what waits and fetches what is new, until nothing is left."),
                           entries, 0, 0 };
  Session        *self = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  self = begin (cli, error);
  if (self == NULL)
    return FALSE;
  self->dry_run = dry_run;
  jp_store_open_async (self->store, NULL, opened_cb, self);
  return TRUE;
}

/* `jiapei sync --dry-run` is a run, too. */
static gboolean
run_dry (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; (*arguments)[i] != NULL; i++)
    {
      g_strv_builder_add (builder, (*arguments)[i]);
      if (i == 0)
        g_strv_builder_add (builder, "--dry-run");
    }
  g_strfreev (*arguments);
  *arguments = g_strv_builder_end (builder);
  return run_round (cli, arguments, error);
}

/* --- enrolling
 * ------------------------------------------------------------------------------------- */

static gboolean
check_joining (const char *url, const char *authority_path, GError **error)
{
  if (authority_path == NULL)
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                           _ ("The platform's certificate is needed: --ca FILE"));
      return FALSE;
    }
  if (!g_file_test (authority_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is no file %s."),
                   authority_path);
      return FALSE;
    }
  if (g_str_has_prefix (url, "https://"))
    return TRUE;
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("“%s” does not begin with https://."), url);
  return FALSE;
}

static gboolean
run_join (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *authority_path = NULL;
  g_autofree char   *station = NULL;
  const GOptionEntry entries[] = {
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &authority_path,
      N_ ("The platform's certificate (PEM), the only one that is trusted"), N_ ("FILE") },
    { "station", 0, 0, G_OPTION_ARG_STRING, &station, N_ ("What the school calls this PC"),
      N_ ("NAME") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("URL CODE"),
                           _ ("Joins this PC to the platform, with the code that the "
                              "platform gave."),
                           entries, 2, 2 };
  Session        *self = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) ||
      !check_joining ((*arguments)[0], authority_path, error))
    return FALSE;
  self = begin (cli, error);
  if (self == NULL)
    return FALSE;

  self->place = g_new0 (JpSyncPlace, 1);
  self->place->url = g_strdup ((*arguments)[0]);
  self->place->authority_path = g_canonicalize_filename (authority_path, NULL);
  self->code = g_strdup ((*arguments)[1]);
  self->station = g_strdup (station != NULL ? station : g_get_host_name ());
  jp_store_open_async (self->store, NULL, opened_cb, self);
  return TRUE;
}

/* --- status
 * ---------------------------------------------------------------------------------------- */

static void
print_status_json (const JpSyncPlace *place,
                   gint64             n_waiting,
                   gint64             oldest_us,
                   const char        *synced_at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url");
  if (place->url != NULL)
    json_builder_add_string_value (builder, place->url);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "enrolled");
  json_builder_add_boolean_value (builder, place->enrolled);
  add_number (builder, "waiting", n_waiting);
  add_number (builder, "oldest_at", oldest_us);
  json_builder_set_member_name (builder, "synced_at");
  if (synced_at != NULL)
    json_builder_add_string_value (builder, synced_at);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print_status (JpCli *cli, const JpSyncPlace *place, gint64 n_waiting, gint64 oldest_us)
{
  g_autofree char *since = oldest_us > 0 ? jp_instant_to_short (oldest_us) : NULL;

  if (!place->enrolled)
    jp_cli_say (cli, _ ("No platform is set up: everything stays on this PC."));
  else
    jp_cli_say (cli, _ ("Platform: %s"), place->url);
  if (n_waiting == 0)
    jp_cli_say (cli, _ ("Nothing waits."));
  else
    jp_cli_say (cli,
                g_dngettext (GETTEXT_PACKAGE, "%u change waits, since %s",
                             "%u changes wait, since %s", (gulong)n_waiting),
                (guint)n_waiting, since);
}

static gboolean
run_status (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp  help = { "", _ ("Says what waits for the platform, and since when."), NULL, 0,
                            0 };
  gint64           n_waiting = 0;
  gint64           oldest_us = 0;
  g_autofree char *synced_at = NULL;
  g_autoptr (JpSyncPlace) place = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  place = jp_sync_place_read (cli->vault, error);
  if (place == NULL || !jp_op_repo_count_waiting (cli->vault, &n_waiting, &oldest_us, error) ||
      !jp_vault_get_setting (cli->vault, JP_SETTING_SYNCED_AT, &synced_at, error))
    return FALSE;

  if (cli->json)
    print_status_json (place, n_waiting, oldest_us, synced_at);
  else
    print_status (cli, place, n_waiting, oldest_us);
  return TRUE;
}

static const JpCommand parts[] = {
  { "run", NC_ ("command", "send and fetch"), run_round },
  { "--dry-run", NC_ ("command", "say what a run would change"), run_dry },
  { "conflicts", NC_ ("command", "what is to be decided"), jp_command_conflict_list },
  { "resolve", NC_ ("command", "decide it"), jp_command_conflict_resolve },
  { "status", NC_ ("command", "what waits"), run_status },
  { "join", NC_ ("command", "join this PC to the platform"), run_join },
  { NULL, NULL, NULL },
};

/**
 * jp_command_sync:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked, or whether it goes on
 */
gboolean
jp_command_sync (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
