/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-record-table.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define N_RECORDS        20 /* of every kind */
#define SECRET_MIN_BYTES 8  /* shorter ones occur by chance */

typedef struct
{
  JpTestDir  *dir;    /* (owned) */
  char       *path;   /* (owned): the database */
  JpDb       *db;     /* (owned): its writer, with all tables and indexes */
  JpSealKey  *key;    /* (owned) */
  JpIdSource *source; /* (owned) */
  JpRowStamp  stamp;
} Fixture;

static void
exec (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
ensure (JpDb *db)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_db_begin_write (db, &transaction, &error));
  g_assert_true (jp_record_table_ensure_all (db, &error));
  g_assert_true (jp_record_table_ensure_indexes (db, &error));
  g_assert_true (jp_transaction_commit (&transaction, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (GError) error = NULL;

  fixture->dir = jp_test_dir_new ();
  fixture->path = jp_test_dir_build (fixture->dir, "school.db");
  fixture->db = jp_db_open (fixture->path, JP_DB_WRITER, &error);
  g_assert_no_error (error);
  fixture->key = jp_seal_key_new_random ();
  fixture->source = jp_test_random_new_source (JP_CLOCK (clock));
  fixture->stamp.school = jp_id_source_next (fixture->source);
  fixture->stamp.seq = 41;
  exec (fixture->db, "PRAGMA synchronous=OFF"); /* nobody pulls the plug here */
  ensure (fixture->db);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->source);
  g_clear_pointer (&fixture->key, jp_seal_key_unref);
  g_clear_pointer (&fixture->db, jp_db_close);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, jp_test_dir_free);
}

static gint64
put (Fixture *fixture, JpRecord *record)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  gint64 rid = 0;

  jp_db_begin_write (fixture->db, &transaction, &error);
  g_assert_no_error (error);
  jp_record_table_put (fixture->db, fixture->key, record, &fixture->stamp, &rid, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
  return rid;
}

static JpRecord *
get (Fixture *fixture, JpRecord *record)
{
  g_autoptr (GError) error = NULL;
  JpRecord *got = jp_record_table_get (fixture->db, fixture->key, jp_record_get_kind (record),
                                       jp_record_get_id (record), &error);

  g_assert_no_error (error);
  return got;
}

static void
assert_unreadable (Fixture *fixture, JpRecord *record, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = jp_id_dup_text (jp_record_get_id (record));

  g_assert_null (jp_record_table_get (fixture->db, fixture->key, jp_record_get_kind (record),
                                      jp_record_get_id (record), &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, jp_record_get_info (record)->name));
  g_assert_nonnull (strstr (error->message, id));
}

/* Heads of all sorts, members that this program does not know, nobody's rows. */
static JpRecord *
new_record (JpKind kind, JpIdSource *source)
{
  JpDraft     *draft = jp_test_draft_new (kind, source);
  JpRecordHead head = {
    .version = jp_id_source_below (source, 1000),
    .pending = jp_id_source_below (source, G_MAXUINT32),
    .deleted = jp_id_source_below (source, 2) == 0,
    .parked = jp_id_source_below (source, 2) == 0,
    .created_at_us = JP_FAKE_CLOCK_NOW_US + jp_id_source_below (source, 1000),
    .updated_at_us = JP_FAKE_CLOCK_NOW_US + 5000,
  };

  jp_draft_set_head (draft, &head);
  if (jp_id_source_below (source, 2) == 0)
    jp_draft_set_extra (draft, "{\"eye_sight\":\"5.0\"}");
  if (jp_id_source_below (source, 4) == 0)
    jp_draft_set_created_by (draft, NULL);
  return jp_draft_end (draft);
}

static void
assert_same_head (JpRecord *expected, JpRecord *got)
{
  JpRecordHead a = *jp_record_get_head (expected);
  JpRecordHead b = *jp_record_get_head (got);

  g_assert_cmpint (a.version, ==, b.version);
  g_assert_cmpuint (a.pending, ==, b.pending);
  g_assert_cmpint (a.deleted, ==, b.deleted);
  g_assert_cmpint (a.parked, ==, b.parked);
  g_assert_cmpint (a.created_at_us, ==, b.created_at_us);
  g_assert_cmpint (a.updated_at_us, ==, b.updated_at_us);
}

