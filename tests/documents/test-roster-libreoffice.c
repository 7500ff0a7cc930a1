/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup.h"
#include "jp-log.h"
#include "jp-roster-fixture.h"
#include "jp-roster.h"
#include "jp-test-dir.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

/* A roster of 2,000 people as LibreOffice saves it, imported into a school on the disk; then every
 * byte that the school left behind is looked at. Without LibreOffice our own files are imported. */

#define N_TRAINEES 2000u
#define PASSWORD   "开门见山 2026"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Filter options: separator, quote, encoding, first line, columns as text. */
#define TO_XLSX    "xlsx:Calc MS Excel 2007 XML"
#define TO_UTF8    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
#define TO_GB18030 "csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true"

typedef struct
{
  JpTestDir     *dir;
  JpTestDir     *settings; /* of LibreOffice */
  JpProfile     *profile;
  JpVaultFixture school;
  GString       *log;
} Fixture;

static GLogWriterOutput
keep_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  GString *log = user_data;

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      g_string_append_printf (log, "%s\n", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static GString *the_log; /* g_log_set_writer_func() may be called once */

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpIdSource) ids = NULL;
  g_autofree char *folder = NULL;

  fixture->log = the_log;
  fixture->dir = jp_test_dir_new ();
  fixture->settings = jp_test_dir_new ();
  folder = jp_test_dir_build (fixture->dir, "school");
  fixture->school.clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  fixture->school.random = jp_id_source_new_seeded (JP_CLOCK (fixture->school.clock), 1);
  ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  fixture->profile = jp_profile_create (folder, PASSWORD, ids, &error);
  g_assert_no_error (error);
  fixture->school.vault =
    jp_vault_open (fixture->profile->database, JP_DB_WRITER, fixture->profile->key,
                   JP_CLOCK (fixture->school.clock), ids, &error);
  g_assert_true (jp_vault_set_up (fixture->school.vault, &error));
  jp_vault_fixture_found_school (fixture->school.vault);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_vault_fixture_tear_down (&fixture->school, data);
  jp_profile_free (fixture->profile);
  jp_test_dir_free (fixture->dir);
  jp_test_dir_free (fixture->settings);
}

/* Saves a file again with LibreOffice, if there is one. */
static char *
convert (Fixture *fixture, const char *path, const char *to)
{
  g_autofree char *program = g_find_program_in_path ("soffice");
  g_autofree char *out = jp_test_dir_build (fixture->settings, "converted");
  g_autofree char *extension = g_strndup (to, strcspn (to, ":"));
  g_autofree char *setting =
    g_strdup_printf ("-env:UserInstallation=file://%s", jp_test_dir_get_path (fixture->settings));
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_test_message ("LibreOffice is not there: the file stays ours");
      return g_strdup (path);
    }

  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  /* Its warnings are its own affair. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");

  g_autoptr (GSubprocess) soffice =
    g_subprocess_launcher_spawn (launcher, &error, program, setting, "--headless", "--convert-to",
                                 to, "--outdir", out, path, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (soffice, NULL, &error);
  g_assert_no_error (error);
  return g_strdup_printf ("%s/roster.%s", out, extension);
}

/* LibreOffice writes a byte order mark only since 24.2; Excel and WPS always do. */
static void
put_mark (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *marked = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  if (g_str_has_prefix (text, BYTE_ORDER_MARK) || !g_str_has_suffix (path, ".csv"))
    return;
  marked = g_strconcat (BYTE_ORDER_MARK, text, NULL);
  g_assert_true (g_file_set_contents (path, marked, -1, &error));
}

static JpImport *
read_and_plan (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheet) sheet = jp_sheet_read_file (file, NULL, &error);
  g_autoptr (JpRoster) roster = NULL;
  JpImport *import = NULL;

  g_assert_no_error (error);
  g_test_message ("%s", jp_sheet_get_encoding (sheet) != NULL ? jp_sheet_get_encoding (sheet)
                                                              : "workbook");
  roster = jp_roster_new (sheet, JP_KIND_TRAINEE, &error);
  g_assert_no_error (error);
  import = jp_roster_read (roster);
  g_assert_true (jp_import_plan (import, fixture->school.vault, NULL, &error));
  g_assert_no_error (error);
  return import;
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  const char *to = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = jp_test_dir_build (fixture->settings, "roster.xlsx");
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;

  jp_roster_fixture_write (ours, N_TRAINEES);
  path = convert (fixture, ours, to);
  if (strcmp (to, TO_UTF8) == 0)
    put_mark (path);

  g_autoptr (JpImport) import = read_and_plan (fixture, path);

  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_NEW), ==, N_TRAINEES);
  g_assert_cmpuint (jp_import_get_n_changes (import), ==, N_TRAINEES / JP_CHANGE_MAX_ROWS);
  g_assert_true (jp_import_commit (import, fixture->school.vault, "前台", NULL, &error));
  g_assert_no_error (error);

  g_autoptr (JpImport) again = read_and_plan (fixture, path);

  g_assert_cmpuint (jp_import_count (again, JP_IMPORT_SAME), ==, N_TRAINEES);

  g_autoptr (JpVerifyReport) report = jp_verify_run (fixture->school.vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);

  /* Database, write-ahead log, lock, key file, backup. */
  backup = jp_backup_make (fixture->school.vault, fixture->profile, NULL, NULL, &error);
  g_assert_no_error (error);
  jp_roster_fixture_assert_no_leak (fixture->profile->folder, N_TRAINEES);
  g_assert_false (jp_roster_fixture_leaks (fixture->log->str, fixture->log->len, N_TRAINEES));
}

/* The scan would see a number if there were one. */
static void
test_scan (void)
{
  g_autofree char *number = jp_roster_fixture_dup_id_number (17);
  g_autofree char *mobile = jp_roster_fixture_dup_mobile (17);
  g_autofree char *with_number = g_strdup_printf ("abc%sdef", number);
  g_autofree char *with_mobile = g_strdup_printf ("%s", mobile);

  g_assert_true (jp_roster_fixture_leaks (with_number, strlen (with_number), N_TRAINEES));
  g_assert_true (jp_roster_fixture_leaks (with_mobile, strlen (with_mobile), N_TRAINEES));
  g_assert_false (jp_roster_fixture_leaks (with_number, strlen (with_number) - 6, N_TRAINEES));
}

#define ADD(path, to)                                                                              \
  g_test_add ("/documents/roster-libreoffice/" path, Fixture, to, set_up, test_import, tear_down)

int
main (int argc, char **argv)
{
  int result = 0;

  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  the_log = g_string_new (NULL);
  g_log_set_writer_func (keep_log_cb, the_log, NULL);
  g_test_add_func ("/documents/roster-libreoffice/scan", test_scan);
  ADD ("xlsx", TO_XLSX);
  ADD ("utf8-csv", TO_UTF8);
  ADD ("gb18030-csv", TO_GB18030);
  result = g_test_run ();
  g_string_free (the_log, TRUE);
  return result;
}
