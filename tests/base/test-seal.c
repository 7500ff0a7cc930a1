/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal.h"

#include "jp-fake-clock.h"
#include "jp-seal-key-private.h"
#include "jp-test-random.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define FIXED_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static JpSealKey *
make_fixed_key (void)
{
  g_autoptr (GError) error = NULL;
  JpSealKey *key = jp_seal_key_from_base64 (FIXED_KEY, &error);

  g_assert_no_error (error);
  return key;
}

static void
assert_same_key (JpSealKey *a, JpSealKey *b)
{
  char *a_text = jp_seal_key_to_base64 (a);
  char *b_text = jp_seal_key_to_base64 (b);

  g_assert_cmpstr (a_text, ==, b_text);
  jp_seal_wipe_text (a_text);
  jp_seal_wipe_text (b_text);
}

static void
test_key (void)
{
  guint8 bytes[JP_SEAL_KEY_BYTES];
  g_autoptr (JpSealKey) fixed = make_fixed_key ();
  g_autoptr (JpSealKey) random = jp_seal_key_new_random ();
  g_autoptr (JpSealKey) other = jp_seal_key_new_random ();
  g_autoptr (GError) error = NULL;
  char *text = jp_seal_key_to_base64 (fixed);
  char *random_text = jp_seal_key_to_base64 (random);
  char *other_text = jp_seal_key_to_base64 (other);

  g_assert_cmpstr (text, ==, FIXED_KEY);
  g_assert_cmpstr (random_text, !=, other_text);

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)i;

  g_autoptr (JpSealKey) same = jp_seal_key_new_from_bytes (bytes, sizeof bytes, &error);

  g_assert_no_error (error);
  assert_same_key (same, fixed);

  JpSealKey *again = jp_seal_key_ref (fixed);

  g_assert_true (again == fixed);
  jp_seal_key_unref (again);
  jp_seal_key_unref (NULL);
  jp_seal_wipe_text (text);
  jp_seal_wipe_text (random_text);
  jp_seal_wipe_text (other_text);
  jp_seal_wipe_text (NULL);
}

static void
test_key_invalid (void)
{
  static const char *const texts[] = {
    "",
    "AAEC",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8==",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=A",
    " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8fAA==",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_-8=",
  };
  static const guint8 bytes[JP_SEAL_KEY_BYTES + 1] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jp_seal_key_from_base64 (texts[i], &error));
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
    }
  for (gsize length_bytes = 0; length_bytes <= sizeof bytes; length_bytes++)
    if (length_bytes != JP_SEAL_KEY_BYTES)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (jp_seal_key_new_from_bytes (bytes, length_bytes, &error));
        g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
      }
}

