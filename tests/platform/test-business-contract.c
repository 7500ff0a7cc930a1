/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#include "jp-business-private.h"

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN

static char *
digest_of (JpBusinessFixture *b, const JpId *contract)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_CONTRACT, contract);

  return g_strdup (jp_record_get_text (record, JP_CONTRACT_TEXT_DIGEST));
}

static gboolean
sign (JpBusinessFixture *b, const JpId *contract, const char *digest, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *own = digest_of (b, contract);

  jp_business_fixture_begin (b, &transaction);
  return jp_business_sign (b->business, contract, digest != NULL ? digest : own, NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

static gboolean
pay (JpBusinessFixture *b, const JpId *contract, const char *key, gint64 fen, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (b, &transaction);
  return jp_business_pay (b->business, contract, key, fen, NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

static void
test_sign_and_pay (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_offer (b);

  sign (b, &contract, NULL, &error);
  g_assert_no_error (error);
  jp_fake_clock_advance (b->f->clock, JP_HOUR_US);

  g_autoptr (JpRecord) signed_one = jp_business_fixture_get (b, JP_KIND_CONTRACT, &contract);

  g_assert_cmpstr (jp_record_get_text (signed_one, JP_CONTRACT_STATUS), ==, "signed");
  g_assert_cmpint (jp_record_get_integer (signed_one, JP_CONTRACT_SIGNED_AT), ==,
                   JP_FAKE_CLOCK_NOW_US);

  pay (b, &contract, "wx-1", PRICE_FEN, &error);
  g_assert_no_error (error);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 0);

  g_autoptr (JpRecord) paid = jp_business_fixture_get (b, JP_KIND_CONTRACT, &contract);
  g_autoptr (JpRecord) trainee =
    jp_business_fixture_get (b, JP_KIND_TRAINEE, jp_record_get_ref (paid, JP_CONTRACT_TRAINEE));

  g_assert_cmpstr (jp_record_get_text (paid, JP_CONTRACT_STATUS), ==, "paid");
  g_assert_cmpint (jp_record_get_integer (paid, JP_CONTRACT_PAID_AT), ==,
                   JP_FAKE_CLOCK_NOW_US + JP_HOUR_US);
  g_assert_cmpstr (jp_record_get_text (trainee, JP_TRAINEE_STATUS), ==, "training");
  g_assert_cmpstr (jp_record_get_text (trainee, JP_TRAINEE_NUMBER), ==, "3717008000000001");
  /* C1: 62 hours. */
  g_assert_cmpint (jp_record_get_integer (trainee, JP_TRAINEE_REQUIRED_MINUTES), ==, 62 * 60);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM payment WHERE"
                                                    " amount = 368000 AND state = 'received' AND"
                                                    " bank_reference = '20261124-000001'"),
                   ==, 1);
}

/* The same twice is one effect. */
static void
test_twice (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_offer (b);

  for (guint i = 0; i < 2; i++)
    {
      sign (b, &contract, NULL, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 2; i++)
    {
      pay (b, &contract, "wx-1", PRICE_FEN, &error);
      g_assert_no_error (error);
    }
  sign (b, &contract, NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM payment"), ==, 1);

  /* With another key it would be a second fee. */
  pay (b, &contract, "wx-2", PRICE_FEN, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  /* With the same key it cannot be another amount. */
  pay (b, &contract, "wx-1", PRICE_FEN - 1, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
}

static void
assert_not_signed (JpBusinessFixture *b, JpDraft *draft, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = jp_business_fixture_put (b, draft);

  sign (b, jp_record_get_id (record), NULL, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  if (strstr (error->message, why) == NULL)
    g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, why));
}

static JpDraft *
new_contract (JpBusinessFixture *b)
{
  JpId trainee = jp_business_fixture_add_trainee (b);

  return jp_business_fixture_new_contract (b, &trainee);
}

static void
test_not_signed (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpDraft *draft = new_contract (b);

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT);
  assert_not_signed (b, draft, "not offered");

  draft = new_contract (b);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_CANCELLED);
  assert_not_signed (b, draft, "not offered");

  draft = new_contract (b);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, "另一份合同");
  assert_not_signed (b, draft, "digest");

  draft = new_contract (b);
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, PRICE_FEN + 1);
  assert_not_signed (b, draft, "price");

  draft = new_contract (b);
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, "{}");
  assert_not_signed (b, draft, "copy of the class tier");

  draft = new_contract (b);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, b->curriculum_digest);
  assert_not_signed (b, draft, "policy");

  draft = new_contract (b);
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_DIGEST, b->policy_digest);
  assert_not_signed (b, draft, "curriculum");

  /* The demo curriculum does not know the hours of C3. */
  draft = new_contract (b);
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE, "C3");
  assert_not_signed (b, draft, "hours of this licence type");
}

static void
test_wrong_text (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_offer (b);

  sign (b, &contract, b->policy_digest, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "what is signed"));
}

static void
test_unpublished_tier (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpRecord) tier = jp_business_fixture_get (b, JP_KIND_CLASS_TIER, &b->tier);
  JpDraft *draft = jp_draft_new_from (tier);

  jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_DRAFT);
  jp_record_unref (jp_business_fixture_put (b, draft));
  assert_not_signed (b, new_contract (b), "not published");
}

static void
test_one_at_a_time (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId trainee = jp_business_fixture_add_trainee (b);
  g_autoptr (JpRecord) first =
    jp_business_fixture_put (b, jp_business_fixture_new_contract (b, &trainee));

  sign (b, jp_record_get_id (first), NULL, &error);
  g_assert_no_error (error);
  assert_not_signed (b, jp_business_fixture_new_contract (b, &trainee), "another contract");
}

static void
test_not_paid (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_offer (b);
  JpId nobody = jp_id_source_next (b->f->ids);

  pay (b, &contract, "1", PRICE_FEN, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  sign (b, &contract, NULL, &error);
  g_assert_no_error (error);

  pay (b, &contract, "1", PRICE_FEN - 1, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  pay (b, &contract, "1", 0, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  pay (b, &contract, "", PRICE_FEN, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  pay (b, &nobody, "1", PRICE_FEN, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
  jp_business_fixture_assert_money (b, &contract, 0, 0, 0);
}

/* Money that the contract does not know of: the commit is refused. */
static void
test_commit_refuses (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId        contract = jp_business_fixture_pay (b);
  JpBankOrder order = { .kind = JP_BANK_RELEASE,
                        .school = b->f->school,
                        .contract = contract,
                        .purpose = "behind its back",
                        .amount_fen = 1,
                        .at_us = JP_FAKE_CLOCK_NOW_US };

  jp_business_fixture_begin (b, &transaction);
  jp_business_post (b->business, &order, NULL, &error);
  g_assert_no_error (error);
  g_test_expect_message ("jp-platform", G_LOG_LEVEL_CRITICAL, "*books differ*");
  g_assert_false (jp_business_commit (b->business, &transaction, &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
  jp_transaction_clear (&transaction);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-contract/sign-and-pay", test_sign_and_pay);
  g_test_add_func ("/platform/business-contract/twice", test_twice);
  g_test_add_func ("/platform/business-contract/not-signed", test_not_signed);
  g_test_add_func ("/platform/business-contract/wrong-text", test_wrong_text);
  g_test_add_func ("/platform/business-contract/unpublished-tier", test_unpublished_tier);
  g_test_add_func ("/platform/business-contract/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/platform/business-contract/not-paid", test_not_paid);
  g_test_add_func ("/platform/business-contract/commit-refuses", test_commit_refuses);

  return g_test_run ();
}
