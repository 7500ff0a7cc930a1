/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-platform-blob.h"
#include "jp-platform-caller.h"

#include <string.h>

/* Bytes of attachments come after their row, piece by piece, and are there once they are proved. */

#define CHUNK JP_ATTACHMENT_CHUNK_BYTES
#define SIZE  (2 * CHUNK + 1000)

typedef struct
{
  JpPlatformFixture *f;      /* (owned) */
  JpPlatformCaller  *a;      /* (owned) */
  JpPlatformCaller  *other;  /* (owned): of another school */
  GBytes            *bytes;  /* (owned) */
  char              *digest; /* (owned) */
} Desk;

static GBytes *
make_bytes (char fill)
{
  g_autofree guint8 *bytes = g_malloc (SIZE);

  memset (bytes, fill, SIZE);
  memcpy (bytes, "\xff\xd8\xff", 3);
  return g_bytes_new_take (g_steal_pointer (&bytes), SIZE);
}

static JpRecord *
make_row (Desk *desk, const JpId *trainee, const char *digest)
{
  JpId     id = jp_id_source_next (desk->f->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_ATTACHMENT, &id);

  jp_draft_set_ref (draft, JP_ATTACHMENT_TRAINEE, trainee);
  jp_draft_set_code (draft, JP_ATTACHMENT_PURPOSE, JP_PURPOSE_ID_DOCUMENT);
  jp_draft_set_text (draft, JP_ATTACHMENT_NAME, "身份证.jpg");
  jp_draft_set_code (draft, JP_ATTACHMENT_MEDIA_TYPE, JP_MEDIA_TYPE_JPEG);
  jp_draft_set_integer (draft, JP_ATTACHMENT_SIZE, SIZE);
  jp_draft_set_text (draft, JP_ATTACHMENT_DIGEST, digest);
  return jp_draft_end (draft);
}

static void
push_row (Desk *desk, JpPlatformCaller *caller, const char *digest)
{
  g_autoptr (JpRecord) trainee = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) row = make_row (desk, jp_record_get_id (trainee), digest);
  g_autoptr (JpVerdict) one = jp_platform_caller_push_edit (caller, NULL, trainee);
  g_autoptr (JpVerdict) two = jp_platform_caller_push_edit (caller, NULL, row);

  g_assert_cmpint (one->result, ==, JP_VERDICT_APPLIED);
  g_assert_cmpint (two->result, ==, JP_VERDICT_APPLIED);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->f = jp_platform_fixture_new ();
  desk->a = jp_platform_caller_new (desk->f, &desk->f->school);
  desk->other = jp_platform_caller_new (desk->f, &desk->f->other);
  desk->bytes = make_bytes ('a');
  desk->digest = jp_hash_sha256_text (g_bytes_get_data (desk->bytes, NULL), SIZE);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  jp_platform_caller_free (desk->a);
  jp_platform_caller_free (desk->other);
  jp_platform_fixture_free (desk->f);
  g_bytes_unref (desk->bytes);
  g_free (desk->digest);
}

static JpHttpResponse *
put (JpPlatformCaller *caller, const char *digest, gint64 offset, GBytes *piece)
{
  JpIdText         school;
  g_autofree char *path = g_strdup_printf ("/v1/schools/%s/blobs/%s?offset=%" G_GINT64_FORMAT,
                                           jp_id_to_text (&caller->school, school), digest, offset);

  return jp_platform_caller_send (caller, "PUT", path, piece);
}

static GBytes *
piece_of (GBytes *bytes, gint64 offset)
{
  return g_bytes_new_from_bytes (bytes, (gsize)offset,
                                 (gsize)jp_attachment_get_chunk_bytes (SIZE, offset));
}

static void
assert_put (Desk *desk, JpPlatformCaller *caller, GBytes *bytes, gint64 offset, gint64 there)
{
  g_autoptr (GBytes) piece = piece_of (bytes, offset);
  g_autoptr (JpHttpResponse) response = put (caller, desk->digest, offset, piece);
  g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, there);

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (jp_http_response_get_upload_offset (response), ==, expected);
}

static void
assert_put_refused (Desk *desk, GBytes *piece, gint64 offset, guint status, const char *type)
{
  g_autoptr (JpHttpResponse) response = put (desk->a, desk->digest, offset, piece);

  jp_platform_caller_assert_problem (response, status, type);
}

