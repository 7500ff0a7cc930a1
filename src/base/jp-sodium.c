/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sodium-private.h"

#include <sodium.h>

/**
 * jp_sodium_ensure:
 *
 * Initialises libsodium once; every function of this layer that uses libsodium calls it first. Ends
 * the program if the system has no source of randomness, because then no id is unique and no key is
 * secret. Any thread.
 */
void
jp_sodium_ensure (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      if (sodium_init () < 0)
        g_error ("could not initialise libsodium");
      g_once_init_leave (&ready, 1);
    }
}
