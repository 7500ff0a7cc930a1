/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-faulty-disk.h"
#include "jp-query.h"
#include "jp-reserve.h"
#include "jp-store-fixture.h"
#include "jp-test-records.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_QUEUED     40
#define FUTURE       99 /* a schema version of a program to come */
#define PAGE_BYTES   4096
#define HOLD_COMMAND "--hold-lock"

static gint64
count_vehicles (JpStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  g_auto (JpStoreWait) wait = { NULL };
  gint64 count = 0;

  jp_store_count_async (fixture->store, query, NULL, jp_store_wait_cb, &wait);
  count = jp_store_count_finish (fixture->store, jp_store_wait_for (&wait), &error);
  g_assert_no_error (error);
  return count;
}

/* --- open and close --- */

static void
test_open (JpStoreFixture *fixture, gconstpointer data)
{
  JpStore *store = fixture->store;
  g_autoptr (JpRecord) vehicle = NULL;

  g_assert_true (jp_store_is_open (store));
  g_assert_cmpstr (jp_store_get_path (store), ==, fixture->path);
  g_assert_cmpstr (jp_store_get_actor (store), ==, "前台");
  g_assert_true (jp_store_get_key (store) == fixture->key);
  g_assert_true (jp_store_get_clock (store) == JP_CLOCK (fixture->clock));
  g_assert_true (jp_store_get_ids (store) == fixture->ids);
  g_assert_cmpint (jp_store_today (store), ==, 20261124);

  vehicle = jp_store_fixture_add_vehicle (fixture);
  jp_store_fixture_close (fixture);
  jp_store_fixture_open (fixture, NULL);
  g_assert_cmpint (count_vehicles (fixture), ==, 1);

  g_autoptr (JpRecord) again =
    jp_store_fixture_get (fixture, JP_KIND_VEHICLE, jp_record_get_id (vehicle));

  jp_test_record_assert_equal (vehicle, again);
}

static gpointer
never_call (JpVault *vault, gpointer data, GError **error)
{
  g_assert_not_reached ();
}

static void
count_free (gpointer data)
{
  guint *n = data;

  ++*n;
}

