/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"

G_BEGIN_DECLS

const guint8 *jp_seal_key_get_column_key (JpSealKey *self);
const guint8 *jp_seal_key_get_index_key (JpSealKey *self);
const guint8 *jp_seal_key_get_stream_key (JpSealKey *self);
void          jp_seal_key_derive_sign_seed (JpSealKey *self, guint8 out_seed[JP_SEAL_KEY_BYTES]);

/* What it costs to try one password. Tests choose the least. */
#define JP_SEAL_KEY_PASSES         3
#define JP_SEAL_KEY_MIN_PASSES     1
#define JP_SEAL_KEY_MAX_PASSES     16
#define JP_SEAL_KEY_MEMORY_KIB     (64 * 1024)
#define JP_SEAL_KEY_MIN_MEMORY_KIB 8
#define JP_SEAL_KEY_MAX_MEMORY_KIB (1024 * 1024)
#define JP_SEAL_KEY_WRAPPED_BYTES                                                                  \
  100 /* magic 4 + passes 4 + memory 4 + salt 16 + nonce 24 + 48                                   \
       */

GBytes *jp_seal_key_wrap_full (JpSealKey  *self,
                               const char *password,
                               guint32     passes,
                               guint32     memory_kib,
                               GError    **error);

G_END_DECLS
