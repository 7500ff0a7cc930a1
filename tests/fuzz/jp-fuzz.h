/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a fuzz target defines. libFuzzer calls it with inputs that it makes up; jp-fuzz-driver.c
 * calls it with the files of a corpus, so that every finding stays found. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