static void
check_round_trip (Fixture *fixture, JpKind kind)
{
  g_autoptr (JpRecord) record = new_record (kind, fixture->source);
  gint64 rid = put (fixture, record);
  g_autoptr (JpRecord) by_id = get (fixture, record);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) by_rid =
    jp_record_table_get_rid (fixture->db, fixture->key, kind, rid, &error);
  JpRowStamp stamp;

  g_assert_no_error (error);
  jp_test_record_assert_equal (record, by_id);
  jp_test_record_assert_equal (record, by_rid);
  assert_same_head (record, by_id);
  g_assert_cmpint (jp_record_get_head (by_id)->rid, ==, rid);

  g_assert_true (
    jp_record_table_get_stamp (fixture->db, kind, jp_record_get_id (record), &stamp, &error));
  g_assert_no_error (error);
  g_assert_true (jp_id_equal (&stamp.school, &fixture->stamp.school));
  g_assert_cmpint (stamp.seq, ==, fixture->stamp.seq);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_RECORDS; i++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      check_round_trip (fixture, kind);
}

/* A new state of a row, with other values or the old ones by the field. */
static JpRecord *
change_some (JpRecord *record, JpIdSource *source)
{
  g_autoptr (JpRecord) other = jp_test_record_new (jp_record_get_kind (record), source);
  const JpKindInfo *info = jp_record_get_info (record);
  JpDraft          *draft = jp_draft_new_from (record);
  JpRecordHead      head = *jp_record_get_head (record);
  guint             one_in = 1 + jp_id_source_below (source, 30);

  head.version++;
  head.updated_at_us++;
  head.pending = jp_id_source_below (source, 2);
  head.parked = jp_id_source_below (source, 2) == 0;
  if (jp_id_source_below (source, 4) == 0)
    head.deleted = !head.deleted;
  jp_draft_set_head (draft, &head);
  for (guint i = 0; i < info->n_fields; i++)
    if (jp_id_source_below (source, one_in) == 0)
      jp_draft_copy_field (draft, other, info->fields[i].id);
  return jp_draft_end (draft);
}

static void
check_changes (Fixture *fixture, JpKind kind)
{
  g_autoptr (JpRecord) record = new_record (kind, fixture->source);
  const gint64 rid = put (fixture, record);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autoptr (JpRecord) changed = change_some (record, fixture->source);

      g_assert_cmpint (put (fixture, changed), ==, rid);

      g_autoptr (JpRecord) got = get (fixture, changed);

      jp_test_record_assert_equal (changed, got);
      assert_same_head (changed, got);
      jp_record_unref (record);
      record = g_steal_pointer (&changed);
    }
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    check_changes (fixture, kind);
  g_assert_true (jp_db_check (fixture->db, &error));
  g_assert_no_error (error);
}

