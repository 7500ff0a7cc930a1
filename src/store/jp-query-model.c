/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-query-model.h"

#include "jp-id-diff.h"
#include "jp-lookup.h"

#define MAX_RANGES 64 /* a change of more places than that is shown as a new order */

/* A view has widgets for so many lines at most: GTK 4.8's limit for a list. Making 200 of them
 * takes 35 ms and freeing them nearly as long, so what a view may have to make or to free at once
 * is announced in portions. */
#define SHOWN_ROWS       200
#define PORTION_ROWS     40
#define FIRST_ROWS       20 /* a screen of 768 lines shows 18; what more there is comes at once */
#define PORTION_PRIORITY (G_PRIORITY_HIGH_IDLE + 21) /* next after GTK's drawing */

struct _JpQueryModel
{
  GObject parent_instance;

  JpStore    *store;      /* (owned) */
  JpQuery    *query;      /* (owned) (nullable): NULL = an empty list */
  GArray     *rids;       /* (owned) (element-type gint64): the snapshot; never changed */
  guint       old_len;    /* of the list before the answer that is being announced */
  GArray     *coming;     /* (owned) (nullable) (element-type gint64): a new order on its way */
  guint       n_come;     /* so many of its lines stand before those of the old order */
  guint       coming_id;  /* (source) 0 = none */
  JpKind      kind;       /* of the rows of the snapshot */
  GHashTable *rows;       /* (owned): rid → RowWatch: lines that somebody holds */
  GHashTable *wanted;     /* (owned): set of rids whose record is to be read */
  GPtrArray  *first_page; /* (owned) (nullable) (element-type PageRow): came with the answer
                             that is being announced */
  GCancellable     *cancellable; /* (owned) (nullable): of the running snapshot */
  GError           *error;       /* (owned) (nullable) */
  guint             load_id;     /* (source) 0 = none */
  guint             generation;  /* counts snapshots: late answers are dropped */
  gboolean          stale;       /* changed again while a snapshot was running */
  gboolean          applying;    /* a snapshot is being announced: no other may begin */
  gboolean          reordered;   /* the next snapshot is a new question, not a newer answer */
  JpQueryModelState state;
};

typedef enum {
  PROP_STATE = 1,
  PROP_N_ITEMS,
} Property;

static GParamSpec *properties[PROP_N_ITEMS + 1];

enum { SIGNAL_REORDERED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void jp_query_model_list_model_init (GListModelInterface *iface);
static void start_snapshot (JpQueryModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpQueryModel,
                               jp_query_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jp_query_model_list_model_init))

/* --- lines
 * ----------------------------------------------------------------------------------------- */

/* A line that somebody holds. */
typedef struct
{
  JpQueryModel *self; /* (borrowed): the watch ends in its dispose */
  JpRow        *row;  /* (weak) */
  gint64        rid;  /* key of the table */
} RowWatch;

typedef struct
{
  JpKind  kind;
  GArray *rids; /* (owned) */
} PageData;

typedef struct
{
  JpRecord *record; /* (owned) (nullable) */
  GStrv     titles; /* (owned) */
} PageRow;

static void
page_data_free (gpointer data)
{
  PageData *page = data;

  g_array_unref (page->rids);
  g_free (page);
}

static void
page_row_free (gpointer data)
{
  PageRow *row = data;

  jp_record_unref (row->record);
  g_strfreev (row->titles);
  g_free (row);
}

static JpRow *
find_living_row (JpQueryModel *self, gint64 rid)
{
  RowWatch *watch = g_hash_table_lookup (self->rows, &rid);

  return watch != NULL ? watch->row : NULL;
}

static GPtrArray *
read_rows (JpVault *vault, JpKind kind, GArray *rids, GError **error)
{
  g_autoptr (GPtrArray) records = jp_query_fetch (vault, kind, rids, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (page_row_free);

  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      PageRow *row = g_new0 (PageRow, 1);

      g_ptr_array_add (rows, row);
      row->record = g_steal_pointer (&records->pdata[i]);
      if (row->record == NULL)
        continue;
      row->titles = jp_lookup_titles (vault, row->record, error);
      if (row->titles == NULL)
        return NULL;
    }

  return g_steal_pointer (&rows);
}

