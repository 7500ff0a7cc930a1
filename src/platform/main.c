/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business.h"
#include "jp-city.h"
#include "jp-demo-clock.h"
#include "jp-json.h"
#include "jp-log.h"
#include "jp-platform-admin.h"
#include "jp-platform-courier.h"
#include "jp-platform-service.h"
#include "jp-platform-station.h"
#include "jp-public-token.h"
#include "jp-public.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>

#define EXIT_USAGE 2
#define DEMO_SEED  20250528 /* the day on which the platform of Heze began */

/* The platform's program: does what it is asked for, then serves until it is told to stop. */
typedef struct
{
  /* Options. */
  char    *folder;
  int      port;
  gboolean everywhere;
  GStrv    host_names;
  char    *enrol_school;
  char    *school_file;
  char    *backup_path;
  char    *courier_path;
  char    *answer_path;
  char    *stations_school;
  char    *revoke_station;
  gboolean new_epoch;
  gboolean demo;
  gint64   seed;
  char    *size;
  gboolean version;

  GMainLoop         *loop;        /* (owned) */
  JpPlatformService *service;     /* (owned) */
  JpPublic          *public_part; /* (owned) */
  GPtrArray         *lines;       /* (owned) (element-type utf8): to be printed */
  guint              term_id;     /* (source) 0 = none */
  guint              int_id;      /* (source) 0 = none */
  int                exit_code;
} Program;

static gboolean
asks_for_action (const Program *program)
{
  return program->enrol_school != NULL || program->school_file != NULL ||
         program->backup_path != NULL || program->new_epoch || program->stations_school != NULL ||
         program->revoke_station != NULL || program->courier_path != NULL;
}

/* One line of JSON for whoever started us, from name and text in turns. */
static char *
make_line (const char *name, ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  va_list args;

  va_start (args, name);
  json_builder_begin_object (builder);
  for (; name != NULL; name = va_arg (args, const char *))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_string_value (builder, va_arg (args, const char *));
    }
  json_builder_end_object (builder);
  va_end (args);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_json_to_text (node);
}

static gboolean
add_school (Program *program, JpPlatform *platform, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length_bytes = 0;
  JpId             school;
  JpIdText         id;

  if (!g_file_get_contents (program->school_file, &text, &length_bytes, error))
    return FALSE;

  g_autoptr (GBytes) json = g_bytes_new (text, length_bytes);

  if (!jp_platform_admin_add_school (platform, json, &school, error))
    return FALSE;
  g_ptr_array_add (program->lines, make_line ("school", jp_id_to_text (&school, id), NULL));
  return TRUE;
}

static gboolean
make_code (Program *program, JpPlatform *platform, GError **error)
{
  JpPlatformStore *store = jp_platform_get_store (platform);
  JpId             school;
  JpIdText         id;

  if (!jp_platform_admin_find_school (platform, program->enrol_school, &school, error))
    return FALSE;

  g_autofree char *code = jp_platform_station_make_code (store, &school, error);

  if (code == NULL)
    return FALSE;
  g_ptr_array_add (program->lines,
                   make_line ("school", jp_id_to_text (&school, id), "code", code, NULL));
  return TRUE;
}

static void
add_station (const JpPlatformStationInfo *info, gpointer user_data)
{
  Program         *program = user_data;
  JpIdText         id;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, info->no);

  g_ptr_array_add (program->lines,
                   make_line ("station", jp_id_to_text (&info->id, id), "station_no", number,
                              "name", info->name, "revoked", info->revoked ? "yes" : "no", NULL));
}

static gboolean
list_stations (Program *program, JpPlatform *platform, GError **error)
{
  JpId school;

  return jp_platform_admin_find_school (platform, program->stations_school, &school, error) &&
         jp_platform_station_list (jp_platform_get_store (platform), &school, add_station, program,
                                   error);
}

static gboolean
shut_out (Program *program, JpPlatform *platform, GError **error)
{
  JpId station;

  if (!jp_id_parse (program->revoke_station, &station, error) ||
      !jp_platform_station_revoke (jp_platform_get_store (platform), &station, error))
    return FALSE;
  g_ptr_array_add (program->lines, make_line ("revoked", program->revoke_station, NULL));
  return TRUE;
}

/* A station without a line: what it has written comes in a file, and so goes the answer. */
static gboolean
answer_courier (Program *program, JpPlatform *platform, GError **error)
{
  g_autofree char *tls = g_build_filename (program->folder, "tls", NULL);
  g_autofree char *answer_path = program->answer_path != NULL
                                   ? g_strdup (program->answer_path)
                                   : g_strconcat (program->courier_path, ".answer", NULL);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (program->courier_path, FALSE, error);
  g_autoptr (GBytes) file = mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
  g_autoptr (GBytes) answer = NULL;
  guint n_ops = 0;

  if (file == NULL)
    return FALSE;
  answer = jp_platform_courier_answer (platform, tls, file, &n_ops, error);
  if (answer == NULL || !g_file_set_contents (answer_path, g_bytes_get_data (answer, NULL),
                                              (gssize)g_bytes_get_size (answer), error))
    return FALSE;

  g_autofree char *count = g_strdup_printf ("%u", n_ops);

  g_ptr_array_add (program->lines, make_line ("operations", count, "answer", answer_path, NULL));
  return TRUE;
}