static void
test_empty_record (Fixture *fixture, gconstpointer data)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      JpId id = jp_id_source_next (fixture->source);
      g_autoptr (JpRecord) record = jp_draft_end (jp_draft_new (kind, &id));

      put (fixture, record);

      g_autoptr (JpRecord) got = get (fixture, record);

      jp_test_record_assert_equal (record, got);
    }
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  JpId       id = jp_id_source_next (fixture->source);
  JpRowStamp stamp = fixture->stamp;
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_record_table_get (fixture->db, fixture->key, JP_KIND_COACH, &id, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (jp_record_table_get_rid (fixture->db, fixture->key, JP_KIND_COACH, 99, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (jp_record_table_find (fixture->db, fixture->key, JP_KIND_COACH, &id, &error));
  g_assert_no_error (error);
  g_assert_true (jp_record_table_get_stamp (fixture->db, JP_KIND_COACH, &id, &stamp, &error));
  g_assert_no_error (error);
  g_assert_true (jp_id_is_none (&stamp.school));
  g_assert_cmpint (stamp.seq, ==, 0);
}

/* The second write has other values for everything; who made the row, and when, stays. */
static void
test_update (Fixture *fixture, gconstpointer data)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (JpRecord) first = new_record (kind, fixture->source);
      g_autoptr (JpRecord) other = new_record (kind, fixture->source);
      JpDraft     *draft = jp_draft_new_from (first);
      JpRecordHead head = *jp_record_get_head (other);

      jp_draft_set_head (draft, &head);
      jp_draft_set_created_by (draft, "a forger");
      jp_draft_set_extra (draft, jp_record_get_extra (other));
      for (guint i = 0; i < info->n_fields; i++)
        jp_draft_copy_field (draft, other, info->fields[i].id);

      g_autoptr (JpRecord) second = jp_draft_end (draft);
      gint64 first_rid = put (fixture, first);
      gint64 second_rid = put (fixture, second);
      g_autoptr (JpRecord) got = get (fixture, first);

      g_assert_cmpint (first_rid, ==, second_rid);
      g_assert_cmpuint (jp_record_diff_units (got, second), ==, 0);
      g_assert_cmpstr (jp_record_get_extra (got), ==, jp_record_get_extra (second));
      g_assert_cmpstr (jp_record_get_created_by (got), ==, jp_record_get_created_by (first));
      g_assert_cmpint (jp_record_get_head (got)->created_at_us, ==,
                       jp_record_get_head (first)->created_at_us);
      g_assert_cmpint (jp_record_get_head (got)->version, ==, head.version);
      g_assert_cmpint (jp_record_get_head (got)->updated_at_us, ==, head.updated_at_us);
    }
}

static void
test_parked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) record = jp_test_record_new (JP_KIND_TERMINAL, fixture->source);
  g_autoptr (GError) error = NULL;

  put (fixture, record);
  for (int parked = 1; parked >= 0; parked--)
    {
      g_assert_true (jp_record_table_set_parked (fixture->db, JP_KIND_TERMINAL,
                                                 jp_record_get_id (record), parked, &error));
      g_assert_no_error (error);

      g_autoptr (JpRecord) got = get (fixture, record);

      g_assert_cmpint (jp_record_get_head (got)->parked, ==, parked);
    }
}

/* What any field says in clear: random texts are short enough to occur twice. */
static void
add_open_texts (GString *open, JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if ((field->flags & JP_FIELD_SEALED) || !jp_record_has (record, field->id) ||
          !jp_field_is_text (field))
        continue;
      g_string_append (open, jp_record_get_text (record, field->id));
      g_string_append_c (open, '\n');
    }
}

static void
drop_open_ones (GPtrArray *secrets, const GString *open)
{
  for (guint i = secrets->len; i > 0; i--)
    if (strstr (open->str, secrets->pdata[i - 1]) != NULL)
      g_ptr_array_remove_index_fast (secrets, i - 1);
}

static void
add_secrets (GPtrArray *secrets, JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      char          *secret = NULL;

      if (!(field->flags & JP_FIELD_SEALED) || !jp_record_has (record, field->id))
        continue;
      secret = jp_field_is_text (field)
                 ? g_strdup (jp_record_get_text (record, field->id))
                 : g_strdup_printf ("%" G_GINT64_FORMAT, jp_record_get_integer (record, field->id));
      if (strlen (secret) >= SECRET_MIN_BYTES)
        g_ptr_array_add (secrets, secret);
      else
        g_free (secret);
    }
}

static gboolean
contains (const char *bytes, gsize length, const char *text)
{
  gsize text_length = strlen (text);

  for (gsize at = 0; at + text_length <= length; at++)
    if (bytes[at] == *text && memcmp (bytes + at, text, text_length) == 0)
      return TRUE;

  return FALSE;
}

static void
assert_nowhere (GPtrArray *secrets, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return; /* no log */

  for (guint i = 0; i < secrets->len; i++)
    if (contains (bytes, length, secrets->pdata[i]))
      g_error ("\"%s\" lies in clear in %s", (char *)secrets->pdata[i], path);
}

