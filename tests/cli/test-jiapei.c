/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup.h"
#include "jp-cli-error.h"
#include "jp-json.h"
#include "jp-roster-fixture.h"
#include "jp-test-dir.h"
#include "jp-vault.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PASSWORD      "jiapei-demo"
#define ARGUMENTS_MAX 32
#define N_TRAINEES    120u
#define NOBODY        65534

static const char *program;
static gboolean    on_full_disk; /* the next commands find no room for a byte */
static gboolean    as_nobody;    /* the next commands are somebody's who may not write */

typedef struct
{
  JpTestDir *dir;
  char      *folder;   /* of the school */
  char      *password; /* file */
  char      *out;      /* what the last command said */
  char      *err;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = jp_test_dir_new ();
  fixture->folder = jp_test_dir_build (fixture->dir, "school");
  fixture->password = jp_test_dir_build (fixture->dir, "password");
  g_file_set_contents (fixture->password, PASSWORD "\n", -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_test_dir_free (fixture->dir);
  g_free (fixture->folder);
  g_free (fixture->password);
  g_free (fixture->out);
  g_free (fixture->err);
}

static void
be_nobody (gpointer user_data)
{
  if (setegid (NOBODY) != 0 || seteuid (NOBODY) != 0)
    _exit (EXIT_FAILURE);
}

/* To SQLite a limit on the size of files is what a full disk is: nothing can be written. */
static void
have_no_room (gpointer user_data)
{
  struct rlimit none = { 0, 0 };

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &none) != 0)
    _exit (EXIT_FAILURE);
}

