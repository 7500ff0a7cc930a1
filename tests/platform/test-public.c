/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-test.h"

#include <glib/gstdio.h>

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN
#define NUMBERS                                                                                    \
  "\"coach_number\":\"3717003000000001\",\"vehicle_number\":\"3717004000000001\","                 \
  "\"terminal_number\":\"3717005000000001\""

static void
sign_and_pay (JpPublicTest *p, const JpId *contract)
{
  g_autofree char *token = jp_public_test_dup_trainee_token (p, contract);
  g_autofree char *show = jp_public_test_dup_path (contract, NULL);
  g_autofree char *sign = jp_public_test_dup_path (contract, "sign");
  g_autofree char *pay = jp_public_test_dup_path (contract, "pay");
  g_autofree char *digest = NULL;
  const char      *text = NULL;

  g_assert_cmpuint (jp_public_test_get (p, token, show), ==, 200);
  text = jp_public_test_get_text (p, "text");
  digest = jp_hash_sha256_text (text, strlen (text));
  g_assert_cmpuint (jp_public_test_post (p, token, sign, "{\"digest\":\"%s\"}", digest), ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "status"), ==, "signed");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (jp_public_test_post (p, token, pay, "{\"key\":\"wx-1\",\"amount\":368000}"),
                        ==, 200);
      g_assert_cmpstr (jp_public_test_get_text (p, "status"), ==, "paid");
      g_assert_cmpint (jp_public_test_get_integer (p, "paid"), ==, PRICE_FEN);
      g_assert_cmpstr (jp_public_test_get_text (p, "bank_reference"), ==, "20261124-000001");
    }
}

static char *
look_up (JpPublicTest *p, const JpId *contract)
{
  g_autofree char *terminal = jp_public_test_dup_token (p, JP_PUBLIC_TERMINAL);
  g_autoptr (JpRecord) record = jp_business_fixture_get (p->b, JP_KIND_CONTRACT, contract);
  g_autofree char *path = g_strconcat ("/v1/public/contracts?contract_no=",
                                       jp_record_get_text (record, JP_CONTRACT_NUMBER), NULL);

  g_assert_cmpuint (jp_public_test_get (p, terminal, path), ==, 200);
  return g_strdup (jp_public_test_get_text (p, "trainee_number"));
}

/* One session of four hours in the classroom today, sent twice. */
static void
send_session (JpPublicTest *p, const char *trainee, guint record_no, gint64 day_us)
{
  g_autofree char *terminal = jp_public_test_dup_token (p, JP_PUBLIC_TERMINAL);
  gint64           start_us = day_us + 8 * JP_HOUR_US;
  g_autoptr (GString) photos = g_string_new (NULL);

  for (guint i = 0; i <= 16; i++)
    g_string_append_printf (photos, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            start_us + 15 * i * JP_MINUTE_US);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (jp_public_test_post (p, terminal, "/v1/public/sessions",
                                             "{\"sessions\":[{\"trainee_number\":\"%s\",\"record_"
                                             "no\":\"%05u\"," NUMBERS
                                             ",\"part\":1,\"method\":\"classroom\",\"started_at\":"
                                             "%" G_GINT64_FORMAT ",\"ended_at\":%" G_GINT64_FORMAT
                                             ",\"minutes\":240,\"photos\":[%s]}]}",
                                             trainee, record_no, start_us,
                                             start_us + 4 * JP_HOUR_US, photos->str),
                        ==, 200);
      g_assert_true (
        json_object_get_boolean_member (jp_public_test_get_first (p, "results"), "accepted"));
    }
}

static void
review_session (JpPublicTest *p)
{
  g_autofree char *reviewer = jp_public_test_dup_token (p, JP_PUBLIC_REVIEWER);
  JsonObject      *session = NULL;

  g_assert_cmpuint (jp_public_test_get (p, reviewer, "/v1/public/reviews/sessions"), ==, 200);
  session = jp_public_test_get_first (p, "sessions");
  g_assert_nonnull (session);
  g_assert_cmpint (json_object_get_int_member (session, "proposed_minutes"), ==, 240);
  g_assert_cmpstr (json_object_get_string_member (session, "proposed_reason"), ==, "none");
  g_assert_cmpstr (json_object_get_string_member (session, "findings"), ==, "{}");

  g_autofree char *id = g_strdup (json_object_get_string_member (session, "id"));

  g_assert_cmpuint (
    jp_public_test_post (p, reviewer, "/v1/public/reviews/sessions",
                         "{\"id\":\"%s\",\"valid_minutes\":240,\"reason\":\"none\"}", id),
    ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "state"), ==, "valid");
}