static void
test_nothing_in_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) open = g_string_new (NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  for (guint i = 0; i < N_RECORDS; i++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      {
        g_autoptr (JpRecord) record = jp_test_record_new (kind, fixture->source);

        put (fixture, record);
        add_secrets (secrets, record);
        add_open_texts (open, record);
      }
  drop_open_ones (secrets, open);
  g_assert_cmpuint (secrets->len, >, N_RECORDS);

  /* The search would find something: a name is in clear. */
  g_autoptr (JpRecord) coach = jp_test_record_new (JP_KIND_COACH, fixture->source);

  put (fixture, coach);
  g_assert_true (g_file_get_contents (log, &bytes, &length, NULL));
  g_assert_true (contains (bytes, length, jp_record_get_title (coach)));

  assert_nowhere (secrets, log);
  assert_nowhere (secrets, fixture->path);
  g_assert_true (jp_db_checkpoint (fixture->db, &error));
  g_assert_no_error (error);
  assert_nowhere (secrets, fixture->path);
}

static gint64
query_integer (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return jp_statement_get_integer (statement, 0);
}

static void
test_blind_index (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) one = jp_test_record_new (JP_KIND_COACH, fixture->source);
  g_autoptr (JpRecord) two = jp_test_record_new (JP_KIND_COACH, fixture->source);
  const char *number = jp_record_get_text (two, JP_COACH_ID_NUMBER);
  guint8      index[JP_SEAL_INDEX_BYTES];
  gboolean    row = FALSE;
  g_autoptr (GError) error = NULL;

  put (fixture, one);
  gint64 rid = put (fixture, two);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (fixture->db,
                   "SELECT rid, id_number_tail, find FROM coach WHERE id_number_bix = :index",
                   &error);

  g_assert_no_error (error);
  jp_seal_index (fixture->key, "id_number", number, index);
  jp_statement_bind_blob (statement, ":index", index, sizeof index);
  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_true (row);
  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, rid);
  g_assert_cmpstr (jp_statement_get_text (statement, 1), ==, number + strlen (number) - 4);

  g_autofree char *tail = g_utf8_strdown (number + strlen (number) - 4, -1);
  g_autofree char *name = g_utf8_strdown (jp_record_get_title (two), -1);

  g_assert_nonnull (strstr (jp_statement_get_text (statement, 2), tail));
  g_assert_nonnull (strstr (jp_statement_get_text (statement, 2), name));
  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_false (row);
}

/* A clerk with an SQLite editor gives himself another one's number. */
static void
test_moved_value (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) one = jp_test_record_new (JP_KIND_COACH, fixture->source);
  g_autoptr (JpRecord) two = jp_test_record_new (JP_KIND_COACH, fixture->source);

  put (fixture, one);
  put (fixture, two);
  exec (fixture->db, "UPDATE coach SET id_number = (SELECT id_number FROM coach WHERE rid = 1)"
                     " WHERE rid = 2");
  assert_unreadable (fixture, two, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
  exec (fixture->db, "UPDATE coach SET mobile = id_number WHERE rid = 1");
  assert_unreadable (fixture, one, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
}

static void
test_other_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpSealKey) other = jp_seal_key_new_random ();
  g_autoptr (JpRecord) record = jp_test_record_new (JP_KIND_COACH, fixture->source);
  g_autoptr (GError) error = NULL;

  put (fixture, record);
  g_assert_null (
    jp_record_table_get (fixture->db, other, JP_KIND_COACH, jp_record_get_id (record), &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
}

/* The file was changed by something that knows nothing of the description. */
static void
test_invalid_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) coach = jp_test_record_new (JP_KIND_COACH, fixture->source);
  g_autoptr (JpRecord) contract = jp_test_record_new (JP_KIND_CONTRACT, fixture->source);

  put (fixture, coach);
  put (fixture, contract);
  exec (fixture->db, "UPDATE coach SET name = CAST (x'ff' AS TEXT)");
  assert_unreadable (fixture, coach, JP_DB_ERROR, JP_DB_ERROR_INVALID);
  exec (fixture->db, "UPDATE contract SET trainee = x'0102'");
  assert_unreadable (fixture, contract, JP_DB_ERROR, JP_DB_ERROR_INVALID);
}

static gboolean
try_put (Fixture *fixture, JpRecord *record, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_db_begin_write (fixture->db, &transaction, error) &&
         jp_record_table_put (fixture->db, fixture->key, record, &fixture->stamp, NULL, error) &&
         jp_transaction_commit (&transaction, error);
}