/* Runs the program with @input and returns its exit code. */
static int
run_with (Fixture *fixture, const char *input, const char *const *arguments)
{
  const char *all[ARGUMENTS_MAX] = { program, "-p", fixture->folder };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;

  for (guint i = 0; arguments[i] != NULL && i + 4 < ARGUMENTS_MAX; i++)
    all[i + 3] = arguments[i];
  g_subprocess_launcher_setenv (launcher, "JIAPEI_KEYRING", "none", FALSE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_ACTOR", "前台", TRUE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_PASSWORD_FILE", fixture->password, FALSE);
  if (as_nobody)
    g_subprocess_launcher_set_child_setup (launcher, be_nobody, NULL, NULL);
  if (on_full_disk)
    g_subprocess_launcher_set_child_setup (launcher, have_no_room, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, all, &error);
  g_assert_no_error (error);

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_communicate_utf8 (process, input, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_test_message ("%s %s: %s", arguments[0] != NULL ? arguments[0] : "",
                  arguments[0] != NULL && arguments[1] != NULL ? arguments[1] : "", fixture->err);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static int G_GNUC_NULL_TERMINATED
run (Fixture *fixture, const char *first, ...)
{
  const char *arguments[ARGUMENTS_MAX] = { first };
  va_list     args;

  va_start (args, first);
  for (guint i = 1; i + 1 < ARGUMENTS_MAX && arguments[i - 1] != NULL; i++)
    arguments[i] = va_arg (args, const char *);
  va_end (args);
  return run_with (fixture, "", arguments);
}

static JsonNode *
answer (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = jp_json_parse_text (fixture->out, &error);

  g_assert_no_error (error);
  return node;
}

static gint64
answer_number (Fixture *fixture, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = answer (fixture);
  gint64 number = 0;

  jp_json_get_integer (jp_json_as_object (node, &error), member, G_MININT64, G_MAXINT64, &number,
                       &error);
  g_assert_no_error (error);
  return number;
}

static guint
answer_length (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = answer (fixture);
  JsonArray *array = jp_json_as_array (node, &error);

  g_assert_no_error (error);
  return json_array_get_length (array);
}

static void
assert_error (Fixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jp_json_parse_text (fixture->err, &error);
  const char *said = NULL;

  g_assert_no_error (error);
  jp_json_get_text (jp_json_get_object (jp_json_as_object (node, &error), "error", &error), "code",
                    32, &said, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, code);
}

static void
make_demo (Fixture *fixture)
{
  g_assert_cmpint (run (fixture, "demo", "-q", NULL), ==, JP_CLI_OK);
}

static void
test_init (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (run (fixture, "init", "--name", "曹州驾校", "--json", NULL), ==, JP_CLI_FAILURE);
  assert_error (fixture, "failure");
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  g_assert_cmpint (run (fixture, "init", "--name", "菏泽市曹州驾驶培训有限公司", "--district",
                        "牡丹区", "--address", "人民路1号", "--phone", "0530-5550100", "--json",
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, fixture->folder));
  g_assert_cmpint (run (fixture, "school", "show", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"short_name\":\"曹州驾驶\""));
  g_assert_nonnull (strstr (fixture->out, "\"district\":\"371702\""));
  g_assert_cmpint (run (fixture, "school", "edit", "contact=曹建国", "level=2", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (fixture, "verify", "-q", NULL), ==, JP_CLI_OK);

  /* A second time is refused, whatever the password. */
  g_assert_cmpint (run (fixture, "init", "--name", "菏泽市曹州驾驶培训有限公司", "--district",
                        "牡丹区", "--address", "人民路1号", "--phone", "0530-5550100", NULL),
                   ==, JP_CLI_FAILURE);
}

/* What is said about the key is what has been done with it, not what could have been. */
static void
test_init_keyring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *keyring = jp_test_dir_build (fixture->dir, "keyring");
  g_autofree char *sanitizer = g_strdup (g_getenv ("ASAN_OPTIONS"));
  const char      *with_file[] = { "SECRET_BACKEND", "SECRET_FILE_TEST_PATH",
                                   "SECRET_FILE_TEST_PASSWORD" };

  /* There is a session bus, but nobody answers on it. */
  g_setenv ("JIAPEI_KEYRING", "", TRUE);
  g_assert_cmpint (run (fixture, "init", "--name", "菏泽市曹州驾驶培训有限公司", "--district",
                        "牡丹区", "--address", "人民路1号", "--phone", "0530-5550100", NULL),
                   ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "Its key is under the password."));
  g_assert_null (strstr (fixture->out, "keyring"));

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  /* GLib's leak, see /store/profile/keyring. */
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0:intercept_tls_get_addr=0", TRUE);
  g_free (fixture->folder);
  fixture->folder = jp_test_dir_build (fixture->dir, "second");
  g_assert_cmpint (run (fixture, "init", "--name", "菏泽市曹州驾驶培训有限公司", "--district",
                        "牡丹区", "--address", "人民路1号", "--phone", "0530-5550100", NULL),
                   ==, JP_CLI_OK);
  if (g_file_test (keyring, G_FILE_TEST_EXISTS))
    g_assert_nonnull (strstr (fixture->out, "Its key is in the keyring, and under the password."));
  else
    g_test_skip ("this libsecret has no file backend");

  g_unsetenv ("JIAPEI_KEYRING");
  g_setenv ("ASAN_OPTIONS", sanitizer != NULL ? sanitizer : "", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (with_file); i++)
    g_unsetenv (with_file[i]);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  const char *const nothing[] = { NULL };

  g_assert_cmpint (run_with (fixture, "", nothing), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "trainees", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "trainee", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "trainee", "list", "--no-such-option", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "trainee", "show", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "--version", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, JP_VERSION));
  g_assert_cmpint (run (fixture, "trainee", "list", "--json", NULL), ==, JP_CLI_NOT_FOUND);
  assert_error (fixture, "not-found");
}