static void
review_stage (JpPublicTest *p)
{
  g_autofree char *reviewer = jp_public_test_dup_token (p, JP_PUBLIC_REVIEWER);
  JsonObject      *stage = NULL;

  g_assert_cmpuint (jp_public_test_get (p, reviewer, "/v1/public/reviews/stages"), ==, 200);
  stage = jp_public_test_get_first (p, "stages");
  g_assert_nonnull (stage);

  g_autofree char *id = g_strdup (json_object_get_string_member (stage, "id"));

  g_assert_cmpuint (jp_public_test_post (p, reviewer, "/v1/public/reviews/stages",
                                         "{\"id\":\"%s\",\"approve\":true}", id),
                    ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "state"), ==, "approved");
}

/* Over the requests alone, from the offer to a statement with two lines. */
static void
test_thread (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  g_autofree char *bank = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_autofree char *examiner = jp_public_test_dup_token (p, JP_PUBLIC_EXAMINER);
  g_autofree char *number = NULL;
  JpId             contract = jp_business_fixture_offer (b);

  sign_and_pay (p, &contract);
  number = look_up (p, &contract);
  for (guint day = 1; day <= 3; day++)
    {
      gint64 day_us = jp_date_to_instant (jp_date_add_days (20261124, (int)day), 0, 0);

      jp_fake_clock_advance (b->f->clock, JP_DAY_US);
      jp_fake_clock_set_wall (b->f->clock, day_us + 13 * JP_HOUR_US);
      send_session (p, number, day, day_us);
      review_session (p);
    }
  review_stage (p);
  g_assert_cmpuint (jp_public_test_post (p, examiner, "/v1/public/exams",
                                         "{\"trainee_number\":\"%s\",\"subject\":1,\"outcome\":"
                                         "\"passed\","
                                         "\"score\":97}",
                                         number),
                    ==, 200);
  g_assert_cmpuint (jp_public_test_post (p, bank, "/v1/public/bank/statements",
                                         "{\"school\":\"牡丹驾校\"}"),
                    ==, 200);

  JsonObject *statement =
    json_object_get_object_member (jp_public_test_get_answer (p), "statement");

  g_assert_cmpint (json_object_get_int_member (statement, "line_count"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (statement, "total"), ==, 36800 + 110400);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 147200, 0);
}

static void
test_who_may_what (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  JpId             mine = jp_business_fixture_offer (b);
  JpId             theirs = jp_business_fixture_offer (b);
  g_autofree char *token = jp_public_test_dup_trainee_token (p, &mine);
  g_autofree char *bank = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_autofree char *own = jp_public_test_dup_path (&mine, NULL);
  g_autofree char *foreign = jp_public_test_dup_path (&theirs, NULL);
  g_autofree char *changed = g_strdup (token);

  g_assert_cmpuint (jp_public_test_get (p, token, own), ==, 200);
  g_assert_cmpuint (jp_public_test_get (p, token, foreign), ==, 403);
  g_assert_cmpuint (jp_public_test_get (p, bank, own), ==, 403);
  g_assert_cmpuint (jp_public_test_get (p, NULL, own), ==, 401);
  changed[5] = changed[5] == '0' ? '1' : '0';
  g_assert_cmpuint (jp_public_test_get (p, changed, own), ==, 401);
  g_assert_cmpuint (jp_public_test_post (p, token, "/v1/public/bank/statements",
                                         "{\"school\":\"牡丹驾校\"}"),
                    ==, 403);
  g_assert_cmpuint (jp_public_test_post (p, bank, "/v1/public/sessions", "{\"sessions\":[]}"), ==,
                    403);

  /* It ends some day. */
  jp_fake_clock_advance (b->f->clock, 91 * JP_DAY_US);
  g_assert_cmpuint (jp_public_test_get (p, token, own), ==, 401);
}

static void
test_guessing (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  g_autofree char *bank = jp_public_test_dup_token (p, JP_PUBLIC_BANK);

  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (jp_public_test_get (p, "guess", "/v1/public/reviews/stages"), ==, 401);
  g_assert_cmpuint (jp_public_test_get (p, "guess", "/v1/public/reviews/stages"), ==, 429);
  jp_fake_clock_advance (b->f->clock, 2 * JP_MINUTE_US);
  g_assert_cmpuint (jp_public_test_get (p, bank, "/v1/public/reviews/stages"), ==, 403);
}