static gpointer
read_page_call (JpVault *vault, gpointer data, GError **error)
{
  PageData *page = data;

  return read_rows (vault, page->kind, page->rids, error);
}

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpQueryModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&rows, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("a page of a list could not be read: %s", error->message);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      PageRow *page_row = g_ptr_array_index (rows, i);
      JpRow   *row = NULL;

      if (page_row->record == NULL || jp_record_get_kind (page_row->record) != self->kind)
        continue;
      row = find_living_row (self, jp_record_get_head (page_row->record)->rid);
      if (row != NULL)
        jp_row_fill (row, page_row->record, g_steal_pointer (&page_row->titles));
    }
}

static void
read_page (JpQueryModel *self, GArray *rids)
{
  PageData   *page = g_new0 (PageData, 1);
  JpStoreCall call = { read_page_call, page, page_data_free, (GDestroyNotify)g_ptr_array_unref, 0 };

  page->kind = self->kind;
  page->rids = g_array_ref (rids);
  jp_store_read_async (self->store, &call, NULL, page_read_cb, g_object_ref (self));
}

/* Started when idle, for lines that still live: a view that scans the model makes and drops lines.
 */
static gboolean
load_wanted_cb (gpointer user_data)
{
  JpQueryModel  *self = user_data;
  GHashTableIter iter;
  gint64        *rid = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  self->load_id = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, (gpointer *)&rid, NULL))
    {
      if (!g_hash_table_contains (self->rows, rid))
        continue;
      g_array_append_val (rids, *rid);
      if (rids->len < JP_QUERY_MODEL_PAGE_ROWS)
        continue;

      read_page (self, rids);
      g_clear_pointer (&rids, g_array_unref);
      rids = g_array_new (FALSE, FALSE, sizeof (gint64));
    }

  if (rids->len > 0)
    read_page (self, rids);
  g_hash_table_remove_all (self->wanted);
  return G_SOURCE_REMOVE;
}

static void
want (JpQueryModel *self, gint64 rid)
{
  g_hash_table_add (self->wanted, g_memdup2 (&rid, sizeof rid));
  if (self->load_id == 0)
    self->load_id = g_idle_add_full (G_PRIORITY_DEFAULT, load_wanted_cb, self, NULL);
}

/* Whether the record came with the answer; it is newer than what the line shows, if it shows one.
 */
static gboolean
fill_from_first_page (JpQueryModel *self, JpRow *row, gint64 rid)
{
  for (guint i = 0; self->first_page != NULL && i < self->first_page->len; i++)
    {
      PageRow *page_row = g_ptr_array_index (self->first_page, i);

      if (page_row->record == NULL || jp_record_get_head (page_row->record)->rid != rid)
        continue;
      jp_row_fill (row, page_row->record, g_strdupv (page_row->titles));
      return TRUE;
    }
  return FALSE;
}

static void
row_gone_cb (gpointer data, GObject *where_the_object_was)
{
  RowWatch *watch = data;

  g_hash_table_remove (watch->self->rows, &watch->rid);
}

static gpointer
jp_query_model_get_item (GListModel *model, guint position)
{
  JpQueryModel *self = JP_QUERY_MODEL (model);

  if (position >= self->rids->len)
    return NULL;

  gint64 rid = g_array_index (self->rids, gint64, position);
  JpRow *row = find_living_row (self, rid);

  if (row != NULL)
    return g_object_ref (row);

  RowWatch *watch = g_new0 (RowWatch, 1);

  row = jp_row_new (rid);
  watch->self = self;
  watch->row = row;
  watch->rid = rid;
  g_hash_table_insert (self->rows, &watch->rid, watch);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, watch);
  if (!fill_from_first_page (self, row, rid))
    want (self, rid);
  return row;
}

