/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-verdict-rows.h"

#include "jp-codes.h"
#include "jp-dispute-repo.h"

#include <string.h>

/* The report lives as long as somebody shows one of its rows. */
typedef struct
{
  JpSettlementReport *report;
} Shared;

static void
shared_clear (gpointer data)
{
  jp_settlement_repo_free_report (((Shared *)data)->report);
}

static void
shared_release (Shared *shared)
{
  g_rc_box_release_full (shared, shared_clear);
}

/**
 * JpVerdictRow:
 *
 * A row of a checked statement. Immutable; main thread.
 */
struct _JpVerdictRow
{
  GObject parent_instance;

  Shared                *shared; /* (owned) */
  const JpSettlementRow *row;    /* (borrowed): of the report */
  gint64                 id;
};

G_DEFINE_FINAL_TYPE (JpVerdictRow, jp_verdict_row, G_TYPE_OBJECT)

static void
jp_verdict_row_finalize (GObject *object)
{
  g_clear_pointer (&JP_VERDICT_ROW (object)->shared, shared_release);
  G_OBJECT_CLASS (jp_verdict_row_parent_class)->finalize (object);
}

static void
jp_verdict_row_class_init (JpVerdictRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_verdict_row_finalize;
}

static void
jp_verdict_row_init (JpVerdictRow *self)
{
}

/**
 * jp_verdict_row_get:
 * @self: a row
 *
 * Returns: (transfer none): its judgement, as long as @self lives
 */
const JpSettlementRow *
jp_verdict_row_get (JpVerdictRow *self)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROW (self), NULL);

  return self->row;
}

/**
 * jp_verdict_row_get_id:
 * @self: a row
 *
 * Returns: what it is found by when the statement has been checked again: the number of the line;
 *   below 0 for something missing
 */
gint64
jp_verdict_row_get_id (JpVerdictRow *self)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROW (self), 0);

  return self->id;
}

/**
 * jp_verdict_row_get_tint:
 * @self: a row
 *
 * Returns: what its verdict means for the reader
 */
JpTint
jp_verdict_row_get_tint (JpVerdictRow *self)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROW (self), JP_TINT_MUTE);

  switch (self->row->verdict)
    {
    case JP_SETTLEMENT_MATCHES:
      return JP_TINT_OK;
    case JP_SETTLEMENT_EARLY:
    case JP_SETTLEMENT_LATE:
      return JP_TINT_INFO;
    case JP_SETTLEMENT_OVER:
    case JP_SETTLEMENT_DUPLICATE:
    case JP_SETTLEMENT_TWICE:
    case JP_SETTLEMENT_POLICY_DIFFERS:
    case JP_SETTLEMENT_NOT_REACHED:
      return JP_TINT_WARN;
    case JP_SETTLEMENT_SHORT:
    case JP_SETTLEMENT_UNKNOWN_TRAINEE:
    case JP_SETTLEMENT_UNKNOWN_CONTRACT:
    case JP_SETTLEMENT_MISSING:
    case JP_SETTLEMENT_UNEXPLAINED:
    default:
      return JP_TINT_BAD;
    }
}

/**
 * jp_verdict_row_can_contest:
 * @self: a row
 *
 * Returns: whether something is wrong with it that is not contested yet
 */
gboolean
jp_verdict_row_can_contest (JpVerdictRow *self)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROW (self), FALSE);

  return !jp_settlement_verdict_is_good (self->row->verdict) &&
         !jp_dispute_repo_is_taken (self->row->dispute_state);
}

/**
 * JpVerdictRows:
 *
 * A statement is judged as a whole, so that its rows are in memory; choosing and ordering them
 * moves pointers only. Main thread.
 */
struct _JpVerdictRows
{
  GObject parent_instance;

  GPtrArray *all;   /* (element-type JpVerdictRow): in the order of the statement */
  GPtrArray *shown; /* (element-type JpVerdictRow) (borrowed elements) */

  char    *view;   /* (owned) */
  char    *search; /* (owned): folded; "" for none */
  char    *column; /* (owned) (nullable): what the rows are ordered by */
  gboolean descending;
};