static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wrong = jp_test_dir_build (fixture->dir, "wrong");
  g_autoptr (GError) error = NULL;

  make_demo (fixture);
  g_assert_true (g_file_set_contents (wrong, "another password\n", -1, &error));
  g_assert_cmpint (run (fixture, "trainee", "list", "--json", "--password-file", wrong, NULL), ==,
                   JP_CLI_KEY);
  assert_error (fixture, "key");
  g_assert_cmpint (run (fixture, "trainee", "list", "--password-file", "/no/such/file", NULL), ==,
                   JP_CLI_KEY);
  g_assert_cmpint (run (fixture, "trainee", "list", "-q", NULL), ==, JP_CLI_OK);

  const char *const arguments[] = { "trainee", "list", "-q", "--password-file", "-", NULL };

  g_assert_cmpint (run_with (fixture, PASSWORD "\n", arguments), ==, JP_CLI_OK);
}

/* While another program writes, one may read. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = g_build_filename (fixture->folder, "school.db", NULL);
  g_autoptr (JpDb) lock = NULL;

  make_demo (fixture);
  lock = jp_vault_take_lock (database, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (fixture, "trainee", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 60);
  g_assert_cmpint (run (fixture, "tier", "price", "C1 普通班", "3480", "--json", NULL), ==,
                   JP_CLI_LOCKED);
  assert_error (fixture, "locked");
  g_assert_cmpint (run (fixture, "sync", "run", "--json", NULL), ==, JP_CLI_LOCKED);
}

#define NUMBER "371702199901011118"

static void
test_trainee (Fixture *fixture, gconstpointer data)
{
  const char *const add[] = { "trainee", "add", "-", "--json", NULL };

  make_demo (fixture);
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", "id_number=371702199901011119",
                        "phone=13805300001", "licence_type=C1", NULL),
                   ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "id_number"));
  g_assert_cmpint (run_with (fixture,
                             "name=王明朗\nid_number=" NUMBER
                             "\nphone=138 0530 0001\nlicence_type=c1\nclass_tier=C1 普通班\n",
                             add),
                   ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"status\":\"enrolled\""));
  g_assert_null (strstr (fixture->out, NUMBER));

  /* Again: somebody with this number is there. */
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", "id_number=" NUMBER,
                        "phone=13805300001", "licence_type=C1", NULL),
                   ==, JP_CLI_FAILURE);
  g_assert_cmpint (run (fixture, "trainee", "show", NUMBER, "--reveal", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, NUMBER));

  g_assert_cmpint (run (fixture, "trainee", "edit", NUMBER, "note=左手持镜", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "edit", NUMBER, "status=graduated", NULL), ==,
                   JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "trainee", "undo", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "show", NUMBER, "--json", NULL), ==, JP_CLI_OK);
  g_assert_null (strstr (fixture->out, "左手持镜"));

  g_assert_cmpint (run (fixture, "trainee", "delete", NUMBER, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "show", NUMBER, NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "trainee", "list", "--trash", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 1);
  g_assert_cmpint (run (fixture, "trainee", "restore", NUMBER, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "list", "--where", "licence_type=C1", "--sort",
                        "applied_on", "-d", "-n", "7", "--json", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 7);
  g_assert_cmpint (run (fixture, "verify", "-q", NULL), ==, JP_CLI_OK);
}

static void
test_contract (Fixture *fixture, gconstpointer data)
{
  make_demo (fixture);
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", "id_number=" NUMBER,
                        "phone=13805300001", "licence_type=C1", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "contract", "draft", NUMBER, NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "tier", "price", "C1 普通班", "3480", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "price"), ==, 348000);
  g_assert_cmpint (answer_number (fixture, "version_no"), ==, 2);

  /* The name of a tier means its newest version. */
  g_assert_cmpint (run (fixture, "contract", "draft", NUMBER, "C1 普通班", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "price"), ==, 348000);
  g_assert_cmpint (run (fixture, "contract", "list", "--where", "status=draft", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 16);
  g_assert_cmpint (run (fixture, "contract", "show", "00031", "--text", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "叁仟肆佰捌拾元"));
  g_assert_cmpint (run (fixture, "contract", "offer", "00031", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "contract", "offer", "00031", "--json", NULL), ==, JP_CLI_FAILURE);
  g_assert_cmpint (run (fixture, "contract", "cancel", "00031", NULL), ==, JP_CLI_OK);
}

