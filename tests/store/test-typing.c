/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-typing-repo.h"

#include "jp-vault-fixture.h"

static GVariant *
new_typed (const char *name)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&builder, "{ss}", "name", name);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
assert_typed (JpVault *vault, const char *place, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) typed = NULL;
  const char *kept = NULL;

  g_assert_true (jp_typing_repo_load (vault, place, &typed, &error));
  g_assert_no_error (error);
  if (name == NULL)
    {
      g_assert_null (typed);
      return;
    }
  g_assert_true (g_variant_lookup (typed, "name", "&s", &kept));
  g_assert_cmpstr (kept, ==, name);
}

static void
test_keep (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) one = new_typed ("曾雨桐");
  g_autoptr (GVariant) two = new_typed ("阿依努尔·买买提");

  assert_typed (fixture->vault, "trainee:new", NULL);
  g_assert_true (jp_typing_repo_save (fixture->vault, "trainee:new", one, &error));
  g_assert_true (jp_typing_repo_save (fixture->vault, "coach:new", two, &error));
  assert_typed (fixture->vault, "trainee:new", "曾雨桐");
  g_assert_true (jp_typing_repo_save (fixture->vault, "trainee:new", two, &error));
  assert_typed (fixture->vault, "trainee:new", "阿依努尔·买买提");

  g_assert_true (jp_typing_repo_clear (fixture->vault, "trainee:new", &error));
  assert_typed (fixture->vault, "trainee:new", NULL);
  assert_typed (fixture->vault, "coach:new", "阿依努尔·买买提");
  g_assert_no_error (error);
}

/* Sealed, and the seal knows its place. */
static void
test_sealed (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) typed = new_typed ("曾雨桐");
  g_autoptr (GVariant) moved = NULL;
  g_autoptr (JpStatement) row = NULL;
  gsize         length_bytes = 0;
  gconstpointer doc = NULL;
  gboolean      found = FALSE;

  g_assert_true (jp_typing_repo_save (fixture->vault, "trainee:a", typed, &error));
  row = jp_db_prepare (fixture->vault->db, "SELECT doc FROM typing", &error);
  g_assert_true (jp_statement_step (row, &found, &error));
  g_assert_true (found);
  doc = jp_statement_get_blob (row, 0, &length_bytes);
  g_assert_null (g_strstr_len (doc, (gssize)length_bytes, "曾雨桐"));
  g_clear_pointer (&row, jp_statement_release);

  g_assert_true (jp_db_exec (fixture->vault->db, "UPDATE typing SET place = 'trainee:b'", &error));
  g_assert_false (jp_typing_repo_load (fixture->vault, "trainee:b", &moved, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
}

static void
test_limit (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *long_text = g_strnfill (JP_TYPING_MAX_BYTES, 'a');
  g_autoptr (GVariant) typed = new_typed (long_text);

  g_assert_false (jp_typing_repo_save (fixture->vault, "trainee:new", typed, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/store/typing/keep", JpVaultFixture, NULL, jp_vault_fixture_set_up, test_keep,
              jp_vault_fixture_tear_down);
  g_test_add ("/store/typing/sealed", JpVaultFixture, NULL, jp_vault_fixture_set_up, test_sealed,
              jp_vault_fixture_tear_down);
  g_test_add ("/store/typing/limit", JpVaultFixture, NULL, jp_vault_fixture_set_up, test_limit,
              jp_vault_fixture_tear_down);
  return g_test_run ();
}
