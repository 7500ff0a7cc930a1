/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-repo.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

#include <string.h>

/* Photos and scanned papers: sealed, here once, in the transaction of their row. */

#define JPEG   "\xff\xd8\xff\xe0"
#define SECRET "这是身份证扫描件的内容-371702199001011234"

typedef struct
{
  JpVaultFixture base;
  JpTestDir     *dir;
  char          *path;
  JpRecord      *trainee;
} Fixture;

/* On a disk, so that its bytes can be looked at. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpIdSource) ids = NULL;
  JpVaultFixture *base = &fixture->base;

  fixture->dir = jp_test_dir_new ();
  fixture->path = jp_test_dir_build (fixture->dir, "school.db");
  base->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  base->random = jp_test_random_new_source (JP_CLOCK (base->clock));
  ids = jp_id_source_new_seeded (JP_CLOCK (base->clock), 7);
  base->vault =
    jp_vault_open (fixture->path, JP_DB_WRITER, key, JP_CLOCK (base->clock), ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (base->vault, &error));
  g_assert_no_error (error);
  jp_vault_fixture_found_school (base->vault);
  fixture->trainee = jp_vault_fixture_add_trainee (base, "C1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_record_unref (fixture->trainee);
  jp_vault_fixture_tear_down (&fixture->base, NULL);
  g_free (fixture->path);
  jp_test_dir_free (fixture->dir);
}

/* A picture of @size_bytes that says something in clear, again and again. */
static GBytes *
make_picture (gsize size_bytes, const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)JPEG, 4);
  while (bytes->len < size_bytes)
    g_byte_array_append (bytes, (const guint8 *)text,
                         (guint)MIN (strlen (text), size_bytes - bytes->len));
  return g_byte_array_free_to_bytes (bytes);
}

static gint64
attach (Fixture *fixture, JpRecord *home, GBytes *bytes, JpRecord **out_record, GError **error)
{
  JpAttachmentFile file = { .kind = jp_record_get_kind (home),
                            .id = *jp_record_get_id (home),
                            .purpose = JP_PURPOSE_ID_DOCUMENT,
                            .name = "/tmp/李/身份证 371702199001011234.jpg",
                            .bytes = bytes };

  return jp_attachment_repo_add (fixture->base.vault, &file, "前台", out_record, error);
}

static JpRecord *
attach_good (Fixture *fixture, JpRecord *home, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JpRecord *record = NULL;
  gint64    n = attach (fixture, home, bytes, &record, &error);

  g_assert_no_error (error);
  g_assert_cmpint (n, >, 0);
  return record;
}

static gint64
count (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (fixture->base.vault->db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  g_assert_true (jp_statement_step (statement, &row, &error));
  return row ? jp_statement_get_integer (statement, 0) : 0;
}

static GPtrArray *
list (Fixture *fixture, JpRecord *home)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = jp_attachment_repo_list (fixture->base.vault, jp_record_get_kind (home),
                                            jp_record_get_id (home), &error);

  g_assert_no_error (error);
  return all;
}

static void
assert_verified (Fixture *fixture, guint64 n_found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (fixture->base.vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_found[JP_VERIFY_BLOBS], ==, n_found);
  g_assert_cmpint (jp_verify_is_good (report), ==, n_found == 0);
}

static void
assert_reads (Fixture *fixture, JpRecord *attachment, GBytes *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_attachment_repo_read (fixture->base.vault, attachment, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_picture (600 * 1024 + 7, SECRET);
  g_autoptr (JpRecord) added = attach_good (fixture, fixture->trainee, bytes);
  g_autoptr (GPtrArray) all = list (fixture, fixture->trainee);
  const JpAttachment *one = all->pdata[0];

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (jp_record_get_text (one->record, JP_ATTACHMENT_NAME), ==,
                   "身份证 371702199001011234.jpg");
  g_assert_cmpstr (jp_record_get_created_by (one->record), ==, "前台");
  g_assert_cmpint (jp_record_get_integer (one->record, JP_ATTACHMENT_SIZE), ==, 600 * 1024 + 7);
  g_assert_cmpint (one->blob.state, ==, JP_BLOB_UNSENT);
  g_assert_cmpint (one->blob.here_bytes, ==, one->blob.size_bytes);
  g_assert_cmpint (count (fixture, "SELECT COUNT (*) FROM blob_chunk"), ==, 3);
  assert_reads (fixture, added, bytes);
  assert_verified (fixture, 0);
}

static gboolean
file_contains (const char *path, const char *needle)
{
  g_autofree char *bytes = NULL;
  gsize            size = 0;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return FALSE;
  for (gsize at = 0; at + strlen (needle) <= size; at++)
    if (memcmp (bytes + at, needle, strlen (needle)) == 0)
      return TRUE;
  return FALSE;
}

/* Neither bytes nor name lie in clear in the database or beside it. */
static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_picture (300 * 1024, SECRET);
  g_autoptr (JpRecord) added = attach_good (fixture, fixture->trainee, bytes);
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *copy = jp_test_dir_build (fixture->dir, "copy.db");
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_db_backup (fixture->base.vault->db, copy, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      const char *const paths[] = { fixture->path, wal, copy };

      for (guint p = 0; p < G_N_ELEMENTS (paths); p++)
        {
          g_assert_false (file_contains (paths[p], "身份证扫描件"));
          g_assert_false (file_contains (paths[p], "371702199001011234"));
        }
      g_assert_true (jp_db_checkpoint (fixture->base.vault->db, &error));
    }
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_picture (300 * 1024, "same");
  g_autoptr (JpRecord) other = jp_vault_fixture_add_trainee (&fixture->base, "C1");
  g_autoptr (JpRecord) first = attach_good (fixture, fixture->trainee, bytes);
  g_autoptr (JpRecord) second = attach_good (fixture, other, bytes);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (count (fixture, "SELECT COUNT (*) FROM attachment"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT COUNT (*) FROM blob"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT COUNT (*) FROM blob_chunk"), ==, 2);
  g_assert_cmpint (attach (fixture, other, bytes, NULL, &error), ==, 0);
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_FILE_THERE);
  assert_reads (fixture, first, bytes);
  assert_reads (fixture, second, bytes);
}