static GType
jp_query_model_get_item_type (GListModel *model)
{
  return JP_TYPE_ROW;
}

static guint
jp_query_model_get_n_items (GListModel *model)
{
  return JP_QUERY_MODEL (model)->rids->len;
}

static void
jp_query_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item = jp_query_model_get_item;
  iface->get_item_type = jp_query_model_get_item_type;
  iface->get_n_items = jp_query_model_get_n_items;
}

/* --- snapshots
 * ------------------------------------------------------------------------------------- */

static void
set_state (JpQueryModel *self, JpQueryModelState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Exchanges one range after the other, so that a listener always finds the list that the signals so
 * far describe. */
static void
replace_ranges (JpQueryModel *self, GArray *rids, GArray *ranges)
{
  GArray *shown = g_array_copy (self->rids);

  g_array_unref (self->rids);
  self->rids = shown;
  for (guint i = 0; i < ranges->len; i++)
    {
      const JpIdRange *range = &g_array_index (ranges, JpIdRange, i);

      if (range->removed > 0)
        g_array_remove_range (shown, range->position, range->removed);
      if (range->added > 0)
        g_array_insert_vals (shown, range->position, &g_array_index (rids, gint64, range->position),
                             range->added);
      g_list_model_items_changed (G_LIST_MODEL (self), range->position, range->removed,
                                  range->added);
    }
}

/* A list of our own for a while: the snapshot is somebody else's too. */
static void
splice (JpQueryModel *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0)
    g_array_remove_range (self->rids, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->rids, position, &g_array_index (self->coming, gint64, self->n_come),
                         n_added);
  self->n_come += n_added;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* The new lines come first, as many as have a widget already or can quickly get one. */
static void
announce_more (JpQueryModel *self)
{
  guint n_old = self->rids->len - self->n_come;
  guint first = MAX (MIN (n_old, SHOWN_ROWS), FIRST_ROWS);
  guint end = self->n_come == 0 ? first : self->n_come + PORTION_ROWS;

  if (end >= SHOWN_ROWS || end > self->coming->len)
    end = self->coming->len;
  splice (self, self->n_come, 0, end - self->n_come);
}

/* Old lines that no widget shows go at once, the others in portions, from the end. */
static void
retire_more (JpQueryModel *self)
{
  guint n_old = self->rids->len - self->n_come;
  guint n_seen = self->n_come < SHOWN_ROWS ? MIN (n_old, SHOWN_ROWS - self->n_come) : 0;

  if (n_old > n_seen)
    splice (self, self->n_come + n_seen, n_old - n_seen, 0);
  else
    {
      guint n_now = MIN (n_seen, PORTION_ROWS);

      splice (self, self->n_come + n_seen - n_now, n_now, 0);
    }
}

static void finish_answer (JpQueryModel *self);

/* One portion; whether there is another. */
static gboolean
take_portion (JpQueryModel *self)
{
  if (self->n_come < self->coming->len)
    {
      gboolean first = self->n_come == 0;

      announce_more (self);
      if (first && self->coming != NULL)
        g_signal_emit (self, signals[SIGNAL_REORDERED], 0);
    }
  else if (self->rids->len > self->n_come)
    retire_more (self);

  return self->coming != NULL &&
         (self->n_come < self->coming->len || self->rids->len > self->n_come);
}

static void
end_order (JpQueryModel *self)
{
  g_array_unref (self->rids);
  self->rids = g_steal_pointer (&self->coming);
}

static gboolean
coming_cb (gpointer user_data)
{
  JpQueryModel *self = user_data;
  g_autoptr (JpQueryModel) guard = g_object_ref (self);

  if (take_portion (self))
    return G_SOURCE_CONTINUE;

  self->coming_id = 0;
  if (self->coming != NULL)
    {
      end_order (self);
      finish_answer (self);
    }
  return G_SOURCE_REMOVE;
}

/* A new order: GTK 4.8 would ask for every line if it were told of one exchange (models.md §5.4),
 * and throw all widgets away if the old lines went first. So the new ones are put before them; who
 * scrolls up when told of it keeps the widgets. Returns whether all is said. */
static gboolean
replace_all (JpQueryModel *self, GArray *rids)
{
  GArray  *shown = g_array_copy (self->rids);
  gboolean all_now = shown->len + rids->len <= 2 * PORTION_ROWS;
  gboolean more = TRUE;

  g_array_unref (self->rids);
  self->rids = shown;
  self->coming = g_array_ref (rids);
  self->n_come = 0;
  do
    more = take_portion (self);
  while (more && all_now);

  if (more)
    {
      self->coming_id = g_idle_add_full (PORTION_PRIORITY, coming_cb, self, NULL);
      return FALSE;
    }
  if (self->coming != NULL)
    end_order (self);
  return TRUE;
}

static void
forget_rows (JpQueryModel *self)
{
  GHashTableIter iter;
  RowWatch      *watch = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&watch))
    g_object_weak_unref (G_OBJECT (watch->row), row_gone_cb, watch);
  g_hash_table_remove_all (self->rows);
}

