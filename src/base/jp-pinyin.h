/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"

G_BEGIN_DECLS

/* How Chinese names are typed with Latin letters: 曾雨桐 is found by "zengyutong", "yutong",
 * "zyt" and "zengyt". */

/* Ways to cut a word that mixes syllables and initials: the likeliest, as each costs a search of
 * 100,000 names about 15 ms. */
#define JP_PINYIN_MAX_WAYS 1

char      *jp_pinyin_dup_keys (const char *text);
gboolean   jp_pinyin_is_query (const char *word);
char      *jp_pinyin_dup_pattern (const char *word);
GPtrArray *jp_pinyin_list_mixed (const char *word);
char      *jp_pinyin_dup_match (const char *text, const char *word);
char      *jp_pinyin_dup_version (void);

G_END_DECLS