static void
assert_there (Desk *desk, gint64 there)
{
  g_autoptr (JpHttpResponse) response = jp_platform_caller_get (desk->a, "blobs/%s", desk->digest);
  g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, there);

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (jp_http_response_get_upload_offset (response), ==, expected);
}

static void
assert_get (Desk *desk, JpPlatformCaller *caller, gint64 offset)
{
  g_autoptr (GBytes) piece = piece_of (desk->bytes, offset);
  g_autoptr (JpHttpResponse) response =
    jp_platform_caller_get (caller, "blobs/%s?offset=%d", desk->digest, (int)offset);

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (jp_http_response_get_content_type (response), ==, "application/octet-stream");
  g_assert_true (g_bytes_equal (jp_http_response_get_body (response), piece));
}

static void
assert_absent (Desk *desk, JpPlatformCaller *caller, const char *rest)
{
  g_autoptr (JpHttpResponse) response =
    jp_platform_caller_get (caller, "blobs/%s%s", desk->digest, rest);

  jp_platform_caller_assert_problem (response, 404, "not-found");
}

/* The row first, then the bytes; the platform may be killed between two pieces. */
static void
test_resume (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) first = piece_of (desk->bytes, 0);

  assert_put_refused (desk, first, 0, 404, "not-found");
  push_row (desk, desk->a, desk->digest);
  assert_there (desk, 0);
  assert_put (desk, desk->a, desk->bytes, 0, CHUNK);
  assert_absent (desk, desk->a, "?offset=0");

  jp_platform_caller_free (g_steal_pointer (&desk->other));
  g_clear_pointer (&desk->a->router, jp_http_router_unref);
  jp_platform_fixture_reopen (desk->f);
  {
    JpPlatformCaller *fresh = jp_platform_caller_new (desk->f, &desk->f->school);

    g_free (fresh->token);
    fresh->token = g_strdup (desk->a->token);
    desk->a->router = jp_http_router_ref (fresh->router);
    jp_platform_caller_free (fresh);
  }
  assert_there (desk, CHUNK);
  assert_put_refused (desk, first, 0, 409, "conflict");
  assert_put (desk, desk->a, desk->bytes, CHUNK, 2 * CHUNK);
  assert_put (desk, desk->a, desk->bytes, 2 * CHUNK, SIZE);
  assert_there (desk, SIZE);
  assert_get (desk, desk->a, 0);
  assert_get (desk, desk->a, CHUNK);
  assert_get (desk, desk->a, 2 * CHUNK);
  assert_absent (desk, desk->a, "?offset=1");
  assert_absent (desk, desk->a, "?offset=1048576");

  /* Once more does no harm. */
  assert_put (desk, desk->a, desk->bytes, 2 * CHUNK, SIZE);
}

static void
test_wrong (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) other = make_bytes ('b');
  g_autoptr (GBytes) last = piece_of (other, 2 * CHUNK);
  g_autoptr (GBytes) tiny = g_bytes_new_static ("x", 1);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (CHUNK + 1), CHUNK + 1);
  g_autoptr (JpHttpResponse) bad = jp_platform_caller_get (desk->a, "blobs/%s", "ABC");

  jp_platform_caller_assert_problem (bad, 400, "invalid");
  push_row (desk, desk->a, desk->digest);
  assert_put_refused (desk, tiny, 0, 400, "invalid");
  assert_put_refused (desk, large, 0, 413, "too-large");
  assert_put_refused (desk, tiny, CHUNK, 409, "conflict");
  assert_there (desk, 0);

  /* Other bytes than the name says: nothing of them stays. */
  assert_put (desk, desk->a, other, 0, CHUNK);
  assert_put (desk, desk->a, other, CHUNK, 2 * CHUNK);
  assert_put_refused (desk, last, 2 * CHUNK, 400, "invalid");
  assert_there (desk, 0);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT COUNT (*) FROM blob"), ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT COUNT (*) FROM blob_chunk"), ==, 0);
  for (gint64 at = 0; at < SIZE; at += CHUNK)
    assert_put (desk, desk->a, desk->bytes, at, MIN (at + CHUNK, SIZE));
  assert_get (desk, desk->a, 0);
}

