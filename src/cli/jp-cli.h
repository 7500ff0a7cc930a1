/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli-error.h"
#include "jp-cli-terminal.h"
#include "jp-profile.h"

G_BEGIN_DECLS

/**
 * JpCli:
 * @folder: (owned): folder of the school
 * @password_path: (owned) (nullable): file with the password, "-" for standard input
 * @actor: (owned): who works here
 * @json: answers are JSON
 * @quiet: no progress and no words that nobody asked for
 * @verbose: errors in the words of the developers too
 * @version: only say which version this is
 * @clock: (owned): where time comes from
 * @ids: (owned): where ids come from
 * @profile: (owned) (nullable): the school, once it is unlocked
 * @lock: (owned) (nullable): held while this program may write
 * @vault: (owned) (nullable): the open data
 * @loop: (owned): runs if a command goes on after its function has returned
 * @founding: the command makes the school: there are no data yet
 * @waits: the command goes on; it ends with jp_cli_end()
 * @error: (owned) (nullable): why a command that went on failed
 * @exit_code: what a command that worked has to report all the same
 *
 * One run of the program.
 */
typedef struct
{
  char       *folder;
  char       *password_path;
  char       *actor;
  gboolean    json;
  gboolean    quiet;
  gboolean    verbose;
  gboolean    version;
  JpClock    *clock;
  JpIdSource *ids;
  JpProfile  *profile;
  JpDb       *lock;
  JpVault    *vault;
  GMainLoop  *loop;
  gboolean    founding;
  gboolean    waits;
  GError     *error;
  JpCliExit   exit_code;
} JpCli;

/**
 * JpCliHelp:
 * @parameters: what follows the name of the command
 * @summary: what the command does, translated
 * @entries: (nullable): its own options
 * @min: least number of arguments after the options
 * @max: greatest number of them
 *
 * How a command is called.
 */
typedef struct
{
  const char         *parameters;
  const char         *summary;
  const GOptionEntry *entries;
  guint               min;
  guint               max;
} JpCliHelp;

/* A password or PIN: wiped when it goes out of scope. */
typedef char JpCliSecret;

JpCli   *jp_cli_new (void);
void     jp_cli_free (JpCli *self);
gboolean jp_cli_parse_first (JpCli *self, GStrv *arguments, const char *commands, GError **error);
gboolean jp_cli_parse (JpCli *self, const JpCliHelp *help, GStrv *arguments, GError **error);
JpCliSecret          *
jp_cli_read_secret (const char *path, const char *prompt, gboolean twice, GError **error);
char    *jp_cli_read_password (JpCli *self, gboolean twice, GError **error);
gboolean jp_cli_unlock (JpCli *self, GError **error);
gboolean jp_cli_open (JpCli *self, gboolean write, GError **error);
void     jp_cli_close (JpCli *self);
void     jp_cli_end (JpCli *self, GError *error);
void     jp_cli_say (JpCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void     jp_cli_report (JpCli *self, const GError *error);

JpCliProgress *jp_cli_begin_progress (JpCli *self, const char *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCli, jp_cli_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCliSecret, jp_seal_wipe_text)

G_END_DECLS