static void
test_closed (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) closed = { NULL };
  g_auto (JpStoreWait) wait = { NULL };
  guint       n_freed = 0;
  JpStoreCall call = { never_call, &n_freed, count_free, NULL, JP_STORE_KINDS_ALL };
  gpointer    value = &call;

  jp_store_close_async (fixture->store, NULL, jp_store_wait_cb, &closed);
  g_assert_false (jp_store_is_open (fixture->store));

  jp_store_read_async (fixture->store, &call, NULL, jp_store_wait_cb, &wait);
  g_assert_false (jp_store_read_finish (fixture->store, jp_store_wait_for (&wait), &value, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO);
  g_clear_error (&error);
  jp_store_wait_clear (&wait);

  jp_store_write_async (fixture->store, &call, G_PRIORITY_DEFAULT, NULL, jp_store_wait_cb, &wait);
  g_assert_false (
    jp_store_write_finish (fixture->store, jp_store_wait_for (&wait), &value, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO);
  jp_store_wait_clear (&wait);

  g_assert_true (jp_store_close_finish (fixture->store, jp_store_wait_for (&closed), NULL));
  jp_store_wait_clear (&closed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_freed, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint *n = user_data;

  g_assert_cmpint (jp_store_commit_finish (JP_STORE (source), result, &error), >, 0);
  g_assert_no_error (error);
  ++*n;
}

/* Saves that wait when the window is closed are on the disk when it is gone. */
static void
test_close_drains (JpStoreFixture *fixture, gconstpointer data)
{
  g_auto (JpStoreWait) closed = { NULL };
  guint n_saved = 0;

  for (int i = 0; i < N_QUEUED; i++)
    {
      g_autoptr (JpRecord) vehicle = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);

      jp_store_commit_async (fixture->store, jp_store_fixture_new_change (fixture, NULL, vehicle),
                             NULL, count_cb, &n_saved);
    }
  jp_store_close_async (fixture->store, NULL, jp_store_wait_cb, &closed);
  jp_store_close_finish (fixture->store, jp_store_wait_for (&closed), NULL);
  g_assert_cmpuint (n_saved, ==, N_QUEUED);
  jp_store_wait_clear (&closed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  jp_store_fixture_open (fixture, NULL);
  g_assert_cmpint (count_vehicles (fixture), ==, N_QUEUED);
}

/* --- one program at a time --- */

static void
test_locked (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpStoreFixture other = *fixture;

  g_assert_false (jp_store_fixture_open (&other, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_LOCKED);
  g_assert_null (other.store);
  g_clear_error (&error);

  jp_store_fixture_close (fixture);
  g_assert_true (jp_store_fixture_open (&other, &error));
  g_assert_no_error (error);
  jp_store_fixture_close (&other);
}

/* The other program: holds the lock until it is killed. */
static void G_GNUC_NORETURN
hold_lock (const char *path)
{
  g_autoptr (GError) error = NULL;
  JpDb *lock = jp_vault_take_lock (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_print ("held\n");
  while (TRUE)
    g_usleep (G_USEC_PER_SEC);
}

static void
test_locked_by_other_process (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  jp_store_fixture_close (fixture);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, HOLD_COMMAND,
                            fixture->path, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "held");

  g_assert_false (jp_store_fixture_open (fixture, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_LOCKED);
  g_clear_error (&error);

  /* However it ends, the lock goes with it. */
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
}

/* --- changes --- */

typedef struct
{
  JpStoreFixture *fixture;
  guint           n_changed;
  guint64         kinds;
  guint           n_changed_at_callback;
  gint64          n_seen_at_callback;
  gint64          n;
} Listener;

static void
changed_cb (JpStore *store, guint64 kinds, Listener *listener)
{
  listener->n_changed++;
  listener->kinds = kinds;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *listener = user_data;

  listener->n_changed_at_callback = listener->n_changed;
  listener->n = jp_store_commit_finish (JP_STORE (source), result, NULL);
}

static void
test_changed (JpStoreFixture *fixture, gconstpointer data)
{
  Listener     listener = { .fixture = fixture };
  JpChange    *change = jp_store_new_change (fixture->store, "new");
  guint64      vehicle_bit = jp_store_kind_bit (JP_KIND_VEHICLE);
  guint64      coach_bit = jp_store_kind_bit (JP_KIND_COACH);
  const JpKind kinds[] = { JP_KIND_VEHICLE, JP_KIND_COACH, JP_KIND_VEHICLE };
  g_autoptr (JpRecord) wrong = NULL;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &listener);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (JpRecord) record = jp_test_record_new (kinds[i], fixture->random);

      jp_change_add (change, NULL, record);
    }

  /* Three rows, one transaction, one signal, before the callback; the reader sees the rows. */
  jp_store_commit_async (fixture->store, change, NULL, committed_cb, &listener);
  while (listener.n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_assert_cmpuint (listener.n_changed_at_callback, ==, 1);
  g_assert_cmpuint (listener.kinds, ==, vehicle_bit | coach_bit);
  g_assert_cmpint (count_vehicles (fixture), ==, 2);

  /* A change that is refused says nothing. */
  JpDraft *draft = jp_test_draft_new (JP_KIND_VEHICLE, fixture->random);

  jp_draft_set_text (draft, JP_VEHICLE_PLATE, "no plate");
  wrong = jp_draft_end (draft);
  listener.n = -1;
  jp_store_commit_async (fixture->store, jp_store_fixture_new_change (fixture, NULL, wrong), NULL,
                         committed_cb, &listener);
  while (listener.n == -1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (listener.n, ==, 0);
  g_assert_cmpuint (listener.n_changed, ==, 1);

  /* Nobody looks at the result: lists learn of it all the same. */
  g_autoptr (JpRecord) last = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);

  jp_store_commit_async (fixture->store, jp_store_fixture_new_change (fixture, NULL, last), NULL,
                         NULL, NULL);
  jp_store_fixture_settle (fixture);
  while (listener.n_changed < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listener.kinds, ==, vehicle_bit);
  g_assert_cmpint (count_vehicles (fixture), ==, 3);
  g_signal_handlers_disconnect_by_data (fixture->store, &listener);
}

static void
test_undo (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  Listener listener = { .fixture = fixture };
  g_autoptr (JpRecord) vehicle = jp_store_fixture_add_vehicle (fixture);

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &listener);
  jp_store_undo_async (fixture->store, 99, NULL, jp_store_wait_cb, &wait);
  g_assert_cmpint (jp_store_undo_finish (fixture->store, jp_store_wait_for (&wait), &error), ==, 0);
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  jp_store_wait_clear (&wait);
  g_assert_cmpuint (listener.n_changed, ==, 0);

  /* The first operation founded the school. */
  jp_store_undo_async (fixture->store, 2, NULL, jp_store_wait_cb, &wait);
  g_assert_cmpint (jp_store_undo_finish (fixture->store, jp_store_wait_for (&wait), &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_assert_cmpint (count_vehicles (fixture), ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->store, &listener);
}

static void
test_get_missing (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  JpId id = jp_id_source_next (fixture->ids);

  jp_store_get_record_async (fixture->store, JP_KIND_COACH, &id, NULL, jp_store_wait_cb, &wait);
  g_assert_null (jp_store_get_record_finish (fixture->store, jp_store_wait_for (&wait), &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

/* --- cancellation --- */

typedef struct
{
  GCancellable *cancellable; /* (borrowed) */
  JpVault      *vault;       /* (borrowed): of the call that runs */
} Cancelled;

/* Somebody cancels while the write runs. */
static gpointer
write_and_cancel_call (JpVault *vault, gpointer data, GError **error)
{
  Cancelled *cancelled = data;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  g_cancellable_cancel (cancelled->cancellable);
  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_vault_set_setting (vault, "test", "written", error) ||
      !jp_transaction_commit (&transaction, error))
    return NULL;
  return g_strdup ("done");
}

static gpointer
read_setting_call (JpVault *vault, gpointer data, GError **error)
{
  char *value = NULL;

  return jp_vault_get_setting (vault, "test", &value, error) ? value : NULL;
}

static void
test_write_cancelled (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelled        cancelled = { cancellable, NULL };
  Listener         listener = { .fixture = fixture };
  JpStoreCall      call = { write_and_cancel_call, &cancelled, NULL, g_free, JP_STORE_KINDS_ALL };
  JpStoreCall      read = { read_setting_call, NULL, NULL, g_free, 0 };
  g_autofree char *answer = NULL;
  g_autofree char *value = NULL;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &listener);

  /* What has begun is finished, reported and announced. */
  jp_store_write_async (fixture->store, &call, G_PRIORITY_LOW, cancellable, jp_store_wait_cb,
                        &wait);
  g_assert_true (
    jp_store_write_finish (fixture->store, jp_store_wait_for (&wait), (gpointer *)&answer, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "done");
  g_assert_cmpuint (listener.n_changed, ==, 1);
  value = jp_store_fixture_read (fixture, &read, &error);
  g_assert_cmpstr (value, ==, "written");
  jp_store_wait_clear (&wait);

  /* What has not begun does not happen. */
  call.func = never_call;
  jp_store_write_async (fixture->store, &call, G_PRIORITY_DEFAULT, cancellable, jp_store_wait_cb,
                        &wait);
  g_assert_false (jp_store_write_finish (fixture->store, jp_store_wait_for (&wait), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->store, &listener);
}

static gpointer
endless_call (JpVault *vault, gpointer data, GError **error)
{
  int *begun = data;
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db,
                                                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                                                     "SELECT i + 1 FROM n) SELECT MAX (i) FROM n",
                                                     error);
  gboolean row = FALSE;

  g_atomic_int_set (begun, 1);
  jp_statement_step (statement, &row, error);
  return NULL;
}

static void
test_read_cancelled (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpStoreWait) wait = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int         begun = 0;
  JpStoreCall call = { endless_call, &begun, NULL, NULL, 0 };

  jp_store_read_async (fixture->store, &call, cancellable, jp_store_wait_cb, &wait);
  while (g_atomic_int_get (&begun) == 0)
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  g_assert_false (jp_store_read_finish (fixture->store, jp_store_wait_for (&wait), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count_vehicles (fixture), ==, 0); /* the connection goes on */
}

static void
count_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_cmpint (jp_store_count_finish (JP_STORE (source), result, NULL), >=, 0);
  g_string_append (user_data, "count ");
}

static void
read_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *value = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&value, NULL);
  g_string_append (user_data, "read ");
}

/* The numbers beside the views never keep rows waiting. */
static void
test_counts_wait (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (JpStoreWait) wait = { NULL };
  int         begun = 0;
  JpStoreCall endless = { endless_call, &begun, NULL, NULL, 0 };
  JpStoreCall read = { read_setting_call, NULL, NULL, g_free, 0 };

  jp_store_read_async (fixture->store, &endless, cancellable, jp_store_wait_cb, &wait);
  while (g_atomic_int_get (&begun) == 0)
    g_thread_yield ();
  jp_store_count_async (fixture->store, query, NULL, count_answered_cb, answers);
  jp_store_read_async (fixture->store, &read, NULL, read_answered_cb, answers);
  g_cancellable_cancel (cancellable);
  while (strstr (answers->str, "count") == NULL || strstr (answers->str, "read") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (answers->str, ==, "read count ");
}

/* --- files that cannot be opened --- */

static void
read_file (const char *path, GBytes **out_bytes)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize size = 0;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  *out_bytes = g_bytes_new_take (bytes, size);
}

static void
assert_refused_untouched (JpStoreFixture *fixture, JpStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  read_file (fixture->path, &before);
  g_assert_false (jp_store_fixture_open (fixture, &error));
  g_assert_error (error, JP_STORE_ERROR, (int)code);
  g_assert_null (fixture->store);
  read_file (fixture->path, &after);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_wrong_key (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpSealKey *right = fixture->key;
  g_autoptr (JpSealKey) wrong = jp_seal_key_new_random ();

  jp_store_fixture_close (fixture);
  fixture->key = wrong;
  assert_refused_untouched (fixture, JP_STORE_ERROR_KEY);
  fixture->key = right;
  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
}

static void
exec (JpStoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (fixture->path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
test_too_new (JpStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", FUTURE);

  jp_store_fixture_close (fixture);
  exec (fixture, sql);
  assert_refused_untouched (fixture, JP_STORE_ERROR_TOO_NEW);
}

static void
test_other_program (JpStoreFixture *fixture, gconstpointer data)
{
  jp_store_fixture_close (fixture);
  exec (fixture, "PRAGMA application_id=1234");
  assert_refused_untouched (fixture, JP_STORE_ERROR_CORRUPT);
}

static void
write_file (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize         size = 0;
  gconstpointer start = g_bytes_get_data (bytes, &size);

  g_file_set_contents (path, start, (gssize)size, &error);
  g_assert_no_error (error);
}

static void
test_not_a_database (JpStoreFixture *fixture, gconstpointer data)
{
  g_autofree guint8 *noise = g_malloc (2 * PAGE_BYTES);
  g_autoptr (GBytes) bytes = NULL;

  jp_store_fixture_close (fixture);
  jp_id_source_fill (fixture->random, noise, 2 * PAGE_BYTES);
  bytes = g_bytes_new (noise, 2 * PAGE_BYTES);
  write_file (fixture->path, bytes);
  assert_refused_untouched (fixture, JP_STORE_ERROR_CORRUPT);
}

/* A page of a table, by its number in the file. */
static gint64
find_page (JpStoreFixture *fixture, const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (fixture->path, JP_DB_READER, &error);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT rootpage FROM sqlite_schema WHERE name = :name", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_bind_text (statement, ":name", table);
  g_assert_true (jp_statement_step (statement, &row, &error) && row);
  return jp_statement_get_integer (statement, 0);
}

static void
damage (JpStoreFixture *fixture, const char *table)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize              size = 0;
  gint64             page = find_page (fixture, table);
  g_autofree guint8 *copy = NULL;
  g_autoptr (GBytes) damaged = NULL;

  read_file (fixture->path, &bytes);
  copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  g_assert_cmpint (page * PAGE_BYTES, <=, (gint64)size);
  memset (copy + (page - 1) * PAGE_BYTES, 0xA5, PAGE_BYTES);
  damaged = g_bytes_new (copy, size);
  write_file (fixture->path, damaged);
}

/* Only after an unclean end the whole file is looked at, and what is damaged is not opened. */
static void
test_check_after_crash (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) vehicle = jp_store_fixture_add_vehicle (fixture);

  jp_store_fixture_close (fixture);
  damage (fixture, "vehicle");
  g_assert_true (jp_store_fixture_open (fixture, &error)); /* an orderly end: not looked at */
  g_assert_no_error (error);
  jp_store_fixture_close (fixture);

  exec (fixture, "UPDATE setting SET value = '0' WHERE name = 'clean'");
  assert_refused_untouched (fixture, JP_STORE_ERROR_CORRUPT);
}

static void
test_whole_after_crash (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) vehicle = jp_store_fixture_add_vehicle (fixture);

  jp_store_fixture_close (fixture);
  exec (fixture, "UPDATE setting SET value = '0' WHERE name = 'clean'");
  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_vehicles (fixture), ==, 1);
}

/* A folder instead of a file: the disk's fault, not the data's. */
static void
test_no_file (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpStoreFixture   other = *fixture;
  g_autofree char *path = jp_test_dir_build (fixture->dir, "missing/school.db");

  other.path = path;
  g_assert_false (jp_store_fixture_open (&other, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_READ_ONLY);
}

static void
reserve_used_cb (JpStore *store, guint *n_told)
{
  (*n_told)++;
}

static gboolean
try_commit (JpStoreFixture *self, JpRecord *vehicle, GError **error)
{
  g_auto (JpStoreWait) wait = { NULL };

  jp_store_commit_async (self->store, jp_store_fixture_new_change (self, NULL, vehicle), NULL,
                         jp_store_wait_cb, &wait);
  return jp_store_commit_finish (self->store, jp_store_wait_for (&wait), error) > 0;
}

/* On a full disk the save that finds it full is finished with the room set aside, and told; the
 * next one fails and changes nothing; with room again everything goes on. */
static void
test_full_disk (JpStoreFixture *fixture, gconstpointer data)
{
  const char *folder = jp_test_dir_get_path (fixture->dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) first = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  g_autoptr (JpRecord) second = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  guint n_told = 0;

  g_signal_connect (fixture->store, "reserve-used", G_CALLBACK (reserve_used_cb), &n_told);
  g_assert_true (jp_reserve_keep (fixture->path, &error));
  g_assert_true (jp_reserve_keep (fixture->path, &error)); /* it is there */
  g_assert_no_error (error);
  g_assert_true (jp_reserve_exists (fixture->path));

  jp_faulty_disk_set_quota (folder, JP_RESERVE_BYTES);
  g_assert_true (try_commit (fixture, first, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_false (jp_reserve_exists (fixture->path));
  g_assert_cmpint (count_vehicles (fixture), ==, 1);

  jp_faulty_disk_set_quota (folder, 0);
  g_assert_false (try_commit (fixture, second, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpint (count_vehicles (fixture), ==, 1);

  jp_faulty_disk_set_quota (NULL, 0);
  g_assert_true (try_commit (fixture, second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_vehicles (fixture), ==, 2);
}

/* After the disk has failed, what is there can still be read; a start checks it. */
static void
test_disk_fails (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) vehicle = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  g_autoptr (JpRecord) other = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  gint64 n_before = 0;

  jp_faulty_disk_set_sync_fails (TRUE);
  g_assert_false (try_commit (fixture, vehicle, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO);
  g_clear_error (&error);
  jp_faulty_disk_set_sync_fails (FALSE);
  g_assert_false (try_commit (fixture, vehicle, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (count_vehicles (fixture), ==, 0);

  jp_store_fixture_close (fixture);
  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
  n_before = count_vehicles (fixture); /* nobody can say whether the failed save is there */
  g_assert_true (try_commit (fixture, other, &error));
  g_assert_cmpint (count_vehicles (fixture), ==, n_before + 1);
}

/* A folder in which one may not write; root may, so it is somebody else who tries. */
static void
test_read_only (JpStoreFixture *fixture, gconstpointer data)
{
  const char *folder = jp_test_dir_get_path (fixture->dir);
  g_autoptr (GError) error = NULL;
  gboolean is_root = geteuid () == 0;

  jp_store_fixture_close (fixture);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_assert_false (jp_store_fixture_open (fixture, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/store/" path, JpStoreFixture, NULL, jp_store_fixture_set_up, func,           \
              jp_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], HOLD_COMMAND) == 0)
    hold_lock (argv[2]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  jp_faulty_disk_install ();
  ADD ("open", test_open);
  ADD ("closed", test_closed);
  ADD ("close-drains", test_close_drains);
  ADD ("locked", test_locked);
  ADD ("locked-by-other-process", test_locked_by_other_process);
  ADD ("changed", test_changed);
  ADD ("undo", test_undo);
  ADD ("get-missing", test_get_missing);
  ADD ("write-cancelled", test_write_cancelled);
  ADD ("read-cancelled", test_read_cancelled);
  ADD ("counts-wait", test_counts_wait);
  ADD ("wrong-key", test_wrong_key);
  ADD ("too-new", test_too_new);
  ADD ("other-program", test_other_program);
  ADD ("not-a-database", test_not_a_database);
  ADD ("check-after-crash", test_check_after_crash);
  ADD ("whole-after-crash", test_whole_after_crash);
  ADD ("no-file", test_no_file);
  ADD ("full-disk", test_full_disk);
  ADD ("disk-fails", test_disk_fails);
  ADD ("read-only", test_read_only);
  return g_test_run ();
}
