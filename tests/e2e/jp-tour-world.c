/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tour-world.h"

#include "jp-json.h"

#define TEXT_MAX_BYTES 4096

static int n_passed = 0;
static int n_failed = 0;

/**
 * jp_tour_say:
 * @format: what is done now
 * @...: arguments
 */
void
jp_tour_say (const char *format, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("\n== %s\n", text);
}

/**
 * jp_tour_check:
 * @ok: whether it is as it should be
 * @format: what was checked
 * @...: arguments
 */
void
jp_tour_check (gboolean ok, const char *format, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("   %s %s\n", ok ? "ok    " : "FAILED", text);
  if (ok)
    n_passed++;
  else
    n_failed++;
}

/**
 * jp_tour_get_n_passed:
 *
 * Returns: how many checks held
 */
int
jp_tour_get_n_passed (void)
{
  return n_passed;
}

/**
 * jp_tour_get_n_failed:
 *
 * Returns: how many checks did not hold
 */
int
jp_tour_get_n_failed (void)
{
  return n_failed;
}

static JsonObject *
read_line (JpTourWorld *self, JsonNode **out_node)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, &error);

  if (line == NULL)
    g_error ("the platform ended: %s", error != NULL ? error->message : "it said nothing");

  *out_node = jp_json_parse_text (line, &error);
  if (*out_node == NULL)
    g_error ("the platform said something else: %s", line);
  return jp_json_as_object (*out_node, NULL);
}

static char *
dup_member (JsonObject *object, const char *member)
{
  const char *text = NULL;

  return jp_json_get_text (object, member, TEXT_MAX_BYTES, &text, NULL) ? g_strdup (text) : NULL;
}

/**
 * jp_tour_world_start:
 * @self: the world
 *
 * Starts the platform. The first time it makes its city and a code to enrol with; afterwards it
 * comes back where it was.
 */
void
jp_tour_world_start (JpTourWorld *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%d", self->port);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) place = NULL;
  JsonObject *object = NULL;
  gboolean    first = self->code == NULL;

  if (first)
    self->platform = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                       self->platform_program, "--data", self->folder, "--demo",
                                       "--enrol-code", JP_TOUR_SCHOOL, "--port", port, NULL);
  else
    self->platform =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self->platform_program, "--data",
                        self->folder, "--demo", "--port", port, NULL);
  if (self->platform == NULL)
    g_error ("could not start the platform: %s", error->message);

  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->platform));
  if (first)
    self->code = dup_member (read_line (self, &node), "code");
  object = read_line (self, &place);

  g_free (self->url);
  g_free (self->authority);
  self->url = dup_member (object, "url");
  self->authority = dup_member (object, "ca");
  if (self->port == 0)
    self->port = g_uri_get_port (g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL));
}

/**
 * jp_tour_world_stop:
 * @self: the world
 *
 * Stops the platform: from now on nobody answers.
 */
void
jp_tour_world_stop (JpTourWorld *self)
{
  if (self->platform == NULL)
    return;

  g_subprocess_send_signal (self->platform, 15);
  g_subprocess_wait (self->platform, NULL, NULL);
  g_clear_object (&self->lines);
  g_clear_object (&self->platform);
}

/**
 * jp_tour_world_act:
 * @self: the world
 * @what: what the people of the city do: "sign", "pay", "train", "review", "exam", "statement"
 * @contract_no: for which contract
 *
 * Returns: whether the platform let them
 */
gboolean
jp_tour_world_act (JpTourWorld *self, const char *what, const char *contract_no)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) actor =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                      self->actor_program, what, "--contract", contract_no, "--url", self->url,
                      "--ca", self->authority, "--data", self->folder, NULL);
  g_autofree char *output = NULL;

  if (actor == NULL || !g_subprocess_communicate_utf8 (actor, NULL, NULL, &output, NULL, &error))
    {
      g_print ("   %s\n", error->message);
      return FALSE;
    }
  if (output != NULL && *output != '\0')
    g_print ("   | %s\n", g_strstrip (output));
  return g_subprocess_get_successful (actor);
}

/**
 * jp_tour_world_clear:
 * @self: the world
 */
void
jp_tour_world_clear (JpTourWorld *self)
{
  jp_tour_world_stop (self);
  g_free (self->platform_program);
  g_free (self->actor_program);
  g_free (self->folder);
  g_free (self->url);
  g_free (self->authority);
  g_free (self->code);
}
