/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new, empty folder that disappears with everything in it. */
typedef struct _JpTestDir JpTestDir;

JpTestDir  *jp_test_dir_new (void);
const char *jp_test_dir_get_path (JpTestDir *self);
char       *jp_test_dir_build (JpTestDir *self, const char *name);
void        jp_test_dir_free (JpTestDir *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTestDir, jp_test_dir_free)

G_END_DECLS
