/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-repo.h"
#include "jp-cli-json.h"
#include "jp-cli-record.h"
#include "jp-command-record.h"
#include "jp-safe-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* Photos and scanned papers of a record. The record is named by its kind and what people know of
 * it, an attachment by the ID that the list prints. */

/* --- telling --- */

static void
write_attachment (JsonBuilder *builder, const JpAttachment *attachment)
{
  JpRecord *record = attachment->record;

  json_builder_begin_object (builder);
  jp_cli_json_add_id (builder, "id", jp_record_get_id (record));
  jp_cli_json_add_text (builder, "purpose", jp_record_get_text (record, JP_ATTACHMENT_PURPOSE));
  jp_cli_json_add_text (builder, "name", jp_record_get_text (record, JP_ATTACHMENT_NAME));
  jp_cli_json_add_text (builder, "media_type",
                        jp_attachment_get_mime (
                          jp_record_get_code (record, JP_ATTACHMENT_MEDIA_TYPE)));
  jp_cli_json_add_integer (builder, "size", jp_record_get_integer (record, JP_ATTACHMENT_SIZE));
  jp_cli_json_add_text (builder, "sha256", jp_record_get_text (record, JP_ATTACHMENT_DIGEST));
  jp_cli_json_add_text (builder, "made_by", jp_record_get_created_by (record));
  jp_cli_json_add_text (builder, "state", jp_blob_state_get_name (attachment->blob.state));
  jp_cli_json_add_integer (builder, "here", attachment->blob.here_bytes);
  jp_cli_json_add_integer (builder, "sent", attachment->blob.sent_bytes);
  json_builder_end_object (builder);
}

static void
add_line (JpCliTable *table, const JpAttachment *attachment)
{
  JpRecord     *record = attachment->record;
  JpIdText      id;
  const JpCode *purpose =
    jp_code_get (jp_attachment_codes, jp_record_get_code (record, JP_ATTACHMENT_PURPOSE));
  g_autofree char *name = jp_text_redact (jp_record_get_text (record, JP_ATTACHMENT_NAME));
  g_autofree char *size =
    g_format_size ((guint64)jp_record_get_integer (record, JP_ATTACHMENT_SIZE));
  const char *const cells[] = { jp_id_to_text (jp_record_get_id (record), id),
                                purpose != NULL ? jp_code_get_label (purpose) : "",
                                name,
                                size,
                                jp_blob_state_get_label (attachment->blob.state),
                                NULL };

  jp_cli_table_add (table, cells);
}

static gboolean
print_all (JpCli *cli, JpKind kind, const JpId *id, GError **error)
{
  const char *const labels[] = { _ ("ID"),   _ ("What it is"), _ ("File name"),
                                 _ ("Size"), _ ("Where"),      NULL };
  g_autoptr (GPtrArray) attachments = jp_attachment_repo_list (cli->vault, kind, id, error);
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (attachments == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < attachments->len; i++)
    {
      write_attachment (builder, attachments->pdata[i]);
      add_line (table, attachments->pdata[i]);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_rows (cli, builder, table);
  return TRUE;
}

/* --- adding --- */

static gboolean
find_home (JpCli      *cli,
           const char *kind_name,
           const char *text,
           JpRecord  **out_record,
           GError    **error)
{
  const JpKindInfo *info = jp_kind_lookup (kind_name);

  if (info == NULL || jp_attachment_get_home (info->kind) == 0)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                   _ ("Nothing is attached to “%s”: name trainee, contract, refund or dispute."),
                   kind_name);
      return FALSE;
    }
  *out_record = jp_cli_record_find (cli, info->kind, text, error);
  return *out_record != NULL;
}

static gboolean
read_purpose (const char          *text,
              JpKind               kind,
              int                  media_type,
              JpAttachmentPurpose *out_purpose,
              GError             **error)
{
  const JpCode *code = text != NULL ? jp_code_lookup (jp_attachment_codes, text) : NULL;

  if (text != NULL && code == NULL)
    code = jp_code_lookup_label (jp_attachment_codes, text);
  if (text != NULL && code == NULL)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                   _ ("“%s” is none of photo, id_document, contract, withdrawal, evidence, other."),
                   text);
      return FALSE;
    }
  *out_purpose =
    code != NULL ? (JpAttachmentPurpose)code->value : jp_attachment_repo_guess (kind, media_type);
  return TRUE;
}

