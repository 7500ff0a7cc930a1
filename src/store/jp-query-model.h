/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-row.h"
#include "jp-store.h"

G_BEGIN_DECLS

/* A list of any length: a snapshot of row ids, lines made on demand and filled page by page
 * (house-style.md §11). Follows the store by itself. */

#define JP_QUERY_MODEL_PAGE_ROWS 64

/**
 * JpQueryModelState:
 * @JP_QUERY_MODEL_LOADING: the first answer has not come yet
 * @JP_QUERY_MODEL_READY: the list shows the answer
 * @JP_QUERY_MODEL_FAILED: the question could not be answered, see jp_query_model_get_error()
 */
typedef enum {
  JP_QUERY_MODEL_LOADING,
  JP_QUERY_MODEL_READY,
  JP_QUERY_MODEL_FAILED,
} JpQueryModelState;

#define JP_TYPE_QUERY_MODEL (jp_query_model_get_type ())

G_DECLARE_FINAL_TYPE (JpQueryModel, jp_query_model, JP, QUERY_MODEL, GObject)

JpQueryModel     *jp_query_model_new (JpStore *store);
void              jp_query_model_set_query (JpQueryModel *self, const JpQuery *query);
const JpQuery    *jp_query_model_get_query (JpQueryModel *self);
void              jp_query_model_refresh (JpQueryModel *self);
JpQueryModelState jp_query_model_get_state (JpQueryModel *self);
const GError     *jp_query_model_get_error (JpQueryModel *self);
gint64            jp_query_model_get_rid (JpQueryModel *self, guint position);
gboolean          jp_query_model_find (JpQueryModel *self, gint64 rid, guint *out_position);

G_END_DECLS