static gboolean
is_pdf (const char *path)
{
  g_autofree char *data = NULL;

  return g_file_get_contents (path, &data, NULL, NULL) && g_str_has_prefix (data, "%PDF-1.");
}

/* Papers are made without a window; a print is noted, one with numbers in clear as a revelation. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contract = jp_test_dir_build (fixture->dir, "contract.pdf");
  g_autofree char *poster = jp_test_dir_build (fixture->dir, "poster.pdf");
  g_autofree char *form = jp_test_dir_build (fixture->dir, "form.pdf");
  g_autofree char *sheet = jp_test_dir_build (fixture->dir, "sheet.pdf");

  make_demo (fixture);
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", "id_number=" NUMBER,
                        "phone=13805300001", "licence_type=C1", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "contract", "draft", NUMBER, "C1 普通班", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "contract", "print", "00031", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "contract", "print", "00031", "--output", contract, "--json",
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "pages"), >=, 3);
  g_assert_true (is_pdf (contract));
  g_assert_cmpint (run (fixture, "tier", "poster", "-o", poster, "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "pages"), >=, 1);
  g_assert_true (is_pdf (poster));
  g_assert_cmpint (run (fixture, "tier", "poster", "no such", "-o", poster, NULL), ==,
                   JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "trainee", "print", NUMBER, "-o", form, "--reveal", "--json",
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "pages"), ==, 1);
  g_assert_true (is_pdf (form));
  g_assert_cmpint (run (fixture, "settlement", "dispute", "letter", "no such", "-o", form, NULL),
                   ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "settlement", "dispute", "open", "no such/one", NULL), ==,
                   JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "settlement", "dispute", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "settlement", "evidence", "no such", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "refund", "simulate", "00001", "--pdf", sheet, "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "pages"), ==, 1);
  g_assert_true (is_pdf (sheet));
  g_assert_cmpint (run (fixture, "trainee", "print", NUMBER, "-o", "/no/such/form.pdf", NULL), !=,
                   JP_CLI_OK);
  g_assert_cmpint (run (fixture, "verify", "-q", NULL), ==, JP_CLI_OK);
}

static char *
write_secret (Fixture *fixture, const char *name, const char *secret)
{
  char *path = jp_test_dir_build (fixture->dir, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, secret, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* As if the platform had told that the contract was signed and paid. */