/* One byte more than may be attached is enough to know that a file is too large. */
static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *bytes = NULL;
  gsize            length_bytes = 0;

  if (stream == NULL)
    return NULL;
  bytes = g_malloc (JP_ATTACHMENT_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, JP_ATTACHMENT_MAX_BYTES + 1,
                                &length_bytes, NULL, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), length_bytes);
}

static gboolean
run_add (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *what = NULL;
  const GOptionEntry entries[] = {
    { "what", 'w', 0, G_OPTION_ARG_STRING, &what,
      N_ ("What it is: photo, id_document, contract, withdrawal, evidence, other"), N_ ("WHAT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("KIND RECORD FILE"),
                           _ ("Attaches a picture or PDF file to a trainee, contract, refund or "
                              "dispute."),
                           entries, 3, 3 };
  g_autoptr (JpRecord) home = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JpAttachmentFile file = { 0 };

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error) ||
      !find_home (cli, (*arguments)[0], (*arguments)[1], &home, error))
    return FALSE;
  bytes = read_file ((*arguments)[2], error);
  if (bytes == NULL)
    return FALSE;

  file.kind = jp_record_get_kind (home);
  file.id = *jp_record_get_id (home);
  file.name = (*arguments)[2];
  file.bytes = bytes;
  return read_purpose (what, file.kind,
                       jp_attachment_find_media_type (g_bytes_get_data (bytes, NULL),
                                                      g_bytes_get_size (bytes)),
                       &file.purpose, error) &&
         jp_attachment_repo_add (cli->vault, &file, cli->actor, NULL, error) > 0 &&
         print_all (cli, file.kind, &file.id, error);
}

static gboolean
run_list (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("KIND RECORD"), _ ("Lists what is attached to a record."), NULL, 2,
                           2 };
  g_autoptr (JpRecord) home = NULL;

  return jp_cli_parse (cli, &help, arguments, error) && jp_cli_open (cli, FALSE, error) &&
         find_home (cli, (*arguments)[0], (*arguments)[1], &home, error) &&
         print_all (cli, jp_record_get_kind (home), jp_record_get_id (home), error);
}

/* --- saving --- */

static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (JpSafeFile) safe = jp_safe_file_open (file, error);
  gsize       length_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &length_bytes);

  return safe != NULL && jp_safe_file_write (safe, data, length_bytes, error) &&
         jp_safe_file_commit (safe, error);
}

static gboolean
say_file (JpCli *cli, const char *path)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      jp_cli_say (cli, _ ("Written to %s."), path);
      return TRUE;
    }
  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "file", path);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

/* What is not here is asked for: the next sync brings it. */
static gboolean
want (JpCli *cli, JpRecord *attachment, GError **error)
{
  if (!jp_blob_repo_want (cli->vault, jp_record_get_text (attachment, JP_ATTACHMENT_DIGEST), error))
    return FALSE;
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
                       _ ("The file is not on this PC yet. It comes with the next sync: "
                          "jiapei sync run"));
  return FALSE;
}

static gboolean
run_save (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("ATTACHMENT --output FILE"),
                           _ ("Writes an attachment into a file in clear; the audit notes it."),
                           entries, 1, 1 };
  g_autoptr (GError) local = NULL;
  g_autoptr (JpRecord) attachment = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  if (output == NULL)
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                           _ ("Name the file to write: --output FILE"));
      return FALSE;
    }
  if (!jp_cli_open (cli, TRUE, error))
    return FALSE;
  attachment = jp_cli_record_find (cli, JP_KIND_ATTACHMENT, (*arguments)[0], error);
  if (attachment == NULL)
    return FALSE;
  bytes = jp_attachment_repo_read (cli->vault, attachment, &local);
  if (bytes == NULL && g_error_matches (local, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND))
    return want (cli, attachment, error);
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return jp_attachment_repo_audit (cli->vault, attachment, cli->actor, "save", error) &&
         write_file (output, bytes, error) && say_file (cli, output);
}

static const JpCommand parts[] = {
  { "add", NC_ ("command", "attach a file"), run_add },
  { "list", NC_ ("command", "what is attached to a record"), run_list },
  { "save", NC_ ("command", "write one into a file"), run_save },
  { "delete", NC_ ("command", "put one into the trash"), jp_command_record_delete },
  { "restore", NC_ ("command", "take one out of the trash"), jp_command_record_restore },
  { NULL, NULL, NULL },
};

/**
 * jp_command_attachment:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_attachment (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
