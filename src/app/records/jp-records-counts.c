/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-counts.h"

#define RECOUNT_DELAY_MS 300 /* a sync writes many pages; one count after them is enough */

struct _JpRecordsCounts
{
  GObject parent_instance;

  JpStore      *store;       /* (owned) */
  JpViewBar    *bar;         /* (weak) (nullable) */
  GHashTable   *queries;     /* (owned): view name → JpQuery */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  char         *found_id;    /* (owned) (nullable) */
  gint64        found_rid;   /* 0 = not found */
  guint         timer_id;    /* (source) 0 = none: cleared in dispose */
};

enum { SIGNAL_FOUND, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpRecordsCounts, jp_records_counts, G_TYPE_OBJECT)

typedef struct
{
  JpRecordsCounts *self; /* (owned) */
  char            *name; /* (owned): the view or the id */
} Request;

static Request *
request_new (JpRecordsCounts *self, const char *name)
{
  Request *request = g_new0 (Request, 1);

  request->self = g_object_ref (self);
  request->name = g_strdup (name);
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_free (request->name);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  gint64 count = jp_store_count_finish (JP_STORE (source), result, NULL);

  /* ignored: a view without a number still works */
  if (count >= 0 && request->self->bar != NULL)
    jp_view_bar_set_count (request->self->bar, request->name, count);
}

static void
count (JpRecordsCounts *self, const char *name, const JpQuery *query)
{
  if (jp_store_is_open (self->store))
    jp_store_count_async (self->store, query, self->cancellable, counted_cb,
                          request_new (self, name));
}

static gboolean
recount_cb (gpointer user_data)
{
  JpRecordsCounts *self = user_data;
  GHashTableIter   iter;
  gpointer         name = NULL;
  gpointer         query = NULL;

  self->timer_id = 0;
  g_hash_table_iter_init (&iter, self->queries);
  while (g_hash_table_iter_next (&iter, &name, &query))
    count (self, name, query);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpRecordsCounts *self)
{
  GHashTableIter iter;
  gpointer       query = NULL;

  g_hash_table_iter_init (&iter, self->queries);
  if (g_hash_table_iter_next (&iter, NULL, &query) &&
      (kinds & jp_store_kind_bit (jp_query_get_kind (query))) && self->timer_id == 0)
    self->timer_id = g_timeout_add (RECOUNT_DELAY_MS, recount_cb, self);
}

static void
jp_records_counts_dispose (GObject *object)
{
  JpRecordsCounts *self = JP_RECORDS_COUNTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_weak_pointer (&self->bar);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (jp_records_counts_parent_class)->dispose (object);
}

static void
jp_records_counts_finalize (GObject *object)
{
  JpRecordsCounts *self = JP_RECORDS_COUNTS (object);

  g_clear_pointer (&self->queries, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_free (self->found_id);
  G_OBJECT_CLASS (jp_records_counts_parent_class)->finalize (object);
}

static void
jp_records_counts_class_init (JpRecordsCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_records_counts_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_records_counts_finalize;

  /**
   * JpRecordsCounts::found:
   * @self: the counts
   *
   * The record that was asked for has been found.
   */
  signals[SIGNAL_FOUND] = g_signal_new ("found", JP_TYPE_RECORDS_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_records_counts_init (JpRecordsCounts *self)
{
  self->cancellable = g_cancellable_new ();
  self->queries =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jp_query_free);
}

/**
 * jp_records_counts_new:
 * @store: a store
 * @bar: where the numbers appear
 *
 * Returns: (transfer full): counts of no view yet
 */
JpRecordsCounts *
jp_records_counts_new (JpStore *store, JpViewBar *bar)
{
  g_return_val_if_fail (JP_IS_STORE (store), NULL);
  g_return_val_if_fail (JP_IS_VIEW_BAR (bar), NULL);

  JpRecordsCounts *self = g_object_new (JP_TYPE_RECORDS_COUNTS, NULL);

  self->store = g_object_ref (store);
  g_set_weak_pointer (&self->bar, bar);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  return self;
}

/**
 * jp_records_counts_add:
 * @self: counts
 * @view_name: a view of the bar
 * @query: its question; copied
 *
 * Counts now and after every change.
 */
void
jp_records_counts_add (JpRecordsCounts *self, const char *view_name, const JpQuery *query)
{
  g_return_if_fail (JP_IS_RECORDS_COUNTS (self));
  g_return_if_fail (view_name != NULL);
  g_return_if_fail (query != NULL);

  g_hash_table_insert (self->queries, g_strdup (view_name), jp_query_copy (query));
  count (self, view_name, query);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  JpRecordsCounts *self = request->self;
  g_autoptr (JpRecord) record = jp_store_get_record_finish (JP_STORE (source), result, NULL);

  /* ignored: a record that is gone is not selected */
  if (record == NULL || self->store == NULL)
    return;

  g_free (self->found_id);
  self->found_id = g_strdup (request->name);
  self->found_rid = jp_record_get_head (record)->rid;
  g_signal_emit (self, signals[SIGNAL_FOUND], 0);
}

/**
 * jp_records_counts_find:
 * @self: counts
 * @kind: a kind
 * @id: the text of a record's id
 *
 * Looks a record's row id up; ::found tells when it is known.
 */
void
jp_records_counts_find (JpRecordsCounts *self, JpKind kind, const char *id)
{
  g_return_if_fail (JP_IS_RECORDS_COUNTS (self));
  g_return_if_fail (id != NULL);

  JpId parsed;

  if (jp_id_parse (id, &parsed, NULL))
    jp_store_get_record_async (self->store, kind, &parsed, self->cancellable, found_cb,
                               request_new (self, id));
}

/**
 * jp_records_counts_get_found_rid:
 * @self: counts
 * @id: the text of a record's id
 *
 * Returns: the record's row id, 0 if it is not known (yet)
 */
gint64
jp_records_counts_get_found_rid (JpRecordsCounts *self, const char *id)
{
  g_return_val_if_fail (JP_IS_RECORDS_COUNTS (self), 0);

  return g_strcmp0 (self->found_id, id) == 0 ? self->found_rid : 0;
}