/* The derived keys cannot be written to by mistake. */
static void
test_key_readonly (void)
{
  if (g_test_subprocess ())
    {
      JpSealKey *key = jp_seal_key_new_random ();

      signal (SIGSEGV, SIG_DFL);
      *(guint8 *)jp_seal_key_get_column_key (key) = 0;
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

static void
test_round_trip (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autofree guint8 *plain = g_malloc (JP_SEAL_MAX_PLAIN_BYTES);
  static const gsize lengths[] = { 0, 1, 11, 18, 64, 1000, JP_SEAL_MAX_PLAIN_BYTES };

  jp_id_source_fill (random, plain, JP_SEAL_MAX_PLAIN_BYTES);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      JpId id = jp_id_source_next (random);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sealed = jp_seal_close (key, "trainee", &id, "phone", plain, lengths[i]);
      g_autoptr (GBytes) twice = jp_seal_close (key, "trainee", &id, "phone", plain, lengths[i]);
      gsize         length_bytes;
      const guint8 *bytes = g_bytes_get_data (sealed, &length_bytes);

      g_assert_cmpuint (length_bytes, ==, lengths[i] + JP_SEAL_OVERHEAD_BYTES);
      g_assert_false (g_bytes_equal (sealed, twice));

      g_autoptr (GBytes) opened =
        jp_seal_open (key, "trainee", &id, "phone", bytes, length_bytes, &error);

      g_assert_no_error (error);
      bytes = g_bytes_get_data (opened, &length_bytes);
      g_assert_cmpmem (bytes, length_bytes, plain, lengths[i]);
      g_assert_cmpint (bytes[length_bytes], ==, 0);
    }
}

static void
assert_sealed (JpSealKey    *key,
               const char   *table,
               const JpId   *id,
               const char   *column,
               gconstpointer bytes,
               gsize         length_bytes)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_seal_open (key, table, id, column, bytes, length_bytes, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
}

static void
test_tampered (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  JpId id = jp_id_derive ("test", "row");
  g_autoptr (GBytes) sealed = jp_seal_close (key, "trainee", &id, "phone", "13812345678", 11);
  gsize              length_bytes;
  const guint8      *bytes = g_bytes_get_data (sealed, &length_bytes);
  g_autofree guint8 *changed = g_malloc0 (length_bytes + 1);

  for (gsize i = 0; i < length_bytes; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        memcpy (changed, bytes, length_bytes);
        changed[i] ^= (guint8)(1u << bit);
        assert_sealed (key, "trainee", &id, "phone", changed, length_bytes);
      }

  memcpy (changed, bytes, length_bytes);
  assert_sealed (key, "trainee", &id, "phone", changed, length_bytes + 1);
  for (gsize i = 0; i < length_bytes; i++)
    assert_sealed (key, "trainee", &id, "phone", changed, i);
  assert_sealed (key, "trainee", &id, "phone", NULL, 0);

  gsize              huge_bytes = JP_SEAL_MAX_PLAIN_BYTES + JP_SEAL_OVERHEAD_BYTES + 1;
  g_autofree guint8 *huge = g_malloc0 (huge_bytes);

  huge[0] = 1;
  assert_sealed (key, "trainee", &id, "phone", huge, huge_bytes);
}

static void
test_moved (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpSealKey) other_key = jp_seal_key_new_random ();
  JpId id = jp_id_derive ("test", "row");
  JpId other_id = jp_id_derive ("test", "another row");
  g_autoptr (GBytes) sealed = jp_seal_close (key, "trainee", &id, "phone", "13812345678", 11);
  gsize         length_bytes;
  const guint8 *bytes = g_bytes_get_data (sealed, &length_bytes);

  assert_sealed (other_key, "trainee", &id, "phone", bytes, length_bytes);
  assert_sealed (key, "trainee", &other_id, "phone", bytes, length_bytes);
  assert_sealed (key, "trainee", &JP_ID_NONE, "phone", bytes, length_bytes);
  assert_sealed (key, "coach", &id, "phone", bytes, length_bytes);
  assert_sealed (key, "trainee", &id, "id_no", bytes, length_bytes);
  assert_sealed (key, "trainee", &id, "phon", bytes, length_bytes);
  assert_sealed (key, "", &id, "phone", bytes, length_bytes);
}

/* What an older version sealed stays readable. Computed with another implementation's BLAKE2b for
 * the derived key. */
static void
test_fixed (void)
{
  g_autoptr (JpSealKey) key = make_fixed_key ();
  g_autoptr (GError) error = NULL;
  gsize              sealed_bytes;
  g_autofree guint8 *sealed =
    g_base64_decode ("AUBBQkNERUZHSElKS0xNTk9QUVJTVFVWV8p0gJeKdjzgyTwtx20Srrm7ANB6OpxbkkU31w==",
                     &sealed_bytes);
  guint8           index[JP_SEAL_INDEX_BYTES];
  g_autofree char *hex = NULL;
  JpId             id;

  for (gsize i = 0; i < JP_ID_BYTES; i++)
    id.bytes[i] = (guint8)(0x10 + i);

  g_autoptr (GBytes) opened =
    jp_seal_open (key, "trainee", &id, "phone", sealed, sealed_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_bytes_get_data (opened, NULL), ==, "13812345678");

  jp_seal_index (key, "trainee.id_no", "37292219900101162X", index);
  hex = jp_hash_to_hex (index, sizeof index);
  g_assert_cmpstr (hex, ==, "cca2dc935a70dd3d721115b2f724c7dd");
}

