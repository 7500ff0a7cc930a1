/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-signature.h"

#include <string.h>

static JpSealKey *
make_key (guint8 fill)
{
  g_autoptr (GError) error = NULL;
  guint8     bytes[JP_SEAL_KEY_BYTES];
  JpSealKey *key = NULL;

  memset (bytes, fill, sizeof bytes);
  key = jp_seal_key_new_from_bytes (bytes, sizeof bytes, &error);
  g_assert_no_error (error);
  return key;
}

static void
test_sign (void)
{
  g_autoptr (JpSealKey) key = make_key (1);
  g_autoptr (JpSealKey) other = make_key (2);
  g_autofree char *public_key = jp_signature_dup_public_key (key);
  g_autofree char *again = jp_signature_dup_public_key (key);
  g_autofree char *strange = jp_signature_dup_public_key (other);
  g_autofree char *signature = jp_signature_sign (key, "jiapei-policy\nabc");

  g_assert_cmpuint (strlen (public_key), ==, JP_SIGNATURE_KEY_CHARS);
  g_assert_cmpuint (strlen (signature), ==, JP_SIGNATURE_CHARS);
  g_assert_cmpstr (public_key, ==, again);
  g_assert_cmpstr (public_key, !=, strange);
  g_assert_true (jp_signature_verify (public_key, "jiapei-policy\nabc", signature));
  g_assert_false (jp_signature_verify (public_key, "jiapei-policy\nabd", signature));
  g_assert_false (jp_signature_verify (strange, "jiapei-policy\nabc", signature));
  g_assert_false (jp_signature_verify (public_key, "jiapei-policy\nabc", NULL));
  g_assert_false (jp_signature_verify (public_key, "jiapei-policy\nabc", "00"));
  g_assert_false (jp_signature_verify ("xyz", "jiapei-policy\nabc", signature));
}

/* Each bit counts. */
static void
test_flipped (void)
{
  g_autoptr (JpSealKey) key = make_key (3);
  g_autofree char *public_key = jp_signature_dup_public_key (key);
  g_autofree char *signature = jp_signature_sign (key, "text");

  for (guint i = 0; i < JP_SIGNATURE_CHARS; i++)
    {
      char was = signature[i];

      signature[i] = was == '0' ? '1' : '0';
      g_assert_false (jp_signature_verify (public_key, "text", signature));
      signature[i] = was;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/signature/sign", test_sign);
  g_test_add_func ("/base/signature/flipped", test_flipped);

  return g_test_run ();
}
