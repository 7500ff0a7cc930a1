/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-plural.h"

static void
test_english (void)
{
  static const struct
  {
    gint64      n;
    const char *expected;
  } cases[] = {
    { 0, "0 lines" },
    { 1, "1 line" },
    { 2, "2 lines" },
    { G_MAXINT, "2147483647 lines" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = jp_plural_format (NP_ ("%d line", "%d lines"), cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/plural/english", test_english);
  return g_test_run ();
}