static JpCitySize
get_size (const Program *program)
{
  return g_strcmp0 (program->size, "small") == 0 ? JP_CITY_SMALL : JP_CITY_STANDARD;
}

/* A database that has schools already is left as it is. */
static gboolean
fill_demo (Program *program, JpPlatform *platform, GError **error)
{
  gboolean empty = FALSE;

  if (!jp_city_is_empty (platform, &empty, error))
    return FALSE;
  return !empty || jp_city_fill (platform, (guint64)program->seed, get_size (program), error);
}

/* On the thread of the platform. */
static gboolean
prepare_job (JpPlatform *platform, gpointer user_data, GError **error)
{
  Program         *program = user_data;
  JpPlatformStore *store = jp_platform_get_store (platform);

  return (!program->new_epoch || jp_platform_store_new_epoch (store, error)) &&
         (!program->demo || fill_demo (program, platform, error)) &&
         (program->school_file == NULL || add_school (program, platform, error)) &&
         (program->enrol_school == NULL || make_code (program, platform, error)) &&
         (program->courier_path == NULL || answer_courier (program, platform, error)) &&
         (program->revoke_station == NULL || shut_out (program, platform, error)) &&
         (program->stations_school == NULL || list_stations (program, platform, error)) &&
         (program->backup_path == NULL ||
          jp_platform_store_backup (store, program->backup_path, error)) &&
         jp_public_token_ensure_operators (store, program->folder, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (!jp_platform_service_close_finish (JP_PLATFORM_SERVICE (source), result, &error))
    {
      g_printerr ("%s\n", error->message);
      program->exit_code = EXIT_FAILURE;
    }
  g_main_loop_quit (program->loop);
}

static void
finish (Program *program, const GError *error)
{
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      program->exit_code = EXIT_FAILURE;
    }
  g_clear_handle_id (&program->term_id, g_source_remove);
  g_clear_handle_id (&program->int_id, g_source_remove);
  jp_platform_service_close_async (program->service, closed_cb, program);
}

static gboolean
terminate_cb (gpointer user_data)
{
  g_message ("stopping");
  finish (user_data, NULL);
  return G_SOURCE_CONTINUE; /* removed by finish() */
}

static void
serve (Program *program)
{
  g_autoptr (GError) error = NULL;

  if (!jp_platform_service_listen (program->service, &error))
    {
      finish (program, error);
      return;
    }

  g_autofree char *uri = jp_platform_service_dup_uri (program->service);
  g_autofree char *authority = jp_platform_service_dup_authority_path (program->service);
  g_autofree char *line = make_line ("url", uri, "ca", authority, NULL);

  g_print ("%s\n", line);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (!jp_platform_service_run_finish (JP_PLATFORM_SERVICE (source), result, &error))
    {
      finish (program, error);
      return;
    }

  for (guint i = 0; i < program->lines->len; i++)
    g_print ("%s\n", (const char *)g_ptr_array_index (program->lines, i));
  if (asks_for_action (program) && program->port < 0)
    finish (program, NULL);
  else
    serve (program);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program           *program = user_data;
  JpPlatformService *service = JP_PLATFORM_SERVICE (source);
  g_autoptr (GError) error = NULL;

  if (jp_platform_service_open_finish (service, result, &error))
    jp_platform_service_run_async (service, prepare_job, program, prepared_cb, program);
  else
    finish (program, error);
}

/* In a demo, days can go by in a moment; certificates keep to the real time. */
static JpClock *
make_clock (Program *program, JpClock *system)
{
  g_autofree char *path = g_build_filename (program->folder, "demo-clock", NULL);

  return program->demo ? JP_CLOCK (jp_demo_clock_new (system, path)) : g_object_ref (system);
}

static void
add_public_part (Program *program, JpClock *clock)
{
  JpPlatform *platform = jp_platform_service_get_platform (program->service);

  program->public_part = jp_public_new (platform);
  if (program->demo)
    jp_public_set_demo_clock (program->public_part, JP_DEMO_CLOCK (clock));
  jp_public_add_routes (program->public_part, jp_platform_service_get_router (program->service),
                        jp_platform_service_get_worker (program->service));
  jp_business_attach (platform);
}