static gboolean
add_image (Fixture *fixture, JpRecord *record, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRowImage) image = jp_row_image_new (fixture->key, record);
  gboolean new = FALSE;

  jp_db_begin_write (fixture->db, &transaction, error);
  jp_record_table_add_image (fixture->db, image, &fixture->stamp, &new, error);
  jp_transaction_commit (&transaction, NULL);
  return new;
}

/* A row that is known stays as it is, and says so. */
static void
test_add_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) record = new_record (JP_KIND_TRAINEE, fixture->source);
  JpDraft *draft = jp_draft_new_from (record);
  g_autoptr (GError) error = NULL;

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "另一个人");

  g_autoptr (JpRecord) other = jp_draft_end (draft);

  g_assert_true (add_image (fixture, record, &error));
  g_assert_no_error (error);
  g_assert_false (add_image (fixture, other, &error));
  g_assert_no_error (error);

  g_autoptr (JpRecord) got = get (fixture, record);

  jp_test_record_assert_equal (record, got);
  exec (fixture->db, "CREATE UNIQUE INDEX idx_trainee_name_unique ON trainee (name)");

  JpId     id = jp_id_source_next (fixture->source);
  JpDraft *twin_draft = jp_draft_new (JP_KIND_TRAINEE, &id);

  jp_draft_copy_field (twin_draft, record, JP_TRAINEE_NAME);

  g_autoptr (JpRecord) twin = jp_draft_end (twin_draft);

  g_assert_false (add_image (fixture, twin, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

static void
test_constraint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) record = jp_test_record_new (JP_KIND_VEHICLE, fixture->source);
  JpId     id = jp_id_source_next (fixture->source);
  JpDraft *draft = jp_draft_new (JP_KIND_VEHICLE, &id);
  g_autoptr (GError) error = NULL;

  exec (fixture->db, "CREATE UNIQUE INDEX idx_vehicle_plate_unique ON vehicle (plate)");
  put (fixture, record);
  jp_draft_copy_field (draft, record, JP_VEHICLE_PLATE);

  g_autoptr (JpRecord) twin = jp_draft_end (draft);

  g_assert_false (try_put (fixture, twin, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "vehicle.plate"));
  g_assert_null (strstr (error->message, jp_record_get_title (record)));
  g_assert_cmpint (query_integer (fixture->db, "SELECT count (*) FROM vehicle"), ==, 1);
}

static void
test_put_outside (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { 0 };

      set_up (&fixture, NULL);

      g_autoptr (JpRecord) record = jp_test_record_new (JP_KIND_COACH, fixture.source);

      jp_record_table_put (fixture.db, fixture.key, record, &fixture.stamp, NULL, NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*jp_db_in_write*");
}

/* The table of an older program lacks a column in the middle and one with its blind index. */
static void
test_older_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) old = jp_test_record_new (JP_KIND_COACH, fixture->source);
  g_autoptr (JpRecord) new = jp_test_record_new (JP_KIND_COACH, fixture->source);

  put (fixture, old);
  exec (fixture->db, "DROP INDEX idx_coach_mobile_bix;"
                     "ALTER TABLE coach DROP COLUMN hired_on;"
                     "ALTER TABLE coach DROP COLUMN mobile;"
                     "ALTER TABLE coach DROP COLUMN mobile_bix;"
                     "ALTER TABLE coach DROP COLUMN mobile_tail");
  ensure (fixture->db);

  JpDraft *draft = jp_draft_new_from (old);

  jp_draft_clear (draft, JP_COACH_HIRED_ON);
  jp_draft_clear (draft, JP_COACH_MOBILE);

  g_autoptr (JpRecord) expected = jp_draft_end (draft);
  g_autoptr (JpRecord) got = get (fixture, old);

  jp_test_record_assert_equal (expected, got);
  put (fixture, new);

  g_autoptr (JpRecord) got_new = get (fixture, new);

  jp_test_record_assert_equal (new, got_new);

  /* Once more changes nothing. */
  gint64 version = query_integer (fixture->db, "PRAGMA schema_version");

  ensure (fixture->db);
  g_assert_cmpint (query_integer (fixture->db, "PRAGMA schema_version"), ==, version);
}