static void
pay_contract (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "school.db", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpDb *db = jp_db_open (path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  jp_db_begin_write (db, &transaction, &error);
  g_assert_no_error (error);
  jp_db_exec (db, "UPDATE contract SET status = 'paid', paid = price WHERE number LIKE '%-00001'",
              &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
  jp_db_close (db);
}

static void
add_two (Fixture *fixture, const char *master, const char *money)
{
  g_assert_cmpint (run (fixture, "user", "add", "王校长", "--role", "principal", "--pin", master,
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "user", "add", "李会计", "--role", "finance", "--pin", money,
                        "--by", "王校长", "--by-pin", master, NULL),
                   ==, JP_CLI_OK);
}

/* Two people stand behind a withdrawal, also in the terminal; what the platform did is checked. */
static void
test_refund (Fixture *fixture, gconstpointer data)
{
  g_autofree char *master = write_secret (fixture, "pin1", "135790\n");
  g_autofree char *money = write_secret (fixture, "pin2", "246802\n");

  make_demo (fixture);
  pay_contract (fixture);
  add_two (fixture, master, money);
  g_assert_cmpint (run (fixture, "user", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"has_pin\":true"));
  g_assert_cmpint (run (fixture, "user", "code", "李会计", "--by-pin", money, NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (strlen (g_strchomp (fixture->out)), ==, 14);

  g_assert_cmpint (run (fixture, "refund", "simulate", "00001", "--fault", "school", "--hours",
                        "2=3.5", "--json", NULL),
                   ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"arithmetic\""));
  g_assert_cmpint (run (fixture, "refund", "simulate", "00001", "--hours", "nine", NULL), ==,
                   JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "--as", "李会计", "refund", "request", "00001", "--pin", money,
                        "--reason", "搬家", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "--as", "李会计", "refund", "approve", "00001", "--pin", money,
                        NULL),
                   !=, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "refund", "list", "--open", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "李会计"));
  g_assert_cmpint (run (fixture, "--as", "王校长", "refund", "approve", "00001", "--pin", master,
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "refund", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"approved\":true"));
  g_assert_cmpint (run (fixture, "refund", "check", "00001", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"fine\":true"));
}

/* The rule's mark is in the answer; a request is made once, and needs two people. */
static void
test_transfer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *master = write_secret (fixture, "pin1", "135790\n");
  g_autofree char *money = write_secret (fixture, "pin2", "246802\n");

  make_demo (fixture);
  pay_contract (fixture);
  add_two (fixture, master, money);
  g_assert_cmpint (run (fixture, "transfer", "simulate", "00001", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"assumption\":true"));
  g_assert_nonnull (strstr (fixture->out, "\"money\":\"follow\""));
  g_assert_cmpint (run (fixture, "--as", "李会计", "transfer", "request", "00001", "123", "--pin",
                        money, NULL),
                   !=, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "--as", "李会计", "transfer", "request", "00001",
                        "3717020000000099", "--name", "丹阳路驾校", "--pin", money, NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "--as", "王校长", "transfer", "request", "00001",
                        "3717020000000099", "--pin", master, NULL),
                   !=, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "--as", "李会计", "transfer", "approve", "00001", "--pin", money,
                        NULL),
                   !=, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "--as", "王校长", "refund", "approve", "00001", "--pin", master,
                        NULL),
                   ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "transfer", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"state\":\"draft\""));
  g_assert_cmpint (run (fixture, "--as", "王校长", "transfer", "approve", "00001", "--pin", master,
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "transfer", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "丹阳路驾校"));
  g_assert_nonnull (strstr (fixture->out, "\"state\":\"pending\""));
}

/* A file in order, and one that is refused with its name, line and reason. */
static void
test_policy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good =
    g_test_build_filename (G_TEST_DIST, "..", "data", "policies", "fuzhou-2020.json", NULL);
  g_autofree char *bad = jp_test_dir_build (fixture->dir, "bad.json");
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *broken = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (run (fixture, "policy", "check", good, NULL), ==, JP_CLI_OK);
  g_file_get_contents (good, &text, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (text, "\"share_bp\": 1000", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  broken = g_strjoinv ("\"share_bp\": 99999", parts);
  g_file_set_contents (bad, broken, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (fixture, "policy", "check", bad, NULL), !=, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->err, "bad.json:"));
  g_assert_cmpint (run (fixture, "policy", "check", "/no/such.json", NULL), ==, JP_CLI_NOT_FOUND);
}

