/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-error.h"
#include "jp-cli-table.h"
#include "jp-command.h"
#include "jp-desk.h"
#include "jp-documents-error.h"
#include "jp-store-error.h"
#include "jp-sync-error.h"

#include <string.h>

static void
test_table (void)
{
  const char *const labels[] = { "Name", "N", NULL };
  const char *const chinese[] = { "王明朗", "1", NULL };
  const char *const latin[] = { "Al\nB", NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autofree char *text = NULL;

  jp_cli_table_add (table, chinese);
  jp_cli_table_add (table, latin);
  text = jp_cli_table_to_text (table);
  g_assert_cmpstr (text, ==, "Name    N\n王明朗  1\nAl B\n");
  g_assert_cmpuint (jp_cli_table_measure ("王a·"), ==, 4);
}

typedef struct
{
  GQuark    domain;
  int       code;
  JpCliExit exit_code;
} Mapping;

static void
test_exits (void)
{
  const Mapping mappings[] = {
    { JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND, JP_CLI_NOT_FOUND },
    { JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT, JP_CLI_FAILURE },
    { JP_STORE_ERROR, JP_STORE_ERROR_KEY, JP_CLI_KEY },
    { JP_STORE_ERROR, JP_STORE_ERROR_LOCKED, JP_CLI_LOCKED },
    { JP_STORE_ERROR, JP_STORE_ERROR_FULL, JP_CLI_FAILURE },
    { JP_DESK_ERROR, JP_DESK_GONE, JP_CLI_NOT_FOUND },
    { JP_DESK_ERROR, JP_DESK_TIER_ENDED, JP_CLI_FAILURE },
    { JP_DESK_ERROR, JP_DESK_PIN_WRONG, JP_CLI_KEY },
    { JP_DESK_ERROR, JP_DESK_SAME_PERSON, JP_CLI_FAILURE },
    { JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE, JP_CLI_OFFLINE },
    { JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY, JP_CLI_OFFLINE },
    { JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH, JP_CLI_KEY },
    { JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL, JP_CLI_FAILURE },
    { JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID, JP_CLI_FAILURE },
    { G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, JP_CLI_USAGE },
    { JP_CLI_ERROR, JP_CLI_REFUSED, JP_CLI_REFUSED },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, JP_CLI_FAILURE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      g_autoptr (GError) error =
        g_error_new_literal (mappings[i].domain, mappings[i].code, "a message");
      g_autofree char *sentence = jp_cli_error_dup_sentence (error);

      g_assert_cmpint (jp_cli_error_get_exit (error), ==, mappings[i].exit_code);
      g_assert_cmpuint (strlen (sentence), >, 5);
    }
  g_assert_cmpint (jp_cli_error_get_exit (NULL), ==, JP_CLI_OK);
}

/* Each value has a sentence and a name of its own. */
static void
test_sentences (void)
{
  for (int code = JP_STORE_ERROR_NOT_FOUND; code <= JP_STORE_ERROR_READ_ONLY; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (JP_STORE_ERROR, code, "internal words");
      g_autofree char *sentence = jp_cli_error_dup_sentence (error);

      g_assert_null (strstr (sentence, "internal words"));
    }
  for (int code = JP_CLI_OK; code <= JP_CLI_OFFLINE; code++)
    g_assert_nonnull (jp_cli_error_get_name ((JpCliExit)code));
}

static void
test_commands (void)
{
  g_autofree char *list = jp_command_dup_list (jp_commands);

  g_assert_nonnull (jp_command_find (jp_commands, "trainee"));
  g_assert_null (jp_command_find (jp_commands, "trainees"));
  for (const JpCommand *command = jp_commands; command->name != NULL; command++)
    {
      g_assert_nonnull (strstr (list, command->name));
      g_assert_nonnull (command->run);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/table", test_table);
  g_test_add_func ("/cli/exits", test_exits);
  g_test_add_func ("/cli/sentences", test_sentences);
  g_test_add_func ("/cli/commands", test_commands);
  return g_test_run ();
}
