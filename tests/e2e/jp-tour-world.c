/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tour-world.h"

#include "jp-json.h"

#define TEXT_MAX_BYTES 4096

static int      n_passed = 0;
static int      n_failed = 0;
static gboolean tap = FALSE; /* for a test runner instead of a reader */

/**
 * jp_tour_set_tap:
 * @on: whether the checks are cases of a test, in the Test Anything Protocol
 */
void
jp_tour_set_tap (gboolean on)
{
  tap = on;
}

/* Text for a reader, which a test runner passes over. */
static void
print_note (const char *mark, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_print ("%s%s %s\n", tap ? "# " : "", mark, lines[i]);
}

/**
 * jp_tour_note:
 * @format: what is also good to know
 * @...: arguments
 */
void
jp_tour_note (const char *format, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  print_note ("  ", text);
}

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
  g_print ("\n");
  print_note ("==", text);
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
  if (ok)
    n_passed++;
  else
    n_failed++;
  if (tap)
    g_print ("%s %d %s\n", ok ? "ok" : "not ok", n_passed + n_failed, text);
  else
    g_print ("   %s %s\n", ok ? "ok    " : "FAILED", text);
}

/**
 * jp_tour_sum_up:
 *
 * Says how many checks held.
 */
void
jp_tour_sum_up (void)
{
  if (tap)
    g_print ("1..%d\n", n_passed + n_failed);
  else
    g_print ("\n%d passed, %d failed\n", n_passed, n_failed);
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
    {
      g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);

      self->port = g_uri_get_port (uri);
    }
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
  jp_tour_check (g_subprocess_wait (self->platform, NULL, NULL) &&
                   g_subprocess_get_successful (self->platform),
                 "the platform ends in order");
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
      jp_tour_note ("%s", error->message);
      return FALSE;
    }
  if (output != NULL && *output != '\0')
    jp_tour_note ("| %s", g_strstrip (output));
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
