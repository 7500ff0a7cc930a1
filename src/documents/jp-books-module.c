/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The module: nothing but the table. */

#include "jp-books.h"

#include <gmodule.h>

G_MODULE_EXPORT const JpBooks jp_module = { .head = JP_MODULE_HEAD (JpBooks),
                                            JP_BOOKS_FUNCTIONS (JP_MODULE_VALUE) };
