/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-field.h"
#include "jp-id.h"

G_BEGIN_DECLS

/* A sum over the versions of rows, by which both sides notice that they do not have the same ones
 * (sync.md §3.8). It is added to and taken from as rows change, modulo 2^52, so that it is an exact
 * number in SQL and in JSON. */

#define JP_DIGEST_MASK    G_GINT64_CONSTANT (0xfffffffffffff)
#define JP_DIGEST_BUCKETS 256

gint64 jp_digest_row (JpKind kind, const JpId *id, gint64 version);
gint64 jp_digest_change (JpKind kind, const JpId *id, gint64 before, gint64 after);
gint64 jp_digest_add (gint64 a, gint64 b);
guint  jp_digest_get_bucket (const JpId *id);

G_END_DECLS