static void
run (Program *program)
{
  g_autoptr (JpClock) system = jp_system_clock_new ();
  g_autoptr (JpClock) clock = make_clock (program, system);
  g_autoptr (JpIdSource) ids = jp_id_source_new (clock);
  const JpPlatformServiceOptions options = {
    .folder = program->folder,
    .clock = clock,
    .network_clock = system,
    .ids = ids,
    .port = (guint16)MAX (program->port, 0),
    .everywhere = program->everywhere,
    .host_names = (const char *const *)program->host_names,
  };

  program->loop = g_main_loop_new (NULL, FALSE);
  program->lines = g_ptr_array_new_with_free_func (g_free);
  program->service = jp_platform_service_new (&options);
  add_public_part (program, clock);
  program->term_id = g_unix_signal_add (SIGTERM, terminate_cb, program);
  program->int_id = g_unix_signal_add (SIGINT, terminate_cb, program);
  jp_platform_service_open_async (program->service, opened_cb, program);
  g_main_loop_run (program->loop);

  g_clear_object (&program->service);
  g_clear_pointer (&program->public_part, jp_public_free);
  g_clear_pointer (&program->lines, g_ptr_array_unref);
  g_clear_pointer (&program->loop, g_main_loop_unref);
}

static gboolean
parse (Program *program, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &program->folder, N_ ("Folder of all data"),
      N_ ("DIR") },
    { "port", 'p', 0, G_OPTION_ARG_INT, &program->port,
      N_ ("Serve on this port; 0 is any that is free"), N_ ("PORT") },
    { "everywhere", 0, 0, G_OPTION_ARG_NONE, &program->everywhere, N_ ("Serve other machines, too"),
      NULL },
    { "host-name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &program->host_names,
      N_ ("Name or address under which other machines reach this one"), N_ ("NAME") },
    { "enrol-code", 0, 0, G_OPTION_ARG_STRING, &program->enrol_school,
      N_ ("Make a code with which one PC of a school can join"), N_ ("SCHOOL") },
    { "add-school", 0, 0, G_OPTION_ARG_FILENAME, &program->school_file,
      N_ ("Take in the school that a JSON file describes"), N_ ("FILE") },
    { "courier", 0, 0, G_OPTION_ARG_FILENAME, &program->courier_path,
      N_ ("Take in what a station without a line has written"), N_ ("FILE") },
    { "answer", 0, 0, G_OPTION_ARG_FILENAME, &program->answer_path,
      N_ ("Where to write the answer to it"), N_ ("FILE") },
    { "stations", 0, 0, G_OPTION_ARG_STRING, &program->stations_school,
      N_ ("List the stations of a school"), N_ ("SCHOOL") },
    { "revoke", 0, 0, G_OPTION_ARG_STRING, &program->revoke_station,
      N_ ("Shut a station out, and with it all that branched off from it"), N_ ("STATION") },
    { "backup", 0, 0, G_OPTION_ARG_FILENAME, &program->backup_path,
      N_ ("Copy the database into a new file"), N_ ("FILE") },
    { "new-epoch", 0, 0, G_OPTION_ARG_NONE, &program->new_epoch,
      N_ ("The database was restored from a copy: let the stations send again what it lacks"),
      NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &program->demo,
      N_ ("Fill an empty database with a made-up city"), NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &program->size, N_ ("How large a city"),
      "small|standard" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &program->seed, N_ ("Another number makes another city"),
      N_ ("NUMBER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &program->version, N_ ("Show the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    g_option_context_new (_ ("– the platform of a city's driving schools"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1 || program->port < -1 || program->port > G_MAXUINT16)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           *argc > 1 ? _ ("There is an argument too many.")
                                     : _ ("A port is a number up to 65535."));
      return FALSE;
    }

  if (program->size != NULL && strcmp (program->size, "small") != 0 &&
      strcmp (program->size, "standard") != 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("A city is small or standard."));
      return FALSE;
    }

  if (program->folder == NULL)
    program->folder = g_build_filename (g_get_user_data_dir (), "jiapei-platform", NULL);
  return TRUE;
}

int
main (int argc, char *argv[])
{
  Program program = { .port = -1, .seed = DEMO_SEED };
  g_autoptr (GError) error = NULL;
  const char *localedir = g_getenv ("JP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : JP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  jp_log_install ();

  if (!parse (&program, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      program.exit_code = EXIT_USAGE;
    }
  else if (program.version)
    g_print ("jiapei-platform %s\n", JP_VERSION);
  else
    run (&program);

  g_free (program.folder);
  g_strfreev (program.host_names);
  g_free (program.enrol_school);
  g_free (program.school_file);
  g_free (program.backup_path);
  g_free (program.courier_path);
  g_free (program.answer_path);
  g_free (program.stations_school);
  g_free (program.revoke_station);
  g_free (program.size);
  return program.exit_code;
}