static void
reload_living_rows (JpQueryModel *self)
{
  GHashTableIter iter;
  gint64        *rid = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *)&rid, NULL))
    want (self, *rid);
}

typedef struct
{
  JpQuery *query; /* (owned) */
  GArray  *known; /* (owned) (nullable) (element-type gint64): what the list shows, NULL if the
                     answer will replace it as a whole */
} SnapshotData;

static void
snapshot_data_free (gpointer data)
{
  SnapshotData *snapshot = data;

  jp_query_free (snapshot->query);
  g_clear_pointer (&snapshot->known, g_array_unref);
  g_free (snapshot);
}

typedef struct
{
  GArray *rids;   /* (owned) (element-type gint64): the answer */
  GArray *ranges; /* (owned) (nullable): what differs, NULL if it is a new order */

  GPtrArray *first_page; /* (owned) (nullable): the rows a new order begins with */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_array_unref (answer->rids);
  g_clear_pointer (&answer->ranges, g_array_unref);
  g_clear_pointer (&answer->first_page, g_ptr_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* What the eye sees first needs no second question, and no frame with empty lines. */
static GPtrArray *
read_first_page (JpVault *vault, JpKind kind, GArray *rids, GError **error)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (first, rids->data, MIN (rids->len, FIRST_ROWS));
  return read_rows (vault, kind, first, error);
}

/* Compares here, too: the main thread only announces what is known to differ. */
static gpointer
snapshot_call (JpVault *vault, gpointer data, GError **error)
{
  SnapshotData *snapshot = data;
  GArray       *rids = jp_query_run (vault, snapshot->query, error);
  g_autoptr (Answer) answer = NULL;

  if (rids == NULL)
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->rids = rids;
  if (snapshot->known != NULL)
    answer->ranges = jp_id_diff (snapshot->known, rids, MAX_RANGES);
  if (answer->ranges == NULL)
    {
      answer->first_page =
        read_first_page (vault, jp_query_get_kind (snapshot->query), rids, error);
      if (answer->first_page == NULL)
        return NULL;
    }
  return g_steal_pointer (&answer);
}

/* Lines that were there before the answer, and in it. */
static void
refill_first_page (JpQueryModel *self)
{
  g_autoptr (GPtrArray) page = g_steal_pointer (&self->first_page);

  for (guint i = 0; page != NULL && i < page->len; i++)
    {
      PageRow *page_row = g_ptr_array_index (page, i);
      gint64   rid = page_row->record != NULL ? jp_record_get_head (page_row->record)->rid : 0;
      JpRow   *row = find_living_row (self, rid);

      if (row == NULL)
        continue;
      g_hash_table_remove (self->wanted, &rid);
      if (jp_row_get_record (row) != page_row->record)
        jp_row_fill (row, page_row->record, g_steal_pointer (&page_row->titles));
    }
}

static void
finish_answer (JpQueryModel *self)
{
  reload_living_rows (self);
  refill_first_page (self);
  if (self->old_len != self->rids->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  g_clear_error (&self->error);
  set_state (self, JP_QUERY_MODEL_READY);
  self->applying = FALSE;
  if (self->stale && self->store != NULL)
    start_snapshot (self);
}

/* Lines of another kind are not shown beside the new ones: nobody could tell their ids apart. */
static void
change_kind (JpQueryModel *self, JpKind kind)
{
  guint n_old = self->rids->len;

  forget_rows (self);
  g_array_unref (self->rids);
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->kind = kind;
  if (n_old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);
}

static void
apply_answer (JpQueryModel *self, const Answer *answer)
{
  JpKind kind = jp_query_get_kind (self->query);

  self->applying = TRUE;
  self->old_len = self->rids->len;
  self->reordered = FALSE;
  self->first_page = answer->first_page != NULL ? g_ptr_array_ref (answer->first_page) : NULL;
  if (kind != self->kind)
    change_kind (self, kind);
  if (answer->ranges != NULL)
    replace_ranges (self, answer->rids, answer->ranges);
  else if (!replace_all (self, answer->rids))
    return; /* the rest follows soon */
  finish_answer (self);
}

typedef struct
{
  JpQueryModel *self; /* (owned) */
  guint         generation;
} Snapshot;

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Snapshot *snapshot = user_data;
  g_autoptr (JpQueryModel) self = snapshot->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&answer, &error);
  if (snapshot->generation != self->generation || self->store == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (error == NULL)
    {
      apply_answer (self, answer);
      return;
    }

  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  set_state (self, JP_QUERY_MODEL_FAILED);
  if (self->stale && self->store != NULL)
    start_snapshot (self);
}

static void
start_snapshot (JpQueryModel *self)
{
  SnapshotData *data = NULL;
  JpStoreCall   call = { snapshot_call, NULL, snapshot_data_free, answer_free, 0 };
  Snapshot     *snapshot = NULL;

  if (self->applying)
    {
      self->stale = TRUE;
      return;
    }

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;

  snapshot = g_new0 (Snapshot, 1);
  snapshot->self = g_object_ref (self);
  snapshot->generation = ++self->generation;
  data = g_new0 (SnapshotData, 1);
  data->query = jp_query_copy (self->query);
  if (!self->reordered)
    data->known = g_array_ref (self->rids);
  call.data = data;
  jp_store_read_async (self->store, &call, self->cancellable, snapshot_cb, snapshot);
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpQueryModel *self)
{
  guint64 shown = 0;

  if (self->query == NULL)
    return;
  shown = jp_store_kind_bit (jp_query_get_kind (self->query));
  if (jp_lookup_get_bond (jp_query_get_kind (self->query)) != 0)
    shown |= jp_store_kind_bit (jp_lookup_get_bond (jp_query_get_kind (self->query)));
  if (kinds & shown)
    jp_query_model_refresh (self);
}

/* --- class
 * ----------------------------------------------------------------------------------------- */

static void
jp_query_model_dispose (GObject *object)
{
  JpQueryModel *self = JP_QUERY_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->coming_id, g_source_remove);
  g_clear_pointer (&self->coming, g_array_unref);
  g_clear_pointer (&self->first_page, g_ptr_array_unref);
  forget_rows (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (jp_query_model_parent_class)->dispose (object);
}

static void
jp_query_model_finalize (GObject *object)
{
  JpQueryModel *self = JP_QUERY_MODEL (object);

  g_clear_pointer (&self->query, jp_query_free);
  g_clear_pointer (&self->rids, g_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (jp_query_model_parent_class)->finalize (object);
}

static void
jp_query_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpQueryModel *self = JP_QUERY_MODEL (object);

  switch ((Property)id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->rids->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_query_model_class_init (JpQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jp_query_model_dispose;
  object_class->finalize = jp_query_model_finalize;
  object_class->get_property = jp_query_model_get_property;

  /**
   * JpQueryModel:state:
   *
   * A #JpQueryModelState.
   */
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, JP_QUERY_MODEL_LOADING, JP_QUERY_MODEL_FAILED,
                      JP_QUERY_MODEL_LOADING,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * JpQueryModel:n-items:
   *
   * How many lines the list has.
   */
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * JpQueryModel::reordered:
   * @self: the list
   *
   * The first lines of a new order stand before the old ones, which go next. A view that goes to
   * the top now shows the new lines with the widgets it has; later it would have to make others.
   */
  signals[SIGNAL_REORDERED] = g_signal_new ("reordered", JP_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_query_model_init (JpQueryModel *self)
{
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * jp_query_model_new:
 * @store: a store
 *
 * Returns: (transfer full): an empty list without a question
 */
JpQueryModel *
jp_query_model_new (JpStore *store)
{
  g_return_val_if_fail (JP_IS_STORE (store), NULL);

  JpQueryModel *self = g_object_new (JP_TYPE_QUERY_MODEL, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  return self;
}

/**
 * jp_query_model_set_query:
 * @self: a list
 * @query: the question; copied
 *
 * Asks a new question. The list keeps what it shows until the answer comes.
 */
void
jp_query_model_set_query (JpQueryModel *self, const JpQuery *query)
{
  g_return_if_fail (JP_IS_QUERY_MODEL (self));
  g_return_if_fail (query != NULL);

  g_clear_pointer (&self->query, jp_query_free);
  self->query = jp_query_copy (query);
  self->reordered = TRUE;
  if (self->store != NULL)
    start_snapshot (self);
}

/**
 * jp_query_model_get_query:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): the question
 */
const JpQuery *
jp_query_model_get_query (JpQueryModel *self)
{
  g_return_val_if_fail (JP_IS_QUERY_MODEL (self), NULL);

  return self->query;
}

/**
 * jp_query_model_refresh:
 * @self: a list
 *
 * Asks the same question again; done by itself when the store changes.
 */
void
jp_query_model_refresh (JpQueryModel *self)
{
  g_return_if_fail (JP_IS_QUERY_MODEL (self));

  if (self->query == NULL || self->store == NULL)
    return;
  if (self->cancellable != NULL)
    self->stale = TRUE; /* one snapshot after another: a busy store must not starve the list */
  else
    start_snapshot (self);
}

/**
 * jp_query_model_get_state:
 * @self: a list
 *
 * Returns: whether it shows an answer
 */
JpQueryModelState
jp_query_model_get_state (JpQueryModel *self)
{
  g_return_val_if_fail (JP_IS_QUERY_MODEL (self), JP_QUERY_MODEL_FAILED);

  return self->state;
}

/**
 * jp_query_model_get_error:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): why the last question could not be answered
 */
const GError *
jp_query_model_get_error (JpQueryModel *self)
{
  g_return_val_if_fail (JP_IS_QUERY_MODEL (self), NULL);

  return self->error;
}

/**
 * jp_query_model_get_rid:
 * @self: a list
 * @position: a position in it
 *
 * Returns: the row id there, without making a line; 0 beyond the end
 */
gint64
jp_query_model_get_rid (JpQueryModel *self, guint position)
{
  g_return_val_if_fail (JP_IS_QUERY_MODEL (self), 0);

  return position < self->rids->len ? g_array_index (self->rids, gint64, position) : 0;
}

/**
 * jp_query_model_find:
 * @self: a list
 * @rid: a row id
 * @out_position: (out): where it stands
 *
 * Returns: whether the row is in the list
 */
gboolean
jp_query_model_find (JpQueryModel *self, gint64 rid, guint *out_position)
{
  g_return_val_if_fail (JP_IS_QUERY_MODEL (self), FALSE);
  g_return_val_if_fail (out_position != NULL, FALSE);

  for (guint i = 0; i < self->rids->len; i++)
    if (g_array_index (self->rids, gint64, i) == rid)
      {
        *out_position = i;
        return TRUE;
      }

  return FALSE;
}
