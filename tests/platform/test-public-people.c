/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-test.h"

#include "jp-check-id.h"

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN
#define SCHOOL    "牡丹驾校"

/* 11010519491231002X is the number of GB 11643's own example; its owner would be 76. */
#define ADULT "44052419880101001"
#define YOUNG "11010520150101001"

static char *
full_number (const char *body)
{
  return g_strdup_printf ("%s%c", body, jp_check_id_compute_last (body));
}

static guint
enrol (JpPublicTest *p, const char *key, const char *number, const char *licence, const char *more)
{
  return jp_public_test_post (p, NULL, "/v1/public/enrolments",
                              "{\"school\":\"" SCHOOL "\",\"name\":\"阿卜杜拉·买买提\","
                              "\"id_number\":\"%s\",\"phone\":\"13905301234\","
                              "\"licence_type\":\"%s\",\"key\":\"%s\"%s}",
                              number, licence, key, more);
}

static void
test_enrolment (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  g_autofree char *number = full_number (ADULT);
  g_autofree char *tier = jp_id_dup_text (&b->tier);
  g_autofree char *more = g_strdup_printf (",\"class_tier\":\"%s\"", tier);
  g_autofree char *token = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpId     id;
  JpId     trainee;
  JpDraft *draft = NULL;
  JpId     contract;

  g_assert_cmpuint (enrol (p, "k1", number, "C1", more), ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "status"), ==, "open");
  path = g_strconcat ("/v1/public/enrolments/", jp_public_test_get_text (p, "id"), NULL);
  g_assert_cmpuint (enrol (p, "k1", number, "C1", more), ==, 200);
  token = g_strdup (jp_public_test_get_text (p, "token"));
  g_assert_true (jp_id_parse (jp_public_test_get_text (p, "id"), &id, NULL));
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM enrolment"), ==, 1);

  g_assert_cmpuint (jp_public_test_get (p, token, path), ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "status"), ==, "open");
  g_assert_null (jp_public_test_get_text (p, "contract_no"));

  /* The school accepts, and offers a contract. */
  record = jp_business_fixture_get (b, JP_KIND_ENROLMENT, &id);
  trainee = jp_business_fixture_add_trainee (b);
  draft = jp_draft_new_from (record);
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_ACCEPTED);
  jp_draft_set_ref (draft, JP_ENROLMENT_TRAINEE, &trainee);
  jp_record_unref (jp_business_fixture_put (b, draft));
  g_clear_pointer (&record, jp_record_unref);
  record = jp_business_fixture_put (b, jp_business_fixture_new_contract (b, &trainee));
  contract = *jp_record_get_id (record);
  g_assert_cmpuint (jp_public_test_get (p, token, path), ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "status"), ==, "accepted");
  g_assert_cmpstr (jp_public_test_get_text (p, "contract_no"), ==,
                   jp_record_get_text (record, JP_CONTRACT_NUMBER));

  /* An applicant's token is for nothing else. */
  g_autofree char *show = jp_public_test_dup_path (&contract, NULL);

  g_assert_cmpuint (jp_public_test_get (p, token, show), ==, 403);
}

static void
test_enrolment_refusals (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  g_autofree char *number = full_number (ADULT);
  g_autofree char *child = full_number (YOUNG);
  g_autofree char *tier = jp_id_dup_text (&b->tier);
  g_autofree char *more = g_strdup_printf (",\"class_tier\":\"%s\"", tier);

  g_assert_cmpuint (enrol (p, "k", "440524198801010019", "C1", ""), ==, 400);
  g_assert_cmpuint (enrol (p, "k", child, "C1", ""), ==, 400);
  g_assert_cmpuint (enrol (p, "k", number, "Z9", ""), ==, 400);
  g_assert_cmpuint (enrol (p, "", number, "C1", ""), ==, 400);
  /* The tier is for C1. */
  g_assert_cmpuint (enrol (p, "k", number, "C2", more), ==, 409);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM enrolment"), ==, 0);
  /* Whoever tries too often has to wait. */
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (enrol (p, "k", child, "C1", ""), ==, 400);
  g_assert_cmpuint (enrol (p, "k", number, "C1", ""), ==, 429);
  jp_fake_clock_advance (b->f->clock, 2 * JP_MINUTE_US);
  g_assert_cmpuint (enrol (p, "k", number, "C1", ""), ==, 200);
  /* One key, two people. */
  g_autofree char *other = full_number ("44052419880101003");
  g_assert_cmpuint (enrol (p, "k", other, "C1", ""), ==, 409);
}

