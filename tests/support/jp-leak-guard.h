/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For what a library leaks: name the library, its version and what it forgets where you call these.
 * A suppression would need whole stacks, and unwinding those makes every test ten times slower. */

void jp_leak_guard_pause (void);
void jp_leak_guard_resume (void);

G_END_DECLS
