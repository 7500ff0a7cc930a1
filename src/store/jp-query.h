/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* A question to one table: which rows, in which order. What lists, counts, exports and the terminal
 * program ask. */

#define JP_QUERY_MAX_CONDITIONS 16
#define JP_QUERY_MAX_WORDS      6

/* How a field is compared; an unset field passes only the tests for being unset and unequal. */
typedef enum {
  JP_QUERY_EQUAL,
  JP_QUERY_NOT_EQUAL,
  JP_QUERY_LESS,
  JP_QUERY_AT_LEAST,
  JP_QUERY_UNSET,
  JP_QUERY_SET,
} JpQueryTest;

/**
 * JpQueryRows:
 * @JP_QUERY_LIVE: what is not in the trash
 * @JP_QUERY_TRASH: what is in the trash
 * @JP_QUERY_WAITING: live rows with edits that the platform has not judged
 */
typedef enum {
  JP_QUERY_LIVE,
  JP_QUERY_TRASH,
  JP_QUERY_WAITING,
} JpQueryRows;

typedef struct _JpQuery JpQuery;

JpQuery *jp_query_new (JpKind kind);
JpQuery *jp_query_copy (const JpQuery *self);
void     jp_query_free (JpQuery *self);
JpKind   jp_query_get_kind (const JpQuery *self);
void     jp_query_set_rows (JpQuery *self, JpQueryRows rows);
void     jp_query_where_integer (JpQuery *self, JpFieldId field, JpQueryTest test, gint64 value);
void     jp_query_where_text (JpQuery *self, JpFieldId field, JpQueryTest test, const char *text);
void     jp_query_where_code (JpQuery *self, JpFieldId field, JpQueryTest test, int value);
void     jp_query_where_ref (JpQuery *self, JpFieldId field, const JpId *id);
void     jp_query_where_set (JpQuery *self, JpFieldId field, gboolean set);
void     jp_query_set_search (JpQuery *self, const char *search);
void     jp_query_set_order (JpQuery *self, JpFieldId field, gboolean descending);
void     jp_query_get_order (const JpQuery *self, JpFieldId *out_field, gboolean *out_descending);
void     jp_query_set_limit (JpQuery *self, guint limit);

GArray    *jp_query_run (JpVault *vault, const JpQuery *query, GError **error);
gboolean   jp_query_count (JpVault *vault, const JpQuery *query, gint64 *out_count, GError **error);
gboolean   jp_query_sum (JpVault       *vault,
                         const JpQuery *query,
                         JpFieldId      field,
                         gint64        *out_sum,
                         GError       **error);
GPtrArray *jp_query_fetch (JpVault *vault, JpKind kind, GArray *rids, GError **error);
GPtrArray *jp_query_fetch_all (JpVault *vault, const JpQuery *query, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpQuery, jp_query_free)

G_END_DECLS
