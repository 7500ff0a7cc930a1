/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-rules.h"

#include "jp-data.h"
#include "jp-desk.h"
#include "jp-signature.h"
#include "jp-vault-fixture.h"

#define ON 20260301

static void
set_key (JpVault *vault, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_db_begin_write (vault->db, &transaction, &error);
  g_assert_no_error (error);
  jp_vault_set_setting (vault, JP_SETTING_POLICY_KEY, key, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

/* A policy as the platform sends it. */
static void
receive (JpVault *vault, const char *policy_id, const char *signature)
{
  JpId             id = jp_id_derive ("policy", policy_id);
  JpDraft         *draft = jp_draft_new (JP_KIND_POLICY, &id);
  g_autofree char *path = g_strdup_printf ("policies/%s.json", policy_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_data_lookup (path, &error);
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data (policy_id, &error);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_no_error (error);
  jp_draft_set_text (draft, JP_POLICY_POLICY_ID, policy_id);
  jp_draft_set_text (draft, JP_POLICY_TITLE, "规则");
  jp_draft_set_date (draft, JP_POLICY_VALID_FROM, jp_policy_get_header (policy)->valid_from);
  jp_draft_set_text (draft, JP_POLICY_DIGEST, jp_policy_get_digest (policy));
  jp_draft_set_text (draft, JP_POLICY_DOCUMENT, text);
  if (signature != NULL)
    jp_draft_set_text (draft, JP_POLICY_SIGNATURE, signature);
  jp_vault_fixture_put (vault, draft);
}

static char *
sign (JpSealKey *platform, const char *policy_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data (policy_id, &error);
  g_autofree char *text = jp_policy_dup_signed_text (policy);

  g_assert_no_error (error);
  return jp_signature_sign (platform, text);
}

static void
assert_loads (JpVault *vault, const char *policy_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_rules_load_policy (vault, "C1", ON, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jp_policy_get_header (policy)->id, ==, policy_id);
}

static void
assert_refused (JpVault *vault)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_rules_load_policy (vault, "C1", ON, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_POLICY_UNSIGNED);
}

/* Whoever has joined a platform takes only rules that this platform has signed: not unsigned ones,
 * not those of another platform, not the signature of another file. */
static void
test_signature (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpSealKey) platform = jp_seal_key_new_random ();
  g_autoptr (JpSealKey) thief = jp_seal_key_new_random ();
  g_autofree char *key = jp_signature_dup_public_key (platform);
  g_autofree char *good = sign (platform, "fuzhou-2020");
  g_autofree char *stolen = sign (thief, "fuzhou-2020");
  g_autofree char *other = sign (platform, "qingdao-2023");
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "fuzhou-2020", 428000, ON);
  g_autoptr (JpPolicy) found = NULL;

  receive (vault, "fuzhou-2020", NULL);
  assert_loads (vault, "fuzhou-2020"); /* no platform is known yet */

  set_key (vault, key);
  assert_refused (vault);
  g_assert_null (jp_rules_find_policy (vault, contract, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_POLICY_UNSIGNED);
  g_clear_error (&error);
  receive (vault, "fuzhou-2020", stolen);
  assert_refused (vault);
  receive (vault, "fuzhou-2020", other);
  assert_refused (vault);
  receive (vault, "fuzhou-2020", good);
  assert_loads (vault, "fuzhou-2020");
  found = jp_rules_find_policy (vault, contract, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/rules/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,       \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("signature", test_signature);

  return g_test_run ();
}