static GType
get_item_type (GListModel *model)
{
  return JP_TYPE_VERDICT_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return JP_VERDICT_ROWS (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *shown = JP_VERDICT_ROWS (model)->shown;

  return position < shown->len ? g_object_ref (shown->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JpVerdictRows,
                               jp_verdict_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
is_in_view (const JpSettlementRow *row, const char *view)
{
  if (g_str_equal (view, JP_VERDICT_VIEW_ALL))
    return TRUE;
  if (g_str_equal (view, JP_VERDICT_VIEW_LOOK))
    return !jp_settlement_verdict_is_good (row->verdict);
  if (g_str_equal (view, JP_VERDICT_VIEW_DISPUTED))
    return row->dispute_state >= 0 && row->dispute_state != JP_DISPUTE_STATE_WITHDRAWN;

  return g_str_equal (view, jp_settlement_verdict_get_name (row->verdict));
}

static gboolean
holds (const char *text, const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

static gboolean
is_shown (JpVerdictRows *self, const JpSettlementRow *row)
{
  if (!is_in_view (row, self->view))
    return FALSE;

  return *self->search == '\0' || holds (row->trainee_name, self->search) ||
         holds (row->contract_no, self->search) || holds (row->stage, self->search) ||
         holds (row->sentence, self->search);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_by (const char *column, const JpSettlementRow *a, const JpSettlementRow *b)
{
  if (g_strcmp0 (column, "trainee") == 0)
    return g_utf8_collate (a->trainee_name != NULL ? a->trainee_name : "",
                           b->trainee_name != NULL ? b->trainee_name : "");
  if (g_strcmp0 (column, "stage") == 0)
    return g_strcmp0 (a->stage, b->stage);
  if (g_strcmp0 (column, "expected") == 0)
    return compare_numbers (a->expected_fen, b->expected_fen);
  if (g_strcmp0 (column, "paid") == 0)
    return compare_numbers (a->paid_fen, b->paid_fen);
  if (g_strcmp0 (column, "difference") == 0)
    return compare_numbers (a->difference_fen, b->difference_fen);
  if (g_strcmp0 (column, "verdict") == 0)
    return compare_numbers (a->verdict, b->verdict);
  if (g_strcmp0 (column, "dispute") == 0)
    return compare_numbers (a->dispute_state, b->dispute_state);
  return 0;
}

/* Rows that are equal stay in the order of the statement. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  JpVerdictRows *self = user_data;
  JpVerdictRow  *first = *(JpVerdictRow *const *)a;
  JpVerdictRow  *second = *(JpVerdictRow *const *)b;
  int            order = compare_by (self->column, first->row, second->row);

  return self->descending ? -order : order;
}

static void
choose (JpVerdictRows *self)
{
  guint n_before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->all->len; i++)
    {
      JpVerdictRow *row = self->all->pdata[i];

      if (is_shown (self, row->row))
        g_ptr_array_add (self->shown, row);
    }
  /* ignored: g_ptr_array_sort_with_data() is stable */
  if (self->column != NULL)
    g_ptr_array_sort_with_data (self->shown, compare_rows, self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->shown->len);
}

static void
jp_verdict_rows_finalize (GObject *object)
{
  JpVerdictRows *self = JP_VERDICT_ROWS (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->all);
  g_free (self->view);
  g_free (self->search);
  g_free (self->column);
  G_OBJECT_CLASS (jp_verdict_rows_parent_class)->finalize (object);
}

static void
jp_verdict_rows_class_init (JpVerdictRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_verdict_rows_finalize;
}

static void
jp_verdict_rows_init (JpVerdictRows *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new ();
  self->view = g_strdup (JP_VERDICT_VIEW_ALL);
  self->search = g_strdup ("");
}

/**
 * jp_verdict_rows_new:
 *
 * Returns: (transfer full): rows of no statement yet
 */
JpVerdictRows *
jp_verdict_rows_new (void)
{
  return g_object_new (JP_TYPE_VERDICT_ROWS, NULL);
}

/**
 * jp_verdict_rows_take_report:
 * @self: the rows
 * @report: (transfer full): a checked statement
 *
 * Shows its rows instead of those before.
 */
void
jp_verdict_rows_take_report (JpVerdictRows *self, JpSettlementReport *report)
{
  g_return_if_fail (JP_IS_VERDICT_ROWS (self));
  g_return_if_fail (report != NULL);

  Shared *shared = g_rc_box_new0 (Shared);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->all);

  shared->report = report;
  self->all = g_ptr_array_new_full (report->rows->len, g_object_unref);
  for (guint i = 0; i < report->rows->len; i++)
    {
      JpVerdictRow *row = g_object_new (JP_TYPE_VERDICT_ROW, NULL);

      row->shared = g_rc_box_acquire (shared);
      row->row = report->rows->pdata[i];
      row->id = row->row->line_no > 0 ? row->row->line_no : -(gint64)i - 1;
      g_ptr_array_add (self->all, row);
    }
  choose (self);
  shared_release (shared);
}

/**
 * jp_verdict_rows_set_filter:
 * @self: the rows
 * @view: %JP_VERDICT_VIEW_ALL, %JP_VERDICT_VIEW_LOOK, %JP_VERDICT_VIEW_DISPUTED or the name of a
 *   verdict
 * @search: (nullable): what trainee, contract, stage or sentence must hold
 */
void
jp_verdict_rows_set_filter (JpVerdictRows *self, const char *view, const char *search)
{
  g_return_if_fail (JP_IS_VERDICT_ROWS (self));
  g_return_if_fail (view != NULL);

  g_free (self->search);
  self->search = g_utf8_casefold (search != NULL ? search : "", -1);
  g_free (self->view);
  self->view = g_strdup (view);
  choose (self);
}

/**
 * jp_verdict_rows_set_order:
 * @self: the rows
 * @column_id: (nullable): `trainee`, `stage`, `expected`, `paid`, `difference`, `verdict` or
 * `dispute`; %NULL for the order of the statement
 * @descending: the greatest first
 */
void
jp_verdict_rows_set_order (JpVerdictRows *self, const char *column_id, gboolean descending)
{
  g_return_if_fail (JP_IS_VERDICT_ROWS (self));

  g_free (self->column);
  self->column = g_strdup (column_id);
  self->descending = descending;
  choose (self);
}

/**
 * jp_verdict_rows_count:
 * @self: the rows
 * @view: a view
 *
 * Returns: how many rows the view has, whatever is searched for
 */
guint
jp_verdict_rows_count (JpVerdictRows *self, const char *view)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROWS (self), 0);
  g_return_val_if_fail (view != NULL, 0);

  guint n_rows = 0;

  for (guint i = 0; i < self->all->len; i++)
    n_rows += is_in_view (((JpVerdictRow *)self->all->pdata[i])->row, view) ? 1 : 0;
  return n_rows;
}

/**
 * jp_verdict_rows_find:
 * @self: the rows
 * @id: of a row
 *
 * Returns: its position, or %G_MAXUINT if it is not shown
 */
guint
jp_verdict_rows_find (JpVerdictRows *self, gint64 id)
{
  g_return_val_if_fail (JP_IS_VERDICT_ROWS (self), G_MAXUINT);

  for (guint i = 0; i < self->shown->len; i++)
    if (((JpVerdictRow *)self->shown->pdata[i])->id == id)
      return i;

  return G_MAXUINT;
}