/* A journal on a stick, a backup with a copy, a drill, and everything back from each of them. */
static void
test_safety (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stick = jp_test_dir_build (fixture->dir, "stick");
  g_autofree char *copies = jp_test_dir_build (fixture->dir, "copies");
  g_autofree char *elsewhere = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autofree char *third = jp_test_dir_build (fixture->dir, "third");
  g_auto (GStrv) copied = NULL;

  make_demo (fixture);
  g_assert_cmpint (run (fixture, "restore", "--drill", NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "safety", "--journal", stick, NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (copies, 0700), ==, 0);
  g_assert_cmpint (run (fixture, "safety", "--keep-days", "0", NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "safety", "--journal", stick, "--copies", copies, "--keep-hours",
                        "7", "--json", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "keep_hours"), ==, 7);

  g_assert_cmpint (run (fixture, "backup", "-q", NULL), ==, JP_CLI_OK);
  copied = jp_backup_list (copies);
  g_assert_cmpuint (g_strv_length (copied), ==, 1);
  g_assert_cmpint (run (fixture, "restore", "--drill", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "rows"), >, 100);

  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", "id_number=" NUMBER,
                        "phone=13805300001", "licence_type=C1", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "restore", copied[0], "--journal", stick, "-p", elsewhere, NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "show", NUMBER, "-p", elsewhere, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "restore", "--without-backup", "--journal", stick, "-p", third,
                        NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "show", NUMBER, "-p", third, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "verify", "-q", "-p", third, NULL), ==, JP_CLI_OK);
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wanted = jp_test_dir_build (fixture->dir, "new-password");

  make_demo (fixture);
  g_assert_true (g_file_set_contents (wanted, "short\n", -1, NULL));
  g_assert_cmpint (run (fixture, "password", "--new-password-file", wanted, NULL), ==,
                   JP_CLI_REFUSED);
  g_assert_true (g_file_set_contents (wanted, "another horse\n", -1, NULL));
  g_assert_cmpint (run (fixture, "password", "--password-file", wanted, "--new-password-file",
                        wanted, NULL),
                   ==, JP_CLI_KEY);
  g_assert_cmpint (run (fixture, "password", "--new-password-file", wanted, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "list", NULL), ==, JP_CLI_KEY);
  g_assert_cmpint (run (fixture, "trainee", "list", "-q", "--password-file", wanted, NULL), ==,
                   JP_CLI_OK);
}

/* What a command says when the data cannot be opened, and that it leaves everything as it was. */
static void
test_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_build_filename (fixture->folder, JP_PROFILE_DATABASE, NULL);
  g_autofree char *kept = g_strconcat (database, ".kept", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) lock = NULL;

  make_demo (fixture);
  lock = jp_vault_take_lock (database, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", NULL), ==, JP_CLI_LOCKED);
  g_assert_cmpint (run (fixture, "trainee", "list", "-q", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "restore", NULL), !=, JP_CLI_OK);
  g_clear_pointer (&lock, jp_db_close);

  g_assert_cmpint (g_rename (database, kept), ==, 0);
  g_assert_cmpint (run (fixture, "trainee", "list", NULL), ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "jiapei restore"));
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (database, "not a database", -1, &error));
  g_assert_cmpint (run (fixture, "trainee", "list", NULL), ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "jiapei restore"));
}

static void
set_version (const char *database, int version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (database, JP_DB_WRITER, &error);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", version);

  g_assert_no_error (error);
  g_assert_true (jp_db_exec (db, sql, &error));
}

static int
get_version (const char *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (database, JP_DB_READER, &error);
  g_autoptr (JpStatement) row = NULL;
  gboolean found = FALSE;

  g_assert_no_error (error);
  row = jp_db_prepare (db, "PRAGMA user_version", &error);
  g_assert_no_error (error);
  g_assert_true (jp_statement_step (row, &found, &error));
  return (int)jp_statement_get_integer (row, 0);
}

/* A newer program has been here: nothing is touched, and the sentence says what to do. */
static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_build_filename (fixture->folder, JP_PROFILE_DATABASE, NULL);
  int              version = 0;

  make_demo (fixture);
  version = get_version (database);
  set_version (database, 99);
  g_assert_cmpint (run (fixture, "trainee", "list", NULL), ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "newer version"));
  g_assert_cmpint (run (fixture, "trainee", "add", "name=王明朗", NULL), ==, JP_CLI_FAILURE);
  g_assert_cmpint (get_version (database), ==, 99);
  set_version (database, version);
  g_assert_cmpint (run (fixture, "trainee", "list", "-q", NULL), ==, JP_CLI_OK);
}