static void
test_voices (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  JpId             contract = jp_business_fixture_pay (b);
  JpId             offered = jp_business_fixture_offer (b);
  g_autofree char *token = jp_public_test_dup_trainee_token (p, &contract);
  g_autofree char *early = jp_public_test_dup_trainee_token (p, &offered);
  g_autofree char *reviewer = jp_public_test_dup_token (p, JP_PUBLIC_REVIEWER);
  g_autofree char *evaluate = jp_public_test_dup_path (&contract, "evaluations");
  g_autofree char *too_early = jp_public_test_dup_path (&offered, "evaluations");
  g_autofree char *complain = jp_public_test_dup_path (&contract, "complaints");
  g_autofree char *id = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpId     complaint;
  JpDraft *draft = NULL;

  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (jp_public_test_post (p, token, evaluate,
                                           "{\"key\":\"1\",\"stars\":5,\"coach_number\":"
                                           "\"3717003000000001\","
                                           "\"part\":2,\"manner\":4,\"text\":\"很耐心\"}"),
                      ==, 200);
  g_assert_cmpuint (jp_public_test_post (p, token, evaluate, "{\"key\":\"2\",\"stars\":4}"), ==,
                    200);
  g_assert_cmpuint (jp_public_test_post (p, token, evaluate, "{\"key\":\"3\",\"stars\":6}"), ==,
                    400);
  g_assert_cmpuint (jp_public_test_post (p, token, evaluate,
                                         "{\"key\":\"3\",\"stars\":1,\"coach_number\":\"0\"}"),
                    ==, 404);
  g_assert_cmpuint (jp_public_test_post (p, early, too_early, "{\"key\":\"1\",\"stars\":5}"), ==,
                    409);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM evaluation"), ==, 2);
  g_assert_cmpint (
    jp_platform_fixture_count (b->f, "SELECT stars FROM evaluation WHERE object = 'coach'"), ==, 5);

  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (jp_public_test_post (p, token, complain,
                                           "{\"key\":\"1\",\"type\":\"coach\","
                                           "\"content\":\"教练收取额外费用\"}"),
                      ==, 200);
  id = g_strdup (jp_public_test_get_text (p, "id"));
  g_assert_cmpstr (jp_public_test_get_text (p, "due_on"), ==, "2026-12-04");
  g_assert_cmpuint (jp_public_test_post (p, token, complain,
                                         "{\"key\":\"2\",\"type\":\"weather\",\"content\":\"x\"}"),
                    ==, 400);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM complaint"), ==, 1);

  /* Concluded once the school has answered. */
  g_assert_cmpuint (jp_public_test_post (p, reviewer, "/v1/public/reviews/complaints",
                                         "{\"id\":\"%s\",\"opinion\":\"已核实\"}", id),
                    ==, 409);
  g_assert_true (jp_id_parse (id, &complaint, NULL));
  record = jp_business_fixture_get (b, JP_KIND_COMPLAINT, &complaint);
  draft = jp_draft_new_from (record);
  jp_draft_set_text (draft, JP_COMPLAINT_ANSWER, "已退还");
  jp_draft_set_text (draft, JP_COMPLAINT_STATE, "answered");
  jp_record_unref (jp_business_fixture_put (b, draft));
  g_assert_cmpuint (jp_public_test_post (p, reviewer, "/v1/public/reviews/complaints",
                                         "{\"id\":\"%s\",\"opinion\":\"已核实\"}", id),
                    ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "state"), ==, "closed");
}

static void
test_withdrawal (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  JpId             contract = jp_business_fixture_pay (b);
  g_autofree char *token = jp_public_test_dup_trainee_token (p, &contract);
  g_autofree char *reviewer = jp_public_test_dup_token (p, JP_PUBLIC_REVIEWER);
  g_autofree char *withdraw = jp_public_test_dup_path (&contract, "withdraw");
  g_autofree char *id = NULL;
  JsonObject      *first = NULL;

  g_assert_cmpuint (jp_public_test_post (p, token, withdraw, "{\"fault\":\"moon\"}"), ==, 400);
  g_assert_cmpuint (jp_public_test_post (p, token, withdraw,
                                         "{\"fault\":\"trainee\",\"reason\":\"去外地工作\"}"),
                    ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "state"), ==, "pending");
  g_assert_cmpuint (jp_public_test_get (p, reviewer, "/v1/public/reviews/refunds?school=" SCHOOL),
                    ==, 200);
  first = jp_public_test_get_first (p, "refunds");
  g_assert_nonnull (first);
  id = g_strdup (json_object_get_string_member (first, "id"));
  g_assert_cmpstr (json_object_get_string_member (first, "asked_on"), ==, "2026-11-24");
  g_assert_cmpuint (jp_public_test_post (p, reviewer, "/v1/public/reviews/refunds",
                                         "{\"id\":\"%s\",\"approve\":true}", id),
                    ==, 200);
  g_assert_cmpstr (jp_public_test_get_text (p, "state"), ==, "done");
  g_assert_cmpint (jp_public_test_get_integer (p, "amount"), ==, PRICE_FEN - 36800);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, PRICE_FEN - 36800);
  g_assert_cmpuint (jp_public_test_get (p, reviewer, "/v1/public/reviews/refunds"), ==, 200);
  g_assert_null (jp_public_test_get_first (p, "refunds"));
  g_assert_cmpuint (jp_public_test_get (p, reviewer, "/v1/public/reviews/transfers"), ==, 200);
  g_assert_null (jp_public_test_get_first (p, "transfers"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/public-people/enrolment", test_enrolment);
  g_test_add_func ("/platform/public-people/enrolment-refusals", test_enrolment_refusals);
  g_test_add_func ("/platform/public-people/voices", test_voices);
  g_test_add_func ("/platform/public-people/withdrawal", test_withdrawal);

  return g_test_run ();
}