static void
test_bad_requests (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  JpId             contract = jp_business_fixture_offer (b);
  g_autofree char *token = jp_public_test_dup_trainee_token (p, &contract);
  g_autofree char *terminal = jp_public_test_dup_token (p, JP_PUBLIC_TERMINAL);
  g_autofree char *bank = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_autofree char *sign = jp_public_test_dup_path (&contract, "sign");
  g_autofree char *pay = jp_public_test_dup_path (&contract, "pay");

  g_assert_cmpuint (jp_public_test_post (p, token, sign, "{"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, sign, "[]"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, sign, "{}"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, sign, "{\"digest\":7}"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, sign, "{\"digest\":\"00\"}"), ==, 409);
  g_assert_cmpuint (jp_public_test_post (p, token, pay, "{\"key\":\"1\",\"amount\":-1}"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, pay, "{\"key\":\"1\",\"amount\":5}"), ==, 409);
  g_assert_cmpuint (jp_public_test_post (p, bank, "/v1/public/bank/statements",
                                         "{\"school\":\"无此驾校\"}"),
                    ==, 404);
  g_assert_cmpuint (jp_public_test_get (p, terminal, "/v1/public/contracts"), ==, 400);
  g_assert_cmpuint (jp_public_test_get (p, terminal, "/v1/public/contracts?contract_no=X"), ==,
                    404);
  g_assert_cmpuint (jp_public_test_post (p, bank, "/v1/public/clock", "{\"advance_s\":60}"), ==,
                    404);

  /* A session that is refused does not take the others with it. */
  g_assert_cmpuint (jp_public_test_post (p, terminal, "/v1/public/sessions", "{\"sessions\":[{}]}"),
                    ==, 200);
  g_assert_false (
    json_object_get_boolean_member (jp_public_test_get_first (p, "results"), "accepted"));
  jp_business_fixture_assert_money (b, &contract, 0, 0, 0);
}

/* Files that only the platform may read; whoever takes one away makes the old token useless. */
static void
test_operator_files (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_autofree char *path = g_build_filename (b->f->folder, JP_PUBLIC_TOKEN_FOLDER, "bank", NULL);
  g_autofree char *same = NULL;
  g_autofree char *second = NULL;
  JpPublicCaller   caller;
  GStatBuf         status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  jp_public_token_ensure_operators (jp_platform_fixture_get_store (b->f), b->f->folder, &error);
  g_assert_no_error (error);
  same = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_assert_cmpstr (same, ==, first);

  g_assert_cmpint (g_unlink (path), ==, 0);
  jp_public_token_ensure_operators (jp_platform_fixture_get_store (b->f), b->f->folder, &error);
  g_assert_no_error (error);
  second = jp_public_test_dup_token (p, JP_PUBLIC_BANK);
  g_assert_cmpstr (second, !=, first);
  g_assert_false (
    jp_public_token_find (jp_platform_fixture_get_store (b->f), first, &caller, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM public_token WHERE "
                                                    "length (hash) <> 64"),
                   ==, 0);
}

static void
test_demo_clock (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autofree char *path = g_build_filename (b->f->folder, "demo-clock", NULL);
  g_autoptr (JpDemoClock) clock = jp_demo_clock_new (JP_CLOCK (b->f->clock), path);
  g_autoptr (JpDemoClock) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (clock)), ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_true (jp_demo_clock_advance (clock, 3 * JP_DAY_US, &error));
  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (clock)), ==, JP_FAKE_CLOCK_NOW_US + 3 * JP_DAY_US);
  again = jp_demo_clock_new (JP_CLOCK (b->f->clock), path);
  g_assert_cmpint (jp_clock_now_us (JP_CLOCK (again)), ==, JP_FAKE_CLOCK_NOW_US + 3 * JP_DAY_US);
  g_assert_false (jp_demo_clock_advance (clock, -1, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/public/thread", test_thread);
  g_test_add_func ("/platform/public/who-may-what", test_who_may_what);
  g_test_add_func ("/platform/public/guessing", test_guessing);
  g_test_add_func ("/platform/public/bad-requests", test_bad_requests);
  g_test_add_func ("/platform/public/operator-files", test_operator_files);
  g_test_add_func ("/platform/public/demo-clock", test_demo_clock);

  return g_test_run ();
}