static void
test_index (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpSealKey) other_key = jp_seal_key_new_random ();
  guint8 index[JP_SEAL_INDEX_BYTES];
  guint8 again[JP_SEAL_INDEX_BYTES];

  jp_seal_index (key, "phone", "13812345678", index);
  jp_seal_index (key, "phone", "13812345678", again);
  g_assert_cmpmem (index, sizeof index, again, sizeof again);
  jp_seal_index (key, "phone", "13812345679", again);
  g_assert_cmpint (memcmp (index, again, sizeof index), !=, 0);
  jp_seal_index (key, "phone2", "13812345678", again);
  g_assert_cmpint (memcmp (index, again, sizeof index), !=, 0);
  jp_seal_index (key, "phone1", "3812345678", again);
  g_assert_cmpint (memcmp (index, again, sizeof index), !=, 0);
  jp_seal_index (other_key, "phone", "13812345678", again);
  g_assert_cmpint (memcmp (index, again, sizeof index), !=, 0);
}

#define PASSWORD                                                                                   \
  "\345\217\243\344\273\244"                                                                       \
  "1"

static GBytes *
wrap_cheaply (JpSealKey *key, const char *password)
{
  g_autoptr (GError) error = NULL;
  GBytes *wrapped = jp_seal_key_wrap_full (key, password, JP_SEAL_KEY_MIN_PASSES,
                                           JP_SEAL_KEY_MIN_MEMORY_KIB, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (wrapped), ==, JP_SEAL_KEY_WRAPPED_BYTES);
  return wrapped;
}

static void
assert_no_unwrap (GBytes *wrapped, const char *password)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jp_seal_key_unwrap (wrapped, password, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
}

static void
test_wrap (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (GBytes) wrapped = wrap_cheaply (key, PASSWORD);
  g_autoptr (GBytes) twice = wrap_cheaply (key, PASSWORD);
  g_autofree char *long_password = g_strnfill (JP_SEAL_MAX_PASSWORD_BYTES + 1, 'a');
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) opened = jp_seal_key_unwrap (wrapped, PASSWORD, &error);

  g_assert_no_error (error);
  assert_same_key (opened, key);
  g_assert_false (g_bytes_equal (wrapped, twice));

  /* The full-width digit of an input method is the same digit. */
  g_autoptr (JpSealKey) full_width =
    jp_seal_key_unwrap (wrapped, "\345\217\243\344\273\244\357\274\221", &error);

  g_assert_no_error (error);
  assert_same_key (full_width, key);

  assert_no_unwrap (wrapped, "\345\217\243\344\273\244");
  assert_no_unwrap (wrapped, "");
  assert_no_unwrap (wrapped, long_password);

  g_autoptr (GBytes) not_text = wrap_cheaply (key, "\377");
  g_autoptr (JpSealKey) by_bytes = jp_seal_key_unwrap (not_text, "\377", &error);

  g_assert_no_error (error);
  assert_same_key (by_bytes, key);
}

static void
test_wrap_password (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autofree char *long_password = g_strnfill (JP_SEAL_MAX_PASSWORD_BYTES + 1, 'a');
  g_autoptr (GError) empty_error = NULL;
  g_autoptr (GError) long_error = NULL;

  g_assert_null (jp_seal_key_wrap (key, "", &empty_error));
  g_assert_error (empty_error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE);
  g_assert_null (jp_seal_key_wrap (key, long_password, &long_error));
  g_assert_error (long_error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE);
}

/* Once with the cost of the program. */
static void
test_wrap_default (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wrapped = jp_seal_key_wrap (key, PASSWORD, &error);

  g_assert_no_error (error);

  g_autoptr (JpSealKey) opened = jp_seal_key_unwrap (wrapped, PASSWORD, &error);

  g_assert_no_error (error);
  assert_same_key (opened, key);
}

static void
test_wrap_fixed (void)
{
  g_autoptr (JpSealKey) key = make_fixed_key ();
  gsize   length_bytes;
  guint8 *bytes = g_base64_decode ("SlBLMQEAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                   "AAAAAABr9G5SI8HFL1kJjyyzpGAboL+Ma"
                                   "/IeBCWhzzboCHn6IiHFVXqaXAy2s/UHg2pQ8pw==",
                                   &length_bytes);
  g_autoptr (GBytes) wrapped = g_bytes_new_take (bytes, length_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) opened = jp_seal_key_unwrap (wrapped, PASSWORD, &error);

  g_assert_no_error (error);
  assert_same_key (opened, key);
}

