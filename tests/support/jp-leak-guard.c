/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-leak-guard.h"

#include <stdio.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* With G_TEST_OPTION_ISOLATE_DIRS, GLib 2.74 forgets the directories of a test when it sets those
 * of the next one: g_set_user_dirs() leaks them on purpose, because somebody might still hold the
 * strings. The leak checker cannot see that it is GLib's doing, because Debian's GLib has no frame
 * pointers to unwind by, and unwinding without them makes the tests ten times slower. So whenever
 * a test has ended, what is about to be forgotten is remembered here. */
#ifdef __SANITIZE_ADDRESS__

static GPtrArray *remembered; /* (owned): lives as long as the process */

static void
remember_directories (void)
{
  g_ptr_array_add (remembered, (gpointer)g_get_home_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_user_cache_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_user_config_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_user_data_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_user_runtime_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_user_state_dir ());
  g_ptr_array_add (remembered, (gpointer)g_get_system_config_dirs ());
  g_ptr_array_add (remembered, (gpointer)g_get_system_data_dirs ());
}

/* GLib grows its table of quarks into a new block and never frees the old one, because readers take
 * no lock: a program with more than 2,048 of them would be blamed for that. */
#define QUARK_BLOCK_BYTES (2048 * sizeof (char *))

static gpointer first_quarks; /* what may still be read lives as long as the process */

void __sanitizer_malloc_hook (const volatile void *pointer, size_t size);

/**
 * __sanitizer_malloc_hook:
 * @pointer: a new block
 * @size: its size in bytes
 *
 * Called by the sanitizer for each allocation, also while the libraries are being loaded.
 */
void
__sanitizer_malloc_hook (const volatile void *pointer, size_t size)
{
  if (first_quarks == NULL && size == QUARK_BLOCK_BYTES)
    first_quarks = (gpointer)pointer;
}

static void
print_cb (const char *text)
{
  /* Not for messages: some are printed with the lock held that the getters take. */
  if (g_str_has_prefix (text, "ok ") || g_str_has_prefix (text, "not ok "))
    remember_directories ();
  fputs (text, stdout);
  fflush (stdout);
}

static void __attribute__ ((constructor)) watch_printing (void)
{
  remembered = g_ptr_array_new ();
  g_set_print_handler (print_cb);
}

#endif

/**
 * jp_leak_guard_pause:
 *
 * From here to jp_leak_guard_resume(), what the calling thread allocates is not reported as leaked.
 * Nothing happens in a build without the address sanitizer.
 */
void
jp_leak_guard_pause (void)
{
#ifdef __SANITIZE_ADDRESS__
  __lsan_disable ();
#endif
}

/**
 * jp_leak_guard_resume:
 *
 * Ends what jp_leak_guard_pause() began, on the same thread.
 */
void
jp_leak_guard_resume (void)
{
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
}
