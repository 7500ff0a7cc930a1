/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

#define JP_FINDER_REPO_MAX_PER_KIND 5

/**
 * JpFinderHit:
 * @kind: kind of the record
 * @id: the record
 * @title: (owned): what names it
 * @field: which field the words were found in; 0 if it cannot be told
 * @value: (owned): that field as people read it, sensitive values masked
 * @pinyin: (owned) (nullable): how the value is spelled, if that is what was looked for
 *
 * One answer of the search over everything.
 */
typedef struct
{
  JpKind    kind;
  JpId      id;
  char     *title;
  JpFieldId field;
  char     *value;
  char     *pinyin;
} JpFinderHit;

GPtrArray *jp_finder_repo_find (JpVault *vault, const char *text, GError **error);
void       jp_finder_repo_hit_free (JpFinderHit *hit);

G_END_DECLS