static void
test_wrap_tampered (void)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (GBytes) wrapped = wrap_cheaply (key, PASSWORD);

  for (gsize i = 0; i < JP_SEAL_KEY_WRAPPED_BYTES * 8; i++)
    {
      /* Much memory is allowed and refused only in the end: 64 MiB of it is enough here. */
      if (i / 8 == 10 && i % 8 >= 1 && i % 8 <= 3)
        continue;

      guint8 *changed = g_memdup2 (g_bytes_get_data (wrapped, NULL), JP_SEAL_KEY_WRAPPED_BYTES);

      changed[i / 8] ^= (guint8)(1u << i % 8);

      g_autoptr (GBytes) bytes = g_bytes_new_take (changed, JP_SEAL_KEY_WRAPPED_BYTES);

      assert_no_unwrap (bytes, PASSWORD);
    }
  for (gsize i = 0; i < JP_SEAL_KEY_WRAPPED_BYTES; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (wrapped, 0, i);

      assert_no_unwrap (bytes, PASSWORD);
    }
}

/* Neither more memory than there is nor a file that asks for it ends the program. */
static void
test_wrap_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer needs the address space");
#else
  if (g_test_subprocess ())
    {
      g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
      g_autoptr (GBytes) wrapped = wrap_cheaply (key, PASSWORD);
      g_autoptr (GError) wrap_error = NULL;
      g_autoptr (GError) unwrap_error = NULL;
      struct rlimit limit = { 512 * 1024 * 1024, 512 * 1024 * 1024 };
      guint8 *changed = g_memdup2 (g_bytes_get_data (wrapped, NULL), JP_SEAL_KEY_WRAPPED_BYTES);

      changed[8] = 0;
      changed[10] = JP_SEAL_KEY_MAX_MEMORY_KIB >> 16;

      g_autoptr (GBytes) bytes = g_bytes_new_take (changed, JP_SEAL_KEY_WRAPPED_BYTES);

      g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
      g_assert_null (
        jp_seal_key_wrap_full (key, PASSWORD, 1, JP_SEAL_KEY_MAX_MEMORY_KIB, &wrap_error));
      g_assert_error (wrap_error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);
      g_assert_null (jp_seal_key_unwrap (bytes, PASSWORD, &unwrap_error));
      g_assert_error (unwrap_error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
#endif
}

static void
test_hash (void)
{
  guint8           hash[JP_SEAL_HASH_BYTES] = { 0 };
  guint8           other[JP_SEAL_HASH_BYTES] = { 1 };
  g_autofree char *sha = jp_hash_sha256_text ("abc", 3);
  g_autofree char *sha_empty = jp_hash_sha256_text (NULL, 0);
  g_autofree char *nothing = jp_hash_to_hex (NULL, 0);
  g_autofree char *hex = NULL;

  g_assert_cmpstr (sha, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (sha_empty, ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (nothing, ==, "");

  jp_hash_chain (hash, "abc", 3, hash);
  hex = jp_hash_to_hex (hash, sizeof hash);
  g_assert_cmpstr (hex, ==, "5db827e5e925e6b933a86596a0446c345c0d74d77f55a751ade5d7c7162eead8");
  jp_hash_chain (other, "abc", 3, other);
  g_assert_cmpint (memcmp (hash, other, sizeof hash), !=, 0);
  jp_hash_chain (hash, NULL, 0, other);
  g_assert_cmpint (memcmp (hash, other, sizeof hash), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/seal-key/text", test_key);
  g_test_add_func ("/base/seal-key/invalid", test_key_invalid);
  g_test_add_func ("/base/seal-key/readonly", test_key_readonly);
  g_test_add_func ("/base/seal-key/wrap", test_wrap);
  g_test_add_func ("/base/seal-key/wrap-password", test_wrap_password);
  g_test_add_func ("/base/seal-key/wrap-default", test_wrap_default);
  g_test_add_func ("/base/seal-key/wrap-fixed", test_wrap_fixed);
  g_test_add_func ("/base/seal-key/wrap-tampered", test_wrap_tampered);
  g_test_add_func ("/base/seal-key/wrap-memory", test_wrap_memory);
  g_test_add_func ("/base/seal/round-trip", test_round_trip);
  g_test_add_func ("/base/seal/tampered", test_tampered);
  g_test_add_func ("/base/seal/moved", test_moved);
  g_test_add_func ("/base/seal/fixed", test_fixed);
  g_test_add_func ("/base/seal/index", test_index);
  g_test_add_func ("/base/hash/chain", test_hash);

  return g_test_run ();
}