static void
assert_refused (Fixture *fixture, const char *text, gsize size_bytes, JpDeskProblem problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (memcpy (g_malloc0 (MAX (size_bytes, 16)), text,
                                                       MIN (size_bytes, strlen (text))),
                                               size_bytes);

  g_assert_cmpint (attach (fixture, fixture->trainee, bytes, NULL, &error), ==, 0);
  g_assert_error (error, JP_DESK_ERROR, (int)problem);
  g_assert_cmpint (count (fixture, "SELECT COUNT (*) FROM blob"), ==, 0);
}

/* What a file is, its first bytes say; its name says nothing. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const good[] = { JPEG, "\x89PNG\r\n\x1a\n....", "RIFF....WEBPVP8 ",
                                      "%PDF-1.7\n" };

  assert_refused (fixture, "MZ\x90\x01 a program", 4096, JP_DESK_FILE_TYPE);
  assert_refused (fixture, "<svg onload=…>", 4096, JP_DESK_FILE_TYPE);
  assert_refused (fixture, "RIFF....WAVEfmt ", 4096, JP_DESK_FILE_TYPE);
  assert_refused (fixture, JPEG, 2, JP_DESK_FILE_TYPE);
  assert_refused (fixture, JPEG, 0, JP_DESK_FILE_SIZE);
  assert_refused (fixture, JPEG, JP_ATTACHMENT_MAX_BYTES + 1, JP_DESK_FILE_SIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (jp_attachment_find_media_type (good[i], strlen (good[i])), ==, (int)i);

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_picture (100, "x");
  JpId             nobody = jp_id_derive ("trainee", "nobody");
  JpAttachmentFile file = { JP_KIND_TRAINEE, nobody, JP_PURPOSE_PHOTO, "a.jpg", bytes };

  g_assert_cmpint (jp_attachment_repo_add (fixture->base.vault, &file, "前台", NULL, &error), ==,
                   0);
  g_assert_nonnull (error);
}

/* Deleted is in the trash; the bytes stay for whoever takes it back. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_picture (5000, "x");
  g_autoptr (JpRecord) added = attach_good (fixture, fixture->trainee, bytes);
  JpChange *change = jp_desk_set_deleted (fixture->base.vault, JP_KIND_ATTACHMENT,
                                          jp_record_get_id (added), TRUE, "前台", &error);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;
  gint64 n = jp_vault_fixture_commit (fixture->base.vault, change);

  none = list (fixture, fixture->trainee);
  g_assert_cmpuint (none->len, ==, 0);
  assert_verified (fixture, 0);
  g_assert_true (jp_commit_undo (fixture->base.vault, n, "前台", NULL, &error));
  g_assert_no_error (error);
  again = list (fixture, fixture->trainee);
  g_assert_cmpuint (again->len, ==, 1);
  assert_reads (fixture, added, bytes);
}

/* A page of the feed brings the row; the bytes come in pieces. */
static void
test_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->base.vault;
  g_autoptr (GBytes) bytes = make_picture (600 * 1024, "abc");
  g_autofree char *digest =
    jp_hash_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  JpId       id = jp_id_derive ("attachment", "far");
  JpDraft   *draft = jp_draft_new (JP_KIND_ATTACHMENT, &id);
  JpBlobInfo info;
  JpBlobMove move;
  gboolean   whole = FALSE;

  jp_draft_set_ref (draft, JP_ATTACHMENT_TRAINEE, jp_record_get_id (fixture->trainee));
  jp_draft_set_code (draft, JP_ATTACHMENT_PURPOSE, JP_PURPOSE_ID_DOCUMENT);
  jp_draft_set_text (draft, JP_ATTACHMENT_NAME, "a.jpg");
  jp_draft_set_code (draft, JP_ATTACHMENT_MEDIA_TYPE, JP_MEDIA_TYPE_JPEG);
  jp_draft_set_integer (draft, JP_ATTACHMENT_SIZE, 600 * 1024);
  jp_draft_set_text (draft, JP_ATTACHMENT_DIGEST, digest);
  jp_vault_fixture_put (vault, draft);

  g_assert_true (jp_blob_repo_find (vault, digest, &info, &error));
  g_assert_cmpint (info.state, ==, JP_BLOB_REMOTE);
  g_assert_true (jp_blob_repo_find_move (vault, 1, TRUE, &move, &error));
  g_assert_cmpstr (move.digest, ==, "");
  g_assert_null (jp_blob_repo_read (vault, digest, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (jp_blob_repo_want (vault, digest, &error));
  for (gint64 at = 0; at < 600 * 1024; at += JP_ATTACHMENT_CHUNK_BYTES)
    {
      g_autoptr (GBytes) piece = NULL;

      g_assert_true (jp_blob_repo_find_move (vault, 1, TRUE, &move, &error));
      g_assert_cmpstr (move.digest, ==, digest);
      g_assert_cmpint (move.offset_bytes, ==, at);
      g_assert_false (move.send);
      piece = g_bytes_new_from_bytes (bytes, (gsize)at,
                                      (gsize)jp_attachment_get_chunk_bytes (600 * 1024, at));
      assert_verified (fixture, 0);
      g_assert_true (jp_blob_repo_take_piece (vault, &move, piece, &whole, &error));
      g_assert_no_error (error);
    }
  g_assert_true (whole);
  g_assert_true (jp_blob_repo_find (vault, digest, &info, &error));
  g_assert_cmpint (info.state, ==, JP_BLOB_HERE);

  g_autoptr (GBytes) read = jp_blob_repo_read (vault, digest, &error);

  g_assert_true (g_bytes_equal (read, bytes));
}

/* What is not in this round is in the next. */
static void
test_postpone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->base.vault;
  g_autoptr (GBytes) bytes = make_picture (5000, "x");
  g_autoptr (JpRecord) added = attach_good (fixture, fixture->trainee, bytes);
  JpBlobMove move;
  JpBlobInfo info;

  /* Not before the platform knows the row. */
  g_assert_true (jp_blob_repo_find_move (vault, 1, TRUE, &move, &error));
  g_assert_cmpstr (move.digest, ==, "");
  g_assert_true (jp_db_exec (vault->db, "UPDATE attachment SET ver = 1", &error));
  g_assert_true (jp_blob_repo_find_move (vault, 1, TRUE, &move, &error));
  g_assert_true (move.send);
  g_assert_true (jp_blob_repo_postpone (vault, &move, 1, &error));
  g_assert_true (jp_blob_repo_find_move (vault, 1, TRUE, &move, &error));
  g_assert_cmpstr (move.digest, ==, "");
  g_assert_true (jp_blob_repo_find_move (vault, 2, TRUE, &move, &error));
  g_assert_true (move.send);
  g_assert_true (jp_blob_repo_note_sent (vault, &move, 5000, &error));
  g_assert_true (jp_blob_repo_find (vault, move.digest, &info, &error));
  g_assert_cmpint (info.state, ==, JP_BLOB_HERE);
  g_assert_true (jp_blob_repo_find_move (vault, 3, TRUE, &move, &error));
  g_assert_cmpstr (move.digest, ==, "");
  g_assert_no_error (error);
}

