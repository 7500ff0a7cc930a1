/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-school.h"

#include "jp-codes.h"
#include "jp-fake-clock.h"
#include "jp-remote-repo.h"
#include "jp-setup.h"
#include "jp-test-records.h"

#include <glib/gstdio.h>

#define DATA_VERSION 1 /* raise it when what is made here changes */
#define SEED         20261124
#define PAGE_ROWS    1000
#define N_TIERS      12
#define N_COACHES    40
#define LOAD_SETTING "load"

#define MIGRATIONS_PATH JP_RESOURCE_PREFIX "/store/migrations/"

/* --- figures --- */

/**
 * jp_perf_print:
 * @name: name of a figure
 * @value: its value
 * @unit: its unit
 *
 * Prints one line for build-aux/bench.
 */
void
jp_perf_print (const char *name, double value, const char *unit)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s %s %s\n", name, g_ascii_formatd (text, sizeof text, "%.3f", value), unit);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const double *one = a;
  const double *two = b;

  return (*one > *two) - (*one < *two);
}

/**
 * jp_perf_quantile:
 * @values: (element-type double): measurements; sorted by this call
 * @quantile: 0.5 for the median
 *
 * Returns: the measurement below which that part of them lies
 */
double
jp_perf_quantile (GArray *values, double quantile)
{
  g_return_val_if_fail (values->len > 0, 0);

  g_array_sort (values, compare_values);
  return g_array_index (values, double, (guint)((values->len - 1) * quantile + 0.5));
}

/* --- data --- */

static JpRecord *
as_remote (JpDraft *draft, gint64 version)
{
  JpRecordHead head = { .version = version,
                        .created_at_us = JP_FAKE_CLOCK_NOW_US,
                        .updated_at_us = JP_FAKE_CLOCK_NOW_US };

  jp_draft_set_head (draft, &head);
  return jp_draft_end (draft);
}

static JpId
nth_id (JpKind kind, guint i)
{
  g_autofree char *name = g_strdup_printf ("%u", i);

  return jp_id_derive (jp_kind_get_info (kind)->name, name);
}

static JpDraft *
new_draft (JpKind kind, guint i, JpIdSource *random)
{
  g_autoptr (JpRecord) filled = jp_test_record_new (kind, random);
  JpId     id = nth_id (kind, i);
  JpDraft *draft = jp_draft_new (kind, &id);

  for (guint unit = 0; unit < 32; unit++)
    jp_draft_copy_unit (draft, filled, unit);
  return draft;
}

static JpRecord *
make_trainee (guint i, JpIdSource *random, gint64 version)
{
  JpDraft *draft = new_draft (JP_KIND_TRAINEE, i, random);
  JpId     tier = nth_id (JP_KIND_CLASS_TIER, jp_id_source_below (random, N_TIERS));
  JpId     coach = nth_id (JP_KIND_COACH, jp_id_source_below (random, N_COACHES));

  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, &tier);
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &coach);
  return as_remote (draft, version);
}

/**
 * jp_perf_school_make_trainees:
 * @first: number of the first of them
 * @n: how many
 * @seed: other people for another seed
 *
 * Returns: (transfer full) (element-type JpRecord): trainees that nobody has seen yet
 */
GPtrArray *
jp_perf_school_make_trainees (guint first, guint n, guint64 seed)
{
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_id_source_new_seeded (clock, seed + first);
  GPtrArray *trainees = g_ptr_array_new_full (n, (GDestroyNotify)jp_record_unref);

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (trainees, make_trainee (i, random, 0));
  return trainees;
}

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("the school could not be made: %s", error != NULL ? error->message : "");
}

static void
load (JpVault *vault, GPtrArray *page)
{
  g_autoptr (GError) error = NULL;

  check (jp_remote_repo_load (vault, page, NULL, LOAD_SETTING, "0", &error), error);
  g_ptr_array_set_size (page, 0);
}

static void
fill (JpVault *vault, JpIdSource *random)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  check (jp_remote_repo_begin_load (vault, JP_KIND_TRAINEE, &error), error);
  for (guint i = 0; i < N_TIERS; i++)
    g_ptr_array_add (page, as_remote (new_draft (JP_KIND_CLASS_TIER, i, random), 1));
  load (vault, page);
  for (guint i = 0; i < N_COACHES; i++)
    g_ptr_array_add (page, as_remote (new_draft (JP_KIND_COACH, i, random), 1));
  load (vault, page);
  for (guint i = 0; i < JP_PERF_N_TRAINEES; i++)
    {
      g_ptr_array_add (page, make_trainee (i, random, 1));
      if (page->len == PAGE_ROWS)
        load (vault, page);
    }
  load (vault, page);
  check (jp_remote_repo_end_load (vault, &error), error);
}

