/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one symbol of a module: its table. */
#define JP_MODULE_SYMBOL "jp_module"

/* For the list of a table's functions: the member with the type of the function, and its value. */
#define JP_MODULE_MEMBER(function) __typeof__ (function) *function;
#define JP_MODULE_VALUE(function)  .function = (function),

/* The head of a table of that type. */
#define JP_MODULE_HEAD(Type)                                                                       \
  {                                                                                                \
    .version = JP_VERSION, .size_bytes = sizeof (Type)                                             \
  }

/**
 * JpModuleHead:
 * @version: of the program that it was built with
 * @size_bytes: of the whole table
 *
 * What the table of a module begins with: a module of another program is not used.
 */
typedef struct
{
  const char *version;
  gsize       size_bytes;
} JpModuleHead;

const JpModuleHead *jp_module_load (const char *name, gsize size_bytes, GError **error);

G_END_DECLS