/* Each kind of damage is found. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = {
    "UPDATE blob_chunk SET body = (SELECT body FROM blob_chunk WHERE no = 1) WHERE no = 0",
    "DELETE FROM blob_chunk WHERE no = 1",
    "UPDATE blob_chunk SET body = zeroblob (length (body)) WHERE no = 2",
    "DELETE FROM blob",
  };
  g_autoptr (GBytes) bytes = make_picture (600 * 1024, SECRET);
  g_autoptr (JpRecord) added = attach_good (fixture, fixture->trainee, bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) read = NULL;
      g_autoptr (JpVerifyReport) report = NULL;

      g_assert_true (jp_db_exec (fixture->base.vault->db,
                                 "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM blob_chunk;"
                                 "CREATE TEMP TABLE IF NOT EXISTS known AS SELECT * FROM blob",
                                 &error));
      g_assert_true (jp_db_exec (fixture->base.vault->db, damages[i], &error));
      read = jp_attachment_repo_read (fixture->base.vault, added, &error);
      g_assert_null (read);
      g_clear_error (&error);
      report = jp_verify_run (fixture->base.vault, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->n_found[JP_VERIFY_BLOBS], >, 0);
      g_assert_false (jp_verify_is_good (report));
      g_assert_true (jp_db_exec (fixture->base.vault->db,
                                 "DELETE FROM blob_chunk; DELETE FROM blob;"
                                 "INSERT INTO blob_chunk SELECT * FROM kept;"
                                 "INSERT INTO blob SELECT * FROM known",
                                 &error));
      g_assert_no_error (error);
      assert_verified (fixture, 0);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/attachment/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("add", test_add);
  ADD ("sealed", test_sealed);
  ADD ("once", test_once);
  ADD ("refused", test_refused);
  ADD ("delete", test_delete);
  ADD ("fetch", test_fetch);
  ADD ("postpone", test_postpone);
  ADD ("damage", test_damage);
  return g_test_run ();
}