/* A school does not even find out that another one has the file. */
static void
test_schools (Desk *desk, gconstpointer data)
{
  JpIdText         school;
  g_autofree char *path = NULL;
  g_autoptr (JpHttpResponse) response = NULL;

  push_row (desk, desk->a, desk->digest);
  for (gint64 at = 0; at < SIZE; at += CHUNK)
    assert_put (desk, desk->a, desk->bytes, at, MIN (at + CHUNK, SIZE));
  assert_absent (desk, desk->other, "");
  assert_absent (desk, desk->other, "?offset=0");
  path = g_strdup_printf ("/v1/schools/%s/blobs/%s", jp_id_to_text (&desk->f->school, school),
                          desk->digest);
  response = jp_platform_caller_send (desk->other, "GET", path, NULL);
  jp_platform_caller_assert_problem (response, 403, "forbidden");

  /* With a row of its own it sends its own bytes. */
  push_row (desk, desk->other, desk->digest);
  assert_absent (desk, desk->other, "?offset=0");
  assert_put (desk, desk->other, desk->bytes, 0, CHUNK);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT COUNT (*) FROM blob"), ==, 2);
}

static void
test_quota (Desk *desk, gconstpointer data)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (desk->f);
  g_autoptr (GBytes) first = piece_of (desk->bytes, 0);

  push_row (desk, desk->a, desk->digest);
  jp_platform_store_set_blob_quota (store, SIZE - 1);
  assert_put_refused (desk, first, 0, 413, "quota");
  assert_there (desk, 0);
  jp_platform_store_set_blob_quota (store, SIZE);
  for (gint64 at = 0; at < SIZE; at += CHUNK)
    assert_put (desk, desk->a, desk->bytes, at, MIN (at + CHUNK, SIZE));

  /* What is full is full; what is there can be read. */
  g_autoptr (GBytes) other = make_bytes ('b');
  g_autofree char *digest = jp_hash_sha256_text (g_bytes_get_data (other, NULL), SIZE);
  g_autoptr (GBytes) piece = piece_of (other, 0);
  g_autoptr (JpHttpResponse) refused = NULL;

  push_row (desk, desk->a, digest);
  refused = put (desk->a, digest, 0, piece);
  jp_platform_caller_assert_problem (refused, 413, "quota");
  assert_get (desk, desk->a, 0);
}

/* What nobody went on with for a month makes room. */
static void
test_unfinished (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) other = make_bytes ('b');
  g_autofree char *digest = jp_hash_sha256_text (g_bytes_get_data (other, NULL), SIZE);
  g_autoptr (GBytes) piece = piece_of (other, 0);
  g_autoptr (JpHttpResponse) response = NULL;

  push_row (desk, desk->a, desk->digest);
  push_row (desk, desk->a, digest);
  assert_put (desk, desk->a, desk->bytes, 0, CHUNK);
  jp_fake_clock_advance (desk->f->clock, 31 * JP_DAY_US);
  response = put (desk->a, digest, 0, piece);
  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  assert_there (desk, 0);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT COUNT (*) FROM blob_chunk"), ==, 1);
}

/* Neither on the platform's disk nor in its backup is a byte of it in clear. */
static void
test_sealed (Desk *desk, gconstpointer data)
{
  g_autofree char *needle = g_strnfill (64, 'a');
  g_autofree char *copy = g_build_filename (desk->f->folder, "copy.db", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  push_row (desk, desk->a, desk->digest);
  for (gint64 at = 0; at < SIZE; at += CHUNK)
    assert_put (desk, desk->a, desk->bytes, at, MIN (at + CHUNK, SIZE));
  g_assert_true (jp_db_backup (jp_platform_fixture_get_db (desk->f), copy, &error));
  g_assert_true (g_file_get_contents (copy, &bytes, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (size, >, SIZE);
  for (gsize i = 0; i + 64 <= size; i++)
    if (memcmp (bytes + i, needle, 64) == 0)
      g_error ("the bytes lie there in clear");
}

#define ADD(path, func) g_test_add ("/platform/blob/" path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("resume", test_resume);
  ADD ("wrong", test_wrong);
  ADD ("schools", test_schools);
  ADD ("quota", test_quota);
  ADD ("unfinished", test_unfinished);
  ADD ("sealed", test_sealed);
  return g_test_run ();
}
