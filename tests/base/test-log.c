/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-log.h"

static void
test_redacts (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("G_MESSAGES_DEBUG");
      jp_log_install ();
      g_message ("trainee 37292219900101162X, phone %s", "13812345678");
      g_debug ("hidden by GLib");
      jp_log_set_level (G_LOG_LEVEL_WARNING);
      g_message ("hidden here");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*trainee ?number?, phone ?phone?*");
  g_test_trap_assert_stderr_unmatched ("*13812345678*");
  g_test_trap_assert_stderr_unmatched ("*162X*");
  g_test_trap_assert_stderr_unmatched ("*hidden*");
}

static void
test_debug (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
      jp_log_install ();
      g_debug ("seen");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*seen*");
}

static void
test_fields (void)
{
  if (g_test_subprocess ())
    {
      static const guint8 binary[] = { 1, 0, 2 };
      const GLogField     fields[] = {
            { "MESSAGE", "call 13812345678 at once, not this", 24 },
            { "GLIB_DOMAIN", "jp-test", -1 },
            { "JP_BINARY", binary, sizeof binary },
            { "JP_EMPTY", NULL, 0 },
      };

      g_assert_cmpint (jp_log_writer (G_LOG_LEVEL_MESSAGE, fields, G_N_ELEMENTS (fields), NULL), ==,
                       G_LOG_WRITER_HANDLED);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*call ?phone? at once*");
  g_test_trap_assert_stderr_unmatched ("*not this*");
}

static void
test_many_fields (void)
{
  if (g_test_subprocess ())
    {
      GLogField fields[40] = { { "MESSAGE", "still there", -1 } };

      for (gsize i = 1; i < G_N_ELEMENTS (fields); i++)
        {
          fields[i].key = "JP_EXTRA";
          fields[i].value = "13812345678";
          fields[i].length = -1;
        }
      g_assert_cmpint (jp_log_writer (G_LOG_LEVEL_MESSAGE, fields, G_N_ELEMENTS (fields), NULL), ==,
                       G_LOG_WRITER_HANDLED);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*still there*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/log/redacts", test_redacts);
  g_test_add_func ("/base/log/debug", test_debug);
  g_test_add_func ("/base/log/fields", test_fields);
  g_test_add_func ("/base/log/many-fields", test_many_fields);

  return g_test_run ();
}