/* What SQLite would do: it uses the index, and need not sort. */
static void
assert_plan (JpDb *db, const char *sql, const char *index)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (db, explain, &error);
  g_autoptr (GString) plan = g_string_new (NULL);
  gboolean row = TRUE;

  g_assert_no_error (error);
  while (row)
    {
      jp_statement_step (statement, &row, &error);
      g_assert_no_error (error);
      if (row)
        g_string_append_printf (plan, "%s\n", jp_statement_get_text (statement, 3));
    }

  g_test_message ("%s", plan->str);
  g_assert_nonnull (strstr (plan->str, index));
  g_assert_null (strstr (plan->str, "TEMP B-TREE"));
}

static void
check_index (JpDb *db, const JpKindInfo *info, const JpField *field)
{
  if (jp_record_table_has_index_column (field))
    {
      g_autofree char *name = g_strdup_printf ("idx_%s_%s_bix ", info->name, field->name);
      g_autofree char *sql = g_strdup_printf ("SELECT rid FROM %s WHERE deleted = 0 AND %s_bix = ?",
                                              info->name, field->name);

      assert_plan (db, sql, name);
    }
  if (field->flags & JP_FIELD_INDEXED)
    {
      g_autofree char *name = g_strdup_printf ("idx_%s_%s", info->name, field->name);
      g_autofree char *up =
        g_strdup_printf ("SELECT rid FROM %s WHERE deleted = 0 ORDER BY %s, rid", info->name,
                         field->name);
      g_autofree char *down =
        g_strdup_printf ("SELECT rid FROM %s WHERE deleted = 0 ORDER BY %s DESC, rid DESC",
                         info->name, field->name);
      g_autofree char *equal =
        g_strdup_printf ("SELECT rid FROM %s WHERE deleted = 0 AND %s = ? ORDER BY rid", info->name,
                         field->name);

      assert_plan (db, up, name);
      assert_plan (db, down, name);
      assert_plan (db, equal, name);
    }
}

static void
test_indexes (Fixture *fixture, gconstpointer data)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      for (guint i = 0; i < info->n_fields; i++)
        check_index (fixture->db, info, &info->fields[i]);
    }
}

static void
test_drop_indexes (Fixture *fixture, gconstpointer data)
{
  static const char *const count =
    "SELECT count (*) FROM sqlite_schema WHERE type = 'index' AND name GLOB 'idx_coach_*'";
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  gint64 n_indexes = query_integer (fixture->db, count);

  g_assert_cmpint (n_indexes, >, 2);
  g_assert_true (jp_db_begin_write (fixture->db, &transaction, &error));
  g_assert_true (jp_record_table_drop_indexes (fixture->db, JP_KIND_COACH, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_integer (fixture->db, count), ==, 0);
  g_assert_true (jp_record_table_ensure_indexes (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_integer (fixture->db, count), ==, n_indexes);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/db/record-table/round-trip", test_round_trip);
  ADD ("/db/record-table/changes", test_changes);
  ADD ("/db/record-table/empty-record", test_empty_record);
  ADD ("/db/record-table/missing", test_missing);
  ADD ("/db/record-table/update", test_update);
  ADD ("/db/record-table/parked", test_parked);
  ADD ("/db/record-table/nothing-in-clear", test_nothing_in_clear);
  ADD ("/db/record-table/blind-index", test_blind_index);
  ADD ("/db/record-table/moved-value", test_moved_value);
  ADD ("/db/record-table/other-key", test_other_key);
  ADD ("/db/record-table/invalid-values", test_invalid_values);
  ADD ("/db/record-table/constraint", test_constraint);
  ADD ("/db/record-table/add-image", test_add_image);
  g_test_add_func ("/db/record-table/put-outside", test_put_outside);
  ADD ("/db/record-table/older-table", test_older_table);
  ADD ("/db/record-table/indexes", test_indexes);
  ADD ("/db/record-table/drop-indexes", test_drop_indexes);

  return g_test_run ();
}