/* Without room nothing is half done, and the sentence says what to do; with room it goes on. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  make_demo (fixture);
  on_full_disk = TRUE;
  g_assert_cmpint (run (fixture, "tier", "price", "C1 普通班", "3480", NULL), ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "The disk is full"));
  on_full_disk = FALSE;
  g_assert_cmpint (run (fixture, "tier", "price", "C1 普通班", "3480", "-q", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "verify", "-q", NULL), ==, JP_CLI_OK);
}

static void
give_away (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (chown (path, NOBODY, NOBODY), ==, 0);
    }
}

/* Without the right to write, a change says so and is not half there; with it, it is saved. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;

  make_demo (fixture);
  if (is_root)
    {
      give_away (fixture->folder);
      g_assert_cmpint (chown (fixture->password, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (g_chmod (jp_test_dir_get_path (fixture->dir), 0755), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  as_nobody = is_root;
  g_assert_cmpint (run (fixture, "tier", "price", "C1 普通班", "3480", NULL), ==, JP_CLI_FAILURE);
  g_assert_nonnull (strstr (fixture->err, "may only be read"));
  as_nobody = FALSE;
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (run (fixture, "trainee", "list", "-q", NULL), ==, JP_CLI_OK);
}

static void
test_terminal (Fixture *fixture, gconstpointer data)
{
  make_demo (fixture);
  g_assert_cmpint (run (fixture, "terminal", "swap", "鲁R1960学", "JPT-24-0102", NULL), ==,
                   JP_CLI_FAILURE);
  g_assert_cmpint (run (fixture, "terminal", "swap", "鲁R1960学", "JPT-24-0111", "--reason", "why",
                        NULL),
                   ==, JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "terminal", "swap", "鲁R1960学", "JPT-24-0111", "--reason",
                        "repair", "--json", NULL),
                   ==, JP_CLI_OK);
  g_assert_nonnull (strstr (fixture->out, "\"terminal_title\":\"JPT-24-0111\""));
  g_assert_cmpint (run (fixture, "terminal", "history", "鲁R1960学", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 2);
  g_assert_cmpint (run (fixture, "terminal", "swap", "鲁R1960学", "none", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "terminal", "swap", "鲁R1960学", "none", NULL), ==,
                   JP_CLI_FAILURE);
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *roster = jp_test_dir_build (fixture->dir, "roster.xlsx");
  g_autofree char *export = jp_test_dir_build (fixture->dir, "export.xlsx");
  g_autofree char *refused = jp_test_dir_build (fixture->dir, "roster.refused.xlsx");
  g_autofree char *sample =
    g_test_build_filename (G_TEST_DIST, "documents", "data", "roster-import-gb18030.csv", NULL);
  g_autofree char *sample_refused = jp_test_dir_build (fixture->dir, "sample.csv");

  make_demo (fixture);
  jp_roster_fixture_write (roster, N_TRAINEES);
  g_assert_cmpint (run (fixture, "import", roster, "--dry-run", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "new"), ==, N_TRAINEES);
  g_assert_cmpint (run (fixture, "import", roster, "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "new"), ==, N_TRAINEES);
  g_assert_cmpint (run (fixture, "import", roster, "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "same"), ==, N_TRAINEES);
  g_assert_false (g_file_test (refused, G_FILE_TEST_EXISTS));

  g_assert_cmpint (run (fixture, "import", sample, "--refused", sample_refused, "--json", NULL), ==,
                   JP_CLI_REFUSED);
  g_assert_cmpint (answer_number (fixture, "refused"), >=, 8);
  g_assert_true (g_file_test (sample_refused, G_FILE_TEST_EXISTS));
  g_assert_cmpint (run (fixture, "import", "/no/such/roster.xlsx", NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "import", fixture->password, NULL), ==, JP_CLI_FAILURE);
  g_assert_cmpint (run (fixture, "import", roster, "--kind", "contract", NULL), ==, JP_CLI_USAGE);

  g_assert_cmpint (run (fixture, "export", "trainee", export, "--where", "status=enrolled",
                        "--json", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "rows"), >, N_TRAINEES);
  g_assert_cmpint (run (fixture, "export", "trainee", export, "--fields", "name,nonsense", NULL),
                   ==, JP_CLI_USAGE);

  /* Backups and all: nothing in clear in the folder of the school. */
  g_assert_cmpint (run (fixture, "backup", "-q", NULL), ==, JP_CLI_OK);
  jp_roster_fixture_assert_no_leak (fixture->folder, N_TRAINEES);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = jp_test_dir_build (fixture->dir, "copy.jpbackup");
  g_autofree char *elsewhere = jp_test_dir_build (fixture->dir, "elsewhere");

  make_demo (fixture);
  g_assert_cmpint (run (fixture, "backup", backup, "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "last_op"), >, 100);
  g_assert_cmpint (run (fixture, "backup", "--list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 0);

  g_assert_cmpint (run (fixture, "restore", backup, "-p", elsewhere, "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (fixture, "verify", "-p", elsewhere, "-q", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "trainee", "list", "-p", elsewhere, "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 60);
  g_assert_cmpint (run (fixture, "restore", "/no/such/file", NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "restore", fixture->password, "--json", NULL), ==, JP_CLI_FAILURE);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "cli", "data", "ca.pem", NULL);

  make_demo (fixture);
  g_assert_cmpint (run (fixture, "sync", "status", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (answer_number (fixture, "waiting"), >, 100);
  g_assert_cmpint (run (fixture, "sync", "run", "--json", NULL), ==, JP_CLI_FAILURE);
  g_assert_cmpint (run (fixture, "sync", "join", "https://127.0.0.1:1", "CODE", NULL), ==,
                   JP_CLI_USAGE);
  g_assert_cmpint (run (fixture, "sync", "join", "http://127.0.0.1:1", "CODE", "--ca",
                        fixture->password, NULL),
                   ==, JP_CLI_USAGE);
  /* Nobody listens on port 1; the work goes on. */
  g_assert_cmpint (run (fixture, "sync", "join", "https://127.0.0.1:1", "CODE", "--ca", authority,
                        "--json", NULL),
                   ==, JP_CLI_OFFLINE);
  assert_error (fixture, "offline");
  g_assert_cmpint (run (fixture, "settlement", "list", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 0);
  g_assert_cmpint (run (fixture, "settlement", "show", "JS-1", NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "settlement", "check", "JS-1", NULL), ==, JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (fixture, "settlement", "check", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 0);
  g_assert_cmpint (run (fixture, "settlement", "forecast", "--weeks", "3", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (fixture, "settlement", "overview", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (fixture, "settlement", "stuck", "--days", "0", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (fixture, "settlement", "missing", "--days", "3", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpuint (answer_length (fixture), ==, 0);
}

#define ADD(path, func) g_test_add ("/cli/jiapei/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  program = argc > 1 ? argv[1] : "jiapei";
  ADD ("init", test_init);
  ADD ("safety", test_safety);
  ADD ("password", test_password);
  ADD ("cannot-open", test_cannot_open);
  ADD ("too-new", test_too_new);
  ADD ("full-disk", test_full_disk);
  ADD ("read-only", test_read_only);
  ADD ("init-keyring", test_init_keyring);
  ADD ("usage", test_usage);
  ADD ("key", test_key);
  ADD ("locked", test_locked);
  ADD ("trainee", test_trainee);
  ADD ("contract", test_contract);
  ADD ("print", test_print);
  ADD ("policy", test_policy);
  ADD ("transfer", test_transfer);
  ADD ("refund", test_refund);
  ADD ("terminal", test_terminal);
  ADD ("import", test_import);
  ADD ("backup", test_backup);
  ADD ("offline", test_offline);
  return g_test_run ();
}
