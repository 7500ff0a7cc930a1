/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-terminal.h"

#include "jp-cli-error.h"
#include "jp-seal.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#ifdef G_OS_WIN32
#include <io.h>
#include <windows.h>
#else
#include <termios.h>
#include <unistd.h>
#endif

#define BAR_CELLS 30

struct _JpCliProgress
{
  char         *label;       /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled by Ctrl+C */
  JpMonitor     monitor;
  int           last_cells; /* of the bar on the screen; -1 = none yet */
  gboolean      show;
};

/* The one thing a signal handler may touch. */
static volatile sig_atomic_t interrupted;

/**
 * jp_cli_terminal_is_input:
 *
 * Returns: whether somebody can be asked
 */
gboolean
jp_cli_terminal_is_input (void)
{
#ifdef G_OS_WIN32
  return _isatty (0) != 0;
#else
  return isatty (STDIN_FILENO) != 0;
#endif
}

/**
 * jp_cli_terminal_is_error:
 *
 * Returns: whether somebody reads what is written to standard error
 */
gboolean
jp_cli_terminal_is_error (void)
{
#ifdef G_OS_WIN32
  return _isatty (2) != 0;
#else
  return isatty (STDERR_FILENO) != 0;
#endif
}

/* --- passwords
 * ------------------------------------------------------------------------------------- */

#ifdef G_OS_WIN32
typedef DWORD EchoState;

static gboolean
hide_typing (EchoState *out_state)
{
  HANDLE console = GetStdHandle (STD_INPUT_HANDLE);

  return GetConsoleMode (console, out_state) &&
         SetConsoleMode (console, *out_state & ~(DWORD)ENABLE_ECHO_INPUT);
}

static void
show_typing (const EchoState *state)
{
  SetConsoleMode (GetStdHandle (STD_INPUT_HANDLE), *state);
}
#else
typedef struct termios EchoState;

static gboolean
hide_typing (EchoState *out_state)
{
  struct termios hidden;

  if (tcgetattr (STDIN_FILENO, out_state) != 0)
    return FALSE;
  hidden = *out_state;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  return tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
}

static void
show_typing (const EchoState *state)
{
  tcsetattr (STDIN_FILENO, TCSAFLUSH, state);
}
#endif

/**
 * jp_cli_terminal_ask_password:
 * @prompt: what to ask
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Asks for a password without showing it.
 *
 * Returns: (transfer full): a secret, to be freed with jp_seal_wipe_text(); or %NULL with
 *   %JP_CLI_KEY if nobody can be asked
 */
char *
jp_cli_terminal_ask_password (const char *prompt, GError **error)
{
  char      line[JP_SEAL_MAX_PASSWORD_BYTES + 2] = { 0 };
  EchoState state;
  gboolean  read = FALSE;

  if (!jp_cli_terminal_is_input () || !hide_typing (&state))
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_KEY,
                           _ ("A password is needed: give a file with --password-file, or set "
                              "JIAPEI_PASSWORD_FILE."));
      return NULL;
    }

  g_printerr ("%s", prompt);
  read = fgets (line, sizeof line, stdin) != NULL;
  show_typing (&state);
  g_printerr ("\n");

  line[strcspn (line, "\r\n")] = '\0';
  char *password = read ? g_strdup (line) : NULL;

  /* What is left on the stack is no secret any more. */
  memset (line, 0, sizeof line);
  if (password == NULL)
    g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_KEY, _ ("No password was typed."));
  return password;
}

/* --- progress
 * -------------------------------------------------------------------------------------- */

static void
interrupt_cb (int number)
{
  interrupted = 1;
}

static void
draw (JpCliProgress *self, int cells, int percent)
{
  g_autoptr (GString) bar = g_string_new (NULL);

  for (int i = 0; i < BAR_CELLS; i++)
    g_string_append (bar, i < cells ? "█" : "░");
  g_printerr ("\r%s %s %3d %%", self->label, bar->str, percent);
}

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  JpCliProgress *self = user_data;
  double         share = total > 0 ? (double)MIN (done, total) / (double)total : 0;
  int            cells = (int)(share * BAR_CELLS);

  if (interrupted != 0)
    g_cancellable_cancel (self->cancellable);
  if (!self->show || cells == self->last_cells)
    return;
  self->last_cells = cells;
  draw (self, cells, (int)(share * 100));
}

/**
 * jp_cli_terminal_begin_progress:
 * @label: what is going on, translated
 * @show: show a bar if there is a terminal
 *
 * Returns: (transfer full): a job to be watched
 */
JpCliProgress *
jp_cli_terminal_begin_progress (const char *label, gboolean show)
{
  g_return_val_if_fail (label != NULL, NULL);

  JpCliProgress *self = g_new0 (JpCliProgress, 1);

  self->label = g_strdup (label);
  self->cancellable = g_cancellable_new ();
  self->show = show && jp_cli_terminal_is_error ();
  self->last_cells = -1;
  self->monitor = (JpMonitor){ progress_cb, self, self->cancellable };
  interrupted = 0;
  signal (SIGINT, interrupt_cb);
  return self;
}

/**
 * jp_cli_terminal_get_monitor:
 * @progress: a job
 *
 * Returns: (transfer none): what to give to the function that does it
 */
const JpMonitor *
jp_cli_terminal_get_monitor (JpCliProgress *progress)
{
  g_return_val_if_fail (progress != NULL, NULL);

  return &progress->monitor;
}

/**
 * jp_cli_terminal_end_progress:
 * @progress: (nullable) (transfer full): a job that is over
 */
void
jp_cli_terminal_end_progress (JpCliProgress *progress)
{
  if (progress == NULL)
    return;

  signal (SIGINT, SIG_DFL);
  if (progress->last_cells >= 0)
    g_printerr ("\n");
  g_object_unref (progress->cancellable);
  g_free (progress->label);
  g_free (progress);
}
