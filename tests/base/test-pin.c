/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pin.h"

#include <string.h>

static void
test_acceptable (void)
{
  g_autofree char *long_pin = g_strnfill (JP_PIN_MAX_BYTES + 1, 'x');

  g_assert_true (jp_pin_is_acceptable ("135790"));
  g_assert_true (jp_pin_is_acceptable ("驾校一费到底"));
  g_assert_false (jp_pin_is_acceptable ("12345"));
  g_assert_false (jp_pin_is_acceptable ("000000"));
  g_assert_false (jp_pin_is_acceptable (""));
  g_assert_false (jp_pin_is_acceptable ("\377\377\377abcdef"));
  g_assert_false (jp_pin_is_acceptable (long_pin));
}

static void
test_verify (void)
{
  g_autofree char *hash = jp_pin_hash ("135790");
  g_autofree char *again = jp_pin_hash ("135790");

  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_cmpstr (hash, !=, again); /* salted */
  g_assert_true (jp_pin_verify (hash, "135790"));
  g_assert_true (jp_pin_verify (hash, "１３５７９０")); /* another input method */
  g_assert_false (jp_pin_verify (hash, "135791"));
  g_assert_false (jp_pin_verify (hash, ""));
  g_assert_false (jp_pin_verify ("", "135790"));
  g_assert_false (jp_pin_verify ("$argon2id$nonsense", "135790"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/pin/acceptable", test_acceptable);
  g_test_add_func ("/base/pin/verify", test_verify);

  return g_test_run ();
}