static void
make_school (JpPerfSchool *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault =
    jp_vault_open (self->path, JP_DB_WRITER, self->key, self->clock, self->ids, &error);
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) random = jp_id_source_new_seeded (clock, SEED);
  JpId          id = jp_id_derive ("school", "perf");
  JpSetupSchool school = { .name = "菏泽市曹州机动车驾驶员培训有限公司",
                           .district = "371702",
                           .address = "菏泽市牡丹区人民路1号",
                           .phone = "0530-5550000",
                           .licence_types = "C1,C2" };

  check (vault != NULL && jp_vault_set_up (vault, &error), error);
  check (jp_setup_school (vault, jp_setup_new_draft (&id, &school), "校长", &error), error);
  fill (vault, random);
  check (jp_db_checkpoint (vault->db, &error), error);
}

/* The migrations, too: while they are being written, the same number is not the same schema. */
static void
stamp_migrations (GChecksum *checksum)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names =
    g_resources_enumerate_children (MIGRATIONS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  check (names != NULL, error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (MIGRATIONS_PATH, names[i], NULL);
      g_autoptr (GBytes) bytes =
        g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      gsize         size = 0;
      gconstpointer data = NULL;

      check (bytes != NULL, error);
      data = g_bytes_get_data (bytes, &size);
      g_checksum_update (checksum, data, (gssize)size);
    }
}

/* Names everything the data depends on. */
static char *
make_stamp (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    g_checksum_update (checksum, (const guchar *)jp_record_table_get_select (kind), -1);
  stamp_migrations (checksum);
  text = g_strndup (g_checksum_get_string (checksum), 16);
  return g_strdup_printf ("%d-%u-%s", DATA_VERSION, JP_PERF_N_TRAINEES, text);
}

static JpPerfSchool *
school_new (const char *path, const char *key)
{
  JpPerfSchool *self = g_new0 (JpPerfSchool, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  self->key = jp_seal_key_from_base64 (key, &error);
  check (self->key != NULL, error);
  self->clock = jp_system_clock_new ();
  self->ids = jp_id_source_new (self->clock);
  return self;
}

/**
 * jp_perf_school_new:
 *
 * Returns: (transfer full): the school; made now, or found as a benchmark before has left it
 */
JpPerfSchool *
jp_perf_school_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stamp = make_stamp ();
  g_autofree char *name = g_strdup_printf ("jiapei-perf-%s-%s", g_get_user_name (), stamp);
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *path = g_build_filename (folder, "school.db", NULL);
  g_autofree char *key_path = g_build_filename (folder, "key", NULL);
  g_autofree char *key = NULL;

  if (g_file_get_contents (key_path, &key, NULL, NULL))
    return school_new (path, key);

  g_autoptr (JpSealKey) new_key = jp_seal_key_new_random ();

  g_printerr ("making a school with %u trainees in %s\n", JP_PERF_N_TRAINEES, folder);
  check (g_mkdir_with_parents (folder, 0700) == 0, NULL);
  g_unlink (path);
  key = jp_seal_key_to_base64 (new_key);

  JpPerfSchool *self = school_new (path, key);

  make_school (self);
  check (g_file_set_contents (key_path, key, -1, &error), error); /* last: now it is whole */
  return self;
}

/**
 * jp_perf_school_copy:
 * @self: a school that no program has open
 *
 * Returns: (transfer full): the same school in a file of its own beside it, for benchmarks that
 *   write; the file goes with the next copy
 */
JpPerfSchool *
jp_perf_school_copy (JpPerfSchool *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strconcat (self->path, ".copy", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autofree char *key = jp_seal_key_to_base64 (self->key);
  g_autoptr (GFile) from = g_file_new_for_path (self->path);
  g_autoptr (GFile) to = g_file_new_for_path (path);

  g_unlink (wal);
  g_unlink (shm);
  check (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error), error);
  return school_new (path, key);
}

/**
 * jp_perf_school_free:
 * @self: (nullable) (transfer full): a school
 */
void
jp_perf_school_free (JpPerfSchool *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->ids);
  g_object_unref (self->clock);
  jp_seal_key_unref (self->key);
  g_free (self->path);
  g_free (self);
}

/* --- the store, for programs that have nothing else to do while it works --- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *answer;
}

/**
 * jp_perf_school_open_store:
 * @self: a school
 *
 * Returns: (transfer full): an open store
 */
JpStore *
jp_perf_school_open_store (JpPerfSchool *self)
{
  JpStore *store = jp_store_new (self->path, self->key, self->clock, self->ids, "前台");
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_open_async (store, NULL, answered_cb, &answer);
  check (jp_store_open_finish (store, wait_for (&answer), &error), error);
  return store;
}

/**
 * jp_perf_school_close_store:
 * @store: (transfer full): a store
 */
void
jp_perf_school_close_store (JpStore *store)
{
  g_autoptr (GAsyncResult) answer = NULL;

  jp_store_close_async (store, NULL, answered_cb, &answer);
  jp_store_close_finish (store, wait_for (&answer), NULL);
  g_clear_object (&answer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (store);
}

/**
 * jp_perf_school_read:
 * @store: a store
 * @call: a call
 *
 * Returns: what the call returned
 */
gpointer
jp_perf_school_read (JpStore *store, const JpStoreCall *call)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  jp_store_read_async (store, call, NULL, answered_cb, &answer);
  check (jp_store_read_finish (store, wait_for (&answer), &value, &error), error);
  return value;
}
